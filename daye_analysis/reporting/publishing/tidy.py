"""The last steps of each call: remove leftovers, prune old runs, update copies and index.

Everything is derived from the runs that are published, so that whatever a killed process left undone is done by the next
call, whoever makes it.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from daye_analysis.errors import InfrastructureFailed
from daye_analysis.reporting.problems import problem_system
from daye_analysis.reporting.publishing.index_page import write_index
from daye_analysis.reporting.publishing.latest import update_all
from daye_analysis.reporting.publishing.leftovers import sweep_leftovers
from daye_analysis.reporting.publishing.prune import Pruned, prune
from daye_analysis.reporting.publishing.published_runs import published_runs


def tidy(reports: Path, keep: int | None = None, *, spared: Collection[Path] = ()) -> Pruned:
    """Bring the reports folder in order and return what was removed; with `keep`, prune it (`prune`).

    Raises InfrastructureFailed where the system refuses, such as on a full disk.
    """
    if not reports.is_dir():
        return Pruned((), ())
    try:
        leftovers = sweep_leftovers(reports)
        pruned = prune(reports, keep, spared=spared) if keep is not None else Pruned((), ())
        runs = published_runs(reports)
        update_all(reports, runs)
        write_index(reports, runs)
    except OSError as error:
        raise InfrastructureFailed(problem_system(error)) from error
    return Pruned(pruned.runs, (*leftovers, *pruned.leftovers))
