"""Official manufacturing targets of Daye as a data package, with an assessment of each.

>>> import daye_analysis
>>> data = daye_analysis.load()
>>> view = data.as_of("2026-11-29")
>>> view.targets(target="高新技术企业数", language="en")["known"].item()
'423 firms (end of 2025, date inferred)'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daye_analysis.charts.drawing.style import use_style
    from daye_analysis.charts.save import save
    from daye_analysis.session import use_language
    from daye_analysis.views.load import load
    from daye_analysis.views.package import Package

__version__ = "0.1.0"
__all__ = ["Package", "__version__", "load", "save", "use_language", "use_style"]

_PUBLIC = {
    "Package": "daye_analysis.views.package",
    "load": "daye_analysis.views.load",
    "save": "daye_analysis.charts.save",
    "use_language": "daye_analysis.session",
    "use_style": "daye_analysis.charts.drawing.style",
}


def __getattr__(name: str) -> Any:
    """Import the public names only when they are used, so that `daye --help` needs no pandas."""
    if name in _PUBLIC:
        import importlib

        return getattr(importlib.import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names alone, whichever rooms have been imported."""
    return sorted(__all__)
