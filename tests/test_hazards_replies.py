"""Rows of the hazard list about `daye build --reply`: checked first, then written at once, in any number of calls."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fuzz.writers import replied_city

from daye_analysis.cli import run as daye

OBSERVATIONS, SOURCES = "package/data/source/observations.csv", "package/data/source/sources.csv"
OBSERVED = b"o0007,t02_1,place,,2025-12-31,stated,level,104,firms,exact,outturn,same,,,,,,task-list,\n"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("replied")
    replied_city(folder)
    return folder


@pytest.fixture
def city(prepared: Path, tmp_path: Path) -> Path:
    """A built package, `package/`, and two replies, `reply-0.xlsx` and `reply-1.xlsx`."""
    return shutil.copytree(prepared, tmp_path / "city")


def build(city: Path, *replies: str, check: bool = False) -> int:
    given = [each for name in replies for each in ("--reply", str(city / name))]
    return daye(["build", "--root", str(city / "package"), *(["--check"] if check else []), *given])


def content(city: Path) -> dict[str, bytes]:
    return {str(path.relative_to(city)): path.read_bytes() for path in sorted(city.rglob("*")) if path.is_file()}


def rows(city: Path, name: str) -> list[bytes]:
    return (city / name).read_bytes().splitlines()[1:]


def test_two_replies_are_checked_together_and_get_identifiers_of_their_own(city: Path) -> None:
    assert build(city, "reply-0.xlsx", "reply-1.xlsx") == 0
    assert [row.partition(b",")[0] for row in rows(city, OBSERVATIONS)] == [b"o0001", b"o0002"]
    assert len(rows(city, SOURCES)) == 3


def test_the_same_command_again_adds_nothing(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(city, "reply-0.xlsx", "reply-1.xlsx")
    before = content(city)
    assert build(city, "reply-0.xlsx", "reply-1.xlsx") == 0
    assert content(city) == before
    assert "imported before" in capsys.readouterr().err


def test_the_same_figure_in_two_replies_is_named(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = content(city)
    shutil.copy(city / "reply-0.xlsx", city / "twin.xlsx")
    before["twin.xlsx"] = before["reply-0.xlsx"]
    assert build(city, "reply-0.xlsx", "twin.xlsx") == 1
    assert "request.key-twice: [twin.xlsx:" in capsys.readouterr().err
    assert content(city) == before


def test_a_reply_beside_another_fault_in_the_edited_files_writes_nothing(city: Path) -> None:
    areas = city / "package/data/source/areas.csv"
    areas.write_bytes(areas.read_bytes() + b"x,y\n")
    before = content(city)
    assert build(city, "reply-0.xlsx") == 1
    assert content(city) == before


def test_a_fault_that_only_the_whole_package_shows_is_named_at_the_cell_of_the_reply(
    city: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its page is the address of a source that is there already."""
    import openpyxl

    from daye_analysis.package.request.messages import heading

    sources = city / SOURCES
    sources.write_bytes(sources.read_bytes() + "a,某页,某局,2026-01-01,2026-01-01,statistical_communique,official,https://example.org/a\n".encode())
    assert build(city) == 0
    book = openpyxl.load_workbook(city / "reply-0.xlsx")
    page = book.active
    at = {cell.value: cell for row in page.iter_rows() for cell in row if cell.value}
    page.cell(at[heading("key")].row + 1, at[heading("page")].column).value = "https://example.org/a"
    book.save(city / "reply-0.xlsx")
    before = content(city)
    assert build(city, "reply-0.xlsx") == 1
    assert "source.address-twice: [reply-0.xlsx:" in capsys.readouterr().err
    assert content(city) == before


def test_check_with_a_reply_writes_nothing(city: Path) -> None:
    before = content(city)
    assert build(city, "reply-0.xlsx", check=True) == 1
    assert content(city) == before


@pytest.mark.parametrize(
    ("name", "change", "end"),
    [
        ("no newline at the end", lambda old: old.rstrip(b"\n"), b"\n"),
        ("lines that end in CR LF", lambda old: old.replace(b"\n", b"\r\n"), b"\r\n"),
        ("both", lambda old: old.replace(b"\n", b"\r\n").rstrip(b"\r\n"), b"\r\n"),
    ],
)
def test_rows_are_appended_by_the_line_ends_of_the_file(
    city: Path, name: str, change: Callable[[bytes], bytes], end: bytes
) -> None:
    (city / OBSERVATIONS).write_bytes((city / OBSERVATIONS).read_bytes() + OBSERVED)
    for path in (OBSERVATIONS, SOURCES):
        (city / path).write_bytes(change((city / path).read_bytes()))
    assert build(city, "reply-0.xlsx") == 0, name
    for path in (OBSERVATIONS, SOURCES):
        lines = (city / path).read_bytes().split(end)
        assert lines[-1] == b"" and not any(b"\r" in line or b"\n" in line for line in lines)
    assert [len(rows(city, path)) for path in (OBSERVATIONS, SOURCES)] == [2, 2]


