"""Every command that writes, struck at each of its file operations: old state or new, and the next call tidies up."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from package_factory import sample_tables, write_package
from second_city import bare_city

from daye_analysis.cli import run as daye
from fuzz.faults import ERRORS, Fault, files_below, run

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "shili-county"
Files = dict[str, bytes]


class Writer(NamedTuple):
    """A command that writes: `prepare` fills an empty folder, `arguments` are the command's, given that folder."""

    name: str
    prepare: Callable[[Path], None]
    arguments: Callable[[Path], list[str]]


@dataclass(frozen=True)
class Undisturbed:
    """What a writer does when nothing strikes: files before and after, operations, exit codes of two calls."""

    before: Files
    after: Files
    operations: int
    codes: tuple[int | None, int | None]


def _package(folder: Path) -> None:
    shutil.copytree(EXAMPLE / "package", folder / "package")


def _edited(folder: Path) -> None:
    """Make a package of which a build changes tables, descriptor and documents."""
    _package(folder)
    for name, old, new in (("package.yaml", "version: ", "version: 9"), ("observations.csv", "\no", "\no9")):
        path = folder / "package/data/source" / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8", newline="")


def _saved_by_a_spreadsheet(folder: Path) -> None:
    """Make such a package whose edited tables have a byte order mark, CR LF line ends and outer space."""
    _edited(folder)
    for path in (folder / "package/data/source").glob("*.csv"):
        content = path.read_bytes().replace(b"\n", b"\r\n").rstrip(b"\r\n")
        path.write_bytes(b"\xef\xbb\xbf" + content.replace(b",", b" ,", 1) if path.name == "areas.csv" else b"\xef\xbb\xbf" + content)


def asked_city(folder: Path) -> None:
    """Make a package of which figures are missing, as a person would from a list."""
    bare_city(folder / "package")


def replied_city(folder: Path) -> None:
    """Make such a package and two replies to its data request."""
    import openpyxl

    from daye_analysis.package.request.messages import COLUMNS, heading

    asked_city(folder)
    assert daye(["export", "--request", str(folder / "made"), "--package", str(folder / "package")]) == 0
    for number, path in enumerate(sorted((folder / "made").glob("*.xlsx"))[:2]):
        book = openpyxl.load_workbook(path)
        page = book.active
        at = {cell.value: cell for row in page.iter_rows() for cell in row if cell.value}
        columns = {name: at[heading(name)].column for name in COLUMNS}
        for name, value in {"value": "3", "date": "2026-11-20", "document": "关于数据需求的复函"}.items():
            page.cell(at[heading("key")].row + 1, columns[name]).value = value
        book.save(folder / f"reply-{number}.xlsx")
    shutil.rmtree(folder / "made")


def _exported(folder: Path) -> None:
    """Make an older export, so that another takes its place."""
    _package(folder)
    assert daye(["export", str(folder / "out"), "--package", str(folder / "package")]) == 0
    _edited(folder / "newer")
    assert daye(["build", "--root", str(folder / "newer/package")]) == 0


def _small(folder: Path) -> None:
    write_package(folder / "package")


def _published(folder: Path) -> None:
    """Make a site of an older package, so that another takes its place."""
    _small(folder)
    assert daye(["site", str(folder / "out"), "--package", str(folder / "package")]) == 0
    write_package(folder / "newer", sample_tables(observations=20))


def _listed(folder: Path) -> None:
    shutil.copy(EXAMPLE / "list.txt", folder)


def _empty(folder: Path) -> None:
    _listed(folder)
    (folder / "draft").mkdir()


def _drafted(folder: Path) -> None:
    _listed(folder)
    assert daye(["new", str(folder / "draft"), str(folder / "list.txt")]) == 0


def _answered(folder: Path) -> None:
    """Make a draft and a worksheet with answers to several of its files."""
    import openpyxl

    _drafted(folder)
    assert daye(["fill", str(folder / "draft"), str(folder / "sheet.xlsx")]) == 0
    book = openpyxl.load_workbook(folder / "sheet.xlsx")
    seen: set[str] = set()
    for row in book.active.iter_rows(min_row=2):
        file = str(row[0].value).partition(":")[0]
        if file not in seen:
            seen.add(file)
            row[5].value = "ok" if row[6].value == "edited.judgement-open" else "2026-01-01"
    book.save(folder / "sheet.xlsx")


def _root(folder: Path) -> list[str]:
    return ["--root", str(folder / "package")]


