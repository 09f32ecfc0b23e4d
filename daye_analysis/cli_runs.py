"""The verbs `daye schedule` and `daye sweep`: runs that no one watches."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from daye_analysis.bilingual import Text
from daye_analysis.cli_output import print_problems, print_text
from daye_analysis.session import session_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from daye_analysis.reporting.schedules.file import Schedule, ScheduleFile
    from daye_analysis.reporting.schedules.operate import Call
    from daye_analysis.reporting.schedules.run import Due

file_option = click.option("--file", "path", type=click.Path(path_type=Path), default=None,
                           help="The schedule; default: schedule.toml of the project.")  # fmt: skip
reports_option = click.option("--reports", type=click.Path(path_type=Path), default=None, help="Default: reports/.")
keep_option = click.option("--keep", type=click.IntRange(min=1), default=None,
                           help="Keep only so many runs of each report and language.")  # fmt: skip
package_option = click.option("--package", type=click.Path(path_type=Path), default=None, help="Default: the project's own.")


@click.group()
def schedule() -> None:
    """Make reports on time: what is due is made once, whoever asks."""


@schedule.command("list")
@file_option
def list_schedules(path: Path | None) -> None:
    """List the schedules."""
    for each in _schedules(path):
        notebooks = ", ".join(notebook.stem for notebook in each.notebooks)
        click.echo(f"{each.name}\t{each.cron}\t{each.time_zone}\t{notebooks}\t{','.join(each.languages)}")


@schedule.command("next")
@file_option
def next_slots(path: Path | None) -> None:
    """Show when each schedule comes next."""
    from daye_analysis.reporting.schedules.slots import next_slot
    from daye_analysis.reporting.schedules.status import local_time

    for each in _schedules(path):
        click.echo(f"{each.name}\t{local_time(each, next_slot(each, datetime.now(UTC)))}")


@schedule.command("status")
@file_option
@reports_option
@package_option
@click.option("--last", type=click.IntRange(min=1), default=3, help="How many slots of each report to show; default: 3.")
@click.option("--json", "as_json", is_flag=True, help="Print the same as JSON.")
def show_status(path: Path | None, reports: Path | None, package: Path | None, last: int, as_json: bool) -> None:
    """Show the last slots of each scheduled report, whether each is done, and the next one.

    Times are those of the schedule's own zone; JSON and manifests have the instant in UTC. Exits with 1 where the last slot
    of any report failed, was missed, or is due for more than an hour.
    """
    import json

    from daye_analysis.reporting.publishing.package_state import package_state
    from daye_analysis.reporting.schedules.status import (
        site_status,
        status,
        status_json,
        status_table,
        verdict,
    )

    file, folder = _schedule_file(path), _reports(reports)
    found = status(file.schedules, folder, package_state(_package(package)).name, last=last)
    site = site_status(file.site, folder) if file.site else None
    if as_json:
        click.echo(json.dumps(status_json(found, site=site), ensure_ascii=False, indent=2))
    else:
        for line in status_table(found, session_language(), site):
            click.echo(line)
        print_text(verdict(found, site))
    if not all(each.is_well for each in found) or (site is not None and not site.is_well):
        raise click.exceptions.Exit(1)


@schedule.command("run-due")
@file_option
@reports_option
@package_option
@keep_option
@click.option("--again", is_flag=True, help="Try again what failed by its own fault.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="How many at a time; default: one a processor.")
@click.option("--quiet", is_flag=True, help="Say only what is new: failures once, and when they end; for clocks that mail whatever a command says.")
def run_due(
    path: Path | None,
    reports: Path | None,
    package: Path | None,
    keep: int | None,
    again: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Make every report that is due and not made, and bring the public site up to date; doing it twice does nothing twice."""
    from daye_analysis.reporting.schedules.operate import operate

    file, folder, data = _schedule_file(path), _reports(reports), _package(package)
    call = operate(
        file,
        reports=folder,
        package=data,
        keep=keep,
        again=again,
        jobs=jobs,
        language=session_language(),
        renew_site=_site_renewal(file, data, folder),
        on_done=(lambda _due: None) if quiet else _report_due,
        print_text=(lambda _text: None) if quiet else print_text,
    )
    _report_call(call, quiet)
    if call.exit_code:
        raise click.exceptions.Exit(call.exit_code)


@schedule.command("serve")
@file_option
@reports_option
@package_option
@keep_option
def serve(path: Path | None, reports: Path | None, package: Path | None, keep: int | None) -> None:
    """Stay and make reports when they come due, until Ctrl-C or SIGTERM."""
    from daye_analysis.errors import DayeError
    from daye_analysis.reporting.problems import problem_system
    from daye_analysis.reporting.schedules.operate import operate
    from daye_analysis.reporting.schedules.serve import serve as stay

    file, folder, data = _schedule_file(path), _reports(reports), _package(package)

    def make_due(stop: threading.Event) -> None:
        try:
            call = operate(
                file, reports=folder, package=data, keep=keep, stop=stop, language=session_language(),
                renew_site=_site_renewal(file, data, folder), on_done=_report_made, print_text=print_text,
            )  # fmt: skip
            _report_call(call, quiet=True)
        except DayeError as error:
            print_problems(error.problems)
        except OSError as error:  # the disk is full, say: the clock goes on, and the next look heals
            print_problems([problem_system(error)])

    stay(file.schedules, make_due)


