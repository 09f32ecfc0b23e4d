"""Made-up figures for single targets of the project's own list, and all that the project says of each target then."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pandas as pd

from daye_analysis import load
from daye_analysis.bilingual import Language
from daye_analysis.charts import (
    cards,
    citations,
    distance_chart,
    growth_chart,
    headline,
    path_chart,
    selection,
)
from daye_analysis.charts.brief import findings, movement
from daye_analysis.charts.clusters import aims, starts
from daye_analysis.charts.display import Picture, PrintTable, Prose
from daye_analysis.charts.explorer import browse_targets
from daye_analysis.charts.overview import page as overview
from daye_analysis.views.added_observations import with_figures
from daye_analysis.views.package import Package
from daye_analysis.views.view import View

Figure = Mapping[str, Any]
Change = Callable[[Package], Package]
BEFORE, AFTER = "2026-11-29", "2027-03-01"


@dataclass(frozen=True)
class Case:
    """One target, the figures that were published on it, and what must be said of it.

    Attributes
    ----------
    target
        A target of the list; all that is really known of it is left out, unless `real`.
    figures
        What was published, each with `known_on` and whatever else differs from an exact outturn; the source is that day's.
    day
        The day of judgement.
    status
        The status, as in the assessments.
    said
        The verdict in words, in zh and en.
    later
        What a later date adds, in zh and en.
    needed
        The growth that is still required, in zh and en; empty where none may be spoken of.
    gap
        What is still missing, in zh and en.
    change
        What else differs in the package.
    real
        Whether the published figures stay.
    """

    target: str
    figures: tuple[Figure, ...]
    day: str
    status: str
    said: tuple[str, str]
    later: tuple[str, str] = ("", "")
    needed: tuple[str, str] = ("", "")
    gap: tuple[str, str] = ("", "")
    change: Change = field(default=lambda package: package)
    real: bool = False


def level(on: str, value: float, **more: Any) -> Figure:
    """Return a level at the end of a day, known by the day of judgement."""
    return {"period_end": on, "value": value, "known_on": "2026-11-15" if on < "2026-11" else "2027-02-15", **more}


def flow(first: str, last: str, value: float, **more: Any) -> Figure:
    """Return the amount of a period."""
    return {"period_start": first, **level(last, value), **more}


def year(of: int, value: float, **more: Any) -> Figure:
    """Return the amount of a calendar year."""
    return flow(f"{of}-01-01", f"{of}-12-31", value, **more)


def falling(package: Package) -> Package:
    """Return the package with every target turned round: at most its value, and less is better."""
    return replace(
        package,
        targets=package.targets.assign(comparator="le"),
        indicators=package.indicators.assign(direction="decrease"),
    )


@cache
def published() -> Package:
    """Return the package as published, with its one plan."""
    return load().of_plan()


def package_of(case: Case) -> Package:
    """Return the package with one target, and what the case has published on it."""
    base = published()
    target = base.targets[base.targets["target_id"] == case.target]
    indicator = str(target["indicator_id"].iloc[0])
    observations = base.observations
    if not case.real:
        observations = observations[observations["indicator_id"] != indicator]
    package = replace(base, targets=target.reset_index(drop=True), observations=observations.reset_index(drop=True))
    for number, figure in enumerate(case.figures, 1):
        known_on = str(figure["known_on"])
        source = {
            "source_id": f"made-up-{number}", "title": f"示例来源{number}", "publisher": f"示例单位{number}", "kind": "other",
            "tier": "official", "published": known_on, "known_on": known_on, "url": f"https://example.org/{number}",
        }  # fmt: skip
        cells = {name: cell for name, cell in figure.items() if name not in ("known_on", "supersedes")}
        package = with_figures(package, source, [{"indicator_id": indicator, "observation_id": made(number), **cells}])
    # A figure is checked beside those of the files only, which none of the made-up ones replaces.
    replaced = {made(number): figure.get("supersedes", pd.NA) for number, figure in enumerate(case.figures, 1)}
    rows = package.observations
    supersedes = rows["supersedes"].mask(rows["observation_id"].isin(replaced), rows["observation_id"].map(replaced))
    return case.change(replace(package, observations=rows.assign(supersedes=supersedes.astype("string"))))


def made(number: int) -> str:
    """Return the identifier of the figure that a case publishes as its `number`-th."""
    return f"o9{number:03d}"


def view_of(case: Case) -> View:
    """Return a case's package as of its day."""
    return package_of(case).as_of(case.day)


def statements(view: View, language: Language) -> dict[str, str]:
    """Return everything that is said of the one target of a view, by where it is said."""
    (target_id,) = view.assess()["target_id"]
    numbers = citations.CitationNumbers()
    card = [each for each in cards.target_cards(view, language, numbers) if isinstance(each, Prose)]
    said = {
        "explain": _verdict_line(view.target(target_id).explain(language), language),
        "browser": _verdict_line(re.sub("<.*?>", "\n", html.unescape(browse_targets(view, language=language).page(target_id))), language),
        "card": "\n".join(line for each in card for line in each.markdown.split("\n") if line.startswith(("**", "- "))),
        "overview": _text(overview.overview_table(view, language, numbers)),
        "growth table": _text(headline.required_growth_table(view, language)),
        "bounds table": _text(findings.bounds_table(view, language, numbers)),
        "verdicts table": _text(findings.verdicts_table(view, language, numbers)),
        "selection": _text(selection.selection_table(view, language)),
        "what changed": _text(movement.moved_table(view, language, _nothing_known(view))),
        "distance chart": _text(distance_chart.distance_chart(view, language)),
        "growth chart": _text(growth_chart.growth_chart(view, language)),
        "path chart": _text(path_chart.path_chart(view, language)),
    }
    if target_id.startswith("cluster"):
        said["cluster table"] = _text(aims.required_table(view, language, numbers))
        said["cluster chart"] = _text(aims.aims_chart(view, language))
        said["starts chart"] = _text(starts.starts_chart(view, language))
    return said


def _nothing_known(view: View) -> pd.DataFrame:
    """Return what is judged of the view's target where nothing was published on it."""
    row = view.package.targets.iloc[0]
    return _judged_without(str(row["target_id"]), row["comparator"] == "le", view.day)


@cache
def _judged_without(target_id: str, falls: bool, day: dt.date) -> pd.DataFrame:
    """Return the assessment of one target of the list on a day, without any figure on it; the same for many cases."""
    base = published()
    target = base.targets[base.targets["target_id"] == target_id].reset_index(drop=True)
    kept = base.observations[~base.observations["indicator_id"].isin(target["indicator_id"])].reset_index(drop=True)
    package = replace(base, targets=target, observations=kept)
    return (falling(package) if falls else package).as_of(day).assess()


def _verdict_line(told: str, language: Language) -> str:
    begins = {"zh": "截至", "en": "As of"}[language]
    return next(line for line in told.split("\n") if line.startswith(begins))


def _text(shown: PrintTable | Prose | Picture | None) -> str:
    """Return the words of what is shown; none for a sentence that only says that there is nothing."""
    if isinstance(shown, PrintTable):
        return "\n".join(str(cell) for row in shown.frame.itertuples(index=False) for cell in row)
    if isinstance(shown, Picture):
        return shown.alt
    return ""


def cells(view: View) -> dict[str, Any]:
    """Return the one row of a view's assessments."""
    (row,) = view.assess().to_dict("records")
    return {name: (None if not isinstance(cell, str) and pd.isna(cell) else cell) for name, cell in row.items()}
