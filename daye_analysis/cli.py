"""The command `daye`: words in, exit code out; the work is done by the floors below."""

from __future__ import annotations

import errno
import os
import sys
import traceback
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
from daye_analysis.errors import DayeError, Problem
from daye_analysis.problem_messages import whole, worded
from daye_analysis.session import session_language

INTERRUPTED = 130
_SYSTEM = {errno.ENOSPC: 6, errno.EDQUOT: 6, errno.EFBIG: 6, errno.EIO: 6, errno.ENOMEM: 6}

root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The project's folder; default: the one that the library is in.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="daye")
def daye() -> None:
    """Official targets as an open data package, and reports on whether they can be met.

    Exit codes: 0 done; 1 a check failed; 2 wrong usage; 3 input not readable; 4 refused for safety; 5 busy;
    6 infrastructure; 124 timeout; 130 interrupted.
    """


@daye.command()
@root_option
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything generated differs from its sources.")
@click.option("--reply", "replies", type=click.Path(path_type=Path), multiple=True,
              help="First add the figures of a filled-in data request (.xlsx or .docx); may be repeated.")  # fmt: skip
@click.option("--normalise", is_flag=True,
              help="Also put right what a spreadsheet did to the edited tables: byte order mark, line ends, outer white space.")  # fmt: skip
def build(root: Path | None, check: bool, replies: tuple[Path, ...], normalise: bool) -> None:
    """Build the published tables and their description from data/source/."""
    from daye_analysis.package.build import build as build_package
    from daye_analysis.package.places import project_root
    from daye_analysis.views.load import package_of

    folder = root or project_root()
    if replies and normalise:
        raise click.UsageError("Give --normalise first, then --reply in a call of its own.")
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
              f"{len(result.changed)} files changed, {len(result.unchanged)} as they were."))  # fmt: skip


@daye.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON on standard output.")
@click.option("--report", "report_file", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Also write the findings to this file, as a report of frictionless (JSON).")  # fmt: skip
@click.option("--since", type=click.Path(path_type=Path), default=None, help="The last release: check the version's step.")
def validate(path: Path | None, as_json: bool, report_file: Path | None, since: Path | None) -> None:
    """Check a package (folder, datapackage.json or .zip) in every cell; default: the project's own."""
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
        print_text(Text(f"版本 {step.old} → {step.new}，最小合法步为 {step.level.name}。",
                  f"Version {step.old} → {step.new}; the smallest legal step is {step.level.name}."))  # fmt: skip


@daye.command()
@click.argument("names", nargs=-1)
@click.option("--as-of", default="", metavar="DATE", help="Day up to which figures count as known; default: today.")
@click.option("--language", "languages", type=click.Choice(["zh", "en"]), multiple=True, help="Default: both.")
@click.option("--package", type=click.Path(path_type=Path), default=None, help="Folder, datapackage.json or .zip.")
@click.option("--reports", type=click.Path(path_type=Path), default=None, help="Where reports go; default: reports/.")
@click.option("-p", "--parameter", "parameters", multiple=True, metavar="NAME=VALUE",
              help="A parameter of the notebook, read by its declared type: text as it stands, true, 5, 2026-01-31, a list as JSON.")  # fmt: skip
@click.option("--show-code", is_flag=True, help="Print the notebook's code too.")
@click.option("--strict", is_flag=True, help="Fail where anything could not be printed, or a picture has no description.")
@click.option("--fonts", type=click.Path(path_type=Path), default=None, envvar="DAYE_FONTS",
              help="A folder of fonts for characters that the project's own lack; also as DAYE_FONTS.")  # fmt: skip
@click.option("--again", is_flag=True, help="Make reports anew although they are up to date.")
@click.option("--timeout", type=click.FloatRange(min=1), default=None, metavar="SECONDS", help="Wall-clock limit of a run.")
@click.option("--keep", type=click.IntRange(min=1), default=None, help="Keep only so many runs of each report and language.")
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
    """Run notebooks and print their reports; NAMES are notebooks, none means all."""
    from daye_analysis.reporting.command import make_reports

    if fonts is not None:
        # The processes of the runs are given it with their environment.
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
@click.option("--request", is_flag=True, help="Write the data request to each lead body instead (XLSX and DOCX).")
@click.option("--since", type=click.Path(path_type=Path), default=None, help="The last release: check the version's step.")
def export(directory: Path, package: Path | None, request: bool, since: Path | None) -> None:
    """Write the package to DIRECTORY as .zip, Parquet, SQLite and XLSX, compared with each other first."""
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
              f"{len(summaries)} tables, {rows} rows; all formats hold the same."))  # fmt: skip
    click.echo(directory)


