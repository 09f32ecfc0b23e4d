"""Render a notebook as PDF and as one self-contained HTML page, complete or with a list of what is missing."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from daye_analysis.errors import CheckFailed, InfrastructureFailed, Problem
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.documents.checks.coverage import missing_content
from daye_analysis.reporting.documents.checks.faults import heading_jumps, missing_glyphs, with_names
from daye_analysis.reporting.documents.checks.refused import without_refused
from daye_analysis.reporting.documents.document import arranged, read_passages
from daye_analysis.reporting.documents.document_blocks import Blocks, Document, Passage
from daye_analysis.reporting.documents.fonts import FontSet, chosen, committed, load
from daye_analysis.reporting.documents.not_printed import MISSING_ALT, gaps
from daye_analysis.reporting.documents.options import PdfOptions
from daye_analysis.reporting.documents.problems import DOCUMENT_PROBLEMS
from daye_analysis.reporting.documents.workbook import write_workbook
from daye_analysis.reporting.documents.writers.html import write_html
from daye_analysis.reporting.documents.writers.typst import write_typst
from daye_analysis.storage.scratch import scratch_folder

if TYPE_CHECKING:
    import typst


_FORKED = worded(DOCUMENT_PROBLEMS, "pdf.forked", "")


@dataclass(frozen=True, slots=True)
class Printed:
    """A notebook on paper and for the screen; `warnings` list what could not be printed, and pictures without alternative text.

    `workbook` holds its tables as XLSX; it is empty where there are none.
    """

    pdf: bytes
    html: str
    workbook: bytes
    warnings: tuple[Problem, ...]


def print_notebook(notebook: Mapping[str, Any], options: PdfOptions) -> Printed:
    """Return the executed `notebook` (nbformat 4) as a tagged PDF and as one HTML page; the same input gives the same bytes.

    Every word and picture is in the PDF, or named in `warnings` and on the last page: the finished PDF is read again
    and compared with the notebook.

    Raises
    ------
    CheckFailed
        In strict mode, for whatever would be a warning, a skipped heading level or a character without a glyph.
    InfrastructureFailed
        `pdf.forked`, in a process that was forked after its parent had made a PDF.
    """
    passages, document, warnings = _read(notebook, options)
    pdf, more = _whole_pdf(passages, document, warnings, options)
    page = write_html(_with_list(passages, document, warnings, options))
    return Printed(pdf, page, write_workbook(document), (*warnings, *more))


def render_pdf(notebook: Mapping[str, Any], options: PdfOptions) -> bytes:
    """Return the PDF of `print_notebook`; raises as it does."""
    return _whole_pdf(*_read(notebook, options), options)[0]


def render_html(notebook: Mapping[str, Any], options: PdfOptions) -> str:
    """Return the executed `notebook` as one HTML page that loads nothing and runs nothing.

    Raises `CheckFailed` in strict mode as `print_notebook` does, but needs no glyph: the reader's own fonts serve.
    """
    return write_html(_with_list(*_read(notebook, options), options))


def _read(notebook: Mapping[str, Any], options: PdfOptions) -> tuple[tuple[Passage, ...], Document, list[Problem]]:
    """Return what the notebook says, and what of it can be seen beforehand to be missing on paper."""
    passages = read_passages(notebook, options)
    document = arranged(passages, options)
    warnings = gaps(document)
    if options.strict and (problems := [*heading_jumps(document), *warnings]):
        raise CheckFailed(problems)
    return passages, document, warnings


def _whole_pdf(
    passages: tuple[Passage, ...], document: Document, warnings: list[Problem], options: PdfOptions
) -> tuple[bytes, list[Problem]]:
    """Return the PDF, whose last page lists what it lacks, with what is missing beside the `warnings` already known."""
    fonts = committed()
    more: list[Problem] = []
    refused: list[Problem] = []
    if missing_glyphs(document, fonts.characters, options.strict):
        fonts = chosen(options.fonts, last_resort=not options.strict)
        more = missing_glyphs(document, fonts.characters, options.strict)
        if more and options.strict:
            raise CheckFailed(more)

    def whole() -> tuple[Document, bytes]:
        listed = with_names(_with_list(passages, document, [*warnings, *refused, *more], options), fonts.characters)
        return listed, _pdf(listed, options.strict, fonts)

    try:
        listed, pdf = whole()
    except CheckFailed:
        passages = without_refused(passages, lambda blocks: _is_set(blocks, options, fonts))
        document = arranged(passages, options)
        refused = [each for each in gaps(document) if each not in warnings]
        if not refused:
            raise
        if options.strict:
            raise CheckFailed(refused) from None
        listed, pdf = whole()
    if lost := missing_content(listed, pdf):
        if options.strict:
            raise CheckFailed(lost)
        more += lost
        _, pdf = whole()
    return pdf, [*refused, *more]


def _is_set(blocks: Blocks, options: PdfOptions, fonts: FontSet) -> bool:
    """Return whether Typst sets these blocks by themselves."""
    alone = replace(options, title="–", imprint=None, parameters=None, sources=())
    try:
        _pdf(with_names(arranged((Passage("", blocks),), alone), fonts.characters), options.strict, fonts)
    except CheckFailed:
        return False
    return True


def _with_list(passages: tuple[Passage, ...], document: Document, warnings: list[Problem], options: PdfOptions) -> Document:
    """Return `document` with its list of what is not printed; a picture without a description is printed all the same."""
    unprinted = [each for each in warnings if each.code != MISSING_ALT]
    return arranged(passages, options, unprinted) if unprinted else document


def _pdf(document: Document, strict: bool, fonts: FontSet) -> bytes:
    """Set the document in a fresh folder of its own, since Typst would follow links out of a shared one."""
    import typst

    if _home_process() != os.getpid():
        raise InfrastructureFailed(_FORKED)
    source, pictures = write_typst(document, fonts.families)
    as_of = document.as_of
    moment = (
        datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
        if as_of
        else datetime(1970, 1, 1, tzinfo=UTC)
    )
    with scratch_folder("pdf") as folder:
        report = folder / "report.typ"
        report.write_text(source, encoding="utf-8")
        for file_name, data in pictures.items():
            (folder / file_name).write_bytes(data)
        try:
            return typst.compile(
                report,
                root=folder,
                font_paths=load(fonts.folders),
                pdf_standards=["ua-1"] if strict else [],
                timestamp=moment,
            )
        except typst.TypstError as error:
            raise CheckFailed(_not_set(error)) from error


@cache
def _home_process() -> int:
    """Return the process in which Typst was first used; a fork inherits the answer, but not Typst's threads."""
    return os.getpid()


def load_fonts() -> typst.Fonts:
    """Load the fonts that every PDF needs; it starts no thread, so a parent may call it before it forks."""
    return load(committed().folders)


def _not_set(error: typst.TypstError) -> Problem:
    said = "; ".join([error.message, *error.hints])
    return worded(DOCUMENT_PROBLEMS, "pdf.not-set", "", said=whole(said))
