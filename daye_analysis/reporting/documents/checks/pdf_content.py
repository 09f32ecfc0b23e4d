"""The content of a PDF, read back from its bytes: the words on its pages, and the pictures named by its tags."""

from __future__ import annotations

import ctypes
import itertools
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# PDFium keeps one state for the whole process.
_LOCK = threading.Lock()
_TEXT = 1
_NO_MARK = -1
# Tags whose lines are one text. Those within them, such as emphasis or a link, are part of it.
_BLOCKS = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "Lbl", "LBody", "Caption"})


@dataclass(frozen=True, slots=True)
class PdfContent:
    """`pieces` are runs of text as they were drawn, without what repeats on each page; `pictures` alternative texts.

    Text or pictures outside the page's edges, and picture tags without anything drawn, do not count. A drawing of nothing
    but words is among `pieces` only.
    """

    pieces: tuple[str, ...]
    pictures: tuple[str, ...]


def read_pdf(pdf: bytes) -> PdfContent:
    """Return the content of a tagged PDF such as Typst makes."""
    pieces: list[str] = []
    pictures: list[str] = []
    for page in _pages(pdf):
        drawn: set[int] = set()
        shapes: set[int] = set()
        pieces += (text for _, text in _texts(page, drawn, shapes))
        # PDFium looks at every tag of the document for each page: only pages that show a picture are asked.
        pictures += _figures(page, drawn) if shapes else ()
    return PdfContent(tuple(pieces), tuple(pictures))


def read_blocks(pdf: bytes) -> list[tuple[str, ...]]:
    """Return the same pieces by the paragraph, heading or table cell that each page's tags put them into.

    Much slower for a long document, since every tag is looked at for each page.
    """
    blocks: list[tuple[str, ...]] = []
    for page in _pages(pdf):
        block_of = _block_of(page)
        texts: dict[int, list[str]] = {}
        for mark, text in _texts(page, set(), set()):
            texts.setdefault(block_of.get(mark, 0), []).append(text)
        blocks += map(tuple, texts.values())
    return blocks


def _block_of(page: Any) -> dict[int, int]:
    """Return the block of each marked content of a page.

    A tag that goes on over pages names its contents on all of them, whose numbers begin anew on each: those that no other tag
    of this page names are its own here.
    """
    found: dict[int, int] = {}
    stretches: list[tuple[list[int], int]] = []
    for element, block in _elements(page):
        marks = [mark for mark in _marks(element) if mark != _NO_MARK]
        begins = [at for at in range(1, len(marks)) if marks[at] < marks[at - 1]]
        if begins:
            edges = [0, *begins, len(marks)]
            stretches += [(marks[start:end], block) for start, end in itertools.pairwise(edges)]
        else:
            found |= dict.fromkeys(marks, block)
    for marks, block in stretches:
        if not found.keys() & set(marks):
            found |= dict.fromkeys(marks, block)
    return found


def _pages(pdf: bytes) -> Iterator[Any]:
    import pypdfium2

    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for page in document:
                yield page
                page.close()
        finally:
            document.close()


def _texts(page: Any, drawn: set[int], shapes: set[int]) -> Iterator[tuple[int, str]]:
    """Yield the page's runs of text by marked content, and note which of these draw anything, or shapes, within its edges.

    Unmarked content is what the page itself adds: running lines, repeated table headers, rules.
    """
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    width, height = page.get_size()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    room = 4096
    buffer = (ctypes.c_ushort * room)()
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        item = pdfium.FPDFPage_GetObject(page, at)
        mark = pdfium.FPDFPageObj_GetMarkedContentID(item)
        is_text = pdfium.FPDFPageObj_GetType(item) == _TEXT
        if mark == _NO_MARK or (mark in shapes and not is_text):
            continue
        pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        if top.value <= 0 or bottom.value >= height or right.value <= 0 or left.value >= width:
            continue
        drawn.add(mark)
        if not is_text:
            shapes.add(mark)
            continue
        length = pdfium.FPDFTextObj_GetText(item, text_page, buffer, room * 2)
        if length > room * 2:
            room = length
            buffer = (ctypes.c_ushort * room)()
            length = pdfium.FPDFTextObj_GetText(item, text_page, buffer, room * 2)
        if length > 2:
            yield mark, ctypes.string_at(buffer, length - 2).decode("utf-16-le", "replace")
    text_page.close()


def _figures(page: Any, drawn: set[int]) -> Iterator[str]:
    """Yield the alternative text of each figure tag whose content is drawn."""
    import pypdfium2.raw as pdfium

    for element, _ in _elements(page):
        if _name(pdfium.FPDF_StructElement_GetType, element) == "Figure" and drawn.intersection(_marks(element)):
            yield _name(pdfium.FPDF_StructElement_GetAltText, element)


def _elements(page: Any) -> Iterator[tuple[Any, int]]:
    """Yield the page's tags in their order, each with a number that those of one block share."""
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page)
    numbers = itertools.count(1)
    try:
        waiting = [
            (pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), 0)
            for at in reversed(range(pdfium.FPDF_StructTree_CountChildren(tree)))
        ]
        while waiting:
            element, block = waiting.pop()
            if not element:
                continue
            own = next(numbers)
            within = own if _name(pdfium.FPDF_StructElement_GetType, element) in _BLOCKS else block
            yield element, within or own
            waiting += [
                (pdfium.FPDF_StructElement_GetChildAtIndex(element, at), within)
                for at in reversed(range(pdfium.FPDF_StructElement_CountChildren(element)))
            ]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _marks(element: Any) -> list[int]:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)
    return [pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at) for at in range(count)]


def _name(read: Any, element: Any) -> str:
    length = read(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    read(element, buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
