"""A notebook as PDF and as one self-contained HTML page, whole or with a list of what is missing."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, InfrastructureFailed, Problem
from daye_analysis.figures.typeface import FONT_FOLDER
from daye_analysis.reporting.pdf.blocks import Document, Passage
from daye_analysis.reporting.pdf.checks import heading_jumps, missing_glyphs
from daye_analysis.reporting.pdf.coverage import missing_content
from daye_analysis.reporting.pdf.document import arranged, read_passages
from daye_analysis.reporting.pdf.html_writer import write_html
from daye_analysis.reporting.pdf.not_printed import MISSING_ALT, gaps
from daye_analysis.reporting.pdf.options import PdfOptions
from daye_analysis.reporting.pdf.typst_writer import write_typst

if TYPE_CHECKING:
    import typst


_FORKED = Problem(
    "pdf.forked",
    Text(
        "本进程由已排过版的进程分叉而来，排版程序在这里会停住。",
        "This process was forked from one that had used Typst, which would hang here.",
    ),
    "",
    Text("请先分叉，再排版。", "Fork before the first PDF is made."),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """A notebook on paper and for the screen; `warnings` are what it could not print, and what nobody described."""

    pdf: bytes
    html: str
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
    pdf, warnings = _whole_pdf(passages, document, warnings, options)
    return Printed(pdf, write_html(_with_list(passages, warnings, options) if warnings else document), tuple(warnings))


def render_pdf(notebook: Mapping[str, Any], options: PdfOptions) -> bytes:
    """Return the PDF of `print_notebook`; raises as it does."""
    passages, document, warnings = _read(notebook, options)
    return _whole_pdf(passages, document, warnings, options)[0]


def render_html(notebook: Mapping[str, Any], options: PdfOptions) -> str:
    """Return the executed `notebook` as one HTML page that loads nothing and runs nothing.

    Raises `CheckFailed` in strict mode as `print_notebook` does, but needs no glyph: the reader's own fonts serve.
    """
    passages, document, warnings = _read(notebook, options)
    return write_html(_with_list(passages, warnings, options) if warnings else document)


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
    """Return the PDF, whose last page lists what it lacks, with the warnings that it lists."""
    if warnings:
        document = _with_list(passages, warnings, options)
    pdf = _pdf(document, options.strict)
    lost = missing_content(document, pdf)
    if not lost:
        return pdf, warnings
    if options.strict:
        raise CheckFailed(lost)
    warnings = [*warnings, *lost]
    return _pdf(_with_list(passages, warnings, options), options.strict), warnings


def _with_list(passages: tuple[Passage, ...], warnings: list[Problem], options: PdfOptions) -> Document:
    """Return the document with its list of what is not printed; a picture without a description is printed all the same."""
    return arranged(passages, options, [each for each in warnings if each.code != MISSING_ALT])


def _pdf(document: Document, strict: bool) -> bytes:
    """Set the document, whose every character the fonts must have, in a fresh folder of its own, since Typst would follow links out of a shared one."""
    import typst

    if problems := missing_glyphs(document):
        raise CheckFailed(problems)
    if _home_process() != os.getpid():
        raise InfrastructureFailed(_FORKED)
    source, pictures = write_typst(document)
    as_of = document.as_of
    moment = (
        datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
        if as_of
        else datetime(1970, 1, 1, tzinfo=UTC)
    )
    with tempfile.TemporaryDirectory(prefix="daye-pdf-") as name:
        folder = Path(name)
        report = folder / "report.typ"
        report.write_text(source, encoding="utf-8")
        for file_name, data in pictures.items():
            (folder / file_name).write_bytes(data)
        try:
            return typst.compile(
                report,
                root=folder,
                font_paths=load_fonts(),
                pdf_standards=["ua-1"] if strict else [],
                timestamp=moment,
            )
        except typst.TypstError as error:
            raise CheckFailed(_not_set(error)) from error


@cache
def _home_process() -> int:
    """Return the process in which Typst was first used; a fork inherits the answer, but not Typst's threads."""
    return os.getpid()


@cache
def load_fonts() -> typst.Fonts:
    """Load the two committed fonts, and those of Typst's wheel for formulas and program text; no system font.

    It starts no thread, so a parent may call it before it forks.
    """
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONT_FOLDER)])


def _not_set(error: typst.TypstError) -> Problem:
    said = "; ".join([error.message, *error.hints])
    return Problem(
        "pdf.not-set",
        Text(f"排版程序不接受这份报告：{said}。", f"Typst refused the report: {said}."),
        "",
        Text("请检查图片和公式。", "Check its pictures and formulas."),
    )
