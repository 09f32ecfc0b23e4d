"""The fields that several tables share, defined once."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import codes
from daye_analysis.package.definition.model import Field

IDENTIFIER = "^[a-z0-9][a-z0-9_-]*$"
OBSERVATION_ID = "^[a-z][a-z0-9_-]*[0-9]{4,}$"
# References whose values a vocabulary has a concept for; the others are plain identifiers.
_REFERRED_TERMS = {"unit_code": "sdmx:UNIT_MEASURE", "area_id": "sdmx:REF_AREA"}
_OFFICIAL_ORDER = {"action_id": "^A[0-9]+$", "task_id": "^T[0-9]{2,}[a-z]?$"}

NAME_ZH = Field(
    "name_zh", "string", Text("名称", "Name (Chinese)"),
    Text("中文名称；出自清单者用清单原文。", "Chinese name; the list's own words where it comes from the list."),
    "新材料", term="schema:name",
)  # fmt: skip
NAME_EN = Field(
    "name_en", "string", Text("英文名称", "Name (English)"),
    Text("英文名称，非官方翻译。", "English name, an unofficial translation."),
    "New materials", required=False, term="schema:name",
)  # fmt: skip
POSITION = Field(
    "position", "integer", Text("顺序", "Position"),
    Text("在清单中的顺序，从 1 起。", "Place in the order of the list, from 1."), "1", minimum=1,
    term="schema:position",
)  # fmt: skip
SOURCE_START = Field(
    "source_start", "integer", Text("原文起点", "Start in the official text"),
    Text("所依据文字在 data/source/task_list.zh.txt 中的起点，按字符计，从 0 起。",
         "Where the words are in data/source/task_list.zh.txt: first character, counted in code points from 0."),
    "128", minimum=0,
)  # fmt: skip
SOURCE_END = Field(
    "source_end", "integer", Text("原文终点", "End in the official text"),
    Text("所依据文字的终点（不含），按字符计。", "Where the words end: one past the last code point."), "160",
    minimum=0,
)  # fmt: skip
WORDING_ZH = Field(
    "wording_zh", "string", Text("原文", "Official wording"),
    Text("所依据的原文，逐字照录。", "The official words it rests on, verbatim."), "高新技术企业数达到450家",
    term="schema:text",
)  # fmt: skip


def reference(name: str, of: Text, example: str, *, required: bool = True, primary: bool = False) -> Field:
    """Return an identifier field: the key of its own table (`primary`) or the key of another's row."""
    zh = f"{of.zh}的标识，一经使用不再更改。" if primary else f"所指{of.zh}的标识。"
    en = f"Identifier of the {of.en}, never changed once used." if primary else f"Identifier of the {of.en} meant."
    return Field(
        name, "string", Text(f"{of.zh}标识", f"{of.en.capitalize()} identifier"), Text(zh, en), example,
        required=required, pattern=_OFFICIAL_ORDER.get(name, IDENTIFIER),
        term=_REFERRED_TERMS.get(name, "schema:identifier"),
    )  # fmt: skip


UNIT_CODE = reference("unit_code", Text("计量单位", "unit of measure"), "firms")
VALUE = Field(
    "value", "number", Text("数值", "Value"),
    Text("数值，照来源所印，单位见 unit_code。", "The number as its source printed it, in the unit that unit_code names."),
    "450", term="sdmx:OBS_VALUE",
)  # fmt: skip
# A plain decimal: what a cell of type number must be spelt like.
VALUE_TEXT = Field(
    "value_text", "string", Text("数值原文", "Value as printed"),
    Text("来源所印的数字，保留其小数位；与 value 相等。", "The number with the decimals that its source printed; equal to value."),
    "450", pattern="^-?(0|[1-9][0-9]*)([.][0-9]+)?$", copy_of="value",
)  # fmt: skip
PERIOD_START = Field(
    "period_start", "date", Text("期初", "Start of the period"),
    Text("期间数的第一天；时点数为空。", "First day of what a flow counts; empty for a level."), "2025-01-01",
    required=False, term="schema:startDate",
)  # fmt: skip
PERIOD_END = Field(
    "period_end", "date", Text("期末", "End of the period"),
    Text("期间数的最后一天，或时点数的日期。", "Last day of what a flow counts, or the day of a level."), "2025-12-31",
    term="sdmx:TIME_PERIOD",
)  # fmt: skip
NOTE_ZH = Field(
    "note_zh", "string", Text("说明", "Note (Chinese)"),
    Text("读者须知；无则为空。", "What a reader must know; empty where there is nothing."), "原文未写明指标。",
    required=False,
)  # fmt: skip
NOTE_EN = Field(
    "note_en", "string", Text("说明（英文）", "Note (English)"),
    Text("读者须知的英文；无则为空。", "The same in English; empty where there is nothing."),
    "The text names no measure.", required=False,
)  # fmt: skip
DUE = Field(
    "due", "date", Text("到期日", "Due date"), Text("目标应完成的日期。", "The day by which it is due."), "2026-12-31",
    term="schema:endDate",
)  # fmt: skip
OFFICIAL_NUMBER = Field(
    "official_number", "integer", Text("序号", "Official number"),
    Text("清单所印序号；未编号的行为空。", "The number printed in the list; empty for an unnumbered row."),
    "16", required=False, minimum=1,
)  # fmt: skip
DIRECTION = Field(
    "direction", "string", Text("方向", "Direction"),
    Text("数值上升还是下降才是进展；必须写明。", "Whether a rise or a fall is progress; always stated."), "increase",
    codes=codes.DIRECTION,
)  # fmt: skip
