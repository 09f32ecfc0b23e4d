"""Faults of a package's files and descriptor, one at a time: the code each gets, and whether frictionless alone sees it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from package_factory import describe_again

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH

UNITS = "data/units.csv"


class Damage(NamedTuple):
    """What `do` does to the package at a path, in words, and what is then said of it."""

    label: Text
    do: Callable[[Path], None]
    code: str
    frictionless_sees_it: bool


def _edit(path: str, change: Callable[[bytes], bytes], *, described: bool = True) -> Callable[[Path], None]:
    """Change a file, and with `described` the size and hash that the descriptor states of it."""

    def do(root: Path) -> None:
        (root / path).write_bytes(change((root / path).read_bytes()))
        if described:
            describe_again(root)

    return do


def _describe(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    """Change the descriptor."""

    def do(root: Path) -> None:
        descriptor = json.loads((root / "datapackage.json").read_bytes())
        change(descriptor)
        (root / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")

    return do


def _remove(root: Path) -> None:
    (root / UNITS).unlink()


def _link(root: Path) -> None:
    (root / UNITS).rename(root.parent / "elsewhere.csv")
    (root / UNITS).symlink_to(root.parent / "elsewhere.csv")


def _resource(descriptor: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [each for each in descriptor["resources"] if each["name"] == name]
    return found  # type: ignore[no-any-return]


DAMAGE = (
    Damage(Text("文件以 BOM 开头", "byte order mark"), _edit(UNITS, lambda old: b"\xef\xbb\xbf" + old), "csv.bom", False),
    Damage(Text("以 CR LF 换行", "lines that end in CR LF"), _edit(UNITS, lambda old: old.replace(b"\n", b"\r\n")),
           "csv.carriage-return", False),
    Damage(Text("末行没有换行", "no newline at the end"), _edit(UNITS, lambda old: old.removesuffix(b"\n")),
           "csv.no-final-newline", False),
    Damage(Text("某行多一格", "a row with a cell too many"), _edit(UNITS, lambda old: old + b"x,x,x,bureau,x\n"),
           "csv.ragged-row", True),
    Damage(Text("空行", "a blank row"), _edit(UNITS, lambda old: old + b"\n"), "csv.ragged-row", True),
    Damage(Text("引号没有结束", "a quote that is never closed"), _edit(UNITS, lambda old: old + b'x,"x,x,bureau\n'),
           "csv.unclosed-quote", True),
    Damage(Text("不是 UTF-8", "not UTF-8"), _edit(UNITS, lambda old: old + "x,市局,x,bureau\n".encode("gb18030")),
           "csv.not-utf8", True),
    Damage(Text("NUL 字符", "a NUL character"), _edit(UNITS, lambda old: old + b"x,\0,x,bureau\n"), "csv.nul", False),
    Damage(Text("列名改动", "a column renamed"), _edit(UNITS, lambda old: old.replace(b"name_en", b"name_uk", 1)),
           "csv.header", True),
    Damage(Text("targets 表没有行", "table targets without rows"),
           _edit("data/targets.csv", lambda old: old.partition(b"\n")[0] + b"\n"), "table.empty", False),
    Damage(Text("文件与描述的哈希不符", "a file that is not as hashed"),
           _edit(UNITS, lambda old: old.replace(b"Bureau", b"bureau", 1), described=False), "package.hash-differs", True),
    Damage(Text("缺一个文件", "a file missing"), _remove, "package.file-missing", True),
    Damage(Text("官方原文改动", "official text changed"),
           _edit(OFFICIAL_TEXT_PATH, lambda old: old.replace("创新".encode(), "创业".encode())), "span.words-differ", False),
    Damage(Text("文件是指向数据包之外的链接", "a link to a file outside the package"), _link, "guard.link", False),
    Damage(Text("描述中的路径指向数据包之外", "a path that leaves the package"),
           _describe(lambda it: _resource(it, "units").update(path="../units.csv")), "guard.path-outside", True),
    Damage(Text("描述中的路径是网址（frictionless 会去连接）", "a path that is an address (frictionless connects to it)"),
           _describe(lambda it: _resource(it, "units").update(path="https://127.0.0.1:9/units.csv")), "guard.path-remote", True),
    Damage(Text("描述放宽了取值的约束", "a constraint removed from the schema"),
           _describe(lambda it: _resource(it, "units")["schema"]["fields"][0].pop("constraints")),
           "package.schema-not-ours", False),
    Damage(Text("描述少一张表", "a table missing from the descriptor"),
           _describe(lambda it: it["resources"].remove(_resource(it, "clusters"))), "package.resource-missing", False),
    Damage(Text("没有版本号", "no version"), _describe(lambda it: it.pop("version")), "package.wrong-entry", False),
)  # fmt: skip
