"""Options of a report that a user may set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from daye_analysis.bilingual import Language
from daye_analysis.reporting.documents.imprint import Imprint
from daye_analysis.reporting.documents.limits import PrintLimits


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfOptions:
    """How a notebook is printed; the same options serve PDF and HTML.

    `title` is the notebook's first heading where None. `author` is the person or body that answers for the report.
    `as_of` is printed in every header and is the PDF's only date, so that the same notebook gives the same bytes.
    `imprint` is below the title, in running lines, in the colophon and in the files' metadata. `parameters` are
    printed in the colophon, by the names that `parameter_names` gives them, and `sources` at the end, `footer` at the foot of every page (None: that
    this is no official document). With `strict`, the PDF is
    PDF/UA-1, and a missing alternative text, a skipped heading level or anything that cannot be printed is an error;
    otherwise it is a warning. `fonts` is a folder of fonts for characters that the
    project's own lack. `limits` bound what is read of one output.
    """

    language: Language = "zh"
    title: str | None = None
    author: str = ""
    as_of: date | None = None
    imprint: Imprint | None = None
    parameters: Mapping[str, object] | None = None
    parameter_names: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    footer: str | None = None
    show_code: bool = False
    number_headings: bool = True
    strict: bool = True
    fonts: Path | None = None
    limits: PrintLimits = field(default_factory=PrintLimits)
