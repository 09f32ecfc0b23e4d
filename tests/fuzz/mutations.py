"""Packages with one to three random things wrong: descriptor, tables, encodings, cells, and odd archives."""

from __future__ import annotations

import json
import random
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from package_factory import write_package

from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, TABLES
from fuzz.faults import files_below

Files = dict[str, bytes]
DESCRIPTOR = "datapackage.json"
# No address that could be reached: port 9 of this machine.
VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 1.5, 10**20, "", " ", "\0x", "\x1f", "\ud800", "\u2028x", "9999-12-31", "0001-01-01", "-0", "<b>x", "=1+1", "x", "X", "½", "２０２６", "2026-02-30", "2026-13-01", "\u202e", "a" * 2000, "\ud7ff",
    "../x", "/etc/passwd", "http://127.0.0.1:9/x", "data/units.csv", "utf-16", "json", "tabular-data-resource", "1e5", "null", "{{x}}",
    [], {}, [[]], [None], ["x"], [{}], [1], {"x": 1}, {"path": "x"}, {"path": None}, {"name": []}, {"title": 3}, {"en": "x"}, [{"path": 1}],
    [{"title": 1}], [{"name": "x", "path": "https://example.org/"}], [{"title": "x"}], {"type": "x"}, {"fields": []}, {"$ref": "#"},
)  # fmt: skip
_KEYS = (
    "name", "id", "title", "description", "homepage", "version", "created", "contributors", "keywords", "image", "licenses", "sources",
    "resources", "profile", "$schema", "path", "data", "type", "scheme", "format", "mediatype", "encoding", "compression", "extrapaths",
    "innerpath", "bytes", "hash", "dialect", "schema", "fields", "primaryKey", "foreignKeys", "uniqueKeys", "missingValues", "constraints",
    "example", "rdfType", "i18n", "delimiter", "header", "headerRows", "commentChar", "csv", "stats", "profiles", "custom", "conformsTo",
    "spatial", "temporal", "compiled_on", "categories", "unit", "fieldsMatch", "controls", "trueValues", "decimalChar", "groupChar",
)  # fmt: skip
CELLS = (
    "", " ", "x", "\0", "\x1b[31m", "\u2028", "0", "-1", "1e5", "INF", "NaN", "nan", "null", "½", "１２", "12 ", " 12", "1,000", "2026-02-30", "2026-1-1", "9999-12-31",
    "0001-01-01", "-0", "0.0", "00", "999999999999999", "9999999999999999", "1" * 40, "true", "TRUE", "=1+1", "＝1", "\t1", "a" * 33_000,
    "\u202ex", "e\u0301", "\x07", "\ufeff", "x\ny", 'x"y', "x,y", "https://例.中国/", "https://example.org/ x", "javascript:1", "o0000001",
    "area-0", "s-0", "firms", "level", "flow", "growth_pct", "share_pct", "percent", "lead", "2026-12-31", "2023-12-31", "100.5", "1000000",
)  # fmt: skip


@cache
def sound() -> Files:
    """Return a package with nothing wrong."""
    with TemporaryDirectory() as name:
        return files_below(write_package(Path(name) / "package"))


def mutated(seed: int) -> tuple[str, Files]:
    """Return what was done to a sound package, in words, and its files."""
    chance = random.Random(seed)
    files, done = dict(sound()), []
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        change = chance.choice((_in_descriptor, _in_descriptor, _in_bytes, _in_cell, _in_cell, _in_lines))
        done.append(change(chance, files))
    return "; ".join(done), files


def at_random(chance: random.Random, value: Any) -> tuple[Any, Any, str]:
    """Return a container somewhere in `value`, a key of it, and the way there."""
    way = ""
    while True:
        key = chance.choice(list(value) if isinstance(value, dict) else range(len(value)))
        inner, way = value[key], f"{way}/{key}"
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.25:
            return value, key, way
        value = inner


