"""Runs on a Dask cluster: if a worker dies, nothing is lost, since a run is published whole or run again elsewhere.

The workers need this library in the same versions, and the reports folder at the same path; notebook and package
travel with the order.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import pickle
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from daye_analysis.errors import InfrastructureFailed, Problem, WrongUsage
from daye_analysis.problem_messages import whole, worded
from daye_analysis.reporting.execution.execute import (
    ForkServer,
    PlainKernels,
    Starter,
    can_fork,
    interruption,
    termination_as_exception,
)
from daye_analysis.reporting.publishing.identity import code_state
from daye_analysis.reporting.runs.batch import Order, Outcome, make_one
from daye_analysis.reporting.sweeps.problems import SWEEP_PROBLEMS

# How often jobs whose workers or scheduler were lost are assigned again, and how long a cluster may be without either.
ROUNDS = 5
PATIENCE = 60.0
# How long a scheduler may take to answer for the first time.
FIRST_WAIT = 10.0
# How a worker of other versions fails to read an order, which would only come again; all else counts as a loss of the worker.
OTHER_VERSIONS = (ImportError, AttributeError, TypeError, pickle.UnpicklingError)


def make_all_on_cluster(
    orders: Sequence[Order], address: str, workers: int, on_done: Callable[[int, Outcome], None]
) -> list[Outcome]:
    """Make every report on the cluster at `address` (empty: `workers` processes here); return outcomes in order.

    Orders that were lost with a worker, or with the scheduler, are given out again; what is published by then is not
    made again. Those lost `ROUNDS` times count as failed. Raises WrongUsage when `distributed` is not installed,
    InfrastructureFailed when the cluster cannot be reached at all, Interrupted after Ctrl-C.
    """
    outcomes: dict[int, Outcome] = {}
    try:
        with termination_as_exception(), _cluster(address, workers) as place:
            for attempt in range(ROUNDS):
                missing = [at for at in range(len(orders)) if at not in outcomes]
                if not missing:
                    break
                with _client(place, is_first=attempt == 0) as client:
                    for at, outcome in _one_round(client, orders, missing):
                        outcomes[at] = outcome
                        on_done(at, outcome)
    except KeyboardInterrupt as error:
        raise interruption(error) from None
    return [outcomes.get(at, _lost()) for at in range(len(orders))]


def make_on_worker(order: Order) -> Outcome:
    """Make one report in a worker's process; refuses when its library would make another report."""
    if code_state() != order.plan.identity.code:
        return Outcome("failed", InfrastructureFailed.exit_code, None, problems=(_problem_other_library(),))
    return make_one(order, _workers_starter())


def _one_round(client: Any | None, orders: Sequence[Order], missing: Sequence[int]) -> Iterator[tuple[int, Outcome]]:
    """Give out the missing orders and yield what comes back, until all did or the cluster was away too long."""
    if client is None:
        return
    ended: queue.Queue[Any] = queue.Queue()
    # Runs are not pure: jobs forgotten by a lost scheduler must be submitted again, not looked up.
    futures = {client.submit(make_on_worker, _portable(orders[at]), pure=False): at for at in missing}
    for future in futures:
        future.add_done_callback(ended.put)
    last_seen = time.monotonic()
    while futures and time.monotonic() - last_seen < PATIENCE:
        try:
            future = ended.get(timeout=0.5)
        except queue.Empty:
            if client.status == "running" and client.scheduler_info()["workers"]:
                last_seen = time.monotonic()
            continue
        last_seen = time.monotonic()
        at = futures.pop(future, None)
        if at is None:
            continue
        if future.status == "finished":
            yield at, future.result()
        elif future.status == "error" and isinstance(error := future.exception(), OTHER_VERSIONS):
            yield at, Outcome("failed", InfrastructureFailed.exit_code, None, problems=(_problem_worker(error),))


@functools.cache
def _workers_starter() -> Starter:
    """Return this worker's own fork server; it ends with the worker, to which it is tied."""
    return ForkServer() if can_fork() else PlainKernels()


def _portable(order: Order) -> Order:
    """Return the order without what cannot travel to another process."""
    return replace(order, settings=replace(order.settings, stop=None, on_stage=_silent, print_text=_silent))


def _silent(_said: object) -> None:
    """Say nothing."""


@contextlib.contextmanager
def _cluster(address: str, workers: int) -> Iterator[str]:
    """Yield the address of the scheduler, of one started here if none is given."""
    if address:
        yield address
        return
    with _distributed().LocalCluster(
        n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


@contextlib.contextmanager
def _client(address: str, is_first: bool) -> Iterator[Any | None]:
    """Yield a client, or None when the scheduler that was there before is away."""
    try:
        client = _connected(address, FIRST_WAIT if is_first else PATIENCE)
    except (OSError, ValueError) as error:
        if is_first:
            bad = isinstance(error, ValueError)
            raise WrongUsage(_problem_bad_address(address, error)) if bad else InfrastructureFailed(
                _problem_address(address, error)
            ) from None
        yield None
        return
    try:
        yield client
    finally:
        # A client whose scheduler is gone would wait for it to say goodbye.
        client.close(timeout=5)


def _connected(address: str, seconds: float) -> Any:
    """Return a client of the scheduler at `address`; raises OSError (TimeoutError where something else listens and says nothing).

    Asked for in a thread of its own: a client does not give up on an address that accepts a connection and stays silent.
    """
    distributed = _distributed()
    found: queue.Queue[Any] = queue.Queue()

    def connect() -> None:
        try:
            found.put(distributed.Client(address, timeout=seconds))
        except Exception as error:  # noqa: BLE001  (raised where it is waited for)
            found.put(error)

    threading.Thread(target=connect, name="connect", daemon=True).start()
    try:
        client = found.get(timeout=seconds + 5)
    except queue.Empty:
        raise TimeoutError(f"no answer within {seconds:g} s") from None
    if isinstance(client, Exception):
        raise client
    return client


def _distributed() -> Any:
    """Return Dask's `distributed`, which only the extra `cluster` brings."""
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise WrongUsage(
            worded(SWEEP_PROBLEMS, "sweep.no-distributed", "--executor")
        ) from None


def _lost() -> Outcome:
    problem = worded(SWEEP_PROBLEMS, "sweep.worker-lost", "")
    return Outcome("failed", InfrastructureFailed.exit_code, None, attempts=ROUNDS, problems=(problem,))


def _problem_other_library() -> Problem:
    return worded(SWEEP_PROBLEMS, "sweep.worker-differs", "")


def _problem_worker(error: BaseException) -> Problem:
    return worded(SWEEP_PROBLEMS, "sweep.worker-differs/error", "", reason=whole(f"{type(error).__name__}: {error}"[:300]))


def _problem_bad_address(address: str, error: Exception) -> Problem:
    return worded(SWEEP_PROBLEMS, "sweep.bad-address", "--address", found=address, reason=str(error))


def _problem_address(address: str, error: Exception) -> Problem:
    return worded(SWEEP_PROBLEMS, "sweep.no-scheduler", address, kind=type(error).__name__)
