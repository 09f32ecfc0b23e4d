"""Files that people write, with one to three random things wrong: notebooks, schedules, grids, edited tables and replies.

Each is taken or refused in words; what is taken makes a package that validates, and the same call again changes nothing.
"""

from __future__ import annotations

import contextlib
import json
import random
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from daye_analysis.cli import run as daye
from fuzz.faults import files_below, run
from fuzz.mutations import CELLS, VALUES, at_random, write_files
from fuzz.runs import Runner, call, write_inputs
from fuzz.writers import replied_city

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60.0
# What may stand in a setting, in TOML or YAML, where something else should.
_SETTINGS = (
    '""', "''", "0", "-1", "1e9", "true", "null", "[]", "{}", '"x"', "[1, 2]", '["brief"]', "2026-02-30", "2026-06-30", "0001-01-01", "9999-12-31",
    '"* * * * *"', '"0 7 31 2 *"', '"61 * * * *"', '"Asia/Shanghai"', '"Mars/Olympus"', '"25d"', '"-5m"', '"1e3d"', "{{x}}", "&a [*a]", "*a", "!!python/x 1",
    '"/etc/passwd"', '"../x"', '"\\u0000"', '"大冶"', "2025-06-30T00:00:00Z", ".inf", "0x10", "1_000", '["zh", "en"]', '"all"', '["a", "a"]', "[[1]]", '{"zh": 1}',
)  # fmt: skip
_SIGNS = ("\t", "\n", '"', "'", "[", "]", "{", ":", "#", "=", ",", "-", "\0", "\u202e", "\ufeff", "大", "：", "\r", " ", "\x1b", "&", "*", "%", "\ud7ff")
_SCHEDULE = """\
[[schedule]]
name = "yearly"
cron = "0 7 1 1 *"
time_zone = "Asia/Shanghai"
start = 2025-01-01
notebooks = ["good", "bad"]
languages = ["zh"]
catch_up = "last"
lateness = "400d"
retries = 1
backoff = "1s"
timeout = "5m"
parameters = {top = 2}

[notify]
command = ["true"]
log = "log/reports.log"
"""
_GRID = "notebooks: [good]\nas_of: [2025-06-30]\nlanguages: [zh]\nparameters:\n  top: [1, 2]\nretries: 0\ntimeout: 5m\njobs: 1\n"


def _damaged(chance: random.Random, text: str, values: tuple[str, ...]) -> str:
    """Return `text` with a value, a line or a character of it changed."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    sign = next((sign for sign in (" = ", ": ", ",") if sign in lines[at]), None)
    way = chance.choice(("value", "value", "value", "key", "gone", "twice", "character", "deeper", "cut"))
    if way == "value" and sign:
        parts = lines[at].split(sign)
        parts[chance.randrange(1, len(parts))] = chance.choice(values)
        lines[at] = sign.join(parts)
    elif way == "key" and sign:
        lines[at] = chance.choice(("name", "x", "start", "as_of", "package", "span")) + sign + lines[at].partition(sign)[2]
    elif way == "gone":
        del lines[at]
    elif way == "twice":
        lines.insert(at, lines[at])
    elif way == "deeper":
        lines[at] = f"  {lines[at]}"
    elif way == "cut":
        return text[: chance.randrange(len(text))]
    else:
        place = chance.randrange(len(text))
        return text[:place] + chance.choice(_SIGNS) + text[place + chance.randrange(2) :]
    return "\n".join(lines)


def _changed(chance: random.Random, text: str, values: tuple[str, ...]) -> str:
    for _ in range(chance.choice((1, 1, 2, 3))):
        text = _damaged(chance, text, values) or "x"
    return text


def settings(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return which file of settings was changed, and what goes wrong with the commands that read it."""
    chance = random.Random(seed)
    name, text, commands = chance.choice((
        ("schedule.toml", _SCHEDULE, (["schedule", "list"], ["schedule", "next"], ["schedule", "status"], ["schedule", "run-due"])),
        ("grid.yaml", _GRID, (["sweep"],)),
    ))  # fmt: skip
    write_files(_clockwork(), folder)
    (folder / name).write_text(_changed(chance, text, _SETTINGS), encoding="utf-8", newline="")
    file, places = str(folder / name), ["--reports", str(folder / "reports"), "--package", str(folder / "example")]
    wrong = []
    for words in commands:
        options = [file, *places] if words == ["sweep"] else ["--file", file, *([] if words[1] in ("list", "next") else places)]
        runner = Runner(words[-1], lambda _, given=[*words, *options]: given)
        wrong += run(call(runner, folder), seconds=SECONDS).faults(" ".join(words))
    return name, wrong


