"""Mutated packages beside frictionless: no traceback, no hang, nothing accepted that frictionless rejects.

What `daye validate` accepts, every command takes. A reason of frictionless's that our profile does not share is listed,
with why.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from daye_analysis.cli import run as daye
from fuzz.faults import run
from fuzz.mutations import mutated, odd_archive, sound, write_files

SECONDS = 10.0
# What a package that validates is given to, beside frictionless: a name, and a call with the package and an empty folder.
Command = Callable[[Path, Path], int]


def _load(package: Path, _: Path) -> int:
    from daye_analysis.views.load import load

    loaded = load(package)
    loaded.to_frictionless()
    loaded.describe()
    loaded.search("高新")
    view = loaded.as_of("2026-11-29")
    # What a notebook shows of it.
    shown = [repr(loaded), repr(view), view.assess(), view.evidence(), view.targets(), view.ambition(), view.figures_wanted(), view.cite()]
    shown += [view.compare_methods(), view.compare_trends(), view.growths_ever(), view.changes_since(loaded.as_of("2025-01-01"))]
    for target_id in loaded.targets["target_id"]:
        target = view.target(target_id)
        shown += [repr(target), target._repr_html_(), view.timeline(target_id)]
        for language in ("zh", "en"):
            shown += [target.figures(language), target.explain(language), target.explain_html(language)]
    return 0


def _export(package: Path, folder: Path) -> int:
    return daye(["export", str(folder / "out"), "--package", str(package)])


def _request(package: Path, folder: Path) -> int:
    code = daye(["export", "--request", str(folder / "asked"), "--package", str(package)])
    # 1: there is nothing to ask for.
    return 0 if code in (0, 1) else code


def _backtest(package: Path, folder: Path) -> int:
    return daye(["backtest", "--package", str(package), "--pairs", str(folder / "pairs.csv")])


def _site(package: Path, folder: Path) -> int:
    return daye(["site", str(folder / "site"), "--package", str(package)])


def _report(package: Path, folder: Path) -> int:
    """Make every report for which the package has something to say, in a language that its bytes decide."""
    language = ("zh", "en")[zlib.crc32((package / "datapackage.json").read_bytes()) % 2]
    words = ["--package", str(package), "--reports", str(folder / "reports"), "--as-of", "2026-11-29", "--language", language]
    return daye(["report", *words])


COMMANDS: dict[str, Command] = {
    "load": _load, "export": _export, "request": _request, "backtest": _backtest, "site": _site, "report": _report,
}  # fmt: skip
# Four runs of notebooks take longer than a command's minute, on a busy machine too.
_SECONDS = {"report": 600.0}


@cache
def _use_once() -> None:
    """Use what imports much when it is first used, before children are forked."""
    from daye_analysis.site.build import build_site
    from daye_analysis.views.load import load

    with TemporaryDirectory() as name:
        package = write_files(sound(), Path(name) / "package")
        loaded = load(package)
        loaded.to_frictionless()
        loaded.as_of("2026-11-29").assess()
        build_site(Path(name) / "site", package)


def rejected_by_frictionless(path: Path) -> int:
    """Print what frictionless finds wrong and return 1 where it finds anything."""
    from frictionless import validate

    report = validate(str(path))
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    for error in errors:
        print(f"{error.type}: {error.note}")
    return 1 if errors or not report.valid else 0


def wrong_with(path: Path, folder: Path, commands: tuple[str, ...] = tuple(COMMANDS)) -> list[str]:
    """Return what goes wrong with the package at `path`; `folder` is empty."""
    _use_once()
    checked = run(lambda: daye(["validate", str(path)]), seconds=SECONDS)
    wrong = checked.faults("validate")
    if checked.code != 0:
        return wrong
    other = run(lambda: rejected_by_frictionless(path), seconds=60)
    if other.code == 1 and not other.is_bug:
        wrong.append(f"accepted, but frictionless: {other.said[:400]}")
    for name in commands:
        ended = run(lambda name=name: COMMANDS[name](path, folder), seconds=_SECONDS.get(name, 60.0))  # type: ignore[misc]
        wrong += ended.faults(name)
        if ended.code and not ended.is_bug:
            wrong.append(f"accepted, but {name} ends with {ended.code}: {ended.said[-400:]}")
    return wrong


def mutation(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return what was done to a package, and what goes wrong with validating it here and with frictionless."""
    what, files = mutated(seed)
    return what, wrong_with(write_files(files, folder / "package"), folder, ())


def taking(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return what was done to a package, and what goes wrong with commands that take it; of those that write, the seed chooses one."""
    what, files = mutated(seed)
    others = [name for name in COMMANDS if name != "load"]
    return what, wrong_with(write_files(files, folder / "package"), folder, ("load", others[seed % len(others)]))


def archive(seed: int, folder: Path) -> tuple[str, list[str]]:
    """Return what is odd about a .zip, and what goes wrong with it."""
    path = folder / "package.zip"
    what = odd_archive(seed, path)
    return what, wrong_with(path, folder, ("load",))
