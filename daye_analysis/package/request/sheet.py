"""The content of a request: for each lead body the letter and the rows of the table, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from daye_analysis.bilingual import Text, date_words
from daye_analysis.package.definition.codes import SCOPE
from daye_analysis.package.formatting import target_words, unit_words
from daye_analysis.package.request.messages import CLOSING, COLUMNS, LETTER, PERIOD, SALUTATION
from daye_analysis.package.request.wanted import Wanted, wanted
from daye_analysis.package.view import PackageView

if TYPE_CHECKING:
    from daye_analysis.package.package_tables import PackageTables


@dataclass(frozen=True, slots=True)
class Sheet:
    """One unit's request: salutation, paragraphs and closing, and a row of cells by column for each figure."""

    unit_id: str
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
        "period": _period(each),
        "unit": "\n".join(unit_words(text) for text in label),
    }


def sheets(package: PackageTables) -> Iterator[Sheet]:
    """Yield the request to each body that leads on a target with a missing figure, by unit."""
    import pandas as pd

    names = package.units.set_index("unit_id")
    plan = package.plans.iloc[0]
    day = pd.Timestamp(package.compiled_on)
    values = {"plan": plan["title_zh"], "day": date_words(day, "zh"), "day_en": date_words(day, "en")}
    missing = sorted(wanted(PackageView(package, package.known_until)), key=lambda each: each.unit_id)
    for unit_id, group in groupby(missing, key=lambda each: each.unit_id):
        unit = Text(str(names.at[unit_id, "name_zh"]), str(names.at[unit_id, "name_en"]))
        yield Sheet(
            unit_id,
            Text(SALUTATION.zh.format(unit=unit.zh), SALUTATION.en.format(unit=unit.en)),
            tuple(Text(text.zh.format(**values), text.en.format(**values)) for text in LETTER),
            CLOSING,
            tuple(_row(package, each) for each in group),
        )
