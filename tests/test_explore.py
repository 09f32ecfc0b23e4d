"""How a researcher meets the package: choosing targets, tables that sort, a list to choose from, figures of one's own."""

from __future__ import annotations

import builtins
import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from judged_package import DAY, view
from pdf_help import notebook, options
from runner_help import CODE, executed, settings, shared_server

from daye_analysis import load
from daye_analysis.charts import explorer
from daye_analysis.charts.brief.state import evidence_bar
from daye_analysis.charts.examples import examples
from daye_analysis.charts.selection import selection_table
from daye_analysis.errors import CheckFailed, DayeError, WrongUsage
from daye_analysis.reporting.documents import render_html
from daye_analysis.reporting.runs.plan import plan_run
from daye_analysis.reporting.runs.run import make
from daye_analysis.views.added_observations import with_figures
from daye_analysis.views.package import Package


def package() -> Package:
    return view().package


WIDGET = "application/vnd.jupyter.widget-view+json"
SOURCE = {
    "source_id": "made-up", "title": "示例", "publisher": "示例", "kind": "other", "tier": "media", "known_on": "2026-02-01",
    "url": "https://example.org/made-up",
}  # fmt: skip
FIGURE = {"indicator_id": "firms_on_cloud", "measure": "flow", "period_start": "2024-01-01", "period_end": "2025-12-31",
          "value": 240}  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"cluster": "nev_icv"}, {"cluster_nev_icv"}),
        ({"cluster": "Life and health"}, {"cluster_life_health"}),
        ({"action": "A2", "evidence": "comparable"}, {"gazelle_unicorn_firms"}),
        ({"evidence": "有同口径数据"}, {"gazelle_unicorn_firms", "high_tech_enterprises"}),
        ({"lead": "市科技局", "evidence": "comparable"}, {"high_tech_enterprises"}),
        ({"cluster": "nev_icv", "evidence": "nothing"}, set()),
    ],
)
def test_conditions_combine(filters: dict[str, Any], wanted: set[str]) -> None:
    assert set(view().targets(**filters)["target_id"]) == wanted


def test_without_a_condition_all_are_chosen_in_the_lists_order() -> None:
    chosen = view().targets()
    tasks = package().tasks.set_index("task_id")["position"]
    assert sorted(chosen["target_id"]) == sorted(view().assess()["target_id"])
    assert tasks.loc[chosen["task_id"]].is_monotonic_increasing


def test_an_alias_is_as_good_as_a_name_and_who_leads_takes_part() -> None:
    alias = package().unit_aliases.iloc[0]
    by_alias = set(view().targets(body=alias["alias_zh"])["target_id"])
    assert by_alias == set(view().targets(body=alias["unit_id"])["target_id"]) != set()
    assert set(view().targets(lead="市科技局")["target_id"]) < set(view().targets(body="市科技局")["target_id"])


@pytest.mark.parametrize(
    ("filters", "near"),
    [({"body": "科技"}, "市科技局"), ({"action": "A9"}, "A7"), ({"cluster": "nev"}, "nev_icv"), ({"evidence": "comparables"}, "comparable")],
)
def test_an_unknown_name_is_told_with_the_nearest(filters: dict[str, Any], near: str) -> None:
    with pytest.raises(WrongUsage, match=r"selection\.unknown") as raised:
        view().targets(**filters)
    assert near in raised.value.problems[0].remedy.zh


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_package_without_clusters_says_so_in_place_of_a_choice_by_cluster(language: Any) -> None:
    root = Path(__file__).resolve().parents[1] / "examples" / "shili-county" / "package"
    invented = load(root).of_plan("").as_of(DAY)
    found = examples(invented)
    assert found.cluster == ""
    with pytest.raises(WrongUsage, match=r"selection\.none") as raised:
        invented.targets(cluster="汽车")
    assert ("数据包里没有" if language == "zh" else "names no cluster") in raised.value.problems[0].say(language)
    assert "原文未点名牵头单位" in invented.target("t02_1").explain("zh")
    still = shown(explorer.series_chart(invented, found.indicator, language=language))
    assert "<svg" in still["image/svg+xml"], "a package without any comparable figure has a chart, though an empty one"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_choice_is_shown_in_words(language: Any) -> None:
    table = selection_table(view(), language, view().targets(cluster="nev_icv"))
    (row,) = table.frame.to_dict("records")
    assert ("315.08 亿元" if language == "zh" else "CNY 31.508 billion") in " ".join(row.values())
    assert selection_table(view(), language, view().targets(cluster="nev_icv", evidence="nothing")).frame.empty


