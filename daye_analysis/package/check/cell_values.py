"""Checks of single cells: required, type, code, pattern, minimum, and characters that mislead a reader or a spreadsheet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from daye_analysis.package.check.messages import CHECK_PROBLEMS
from daye_analysis.package.definition import Field
from daye_analysis.package.odd_characters import odd_character
from daye_analysis.package.read.columns import Column, Columns
from daye_analysis.package.read.findings import Fault, Finding, in_values
from daye_analysis.package.read.lexical import (
    SPELLING_PROBLEMS,
    foreign_character,
    spelling_fault,
)
from daye_analysis.package.untrusted.limits import ReadLimits
from daye_analysis.problem_messages import Words, worded

CELL_WORDS: Words = {**SPELLING_PROBLEMS, **CHECK_PROBLEMS}
# What a spreadsheet takes for the beginning of a formula, full-width forms included (OWASP, CSV injection).
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")
# Right without a further look: nearly every number, and the dearest column to check.
_COMMON_NUMBER = re.compile(r"(?:0|-?[1-9][0-9]{0,8})(?:\.[0-9]{1,6})?")
_FIELD_CHARACTERS = ReadLimits().field_characters


def check_cells(columns: Columns) -> list[Finding]:
    """Return one finding for every cell that is wrong by itself: the first thing that is wrong with it."""
    found: list[Finding] = []
    for field in columns.table.fields:
        found += in_values(columns, field.name, cell_fault(field), CELL_WORDS)
    return _summed_up(columns, found)


def _summed_up(columns: Columns, found: list[Finding]) -> list[Finding]:
    """Return `found` with one finding, at the first cell, in place of several cells with white space around them."""
    spaced = [each for each in found if each.problem.code == "cell.outer-space"]
    if len(spaced) < 2:
        return found
    first = min(spaced, key=lambda each: (each.row, each.field))
    count = sum(int(np.count_nonzero(_is_spaced(columns[name]))) for name in columns.table.field_names)
    reworded = worded(CELL_WORDS, "cell.outer-spaces", first.problem.where, found=count)
    return [*(each for each in found if each not in spaced), first._replace(problem=reworded)]


def _is_spaced(column: Column) -> npt.NDArray[np.bool_]:
    return np.array([each != each.strip() for each in column.values], dtype=bool)[column.places]


def cell_fault(field: Field) -> Callable[[str], Fault | None]:
    """Return what says of a cell of `field` what is wrong with it, or None."""
    if field.type == "number" and field.minimum is None:
        return lambda cell: None if _COMMON_NUMBER.fullmatch(cell) else _plain_fault(field, cell)
    if field.type != "string":
        return lambda cell: _plain_fault(field, cell)
    if field.codes:
        codes = frozenset(field.codes.values)
        return lambda cell: None if cell in codes else _code_fault(field, cell)
    if field.pattern:
        matches = re.compile(field.pattern).fullmatch
        return lambda cell: (
            None if matches(cell) and cell.isascii() and cell.isprintable() else _key_fault(field, cell)
        )
    return lambda cell: _text_fault(field, cell)


def _empty_fault(field: Field) -> Fault | None:
    if not field.required:
        return None
    return Fault(
        "cell.missing",
        {"field": field.title, "description": field.description},
    )


def _plain_fault(field: Field, cell: str) -> Fault | None:
    """Return what is wrong with a number, integer, date or boolean."""
    if not cell:
        return _empty_fault(field)
    if fault := spelling_fault(field, cell):
        return fault
    if field.minimum is not None and float(cell) < field.minimum:
        return Fault("cell.below-minimum", {"found": cell, "wanted": f"{field.minimum:g}"})
    return None


def _code_fault(field: Field, cell: str) -> Fault | None:
    if not cell:
        return _empty_fault(field)
    wanted = tuple(field.codes.values) if field.codes else ()
    return _disguise(cell) or Fault("cell.unknown-code", {"found": cell, "wanted": wanted})


def _key_fault(field: Field, cell: str) -> Fault | None:
    """Return what is wrong with a cell that does not match its pattern or is more than plain ASCII."""
    if not cell:
        return _empty_fault(field)
    if fault := _disguise(cell):
        return fault
    return Fault("cell.pattern", {"found": cell, "wanted": field.pattern, "example": field.example})


def _disguise(cell: str) -> Fault | None:
    if cell != cell.strip():
        return Fault("cell.outer-space", {"found": cell})
    return foreign_character(cell)


def _text_fault(field: Field, cell: str) -> Fault | None:
    """Return what is wrong with a text for people."""
    if not cell:
        return _empty_fault(field)
    if _FORMULA.match(cell):
        return Fault("cell.formula", {"found": cell})
    if cell != cell.strip():
        return Fault("cell.outer-space", {"found": cell})
    if len(cell) > _FIELD_CHARACTERS:
        return Fault("cell.too-long", {"found": len(cell), "limit": _FIELD_CHARACTERS})
    if cell.isascii() and cell.isprintable():
        return None
    if odd := odd_character(cell):
        return Fault(f"cell.{odd.kind}-character", {"place": odd.place, "character": odd.name})
    if not unicodedata.is_normalized("NFC", cell):
        return Fault("cell.not-nfc", {"found": cell})
    return None
