"""The pictures, tables and words on clusters: numbers in the alternative text, both languages, and plain sentences."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from cluster_tables import DAY, WHOLE, aims_of, package, rich, without_clusters
from daye_analysis.progress.evidence import evidence, other_aims

from daye_analysis.bilingual import Language
from daye_analysis.clusters.aims import aim_sum, cluster_aims, whole_series
from daye_analysis.clusters.growth import activity_growth, class_growth
from daye_analysis.figures import (
    cluster_activity,
    cluster_sources,
    cluster_starts,
    cluster_structure,
    cluster_sum,
)
from daye_analysis.figures import cluster_aims as shown_aims
from daye_analysis.figures.citations import citation_numbers
from daye_analysis.figures.cluster_words import axis_unit
from daye_analysis.figures.display import Picture, PrintTable, Prose
from daye_analysis.figures.typeface import missing_characters
from daye_analysis.progress.judging import assess

LANGUAGES: tuple[Language, Language] = ("zh", "en")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNIT = "cny_100m"


def others() -> pd.DataFrame:
    return other_aims(evidence(package(), DAY))


def picture_of(kind: str, language: Language) -> Picture:
    base = package()
    if kind == "aims":
        found: object = shown_aims.aims_chart(base, aims_of(), others(), language, DAY)
    elif kind == "sum":
        found = cluster_sum.sum_chart(base, aim_sum(aims_of()), whole_series(base, DAY, UNIT), language, DAY)
    elif kind == "activity":
        found = cluster_activity.activity_chart(base, activity_growth(base, DAY), language, DAY)
    elif kind == "starts":
        found = cluster_starts.starts_chart(base, aims_of(), class_growth(base, DAY), language, DAY)
    else:
        blocks = cluster_structure.structure_blocks(rich(), DAY, UNIT, WHOLE, language)
        found = next(block for block in blocks if isinstance(block, Picture))
    assert isinstance(found, Picture)
    return found


SAID = {
    ("aims", "zh"): ["新材料：目标 600，只有相关数据", "其他主体的目标 300（2026年）", "其他主体的目标 100（2026年）", "超过 150（2025年）", "至多 315.08（2025年）", "生命健康：目标 300，至多 262.84", "临空：目标 200，未见公开数据"],
    ("aims", "en"): ["aim 60", "an aim of others 30 (2026)", "more than 15 (2025)", "at most 31.508 (2025)", "at most 26.284"],
    ("sum", "zh"): ["2021年 1130.8 亿元", "2022年 1273.38 亿元", "2026年 2100 亿元", "13.3%"],
    ("sum", "en"): ["CNY 127.338 billion", "CNY 210 billion", "13.3 %"],
    ("activity", "zh"): ["2022年：大冶市 12，襄阳市 12.1", "2025年1—6月：大冶市 ≥ 10", "大冶市 14（预计）"],
    ("activity", "en"): ["2023: China 4.6", "Jan–Sep 2025: Daye 13.8", "Daye 14 (forecast)"],
    ("starts", "zh"): ["2025年30%—63%，须增 59%—233%", "至多 88%", "27 个年增速", "223.0%"],
    ("starts", "en"): ["30 % to 63 %", "needs at least 14 %", "27 yearly growth rates"],
    ("shift", "zh"): ["变动 +22", "参照地区总体增长"],
    ("shift", "en"): ["Change +2.2", "Regional shift"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "language"), SAID)
def test_pictures_say_their_numbers(kind: str, language: Language) -> None:
    found = picture_of(kind, language)
    for words in SAID[kind, language]:
        assert words in found.alt
    assert found.svg == picture_of(kind, language).svg
    assert not missing_characters(found.alt + found.caption)
    wrong = LATIN_WORD if language == "zh" else CHINESE
    assert not wrong.search(found.alt + found.caption)
    # The source and the day stand on the picture itself.
    printed = " ".join(re.sub(r"<[^>]+>", " ", found.svg).split())
    assert {"zh": "截至2026年11月29日可知", "en": "as known on 29 November 2026"}[language] in printed


def test_the_unknown_has_words_and_no_mark() -> None:
    rows = aims_of()[aims_of()["evidence_class"] == "nothing"].reset_index(drop=True)
    unknown = shown_aims.aims_chart(package(), rows, others().iloc[:0], "zh", DAY)
    known = shown_aims.aims_chart(package(), rows.assign(value=1.0, value_date=rows["due"]), others().iloc[:0], "zh", DAY)
    assert isinstance(unknown, Picture)
    assert isinstance(known, Picture)
    assert unknown.svg.count("未见公开数据") == len(rows)
    assert "未见公开数据" not in known.svg
    assert known.svg.count("<use ") - unknown.svg.count("<use ") == len(rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_required_table_gives_growth_and_sources(language: Language) -> None:
    known = shown_aims.used_evidence(evidence(package(), DAY), aims_of())
    numbers = citation_numbers(cluster_sources.cited_rows(package(), known))
    table = shown_aims.required_table(package(), aims_of(), known, numbers, language)
    assert isinstance(table, PrintTable)
    row = table.frame.iloc[1]
    assert {"zh": "≥ 58.7%\n≤ 233.3%\n（自2025年）", "en": "≥ 58.7 %\n≤ 233.3 %\n(from 2025)"}[language] == row.iloc[-1]
    assert {"zh": "公布的同比增速 116.2%", "en": "published growth 116.2 %"}[language] in row.iloc[2]
    assert re.search(r"\[\d+\]", row.iloc[2])
    assert {"zh": "缺基期", "en": "no baseline"}[language] == row.iloc[3]


def test_like_figures_leave_bounds_out() -> None:
    aims = aims_of(with_figures=True)
    found = shown_aims.aims_chart(rich(), aims, others().iloc[:0], "zh", DAY)
    assert isinstance(found, Picture)
    assert "至多" not in found.alt
    assert "新材料：目标 600，72（2024年）" in found.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_the_sum(language: Language) -> None:
    whole = whole_series(package(), DAY, UNIT)
    words = cluster_sum.sum_words(package(), aims_of(), aim_sum(aims_of()), whole, language).markdown
    said = {"zh": ["**2100 亿元**", "**13.3%**", "现价，名义", "重复计算"], "en": ["**CNY 210 billion**", "**13.3 %**", "nominal", "count twice"]}
    assert all(each in words for each in said[language])
    assert "不足两个" in cluster_sum.sum_words(package(), aims_of().iloc[:1], None, whole, "zh").markdown
    missing = cluster_sum.sum_words(package(), aims_of(), aim_sum(aims_of()), whole.iloc[:0], "zh").markdown
    assert "没有本地区同单位的全年总量数据" in missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_figures_are_said_in_a_sentence(language: Language) -> None:
    blocks = cluster_structure.structure_blocks(package(), DAY, UNIT, WHOLE, language)
    assert not any(isinstance(block, Picture) for block in blocks)
    last = blocks[-1]
    assert isinstance(last, Prose)
    said = {"zh": ["区位商", "大冶市：新材料", "黄石市：新材料、新能源"], "en": ["Location quotient", "Daye: New materials", "Shift-share"]}
    assert all(each in last.markdown for each in said[language])


def test_every_analysis_is_shown_where_figures_allow() -> None:
    blocks = cluster_structure.structure_blocks(rich(), DAY, UNIT, WHOLE, "zh")
    assert [type(block) for block in blocks] == [PrintTable, PrintTable, PrintTable, PrintTable, Picture, PrintTable]
    captions = [getattr(block, "caption", "") for block in blocks]
    assert any("区位商" in each for each in captions)
    assert any("恰等于变动" in each for each in captions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_package_without_clusters_says_so(language: Language) -> None:
    bare = without_clusters()
    aims = cluster_aims(bare, assess(bare, DAY))
    growth = class_growth(bare, DAY)
    sentence = {"zh": "没有产业集群目标", "en": "sets no targets for clusters"}[language]
    said = [
        *shown_aims.aims_blocks(bare, aims, others(), language, DAY),
        shown_aims.required_table(bare, aims, aims, {}, language),
        *cluster_sum.sum_blocks(bare, aims, whole_series(bare, DAY, ""), language, DAY),
        *cluster_starts.starts_blocks(bare, aims, growth, language, DAY),
        *cluster_structure.structure_blocks(bare, DAY, "", "", language),
    ]
    assert all(isinstance(each, Prose) and sentence in each.markdown for each in said)


def test_no_published_growth_is_a_sentence() -> None:
    none = activity_growth(package(), pd.Timestamp("1990-01-01"))
    blocks = cluster_activity.activity_blocks(package(), none, "en", DAY)
    assert [type(block) for block in blocks] == [Prose]
    (said,) = cluster_sources.growth_tables(package(), none, class_growth(package(), DAY).iloc[:0], {}, "en")
    assert isinstance(said, Prose) and "no growth rates" in said.markdown


@pytest.mark.parametrize("language", LANGUAGES)
def test_averages_over_several_years_are_not_counted_with_growth_of_one(language: Language) -> None:
    growth = class_growth(package(), DAY)
    several = int((growth["years"] > 1.25).sum())
    said = cluster_starts.starts_words(package(), aims_of(), growth, language, DAY).markdown
    words = {"zh": f"另有 {several} 个为多年平均", "en": f"Besides, {several} are averages over several years"}
    assert several and words[language] in said and f"**{len(growth) - several}**" in said
    only = cluster_starts.starts_words(package(), aims_of(), growth[growth["years"] > 1.25], language, DAY).markdown
    assert {"zh": "没有可供对照", "en": "No past growth"}[language] in only


def test_growth_tables_cite_every_figure() -> None:
    published, ever = activity_growth(package(), DAY), class_growth(package(), DAY)
    numbers = citation_numbers(cluster_sources.cited_rows(package(), published, ever))
    tables = cluster_sources.growth_tables(package(), published, ever, numbers, "zh")
    assert [len(table.frame) for table in tables] == [len(published), len(ever)]
    assert all(re.fullmatch(r"(\[\d+\])+", cell) for table in tables for cell in table.frame["来源"])


def test_axes_in_the_readers_unit() -> None:
    assert axis_unit(package(), UNIT, "zh") == (1.0, "亿元")
    assert axis_unit(package(), UNIT, "en") == (pytest.approx(0.1), "CNY billion")
    assert axis_unit(package(), "firms", "zh")[0] == 1.0