def shown(thing: Any) -> dict[str, Any]:
    data: dict[str, Any] = thing._repr_mimebundle_()[0]
    return data


def things() -> list[Any]:
    chosen = view().targets(evidence="bounds_only")
    known = view().target("cluster_nev_icv").evidence()
    return [
        explorer.sortable(selection_table(view(), "zh", chosen)),
        explorer.sortable(known[["period_end", "value", "title"]], "en"),
        explorer.browse_targets(view(), chosen, "en"),
    ]


@pytest.mark.parametrize("place", range(3))
def test_what_moves_has_the_same_content_standing_still(place: int) -> None:
    pytest.importorskip("anywidget")
    data = shown(things()[place])
    assert set(data) == {WIDGET, "text/html", "text/plain"}
    still = render_html(notebook(data), options(strict=False))
    assert "CNY 50 billion" in still or "315.08" in still


@pytest.mark.parametrize("place", range(3))
def test_without_the_libraries_it_stands_still(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.split(".")[0] in ("itables", "ipywidgets", "anywidget"):
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert set(shown(things()[place])) == {"text/html", "text/plain"}


def test_nothing_to_choose_from_is_no_error() -> None:
    nothing = view().targets(cluster="nev_icv", evidence="nothing")
    assert shown(explorer.browse_targets(view(), nothing, "zh"))["text/plain"] == ""


def test_a_chosen_target_is_shown_and_escaped() -> None:
    pytest.importorskip("ipywidgets")
    browser = explorer.browse_targets(view(), language="zh")
    choice, page = browser._widget().children
    choice.value = "cluster_nev_icv"
    assert "315.08" in page.value
    assert page.value == browser.page("cluster_nev_icv")
    sources = package().sources.assign(title="<script>alert(1)</script>")
    hostile = replace(package(), sources=sources)
    assert "<script" not in explorer.browse_targets(hostile.as_of(DAY), language="zh").page("cluster_nev_icv")


def test_a_chart_in_a_page_says_what_it_shows_and_styles_nothing_else() -> None:
    chart = evidence_bar(view(), "zh")
    assert chart is not None
    page = shown(chart)["text/html"]
    assert f'aria-label="{chart.alt}"' in page
    assert chart.caption in page
    assert "<style" not in page
    assert "stroke-linejoin" in page
    assert "<svg" in shown(chart)["image/svg+xml"]


def test_a_sourced_figure_decides_as_a_published_one_and_only_from_the_day_it_was_known() -> None:
    more = with_figures(package(), SOURCE, [FIGURE])
    row = more.observations.iloc[-1]
    assert row["observation_id"] not in set(package().observations["observation_id"])
    assert (row["area_id"], row["unit_code"], row["concept"]) == ("daye", "firms", "same")
    assert more.observations.dtypes.equals(package().observations.dtypes)
    after = more.as_of(DAY).assess().set_index("target_id").loc["firms_on_cloud"]
    before = more.as_of(dt.date(2026, 1, 31)).assess().set_index("target_id").loc["firms_on_cloud"]
    assert (after["value"], after["rests_on_assumption"]) == (240, False)
    assert before["evidence_class"] == "nothing"
    assert len(package().observations) + 1 == len(more.observations)


def test_figures_of_a_source_that_is_there_and_beside_an_assumption() -> None:
    assumed = package().assume("firms_on_cloud", 100, "2024-12-31", "2024-01-01")
    more = with_figures(assumed, {"source_id": "c-hsdcw-2026-01"}, [FIGURE, {**FIGURE, "value": 239}])
    ids = list(more.observations["observation_id"].tail(3))
    assert len(set(ids)) == 3
    assert ids[0].startswith("assumption")
    assert more.assumed == assumed.assumed
    assert len(more.sources) == len(assumed.sources)


def test_a_figure_may_name_its_indicator_and_area_and_come_as_a_frame() -> None:
    named = {**FIGURE, "indicator_id": "上云企业数", "area_id": "黄石"}
    names = package().indicators.set_index("indicator_id")["name_zh"]
    named["indicator_id"] = names["firms_on_cloud"]
    rows = pd.DataFrame([named, {**FIGURE, "value": 239, "period_start": None, "measure": None, "indicator_id": "high-tech enterprises"}])
    more = with_figures(package(), SOURCE, rows).observations.tail(2)
    assert list(more["indicator_id"]) == ["firms_on_cloud", "high_tech_enterprises"]
    assert list(more["area_id"].fillna("")) == ["huangshi", "daye"]


@pytest.mark.parametrize(("source", "figures"), [(SOURCE, FIGURE), ("made-up", [FIGURE])])
def test_a_figure_or_source_that_is_no_row_is_told_in_a_sentence(source: Any, figures: Any) -> None:
    with pytest.raises(WrongUsage, match=r"package\.no-row"):
        with_figures(package(), source, figures)


def test_a_figure_takes_the_measure_of_its_kind() -> None:
    less = {name: value for name, value in FIGURE.items() if name != "measure"}
    assert with_figures(package(), SOURCE, [less]).observations["measure"].iloc[-1] == "flow"


def test_examples_are_the_packages_own_and_can_be_tried() -> None:
    found = examples(view())
    assert set(view().targets(lead=found.body)["target_id"])
    assert set(view().targets(cluster=found.cluster)["target_id"]) == {found.target}
    assumed = package().assume(**found.assumption).as_of(DAY).assess()
    assert assumed["rests_on_assumption"].sum() == 1
    assert "example.assumption" in found._repr_html_()


def test_examples_can_be_tried_in_the_first_year_of_a_plan() -> None:
    sums = replace(package(), indicators=package().indicators.assign(quantity="cumulative_flow"))
    found = examples(sums.as_of(dt.date(2024, 6, 30)))
    assert sums.assume(**found.assumption).observations["period_end"].iloc[-1] == pd.Timestamp("2023-12-31")


@pytest.mark.parametrize(
    ("source", "figure", "code"),
    [
        (SOURCE, {**FIGURE, "indicator_id": "nothing_such"}, "selection.unknown"),
        (SOURCE, {**FIGURE, "value": float("nan")}, "cell.not-number"),
        (SOURCE, {**FIGURE, "period_start": ""}, "period.flow-without-start"),
        ({**SOURCE, "source_id": "a-gwr2023"}, FIGURE, "key.twice"),
        ({**SOURCE, "tier": "rumour"}, FIGURE, "cell.unknown-code"),
        ({"source_id": "no-such-source"}, FIGURE, "key.not-found"),
        (SOURCE, {**FIGURE, "worth": 1}, "package.unknown-field"),
    ],
)
def test_a_figure_is_checked_as_published_ones_are(source: dict[str, Any], figure: dict[str, Any], code: str) -> None:
    with pytest.raises(DayeError) as raised:
        with_figures(package(), source, [figure])
    assert isinstance(raised.value, CheckFailed | WrongUsage)
    assert code in {problem.code for problem in raised.value.problems}


def test_the_notebook_runs_whole(tmp_path: Path) -> None:
    path = Path(__file__).resolve().parents[1] / "notebooks" / "explore.ipynb"
    given = {"exports": str(tmp_path / "exports")}
    run = plan_run(path, given, package_path=path.parents[1], as_of=DAY, language="en", code=CODE)
    notebook = executed(make(run, settings(tmp_path), shared_server()))
    outputs = {cell["id"]: cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code"}
    assert all(outputs[name] for name in outputs if not name.endswith("parameters"))
    assert all({"text/html", "image/svg+xml"} & set(output["data"]) for found in outputs.values() for output in found)
    assert "assumed, not published" in str(outputs["assume"])
    assert len(list((tmp_path / "exports").rglob("*.xlsx"))) == 1


@pytest.mark.parametrize(("language", "asked_title", "known"), [("zh", "要求", "315.08"), ("en", "Asked", "CNY 31.508 billion")])
def test_ten_questions_are_answered_in_at_most_five_lines_each(tmp_path: Path, language: Any, asked_title: str, known: str) -> None:
    path = Path(__file__).resolve().parents[1] / "notebooks" / "questions.ipynb"
    run = plan_run(path, {"folder": str(tmp_path)}, package_path=path.parents[1], as_of=DAY, language=language, code=CODE)
    ran = executed(make(run, settings(tmp_path), shared_server()))
    asked = [cell for cell in ran["cells"] if cell["cell_type"] == "code" and "parameters" not in "".join(cell["metadata"].get("tags", []))][1:]
    assert len(asked) == 10
    assert all(len("".join(cell["source"]).splitlines()) <= 5 for cell in asked)
    assert all(cell["outputs"] for cell in asked)
    shown = [str(cell["outputs"]) for cell in asked]
    for at, words in enumerate(("reason_label", "median", "1.14", known, "cluster_nev_icv", "", "", "423", "science_bureau", "per_10k")):
        assert words in shown[at], (at, words)
    assert (tmp_path / "high_tech.png").read_bytes().startswith(b"\x89PNG")
    page = (tmp_path / "science_bureau.html").read_text(encoding="utf-8")
    assert f">{asked_title}</th>" in page and "≥ 450" in page
