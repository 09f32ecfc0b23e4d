"""Tables made at random, as HTML: the printer prints every cell, or names what it could not print."""

from __future__ import annotations

import html
import random
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from fuzz.faults import run

SECONDS = 60.0
_LEAST_PART = 5  # characters of a cell on a page: fewer are found by chance
_WORDS = (
    "大冶", "目标值（亿元）", "1,234.5", "-12.5%", "2026年", "high-tech enterprises", "x" * 60, "很长的说明文字" * 12, "", " ", "0", "—", "A&B<C>",
    "#read", "*b* _i_", "$x$", "`code`", "\\", "@a", "a\nb", "½", "≥", "①", "é", "〔2024〕", "http://example.org/" + "p" * 80, "]", "{{x}}",
)  # fmt: skip


def grid(seed: int) -> list[list[tuple[str, int, int]]]:
    """Return rows of cells: text, colspan, rowspan."""
    chance = random.Random(seed)
    rows, columns = chance.choice((1, 2, 5, 20, 60)), chance.choice((1, 2, 4, 9, 16))
    span = chance.choice((0.0, 0.0, 0.1, 0.4))
    return [
        [
            (
                f"{chance.choice(_WORDS)}{chance.choice(('', f'r{row}c{column}'))}",
                chance.choice((1, 2, 3, 0, 9999)) if chance.random() < span else 1,
                chance.choice((1, 2, 3, 0, 9999)) if chance.random() < span else 1,
            )
            for column in range(columns if chance.random() < 0.9 else chance.randrange(columns + 1))
        ]
        for row in range(rows)
    ]


def as_html(cells: list[list[tuple[str, int, int]]], seed: int) -> str:
    """Return the table's HTML, with or without a heading row, sometimes unclosed or with a table in a cell."""
    chance = random.Random(seed)
    heads = chance.choice((0, 1, 2))
    lines = []
    for at, row in enumerate(cells):
        name = "th" if at < heads else "td"
        made = "".join(
            f"<{name}{f' colspan={across}' if across != 1 else ''}{f' rowspan={down}' if down != 1 else ''}>{html.escape(text)}</{name}>"
            for text, across, down in row
        )
        lines.append(f"<tr>{made}</tr>")
    body = "".join(lines)
    if chance.random() < 0.1:
        body = body.replace("</td>", "").replace("</tr>", "")
    return f"<table>{body}</table>"


def printing(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return what kind of table it is, and what goes wrong with printing it."""
    cells = grid(seed)
    text = as_html(cells, seed)
    (folder / "table.html").write_text(text, encoding="utf-8")
    wanted = [each for row in cells for each, _, _ in row if each.strip()]
    ended = run(lambda: _printed(text, wanted), seconds=SECONDS)
    what = f"{len(cells)} rows, {sum(map(len, cells))} cells"
    return what, ended.faults("printing") or ([f"printing: {ended.said[-1500:]}"] if ended.code else [])


def _printed(text: str, wanted: list[str]) -> int:
    """Print the table, and print to standard output each cell that is neither in the PDF nor told; 1 where there is one."""
    from pdf_help import notebook, options, reader, text_of

    from daye_analysis.errors import CheckFailed
    from daye_analysis.reporting.documents import print_notebook

    data: dict[str, Any] = {"text/html": text, "text/plain": "table"}
    try:
        made = print_notebook(notebook(data), options())
    except CheckFailed as error:
        # Wide spans in one row may go beyond the limit of columns; that is told, and refused.
        if all(problem.code == "pdf.not-printed" and "> 1,000" in problem.what.en for problem in error.problems):
            return 0
        raise
    said = unicodedata.normalize("NFKC", text_of(made.pdf))
    pages = [unicodedata.normalize("NFKC", "".join(page.extract_text().split())) for page in reader(made.pdf).pages]
    printed = {each: _as_printed(each) for each in wanted}
    missing = [each for each, words in printed.items() if words not in said and not _over_two_pages(words, pages)]
    # What is left out is on the last page, with its reason.
    if missing and not made.warnings:
        print("not in the PDF, and not told:", missing[:5])
        return 1
    return 0


def _over_two_pages(words: str, pages: Sequence[str]) -> bool:
    """Return whether a long cell begins on one page and goes on on the next, with the foot, head and heading rows between."""
    return any(
        words[:at] in before and words[at:] in after for before, after in pairwise(pages) for at in range(_LEAST_PART, len(words) - _LEAST_PART)
    )


def _as_printed(text: str) -> str:
    """Return what text of the PDF a cell becomes: without white space, a formula as its letter."""
    return unicodedata.normalize("NFKC", "".join(text.split()).replace("$x$", "x"))
