"""Check that the libraries for exports and requests are installed before the work begins."""

from __future__ import annotations

import importlib.util

from daye_analysis.errors import WrongUsage
from daye_analysis.package.export.messages import EXPORT_PROBLEMS
from daye_analysis.problem_messages import worded


def need_extra(*modules: str) -> None:
    """Raise WrongUsage (`export.extra-missing`) with those of `modules` that are not installed."""
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        raise WrongUsage(worded(EXPORT_PROBLEMS, "export.extra-missing", "", module=", ".join(missing)))
