"""Split a CSV file into blocks of whole rows, and find rows that violate RFC 4180 or the definition.

Works on bytes: in UTF-8 a comma, a quote and a line end are never part of another character. A quote opens a cell
only right after a separator and closes it only right before one; two quotes inside stand for one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from daye_analysis.package.read.columns import Integers

# Far more than the longest row that may be: eighteen cells of 32,767 characters take 2.4 MB.
BLOCK_BYTES = 4 * 1024 * 1024
_COMMA, _QUOTE, _LF = b',"\n'


@dataclass(frozen=True, slots=True)
class Block:
    """Whole rows: their bytes, and for each row where it ends and how many cells it has.

    `fault` is the code of what ends the file's reading at row `fault_row` of the block, or empty; rows from there on
    are left out of the rest.
    """

    content: bytes
    ends: Integers
    cells: Integers
    fault: str = ""
    fault_row: int = 0

    def rows_with(self, cells: int) -> bytes:
        """Return the bytes of the rows that have that many cells."""
        wanted = self.cells == cells
        if wanted.all():
            return self.content[: self.ends[-1]] if len(self.ends) else b""
        starts = np.concatenate(([0], self.ends[:-1]))
        return b"".join(
            self.content[start:end] for start, end in zip(starts[wanted], self.ends[wanted], strict=True)
        )


def blocks(content: bytes, at: int, block_bytes: int = BLOCK_BYTES) -> Iterator[Block]:
    """Yield the rows of `content` from `at` in blocks of at most `block_bytes`; stop at a fault.

    `content` must end with LF. A row that fills a block by itself can only come of a quote that is never closed.
    """
    while at < len(content):
        end = content.rfind(b"\n", at, at + block_bytes) + 1
        block = _block(content[at:end])
        read = int(block.ends[-1]) if len(block.ends) else 0
        is_last = at + block_bytes >= len(content)
        if not block.fault and (read == 0 or (is_last and at + read < len(content))):
            block = Block(block.content, block.ends, block.cells, "csv.unclosed-quote", len(block.ends))
        yield block
        if block.fault:
            return
        at += read


def _block(content: bytes) -> Block:
    signs = np.frombuffer(content, np.uint8)
    at = np.flatnonzero((signs == _COMMA) | (signs == _LF) | (signs == _QUOTE))
    kinds = signs[at]
    quotes = kinds == _QUOTE
    outside = np.bitwise_xor.accumulate(quotes.view(np.uint8)) == 0
    separates = outside & ~quotes
    last_cells = np.flatnonzero(kinds[separates] == _LF)
    ends = at[separates][last_cells] + 1
    cells = np.diff(last_cells, prepend=-1)
    misplaced = _misplaced_quote(signs, at[quotes], outside[quotes])
    if misplaced is None:
        return Block(content, ends, cells)
    row = int(np.searchsorted(ends, misplaced, side="right"))
    return Block(content, ends[:row], cells[:row], "csv.quote", row)


def _misplaced_quote(signs: npt.NDArray[np.uint8], at: Integers, closes: npt.NDArray[np.bool_]) -> int | None:
    """Return the place of the first quotation mark that neither opens, closes nor doubles, or None."""
    before = np.where(at > 0, signs[at - 1], _LF)
    after = signs[np.minimum(at + 1, len(signs) - 1)]
    beside = np.where(closes, after, before)
    found = at[(beside != _COMMA) & (beside != _LF) & (beside != _QUOTE)]
    return int(found[0]) if len(found) else None
