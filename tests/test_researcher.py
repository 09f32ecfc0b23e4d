"""A researcher's first steps: finding by name, tidy tables that compare only what compares, citations, one's own figures."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from judged_package import DAY, view

import daye_analysis
from daye_analysis.bilingual import Language
from daye_analysis.errors import WrongUsage
from daye_analysis.package.definition import (
    ASSESSMENTS,
    DESCRIBED_TABLES,
    FIGURES_WANTED,
    TABLES,
    TIDY_TABLES,
)
from daye_analysis.session import session_language, use_language

LANGUAGES: tuple[Language, Language] = ("zh", "en")
NAMES = ("DAYE_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def test_the_library_offers_what_a_researcher_calls_and_nothing_else() -> None:
    asked = (
        "import daye_analysis, daye_analysis.views.view\n"  # rooms that are imported are no names of the library's
        "from IPython.core.completer import provisionalcompleter\n"
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance(); shell.push({'daye_analysis': daye_analysis})\n"
        "with provisionalcompleter():\n"
        "    print(*sorted(each.text for each in shell.Completer.completions('daye_analysis.', 14)))"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert said == ["Package", "load", "save", "use_language", "use_style"]


def test_a_package_offers_its_tables_and_questions() -> None:
    offered = [name for name in dir(view().package) if not name.startswith("_")]
    assert {"as_of", "assume", "describe", "search", "target", "with_figures", *(table.name for table in TABLES)} <= set(offered)
    assert {"cache", "record", "target_row"}.isdisjoint(offered)
    assert all(getattr(type(view().package), name).__doc__ for name in ("as_of", "describe", "search", "target", "with_figures"))


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"DAYE_LANGUAGE": "zh", "LANG": "en_GB.UTF-8"}, "zh"),
        ({"DAYE_LANGUAGE": "en", "LANGUAGE": "zh_CN:zh"}, "en"),
        ({"LANGUAGE": "zh_CN:en", "LANG": "en_US.UTF-8"}, "zh"),
        ({"LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LC_MESSAGES": "zh_TW", "LANG": "de_DE"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_a_session_speaks_its_users_language(variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("locale.getlocale", lambda: ("C", "UTF-8"))
    assert session_language() == language
    monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert session_language() == ("zh" if not variables else language)


def test_a_language_once_chosen_holds_for_the_session(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAYE_LANGUAGE", "en")
    assert use_language("zh") == "zh"
    assert "高新技术企业数" in set(view().targets()["target"])
    assert "牵头" in repr(view().target("high_tech_enterprises"))
    assert view().targets(language="en")["target"].str.contains("High-tech").any()
    assert use_language() == "en"
    assert "High-tech enterprises" in set(view().targets()["target"])
    with pytest.raises(WrongUsage, match=r"package\.unknown-language"):
        view().targets(language="fr")


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("high_tech_enterprises", "high_tech_enterprises"),
        ("高新技术企业数", "high_tech_enterprises"),
        ("High-tech enterprises", "high_tech_enterprises"),
        ("  high-TECH   enterprises ", "high_tech_enterprises"),
        ("５G基站总数", "base_stations_5g"),
        ("High tech enterprises", "high_tech_enterprises"),
        ("T08", "innovation_platforms"),
    ],
)
def test_a_target_is_found_by_any_of_its_names(wanted: str, found: str) -> None:
    assert view().target(wanted).target_id == view().package.target(wanted).target_id == found


@pytest.mark.parametrize(
    ("wanted", "code", "near"),
    [
        ("T10", "selection.ambiguous", "rd_institution_coverage"),
        ("高新", "package.unknown-target", "high_tech_enterprises"),
        ("high_tech_entreprises", "package.unknown-target", "high_tech_enterprises"),
        ("", "package.unknown-target", ""),
    ],
)
def test_a_name_that_is_no_targets_brings_suggestions(wanted: str, code: str, near: str) -> None:
    with pytest.raises(WrongUsage) as raised:
        view().target(wanted)
    (problem,) = raised.value.problems
    assert problem.code == code
    assert near in problem.remedy.zh and near in problem.remedy.en


@pytest.mark.parametrize("name", ["science_bureau", "市科技局", "科技局", "Municipal Science and Technology Bureau", "science and technology bureau"])
def test_a_body_is_found_by_its_short_or_full_name(name: str) -> None:
    assert list(view().targets(lead=name)["target_id"]) == list(view().targets(lead="science_bureau")["target_id"]) != []


@pytest.mark.parametrize(
    ("ask", "code", "remedy"),
    [
        (lambda: view().targets("市科技局"), "package.unknown-target", "body="),
        (lambda: view().targets(lead="高新技术企业数"), "selection.unknown", "target()"),
        (lambda: view().targets(action="行动二"), "selection.unknown", "A2"),
        (lambda: view().cite("O68"), "cite.unknown", "o"),
        (lambda: view().cite("黄石市"), "cite.unknown", "o0001"),
        (lambda: view().package.assume("高新企业", 460, "2026-10-31"), "selection.unknown", "high_tech_enterprises"),
        (lambda: view().series("T10"), "selection.ambiguous", "rd_institution_coverage"),
    ],
)
def test_a_name_of_another_kind_or_a_slip_is_answered_with_what_to_write(ask: Any, code: str, remedy: str) -> None:
    with pytest.raises(WrongUsage) as raised:
        ask()
    (problem,) = raised.value.problems
    assert problem.code == code
    assert remedy in problem.remedy.zh and remedy in problem.remedy.en


def test_an_indicator_is_also_found_by_its_target_and_task() -> None:
    assert view().series("T08").equals(view().series("innovation_platforms"))
    assert view().package.assume("高新技术企业数", 460, "2026年10月31日").as_of(DAY).targets("高新技术企业数")["value"].item() == 460


@pytest.mark.parametrize("day", ["2026-11-29", "2026/11/29", "2026年11月29日", "2026.11.29", dt.date(2026, 11, 29), pd.Timestamp("2026-11-29 08:00")])
def test_a_day_is_read_with_the_year_first(day: Any) -> None:
    assert view().package.as_of(day).day == dt.date(2026, 11, 29)


@pytest.mark.parametrize("day", [2026, 20261129, "2026", "3/4/2026", "29 Nov 2026", "2026-02-30", pd.NaT, "tomorrow"])
def test_what_may_be_another_day_is_no_day(day: Any) -> None:
    with pytest.raises(WrongUsage, match=r"package\.not-a-day"):
        view().package.as_of(day)


def test_changes_are_told_since_a_day_too() -> None:
    assert view().changes_since("2025-11-29").equals(view().changes_since(view().package.as_of("2025-11-29")))


def test_search_finds_words_in_both_languages_everywhere() -> None:
    found = view().package.search("高新", "zh")
    assert {"目标", "机构", "指标", "来源"} <= set(found["kind"])
    assert "high_tech_enterprises" in set(found["id"])
    assert "high_tech_zone" in set(view().package.search("zone HIGH", "en")["id"])
    assert view().package.search("没有这样的东西", "zh").empty
    assert view().package.search("  ", "zh").empty


@pytest.mark.parametrize("table", [*TIDY_TABLES, ASSESSMENTS, FIGURES_WANTED], ids=lambda table: table.name)
def test_every_table_of_a_view_has_the_columns_that_describe_explains(table: Any) -> None:
    made = {
        "view.targets": view().targets,
        "view.figures": view().figures,
        "view.series": lambda: view().series("high_tech_enterprises"),
        "view.ambition": lambda: view().ambition("huangshi"),
        "assessments": view().assess,
        "figures_wanted": view().figures_wanted,
    }[table.name]()
    assert list(made.columns) == list(table.field_names)
    assert list(view().package.describe(table.name, language="zh")["column"]) == list(table.field_names)
    kinds = {"string": "OUS", "number": "f", "integer": "iu", "boolean": "bO", "date": "MO"}
    for field in table.fields:
        filled = made[field.name].dropna()
        if field.type in ("number", "integer") and len(filled):
            assert pd.api.types.is_numeric_dtype(made[field.name]), field.name
        assert made[field.name].dtype.kind in kinds[field.type] + "O", field.name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_dictionary_explains_every_table_column_and_code(language: Language) -> None:
    tables = view().package.describe(language=language)
    assert list(tables["table"]) == [each.name for each in DESCRIBED_TABLES]
    for each in DESCRIBED_TABLES:
        told = view().package.describe(each.name, language=language)
        assert told["title"].str.len().min() > 0 and told["description"].str.len().min() > 0
    codes = view().package.describe("targets", "scope", language)
    assert set(codes["code"]) == set(view().package.targets["scope"]) | {"sustained"}
    assert view().package.describe("targets", "value", language).empty


@pytest.mark.parametrize(("table", "field", "code"), [("aims", "", "selection.unknown"), ("targets", "aim", "package.unknown-field")])
def test_what_the_dictionary_lacks_is_said_with_what_it_has(table: str, field: str, code: str) -> None:
    with pytest.raises(WrongUsage, match=code.replace(".", r"\.")):
        view().package.describe(table, field)


def test_targets_show_no_aim_percentage_or_other_concept_as_a_result() -> None:
    figures = view().figures().set_index("observation_id")
    targets = view().targets(language="en")
    assert len(targets) == 39
    for row in targets.dropna(subset="value").itertuples():
        ids = view().target(row.target_id).assessment.value_observations.split()
        used = figures.loc[ids]
        assert set(used["statement"]) == {"outturn"} and set(used["concept"]) == {"same"}
        assert set(used["measure"]) <= {"level", "flow", "share_pct", "rank"}
    assert targets.loc[targets["evidence_class"].isin(["related_only", "nothing"]), ["value", "lower_bound", "upper_bound"]].isna().all(axis=None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_known_observation_is_one_row_with_its_use_and_source(language: Language) -> None:
    figures = view().figures(language=language)
    assert sorted(figures["observation_id"]) == sorted(view().observations["observation_id"])
    judged = figures.dropna(subset="target_id")
    evidence = view().evidence().set_index(["target_id", "observation_id"])[["role", "reason"]]
    assert judged.set_index(["target_id", "observation_id"])[["role", "reason"]].sort_index().equals(evidence.sort_index())
    assert figures[["indicator", "area", "period", "figure", "source", "permalink"]].notna().all(axis=None)
    aim = figures[figures["statement"] == "target"].iloc[0]
    assert ("目标" if language == "zh" else "target") in aim["figure"]
    grown = figures[figures["observation_id"] == "o0067"].iloc[0]
    assert grown["figure"].startswith("增幅" if language == "zh" else "growth")


@pytest.mark.parametrize("role", ["decides", "bounds", "context"])
def test_figures_are_narrowed_by_role_and_by_target(role: str) -> None:
    chosen = view().figures(lead="市科技局", role=role)
    assert set(chosen["role"]) <= {"decides", "context", "lower_bound", "upper_bound"}
    assert set(chosen["target_id"]) <= set(view().targets(lead="市科技局")["target_id"])
    assert len(chosen) < len(view().figures(lead="市科技局"))


def test_a_role_is_asked_for_by_its_label_too() -> None:
    assert set(view().figures(role="上限")["role"]) == {"upper_bound"}
    assert view().figures(role="可据以判断").equals(view().figures(role="decides"))


def test_roles_and_evidence_that_do_not_exist_are_refused() -> None:
    for ask in (lambda: view().figures(role="decisive"), lambda: view().targets(evidence="some")):
        with pytest.raises(WrongUsage, match=r"selection\.unknown"):
            ask()


def test_what_was_not_yet_published_is_in_no_table() -> None:
    early = view(dt.date(2025, 1, 31))
    assert early.figures()["known_on"].max() <= pd.Timestamp("2025-01-31")
    assert early.series("high_tech_enterprises")["known_on"].max() <= pd.Timestamp("2025-01-31")
    later = set(view().observations["observation_id"]) - set(early.observations["observation_id"])
    with pytest.raises(WrongUsage, match=r"cite\.not-yet-known"):
        early.cite(sorted(later)[0])


@pytest.mark.parametrize("indicator", ["high_tech_enterprises", "cluster_electronics", "industrial_investment_growth", "base_stations_5g", "gdp"])
def test_a_series_holds_one_unit_and_one_measure_and_marks_what_does_not_compare(indicator: str) -> None:
    series = view().series(indicator, language="en")
    everything = view().series(indicator, everything=True, language="en")
    known = view().observations[view().observations["indicator_id"] == indicator]
    assert set(everything["observation_id"]) | _corroborating(everything, known) == set(known["observation_id"])
    assert series["comparable"].all() and series["unit"].nunique() <= 1
    rows = known.set_index("observation_id").loc[series["observation_id"]]
    assert set(rows["statement"]) <= {"outturn"} and set(rows["concept"]) <= {"same"} and rows["measure"].nunique() <= 1
    assert not series.duplicated(["series", "period_end"]).any()
    marked = everything[~everything["comparable"]]
    assert marked["remark"].notna().all() and series["remark"].isna().all()
    assert "comparable" not in set(marked["remark"])


def _corroborating(series: pd.DataFrame, known: pd.DataFrame) -> set[str]:
    """Return figures that say the same as one shown, of the same place and period."""
    shown = series[series["comparable"]].set_index(["area_id", "period_end"])["value"]
    return {
        str(row.observation_id) for row in known.itertuples()
        if np.isclose(shown.get((row.area_id, row.period_end), np.nan), row.value, rtol=0.05).any()
    }  # fmt: skip


def test_growth_is_a_year_since_the_places_comparable_figure_before() -> None:
    series = view().series("high_tech_enterprises", ["xinjiang"])
    first, second = series["value"]
    assert series["growth"].tolist()[1] == pytest.approx(second / first - 1, rel=1e-3)
    assert np.isnan(series["growth"].iloc[0])
    assert view().series("high_tech_enterprises", "新疆维吾尔自治区").equals(series)


def test_a_target_is_set_beside_another_areas_figure_of_the_same_unit_and_kind() -> None:
    rows = view().ambition("黄石", language="zh")
    assert len(view().ambition()) > len(rows) > 5
    outturns = rows[rows["statement"] == "outturn"].set_index("target_id")
    assert outturns.loc["cluster_life_health", "ratio"] == pytest.approx(300 / 262.84)
    assert rows.loc[rows["statement"] == "target", "figure"].str.contains("目标").all()
    rows = outturns
    kinds = view().package.indicators.set_index("indicator_id")["quantity"]
    asked = view().package.targets.set_index("target_id").loc[rows.index, "indicator_id"].map(kinds)
    assert set(asked).isdisjoint({"cumulative_flow", "cumulative_reduction"})
    assert set(asked[rows["is_share"]]) <= {"stock", "output_value", "annual_flow"}
    assert set(rows["area_id"]) == {"huangshi"}


@pytest.mark.parametrize("key", ["o0067", "o0068", "o0640", "a-gwr2023", "high_tech_enterprises", "高新技术企业数", ""])
def test_a_citation_says_the_same_in_every_form(key: str) -> None:
    cited = view().cite(key)
    assert all(cited.text) and all("nan" not in each.lower().split() for each in cited.text)
    (item,) = json.loads(cited.csl_json())
    assert item["title"] and cited.bibtex.startswith("@misc{") and cited.bibtex.count("{") == cited.bibtex.count("}")
    if key.startswith("o0"):
        row = view().figures().set_index("observation_id").loc[key]
        assert row["source"] in cited.text.zh and row["source"] in cited.text.en
        assert row["source"] == item["title"]
        assert view().package.version in cited.text.zh
    assert ("增幅" in view().cite("o0067").text.zh) and ("目标" in view().cite("o0640").text.zh)


def test_a_title_with_signs_of_tex_stays_one_entry() -> None:
    sources = view().package.sources.assign(title="50% of {A} & B_1 \\ #2")
    hostile = replace(view().package, sources=sources).as_of(DAY)
    entry = hostile.cite("o0068").bibtex
    assert r"50\% of \{A\} \& B\_1 \textbackslash{} \#2" in entry


def test_an_assumption_is_cited_and_shown_as_one() -> None:
    assumed = view().package.assume("high_tech_enterprises", 460, "2026-10-31").as_of(DAY)
    (added,) = assumed.package.assumed
    assert "假设" in assumed.cite(added).text.zh
    shown = assumed.figures("high_tech_enterprises", language="en").set_index("observation_id").loc[added]
    assert shown["assumed"] and shown["role"] == "decides"
    assert assumed.targets(target="high_tech_enterprises")["rests_on_assumption"].item()
    changed = assumed.changes_since(view())
    assert list(changed["target_id"]) == ["high_tech_enterprises"]


def test_figures_wanted_are_narrowed_to_one_body() -> None:
    wanted = view().figures_wanted(body="科技局")
    assert set(wanted["unit_id"]) == {"science_bureau"}
    assert len(wanted) == (view().figures_wanted()["unit_id"] == "science_bureau").sum()


def test_ones_own_chart_has_chinese_and_leaves_nothing_to_install() -> None:
    import matplotlib as mpl

    with mpl.rc_context():
        daye_analysis.use_style()
        figure = mpl.figure.Figure()
        figure.text(0.5, 0.5, "高新技术企业数 −1")
        with pytest.MonkeyPatch.context():
            figure.canvas.draw()
        assert mpl.rcParams["font.family"] == ["Noto Sans SC"]
