"""Print an executed notebook as PDF and HTML from one document model."""

from __future__ import annotations

from daye_analysis.reporting.documents.options import PdfOptions
from daye_analysis.reporting.documents.render import Printed, print_notebook, render_html, render_pdf

__all__ = ["PdfOptions", "Printed", "print_notebook", "render_html", "render_pdf"]
