"""Official manufacturing targets of Daye as a data package, with an assessment of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daye_analysis.views.load import load
    from daye_analysis.views.package import Package

__version__ = "0.1.0"
__all__ = ["Package", "__version__", "load"]

_PUBLIC = {"load": "daye_analysis.views.load", "Package": "daye_analysis.views.package"}


def __getattr__(name: str) -> Any:
    """Import the public names only when they are used, so that `daye --help` needs no pandas."""
    if name in _PUBLIC:
        import importlib

        return getattr(importlib.import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
