"""What a person may choose about a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from daye_analysis.bilingual import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfOptions:
    """How a notebook is printed; the same options serve PDF and HTML.

    `title` is the notebook's first heading where None. `author` is the person or body that answers for the report.
    `as_of` is printed in every header and is the PDF's only date, so that the same notebook gives the same bytes.
    `parameters` and `sources` are printed at the end, `footer` at the foot of every page (None: that
    this is no official document). With `strict`, the PDF is
    PDF/UA-1, and a missing alternative text or a skipped heading level is an error; otherwise both are mended.
    """

    language: Language = "zh"
    title: str | None = None
    author: str = ""
    as_of: date | None = None
    parameters: Mapping[str, object] | None = None
    sources: tuple[str, ...] = ()
    footer: str | None = None
    show_code: bool = False
    number_headings: bool = True
    strict: bool = True
