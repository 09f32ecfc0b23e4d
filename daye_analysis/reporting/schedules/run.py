"""Run what is due: called by cron, systemd, GitHub Actions, the Windows Task Scheduler and `serve`.

A slot is done when a published run says in its manifest that it was made for it, or served it too, or when a run that
was removed since did (`served`). There is no other record, so that calling this twice, at once or a thousand times makes
each report once.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Language
from daye_analysis.reporting.execution.execute import RunLimits, Starter, best_starter
from daye_analysis.reporting.notebooks.parameters import Value
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.failure import read_failure
from daye_analysis.reporting.publishing.identity import code_state, jsonable, notebook_name
from daye_analysis.reporting.publishing.package_state import PackageState, package_state
from daye_analysis.reporting.publishing.published_runs import published_runs
from daye_analysis.reporting.publishing.served import served_slots, slots_of, task_key
from daye_analysis.reporting.runs.batch import PASSING, Order, Outcome, make_all, make_one, plan_or_failure
from daye_analysis.reporting.runs.plan import Plan, frozen_as_of, plan_for
from daye_analysis.reporting.runs.run import Settings
from daye_analysis.reporting.schedules.file import Schedule
from daye_analysis.reporting.schedules.slots import Slot, due_slots


@dataclass(frozen=True, slots=True)
class Task:
    """What a schedule makes at each slot: one notebook in one language with one set of parameters."""

    schedule: Schedule
    notebook: Path
    language: Language
    parameters: Mapping[str, Value]

    @property
    def given(self) -> dict[str, Any]:
        """The task's own parameters, as a manifest has them."""
        return {name: jsonable(value) for name, value in self.parameters.items()}

    def key(self, package: str) -> bytes:
        """Return a key that distinguishes this task's runs on the package of that name from all others."""
        return task_key(self.schedule.name, package, notebook_name(self.notebook), self.language, self.given)

    def occasion(self, slot: Slot) -> dict[str, Any]:
        """Return what the manifest says of the slot that a run was made for."""
        return {
            "schedule": self.schedule.name,
            "slot": str(slot),
            "time_zone": self.schedule.time_zone,
            "parameters": self.given,
        }


@dataclass(frozen=True, slots=True)
class Due:
    """One task at one slot, and what became of it."""

    task: Task
    slot: Slot
    outcome: Outcome


def tasks(schedule: Schedule) -> Iterator[Task]:
    """Yield all tasks of a schedule."""
    for notebook in schedule.notebooks:
        for language in schedule.languages:
            for parameters in schedule.parameters:
                yield Task(schedule, notebook, language, parameters)


def made_slots(reports: Path) -> dict[bytes, dict[str, Path | None]]:
    """Return, by task key, the slots that are done, and the folder of the run; None where it was removed since.

    Damaged runs count as not made.
    """
    made: dict[bytes, dict[str, Path | None]] = {
        key: dict.fromkeys(found) for key, found in served_slots(reports).items()
    }
    for run in published_runs(reports):
        for key, slot in slots_of(run.manifest):
            made.setdefault(key, {})[slot] = run.folder
    return made


def run_due(
    schedules: Sequence[Schedule],
    *,
    reports: Path,
    package: Path | PackageState,
    now: datetime | None = None,
    jobs: int | None = None,
    starter: Starter | None = None,
    settings: Settings | None = None,
    again: bool = False,
    on_done: Callable[[Due], None] = lambda _due: None,
) -> list[Due]:
    """Make every report that is due and not made, and return what became of each.

    A run that failed by its own fault (a failing cell) is not tried again until notebook, data or code change, or
    `again` is set; its failure is returned once more. `on_done` is called with each as it ends. `settings` are those of
    every run; folder, limits and occasion come from the schedule. Raises Interrupted, and what `package_state` raises.
    """
    moment = now or datetime.now(UTC)
    base = replace(settings, reports=reports) if settings else Settings(reports)
    code, state = code_state(), package if isinstance(package, PackageState) else package_state(package)
    done: list[Due] = []
    # One day after the other: a report may compare with the one before it.
    undone = sorted(_undone(schedules, reports, state.name, moment), key=lambda each: each[1].day)
    with contextlib.nullcontext(starter) if starter or not undone else best_starter() as chosen:
        for _, places in itertools.groupby(undone, key=lambda each: each[1].day):
            planned = [(task, slot, _planned(task, slot, state, code, base, again)) for task, slot in places]
            done += _made(planned, jobs, chosen, on_done)
    return done


