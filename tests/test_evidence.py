"""The package's figures as release 2.0.0 has them: what was added, what was corrected, and what is shown as it is."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from daye_analysis import load
from daye_analysis.package.definition import table

ROOT = Path(__file__).resolve().parents[1]


def rows_of(name: str) -> dict[str, dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row[table(name).primary_key[0]]: row for row in csv.DictReader(file)}


OBSERVATIONS, SOURCES, INDICATORS = rows_of("observations"), rows_of("sources"), rows_of("indicators")

# Row, and what its cells are now.
CORRECTED: list[tuple[str, dict[str, str]]] = [
    ("o0134", {"period_start": "2022-08-01", "date_basis": "inferred"}),
    ("o0135", {"period_start": "2022-08-01", "date_basis": "inferred"}),
    ("o0054", {"period_start": "2021-01-01", "period_end": "2024-12-31", "value": "8.55"}),
    ("o0297", {"period_end": "2018-02-28"}),
    ("o1064", {"period_end": "2022-12-22"}),
    ("o1479", {"period_end": "2022-12-31", "value": "14500", "bound": "about"}),
    ("o0980", {"period_end": "2024-08-31"}),
    ("o1007", {"period_end": "2023-08-06"}),
    ("o1115", {"period_end": "2023-11-17"}),
    ("o0431", {"period_end": "2022-09-30"}),
    ("o0442", {"period_end": "2022-11-30"}),
    ("o0433", {"period_end": "2023-08-07"}),
    ("o0807", {"period_end": "2022-04-14", "value": "2357"}),
    ("o1305", {"period_end": "2020-05-30", "value": "377800"}),
    ("o0058", {"statement": "forecast"}),
    ("o0052", {"bound": "more_than", "statement": "forecast", "value": "1000"}),
    ("o0112", {"bound": "at_least"}),
    ("o1313", {"statement": "outturn"}),
    ("o0418", {"concept": "related"}),
    ("o0796", {"concept": "related"}),
    ("o0313", {"concept": "same"}),
    ("o0315", {"concept": "same"}),
    ("o0751", {"concept": "same", "value": "5370"}),
    ("o0755", {"concept": "same", "value": "14560"}),
    ("o0496", {"concept": "related", "measure": "level", "value": "86.87"}),
    ("o1076", {"concept": "narrower", "value": "4"}),
    ("o1444", {"value": "9.4", "supersedes": "o0324", "source_id": "e-xh-20210913", "doubt_en": ""}),
    ("o1443", {"value": "11.8", "supersedes": "o0326", "source_id": "e-cncn-20210302", "doubt_en": ""}),
    ("o1424", {"value": "40", "supersedes": "o0863", "source_id": "e-xhrb-20160215", "doubt_en": ""}),
    ("o1441", {"value": "35303", "supersedes": "o0825"}),
    ("o0350", {"indicator_id": "industrial_mlt_loans", "unit_code": "cny_100m", "value": "202000"}),
    ("o0390", {"indicator_id": "manufacturing_loans", "unit_code": "cny_100m", "value": "300000"}),
]
# Rows that repeated another row's figure, or gave one figure twice, and the row that has it.
REPEATED = {
    "o0050": "o0054", "o0053": "o0052", "o0810": "o0807", "o1306": "o1305", "o0497": "o0496", "o1077": "o1076", "o0756": "o0755",
    "o0341": "o0350", "o0342": "o0353", "o0387": "o0390", "o0338": "o1437", "o0339": "o1436", "o0752": "o1438", "o0046": "o0045",
    "o0036": "o0035", "o1110": "o0172", "o0245": "o0246", "o1192": "o1190",
}  # fmt: skip
# From which day a source's figures could be known.
KNOWN = {
    "pb-055": "2022-02-18", "pa-132": "2024-04-02", "e-nbs-2022gb": "2023-02-28", "e-autofm-20230215": "2023-02-15",
    "pa-152": "2007-12-31", "pa-157": "2023-12-31", "d-dayeyun-130192": "2023-12-31", "pb-021": "2016-07-31", "pb-089": "2024-01-31",
}  # fmt: skip
MERGED = {
    "a-hubeidaily-20251230": ["pb-165"], "a-cri-20220802": ["pa2-024", "pb-070"], "b-xianning-20250516": ["pa-180", "pa2-018"],
    "c-hubca-2023-04": ["pa-047", "pa2-007"], "pa-157": ["pa2-001"], "pb-105": ["pb-130"], "b-caidian-14139": ["pa-059"],
    "c-ezhou-2020-06": ["pa2-050"], "c-huanggang-2023": ["pa-079"], "pa-046": ["pa2-008"], "pa-070": ["pa2-034"],
    "pa-165": ["pa2-042"], "pa-176": ["pa2-037"], "pa-183": ["pa2-017"],
}  # fmt: skip
# A row, and what its words must say of a contradiction that is shown and not smoothed.
SHOWN = [
    ("o0101", "42"), ("o1400", "41"), ("o1414", "30.7"), ("o0625", "27.5"), ("o1410", "all Huangshi"), ("o1475", "Daye's base alone"),
    ("o1477", "another threshold"), ("o0685", "107"), ("o0078", "46.42"), ("o1401", "46 billion"), ("o0082", "5.2%"), ("o0084", "5.2%"), ("o0085", "5.2%"),
    ("o0419", "break"), ("o1487", "5,109"), ("o0469", "5,108"), ("o1440", "not comparable"),
]  # fmt: skip


@pytest.mark.parametrize(("identifier", "cells"), CORRECTED, ids=[identifier for identifier, _ in CORRECTED])
def test_a_corrected_row_has_its_right_value(identifier: str, cells: dict[str, str]) -> None:
    assert {name: OBSERVATIONS[identifier][name] for name in cells} == cells


def test_the_hundred_figures_and_their_sources_are_there() -> None:
    added = [row for identifier, row in OBSERVATIONS.items() if "o1400" <= identifier <= "o1499"]
    assert len(added) == 100
    assert len([name for name in SOURCES if name.startswith("e-")]) == 57
    assert all(row["scope_note_zh"] and row["scope_note_en"] for row in added)
    areas = rows_of("areas")
    assert [(areas[name]["gbt2260_code"], areas[name]["parent_id"]) for name in ("shaanxi", "ganzhou")] == [
        ("610000", "china"),
        ("360700", "jiangxi"),
    ]


@pytest.mark.parametrize(("gone", "kept"), REPEATED.items())
def test_a_repeated_figure_is_one_row(gone: str, kept: str) -> None:
    assert gone not in OBSERVATIONS
    assert kept in OBSERVATIONS


def test_one_figure_is_one_row_unless_a_row_replaces_it() -> None:
    replaced = {row["supersedes"] for row in OBSERVATIONS.values()}
    powers = {code: int(row["power_of_ten"]) for code, row in rows_of("measurement_units").items()}
    names = ("area_id", "indicator_id", "period_start", "period_end", "measure", "statement", "growth_base_end")
    figures = Counter(
        (*(row[name] for name in names), round(float(row["value"]) * 10 ** powers[row["unit_code"]], 3))
        for identifier, row in OBSERVATIONS.items()
        if identifier not in replaced
    )
    assert [figure for figure, times in figures.items() if times > 1] == []


def test_one_series_has_one_code() -> None:
    assert not {"industrial_mlt_loan_balance", "manufacturing_loan_balance"} & INDICATORS.keys()
    for name in ("industrial_mlt_loans", "manufacturing_loans"):
        levels = [row for row in OBSERVATIONS.values() if row["indicator_id"] == name and row["measure"] == "level"]
        assert levels and {row["unit_code"] for row in levels} == {"cny_100m"}


def test_one_page_is_one_source() -> None:
    for kept, merged in MERGED.items():
        assert kept in SOURCES and not set(merged) & SOURCES.keys()
    assert not [s for s, row in SOURCES.items() if row["published"] and not row["known_on"]]
    used = {row["source_id"] for name in ("observations", "plans") for row in rows_of(name).values()}
    assert used == SOURCES.keys()


@pytest.mark.parametrize(("source", "day"), KNOWN.items())
def test_a_source_is_known_from_its_day(source: str, day: str) -> None:
    assert SOURCES[source]["known_on"] == day


@pytest.mark.parametrize(("identifier", "words"), SHOWN)
def test_a_contradiction_is_said_beside_the_figure_in_both_languages(identifier: str, words: str) -> None:
    row = OBSERVATIONS[identifier]
    assert words in f"{row['scope_note_en']} {row['doubt_en']}"
    assert bool(row["doubt_en"]) == bool(row["doubt_zh"])


def test_a_date_that_its_row_says_was_read_or_inferred_is_marked() -> None:
    """Whoever writes in a note that the year was inferred, or that a count has no date, says so in the column too."""
    said = re.compile(r"years? (?:was )?(?:read|inferred|taken)|period (?:taken|inferred|approximate)|cut-off not|cut-off date not|date of the count not")
    unmarked = [
        identifier
        for identifier, row in OBSERVATIONS.items()
        if said.search(f"{row['scope_note_en']} {row['doubt_en']}") and row["date_basis"] != "inferred"
    ]
    # The year of the page of o1444 was read, the years of its figures are printed.
    assert unmarked == []
    assert OBSERVATIONS["o0068"]["date_basis"] == "inferred"
    assert OBSERVATIONS["o0060"]["date_basis"] == "stated"


def test_the_printed_text_keeps_its_decimals() -> None:
    assert OBSERVATIONS["o0070"]["value_text"] == "15.0"
    assert all(float(row["value"]) == float(row["value_text"]) for row in OBSERVATIONS.values())


def test_a_true_jump_of_a_reference_series_is_no_slip_of_the_unit() -> None:
    """Vehicles of a new kind: 18,000 in 2013 and over five million in 2022."""
    made = sorted(float(row["value"]) for row in OBSERVATIONS.values() if row["indicator_id"] == "nev_output" and row["area_id"] == "china")
    assert made[-1] / made[0] > 100


def test_firms_counted_by_name_are_a_floor() -> None:
    named = OBSERVATIONS["o1411"]
    assert (named["indicator_id"], named["value"], named["bound"], named["concept"]) == ("srdi_smes", "3", "at_least", "narrower")


def test_what_an_undated_page_says_is_known_only_since_the_search_closed() -> None:
    package = load()
    assert str(package.compiled_on) == "2026-11-29"
    assert "o1414" not in set(package.as_of("2026-11-28").observations["observation_id"])
    assert "o1414" in set(package.as_of("2026-11-29").observations["observation_id"])
