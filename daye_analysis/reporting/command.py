"""The work of `daye report`: which notebooks, in which languages, with progress, and the outcome of each."""

from __future__ import annotations

import contextlib
import difflib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import NotReadable, Problem, WrongUsage
from daye_analysis.package.places import project_root, work_folder
from daye_analysis.problem_messages import worded
from daye_analysis.reporting.execution.execute import RunLimits, best_starter
from daye_analysis.reporting.notebooks.notebook import read_notebook
from daye_analysis.reporting.notebooks.parameters import Value, inspect_parameters, parameters_from_text
from daye_analysis.reporting.problems import RUN_PROBLEMS
from daye_analysis.reporting.publishing.identity import RESERVED, code_state
from daye_analysis.reporting.publishing.package_state import PackageState, package_state
from daye_analysis.reporting.publishing.tidy import tidy
from daye_analysis.reporting.runs.batch import Order, Outcome, make_all
from daye_analysis.reporting.runs.plan import frozen_as_of, nothing_to_report, plan_for
from daye_analysis.reporting.runs.run import Settings
from daye_analysis.reporting.schedules.file import report_notebooks


def make_reports(
    names: Sequence[str],
    *,
    as_of: str,
    languages: Sequence[Language],
    package: Path | None,
    reports: Path | None,
    parameters: Sequence[str],
    show_code: bool,
    strict: bool = False,
    again: bool = False,
    timeout: float | None,
    keep: int | None,
    progress: bool,
    print_text: Callable[[Text], None],
) -> list[Outcome]:
    """Make each named report (all without names) in each language and return what became of each, in that order.

    `parameters` are `name=value` words for every notebook. With `strict`, a report fails where anything could not be
    printed; with `again` it is made although it is up to date. With `keep`, older runs of each report are removed
    afterwards. `print_text` is called with what was made, and how long all took. Everything that can be checked is checked before
    the first kernel starts: raises WrongUsage, NotReadable and Refused as `plan_for` does.
    """
    started = time.monotonic()
    folder = (reports or work_folder() / "reports").absolute()
    settings = Settings(folder, limits=RunLimits() if timeout is None else RunLimits(seconds=timeout), again=again)
    with best_starter() as starter:
        notebooks, unreadable = readable(chosen_notebooks(names))
        data = package_state(package or project_root())
        if not names:
            notebooks = _with_content(notebooks, data, print_text)
        day, given = together(lambda: frozen_as_of(as_of), lambda: values_for(notebooks, parameters))
        code = code_state()
        jobs = [(notebook, language) for notebook in notebooks for language in dict.fromkeys(languages)]
        orders = [
            Order(
                plan_for(
                    notebook,
                    given[notebook],
                    package=data,
                    day=day,
                    language=language,
                    show_code=show_code,
                    strict=strict,
                    code=code,
                    reports=folder,
                ),
                settings,
            )
            for notebook, language in jobs
        ]
        with _bar(len(orders)) if progress else contextlib.nullcontext() as bar:

            def note(at: int, outcome: Outcome) -> None:
                notebook, language = jobs[at]
                if bar is not None:
                    bar.update()
                    bar.clear()
                for each in (*outcome.notes, outcome_text(notebook.stem, language, outcome)):
                    print_text(each)

            outcomes = make_all(orders, starter=starter, on_done=note)
    for path, outcome in unreadable.items():
        print_text(outcome_text(path.stem, languages[0], outcome))
    outcomes += unreadable.values()
    removed = tidy(folder, keep)
    if keep is not None:
        print_text(Text(f"已清除 {len(removed.runs)} 份旧报告。", f"{len(removed.runs)} old reports removed."))
    seconds = time.monotonic() - started
    print_text(Text(f"{len(outcomes)} 份报告，用时 {seconds:.1f} 秒：", f"{len(outcomes)} report{'' if len(outcomes) == 1 else 's'} in {seconds:.1f} seconds:"))
    return outcomes


def _bar(total: int) -> Any:
    # Imported where it is seen: with what it imports it takes longer than finding that all reports exist.
    from tqdm import tqdm

    return tqdm(total=total, unit="report", leave=False)


def chosen_notebooks(names: Sequence[str]) -> list[Path]:
    """Return the notebooks called `names`, without names all that can be printed, in the order of their names.

    A name may be a path to a notebook of one's own. Raises WrongUsage with every unknown name.
    """
    known = report_notebooks(project_root() / "notebooks")
    if not names:
        return list(known.values())
    unknown = [name for name in names if name not in known and not name.endswith(".ipynb")]
    if unknown:
        raise WrongUsage(_unknown(name, list(known)) for name in unknown)
    return list(dict.fromkeys(known.get(name, Path(name)) for name in names))


def readable(notebooks: Sequence[Path]) -> tuple[list[Path], dict[Path, Outcome]]:
    """Return the notebooks that can be read, and what becomes of each that cannot: it fails, and the others do not."""
    failed: dict[Path, Outcome] = {}
    for path in notebooks:
        try:
            read_notebook(path)
        except NotReadable as error:
            failed[path] = Outcome("failed", error.exit_code, None, problems=error.problems)
    return [path for path in notebooks if path not in failed], failed


def _with_content(notebooks: Sequence[Path], data: PackageState, print_text: Callable[[Text], None]) -> list[Path]:
    """Return the notebooks for which the package has something to report, and print which are left out."""
    kept = []
    for path in notebooks:
        nothing = nothing_to_report(path, read_notebook(path), data)
        if nothing is None:
            kept.append(path)
        else:
            print_text(Text(f"{path.stem}：不生成。{nothing.what.zh}", f"{path.stem}: left out. {nothing.what.en}"))
    return kept


def together(*checks: Callable[[], Any]) -> list[Any]:
    """Return what each check returns; raises WrongUsage with the problems of all that raise it."""
    results: list[Any] = []
    problems: list[Problem] = []
    for check in checks:
        try:
            results.append(check())
        except WrongUsage as error:
            problems += error.problems
    if problems:
        raise WrongUsage(problems)
    return results


def values_for(notebooks: Sequence[Path], assignments: Sequence[str]) -> dict[Path, dict[str, Value]]:
    """Return for each notebook the values of `name=value` words, read by the types that it declares itself.

    Raises WrongUsage with every problem of every notebook, each said once.
    """
    values: dict[Path, dict[str, Value]] = {}
    problems: dict[Problem, None] = {}
    for notebook in notebooks:
        try:
            declared = inspect_parameters(read_notebook(notebook))
            values[notebook] = parameters_from_text(declared, assignments, RESERVED)
        except WrongUsage as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise WrongUsage(problems)
    return values


def outcome_text(name: str, language: Language, outcome: Outcome) -> Text:
    """Say what became of a report."""
    head = Text(f"{name}（{language}）：", f"{name} ({language}): ")
    if outcome.status == "skipped":
        return Text(f"{head.zh}已是最新，未重新生成。", f"{head.en}up to date, skipped.")
    if outcome.status == "published":
        return Text(f"{head.zh}已生成，{outcome.seconds:.1f} 秒。", f"{head.en}generated in {outcome.seconds:.1f} s.")
    if outcome.status == "busy":
        return Text(f"{head.zh}正由另一进程生成。", f"{head.en}another process is generating it.")
    where = f"{outcome.folder}" if outcome.folder else ""
    return Text(f"{head.zh}生成失败。{where}", f"{head.en}failed. {where}".rstrip())


def _unknown(name: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=2) or known
    return worded(RUN_PROBLEMS, "report.unknown-notebook", name, name=name, known=tuple(near))
