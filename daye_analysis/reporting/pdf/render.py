"""The two doors: a notebook as PDF bytes, and as one self-contained HTML page."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, InfrastructureFailed, Problem
from daye_analysis.figures.typeface import FONT_FOLDER
from daye_analysis.reporting.pdf.blocks import Document
from daye_analysis.reporting.pdf.checks import accessibility_problems, missing_glyphs
from daye_analysis.reporting.pdf.document import build_document
from daye_analysis.reporting.pdf.html_writer import write_html
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


def render_pdf(notebook: Mapping[str, Any], options: PdfOptions) -> bytes:
    """Return the executed `notebook` (nbformat 4) as a tagged PDF; the same input gives the same bytes.

    Raises `CheckFailed` with `pdf.missing-glyph` where the fonts lack a character, with `pdf.missing-alt`,
    `pdf.heading-jump` or `pdf.lost-picture` in strict mode, and with `pdf.not-set` where Typst refuses the result.
    Raises `InfrastructureFailed` (`pdf.forked`) in a process that was forked after its parent had made a PDF.
    """
    return _pdf(checked_document(notebook, options), options.strict)


def render_html(notebook: Mapping[str, Any], options: PdfOptions) -> str:
    """Return the executed `notebook` as one HTML page that loads nothing and runs nothing.

    Raises `CheckFailed` in strict mode as `render_pdf` does, but needs no glyph: the reader's own fonts serve.
    """
    return write_html(checked_document(notebook, options))


def render_pdf_and_html(notebook: Mapping[str, Any], options: PdfOptions) -> tuple[bytes, str]:
    """Return what `render_pdf` and `render_html` return, of a notebook that is read once; raises as they do."""
    document = checked_document(notebook, options)
    return _pdf(document, options.strict), write_html(document)


def checked_document(notebook: Mapping[str, Any], options: PdfOptions) -> Document:
    """Return the document of `notebook`; in strict mode raise `CheckFailed` with everything that is amiss."""
    document = build_document(notebook, options)
    if options.strict and (problems := accessibility_problems(document)):
        raise CheckFailed(problems)
    return document


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
