"""Read a task list in a Word file: paragraphs and tables flattened to the text that the other readers read."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, DayeError, NotReadable, Refused
from daye_analysis.source.documents.any_task_list import read_any_task_list
from daye_analysis.source.documents.list_file import require_file
from daye_analysis.source.documents.word_markup import has_picture, marked_styles, text_boxes, word_markup
from daye_analysis.source.documents.word_numbering import Numbering, labelled
from daye_analysis.source.draft import DraftTaskList
from daye_analysis.source.problems import source_problem

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_MOST_NAMED = 12
LARGEST = 100_000_000


def read_docx_task_list(path: Path) -> DraftTaskList:
    """Read the task list in the Word file at `path`; spans refer to the returned list's `text`.

    A merged cell keeps its words in its first place and is blank in the others, which then inherit as in any
    list. Needs python-docx. Raises CheckFailed (`source.docx-markup`), NotReadable (`source.file-not-found`, `source.docx-unreadable`,
    `source.docx-library-missing`), Refused (`source.docx-too-large`), and what `read_any_task_list` raises.
    """
    return read_any_task_list(docx_text(path), path.name)


def refuse_huge(archive: zipfile.ZipFile, name: str) -> None:
    """Raise Refused (`source.docx-too-large`) where the parts of a Word or Excel file unpack to more than LARGEST bytes."""
    size = sum(entry.file_size for entry in archive.infolist())
    if size > LARGEST:
        raise Refused(source_problem("docx-too-large", name, found=size))


def docx_text(path: Path) -> str:
    """Return the file's text: a line a paragraph, a tab before each cell, a blank line after each row.

    What is in a text box follows the paragraph in which it is anchored; what Word counts by itself is before its paragraph.
    """
    require_file(path)
    try:
        import docx
        from docx.oxml.ns import qn
    except ImportError as error:
        raise NotReadable(source_problem("docx-library-missing", path.name)) from error
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_huge(archive, path.name)
        document = docx.Document(str(path))
        reader, styles = _Reader(document), marked_styles(document)
        for at, part in enumerate(document.element.body, start=1):
            numbers = (reader.numbering.unread(each) for each in part.iter(qn("w:p")))
            if found := word_markup(part, styles=styles, is_list=True) or next(filter(None, numbers), None):
                raise CheckFailed(source_problem("docx-markup", path.name, at=at, found=found))
        return "\n".join(reader.lines()) + "\n"
    except DayeError:
        raise
    except Exception as error:  # a damaged file fails anywhere in the libraries that read it
        raise NotReadable(source_problem("docx-unreadable", path.name)) from error


def pictures_unread(path: Path) -> tuple[Text, ...]:
    """Return which paragraphs and tables of the file hold pictures, whose words nothing here reads; none where none do."""
    import docx

    found = [str(at) for at, part in enumerate(docx.Document(str(path)).element.body, start=1) if has_picture(part)]
    listed = ", ".join(found[:_MOST_NAMED]) + (" …" if len(found) > _MOST_NAMED else "")
    note = Text(
        f"第 {listed} 段（或表格）有图片，图中文字没有读取，请核对其中是否有表格或目标。",
        f"Paragraphs or tables {listed} hold pictures, whose words were not read: check whether one holds a table or sets targets.",
    )
    return (note,) if found else ()


class _Reader:
    """Reads a document from its beginning to its end, counting as it goes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbering = Numbering(document)

    def lines(self) -> Iterator[str]:
        for item in self.document.iter_inner_content():
            yield from self.item(item)

    def item(self, item: Paragraph | Table, in_cell: bool = False) -> Iterator[str]:
        """Yield the lines of a table, or of a paragraph and then of the text boxes that are anchored in it."""
        from docx.table import Table

        if isinstance(item, Table):
            yield from self.table(item)
            return
        label = self.numbering.label(item._p)
        # Outside a table a number without words is an empty line of a list.
        yield from _clean(labelled(label, item.text) if in_cell or item.text.strip() else item.text)
        yield from self.boxed(item)

    def boxed(self, paragraph: Paragraph) -> Iterator[str]:
        from docx.table import Table
        from docx.text.paragraph import Paragraph

        for box in text_boxes(paragraph._p):
            for part in box:
                if part.tag.endswith("}p"):
                    yield from self.item(Paragraph(part, paragraph._parent))
                elif part.tag.endswith("}tbl"):
                    yield from self.item(Table(part, paragraph._parent))

    def table(self, table: Table) -> Iterator[str]:
        yield ""
        above: list[object] = []
        for row in table.rows:
            # python-docx gives a merged cell at each place it covers: the same element, in a row or in a column.
            elements: list[object] = [cell._tc for cell in row.cells]
            for place, cell in enumerate(row.cells):
                element = elements[place]
                merged = element in elements[:place] or element in above
                yield "\t" + ("" if merged else "\n".join(line for each in cell.paragraphs for line in self.item(each, in_cell=True)))
            yield ""
            above = elements


def _clean(text: str) -> list[str]:
    """Return the non-blank lines of a paragraph or cell, without tabs, which would open a cell."""
    lines = (" ".join(line.split("\t")).strip() for line in text.split("\n"))
    return [line for line in lines if line]