def _made(
    planned: Sequence[tuple[Task, Slot, Order | Outcome]],
    jobs: int | None,
    starter: Starter | None,
    on_done: Callable[[Due], None],
) -> list[Due]:
    """Make what is ordered and return what became of each; what has its outcome already comes first."""
    orders: list[Order] = []
    waiting: list[tuple[Task, Slot]] = []
    again_later: list[tuple[Task, Slot, Order]] = []
    asked: set[str] = set()
    finished: list[Due] = []
    for task, slot, outcome in planned:
        if not isinstance(outcome, Order):
            finished.append(Due(task, slot, outcome))
            on_done(finished[-1])
        elif (digest := outcome.plan.identity.sha256) in asked:
            again_later.append((task, slot, outcome))
        else:
            asked.add(digest)
            orders.append(outcome)
            waiting.append((task, slot))
    outcomes = make_all(
        orders, jobs=jobs, starter=starter, on_done=lambda at, outcome: on_done(Due(*waiting[at], outcome))
    )
    finished += [Due(*place, outcome) for place, outcome in zip(waiting, outcomes, strict=True)]
    # Slots that ask for one and the same report: the first had it made, the others find it standing, or not.
    by_identity = {order.plan.identity.sha256: outcome for order, outcome in zip(orders, outcomes, strict=True)}
    for task, slot, order in again_later:
        outcome = by_identity[order.plan.identity.sha256]
        finished.append(Due(task, slot, make_one(order, starter) if outcome.exit_code == 0 else outcome))
        on_done(finished[-1])
    return finished


def _undone(
    schedules: Sequence[Schedule], reports: Path, package: str, now: datetime
) -> list[tuple[Task, Slot]]:
    made = made_slots(reports)
    found = []
    for task in (task for schedule in schedules for task in tasks(schedule)):
        done = made.get(task.key(package), {})
        since = datetime.fromisoformat(min(done)) if done else None
        found += [(task, slot) for slot in due_slots(task.schedule, now, since) if str(slot) not in done]
    return found


def _planned(
    task: Task, slot: Slot, package: PackageState, code: Mapping[str, Any], base: Settings, again: bool
) -> Order | Outcome:
    """Return the order for a task at a slot, or its outcome when it cannot or need not be started."""
    plan = plan_or_failure(
        lambda: plan_for(
            task.notebook,
            task.parameters,
            package=package,
            day=frozen_as_of(slot.day),
            language=task.language,
            code=code,
            reports=base.reports,
        )
    )
    if isinstance(plan, Outcome):
        return plan
    failed = None if again else _own_fault(base.reports, plan)
    if failed is not None:
        return failed
    schedule = task.schedule
    limits = RunLimits(schedule.timeout, base.limits.memory_bytes)
    return Order(plan, replace(base, limits=limits, occasion=task.occasion(slot)), schedule.retry)


def _own_fault(reports: Path, plan: Plan) -> Outcome | None:
    """Return the outcome of an earlier failure of exactly this run that would only repeat itself."""
    folder = publish.failed_folder(reports, plan.identity)
    failure = read_failure(folder)
    if failure is None or failure.exit_code in PASSING or failure.exit_code > 128:
        return None
    return Outcome("failed", failure.exit_code, folder, attempts=0, problems=failure.problems)
