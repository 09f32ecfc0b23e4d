"""Open decisions: comment lines in edited files that a person resolves and deletes; until then nothing is built."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from daye_analysis.bilingual import Text
from daye_analysis.errors import Problem
from daye_analysis.package.edited.messages import EDITED_PROBLEMS
from daye_analysis.package.edited.tables import read_text
from daye_analysis.problem_messages import worded

_MARK = re.compile(r"#\s*(?:需判断|to judge)\s*[:：](?P<zh>.*?)(?:#\s*to judge\s*[:：](?P<en>.*))?$")


def mark(note: Text) -> str:
    """Return the comment, one line, that leaves `note` to be judged."""
    return f"# 需判断: {_line(note.zh)} # to judge: {_line(note.en)}"


def open_judgements(paths: Iterable[Path]) -> list[Problem]:
    """Return a problem for each mark in those of the YAML files that are there."""
    problems = []
    for path in sorted(each for each in paths if each.is_file()):
        for number, line in enumerate(read_text(path).splitlines(), 1):
            found = _MARK.search(line) if line.lstrip().startswith("#") else None
            if found:
                zh = found["zh"].strip()
                en = (found["en"] or zh).strip()
                where = f"{path.name}:{number}"
                problems.append(worded(EDITED_PROBLEMS, "edited.judgement-open", where, note=Text(zh, en)))
    return problems


def _line(words: str) -> str:
    return " ".join(words.split())


