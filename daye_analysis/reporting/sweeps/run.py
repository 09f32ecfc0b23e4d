"""Run a sweep: every combination of a grid once, here or on a cluster; finished runs are skipped."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from daye_analysis.reporting.execution.execute import RunLimits, Starter
from daye_analysis.reporting.publishing.identity import code_state
from daye_analysis.reporting.publishing.tidy import tidy
from daye_analysis.reporting.runs.batch import Order, Outcome, Retry, make_all, plan_or_failure
from daye_analysis.reporting.runs.plan import Plan, plan_for
from daye_analysis.reporting.runs.run import Settings
from daye_analysis.reporting.sweeps.dask import make_all_on_cluster
from daye_analysis.reporting.sweeps.file import Cell, Grid
from daye_analysis.reporting.sweeps.pages import write_pages

RETRY_WAIT = 5.0


@dataclass(frozen=True, slots=True)
class Cluster:
    """Dask workers: those of the scheduler at `address`, or (empty) `workers` processes on this machine."""

    address: str = ""
    workers: int = 2


@dataclass(frozen=True, slots=True)
class SweepResult:
    """Each cell with its outcome, in the grid's order, and the folder of the summary and the index page."""

    cells: tuple[tuple[Cell, Outcome], ...]
    folder: Path


def sweep(
    grid: Grid,
    *,
    reports: Path,
    cluster: Cluster | None = None,
    jobs: int | None = None,
    starter: Starter | None = None,
    settings: Settings | None = None,
    on_done: Callable[[int, int], None] = lambda _done, _all: None,
) -> SweepResult:
    """Make every cell of `grid` and write the summary and the index page, which are the same however it went.

    `cluster` None: on this machine, `jobs` at a time. `on_done` is called with how many of how many cells have ended. A
    sweep that was interrupted goes on where it stopped when it is called again. Raises Interrupted, and WrongUsage
    when the cluster's library is missing.
    """
    reports = reports.absolute()
    base = settings or Settings(reports)
    orders, position = _orders(grid, base, reports)
    ended = sum(isinstance(each, Outcome) for each in position)
    cells_of = Counter(each for each in position if isinstance(each, int))

    def note(at: int, _outcome: Outcome) -> None:
        nonlocal ended
        ended += cells_of[at]
        on_done(ended, len(grid.cells))

    if cluster is None:
        outcomes = make_all(orders, jobs=jobs, starter=starter, on_done=note)
    else:
        outcomes = make_all_on_cluster(orders, cluster.address, cluster.workers, note)
    cells = tuple(
        (cell, at if isinstance(at, Outcome) else outcomes[at])
        for cell, at in zip(grid.cells, position, strict=True)
    )
    folder = write_pages(grid.name, cells, reports)
    tidy(reports)
    return SweepResult(cells, folder)


def _orders(grid: Grid, base: Settings, reports: Path) -> tuple[list[Order], list[int | Outcome]]:
    """Return one order for each different run, and for each cell the position of its order, or why it has none."""
    code = code_state()
    orders: list[Order] = []
    by_identity: dict[tuple[str, str], int] = {}
    position: list[int | Outcome] = []
    settings = Settings(
        reports=reports,
        limits=RunLimits(grid.timeout, base.limits.memory_bytes),
        renderer=base.renderer,
        update_latest=False,  # a scenario is not what people look for there
        wait_seconds=grid.timeout,  # another process may be making the same report
        occasion={"sweep": grid.name},
    )
    for cell in grid.cells:
        plan = plan_or_failure(functools.partial(_plan, cell, grid, code, reports))
        if isinstance(plan, Outcome):
            position.append(plan)
            continue
        run = plan.identity.series, plan.identity.sha256
        if run not in by_identity:
            by_identity[run] = len(orders)
            orders.append(Order(plan, settings, Retry(grid.retries, RETRY_WAIT)))
        position.append(by_identity[run])
    return orders, position


def _plan(cell: Cell, grid: Grid, code: Mapping[str, Any], reports: Path) -> Plan:
    return plan_for(
        cell.notebook,
        cell.parameters,
        package=grid.packages[cell.package_label],
        day=cell.as_of,
        language=cell.language,
        code=code,
        reports=reports,
        latest=False,  # what a sweep makes must not depend on what happens to exist already
    )