def _in_descriptor(chance: random.Random, files: Files) -> str:
    try:
        descriptor = json.loads(files[DESCRIPTOR])
        holder, key, way = at_random(chance, descriptor)
    except (ValueError, IndexError, TypeError):
        return "descriptor is past mutating"
    what = chance.choice(("set", "set", "set", "delete", "add", "add", "move", "text"))
    value = chance.choice(VALUES)
    if what == "text":
        text = files[DESCRIPTOR].decode()
        at = chance.randrange(len(text))
        files[DESCRIPTOR] = (
            text[:at]
            + chance.choice(('"', "{", "]", ",", "\\", "\0", "NaN", "\n", '"a":1,'))
            + text[at + 1 :]
        ).encode()
        return f"descriptor's character {at}"
    if what == "delete":
        del holder[key]
    elif what == "add" and isinstance(holder, dict):
        key = chance.choice(_KEYS)
        holder[key], way = value, f"{way}+{key}"
    elif what == "move" and isinstance(holder, dict):
        holder[chance.choice(_KEYS)] = holder.pop(key)
    else:
        holder[key] = value
    files[DESCRIPTOR] = json.dumps(descriptor, ensure_ascii=chance.random() < 0.5).encode("utf-8", "replace")
    return f"{what} {way} {json.dumps(value)[:60] if what in ('set', 'add') else ''}"


def _redescribed(chance: random.Random, files: Files, path: str, content: bytes) -> None:
    """Change a file, mostly with its size and hash in the descriptor."""
    import hashlib

    files[path] = content
    try:
        descriptor = json.loads(files[DESCRIPTOR])
        for resource in descriptor["resources"]:
            if resource.get("path") == path and chance.random() < 0.9:
                resource.update(bytes=len(content), hash=f"sha256:{hashlib.sha256(content).hexdigest()}")
    except (ValueError, KeyError, TypeError, AttributeError):
        return
    files[DESCRIPTOR] = json.dumps(descriptor, ensure_ascii=False).encode("utf-8", "replace")


def _some_table(chance: random.Random, files: Files) -> str:
    return chance.choice([table.path for table in TABLES if table.path in files] or [OFFICIAL_TEXT_PATH])


def _in_bytes(chance: random.Random, files: Files) -> str:
    path = _some_table(chance, files) if chance.random() < 0.9 else OFFICIAL_TEXT_PATH
    old = files[path]
    text = old.decode("utf-8", "replace")
    at = chance.randrange(max(1, len(old)))
    ways: dict[str, Callable[[], bytes]] = {
        "BOM": lambda: b"\xef\xbb\xbf" + old,
        "CRLF": lambda: old.replace(b"\n", b"\r\n"),
        "CR": lambda: old.replace(b"\n", b"\r"),
        "no last newline": lambda: old.rstrip(b"\n"),
        "GB18030": lambda: text.encode("gb18030"),
        "UTF-16": lambda: text.encode("utf-16"),
        "cut": lambda: old[:at],
        "empty": lambda: b"",
        "a byte": lambda: old[:at] + bytes([chance.randrange(256)]) + old[at + 1 :],
        "a sign": lambda: (
            old[:at]
            + chance.choice((b",", b'"', b"\n", b"\0", b" ", b"\t", b";", b"'", b"\xff", b"\r"))
            + old[at:]
        ),
        "NFD": lambda: unicodedata.normalize("NFD", text).encode(),
        "full width": lambda: "".join(
            chr(ord(each) + 0xFEE0) if each.isdigit() else each for each in text
        ).encode(),
    }
    way = chance.choice(list(ways))
    _redescribed(chance, files, path, ways[way]())
    return f"{way} in {path}"


def _in_lines(chance: random.Random, files: Files) -> str:
    path = _some_table(chance, files)
    lines = files[path].split(b"\n")
    at = chance.randrange(max(1, len(lines) - 1))
    way = chance.choice(
        ("twice", "gone", "swapped", "more header", "more everywhere", "blank", "quoted", "columns swapped")
    )
    if way == "twice":
        lines.insert(at, lines[at])
    elif way == "gone":
        del lines[at]
    elif way == "swapped":
        lines[at], lines[-2 if len(lines) > 1 else 0] = lines[-2 if len(lines) > 1 else 0], lines[at]
    elif way == "more header":
        lines[0] += chance.choice((b",", b",,,", b",x", b',""'))
    elif way == "more everywhere":
        lines = [line + b"," if line else line for line in lines]
    elif way == "blank":
        lines.insert(at, b"")
    elif way == "quoted":
        lines[at] = b",".join(b'"' + cell + b'"' for cell in lines[at].split(b","))
    else:
        lines = [b",".join(reversed(line.split(b","))) for line in lines]
    _redescribed(chance, files, path, b"\n".join(lines))
    return f"{way} at line {at + 1} of {path}"


def _in_cell(chance: random.Random, files: Files) -> str:
    import csv
    import io

    path = _some_table(chance, files)
    try:
        rows = list(csv.reader(io.StringIO(files[path].decode("utf-8"), newline="")))
        row = chance.randrange(1, len(rows))
        column = chance.randrange(len(rows[row]))
    except (ValueError, IndexError, csv.Error):
        return f"{path} is past mutating"
    rows[row][column] = chance.choice(CELLS)
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    _redescribed(chance, files, path, out.getvalue().encode("utf-8", "replace"))
    return f"{path}:{row + 1}:{column + 1} {rows[row][column][:30]!r}"


