"""The verbs `daye schedule` and `daye sweep`: runs that nobody watches."""

from __future__ import annotations

import os
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from daye_analysis.bilingual import Text
from daye_analysis.telling import show_outcomes, tell, tell_problems

if TYPE_CHECKING:
    from daye_analysis.reporting.schedule_file import Schedule

file_option = click.option("--file", "path", type=click.Path(path_type=Path), default=None,
                           help="The schedule; default: schedule.toml of the project.")  # fmt: skip
reports_option = click.option("--reports", type=click.Path(path_type=Path), default=None, help="Default: reports/.")
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
    from daye_analysis.reporting.schedule_slots import next_slot

    for each in _schedules(path):
        click.echo(f"{each.name}\t{next_slot(each, datetime.now(UTC)).instant.astimezone(each.zone).isoformat()}")


@schedule.command("status")
@file_option
@reports_option
def show_status(path: Path | None, reports: Path | None) -> None:
    """Show where each scheduled report stands."""
    from daye_analysis.reporting.schedule_run import status

    for each in status(_schedules(path), _reports(reports)):
        last = each.last.instant.isoformat() if each.last else "-"
        where = each.folder or "-"
        name = f"{each.task.schedule.name}\t{each.task.notebook.stem}\t{each.task.language}"
        click.echo(f"{name}\t{last}\t{each.state or '-'}\t{each.next.instant.isoformat()}\t{where}")


@schedule.command("run-due")
@file_option
@reports_option
@package_option
@click.option("--again", is_flag=True, help="Try again what failed by its own fault.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="How many at a time; default: one a processor.")
def run_due(path: Path | None, reports: Path | None, package: Path | None, again: bool, jobs: int | None) -> None:
    """Make every report that is due and not made; doing it twice does nothing twice."""
    from daye_analysis.reporting.schedule_run import run_due as run

    due = run(_schedules(path), reports=_reports(reports), package=_package(package), again=again, jobs=jobs)
    if not due:
        tell(Text("没有到期未做的报告。", "Nothing is due."))
    show_outcomes(each.outcome for each in due)


@schedule.command("serve")
@file_option
@reports_option
@package_option
def serve(path: Path | None, reports: Path | None, package: Path | None) -> None:
    """Stay and make reports when they come due, until Ctrl-C or SIGTERM."""
    from daye_analysis.errors import DayeError
    from daye_analysis.reporting.run import Settings
    from daye_analysis.reporting.schedule_run import run_due as run
    from daye_analysis.reporting.schedule_serve import serve as stay

    schedules, folder, data = _schedules(path), _reports(reports), _package(package)

    def make_due(stop: threading.Event) -> None:
        try:
            due = run(schedules, reports=folder, package=data, settings=Settings(folder, stop=stop))
        except DayeError as error:
            tell_problems(error.problems)
            return
        for each in due:
            tell_problems(each.outcome.problems)
            if each.outcome.status == "published":
                click.echo(each.outcome.folder)

    stay(schedules, make_due)


@schedule.command("unit")
@click.option("--systemd", "kind", flag_value="systemd", help="A systemd timer and service.")
@click.option("--cron", "kind", flag_value="cron", help="A crontab line.")
@click.option("--github", "kind", flag_value="github", help="A GitHub Actions workflow.")
@click.option("--windows", "kind", flag_value="windows", help="A task for Windows' task scheduler.")
def unit(kind: str | None) -> None:
    """Print what another clock needs to call `daye schedule run-due`."""
    from daye_analysis.package.places import work_folder
    from daye_analysis.reporting.schedule_units import Place
    from daye_analysis.reporting.schedule_units import unit as files

    if kind is None:
        raise click.UsageError("choose one of --systemd, --cron, --github, --windows")
    program = Path(sys.executable).with_name("daye.exe" if os.name == "nt" else "daye")
    wanted: Any = kind
    for content in files(wanted, Place(program, work_folder())).values():
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
    """Make every report of a grid of notebooks, days, languages and parameters; what stands is not made again."""
    from tqdm import tqdm

    from daye_analysis.package.places import project_root
    from daye_analysis.reporting.sweep_file import read_grid
    from daye_analysis.reporting.sweep_run import Cluster
    from daye_analysis.reporting.sweep_run import sweep as run

    wanted = read_grid(grid, project_root() / "notebooks", _package(package))
    with tqdm(disable=not (sys.stderr.isatty() or os.environ.get("DAYE_PROGRESS")), unit="report", leave=False) as bar:

        def note(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        result = run(
            wanted,
            reports=_reports(reports),
            cluster=Cluster(address, workers) if executor == "dask" else None,
            jobs=jobs,
            on_done=note,
        )
    states = [outcome.status for _, outcome in result.cells]
    counted = ", ".join(f"{name} {states.count(name)}" for name in dict.fromkeys(states))
    tell(Text(f"{len(states)} 份：{counted}。汇总与目录：", f"{len(states)} reports: {counted}. Summary and index:"))
    click.echo(result.folder)
    _exit_with_worst([outcome for _, outcome in result.cells])


def _exit_with_worst(outcomes: list[Any]) -> None:
    from daye_analysis.reporting.many import worst_exit_code

    for outcome in outcomes:
        tell_problems(outcome.problems)
    if code := worst_exit_code(outcomes):
        raise click.exceptions.Exit(code)


def _schedules(path: Path | None) -> tuple[Schedule, ...]:
    from daye_analysis.package.places import project_root, work_folder
    from daye_analysis.reporting.schedule_file import read_schedules

    return read_schedules(path or work_folder() / "schedule.toml", project_root() / "notebooks")


def _reports(path: Path | None) -> Path:
    from daye_analysis.package.places import work_folder

    return path or work_folder() / "reports"


def _package(path: Path | None) -> Path:
    from daye_analysis.package.places import project_root

    return path or project_root()