@cache
def _clockwork() -> dict[str, bytes]:
    """Return two notebooks and the package that they are given."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        write_inputs(folder)
        (folder / "tmp").mkdir()
        (folder / "tmp/x").touch()
        return files_below(folder)


def notebook(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return what was done to a notebook, and what goes wrong with reading and printing it."""
    chance = random.Random(seed)
    content, done = _shown(), []
    for _ in range(chance.choice((1, 1, 2, 3))):
        holder, key, way = at_random(chance, content)
        value = chance.choice(VALUES)
        if chance.random() < 0.2:
            del holder[key]
        elif isinstance(holder, list) and chance.random() < 0.3:
            holder.append(value)
        else:
            holder[key] = value
        done.append(f"{way} {json.dumps(value)[:40]}")
        if not content or not all(content.values()):
            break
    path = folder / "notebook.ipynb"
    path.write_text(json.dumps(content), encoding="utf-8")
    return "; ".join(done), run(lambda: _taken(path), seconds=SECONDS).faults("notebook")


def _shown() -> Any:
    """Return a notebook with one of everything."""
    from pdf_help import SVG, make, shown

    picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAwS2OUAAAAABJRU5ErkJggg=="
    cells = [
        make.new_code_cell('as_of: str = ""\nlanguage: str = "zh"\ntop: int = 1', metadata={"tags": ["parameters"]}),
        make.new_markdown_cell("# A\n\n![a](attachment:a.png) $x$", attachments={"a.png": {"image/png": picture}}),
        shown({"text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "1"}, caption={"zh": "甲", "en": "a"}, alt="a"),
        shown({"image/svg+xml": SVG.format("a"), "text/plain": "f"}, alt={"zh": "甲", "en": "a"}),
        shown({"image/png": picture}, **{"image/png": {"width": 10, "height": 10}}),
        make.new_code_cell("x", execution_count=1, outputs=[
            make.new_output("stream", name="stdout", text=["a\n", "b"]), make.new_output("execute_result", data={"text/latex": "$$x$$", "text/plain": "x"}),
            make.new_output("error", ename="E", evalue="e", traceback=["\x1b[31mE", "e"]),
            make.new_output("display_data", data={"application/json": {"a": [1]}, "text/markdown": "*a*", "application/vnd.jupyter.widget-view+json": {"model_id": "m"}}),
        ]),
        make.new_raw_cell("r", metadata={"format": "text/html"}),
    ]  # fmt: skip
    made = make.new_notebook(cells=cells, metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, "language_info": {"name": "python", "version": "3.12"},
        "title": "题", "daye": {"language": "en", "files": ["a.csv"], "title": "t", "outputs": ["x.csv"]}, "authors": [{"name": "a"}],
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {"m": {"model_name": "IntSliderModel", "state": {"value": 1}}}}},
    })  # fmt: skip
    return json.loads(json.dumps(made))


def _taken(path: Path) -> int:
    """Read, plan and print the notebook as the runner does, and JupyterLab's menu; 1 where it is refused."""
    from pdf_help import options

    from daye_analysis.errors import DayeError
    from daye_analysis.reporting.documents import print_notebook
    from daye_analysis.reporting.documents.exporter import DayePdfExporter
    from daye_analysis.reporting.notebooks.notebook import read_notebook
    from daye_analysis.reporting.notebooks.parameters import inspect_parameters

    try:
        content = read_notebook(path)
        inspect_parameters(content)
        print_notebook(content, options(strict=False))
        print_notebook(content, DayePdfExporter().options_for(content, "name"))
    except DayeError as error:
        print(*(problem.say("en") for problem in error.problems), sep="\n")
        return 1
    return 0


