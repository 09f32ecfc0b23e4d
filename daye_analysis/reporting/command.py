"""What `daye report` does: which notebooks, in which languages, one after the other, with progress."""

from __future__ import annotations

import ast
import difflib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.package.load import project_root


def make_reports(
    names: Sequence[str],
    *,
    as_of: str,
    languages: Sequence[Language],
    package: Path | None,
    reports: Path | None,
    parameters: Sequence[str],
    show_code: bool,
    timeout: float | None,
    keep: int | None,
    progress: bool,
    tell: Callable[[Text], None],
) -> list[Path]:
    """Make each named report (all without names) in each language; return the folders where they stand.

    `parameters` are `name=value` pairs for every notebook. `tell` is told what was made and where. Raises as
    `run_report` does; reports already made stay.
    """
    from tqdm import tqdm

    from daye_analysis.reporting.run import Settings, run_report

    notebooks = chosen_notebooks(names)
    given = dict(pair(each) for each in parameters)
    settings = Settings(**_settings(reports, timeout, show_code))
    started = time.monotonic()
    jobs = [(notebook, language) for notebook in notebooks for language in languages]
    folders = []
    with tqdm(jobs, disable=not progress, unit="report", leave=False) as bar:
        for notebook, language in bar:
            bar.set_description(f"{notebook.stem} {language}")
            result = run_report(
                notebook, given, package_path=package or project_root(), as_of=as_of, language=language, settings=settings
            )
            folders.append(result.folder)
            for note in result.notes:
                tell(note)
            tell(_told(notebook.stem, language, result.status, result.seconds))
    seconds = time.monotonic() - started
    tell(Text(f"{len(folders)} 份报告，用时 {seconds:.1f} 秒：", f"{len(folders)} reports in {seconds:.1f} seconds:"))
    return folders


def chosen_notebooks(names: Sequence[str]) -> list[Path]:
    """Return the notebooks called `names`, all that can be printed without names, in the order of their names.

    A name may be a path to a notebook of one's own. Raises WrongUsage with every unknown name.
    """
    folder = project_root() / "notebooks"
    known = {path.stem: path for path in sorted(folder.glob("*.ipynb"))}
    if not names:
        return [path for path in known.values() if is_report(path)]
    unknown = [name for name in names if name not in known and not name.endswith(".ipynb")]
    if unknown:
        raise WrongUsage(_unknown(name, list(known)) for name in unknown)
    return [known.get(name, Path(name)) for name in names]


def is_report(path: Path) -> bool:
    """Return whether the notebook is meant for printing: its metadata say `daye.report: false` if it is not."""
    import json

    metadata = json.loads(path.read_text(encoding="utf-8")).get("metadata", {})
    return bool(metadata.get("daye", {}).get("report", True))


def pair(text: str) -> tuple[str, Any]:
    """Return the name and value of `name=value`: a Python literal where it reads as one, else text."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise WrongUsage(
            Problem(
                "report.bad-parameter",
                Text(f"参数“{text}”不是“名称=值”。", f"The parameter '{text}' is not name=value."),
                "--parameter",
                Text("例如 --parameter top=5。", "Write for example --parameter top=5."),
            )
        )
    try:
        return name, ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


def _settings(reports: Path | None, timeout: float | None, show_code: bool) -> dict[str, Any]:
    from daye_analysis.reporting.execute import Limits

    settings: dict[str, Any] = {"reports": reports or project_root() / "reports"}
    if timeout is not None:
        settings["limits"] = Limits(seconds=timeout)
    return settings


def _told(name: str, language: Language, status: str, seconds: float) -> Text:
    if status == "skipped":
        return Text(f"{name}（{language}）：已有相同报告，未重做。", f"{name} ({language}): stands already, not made again.")
    return Text(f"{name}（{language}）：已生成，{seconds:.1f} 秒。", f"{name} ({language}): made in {seconds:.1f} s.")


def _unknown(name: str, known: list[str]) -> Problem:
    near = difflib.get_close_matches(name, known, n=2) or known
    return Problem(
        "report.unknown-notebook",
        Text(f"没有名为“{name}”的笔记本。", f"There is no notebook called '{name}'."),
        name,
        Text(f"可用：{'、'.join(near)}。", f"There are: {', '.join(near)}."),
    )
