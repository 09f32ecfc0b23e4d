"""Many runs: several at a time, with retries after temporary failures, and every outcome returned."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from daye_analysis.bilingual import Text
from daye_analysis.errors import Busy, DayeError, Problem
from daye_analysis.reporting.execution.execute import (
    Starter,
    best_starter,
    interruption,
    termination_as_exception,
)
from daye_analysis.reporting.problems import problem_unforeseen
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.manifest import Damaged
from daye_analysis.reporting.runs.plan import Plan
from daye_analysis.reporting.runs.run import Settings, make

# A dead kernel, a full disk, a time limit: the same run may go well the next time. A failing cell will not.
PASSING = frozenset({6, 124})
LONGEST_WAIT = 86400.0
# Which of several failures sets the command's exit status.
GRAVEST_FIRST = (143, 130, 6, 124, 4, 3, 2, 1, 5)


@dataclass(frozen=True, slots=True)
class Retry:
    """How often to try again after a passing failure, and how long to wait before the first; each wait doubles, to a day."""

    times: int = 0
    wait_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Order:
    """A run to be made, and how."""

    plan: Plan
    settings: Settings
    retry: Retry = Retry()


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an order; `folder` holds the report, or the failed run's notebook."""

    status: Literal["published", "skipped", "failed", "busy"]
    exit_code: int
    folder: Path | None
    seconds: float = 0.0
    attempts: int = 1
    problems: tuple[Problem, ...] = ()
    notes: tuple[Text, ...] = ()
    warnings: tuple[Problem, ...] = ()


def make_all(
    orders: Sequence[Order],
    *,
    jobs: int | None = None,
    starter: Starter | None = None,
    on_done: Callable[[int, Outcome], None] = lambda _index, _outcome: None,
) -> list[Outcome]:
    """Make every report, `jobs` at a time (None: one for each processor), and return the outcomes in order.

    `on_done` is called with the position and outcome of each as it ends, in the calling thread. Raises Interrupted after
    Ctrl-C or SIGTERM, when all runs have ended.
    """
    stop = threading.Event()
    outcomes: dict[int, Outcome] = {}
    with _starter_for(orders, starter) as chosen, ThreadPoolExecutor(jobs or processors()) as pool:
        waiting = {
            pool.submit(make_one, replace(orders[index], settings=_stoppable(orders[index].settings, stop)), chosen): index
            for index in _longest_first(orders)
        }
        try:
            with termination_as_exception():
                for future in as_completed(waiting):
                    outcomes[waiting[future]] = future.result()
                    on_done(waiting[future], future.result())
        except BaseException as error:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            if isinstance(error, KeyboardInterrupt):
                raise interruption(error) from None
            raise
    return [outcomes[index] for index in range(len(orders))]


def plan_or_failure(plan: Callable[[], Plan]) -> Plan | Outcome:
    """Return the plan, or what becomes of a run that cannot be planned: it fails, and no other does."""
    try:
        return plan()
    except DayeError as error:
        return Outcome("failed", error.exit_code, None, attempts=0, problems=error.problems)
    except Exception as error:  # noqa: BLE001  (one notebook's surprise ends no other's run)
        return Outcome("failed", 1, None, attempts=0, problems=(problem_unforeseen(error),))


def make_one(order: Order, starter: Starter | None) -> Outcome:
    """Make one report, trying again as its `retry` says, and return what became of it; raises nothing of ours."""
    stop = order.settings.stop or threading.Event()
    attempt = 0
    while True:
        attempt += 1
        try:
            result = make(order.plan, order.settings, starter)
        except Busy as busy:
            return Outcome("busy", busy.exit_code, None, attempts=attempt, problems=busy.problems)
        except DayeError as error:
            if error.exit_code in PASSING and attempt <= order.retry.times:
                wait = min(order.retry.wait_seconds * 2 ** min(attempt - 1, 30), LONGEST_WAIT)
                order.settings.print_text(_waiting(order, error, attempt, wait))
                if not stop.wait(wait):
                    continue
            kept = publish.failed_folder(order.settings.reports, order.plan.identity)
            folder = kept if kept.exists() else None
            return Outcome("failed", error.exit_code, folder, attempts=attempt, problems=error.problems)
        except Exception as error:  # noqa: BLE001  (one run's surprise ends no other's)
            return Outcome("failed", 1, None, attempts=attempt, problems=(problem_unforeseen(error),))
        else:
            return Outcome(
                result.status, 0, result.folder, result.seconds, attempt, notes=result.notes, warnings=result.warnings
            )


def _waiting(order: Order, error: DayeError, attempt: int, wait: float) -> Text:
    """Say at once that a run failed for a passing reason, and when it is tried again."""
    identity = order.plan.identity
    name = f"{identity.series}/{identity.folder_name}"
    kept = publish.failed_folder(order.settings.reports, identity)
    first = error.problems[0]
    times = f"{attempt}/{order.retry.times}"
    return Text(
        f"{name}：{first.code}：{first.what.zh}{wait:g} 秒后重试（{times}）。{kept}",
        f"{name}: {first.code}: {first.what.en} Trying again in {wait:g} s ({times}). {kept}",
    )


def worst_exit_code(outcomes: Sequence[Outcome]) -> int:
    """Return the exit status of the gravest of the outcomes; 0 when all reports exist."""
    codes = {outcome.exit_code for outcome in outcomes} - {0}
    return next((code for code in GRAVEST_FIRST if code in codes), max(codes, default=0))


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextlib.contextmanager
def _starter_for(orders: Sequence[Order], given: Starter | None) -> Iterator[Starter | None]:
    """Yield the starter given, else one fork server for all, unless every report exists already."""
    if given is not None or all(_stands(order) for order in orders):
        yield given
    else:
        with best_starter() as starter:
            yield starter


def _longest_first(orders: Sequence[Order]) -> list[int]:
    """Return the places of the orders, notebooks of many cells first, so that no processor idles beside the last one."""
    return sorted(range(len(orders)), key=lambda index: -len(orders[index].plan.notebook["cells"]))


def _stands(order: Order) -> bool:
    try:
        return publish.published(order.settings.reports, order.plan.identity) is not None
    except Damaged:
        return False


def _stoppable(settings: Settings, stop: threading.Event) -> Settings:
    return settings if settings.stop is not None else replace(settings, stop=stop)
