"""The command `daye`: parse arguments, call the library, and return an exit code."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from daye_analysis import __version__
from daye_analysis.bilingual import Language, Text
from daye_analysis.cli_output import print_problems, print_text, show_outcomes
from daye_analysis.cli_problems import COMMAND_PROBLEMS
from daye_analysis.cli_runs import schedule, sweep
from daye_analysis.cli_site import site
from daye_analysis.errors import DayeError, Problem, WrongUsage
from daye_analysis.problem_messages import whole, worded
from daye_analysis.session import session_language

INTERRUPTED = 130
_SYSTEM = {errno.ENOSPC: 6, errno.EDQUOT: 6, errno.EFBIG: 6, errno.EIO: 6, errno.ENOMEM: 6}

root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Project folder; default: the folder that contains the library.",
)

# What starts other programs, or is made with them.
_ON_A_COMPUTER = ("report", "schedule", "sweep", "site")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="daye")
@click.pass_context
def daye(context: click.Context) -> None:
    """Build an open data package of official targets and print reports on their feasibility.

    Exit codes: 0 success; 1 check failed; 2 wrong usage; 3 input not readable; 4 refused for safety; 5 busy;
    6 infrastructure failure; 124 timeout; 130 interrupted.
    """
    if context.invoked_subcommand in _ON_A_COMPUTER:
        from daye_analysis.reporting.problems import refuse_in_browser

        refuse_in_browser()


@daye.command()
@root_option
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a generated file differs from its sources.")
@click.option("--reply", "replies", type=click.Path(path_type=Path), multiple=True,
              help="First import the figures of a completed data request (.xlsx or .docx); may be repeated.")  # fmt: skip
@click.option("--normalise", is_flag=True,
              help="First remove what a spreadsheet program left in the edited tables: byte order marks, CR LF line ends, surrounding white space.")  # fmt: skip
def build(root: Path | None, check: bool, replies: tuple[Path, ...], normalise: bool) -> None:
    """Build the published tables from data/source/."""
    from daye_analysis.package.build import build as build_package
    from daye_analysis.package.places import project_root
    from daye_analysis.views.load import package_of

    folder = root or project_root()
    if replies and normalise:
        raise click.UsageError("Run --normalise first, then --reply in a separate call.")
    if replies:
        from daye_analysis.package.request import build_with_replies

        result, already = build_with_replies(folder, replies, partial(package_of, root=folder), write=not check)
        for name in already:
            print_text(Text(f"{name} 已经导入过，未重复添加。", f"{name} was imported before; nothing was added."))
    else:
        result = build_package(folder, write=not check, normalise=normalise)
    rows = ", ".join(f"{name} {count}" for name, count in result.rows.items())
    print_text(Text(f"各表行数：{rows}", f"Rows: {rows}"))
    for path in result.changed:
        click.echo(path)
    if check and result.changed:
        print_text(Text("以上文件与其来源不符；请运行 daye build。", "These files differ from their sources; run `daye build`."))
        raise click.exceptions.Exit(1)
    print_text(Text(f"{len(result.changed)} 个文件有变化，{len(result.unchanged)} 个未变。",
              f"{len(result.changed)} files changed, {len(result.unchanged)} unchanged."))  # fmt: skip


@daye.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON on standard output.")
@click.option("--report", "report_file", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Also write the findings to this file as a frictionless report (JSON).")  # fmt: skip
@click.option("--since", type=click.Path(path_type=Path), default=None, help="Previous release; check that the version was raised enough.")
def validate(path: Path | None, as_json: bool, report_file: Path | None, since: Path | None) -> None:
    """Check every cell of a package.

    PATH is a folder, its datapackage.json or a .zip; default: the project's own package.
    """
    from daye_analysis.package.places import project_root
    from daye_analysis.package.validate import validate as validate_package

    where = path or project_root()
    if report_file is None:
        report = validate_package(where)
    else:
        from daye_analysis.package.frictionless.report import validate_and_report

        report = validate_and_report(where, report_file, session_language())
    if as_json:
        click.echo(report.to_json(), nl=False)
    else:
        for line in report.say(session_language()):
            click.echo(line, err=bool(report.problems))
    if report.problems:
        raise click.exceptions.Exit(1)
    if since is not None:
        from daye_analysis.package.releases.release import check_release

        step = check_release(since, path or project_root())
        print_text(Text(f"版本 {step.old} → {step.new}，至少应为 {step.level.name} 级变更。",
                  f"Version {step.old} → {step.new}; the minimum required step is {step.level.name}."))  # fmt: skip


@daye.command()
@click.argument("names", nargs=-1)
@click.option("--as-of", default="", metavar="DATE", help="As-of date: use only figures known by then; default: today.")
@click.option("--language", "languages", type=click.Choice(["zh", "en"]), multiple=True, help="Default: both.")
@click.option("--package", type=click.Path(path_type=Path), default=None, help="Folder, datapackage.json or .zip.")
@click.option("--reports", type=click.Path(path_type=Path), default=None, help="Output folder; default: reports/.")
@click.option("-p", "--parameter", "parameters", multiple=True, metavar="NAME=VALUE",
              help="A notebook parameter, parsed by its declared type: plain text, true, 5, 2026-01-31, or a JSON list; may be repeated.")  # fmt: skip
@click.option("--show-code", is_flag=True, help="Include the notebook's code in the report.")
@click.option("--strict", is_flag=True, help="Fail if anything cannot be printed or a picture has no alternative text.")
@click.option("--fonts", type=click.Path(path_type=Path), default=None, envvar="DAYE_FONTS",
              help="A folder of fonts for characters missing from the built-in fonts; also set by DAYE_FONTS.")  # fmt: skip
@click.option("--again", is_flag=True, help="Generate reports even if they are up to date.")
@click.option("--timeout", type=click.FloatRange(min=1), default=None, metavar="SECONDS", help="Time limit of each run.")
@click.option("--keep", type=click.IntRange(min=1), default=None, help="Number of runs to keep for each report and language; older ones are deleted.")
def report(
    names: tuple[str, ...],
    as_of: str,
    languages: tuple[Language, ...],
    package: Path | None,
    reports: Path | None,
    parameters: tuple[str, ...],
    show_code: bool,
    strict: bool,
    fonts: Path | None,
    again: bool,
    timeout: float | None,
    keep: int | None,
) -> None:
    """Run notebooks and write their reports.

    NAMES are names or paths of notebooks; default: all reports.
    """
    from daye_analysis.reporting.command import make_reports

    if fonts is not None:
        # Child processes inherit it through their environment.
        os.environ["DAYE_FONTS"] = str(fonts.absolute())
    outcomes = make_reports(
        names,
        as_of=as_of,
        languages=languages or ("zh", "en"),
        package=package,
        reports=reports,
        parameters=parameters,
        show_code=show_code,
        strict=strict,
        again=again,
        timeout=timeout,
        keep=keep,
        progress=sys.stderr.isatty() or bool(os.environ.get("DAYE_PROGRESS")),
        print_text=print_text,
    )
    show_outcomes(outcomes)


@daye.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.option("--package", type=click.Path(path_type=Path), default=None, help="Folder, datapackage.json or .zip.")
@click.option("--request", is_flag=True, help="Write only the data requests to lead bodies (XLSX and DOCX).")
@click.option("--since", type=click.Path(path_type=Path), default=None, help="Previous release; check that the version was raised enough.")
def export(directory: Path, package: Path | None, request: bool, since: Path | None) -> None:
    """Export the package in all formats.

    Writes .zip, Parquet, SQLite and XLSX to DIRECTORY, after verifying that all formats agree.
    """
    from daye_analysis.package.places import project_root
    from daye_analysis.views.load import load

    if request:
        from daye_analysis.package.request import write_requests

        for path in write_requests(load(package), directory):
            click.echo(path)
        return
    from daye_analysis.package.export import export as export_package

    summaries = export_package(package or project_root(), directory, since=since)
    rows = sum(summary.rows for summary in summaries.values())
    print_text(Text(f"{len(summaries)} 张表，{rows} 行，各种格式逐一比对一致。",
              f"{len(summaries)} tables, {rows} rows; all formats agree."))  # fmt: skip
    click.echo(directory)


@daye.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.argument("task_list", type=click.Path(path_type=Path))
@click.option("--name", default="", help="Short name of the package, in lower case; default: the folder's name.")
@click.option("--title", default="", help="Title of the task list, in Chinese.")
@click.option("--area-name", default="", help="Name of the place, in Chinese.")
@click.option("--area-code", default="", help="GB/T 2260 code of the place.")
@click.option("--due", default="", metavar="DATE", help="Date on which the plan ends.")
@click.option("--layout", default="", help="How to read the list: strict, any, tables or paragraphs; default: detected.")
@click.option("--columns", type=click.Path(path_type=Path), default=None, help="YAML file that describes the columns.")
@click.option("--goals", type=int, multiple=True, metavar="LINE", help="Number of a line that sets a goal; may be repeated.")
def new(
    directory: Path,
    task_list: Path,
    name: str,
    title: str,
    area_name: str,
    area_code: str,
    due: str,
    layout: str,
    columns: Path | None,
    goals: tuple[int, ...],
) -> None:
    """Draft a package for another place.

    Reads TASK_LIST (text, Word, Excel, CSV, HTML, or PDF with text) and writes the draft to DIRECTORY.
    """
    from daye_analysis.package.new import new_package

    made = new_package(
        directory,
        task_list,
        name=name,
        title=title,
        area_name=area_name,
        area_code=area_code,
        due=due,
        layout=layout,
        columns=columns,
        goals=goals,
    )
    for note in made.notes:
        print_text(note)
    counts = ", ".join(f"{what} {count}" for what, count in made.counts.items())
    print_text(Text(f"草稿已写好（{counts}）。请运行 daye validate {directory}，查看尚缺内容。",
              f"Draft created ({counts}). Run `daye validate {directory}` to list what is still missing."))  # fmt: skip
    click.echo(made.folder)


@daye.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.argument("worksheet", type=click.Path(path_type=Path))
def fill(directory: Path, worksheet: Path) -> None:
    """Complete a draft in Excel.

    Lists the open items of the draft in DIRECTORY in WORKSHEET (.xlsx). If WORKSHEET exists, imports the answers.
    """
    from daye_analysis.package.new import apply_worksheet, write_worksheet

    if worksheet.exists():
        count = apply_worksheet(directory, worksheet)
        print_text(Text(f"已写入 {count} 处。请运行 daye validate {directory}。", f"{count} answers imported. Next: daye validate {directory}."))
        return
    count = write_worksheet(directory, worksheet)
    print_text(Text(f"共 {count} 处待填。请在“answer 填写”一栏填写（判断无误的写“是”），保存后再次运行本命令。",
              f"{count} rows to fill in. Fill in the column 'answer' (write ok to confirm a decision), save, and run this command again."))  # fmt: skip
    click.echo(worksheet)


@daye.command()
@click.option("--package", type=click.Path(path_type=Path), default=None, help="Folder, datapackage.json or .zip.")
@click.option("--as-of", default="", metavar="DATE", help="As-of date: use only figures known by then; default: today.")
@click.option("--frozen-by", type=click.Choice(["publication", "period"]), default="publication",
              help="Data available to each forecast: figures published by then (the test that counts), or all figures of earlier periods (for information only).")  # fmt: skip
@click.option("--archived", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None, metavar="REPORTS",
              help="Instead, score the statements published by the runs in this reports folder against known outcomes.")  # fmt: skip
@click.option("--pairs", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Write the forecast-outcome pairs, or the published statements, to this CSV file.")  # fmt: skip
def backtest(package: Path | None, as_of: str, frozen_by: str, archived: Path | None, pairs: Path | None) -> None:
    """Back-test the forecasts.

    Uses all series with three or more comparable points. With --archived, scores published statements instead.
    """
    from daye_analysis.charts.reliability import archive_lines, backtest_lines
    from daye_analysis.reporting.runs.plan import frozen_as_of
    from daye_analysis.views.load import load

    view = load(package).as_of(frozen_as_of(as_of))
    if archived is not None:
        from daye_analysis.progress.forecast.outcomes import record, scored
        from daye_analysis.reporting.publishing.archive import archived as kept

        found = kept(archived)
        table = scored(found.assessments, view.assess())
        lines = archive_lines(record(table), found.damaged, session_language())
    else:
        from daye_analysis.progress.forecast.count_backtest import count_backtest
        from daye_analysis.progress.forecast.history import history, pair_table

        past, tested = history(view), view.backtest(frozen_by)  # type: ignore[arg-type]
        decides = frozen_by == "publication"
        lines = backtest_lines(tested, count_backtest(view), past.classes, session_language(), decides=decides)
        table = pair_table(past)
    for line in lines:
        click.echo(line)
    if pairs is not None:
        from daye_analysis.storage.files import replace_file

        replace_file(pairs, table.to_csv(index=False, lineterminator="\n").encode())
        click.echo(pairs)


daye.add_command(schedule)
daye.add_command(sweep)
daye.add_command(site)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and exit with its code; problems are printed as messages, never as a traceback."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
        _refuse_unwritable(sys.argv[1:] if arguments is None else arguments)
        result: Any = daye.main(arguments, prog_name="daye", standalone_mode=False)
    except DayeError as error:
        print_problems(error.problems)
        return error.exit_code
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        print_text(Text("已中断。", "Interrupted."))
        return INTERRUPTED
    except OSError as error:
        from daye_analysis.reporting.problems import problem_system

        print_problems([replace(problem_system(error), where=str(error.filename or ""))])
        return _SYSTEM.get(error.errno or 0, 3)
    except Exception as error:  # a bug of this program, reported as such
        if os.environ.get("DAYE_TRACEBACK"):
            raise
        print_problems([_fault(error)])
        return 1
    return result if isinstance(result, int) else 0


def _refuse_unwritable(arguments: Sequence[str]) -> None:
    """Raise WrongUsage for words whose bytes are no UTF-8: a path of them could not be named in a report or a manifest."""
    odd = [word for word in arguments if not _is_text(word)]
    if odd:
        raise WrongUsage(worded(COMMAND_PROBLEMS, "program.not-utf-8", "", found=repr(word)) for word in odd)


def _is_text(word: str) -> bool:
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def _fault(error: Exception) -> Problem:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    said = f"{type(error).__name__}: {error}"[:300]
    return worded(COMMAND_PROBLEMS, "program.fault", place, said=whole(said))
