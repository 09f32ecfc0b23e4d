"""Prints an executed notebook: `render_pdf` for paper, `render_html` for the screen, from one document model."""

from __future__ import annotations

from daye_analysis.reporting.pdf.options import PdfOptions
from daye_analysis.reporting.pdf.render import render_html, render_pdf, render_pdf_and_html

__all__ = ["PdfOptions", "render_html", "render_pdf", "render_pdf_and_html"]
