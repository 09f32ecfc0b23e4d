"""What the reports' cards and lists of sources say: nothing twice, nothing without its unit, each date as its page has it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pandas as pd
import pytest
from judged_package import DAY, view

from daye_analysis.bilingual import Language
from daye_analysis.charts import cards, citations, distance_chart, growth_chart, path_chart, reliability
from daye_analysis.charts.brief import findings
from daye_analysis.charts.display import Picture, PrintTable, Prose
from daye_analysis.charts.verdicts.verdict_text import verdict_sentences
from daye_analysis.package.formatting import target_words, value_words
from daye_analysis.package.records import records
from daye_analysis.views.package import Package

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def package() -> Package:
    return view().package


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_says_once_that_nothing_can_be_said(language: Language) -> None:
    told = [each.markdown for each in cards.target_cards(view(), language, citations.CitationNumbers()) if isinstance(each, Prose)]
    silent = {"zh": "暂不评价", "en": "not assessed"}[language]
    assert len(told) == len(view().assess())
    assert sum(silent in card for card in told) >= 32
    assert all(card.count(silent) <= 1 for card in told)
    assert not any(re.search(r"\bo\d{4}\b", card) for card in told if "derived" not in card and "推算" not in card)


def test_a_card_says_when_in_a_sentence_and_what_a_derived_number_counts() -> None:
    told = {
        language: "\n".join(each.markdown for each in cards.target_cards(view(), language, citations.CitationNumbers()) if isinstance(each, Prose))
        for language in LANGUAGES
    }
    assert "- At the end of August 2023 (date inferred) it was 28 firms" in told["en"]
    assert "From the end of August 2023 on" in told["en"] and "not reached at the end of 2025 (date inferred)" in told["en"]
    assert "it was about 149 firms at the end of 2020" in told["en"] and "约为 149 家" in told["zh"]
    assert not re.search(r"\b(at|to|of|from) end of", told["en"], re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_pairs_are_told_once(language: Language) -> None:
    said = reliability.coverage_words(view(dt.date(2023, 12, 31)).backtest(), language).markdown
    assert "30" in said and not re.search("thirty|三十", said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_doubt_stands_with_what_the_figure_counts(language: Language) -> None:
    tables = [each.frame for each in cards.target_cards(view(), language, citations.CitationNumbers()) if isinstance(each, PrintTable)]
    rows = pd.concat(tables)
    scope, use = {"zh": ("地区与口径", "作用"), "en": ("Area and scope", "Use")}[language]
    doubtful = rows[rows[use] == {"zh": "存疑", "en": "doubtful"}[language]]
    assert len(doubtful)
    assert doubtful[scope].str.contains({"zh": "存疑：", "en": "Doubtful: "}[language]).all()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_brief_numbers_every_figure_and_lists_its_source(language: Language) -> None:
    numbers = citations.CitationNumbers()
    bounds = findings.bounds_table(view(), language, numbers)
    comparable = findings.verdicts_table(view(), language, numbers)
    assert isinstance(bounds, PrintTable)
    assert isinstance(comparable, PrintTable)
    cells = [*bounds.frame.iloc[:, 1], *comparable.frame.iloc[:, 1]]
    assert all(re.search(r"\[\d+\]", cell) for cell in cells)
    listed = citations.sources_list(view(), language, numbers)
    assert listed.fine and listed.cited
    cited = [int(each) for each in re.findall(r"\[(\d+)\]", "".join(cells))]
    # In the order in which they appear.
    assert list(dict.fromkeys(cited)) == list(range(1, len(numbers) + 1))
    assert len(listed.markdown.splitlines()) == len(numbers)


def test_sources_bear_the_date_of_their_page_in_words() -> None:
    numbers = {source: at for at, source in enumerate(["a-hbrb-202207", "a-gwr2023", "pb-022", "a-dy-2023h1"], start=1)}
    chinese = citations.sources_list(view(), "zh", numbers).markdown
    english = citations.sources_list(view(), "en", numbers).markdown
    assert "转载；2022年7月）" in chinese
    assert "official; 8 March 2023" in english
    assert "repost; July 2022)" in english
    assert "undated; no address known" in english


def test_one_is_singular() -> None:
    assert value_words(1, "factories", "en", "at_least") == "at least 1 factory"
    assert value_words(2, "factories", "en") == "2 factories"
    assert target_words("ge", 1, "bases", "en") == "≥ 1 base"
    assert value_words(1, "家（工厂）", "zh") == "1 家"


def test_small_charts_name_their_unit() -> None:
    picture = path_chart.path_chart(view(), "zh")
    assert picture is not None
    assert "高新技术企业数（家）" in picture.svg


def test_texts_of_the_package_speak_calmly_and_in_their_own_language() -> None:
    """Capitals, jargon and identifiers in a scope note are the collector's, not the reader's."""
    data = package()
    known = {"CAAM", "MIIT", "NDRC", "SCIO"}
    shouted = data.observations["scope_note_en"].dropna().str.findall(r"\b[A-Z]{4,}\b").explode().dropna()
    assert set(shouted) <= known
    ids = "|".join(data.indicators.loc[data.indicators["indicator_id"].str.contains("_"), "indicator_id"])
    for column in ("scope_note_zh", "scope_note_en"):
        assert not data.observations[column].str.contains(rf"(?<![a-z_])(?:{ids})(?![a-z_])", regex=True).any()
    chinese = data.sources[data.sources["title"].str.contains("[一-鿿]", regex=True)]
    assert not chinese["publisher"].str.contains(r"\b(?:via|repost|copy|mirror|Bureau|Daily)\b", regex=True).any()
    assert not (chinese["title"] + chinese["publisher"]).str.contains("headline not in excerpt").any()


@pytest.mark.parametrize(("language", "words"), [("zh", "至少"), ("en", "at least")])
def test_a_growth_known_from_below_says_so_once(language: Language, words: str) -> None:
    rows = growth_chart.required_growths(view(), language)
    drawn = growth_chart.growth_chart(view(), language)
    assert isinstance(drawn, Picture)
    assert drawn.alt.count(words) == (~rows["exact"]).sum() > 0


def test_a_name_that_stands_in_quotation_marks_is_broken_like_any_other() -> None:
    names = package().indicators.assign(name_zh="“独角兽、瞪羚和专精特新小巨人企业合计”")
    drawn = distance_chart.distance_chart(replace(package(), indicators=names).as_of(DAY), "zh")
    assert isinstance(drawn, Picture)
    assert "“独角兽" in drawn.svg


def test_a_number_that_is_not_there_is_an_empty_cell() -> None:
    table = PrintTable(pd.DataFrame({"a": [1.5, float("nan"), 2.0]}), "")
    assert re.findall(r"<td[^>]*>(.*?)</td>", table.html()) == ["1.5", "", "2"]
    assert table.text() == "a\n1.5\n\n2"


def test_a_label_that_another_choice_changes_names_the_choice() -> None:
    """375 firms at the plan's start: in line, but lagging where the cut-offs are five points higher."""
    assumed = package().assume("high_tech_enterprises", 375, "2023-12-31").as_of(DAY)
    row = next(each for each in records(assumed.assess()) if each["target_id"] == "high_tech_enterprises")
    (zh,) = (each for each in verdict_sentences(assumed, row, "zh") if each.startswith("不稳健"))
    (en,) = (each for each in verdict_sentences(assumed, row, "en") if each.startswith("Not robust"))
    assert "界限上移五个百分点" in zh
    assert "cut-offs five points higher" in en
    assert "lower" not in en
    assert "geometric" not in en
