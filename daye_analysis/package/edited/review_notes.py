"""Open judgements: comment lines in edited files that a person settles and then deletes; the build waits for it."""

from __future__ import annotations

import re
from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem
from daye_analysis.package.edited.tables import read_text

_MARK = re.compile(r"#\s*(?:需判断|to judge)\s*[:：](?P<zh>.*?)(?:#\s*to judge\s*[:：](?P<en>.*))?$")


def mark(note: Text) -> str:
    """Return the comment, one line, that leaves `note` to be judged."""
    return f"# 需判断: {_line(note.zh)} # to judge: {_line(note.en)}"


def open_judgements(folder: Path) -> list[Problem]:
    """Return a problem for each mark that is in the YAML files of `folder`."""
    problems = []
    for path in sorted(folder.glob("*.yaml")):
        for number, line in enumerate(read_text(path).splitlines(), 1):
            found = _MARK.search(line) if line.lstrip().startswith("#") else None
            if found:
                zh = found["zh"].strip()
                en = (found["en"] or zh).strip()
                problems.append(_open(f"{path.name}:{number}", Text(zh, en)))
    return problems


def _line(words: str) -> str:
    return " ".join(words.split())


def _open(where: str, note: Text) -> Problem:
    return Problem(
        "edited.judgement-open",
        Text(f"尚待判断：{note.zh}", f"Still to be judged: {note.en}"),
        where,
        Text(
            "请对照原文改正其下条目；判断之后删去这一行，要让读者知道的写入 note_zh、note_en。",
            "Correct the entry below it by the official text, then delete this line; what readers must know goes into "
            "note_zh and note_en.",
        ),
    )
