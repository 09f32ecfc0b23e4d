"""The matrix, the tables and the words on who answers for what."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from cluster_tables import package, view

from daye_analysis.accountability import figures_wanted
from daye_analysis.bilingual import Language
from daye_analysis.charts.accountability import findings as findings
from daye_analysis.charts.accountability import matrix as matrix
from daye_analysis.charts.accountability import tables as tables
from daye_analysis.charts.accountability.labels import short_task, short_unit, task_number, unbroken
from daye_analysis.charts.display import PrintTable, Prose
from daye_analysis.charts.overview.page import overview_table
from daye_analysis.charts.typeface import code_points

LANGUAGES: tuple[Language, Language] = ("zh", "en")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")


@pytest.mark.parametrize(
    ("name", "language", "short"),
    [
        ("市科技局", "zh", "科技局"),
        ("市市场监管局", "zh", "市场监管局"),
        ("市委统战部", "zh", "市委统战部"),
        ("各通信运营商", "zh", "通信运营商"),
        ("高新区", "zh", "高新区"),
        ("“五链”融合工作牵头单位", "zh", "五链融合工作牵头单位"),
        ("Municipal Bureau of Economy and Information Technology", "en", "Economy and Information Technology"),
        ("Municipal Science and Technology Bureau", "en", "Science and Technology"),
        ("Talent Office of the Municipal Party Committee", "en", "Talent Office"),
        ("Bureau", "en", "Bureau"),
    ],
)
def test_short_names(name: str, language: Language, short: str) -> None:
    assert short_unit(name, language) == short


def test_short_names_stay_apart() -> None:
    units = package().units
    for language in LANGUAGES:
        short = [short_unit(str(name), language) for name in units[f"name_{language}"]]
        assert len(set(short)) == len(units)


def test_short_tasks_and_numbers() -> None:
    assert short_task("加快改造提升传统产业，培育壮大", "zh", 16) == "加快改造提升传统产业"
    assert short_task("一二三四五六七八九十", "zh", 5) == "一二三四…"
    assert short_task("Set up a project bank; seek out", "en", 30) == "Set up a project bank"
    assert short_task("Strengthen the carriers of industrial innovation", "en", 20) == "Strengthen the..."
    assert task_number(pd.NA) == "—"
    assert task_number(16) == "16"


def test_a_sign_stays_with_its_value_and_long_units_may_break() -> None:
    assert unbroken("≥ 450 firms") == "≥\u00a0450\u00a0firms"
    assert unbroken("≥ 20 persons per 10,000 employed") == "≥\u00a020 persons per 10,000 employed"


@pytest.mark.parametrize("language", LANGUAGES)
def test_matrix_has_every_full_name_once(language: Language) -> None:
    printed = "".join(re.sub(r"<[^>]+>", "", matrix.duty_matrix(view(), language).svg).split())
    names = {str(name).replace(" ", "") for name in package().units[f"name_{language}"]}
    assert {name: printed.count(name) for name in names} == dict.fromkeys(names, 1)
    assert "…" not in "".join(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_matrix_says_in_words_who_leads(language: Language) -> None:
    found = matrix.duty_matrix(view(), language)
    leads = {"zh": ["任务 8 由市科技局牵头", "牵头 22 项次，责任 117 项次", "任务 — 由市经信局牵头"],
             "en": ["task 8 is led by Municipal Science and Technology Bureau", "22 leads and 117 responsibilities"]}  # fmt: skip
    assert all(words in found.alt for words in leads[language])
    assert {ord(each) for each in found.alt + found.caption} <= code_points()
    assert found.svg == matrix.duty_matrix(view(), language).svg
    if language == "zh":
        assert not LATIN_WORD.search(found.alt + found.caption)


def test_summary_and_tables() -> None:
    wanted = figures_wanted(view())
    words = findings.summary(view(), "zh").markdown
    assert "**21** 项任务" in words
    assert f"**{len(wanted)}** 项" in words
    assert "（3、5、19）" in words
    duty = tables.duty_table(view(), "zh").frame
    assert len(duty) == 21
    assert list(duty["序号"][:3]) == ["1", "2", "3"]
    assert "—" in set(duty["序号"])
    status = tables.status_table(view(), "zh")
    assert isinstance(status, PrintTable)
    assert list(status.frame["牵头单位"][:2]) == ["市经信局", "市发改局"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_wanted_table_says_periods_unit_and_likely_holder(language: Language) -> None:
    wanted = figures_wanted(view())
    table = tables.wanted_table(view(), language)
    assert isinstance(table, PrintTable)
    assert len(table.frame) == wanted["target_id"].nunique()
    holder = {"zh": "牵头单位（可能掌握数据）", "en": "Lead body (the likely holder)"}[language]
    periods = {"zh": "所需时期", "en": "Periods wanted"}[language]
    firms = next(row for row in table.frame.to_dict("records") if "450" in str(row[table.frame.columns[1]]))
    assert firms[holder] == {"zh": "市科技局", "en": "Science and Technology"}[language]
    assert firms[periods] == {"zh": "2023、2024年末", "en": "end of 2023, 2024"}[language]
    sums = {"zh": "2024年累计\n2024—2025年累计", "en": "2024 (sum)\n2024–2025 (sum)"}[language]
    assert sums in set(table.frame[periods])


def test_nothing_to_list_is_a_sentence() -> None:
    none = replace(package(), targets=package().targets.iloc[:0])
    assert isinstance(tables.wanted_table(view(none), "zh"), Prose)
    alone = replace(package(), responsibilities=package().responsibilities.iloc[:0])
    assert isinstance(tables.status_table(view(alone), "en"), Prose)


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("到2027年，高新技术企业突破120家。", "zh", "高新技术企业突破120家"),
        ("力争到“十五五”末，建成园区。", "zh", "建成园区"),
        ("2024—2026年完成改造60套。", "zh", "2024—2026年完成改造60套"),
        ("到2027年。", "zh", "到2027年"),
        ("By the end of 2027: more than 120 high-tech firms, and R&D of 2.5 per cent.", "en", "more than 120 high-tech firms, and R&D of 2.5 per cent"),
        ("By 2027, build the park.", "en", "build the park"),
    ],
)
def test_a_task_is_told_by_the_first_clause_that_says_more_than_a_time(text: str, language: Language, told: str) -> None:
    assert short_task(text, language, 70) == told


@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_of_targets_that_no_body_leads_are_listed_and_told_as_such(language: Language) -> None:
    whole = package()
    task = whole.targets.set_index("target_id")["task_id"]["high_tech_enterprises"]
    duties_of = whole.responsibilities
    seen = replace(whole, responsibilities=duties_of[~((duties_of["task_id"] == task) & (duties_of["role"] == "lead"))]).as_of("2026-11-29")
    table = tables.wanted_table(seen, language)
    assert isinstance(table, PrintTable)
    assert len(table.frame) == whole.targets["target_id"].nunique()
    none = {"zh": "未列牵头单位", "en": "no lead body named"}[language]
    assert (table.frame.iloc[:, 4] == none).sum() == (whole.targets["task_id"] == task).sum()
    status = tables.status_table(seen, language)
    assert isinstance(status, PrintTable)
    assert list(status.frame.iloc[:, 0])[-1] == none
    said = findings.summary(seen, language).markdown
    assert {"zh": "未列牵头单位的目标 2 个", "en": "For 2 targets no lead body is named"}[language] in said
    assert re.search({"zh": r"其中 \d+ 项未列牵头单位", "en": r"For \d+ of them no lead body is named"}[language], said)
    # In the table of all targets a body spans the rows of its task: an empty cell would go on with the body above.
    rows = overview_table(seen, language).frame
    (at,) = [at for at, number in enumerate(rows.iloc[:, 0]) if number == task_number(whole.record("tasks", task)["official_number"])]
    assert rows.iloc[at, 5] == {"zh": "无", "en": "none"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_no_figure_is_missing_is_said(language: Language) -> None:
    """Of a sum since the plan's start, in its first year no period has ended."""
    whole = package()
    early = replace(whole, targets=whole.targets[whole.targets["target_id"] == "rd_projects"]).as_of("2024-06-30")
    said = {"zh": "没有尚缺的同口径数据", "en": "No comparable figure is missing"}[language]
    table = tables.wanted_table(early, language)
    assert isinstance(table, Prose) and said in table.markdown
    assert said in findings.summary(early, language).markdown
