"""What a PDF holds, read back from its bytes: the words on its pages, and the pictures that its tags name."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# PDFium keeps one state for the whole process.
_LOCK = threading.Lock()
_TEXT = 1
_NO_MARK = -1


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
    import pypdfium2

    pieces: list[str] = []
    pictures: list[str] = []
    with _LOCK:
        document = pypdfium2.PdfDocument(pdf)
        try:
            for page in document:
                drawn: set[int] = set()
                shapes: set[int] = set()
                pieces += _texts(page, drawn, shapes)
                # PDFium looks at every tag of the document for each page: only pages that show a picture are asked.
                pictures += _figures(page, drawn) if shapes else ()
                page.close()
        finally:
            document.close()
    return PdfContent(tuple(pieces), tuple(pictures))


def _texts(page: Any, drawn: set[int], shapes: set[int]) -> Iterator[str]:
    """Yield the page's runs of text, and note which marked contents draw anything, or shapes, within its edges.

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
            yield ctypes.string_at(buffer, length - 2).decode("utf-16-le", "replace")
    text_page.close()


def _figures(page: Any, drawn: set[int]) -> Iterator[str]:
    """Yield the alternative text of each figure tag whose content is drawn."""
    import pypdfium2.raw as pdfium

    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        waiting = [
            pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)
            for at in reversed(range(pdfium.FPDF_StructTree_CountChildren(tree)))
        ]
        while waiting:
            element = waiting.pop()
            if not element:
                continue
            if _name(pdfium.FPDF_StructElement_GetType, element) == "Figure" and _marks(element) & drawn:
                yield _name(pdfium.FPDF_StructElement_GetAltText, element)
            waiting += [
                pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
                for at in reversed(range(pdfium.FPDF_StructElement_CountChildren(element)))
            ]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _marks(element: Any) -> set[int]:
    import pypdfium2.raw as pdfium

    count = pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)
    return {pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at) for at in range(count)}


def _name(read: Any, element: Any) -> str:
    length = read(element, None, 0)
    buffer = ctypes.create_string_buffer(length)
    read(element, buffer, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