def test_identifiers_go_on_after_a_row_that_was_not_built_yet(city: Path) -> None:
    (city / OBSERVATIONS).write_bytes((city / OBSERVATIONS).read_bytes() + OBSERVED)
    assert build(city, "reply-0.xlsx") == 0
    assert [row.partition(b",")[0] for row in rows(city, OBSERVATIONS)] == [b"o0007", b"o0008"]


def test_three_at_once_add_each_row_once(city: Path) -> None:
    command = [sys.executable, "-m", "daye_analysis", "build", "--root", str(city / "package"), "--reply", str(city / "reply-0.xlsx")]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    ended = [(each.communicate(timeout=120)[1], each.returncode) for each in started]
    assert [code for _, code in ended] == [0, 0, 0], ended
    assert len(rows(city, OBSERVATIONS)) == 1
    assert sum("imported before" in said for said, _ in ended) == 2


# --- replies in Excel and Word


def _sheet(city: Path, change: Callable[[Any, int], object]) -> None:
    """Change the sheet of the first reply, given the row that was filled in."""
    import openpyxl

    from daye_analysis.package.request.messages import heading

    book = openpyxl.load_workbook(city / "reply-0.xlsx")
    at = {cell.value: cell for row in book.active.iter_rows() for cell in row if cell.value}
    change(book.active, at[heading("key")].row + 1)
    book.save(city / "reply-0.xlsx")


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1"])
def test_a_sheet_whose_last_row_or_column_is_used_is_refused(city: Path, cell: str, capsys: pytest.CaptureFixture[str]) -> None:
    _sheet(city, lambda page, _: page.__setitem__(cell, "x"))
    started = time.process_time()
    assert build(city, "reply-0.xlsx") == 4
    assert time.process_time() - started < 10
    assert "request.too-many-cells" in capsys.readouterr().err


@pytest.mark.parametrize(
    "hide",
    [
        lambda page, row: setattr(page.row_dimensions[row], "hidden", True),
        lambda page, _: setattr(page.column_dimensions["H"], "hidden", True),
    ],
    ids=["row", "column"],
)
def test_a_value_in_a_hidden_row_or_column_is_named(
    city: Path, hide: Callable[[Any, int], object], capsys: pytest.CaptureFixture[str]
) -> None:
    _sheet(city, hide)
    assert build(city, "reply-0.xlsx") == 1
    assert "request.hidden-cell: [reply-0.xlsx:H" in capsys.readouterr().err


def test_rows_below_a_stale_extent_are_read(city: Path) -> None:
    import re
    import zipfile

    with zipfile.ZipFile(city / "reply-0.xlsx") as old:
        files = {name: old.read(name) for name in old.namelist()}
    name = "xl/worksheets/sheet1.xml"
    files[name] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', files[name])
    with zipfile.ZipFile(city / "reply-0.xlsx", "w") as new:
        for path, content in files.items():
            new.writestr(path, content)
    assert build(city, "reply-0.xlsx") == 0
    assert len(rows(city, OBSERVATIONS)) == 1


@pytest.mark.parametrize("kind", ["wide", "long"])
def test_a_word_table_without_end_is_refused(city: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    table = document.add_table(6000 if kind == "long" else 1, 2)
    if kind == "wide":
        table.rows[0].cells[0]._tc.get_or_add_tcPr()._add_gridSpan().set(qn("w:val"), "100000000")
    document.save(str(city / "reply.docx"))
    started = time.process_time()
    assert build(city, "reply.docx") == 4
    assert time.process_time() - started < 10
    assert "request.too-many-cells" in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="a pipe")
def test_a_pipe_in_the_place_of_a_reply_is_refused_at_once(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(city / "pipe.xlsx")
    assert build(city, "pipe.xlsx") == 3
    assert "request.not-readable: [pipe.xlsx] It cannot be read as .xlsx or .docx: Not a regular file" in capsys.readouterr().err


def test_a_page_with_a_password_is_refused_at_its_cell(city: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _sheet(city, lambda page, row: page.__setitem__(f"K{row}", "https://me:word@example.org/"))
    assert build(city, "reply-0.xlsx") == 1
    said = capsys.readouterr().err
    assert "source.address-secret: [reply-0.xlsx:H" in said and "word" not in said.replace("password", "")


@pytest.mark.parametrize(("cell", "words"), [("G", "万元"), ("F", "2023年上半年")])
def test_a_unit_or_period_that_was_changed_is_refused_at_its_cell(
    city: Path, cell: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _sheet(city, lambda page, row: page.__setitem__(f"{cell}{row}", words))
    assert build(city, "reply-0.xlsx") == 1
    assert f"request.given-changed: [reply-0.xlsx:{cell}" in capsys.readouterr().err
