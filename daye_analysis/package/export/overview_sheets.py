"""The two overview sheets: every target with its latest comparable figure, every observation with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import codes

TARGETS_SHEET, OBSERVATIONS_SHEET = "目标总览", "数据总览"
# For each view of the SQLite export: its sheet, and of its columns those that are shown, each with its heading.
OVERVIEWS: Final[dict[str, tuple[str, dict[str, Text]]]] = {
    "target_overview": (TARGETS_SHEET, {
        "target_id": Text("目标标识", "target id"), "target_zh": Text("目标", "target (Chinese)"), "target_en": Text("目标英文", "target (English)"),
        "action_zh": Text("行动", "action"), "task_id": Text("任务", "task"),
        "lead_units_zh": Text("牵头单位", "led by (Chinese)"), "lead_units_en": Text("牵头单位英文", "led by (English)"),
        "comparator": Text("比较", "comparator"), "target_value": Text("目标值", "target value"),
        "unit_zh": Text("单位", "unit (Chinese)"), "unit_en": Text("单位英文", "unit (English)"), "due": Text("到期日", "due"),
        "latest_value": Text("最近同口径数据", "latest comparable figure"), "latest_unit_zh": Text("数据单位", "its unit"),
        "latest_period_start": Text("期初", "period starts"), "latest_period_end": Text("期末", "period ends"),
        "deciding_figures": Text("同口径数据个数", "comparable figures"), "latest_observation_id": Text("观测值标识", "observation id"),
        "latest_source": Text("来源", "source"), "latest_source_url": Text("来源地址", "source address"), "wording_zh": Text("原文", "official wording"),
    }),
    "observation_overview": (OBSERVATIONS_SHEET, {
        "observation_id": Text("观测值标识", "observation id"), "indicator_zh": Text("指标", "indicator (Chinese)"),
        "indicator_en": Text("指标英文", "indicator (English)"), "area_zh": Text("地区", "area (Chinese)"), "area_en": Text("地区英文", "area (English)"),
        "gbt2260_code": Text("行政区划代码", "GB/T 2260 code"),
        "period_start": Text("期初", "period starts"), "period_end": Text("期末", "period ends"), "measure": Text("计量方式", "measure"),
        "value": Text("数值", "value"), "unit_zh": Text("单位", "unit (Chinese)"), "unit_en": Text("单位英文", "unit (English)"),
        "bound": Text("数值性质", "bound"), "statement": Text("陈述类型", "statement"), "concept": Text("口径", "concept"),
        "doubt_zh": Text("疑义", "doubt (Chinese)"), "doubt_en": Text("疑义英文", "doubt (English)"),
        "scope_note_zh": Text("范围说明", "scope (Chinese)"), "scope_note_en": Text("范围说明英文", "scope (English)"),
        "source": Text("来源", "source"), "publisher": Text("发布者", "publisher"), "known_on": Text("可知日", "known on"),
        "tier": Text("来源层级", "tier"), "url": Text("地址", "address"),
    }),
}  # fmt: skip
OVERVIEW_TEXT: Final = (
    (TARGETS_SHEET, Text("目标总览", "Targets at a glance"),
     Text("一行一个目标：要求、牵头单位、最近同口径数据及来源；没有同口径数据者为空。",
          "One row a target: what is asked, who leads, the latest comparable figure and its source; empty where there is none.")),
    (OBSERVATIONS_SHEET, Text("数据总览", "Observations at a glance"),
     Text("一行一条观测及其来源，名称代替标识。", "One row an observation with its source, names in place of identifiers.")),
)  # fmt: skip
_CODED: Final = {
    "comparator": codes.COMPARATOR, "measure": codes.MEASURE, "bound": codes.BOUND, "statement": codes.STATEMENT,
    "concept": codes.CONCEPT, "tier": codes.SOURCE_TIER,
}  # fmt: skip
_DAYS: Final = frozenset({"due", "latest_period_start", "latest_period_end", "period_start", "period_end", "known_on"})
_WIDE: Final = frozenset({"wording_zh", "scope_note_zh", "scope_note_en", "latest_source", "source", "doubt_zh", "doubt_en"})


def write_overview(book: Any, name: str, columns: Mapping[str, Text], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write one sheet: headings in both languages, codes as their labels, days as days; text stays text."""
    sheet = book.book.add_worksheet(name)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_row(0, 32)
    for at, (column, title) in enumerate(columns.items()):
        sheet.set_column(at, at, 40 if column in _WIDE else 12 if column in _DAYS else 18)
        sheet.write_string(0, at, f"{title.zh}\n{title.en}", book.wrapped_heading)
    for down, row in enumerate(rows, 1):
        for at, column in enumerate(columns):
            value = row[column]
            if value is None:
                continue
            if column in _DAYS:
                sheet.write_datetime(down, at, dt.date.fromisoformat(value), book.date)
            elif column in _CODED:
                sheet.write_string(down, at, " ".join(_CODED[column].label(value)))
            elif isinstance(value, str):
                sheet.write_string(down, at, value)
            else:
                sheet.write_number(down, at, value)