@daye.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.argument("task_list", type=click.Path(path_type=Path))
@click.option("--name", default="", help="Short name of the package, in lower case.")
@click.option("--title", default="", help="Its Chinese title.")
@click.option("--area-name", default="", help="Chinese name of the place.")
@click.option("--area-code", default="", help="Its GB/T 2260 code.")
@click.option("--due", default="", metavar="DATE", help="Day on which the plan ends.")
@click.option("--layout", default="", help="Read as: strict, any, tables, paragraphs; default: what fits.")
@click.option("--columns", type=click.Path(path_type=Path), default=None, help="YAML with what each column holds.")
@click.option("--goals", type=int, multiple=True, metavar="LINE", help="A line that sets a goal; may be repeated.")
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
    """Start a package for another place in DIRECTORY from TASK_LIST: text, Word, Excel, CSV, HTML, or PDF with text."""
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
    print_text(Text(f"草稿已写好（{counts}）。接下来：daye validate {directory}，它会说明还缺什么。",
              f"Draft created ({counts}). Next: daye validate {directory}, which says what is still missing."))  # fmt: skip
    click.echo(made.folder)


@daye.command()
@click.argument("directory", type=click.Path(path_type=Path))
@click.argument("worksheet", type=click.Path(path_type=Path))
def fill(directory: Path, worksheet: Path) -> None:
    """Write what the draft in DIRECTORY lacks to WORKSHEET (.xlsx); if that exists, take over what was filled in."""
    from daye_analysis.package.new import apply_worksheet, write_worksheet

    if worksheet.exists():
        count = apply_worksheet(directory, worksheet)
        print_text(Text(f"已写入 {count} 处。接下来：daye validate {directory}。", f"{count} answers taken over. Next: daye validate {directory}."))
        return
    count = write_worksheet(directory, worksheet)
    print_text(Text(f"{count} 处待填。请在“answer 填写”一栏填写（判断无误写“是”），保存后再次运行本命令。",
              f"{count} rows to fill in. Answer in the column 'answer' (ok settles a judgement), save, and run this command again."))  # fmt: skip
    click.echo(worksheet)


@daye.command()
@click.option("--package", type=click.Path(path_type=Path), default=None, help="Folder, datapackage.json or .zip.")
@click.option("--as-of", default="", metavar="DATE", help="Day up to which figures count as known; default: today.")
@click.option("--frozen-by", type=click.Choice(["publication", "period"]), default="publication",
              help="What a forecast may use: what was published (decides), or all of its period (hindsight, decides nothing).")  # fmt: skip
@click.option("--archived", type=click.Path(path_type=Path, exists=True, file_okay=False), default=None, metavar="REPORTS",
              help="Instead score what the runs in this folder of reports have published, now that outcomes are known.")  # fmt: skip
@click.option("--pairs", type=click.Path(path_type=Path, dir_okay=False), default=None,
              help="Write every pair, or every published statement, as CSV.")  # fmt: skip
def backtest(package: Path | None, as_of: str, frozen_by: str, archived: Path | None, pairs: Path | None) -> None:
    """Test the forecasts on every series with three or more comparable points, or on what was published."""
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
    """Run the command and exit with its code; a problem is printed in words, never as a traceback."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit code."""
    try:
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
    except Exception as error:  # a fault of ours, reported as one
        if os.environ.get("DAYE_TRACEBACK"):
            raise
        print_problems([_fault(error)])
        return 1
    return result if isinstance(result, int) else 0


def _fault(error: Exception) -> Problem:
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    said = f"{type(error).__name__}: {error}"[:300]
    return worded(COMMAND_PROBLEMS, "program.fault", place, said=whole(said))
