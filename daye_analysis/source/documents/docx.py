"""A task list in a Word file: its paragraphs and tables flattened to the text that the other readers read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.errors import CheckFailed, NotReadable, Refused
from daye_analysis.source.documents.any_task_list import read_any_task_list
from daye_analysis.source.documents.word_markup import word_markup
from daye_analysis.source.draft import DraftTaskList
from daye_analysis.source.problems import source_problem

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

LARGEST = 100_000_000
# What zipfile, lxml (whose errors are SyntaxErrors) and python-docx raise on a damaged file.
_DAMAGED = (zipfile.BadZipFile, KeyError, ValueError, IndexError, AttributeError, SyntaxError, OSError)


def read_docx_task_list(path: Path) -> DraftTaskList:
    """Read the task list in the Word file at `path`; spans refer to the returned list's `text`.

    A merged cell keeps its words in its first place and is blank in the others, which then inherit as in any
    list. Needs python-docx. Raises CheckFailed (`source.docx-markup`), NotReadable (`source.file-not-found`, `source.docx-unreadable`,
    `source.docx-library-missing`), Refused (`source.docx-too-large`), and what `read_any_task_list` raises.
    """
    return read_any_task_list(docx_text(path), path.name)


def docx_text(path: Path) -> str:
    """Return the file's text: a line a paragraph, a tab before each cell, a blank line after each row."""
    if not path.is_file():
        raise NotReadable(source_problem("file-not-found", path.name))
    try:
        import docx
        from docx.exceptions import PythonDocxError
    except ImportError as error:
        raise NotReadable(source_problem("docx-library-missing", path.name)) from error
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > LARGEST:
            raise Refused(source_problem("docx-too-large", path.name, found=size))
        document = docx.Document(str(path))
        for at, part in enumerate(document.element.body, start=1):
            if found := word_markup(part):
                raise CheckFailed(source_problem("docx-markup", path.name, at=at, found=found))
        return "\n".join(_lines(document)) + "\n"
    except (*_DAMAGED, PythonDocxError) as error:
        raise NotReadable(source_problem("docx-unreadable", path.name)) from error


def _lines(document: Document) -> Iterator[str]:
    from docx.table import Table

    for item in document.iter_inner_content():
        yield from _table_lines(item) if isinstance(item, Table) else _clean(item.text)


def _table_lines(table: Table) -> Iterator[str]:
    yield ""
    above: list[object] = []
    for row in table.rows:
        # python-docx gives a merged cell at each place it covers: the same element, in a row or in a column.
        elements: list[object] = [cell._tc for cell in row.cells]
        for place, cell in enumerate(row.cells):
            element = elements[place]
            merged = element in elements[:place] or element in above
            yield "\t" + ("" if merged else "\n".join(_clean(cell.text)))
        yield ""
        above = elements


def _clean(text: str) -> list[str]:
    """Return the non-blank lines of a paragraph or cell, without tabs, which would open a cell."""
    lines = (" ".join(line.split("\t")).strip() for line in text.split("\n"))
    return [line for line in lines if line]
