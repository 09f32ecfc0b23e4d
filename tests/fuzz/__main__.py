"""Run the fuzzers for a time: `python -m fuzz --minutes 60`; prints how many were tried and failed, by class.

A failing case is kept in a folder of its own: what was wrong, the input where there is one, and the command that makes it again.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fuzz import inputs, lists, outputs, packages, runs, tables, writers
from fuzz.preloaded import preload

Trial = tuple[str, list[str]]
SEEDED = {
    "package": packages.mutation, "command": packages.taking, "archive": packages.archive, "list": lists.generated, "damaged list": lists.damaged,
    "table": tables.printing, "output": outputs.printing, **inputs.INPUTS,
}  # fmt: skip
WRITING, RUNNING = "writer", "runner"
CLASSES = [*SEEDED, WRITING, RUNNING]


@contextmanager
def _empty(parent: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def striking(bench: writers.Bench | runs.Clockwork, commands: Sequence[Any], seed: int) -> Trial:
    """Strike a command at an operation, each by the seed: one seed after another goes through all of them."""
    command = commands[seed % len(commands)]
    faults = list(writers.faults(bench.undisturbed(command).operations))
    if not faults:
        return command.name, []
    # A stride that shares no factor with most counts reaches every fault, in an order that mixes kinds.
    fault = faults[seed // len(commands) * 37 % len(faults)]
    return f"{command.name}, {fault}", bench.strike(command, fault)


def main(arguments: list[str] | None = None) -> int:
    """Run and return 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--classes", nargs="*", choices=CLASSES, default=CLASSES)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--count", type=int, default=sys.maxsize, help="how many seeds of each class to try at the most")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"))
    given = parser.parse_args(arguments)
    preload()
    tried, failed = Counter[str](), Counter[str]()
    spent = dict.fromkeys(given.classes, 0.0)
    until = time.monotonic() + given.minutes * 60
    with _empty(Path(tempfile.gettempdir())) as work:
        bench, clockwork = writers.Bench(work / "writers"), runs.Clockwork(work / "runs")
        trials = {
            **SEEDED,
            WRITING: lambda seed, _: striking(bench, writers.WRITERS, seed),
            RUNNING: lambda seed, _: striking(clockwork, runs.RUNNERS, seed),
        }
        while time.monotonic() < until and any(tried[name] < given.count for name in given.classes):
            # Each class has the same time, so that what is quick is tried often.
            name = min((name for name in given.classes if tried[name] < given.count), key=lambda name: spent[name])
            seed, started = given.seed + tried[name], time.monotonic()
            with _empty(work) as folder:
                try:
                    what, wrong = trials[name](seed, folder)
                except Exception:  # noqa: BLE001 - the others go on
                    what, wrong = "the fuzzer itself", [traceback.format_exc()]
                tried[name] += 1
                if wrong:
                    failed[name] += 1
                    _keep(given.failures / f"{name.replace(' ', '-')}-{seed}", folder, name, seed, what, wrong)
            spent[name] += time.monotonic() - started
    for name in given.classes:
        print(f"{name}: {tried[name]} tried, {failed[name]} failed")
    return 1 if failed else 0


def _keep(kept: Path, folder: Path, name: str, seed: int, what: str, wrong: list[str]) -> None:
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(folder, kept, symlinks=True)
    again = f"PYTHONPATH=tests python -m fuzz --classes {name!r} --seed {seed} --count 1"
    (kept / "failure.txt").write_text("\n\n".join([f"{name} {seed}: {what}", again, *wrong]) + "\n", encoding="utf-8")
    print(f"{name} {seed}: {what}: {wrong[0].strip().splitlines()[-1][:300]}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