@cache
def _county() -> dict[str, bytes]:
    return files_below(ROOT / "examples/shili-county/package")


def sources(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return which edited file was changed, and what goes wrong with building it."""
    chance = random.Random(seed)
    files = dict(_county())
    name = chance.choice([each for each in files if each.startswith("data/source/")])
    values = (*CELLS, *_SETTINGS) if name.endswith(".csv") else _SETTINGS
    files[name] = _changed(chance, files[name].decode(), values).encode("utf-8", "surrogatepass")
    root = write_files(files, folder / "package")
    return name, _wrong_with_build(root, ["build", "--root", str(root)], files)


@cache
def _city() -> dict[str, bytes]:
    """Return a package of which figures are missing, and two replies: in Excel, and in Word."""
    import docx

    from daye_analysis.package.request.messages import COLUMNS, heading

    with TemporaryDirectory() as name:
        folder = Path(name)
        replied_city(folder)
        assert daye(["export", "--request", str(folder / "made"), "--package", str(folder / "package")]) == 0
        letter = docx.Document(str(sorted((folder / "made").glob("*.docx"))[0]))
        for table in letter.tables:
            names = [cell.text for cell in table.rows[0].cells]
            if heading("key") in names:
                for column, value in _ANSWER.items():
                    table.rows[1].cells[names.index(heading(column))].text = value
        assert _ANSWER.keys() <= set(COLUMNS)
        letter.save(str(folder / "reply.docx"))
        return {path: content for path, content in files_below(folder).items() if not path.startswith("made/")}


_ANSWER = {"value": "3", "date": "2026-11-20", "document": "关于数据需求的复函"}


def reply(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return what was entered in a reply to a data request, and what goes wrong with importing it."""
    chance = random.Random(seed)
    files = _city()
    write_files(files, folder)
    path = folder / chance.choice(("reply-0.xlsx", "reply.docx"))
    if chance.random() < 0.2:
        content = bytearray(path.read_bytes())
        for _ in range(chance.choice((1, 5, 50))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(bytes(content))
        what = "bytes"
    else:
        what = _in_excel(chance, path) if path.suffix == ".xlsx" else _in_word(chance, path)
    root = folder / "package"
    package = {name.removeprefix("package/"): content for name, content in files.items() if name.startswith("package/")}
    return f"{path.name}: {what}", _wrong_with_build(root, ["build", "--root", str(root), "--reply", str(path)], package)


_ENTRIES: tuple[Any, ...] = (
    *(each for each in CELLS if not set(each) & set("\0\x07\x1b")), 3, -1, 0, 1e300, 10**15, 2.5, True, datetime(2026, 11, 20), datetime(2026, 11, 20, 13),
    datetime(2030, 1, 1), "=1+1", "#N/A", "3%", "3亿元", "约3", "三", "2026年11月20日", "2026.11.20", "46346", "＝1", "http://127.0.0.1:9/x", "3²", "3①", None,
)  # fmt: skip
_FORMATS = ("0", "0.00", "0%", '0"万元"', "0,", ";;;", "yyyy-mm-dd", "@", "#,##0.0", "[>1]0;0.0", "General", "0.0E+00", "# ?/?")


def _in_excel(chance: random.Random, path: Path) -> str:
    """Write random values over cells of the sheet, mostly of the one row that is answered, and formats around them."""
    import openpyxl
    from openpyxl.cell import MergedCell
    from openpyxl.comments import Comment
    from openpyxl.styles import Font

    book = openpyxl.load_workbook(path)
    page = book.active
    answered = next(row for row in page.iter_rows() if any(str(cell.value) == _ANSWER["document"] for cell in row))
    done = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        row = answered if chance.random() < 0.7 else chance.choice(list(page.iter_rows()))
        cell = chance.choice(row)
        if isinstance(cell, MergedCell):
            continue
        way = chance.choice(("value", "value", "value", "format", "font", "note", "hidden", "merged", "beside"))
        done.append(f"{way} {cell.coordinate}")
        if way == "value":
            cell.value = chance.choice(_ENTRIES)
        elif way == "format":
            cell.number_format = chance.choice(_FORMATS)
        elif way == "font":
            cell.font = Font(strike=chance.random() < 0.3, vertAlign=chance.choice((None, "superscript")), color=chance.choice((None, "FFFFFF")))
        elif way == "note":
            cell.comment = Comment("x", "x")
        elif way == "hidden":
            page.row_dimensions[cell.row].height = chance.choice((0, 1, 400))
            page.column_dimensions[cell.column_letter].hidden = chance.random() < 0.5
        elif way == "merged":
            page.merge_cells(start_row=cell.row, end_row=cell.row + 1, start_column=cell.column, end_column=cell.column)
        else:
            page.cell(cell.row, chance.choice((14, 40, 16_384))).value = 5
    book.save(path)
    return "; ".join(done)


def _in_word(chance: random.Random, path: Path) -> str:
    """Write random words over cells of the table, mostly of the row that is answered, and change how they are set."""
    import docx
    from docx.exceptions import PythonDocxError
    from docx.oxml import OxmlElement
    from docx.oxml.exceptions import XmlchemyError

    refusals = (PythonDocxError, XmlchemyError)
    letter = docx.Document(str(path))
    table = chance.choice([each for each in letter.tables if len(each.rows) > 1])
    done = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        row = table.rows[1 if chance.random() < 0.7 else chance.randrange(len(table.rows))]
        try:
            cell = chance.choice(row.cells)
        except (IndexError, *refusals):
            continue
        way = chance.choice(("text", "text", "text", "run", "gone", "merged", "hidden", "nested", "row twice"))
        done.append(way)
        with contextlib.suppress(*refusals):  # what an earlier change left does not allow it
            if way == "text":
                cell.text = str(chance.choice(_ENTRIES) or "")
            elif way == "run":
                run_ = cell.paragraphs[0].add_run("2")
                setattr(run_.font, chance.choice(("superscript", "subscript", "hidden", "strike", "all_caps")), True)
            elif way == "gone":
                row._tr.remove(row._tr.tc_lst[-1])
            elif way == "merged":
                cell.merge(table.rows[-1].cells[-1])
            elif way == "hidden":
                row._tr.get_or_add_trPr().append(OxmlElement(chance.choice(("w:hidden", "w:gridBefore", "w:del"))))
            elif way == "nested":
                cell.add_table(1, 1).cell(0, 0).text = "4"
            else:
                row._tr.addnext(docx.oxml.parse_xml(row._tr.xml))
    letter.save(str(path))
    return "; ".join(done)


def _wrong_with_build(root: Path, words: list[str], before: dict[str, bytes]) -> list[str]:
    """Return what goes wrong: a refused call leaves every file, another makes a package that validates, and is complete."""
    built = run(lambda: daye(words), seconds=SECONDS)
    if wrong := built.faults("build"):
        return wrong
    after = _content(root)
    if built.code:
        return [] if after == before else [f"refused, but changed: {sorted(name for name in after if after[name] != before.get(name))[:5]}"]
    checked = run(lambda: daye(["validate", str(root)]), seconds=SECONDS)
    again = run(lambda: daye(words), seconds=SECONDS)
    wrong = checked.faults("validate") + again.faults("the same call again")
    if checked.code:
        wrong.append(f"built, but validate ends with {checked.code}: {checked.said[-600:]}")
    if again.code or _content(root) != after:
        wrong.append(f"the same call again ends with {again.code}, or changes files: {again.said[-600:]}")
    return wrong


def _content(root: Path) -> dict[str, bytes]:
    return {name: content for name, content in files_below(root).items() if not name.startswith(".daye")}


INPUTS: dict[str, Callable[[int, Path], tuple[str, list[str]]]] = {
    "notebook": notebook, "settings": settings, "source": sources, "reply": reply,
}  # fmt: skip
