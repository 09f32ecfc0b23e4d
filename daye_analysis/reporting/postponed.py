"""seaborn without the third of a second that scipy.stats takes to import: that waits until somebody draws a density.

seaborn takes two names from scipy when it is imported, and calls them for densities and cluster maps only. They are
given it as stand-ins that import the real thing when they are called, so that every result is the same.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any

# Module and name, as seaborn imports them.
POSTPONED = (("scipy.stats", "gaussian_kde"), ("scipy.cluster", "hierarchy"))


class _Postponed:
    """Something in a module that is imported when it is used."""

    def __init__(self, module: str, name: str) -> None:
        self._place = (module, name)

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        return self._real()(*arguments, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real(), name)

    def _real(self) -> Any:
        module, name = self._place
        return getattr(importlib.import_module(module), name, None) or importlib.import_module(f"{module}.{name}")


def import_seaborn() -> None:
    """Import seaborn, scipy's part of it postponed; nothing is, where a part of scipy is imported already."""
    wanted = [each for each in POSTPONED if each[0] not in sys.modules]
    for module, name in wanted:
        stand_in = ModuleType(module)
        setattr(stand_in, name, _Postponed(module, name))
        sys.modules[module] = stand_in
    try:
        importlib.import_module("seaborn")
    finally:
        for module, _ in wanted:
            del sys.modules[module]
