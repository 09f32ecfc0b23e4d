"""The content of a request: for each lead body the letter and the rows of the table, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from daye_analysis.bilingual import Text, date_words
from daye_analysis.package.definition.codes import SCOPE
from daye_analysis.package.formatting import target_words, unit_words
from daye_analysis.package.request.messages import (
    CLOSING,
    COLUMNS,
    LED,
    LED_BY_NOBODY,
    LETTER,
    NOBODY,
    PERIOD,
    SALUTATION,
)
from daye_analysis.package.request.wanted import NO_LEAD_BODY, Wanted, wanted
from daye_analysis.package.view import PackageView

if TYPE_CHECKING:
    from daye_analysis.package.package_tables import PackageTables


@dataclass(frozen=True, slots=True)
class Sheet:
    """One unit's request: salutation, paragraphs and closing, and a row of cells by column for each figure.

    `holder` is the unit's identifier, or NO_LEAD_BODY for the figures of which the list names no lead body.
    """

    holder: str
    salutation: Text
    paragraphs: tuple[Text, ...]
    closing: Text
    rows: tuple[dict[str, str], ...]


def _period(each: Wanted) -> str:
    values = {"year": each.period_end[:4], "first": each.period_start[:4]}
    return "\n".join(text.format(**values) for text in PERIOD[each.over])


def _row(package: PackageTables, each: Wanted) -> dict[str, str]:
    target = package.target_row(each.target_id)
    units = package.measurement_units.set_index("unit_code")
    label = Text(str(units.at[each.unit_code, "label_zh"]), str(units.at[each.unit_code, "label_en"]))
    cells = dict.fromkeys(COLUMNS, "")
    return cells | {
        "key": each.key,
        "target": f"{target['name_zh']}\n{target['name_en']}",
        "wording": str(target["wording_zh"]),
        "asked": target_words(target["comparator"], target["value"], label.zh, "zh"),
        "scope": f"{SCOPE.label(target['scope']).zh}。{target['definition_zh']}",
        **period_and_unit(package, each),
    }


def period_and_unit(package: PackageTables, each: Wanted) -> dict[str, str]:
    """Return the cells that say over which period a figure is asked for, and in which unit."""
    unit = package.record("measurement_units", each.unit_code)
    label = Text(str(unit["label_zh"]), str(unit["label_en"]))
    return {"period": _period(each), "unit": "\n".join(unit_words(text) for text in label)}


def sheets(package: PackageTables) -> Iterator[Sheet]:
    """Yield the request to each body that leads on a target with a missing figure, by unit; one to nobody where none is named comes first."""
    import pandas as pd

    names = package.units.set_index("unit_id")
    plan = package.plans.iloc[0]
    day = pd.Timestamp(package.compiled_on)
    values = {"plan": plan["title_zh"], "day": date_words(day, "zh"), "day_en": date_words(day, "en")}
    missing = sorted(wanted(PackageView(package, package.known_until)), key=lambda each: each.holder)
    for holder, group in groupby(missing, key=lambda each: each.holder):
        unit, led = NOBODY, LED_BY_NOBODY
        if holder != NO_LEAD_BODY:
            unit, led = Text(str(names.at[holder, "name_zh"]), str(names.at[holder, "name_en"])), LED
        filled_in = {**values, "led_zh": led.zh, "led_en": led.en}
        yield Sheet(
            holder,
            Text(SALUTATION.zh.format(unit=unit.zh), SALUTATION.en.format(unit=unit.en)),
            tuple(Text(text.zh.format(**filled_in), text.en.format(**filled_in)) for text in LETTER),
            CLOSING,
            tuple(_row(package, each) for each in group),
        )