def write_files(files: Files, folder: Path) -> Path:
    """Write `files` below the new folder `folder`."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def odd_archive(seed: int, path: Path) -> str:
    """Write a sound package as a .zip with something odd about it to `path`; return what."""
    chance = random.Random(seed)
    files = dict(sound())
    name = chance.choice(list(files))
    way = chance.choice((
        "plain", "deflated", "flag", "version", "method", "crc", "size", "local name", "cut", "a byte", "twice", "other case", "other form",
        "comment", "extra", "link", "outside", "folder", "before", "after", "nested", "bomb", "many", "utf-8 flag", "date",
    ))  # fmt: skip
    with zipfile.ZipFile(
        path, "w", zipfile.ZIP_DEFLATED if way == "deflated" else zipfile.ZIP_STORED
    ) as archive:
        for each, content in files.items():
            archive.writestr(zipfile.ZipInfo(each, (1980, 1, 1, 0, 0, 0)), content)
        if way == "twice":
            archive.writestr(zipfile.ZipInfo(name), b"other")
        elif way == "other case":
            archive.writestr(zipfile.ZipInfo(name.upper()), b"other")
        elif way == "other form":
            archive.writestr(zipfile.ZipInfo("data/\u00e9.csv"), b"x")
            archive.writestr(zipfile.ZipInfo("data/e\u0301.csv"), b"y")
        elif way == "comment":
            archive.comment = chance.randbytes(chance.choice((1, 100, 65_000)))
        elif way == "link":
            entry = zipfile.ZipInfo("data/link")
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, b"/etc/passwd")
        elif way == "outside":
            archive.writestr(
                zipfile.ZipInfo(chance.choice(("../x", "/x", "a/../../x", "C:\\x", "data//x", "./x"))), b"x"
            )
        elif way == "folder":
            archive.writestr(zipfile.ZipInfo("data/"), b"")
        elif way == "nested":
            archive.writestr(zipfile.ZipInfo("data/inner.zip"), b"PK")
        elif way == "bomb":
            archive.writestr("bomb", b"\0" * 20_000_000, zipfile.ZIP_DEFLATED)
        elif way == "many":
            for number in range(1500):
                archive.writestr(zipfile.ZipInfo(f"x{number}"), b"")
    content = bytearray(path.read_bytes())
    central = [at for at in range(len(content)) if content[at : at + 4] == b"PK\1\2"]
    local = [at for at in range(len(content)) if content[at : at + 4] == b"PK\3\4"]
    which = chance.randrange(len(central))
    if way in ("flag", "utf-8 flag"):
        bit = 0x800 if way == "utf-8 flag" else 1 << chance.randrange(16)
        for at in (central[which] + 8, local[which] + 6):
            struct.pack_into("<H", content, at, struct.unpack_from("<H", content, at)[0] | bit)
    elif way == "version":
        for at in (central[which] + 6, local[which] + 4):
            struct.pack_into("<H", content, at, chance.choice((46, 63, 99, 255, 65_535)))
    elif way == "method":
        number = chance.choice((1, 8, 9, 12, 14, 93, 95, 98, 99, 65_535))
        for at in (central[which] + 10, local[which] + 8):
            struct.pack_into("<H", content, at, number)
    elif way == "crc":
        struct.pack_into("<I", content, central[which] + 16, 1)
    elif way == "size":
        at = central[which] + chance.choice((20, 24, 42))
        struct.pack_into("<I", content, at, chance.choice((0, 1, 2**31, 2**32 - 1)))
    elif way == "local name":
        content[local[which] + 30] ^= 1
    elif way == "extra":
        struct.pack_into("<H", content, central[which] + 30, chance.choice((1, 4, 100)))
    elif way == "date":
        struct.pack_into("<I", content, central[which] + 12, chance.choice((0, 2**32 - 1)))
    elif way == "cut":
        del content[chance.randrange(len(content)) :]
    elif way == "a byte":
        for _ in range(chance.choice((1, 3, 10))):
            content[chance.randrange(len(content))] = chance.randrange(256)
    elif way == "before":
        content[:0] = b"x" * chance.choice((1, 1000))
    elif way == "after":
        content += b"x" * chance.choice((1, 1000))
    path.write_bytes(bytes(content))
    return f"{way}: {name}"
