"""One verdict on a target, whoever tells it: brief, card, tables, charts, explanation, assessments and evidence agree."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

import pandas as pd
import pytest
from verdict_cases import AFTER, BEFORE, Case, cells, falling, flow, level, made, statements, view_of, year

from daye_analysis.bilingual import Language
from daye_analysis.charts import cards
from daye_analysis.charts.citations import CitationNumbers
from daye_analysis.charts.display import PrintTable
from daye_analysis.views.view import View

LANGUAGES: tuple[Language, ...] = ("zh", "en")
FIRMS: Final = "secondary_node_firms"  # at least 100 firms, of which nothing is known
MORE: Final = "innovation_platforms"  # more than 90 platforms
CLUSTER: Final = "cluster_high_end_equipment"  # a year's output of at least CNY 30 billion
SUM: Final = "firms_on_cloud"  # at least 300 firms since the plan's start
EACH: Final = "project_starts_annual"  # at least 30 projects in each year from 2024
SHARE: Final = "sei_share"  # at least 17 %
HELD: Final = "rd_institution_coverage"  # 100 %, to be held

CASES: Final[dict[str, Case]] = {
    "a later bound above the target": Case(
        "high_tech_enterprises", (level("2026-10-31", 450, bound="more_than"),), BEFORE, "at_level",
        ("2026年10月末已达到", "reached at the end of October 2026"), real=True,
    ),
    "a later bound that settles nothing": Case(
        FIRMS, (level("2025-12-31", 80), level("2026-10-31", 85, bound="more_than")), BEFORE, "no_baseline",
        ("2025年末未达到；缺基期，不评价进度", "not reached at the end of 2025; no baseline, so progress is not assessed"),
        later=("超过 85 家（2026年10月末），尚不足以判定", "more than 85 firms (end of October 2026), which does not settle it"),
        needed=("2026 年增长 25.0%", "25.0 % in 2026"), gap=("至少还需增加 20 家", "20 firms short of the target"),
    ),
    "a later bound below the target": Case(
        FIRMS, (level("2025-12-31", 80), level("2026-10-31", 95, bound="at_most")), BEFORE, "bounded_above",
        ("2026年10月末未达到", "not reached at the end of October 2026"),
        needed=("到2026年末至少增长 5.3%", "at least 5.3 % by the end of 2026"),
    ),
    "the due date met": Case(
        FIRMS, (level("2025-12-31", 80), level("2026-12-31", 100)), AFTER, "met", ("完成（2026年末）", "met (end of 2026)")
    ),
    "the due date missed": Case(
        FIRMS, (level("2023-12-31", 40), level("2026-12-31", 99)), AFTER, "not_met", ("未完成（2026年末）", "not met (end of 2026)")
    ),
    "the due date met by a bound": Case(
        FIRMS, (level("2025-12-31", 80), level("2026-12-31", 100, bound="more_than")), AFTER, "met",
        ("完成（2026年末）", "met (end of 2026)"),
    ),
    "the due date open by a bound": Case(
        FIRMS, (level("2025-12-31", 80), level("2026-12-31", 90, bound="at_least")), AFTER, "bounded_below",
        ("尚不能判断（2026年末，只知下限）", "not settled (end of 2026, only a lower bound)"),
    ),
    "the due date without a figure": Case(
        FIRMS, (level("2023-12-31", 40), level("2025-12-31", 80)), AFTER, "no_due_figure",
        ("未见目标期末数据；最近一期：2025年末未达到", "no figure for the due date; last known: not reached at the end of 2025"),
    ),
    "ahead of the even schedule": Case(
        FIRMS, (level("2023-12-31", 40), level("2025-12-31", 95)), BEFORE, "ahead",
        ("快于预期（2025年末）", "ahead of expectations (end of 2025)"),
        needed=("2026 年增长 5.3%", "5.3 % in 2026"), gap=("至少还需增加 5 家", "5 firms short of the target"),
    ),
    "lagging": Case(
        FIRMS, (level("2023-12-31", 40), level("2025-12-31", 60)), BEFORE, "lagging", ("滞后（2025年末）", "lagging (end of 2025)"),
        needed=("2026 年增长 66.7%", "66.7 % in 2026"), gap=("至少还需增加 40 家", "40 firms short of the target"),
    ),
    "a figure superseded, before that was known": Case(
        FIRMS, (level("2025-12-31", 80, known_on="2026-03-01"), level("2025-12-31", 104, known_on="2026-09-01", supersedes=made(1))),
        "2026-08-31", "no_baseline", ("2025年末未达到；缺基期，不评价进度", "not reached at the end of 2025; no baseline, so progress is not assessed"),
        needed=("2026 年增长 25.0%", "25.0 % in 2026"), gap=("至少还需增加 20 家", "20 firms short of the target"),
    ),
    "a figure superseded": Case(
        FIRMS, (level("2025-12-31", 80, known_on="2026-03-01"), level("2025-12-31", 104, known_on="2026-09-01", supersedes=made(1))),
        BEFORE, "at_level", ("2025年末已达到", "reached at the end of 2025"),
    ),
    "a target to be held, lost once": Case(
        HELD, (level("2024-12-31", 100), level("2025-12-31", 96)), BEFORE, "lost",
        ("曾达到目标值，其后未保持（2025年末）", "reached, since lost (end of 2025)"), gap=("至少还需提高 4 个百分点", "4 points short of the target"),
    ),
    "a target to be held, lost once and met": Case(
        HELD, (level("2024-12-31", 100), level("2025-12-31", 96), level("2026-12-31", 100)), AFTER, "met",
        ("完成（2026年末）：期间曾未达目标值", "met (end of 2026): not at the target in between"),
    ),
    "a target that falls": Case(
        FIRMS, (level("2025-12-31", 120),), BEFORE, "no_baseline",
        ("2025年末未达到；缺基期，不评价进度", "not reached at the end of 2025; no baseline, so progress is not assessed"), change=falling,
        needed=("2026 年下降 16.7%", "a fall of 16.7 % in 2026"), gap=("至少还需减少 20 家", "it must fall by at least 20 firms"),
    ),
    "a target that falls, by a bound": Case(
        FIRMS, (level("2025-12-31", 120, bound="at_least"),), BEFORE, "bounded_below",
        ("2025年末未达到", "not reached at the end of 2025"), change=falling,
        needed=("2026 年至少下降 16.7%", "at least a fall of 16.7 % in 2026"),
    ),
    "a target that falls, reached": Case(
        FIRMS, (level("2025-12-31", 120), level("2026-10-31", 99, bound="at_most")), BEFORE, "at_level",
        ("2026年10月末已达到", "reached at the end of October 2026"), change=falling,
    ),
    "a part of the year that passes the target": Case(
        CLUSTER, (year(2025, 250), flow("2026-01-01", "2026-09-30", 305)), BEFORE, "reached_during_year",
        ("年内已达目标值（2026年）", "reached during the year (2026)"),
    ),
    "a part of the year that does not": Case(
        CLUSTER, (year(2025, 250), flow("2026-01-01", "2026-09-30", 210)), BEFORE, "no_baseline",
        ("2025年未达到；缺基期，不评价进度", "not reached in 2025; no baseline, so progress is not assessed"),
        later=("210 亿元（2026年1—9月），尚不足以判定", "CNY 21 billion (Jan–Sep 2026), which does not settle it"),
        needed=("2026 年增长 20.0%", "20.0 % in 2026"), gap=("至少还需增加 50 亿元", "CNY 5 billion short of the target"),
    ),
    "a year's output on its schedule": Case(
        CLUSTER, (year(2023, 150), year(2025, 250)), BEFORE, "in_line", ("基本符合预期（2025年）", "broadly in line (2025)"),
        needed=("2026 年增长 20.0%", "20.0 % in 2026"), gap=("至少还需增加 50 亿元", "CNY 5 billion short of the target"),
    ),
    "a year's output after the due date": Case(
        CLUSTER, (year(2023, 150), year(2026, 290)), AFTER, "not_met", ("未完成（2026年）", "not met (2026)")
    ),
    "a year's output between bounds": Case(
        CLUSTER, (year(2025, 100, concept="narrower"), year(2025, 280, area_id="huangshi")), BEFORE, "bounded",
        ("2025年未达到", "not reached in 2025"), needed=("2026 年增长 7.1%—200.0%", "7.1 % to 200.0 % in 2026"),
    ),
    "two sources that contradict each other": Case(
        FIRMS, (level("2025-12-31", 80), level("2025-12-31", 104)), BEFORE, "conflict",
        ("数据不一致（2025年末）", "figures conflict (end of 2025)"),
    ),
    "an inferred date": Case(
        FIRMS, (level("2025-12-31", 104, date_basis="inferred"),), BEFORE, "at_level",
        ("2025年末（时间为推断）已达到", "reached at the end of 2025 (date inferred)"),
    ),
    "a count that must be passed": Case(
        MORE, (level("2024-12-31", 60),), BEFORE, "no_baseline",
        ("2024年末未达到；缺基期，不评价进度", "not reached at the end of 2024; no baseline, so progress is not assessed"),
        needed=("年均增长 23.2%", "23.2 % a year"),
        gap=("至少还需增加 31 家（目标为超过 90 家", "31 platforms short of the target (the target is more than 90 platforms"),
    ),
    "a count that must be passed, reached only": Case(
        MORE, (level("2026-12-31", 90),), AFTER, "not_met", ("未完成（2026年末）", "not met (end of 2026)")
    ),
    "about the target": Case(
        FIRMS, (level("2025-12-31", 80), level("2026-10-31", 100, bound="about")), BEFORE, "no_baseline",
        ("2025年末未达到；缺基期，不评价进度", "not reached at the end of 2025; no baseline, so progress is not assessed"),
        needed=("2026 年增长 25.0%", "25.0 % in 2026"), gap=("至少还需增加 20 家", "20 firms short of the target"),
    ),
    "met at the start": Case(
        FIRMS, (level("2023-12-31", 105), level("2025-12-31", 110)), BEFORE, "met_at_start",
        ("规划期初已达目标值，优于目标值 10.0%（2025年末）", "met at the start, with headroom of 10.0 % (end of 2025)"),
    ),
    "at the target at the base, no longer since": Case(
        FIRMS, (level("2023-12-31", 105), level("2025-12-31", 95)), BEFORE, "not_assessed",
        ("2025年末未达到；进度暂不评价：基期已达目标值，其后未达",
         "not reached at the end of 2025; progress not assessed: at the target at the base, no longer since"),
        needed=("2026 年增长 5.3%", "5.3 % in 2026"), gap=("至少还需增加 5 家", "5 firms short of the target"),
    ),
    "only from before the plan": Case(
        FIRMS, (level("2022-06-30", 60),), BEFORE, "not_assessed",
        ("暂不评价：只有规划期以前的数据", "not assessed: only figures from before the plan"),
        needed=("年均增长 12.0%", "12.0 % a year"), gap=("至少还需增加 40 家", "40 firms short of the target"),
    ),
    "an annual target missed once": Case(
        EACH, (year(2024, 28), year(2025, 41)), BEFORE, "not_met", ("未完成（2024年）", "not met (2024)")
    ),
    "an annual target met each year": Case(
        EACH, (year(2024, 33), year(2025, 41), year(2026, 36)), AFTER, "met", ("完成（2024—2026年）", "met (2024–2026)")
    ),
    "an annual target known in part": Case(
        EACH, (year(2025, 41),), BEFORE, "not_assessed",
        ("暂不评价：数据未覆盖规划起始以来的全部时间", "not assessed: figures do not cover all the time since the plan's start"),
    ),
    "a sum that is reached early": Case(
        SUM, (flow("2024-01-01", "2025-12-31", 310),), BEFORE, "achieved_early",
        ("提前实现（自2024—2025年起）", "achieved early (since 2024–2025)"),
    ),
    "a level that is reached early and held": Case(
        FIRMS, (level("2023-12-31", 40), level("2025-12-31", 103), level("2026-12-31", 110)), AFTER, "achieved_early",
        ("提前实现（自2025年末起）", "achieved early (since the end of 2025)"),
    ),
    "a share": Case(
        SHARE, (level("2025-12-31", 15.5),), BEFORE, "no_baseline",
        ("2025年末未达到；缺基期，不评价进度", "not reached at the end of 2025; no baseline, so progress is not assessed"),
        gap=("至少还需提高 1.5 个百分点", "1.5 points short of the target"),
    ),
}  # fmt: skip
# Each case in one language; in the other by `make slow-test`.
EVERY: Final = [
    pytest.param(name, language, marks=() if (at + other) % 2 else pytest.mark.slow)
    for at, name in enumerate(CASES) for other, language in enumerate(LANGUAGES)
]  # fmt: skip
# What is said only of a target whose outcome is open, and only of the schedule that it has.
OPEN_ONLY: Final = {
    "zh": re.compile(r"需(?:增长|下降)|年均|还需|序时|预测|概率|\d 年(?:增长|下降)"),
    "en": re.compile(r"must (?:grow|fall)|short of|a year\b(?! at the pace)|even schedule|forecast|probability|% in 2026|by the end", re.IGNORECASE),
}
LABELS: Final = {
    "ahead": {"zh": "快于预期", "en": "ahead of expectations"},
    "in_line": {"zh": "基本符合预期", "en": "broadly in line"},
    "lagging": {"zh": "滞后", "en": "lagging"},
}
NOT_MET: Final = {"zh": re.compile("未达|未完成|未保持"), "en": re.compile(r"not at target|not at the target|not met|not reached|since lost")}
MET: Final = {
    "zh": re.compile("(?<!曾)已达|(?<!未)(?<!逐年)完成(?!率)|提前实现"),
    "en": re.compile(r"(?<!not )\bat (?:the )?target level|(?<!not )\bmet\b|So the target level was reached|achieved early|reached during"),
}


@cache
def view(name: str) -> View:
    return view_of(CASES[name])


@cache
def said(name: str, language: Language) -> dict[str, str]:
    return statements(view(name), language)


def is_decided(name: str) -> bool:
    """Return whether nothing more can be said of what is required: the outcome is settled or the target passed, or it is over."""
    row = cells(view(name))
    return bool(row["outcome_settled"] or row["settled"] == "met" or row["as_of"] > row["due"])


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_everyone_gives_the_same_verdict_for_the_same_date(name: str, language: Language) -> None:
    case, told = CASES[name], said(name, language)
    assert cells(view(name))["status"] == case.status
    verdict = case.said[LANGUAGES.index(language)]
    places = ["explain", "browser", "card", "selection", "what changed"]
    comparable = cells(view(name))["evidence_class"] == "comparable"
    places += ["verdicts table" if comparable else "bounds table"]
    places += ["cluster table"] if case.target.startswith("cluster") else []
    for place in places:
        assert verdict in told[place], (place, told[place])


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_nobody_says_the_opposite(name: str, language: Language) -> None:
    settled = cells(view(name))["settled"]
    in_between = CASES[name].said[LANGUAGES.index(language)].partition("：" if language == "zh" else ": ")[2]
    for place, words in said(name, language).items():
        words = words.replace(in_between, "") if in_between else words
        # One year that is met is no target met.
        words = re.sub(r"（20\d\d年(?:未?达|年内).*?）|\(20\d\d (?:met|not met|reached).*?\)|\d met( it)?", "", words)
        opposite = {"met": (NOT_MET,), "not_met": (MET,)}.get(settled, (MET, NOT_MET))
        for each in opposite:
            assert not each[language].search(words), (place, each[language].search(words), words)


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_what_is_required_is_said_alike_and_not_once_it_is_decided(name: str, language: Language) -> None:
    case, told = CASES[name], said(name, language)
    place_of = LANGUAGES.index(language)
    # What other clusters require is shown even where this one needs nothing any more.
    everything = "\n".join(words for place, words in told.items() if place != "starts chart")
    if is_decided(name):
        assert (case.needed, case.gap) == (("", ""), ("", ""))
        assert not OPEN_ONLY[language].search(everything), OPEN_ONLY[language].search(everything)
        return
    if case.needed[0]:
        table = "verdicts table" if cells(view(name))["evidence_class"] == "comparable" else "bounds table"
        assert case.needed[place_of] in told[table]
        size = re.findall(r"\d+\.\d", case.needed[place_of])
        assert all(each in told["card"] for each in size)
        if case.target.startswith("cluster"):
            assert case.needed[place_of] in told["cluster table"]
    else:
        assert not re.search({"zh": "需(?:增长|下降)", "en": "must (?:grow|fall) \\d"}[language], everything)
    for place in ("card", "verdicts table"):
        assert case.gap[place_of] in told[place] or not case.gap[place_of]
    if "2026 年" in case.needed[0]:
        # One year has no growth a year; that from the base on is over three.
        yearly = {"zh": "年均(?:需|增长|下降)", "en": r"must (?:grow|fall)[^.]* a year|% a year \(from|% a year is"}[language]
        assert not re.search(yearly, everything), re.search(yearly, everything)


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_no_figure_is_called_ahead_or_lagging_but_by_its_status(name: str, language: Language) -> None:
    everything = "\n".join(said(name, language).values())
    for status, words in LABELS.items():
        if status != CASES[name].status:
            assert words[language] not in re.sub(r"敏感性分析.*|Sensitivity, no finding.*", "", everything), status
    assert not re.search(r"\bbehind\b|落后", everything)


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_later_date_that_settles_nothing_is_named(name: str, language: Language) -> None:
    later, told = CASES[name].later[LANGUAGES.index(language)], said(name, language)
    marker = {"zh": "尚不足以判定", "en": "which does not settle it"}[language]
    if not later:
        assert marker not in "\n".join(told.values())
        return
    places = ["explain", "browser", "card", "verdicts table", "selection"]
    for place in places + (["cluster table"] if CASES[name].target.startswith("cluster") else []):
        assert later in told[place], (place, told[place])


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_period_is_never_told_as_a_date(name: str, language: Language) -> None:
    if CASES[name].target not in (CLUSTER, EACH):
        return
    everything = "\n".join(words for words in said(name, language).values())
    dates = {"zh": r"20(?:23|24|25)年(?:\d+月)?末", "en": r"end of (?:\w+ )?20(?:23|24|25)"}[language]
    assert not re.search(dates, everything), re.search(dates, everything)
    assert re.search(r"202[456]年|202[456]", everything)


@pytest.mark.parametrize("name", CASES)
def test_the_assessments_hold_nothing_that_is_not_said(name: str) -> None:
    row = cells(view(name))
    if not is_decided(name):
        return
    for column in ("required_growth", "required_growth_at_least", "required_growth_at_most", "lead", "pace_ratio", "probability"):
        assert row[column] is None, column
    if row["as_of"] > row["due"] or row["outcome_settled"]:
        assert (row["other_bases"], row["variants"], row["forecast"]) == ("", "", "withheld")
    if row["outcome_settled"] or row["settled_by"] == "bounds":
        assert row["shortfall"] is None


@pytest.mark.parametrize("name", CASES)
def test_the_evidence_has_the_roles_that_the_assessment_rests_on(name: str) -> None:
    row = cells(view(name))
    roles = view(name).evidence().set_index("observation_id")[["role", "reason", "value"]]
    wanted = {"value": {"decides"}, "lower_bound": {"lower_bound", "decides"}, "upper_bound": {"upper_bound", "decides"}}
    for column, allowed in wanted.items():
        for each in str(row[f"{column}_observations"]).split():
            assert roles.at[each, "role"] in allowed
    for each in str(row["conflicting_observations"]).split():
        assert roles.at[each, "reason"] == "conflict"
    # What decides or bounds on the verdict's own date is what the verdict rests on.
    if row["settled"] in ("met", "not_met") and row["settled_by"] == "figure" and row["value_date"] == row["verdict_date"]:
        assert row["met"] == (row["settled"] == "met")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sources_of_a_conflict_are_shown(language: Language) -> None:
    told = said("two sources that contradict each other", language)
    for value, source in (("80", "示例单位1"), ("104", "示例单位2")):
        assert value in told["verdicts table"] and value in told["card"] and value in told["what changed"]
        assert source in told["card"]
    assert "[1]" in told["verdicts table"] and "[2]" in told["verdicts table"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_superseded_figure_says_so_from_the_day_on_which_that_was_known(language: Language) -> None:
    word = {"zh": "已被后来公布的数据取代", "en": "superseded"}[language]
    before, after = (view(name) for name in ("a figure superseded, before that was known", "a figure superseded"))
    for as_of, shown in ((before, False), (after, True)):
        tables = [each for each in cards.target_cards(as_of, language, CitationNumbers()) if isinstance(each, PrintTable)]
        assert (word in pd.concat([each.frame for each in tables]).to_string()) is shown
        assert (word in as_of.target(FIRMS).explain(language).lower()) is shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_inferred_date_is_marked_wherever_it_is_given(language: Language) -> None:
    mark = {"zh": "推断", "en": "inferred"}[language]
    given = {"zh": "2025年末", "en": "end of 2025"}[language]
    for place, words in said("an inferred date", language).items():
        for line in words.split("\n"):
            # The caption of the page of all targets says what its star means.
            assert mark in line or given not in line.replace(f"{given}*", "" if place == "overview" else given), (place, line)


def test_an_assumption_is_marked_in_every_table() -> None:
    """What a researcher assumes is told as such beside the verdict that rests on it."""
    package = view("the due date met").package.assume(FIRMS, 101, "2025-06-30")
    told = {language: statements(package.as_of(BEFORE), language) for language in LANGUAGES}
    for place in ("verdicts table", "selection", "what changed"):
        assert "依据假设" in told["zh"][place]
        assert "assumed, not published" in told["en"][place]
    assert "使用者的假设" in told["zh"]["card"] and "user's assumption" in told["en"]["card"]
