"""Units of measure needed by the proposals: the project's own where available, otherwise derived from the code.

A code says all but the Chinese label, which is the unit as the list prints it: "m2_10k" is square metres, ten
thousand of them; `charging_points` counts things.
"""

from __future__ import annotations

import csv
import io
import re

from daye_analysis.package.definition import table
from daye_analysis.package.edited.tables import read_text
from daye_analysis.package.places import project_root
from daye_analysis.package.records import TextRow

# The power of ten and the English words of each ending that a unit's code may have.
_ENDINGS = {
    "100": (2, "100 "),
    "1k": (3, "1,000 "),
    "10k": (4, "10,000 "),
    "1m": (6, "million "),
    "1b": (9, "billion "),
    "10m": (7, "10 million "),
    "100m": (8, "100 million "),
    "10b": (10, "10 billion "),
    "100b": (11, "100 billion "),
    "1t": (12, "trillion "),
}
# Units that count no things: English label, the base unit they convert to, by which power of ten, and their kind.
_MEASURES = {
    "cny": ("CNY", "CNY", 0, "money"),
    "usd": ("USD", "USD", 0, "money"),
    "percent": ("percent", "percent", 0, "percent"),
    "percentage_points": ("percentage points", "percentage_points", 0, "percent"),
    "per_mille": ("per mille", "percent", -1, "percent"),
    "tenths": ("tenths", "percent", 1, "percent"),
    "rank": ("rank", "rank", 0, "rank"),
    "tonnes": ("tonnes", "tonnes", 0, "mass"),
    "tce": ("tonnes of coal equivalent", "tce", 0, "mass"),
    "jin": ("jin (half a kilogram)", "jin", 0, "mass"),
    "ug": ("micrograms", "ug", 0, "mass"),
    "m2": ("m²", "m2", 0, "other"),
    "km2": ("km²", "m2", 6, "other"),
    "m3": ("m³", "m3", 0, "other"),
    "mu": ("mu (1/15 hectare)", "mu", 0, "other"),
    "km": ("km", "km", 0, "other"),
    "kwh": ("kWh", "kwh", 0, "other"),
    "mwh": ("MWh", "kwh", 3, "other"),
    "gwh": ("GWh", "kwh", 6, "other"),
    "kw": ("kW", "kw", 0, "other"),
    "mw": ("MW", "kw", 3, "other"),
    "gw": ("GW", "kw", 6, "other"),
    "pflops": ("PFLOPS", "pflops", 0, "other"),
    "eflops": ("EFLOPS", "pflops", 3, "other"),
    "hours": ("hours", "hours", 0, "other"),
    "minutes": ("minutes", "minutes", 0, "other"),
    "days": ("days", "days", 0, "other"),
    "working_days": ("working days", "working_days", 0, "other"),
    "times": ("times", "times", 0, "other"),
    "to_one": ("to one", "to_one", 0, "other"),
    "teu": ("TEU", "teu", 0, "count"),
    "ha": ("hectares", "m2", 4, "other"),
    "m": ("m", "m", 0, "other"),
    "mm": ("mm", "m", -3, "other"),
    "cm": ("cm", "m", -2, "other"),
    "nautical_miles": ("nautical miles", "nautical_miles", 0, "other"),
    "mg": ("milligrams", "ug", 3, "mass"),
    "g": ("grams", "ug", 6, "mass"),
    "gce": ("grams of coal equivalent", "tce", -6, "mass"),
    "kg": ("kg", "ug", 9, "mass"),
    "ms": ("ms", "seconds", -3, "other"),
    "seconds": ("seconds", "seconds", 0, "other"),
    "litres": ("litres", "litres", 0, "other"),
    "years_of_age": ("years of age", "years_of_age", 0, "other"),
    "kwp": ("kWp", "kwp", 0, "other"),
    "mwp": ("MWp", "kwp", 3, "other"),
    "gwp": ("GWp", "kwp", 6, "other"),
    "number": ("number without a unit", "number", 0, "other"),
    "other_unit": ("unit as printed", "other_unit", 0, "other"),
}
_CODE = re.compile(rf"(?P<base>.+?)(?:_(?P<ending>{'|'.join(_ENDINGS)}))?")


def project_units() -> dict[str, TextRow]:
    """Return the project's own units of measure, by their code."""
    defined = table("measurement_units")
    text = read_text(project_root() / defined.path)
    return {row["unit_code"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def unit_row(code: str, unit_zh: str) -> TextRow:
    """Return the row of the unit `code`, printed as `unit_zh`, in the columns of `measurement_units`."""
    counted, _, per = code.partition("_per_")
    match = _CODE.fullmatch(counted)
    base, ending = (match["base"], match["ending"]) if match else (counted, None)
    power, prefix = _ENDINGS.get(ending or "", (0, ""))
    # What a counter counts is not known: its pinyin is no English word.
    counter = base.startswith("items_")
    english, base_unit, more, kind = _MEASURES.get(base, (base.replace("_", " "), base, 0, "count"))
    if counter:
        english, base_unit = f"items ({unit_zh.lstrip('万亿')})", "items"
    return {
        "unit_code": code,
        # 翻两番 is read as four times, not as four 番.
        "label_zh": "倍" if code == "times" else unit_zh or ("无单位" if base == "number" else code),
        "label_en": f"{prefix}{english}{_per_words(per)}",
        "base_unit": f"{base_unit}_per_{per}" if per else base_unit,
        "power_of_ten": str(power + more),
        "kind": "other" if per else kind,
    }


def _per_words(per: str) -> str:
    words = (_ENDINGS[word][1].strip() if word in _ENDINGS else word for word in per.split("_"))
    return f" per {' '.join(words)}" if per else ""
