"""The open items of a draft as an Excel worksheet: a person fills in one column, and the answers are imported."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.package.edited.folder import SOURCE, refuse_links, what_is_missing
from daye_analysis.package.edited.tables import read_text
from daye_analysis.package.new.messages import NEW_PROBLEMS
from daye_analysis.problem_messages import worded
from daye_analysis.source.documents.xlsx import xlsx_rows
from daye_analysis.storage.file_sets import LOCK, finish, replace_files
from daye_analysis.storage.files import remove_leftovers, replace_file
from daye_analysis.storage.locks import only_writer

_HEADER = ("where 位置", "待办", "to do", "怎样补", "how", "answer 填写", "code")
_ANSWER = 5
# An answer to a judgement that says that the entry is right, so that its mark goes.
_SETTLED = re.compile(r"\s*(?:ok|y|yes|done|是|对|好|√|✓|已判断|删|x)\s*", re.IGNORECASE)
_PLACE = re.compile(r"(?P<file>[a-z_]+\.(?:csv|yaml))(?::(?P<line>\d+))?(?::(?P<key>[a-z_]+))?")


def write_worksheet(root: Path, path: Path) -> int:
    """Write what the draft at `root` lacks to the new file `path`, judgements first, and return how many rows that are.

    Needs XlsxWriter. Raises WrongUsage (`new.file-exists`) where `path` is there already.
    """
    import xlsxwriter

    if path.exists():
        raise WrongUsage(worded(NEW_PROBLEMS, "new.file-exists", path.name))
    problems = [each for each in what_is_missing(root)[0] if _PLACE.fullmatch(each.where)]
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as book:
        # The clock stays out of it, so that the same draft gives the same bytes.
        book.set_properties({"created": dt.datetime(1980, 1, 1)})
        sheet = book.add_worksheet("draft")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 0)
        for column, width in enumerate((26, 44, 44, 44, 44, 36, 24)):
            sheet.set_column(column, column, width, wrapped)
        sheet.write_row(0, 0, _HEADER, bold)
        for row, each in enumerate(problems, 1):
            for column, words in enumerate((each.where, *each.what, *each.remedy, "", each.code)):
                sheet.write_string(row, column, words)
    replace_file(path, content.getvalue())
    return len(problems)


def apply_worksheet(root: Path, path: Path) -> int:
    """Write the answers in the worksheet at `path` into the edited files under `root`, and return how many there were.

    An answer to a judgement (ok, 是) deletes its mark. All answers are checked before anything is written; raises
    WrongUsage (`new.answer-misplaced`) for one whose place is no longer empty, and what reading the sheet raises.
    """
    remove_leftovers(path)
    with only_writer(root / LOCK):
        finish(root)
        refuse_links(root)
        texts, count = _answered(root, path)
        replace_files(root, texts)
    return count


def _answered(root: Path, path: Path) -> tuple[dict[str, bytes], int]:
    """Return the edited files with the answers in them, by path, and how many answers there are."""
    answers: dict[str, list[tuple[int, str, str, str]]] = defaultdict(list)
    for row in xlsx_rows(path)[1:]:
        place = _PLACE.fullmatch(row[0]) if row else None
        if place and len(row) > _ANSWER + 1 and row[_ANSWER].strip():
            entry = (int(place["line"] or 0), place["key"] or "", " ".join(row[_ANSWER].split()), row[_ANSWER + 1])
            answers[place["file"]].append(entry)
    problems: list[Problem] = []
    texts: dict[str, bytes] = {}
    for file, given in answers.items():
        text = read_text(root / SOURCE / file)
        filled = _in_csv(text, given, file, problems) if file.endswith(".csv") else _in_yaml(text, given, file, problems)
        texts[(SOURCE / file).as_posix()] = filled.encode()
    if problems:
        raise WrongUsage(problems)
    return texts, sum(map(len, answers.values()))


def _in_csv(text: str, given: list[tuple[int, str, str, str]], file: str, problems: list[Problem]) -> str:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    rows, names = list(reader), list(reader.fieldnames or ())
    for line, key, answer, _ in given:
        row: Mapping[str, str] = rows[line - 2] if 2 <= line < len(rows) + 2 else {}
        if key not in row or row[key]:
            problems.append(worded(NEW_PROBLEMS, "new.answer-misplaced", f"{file}:{line}:{key}", found=answer))
        else:
            rows[line - 2][key] = answer
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _in_yaml(text: str, given: list[tuple[int, str, str, str]], file: str, problems: list[Problem]) -> str:
    lines = text.split("\n")
    settled: set[int] = set()
    for line, key, answer, code in given:
        place = line - 1 if line else 0
        if code == "edited.judgement-open":
            if _SETTLED.fullmatch(answer) and place < len(lines) and "# 需判断" in lines[place]:
                settled.add(place)
                continue
        elif (found := _empty(lines, place, key, whole=not line)) is not None:
            lines[found] = re.sub(rf'(?<![a-z_]){key}: ""', lambda _: f"{key}: {json.dumps(answer, ensure_ascii=False)}", lines[found], count=1)  # noqa: B023
            continue
        problems.append(worded(NEW_PROBLEMS, "new.answer-misplaced", f"{file}:{line}:{key}", found=answer))
    return "\n".join(words for place, words in enumerate(lines) if place not in settled)


def _empty(lines: list[str], start: int, key: str, *, whole: bool) -> int | None:
    """Return the line, from that on which an entry starts, on which its `key` is empty; None where it is not."""
    for place in range(start, len(lines)):
        if place > start and not whole and lines[place].startswith("- "):
            return None
        if re.search(rf'(?<![a-z_]){key}: ""', lines[place]):
            return place
    return None
