"""The commands `daye schedule` and `daye sweep`: unattended runs."""

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
                           help="Schedule file; default: the project's schedule.toml.")  # fmt: skip
reports_option = click.option("--reports", type=click.Path(path_type=Path), default=None, help="Default: reports/.")
keep_option = click.option("--keep", type=click.IntRange(min=1), default=None,
                           help="Number of runs to keep for each report and language; older ones are deleted.")  # fmt: skip
package_option = click.option("--package", type=click.Path(path_type=Path), default=None, help="Default: the project's own.")


@click.group()
def schedule() -> None:
    """Generate scheduled reports, each exactly once."""


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
    """Show the next slot of each schedule."""
    from daye_analysis.reporting.schedules.slots import next_slot
    from daye_analysis.reporting.schedules.status import local_time

    for each in _schedules(path):
        click.echo(f"{each.name}\t{local_time(each, next_slot(each, datetime.now(UTC)))}")


@schedule.command("status")
@file_option
@reports_option
@package_option
@click.option("--last", type=click.IntRange(min=1), default=3, help="Number of slots to show for each report; default: 3.")
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
def show_status(path: Path | None, reports: Path | None, package: Path | None, last: int, as_json: bool) -> None:
    """Show the state of the last slots of each scheduled report, and its next slot.

    Times are in the schedule's own time zone; JSON and manifests give UTC. Exits with 1 if the last slot of any report
    failed, was missed, or has been due for more than an hour.
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
@click.option("--again", is_flag=True, help="Also retry reports whose own cells failed.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Reports to generate in parallel; default: one per processor.")
@click.option("--quiet", is_flag=True, help="Print only news: each failure once, and its end; for schedulers that mail all output.")
def run_due(
    path: Path | None,
    reports: Path | None,
    package: Path | None,
    keep: int | None,
    again: bool,
    jobs: int | None,
    quiet: bool,
) -> None:
    """Generate every report that is due and not yet generated, and update the public site; safe to run repeatedly."""
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
    """Keep running and generate reports when they become due, until Ctrl-C or SIGTERM."""
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
        except OSError as error:  # a full disk, for instance: keep running, and try again at the next call
            print_problems([problem_system(error)])

    stay(file.schedules, make_due)


@schedule.command("unit")
@click.option("--systemd", "kind", flag_value="systemd", help="A systemd timer and services, for one user.")
@click.option("--systemd-system", "kind", flag_value="systemd-system", help="The same, for the whole system.")
@click.option("--cron", "kind", flag_value="cron", help="A crontab line.")
@click.option("--github", "kind", flag_value="github", help="A GitHub Actions workflow.")
@click.option("--windows", "kind", flag_value="windows", help="A task for the Windows Task Scheduler.")
@file_option
def unit(kind: str | None, path: Path | None) -> None:
    """Print the configuration with which another scheduler calls `daye schedule run-due`."""
    from daye_analysis.package.places import work_folder
    from daye_analysis.reporting.schedules.units import Invocation
    from daye_analysis.reporting.schedules.units import unit as files

    if kind is None:
        raise click.UsageError("Choose one of --systemd, --systemd-system, --cron, --github, --windows.")
    program = Path(sys.executable).with_name("daye.exe" if os.name == "nt" else "daye")
    wanted: Any = kind
    place = Invocation(program, work_folder())
    if kind == "github":
        file = _schedule_file(path)
        asked = (file.site.directory, file.site.lab) if file.site else (None, None)
        site, lab = (os.path.relpath(each, file.folder).replace(os.sep, "/") if each else "" for each in asked)
        place = replace(place, schedules=file.schedules, site=site, lab=lab)
    for content in files(wanted, place).values():
        click.echo(content)


@click.command()
@click.argument("grid", type=click.Path(path_type=Path))
@click.option("--executor", type=click.Choice(["local", "dask"]), default="local", help="Run locally or on Dask workers.")
@click.option("--address", default="", help="Address of a Dask scheduler; default: start workers on this machine.")
@click.option("--workers", type=click.IntRange(min=1), default=2, help="Number of Dask workers to start on this machine.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Reports to generate in parallel locally.")
@reports_option
@package_option
def sweep(
    grid: Path, executor: str, address: str, workers: int, jobs: int | None, reports: Path | None, package: Path | None
) -> None:
    """Generate reports for a grid of parameters.

    GRID is a YAML file of notebooks, packages, days, languages and parameters. Finished reports are skipped.
    """
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
    """Print the outcome of a slot's report, and its folder."""
    from daye_analysis.reporting.command import outcome_text

    outcome, task = due.outcome, due.task
    name = f"{task.schedule.name} {due.slot.day.isoformat()} {task.notebook.stem}"
    for note in (*outcome.notes, outcome_text(name, task.language, outcome)):
        print_text(note)
    print_problems((*outcome.warnings, *outcome.problems))
    if outcome.status in ("published", "skipped"):
        click.echo(outcome.folder)


def _report_made(due: Due) -> None:
    """Print the outcome of a report generated by `serve`; failures are reported as news, once."""
    if due.outcome.status != "failed":
        _report_due(due)


def _report_call(call: Call, quiet: bool) -> None:
    """Print the other results of a call; with `quiet` only what operators have not been told yet."""
    if not quiet:
        print_problems((*call.unread, *call.site))
    if not call.due and not call.unread and not quiet:
        print_text(Text("没有到期未生成的报告。", "Nothing is due."))
    for each in call.news:
        if quiet or each.event in ("recovered", "lapsed"):
            click.echo(each.say(session_language()), err=True)
    print_problems(call.problems)


def _site_renewal(file: ScheduleFile, package: Path, reports: Path) -> Callable[[], Path | None] | None:
    """Return the function that updates the public site; None if the schedule has no site."""
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