@schedule.command("unit")
@click.option("--systemd", "kind", flag_value="systemd", help="A systemd timer and services, for one user.")
@click.option("--systemd-system", "kind", flag_value="systemd-system", help="The same for the whole system.")
@click.option("--cron", "kind", flag_value="cron", help="A crontab line.")
@click.option("--github", "kind", flag_value="github", help="A GitHub Actions workflow.")
@click.option("--windows", "kind", flag_value="windows", help="A task for Windows' task scheduler.")
@file_option
def unit(kind: str | None, path: Path | None) -> None:
    """Print what another clock needs to call `daye schedule run-due`."""
    from daye_analysis.package.places import work_folder
    from daye_analysis.reporting.schedules.units import Invocation
    from daye_analysis.reporting.schedules.units import unit as files

    if kind is None:
        raise click.UsageError("choose one of --systemd, --systemd-system, --cron, --github, --windows")
    program = Path(sys.executable).with_name("daye.exe" if os.name == "nt" else "daye")
    wanted: Any = kind
    place = Invocation(program, work_folder())
    if kind == "github":
        file = _schedule_file(path)
        site = os.path.relpath(file.site.directory, file.folder).replace(os.sep, "/") if file.site else ""
        place = replace(place, schedules=file.schedules, site=site)
    for content in files(wanted, place).values():
        click.echo(content)


@click.command()
@click.argument("grid", type=click.Path(path_type=Path))
@click.option("--executor", type=click.Choice(["local", "dask"]), default="local", help="Here, or on Dask workers.")
@click.option("--address", default="", help="Dask scheduler; without one, workers are started here.")
@click.option("--workers", type=click.IntRange(min=1), default=2, help="Dask workers to start here.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="How many at a time locally.")
@reports_option
@package_option
def sweep(
    grid: Path, executor: str, address: str, workers: int, jobs: int | None, reports: Path | None, package: Path | None
) -> None:
    """Make every report of a grid of notebooks, days, languages and parameters; finished reports are skipped."""
    from tqdm import tqdm

    from daye_analysis.package.places import project_root
    from daye_analysis.reporting.execution.execute import best_starter
    from daye_analysis.reporting.sweeps.file import read_grid
    from daye_analysis.reporting.sweeps.run import Cluster
    from daye_analysis.reporting.sweeps.run import sweep as run

    cluster = Cluster(address, workers) if executor == "dask" else None
    with contextlib.nullcontext() if cluster else best_starter() as starter:
        wanted = read_grid(grid, project_root() / "notebooks", _package(package))
        shows = sys.stderr.isatty() or bool(os.environ.get("DAYE_PROGRESS"))
        with tqdm(total=len(wanted.cells), disable=not shows, unit="report", leave=False) as bar:

            def note(done: int, _total: int) -> None:
                bar.update(done - bar.n)

            result = run(wanted, reports=_reports(reports), cluster=cluster, jobs=jobs, starter=starter, on_done=note)
    states = [outcome.status for _, outcome in result.cells]
    counted = ", ".join(f"{name} {states.count(name)}" for name in dict.fromkeys(states))
    print_text(Text(f"{len(states)} 份：{counted}。汇总与目录：", f"{len(states)} reports: {counted}. Summary and index:"))
    click.echo(result.folder)
    _exit_with_worst([outcome for _, outcome in result.cells])


def _report_due(due: Due) -> None:
    """Say what became of a slot's report, and where it is."""
    from daye_analysis.reporting.command import outcome_text

    outcome, task = due.outcome, due.task
    name = f"{task.schedule.name} {due.slot.day.isoformat()} {task.notebook.stem}"
    for note in (*outcome.notes, outcome_text(name, task.language, outcome)):
        print_text(note)
    print_problems((*outcome.warnings, *outcome.problems))
    if outcome.status in ("published", "skipped"):
        click.echo(outcome.folder)


def _report_made(due: Due) -> None:
    """Say the same of a report that a clock made; its failures are reported as news, once."""
    if due.outcome.status != "failed":
        _report_due(due)


def _report_call(call: Call, quiet: bool) -> None:
    """Say what else came of a call; with `quiet` only what operators have not heard yet."""
    if not quiet:
        print_problems((*call.unread, *call.site))
    if not call.due and not call.unread and not quiet:
        print_text(Text("没有到期未做的报告。", "Nothing is due."))
    for each in call.news:
        if quiet or each.event in ("recovered", "lapsed"):
            click.echo(each.say(session_language()), err=True)
    print_problems(call.problems)


def _site_renewal(file: ScheduleFile, package: Path, reports: Path) -> Callable[[], Path | None] | None:
    """Return what brings the public site up to date; None where the schedule asks for no site."""
    settings = file.site
    if settings is None:
        return None

    def renew() -> Path | None:
        from daye_analysis.site.renewal import renew_site

        return renew_site(settings, package, reports)

    return renew


def _exit_with_worst(outcomes: list[Any]) -> None:
    from daye_analysis.reporting.runs.batch import worst_exit_code

    for outcome in outcomes:
        print_problems((*outcome.warnings, *outcome.problems))
    if code := worst_exit_code(outcomes):
        raise click.exceptions.Exit(code)


def _schedules(path: Path | None) -> tuple[Schedule, ...]:
    return _schedule_file(path).schedules


def _schedule_file(path: Path | None) -> ScheduleFile:
    from daye_analysis.package.places import project_root, work_folder
    from daye_analysis.reporting.schedules.file import read_schedule_file

    return read_schedule_file(path or work_folder() / "schedule.toml", project_root() / "notebooks")


def _reports(path: Path | None) -> Path:
    from daye_analysis.package.places import work_folder

    return (path or work_folder() / "reports").absolute()


def _package(path: Path | None) -> Path:
    from daye_analysis.package.places import project_root

    return path or project_root()