WRITERS = (
    Writer("build", _edited, lambda f: ["build", *_root(f)]),
    Writer("build --normalise", _saved_by_a_spreadsheet, lambda f: ["build", *_root(f), "--normalise"]),
    Writer("reply", replied_city, lambda f: ["build", *_root(f), "--reply", f"{f}/reply-0.xlsx", "--reply", f"{f}/reply-1.xlsx"]),
    Writer("reply --check", replied_city, lambda f: ["build", "--check", *_root(f), "--reply", f"{f}/reply-0.xlsx"]),
    Writer("export", _package, lambda f: ["export", f"{f}/out", "--package", f"{f}/package"]),
    Writer("export again", _exported, lambda f: ["export", f"{f}/out", "--package", f"{f}/newer/package"]),
    Writer("request", asked_city, lambda f: ["export", "--request", f"{f}/out", "--package", f"{f}/package"]),
    Writer("new", _listed, lambda f: ["new", f"{f}/draft", f"{f}/list.txt"]),
    Writer("new in an empty folder", _empty, lambda f: ["new", f"{f}/draft", f"{f}/list.txt"]),
    Writer("fill", _drafted, lambda f: ["fill", f"{f}/draft", f"{f}/sheet.xlsx"]),
    Writer("fill, answers", _answered, lambda f: ["fill", f"{f}/draft", f"{f}/sheet.xlsx"]),
    Writer("validate --report", _package, lambda f: ["validate", f"{f}/package", "--report", f"{f}/report.json"]),
    Writer("site", _small, lambda f: ["site", f"{f}/out", "--package", f"{f}/package"]),
    Writer("site again", _published, lambda f: ["site", f"{f}/out", "--package", f"{f}/newer"]),
    Writer("backtest --pairs", _package, lambda f: ["backtest", "--package", f"{f}/package", "--pairs", f"{f}/pairs.csv"]),
)  # fmt: skip


def _call(writer: Writer, folder: Path) -> Callable[[], int]:
    """Return the writer's command on `folder`, with temporary files below it too."""

    def call() -> int:
        import tempfile

        tempfile.tempdir = str(folder / "tmp")
        return daye(writer.arguments(folder))

    return call


def _content(folder: Path) -> Files:
    """Return every file below `folder` but for the seconds that a report of frictionless states."""
    return {
        path: re.sub(rb'"seconds": [0-9.]+', b"", content) for path, content in files_below(folder).items()
    }


def visible(files: Files) -> Files:
    """Return what a reader meets among `files`: those on their way count where the rename that counts was made.

    A folder between the two renames that exchange it is the old one, which the next call puts back.
    """
    seen = {path: content for path, content in files.items() if not _is_hidden(path)}
    for path, content in files.items():
        parts = path.split("/")
        if ".daye-next" in parts:
            seen["/".join(part for part in parts if part != ".daye-next")] = content
        if parts[0].startswith(".") and parts[0].endswith(".daye-old"):
            name = parts[0][1:-9]
            if not any(each.startswith(f"{name}/") for each in files):
                seen["/".join([name, *parts[1:]])] = content
    return seen


def _is_hidden(path: str) -> bool:
    parts = path.split("/")
    return parts[0] == "tmp" or any(
        part.startswith(".daye")
        or (part.startswith(".") and part.endswith((".daye-new", ".daye-old", ".daye-lock")))
        for part in parts
    )


class Bench:
    """The prepared folder of each writer and what it does undisturbed, made once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, Undisturbed] = {}

    def fresh(self, writer: Writer) -> Path:
        """Return a new copy of the folder that the writer finds; what was there of an earlier trial goes."""
        kept, work = self.folder / f"{writer.name}.prepared", self.folder / "work"
        if not kept.exists():
            kept.mkdir(parents=True)
            writer.prepare(kept)
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(kept, work)
        (work / "tmp").mkdir()
        return work

    def undisturbed(self, writer: Writer) -> Undisturbed:
        """Return what the writer does when nothing strikes."""
        if writer.name not in self._known:
            work = self.fresh(writer)
            before = _content(work)
            first = run(_call(writer, work))
            assert not first.is_bug, first.said
            after = _content(work)
            second = run(_call(writer, work))
            assert _content(work) == after, f"{writer.name}: a second call changes what the first made"
            self._known[writer.name] = Undisturbed(before, after, first.operations, (first.code, second.code))
        return self._known[writer.name]

    def strike(self, writer: Writer, fault: Fault) -> list[str]:
        """Return what goes wrong when the writer is struck so: nothing, where all is well."""
        plain, work = self.undisturbed(writer), self.fresh(writer)
        struck = run(_call(writer, work), fault)
        seen = visible(_content(work))
        again = run(_call(writer, work))
        left = _content(work)
        wrong = [
            (struck.code is None or again.code is None, "hangs"),
            (struck.is_bug, f"traceback: {struck.said[-2000:]}"),
            (again.is_bug, f"traceback of the next call: {again.said[-2000:]}"),
            (seen not in (plain.before, plain.after), f"neither old nor new: {_unlike(seen, plain)}"),
            (again.code not in plain.codes, f"the next call ends with {again.code}: {again.said[-500:]}"),
            (left != plain.after, f"after the next call: {_unlike(left, plain)}"),
        ]
        return [words for is_wrong, words in wrong if is_wrong]


def _unlike(files: Files, plain: Undisturbed) -> str:
    names = sorted(files.keys() | plain.after.keys())
    odd = [name for name in names if files.get(name) != plain.after.get(name)]
    return ", ".join(
        f"{name} ({'old' if files.get(name) == plain.before.get(name) else 'neither'})" for name in odd[:8]
    )


def faults(operations: int) -> Iterator[Fault]:
    """Yield every fault of a command with so many file operations."""
    for at in range(1, operations + 1):
        yield Fault(at)
        for error in ERRORS:
            yield Fault(at, error)


def chosen(operations: int, last_kills: int, others_count: int, seed: int) -> list[Fault]:
    """Return some of those faults: kills at the last operations, where renames are, and others by the seed."""
    last = [Fault(at) for at in range(max(1, operations + 1 - last_kills), operations + 1)]
    others = [each for each in faults(operations) if each not in last]
    return last + random.Random(seed).sample(others, min(others_count, len(others)))
