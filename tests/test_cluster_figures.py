"""The pictures, tables and words on clusters: numbers in the alternative text, both languages, and plain sentences."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest
from cluster_tables import aims_of, package, rich, view, with_figures, without_clusters

from daye_analysis.bilingual import Language
from daye_analysis.charts.citations import CitationNumbers
from daye_analysis.charts.clusters import aims as shown_aims
from daye_analysis.charts.clusters import outlook, published_growth, sources, starts, structure, total
from daye_analysis.charts.clusters.aims_chart import aims_chart
from daye_analysis.charts.clusters.labels import axis_unit
from daye_analysis.charts.display import Picture, PrintTable, Prose
from daye_analysis.charts.typeface import code_points
from daye_analysis.clusters.growth import activity_growth, class_growth
from daye_analysis.clusters.peers import peer_clusters

LANGUAGES: tuple[Language, Language] = ("zh", "en")
LATIN_WORD = re.compile(r"[A-Za-z]{3,}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNIT = "cny_100m"


def picture_of(kind: str, language: Language) -> Picture:
    if kind == "aims":
        found: object = aims_chart(view(), language)
    elif kind == "sum":
        found = total.sum_chart(view(), language)
    elif kind == "activity":
        found = published_growth.activity_chart(view(), language)
    elif kind == "starts":
        found = starts.starts_chart(view(), language)
    else:
        blocks = structure.structure_blocks(view(rich()), language)
        found = next(block for block in blocks if isinstance(block, Picture))
    assert isinstance(found, Picture)
    return found


SAID = {
    ("aims", "zh"): ["新材料：目标 600，只有相关数据", "其他主体的目标 300（2026年）", "其他主体的目标 100（2026年）", "超过 150（2025年）", "至多 315.08（2025年）", "按2025年1—9月累计数折算全年 152.6", "生命健康：目标 300，至多 262.84", "临空：目标 200，未见公开数据"],
    ("aims", "en"): ["aim 60", "an aim of others 30 (2026)", "more than 15 (2025)", "at most 31.508 (2025)", "at most 26.284"],
    ("sum", "zh"): ["2021年 1130.8 亿元", "2022年 1273.38 亿元", "2026年 1900 亿元", "10.5%"],
    ("sum", "en"): ["CNY 127.338 billion", "CNY 190 billion", "10.5 %"],
    ("activity", "zh"): ["2022年：大冶市 12、襄阳市 12.1", "2025年1—6月：大冶市 ≥ 10", "大冶市 14（预计）"],
    ("activity", "en"): ["2023: China 4.6", "Jan–Sep 2025: Daye 13.8", "Daye 14 (forecast)"],
    ("starts", "zh"): ["2025年30%—63%，须增 59%—233%", "至多 88%", "30 个同类产业年增速", "223.0%"],
    ("starts", "en"): ["30 % to 63 %", "needs at least 14 %", "30 past yearly growth rates"],
    ("shift", "zh"): ["变动 +22", "参照地区总体增长"],
    ("shift", "en"): ["Change +2.2", "Regional shift"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "language"), SAID)
def test_pictures_say_their_numbers(kind: str, language: Language) -> None:
    found = picture_of(kind, language)
    for words in SAID[kind, language]:
        assert words in found.alt
    assert found.svg == picture_of(kind, language).svg
    assert {ord(each) for each in found.alt + found.caption} <= code_points()
    wrong = LATIN_WORD if language == "zh" else CHINESE
    assert not wrong.search(found.alt + found.caption)
    # The source and the day are on the picture itself.
    printed = " ".join(re.sub(r"<[^>]+>", " ", found.svg).split())
    assert {"zh": "截至2026年11月29日可知", "en": "as known on 29 November 2026"}[language] in printed


def test_the_unknown_has_words_and_no_mark() -> None:
    silent = aims_of()[aims_of()["evidence_class"] == "nothing"]
    only = package().clusters["cluster_id"].isin(silent["cluster_id"])
    base = replace(package(), clusters=package().clusters[only])
    told = with_figures(base, [{"indicator_id": each, "area_id": "daye", "year": 2025, "value": 1} for each in silent["indicator_id"]])
    unknown, known = (aims_chart(view(each), "zh") for each in (base, told))
    assert isinstance(unknown, Picture)
    assert isinstance(known, Picture)
    assert unknown.svg.count("未见公开数据") == len(silent) > 0
    assert "未见公开数据" not in known.svg
    assert known.svg.count("<use ") - unknown.svg.count("<use ") == len(silent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_required_table_gives_growth_and_sources(language: Language) -> None:
    numbers = CitationNumbers()
    table = shown_aims.required_table(view(), language, numbers)
    assert isinstance(table, PrintTable)
    row = table.frame.iloc[1]
    assert {"zh": "2026 年增长 58.7%—233.3%（自2025年起）", "en": "58.7 % to 233.3 % in 2026 (from 2025)"}[language] == row.iloc[-1]
    assert {"zh": "公布的同比增速 116.2%", "en": "published growth 116.2 %"}[language] in row.iloc[1]
    assert re.search(r"\[\d+\]", row.iloc[1])
    assert {"zh": "2025年未达到", "en": "not reached in 2025"}[language] == row.iloc[2]
    assert {"zh": "各集群均缺基期", "en": "none has a baseline"}[language] in table.caption
    based = with_figures(package(), [{"indicator_id": "cluster_electronics", "area_id": "daye", "year": 2023, "value": 100}])
    told = shown_aims.required_table(view(based), language, CitationNumbers())
    assert isinstance(told, PrintTable)
    growth = {"zh": "年均 26.0%（2023年）", "en": "26.0 % a year (2023)"}[language]
    assert list(told.frame.iloc[:, 3]) == [{"zh": "缺基期", "en": "no baseline"}[language]] * 5 + [growth]


def test_bounds_of_a_date_with_a_comparable_figure_are_left_out() -> None:
    found = aims_chart(view(rich()), "zh")
    assert isinstance(found, Picture)
    assert "至多" not in found.alt
    assert "新材料：目标 600，72（2024年）" in found.alt


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_the_sum(language: Language) -> None:
    words = total.sum_words(view(), language).markdown
    said = {"zh": ["**1900 亿元**", "**10.5%**", "现价，名义", "重复计入", "临空按区域划定，与各行业可能重叠，不计入合计"], "en": ["**CNY 190 billion**", "**10.5 %**", "nominal", "defined by place, may overlap"]}
    assert all(each in words for each in said[language])
    one = replace(package(), clusters=package().clusters.iloc[:1])
    assert "不足两个" in total.sum_words(view(one), "zh").markdown
    missing = total.sum_words(view(), "zh", "no_such_indicator").markdown
    assert "没有本地区同单位的全年总量数据" in missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_missing_figures_are_said_in_a_sentence(language: Language) -> None:
    blocks = structure.structure_blocks(view(), language)
    assert not any(isinstance(block, Picture) for block in blocks)
    last = blocks[-1]
    assert isinstance(last, Prose)
    said = {"zh": ["区位商", "大冶市：新材料", "黄石市：新材料、新能源"], "en": ["Location quotient", "Daye: New materials", "Shift-share"]}
    assert all(each in last.markdown for each in said[language])


def test_every_analysis_is_shown_where_figures_allow() -> None:
    blocks = structure.structure_blocks(view(rich()), "zh")
    assert [type(block) for block in blocks] == [PrintTable, PrintTable, PrintTable, PrintTable, Picture, PrintTable]
    captions = [getattr(block, "caption", "") for block in blocks]
    assert any("区位商" in each for each in captions)
    assert any("恰等于变动" in each for each in captions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_each_aim_would_take(language: Language) -> None:
    numbers = CitationNumbers()
    table = outlook.aims_table(view(), language, numbers)
    rows = {row[0].split("\n")[0]: row[1:] for row in table.rows()[1:]}
    name = {"zh": "新能源与智能网联汽车", "en": "New-energy and intelligent connected vehicles"}[language]
    pace = {"zh": "2025年1—9月 114.44 亿元，全年按此进度为 152.59 亿元，相当于目标的 30.5%[", "en": "Jan–Sep 2025: CNY 11.444 billion; at that pace CNY 15.259 billion a year, 30.5 % of the aim["}
    # Huangshi's figure is of a broader concept: its own is no more than that, and the share no less.
    share = {"zh": "黄石市：至少 158.7%（315.08 亿元，2025年，口径更宽）", "en": "Huangshi: at least 158.7 % (CNY 31.508 billion, 2025, broader)"}
    assert rows[name][0].startswith(pace[language])
    assert share[language] in rows[name][1]
    materials = {"zh": "湖北省：不足 12.0%（超过 5000 亿元，2025年）", "en": "Hubei: less than 12.0 % (more than CNY 500 billion, 2025)"}
    assert materials[language] in rows[{"zh": "新材料", "en": "New materials"}[language]][1]
    assert rows[{"zh": "临空", "en": "Airport economy"}[language]] == ["—", "—"]
    assert {"zh": "对照：2024年大冶市地区生产总值占黄石市的 40.4%", "en": "for comparison, Daye had 40.4 % of Huangshi's gross"}[language] in table.caption


def test_clusters_of_the_kind_elsewhere_with_their_own_periods() -> None:
    table = outlook.peers_table(view(), "zh", CitationNumbers())
    assert table is not None
    told = {tuple(row[:2]): row[2:4] for row in table.rows()[1:]}
    assert told["新能源与智能网联汽车", "襄阳市"] == ["441 亿元（2023年）", "25.6%（2023年）"]
    assert told["新能源与智能网联汽车", "常州市"] == ["906.6 亿元（2021年1—9月）", "223%（2022年）"]
    assert told["生命健康", "苏州市"] == ["1750 亿元（2020年）", "> 20%（2020年）"]
    # No province, and no one above or within the city itself.
    assert not {"黄石市", "湖北省", "上海市", "浙江省", "大冶市"} & {place for _, place in told}


def test_a_whole_year_goes_before_a_later_part_of_one() -> None:
    rows = [{"indicator_id": "cluster_electronics", "area_id": "kunshan", "year": 2022, "value": 5000}]
    peers = peer_clusters(view(with_figures(package(), rows))).set_index(["cluster_id", "area_id"])
    assert peers.loc[("electronics", "kunshan"), "size"] == 5000
    assert peer_clusters(view()).set_index(["cluster_id", "area_id"]).loc[("electronics", "kunshan"), "size"] == 3304.39
    later = peer_clusters(view(day=pd.Timestamp("2024-03-01")))
    assert (later["area_id"] == "kunshan").sum() == 0


def test_nothing_elsewhere_is_said_in_a_sentence() -> None:
    bare = replace(package(), observations=package().observations[package().observations["area_id"] == "daye"])
    blocks = outlook.outlook_blocks(view(bare), "en", CitationNumbers())
    assert isinstance(blocks[-1], Prose) and "No figure for a comparable cluster" in blocks[-1].markdown
    assert list(outlook.outlook_blocks(view(without_clusters()), "zh", {})) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_package_without_clusters_says_so(language: Language) -> None:
    bare = view(without_clusters())
    sentence = {"zh": "没有产业集群目标", "en": "sets no targets for clusters"}[language]
    said = [
        *shown_aims.aims_blocks(bare, language),
        shown_aims.required_table(bare, language, {}),
        *total.sum_blocks(bare, language),
        *starts.starts_blocks(bare, language),
        *structure.structure_blocks(bare, language),
    ]
    assert all(isinstance(each, Prose) and sentence in each.markdown for each in said)


def test_no_published_growth_is_a_sentence() -> None:
    none = view(replace(without_clusters(), observations=package().observations.iloc[:0]))
    blocks = published_growth.activity_blocks(none, "en")
    assert [type(block) for block in blocks] == [Prose]
    (said,) = sources.growth_tables(none, "en", {})
    assert isinstance(said, Prose) and "no growth rates" in said.markdown


@pytest.mark.parametrize("language", LANGUAGES)
def test_averages_over_several_years_are_not_counted_with_growth_of_one(language: Language) -> None:
    growth = class_growth(view())
    several = int((growth["years"] > 1.25).sum())
    said = starts.starts_words(view(), language).markdown
    words = {"zh": f"另有 {several} 个为多年平均", "en": f"Another {several} are averages over several years"}
    assert several and words[language] in said and f"**{len(growth) - several}**" in said
    none = replace(package(), observations=package().observations.iloc[:0])
    nothing = starts.starts_words(view(none), language).markdown
    assert {"zh": "没有可供对照", "en": "No past growth"}[language] in nothing


def test_growth_tables_cite_every_figure() -> None:
    published, ever = activity_growth(view()), class_growth(view())
    numbers = CitationNumbers()
    tables = sources.growth_tables(view(), "zh", numbers)
    assert [len(table.frame) for table in tables] == [len(published), len(ever)]
    assert all(re.fullmatch(r"(\[\d+\])+", cell) for table in tables for cell in table.frame["来源"])


def test_axes_in_the_readers_unit() -> None:
    assert axis_unit(package(), UNIT, "zh") == (1.0, "亿元")
    assert axis_unit(package(), UNIT, "en") == (pytest.approx(0.1), "CNY billion")
    assert axis_unit(package(), "firms", "zh")[0] == 1.0
