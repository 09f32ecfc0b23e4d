"""Notebooks made by hand, and what can be read back from a PDF."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import nbformat
import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from daye_analysis.reporting.documents import PdfOptions

# nbformat carries no types.
files: Any = nbformat
make: Any = nbformat.v4

AS_OF = date(2026, 6, 30)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="60pt" height="20pt"><text x="2" y="15" '
    "style=\"font: 10px 'Noto Sans SC'\">{}</text></svg>"
)


def options(**given: Any) -> PdfOptions:
    """Return options with a date, so that every PDF of the tests is reproducible."""
    return PdfOptions(**{"as_of": AS_OF, **given})


def notebook(*cells: Any) -> Any:
    """Return a notebook; a string is a Markdown cell, a dictionary the data of one displayed output."""
    made = [
        make.new_markdown_cell(cell)
        if isinstance(cell, str)
        else make.new_code_cell("x", outputs=[make.new_output("display_data", data=cell)])
        if isinstance(cell, dict) and "cell_type" not in cell
        else cell
        for cell in cells
    ]
    return make.new_notebook(cells=made)


def shown(data: dict[str, str], **metadata: Any) -> Any:
    """Return a code cell that displays `data` with `metadata`."""
    return make.new_code_cell(
        "shown()", outputs=[make.new_output("display_data", data=data, metadata=metadata)]
    )


def reader(pdf: bytes) -> Any:
    """Open a PDF."""
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Return all words of a PDF without white space, which lines and widths put there."""
    return "".join("".join(page.extract_text() for page in reader(pdf).pages).split())


def tags_of(pdf: bytes) -> Iterator[DictionaryObject]:
    """Yield every element of the structure tree."""
    root = reader(pdf).trailer["/Root"].get_object()["/StructTreeRoot"].get_object()
    waiting = [root.get("/K")]
    while waiting:
        node = waiting.pop()
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            yield node
            waiting.append(node.get("/K", []))


# The area between the running lines, and where the text begins on a page that is not a table's own, in pt.
_TOP, _BOTTOM, _LEFT = 28 * 72 / 25.4, 26 * 72 / 25.4, 60.0


def filled_pages(pdf: bytes) -> list[tuple[float, bool]]:
    """Return of each page how far down it is filled, as a share, and whether a table has it for itself."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        height = page.get_height()
        boxes = [box for box in _boxes(page) if box[1] > _BOTTOM - 1 and box[3] < height - _TOP + 12]
        lowest, left = min((box[1] for box in boxes), default=height), min((box[0] for box in boxes), default=_LEFT)
        found.append((round((height - _TOP - lowest) / (height - _TOP - _BOTTOM), 2), left < _LEFT))
        page.close()
    document.close()
    return found


def _boxes(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield left, bottom, right and top of whatever is drawn on a page."""
    sides = [ctypes.c_float() for _ in range(4)]
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        if pdfium.FPDFPageObj_GetBounds(pdfium.FPDFPage_GetObject(page, at), *sides):
            left, bottom, right, top = (side.value for side in sides)
            yield left, bottom, right, top
