"""A list in a PDF that holds text; of a scan it is said that it is one."""

from __future__ import annotations

from pathlib import Path

from daye_analysis.errors import NotReadable
from daye_analysis.source.problems import source_problem


def pdf_text(path: Path) -> str:
    """Return the text of the pages, a line of the page on each line.

    Needs pypdfium2. Raises NotReadable (`source.pdf-unreadable`, `source.pdf-scanned`, `source.pdf-library-missing`).
    """
    if not path.is_file():
        raise NotReadable(source_problem("file-not-found", path.name))
    try:
        import pypdfium2 as pdfium
    except ImportError as error:
        raise NotReadable(source_problem("pdf-library-missing", path.name)) from error
    try:
        document = pdfium.PdfDocument(path)
        pages = [page.get_textpage().get_text_bounded() for page in document]
    except (pdfium.PdfiumError, OSError) as error:
        raise NotReadable(source_problem("pdf-unreadable", path.name)) from error
    text = "\n".join(pages).replace("\r\n", "\n").replace("\r", "\n")
    if sum(not character.isspace() for character in text) < 10 * len(pages):
        raise NotReadable(source_problem("pdf-scanned", path.name, found=len(pages)))
    return text
