"""What can be wrong with the data, in words: code, what, and remedy."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.package.wording import Words

_SPAN = Text(
    "请改正 source_start、source_end 或原文；按字符计，从 0 起，终点不含。",
    "Mend source_start, source_end or the words; code points count from 0 and the end is not included.",
)
_UNIT = Text(
    "请改正 unit_code，或改正指标自己的单位（indicators 表）。",
    "Mend unit_code, or the indicator's own unit (table indicators).",
)

CHECK_WORDS: Words = {
    "cell.missing": (
        Text("缺少{zh}。", "The cell is empty."),
        Text("请补上：{description}", "Fill it in: {en}"),
    ),
    "cell.unknown-code": (
        Text("“{found}”不是代码表中的代码。", "'{found}' is no code of the list."),
        Text("可用：{wanted}", "Use one of: {wanted}"),
    ),
    "cell.pattern": (
        Text("“{found}”的写法不对。", "'{found}' is not spelt as it must be."),
        Text("须合 {wanted}，如 {example}。", "It must match {wanted}, as {example} does."),
    ),
    "cell.below-minimum": (
        Text("{found} 小于 {wanted}。", "{found} is less than {wanted}."),
        Text("不得小于 {wanted}。", "Give {wanted} or more."),
    ),
    "cell.too-long": (
        Text("单元格有 {found} 个字符。", "The cell holds {found} characters."),
        Text("不得超过 {limit} 个（XLSX 的上限）。", "It may hold {limit}, as many as a cell of XLSX."),
    ),
    "cell.formula": (
        Text("“{found}”会被电子表格当作公式。", "'{found}' would be taken for a formula by a spreadsheet."),
        Text("文字不要以 = + - @ 或制表符、回车开头。", "Begin no text with = + - @, a tab or a carriage return."),
    ),
    "cell.control-character": (
        Text("第 {place} 个字符是控制字符 {character}。", "Character {place} is the control character {character}."),
        Text("请删去。", "Remove it."),
    ),
    "cell.hidden-character": (
        Text(
            "第 {place} 个字符 {character} 不可见或改变书写方向。",
            "Character {place}, {character}, is invisible or turns the writing direction.",
        ),
        Text("请删去。", "Remove it."),
    ),
    "cell.not-nfc": (
        Text("“{found}”不是 NFC 形式。", "'{found}' is not in Unicode form NFC."),
        Text("请存为 NFC 形式，使同样的文字只有一种写法。", "Save it in form NFC, so that equal texts are equal bytes."),
    ),
    "table.missing": (
        Text("缺少该表。", "The table is missing."),
        Text("请补上；没有数据也要有表头。", "Supply it; without rows it still has its header."),
    ),
    "table.empty": (
        Text("该表没有任何行。", "The table has no rows."),
        Text("数据包至少要有一个目标。", "A package has at least one target."),
    ),
    "text.one-language": (
        Text("“{other}”已填写，此处为空。", "'{other}' is filled in and this is empty."),
        Text("请写出中文；英文可以不写。", "Give the Chinese; the English may be left out."),
    ),
    "key.twice": (
        Text("主键“{found}”与第 {first} 行相同。", "The primary key '{found}' is that of row {first}."),
        Text("每行须有自己的标识。", "Give every row a key of its own."),
    ),
    "key.unique-twice": (
        Text("“{found}”与第 {first} 行相同，而 {fields} 须唯一。", "'{found}' is as in row {first}, but {fields} must be unique."),
        Text("请改正其一或删去重复的行。", "Mend one of the two, or remove the row that is double."),
    ),
    "key.not-found": (
        Text("“{found}”不在 {reference} 表中。", "'{found}' is not in table {reference}."),
        Text("请改正，或在 {reference} 表中补上。", "Mend it, or add it to table {reference}."),
    ),
    "span.no-text": (
        Text("没有官方原文，无法核对 {found} 行的文字。", "There is no official text to check {found} rows' words against."),
        Text("请附上 {wanted}（UTF-8）。", "Supply {wanted} (UTF-8)."),
    ),
    "span.outside-text": (
        Text("{start}–{end} 不在原文的 {found} 个字符之内。", "{start} to {end} is no span of the text's {found} characters."),
        _SPAN,
    ),
    "span.words-differ": (
        Text("原文该处是“{found}”，不是“{wanted}”。", "The text there says '{found}', not '{wanted}'."),
        _SPAN,
    ),
    "span.words-moved": (
        Text("原文该处是“{found}”；这些文字在 {start}–{end}。", "The text there says '{found}'; these words stand at {start} to {end}."),
        _SPAN,
    ),
    "span.outside-task": (
        Text("文字不在任务 {found} 的原文之内。", "The words do not stand inside task {found}."),
        Text("请改正 task_id 或位置。", "Mend task_id or the span."),
    ),
    "unit.kind-differs": (
        Text("单位 {found} 的类别与指标的单位 {wanted} 不同。", "The unit {found} is of another kind than the indicator's, {wanted}."),
        _UNIT,
    ),
    "unit.base-differs": (
        Text("单位 {found} 不能换算为指标的单位 {wanted}。", "The unit {found} does not convert to the indicator's, {wanted}."),
        _UNIT,
    ),
    "unit.measure-differs": (
        Text("度量为 {measure}，单位却是 {found}。", "The measure is {measure}, but the unit is {found}."),
        Text("增幅和占比用百分比，位次用位次。", "Growth and shares are in per cent, ranks in ranks."),
    ),
    "period.ends-before-start": (
        Text("期末 {found} 早于期初 {start}。", "The period ends {found}, before its start {start}."),
        Text("请改正其一。", "Mend one of the two."),
    ),
    "period.flow-without-start": (
        Text("期间数没有期初。", "A flow has no start of its period."),
        Text("请补上期初，或改度量为 level。", "Give the period's first day, or make the measure a level."),
    ),
    "period.level-with-start": (
        Text("时点数有期初 {found}。", "A level has a start of its period, {found}."),
        Text("请删去期初，或改度量为 flow。", "Leave the start empty, or make the measure a flow."),
    ),
    "period.base-without-growth": (
        Text("只有增幅才有基期。", "Only a growth has a base period."),
        Text("请删去基期。", "Leave the base empty."),
    ),
    "period.base-not-before": (
        Text("增幅的基期 {found} 不早于期末 {end}。", "The base of the growth, {found}, is not before the period's end, {end}."),
        Text("请改正其一。", "Mend one of the two."),
    ),
    "period.due-before-start": (
        Text("到期日 {found} 不晚于规划起始日 {start}。", "The due date {found} is not after the plan's start {start}."),
        Text("请改正其一。", "Mend one of the two."),
    ),
    "period.first-year-not-annual": (
        Text("只有逐年目标才有首年。", "Only an annual target has a first year."),
        Text("请删去首年，或改范围为 annual。", "Leave the first year empty, or make the scope annual."),
    ),
    "period.annual-without-first-year": (
        Text("逐年目标没有首年。", "An annual target has no first year."),
        Text("请补上首年，或改范围。", "Give the first year, or another scope."),
    ),
    "period.first-year-outside": (
        Text("首年 {found} 不在规划期（{start} 之后至 {end}）内。", "The first year {found} is not within the plan, after {start} and up to {end}."),
        Text("请改正首年。", "Mend the first year."),
    ),
    "value.negative": (
        Text("{found} 小于零，而数目、金额和占比不会为负。", "{found} is below zero, which no count, amount or share is."),
        Text("请改正数值；另有所指的，口径写 related。", "Mend the value, or make the concept related if it is another thing."),
    ),
    "value.above-hundred": (
        Text("占比 {found} 超过 100。", "The share {found} is above 100."),
        Text("请改正数值；另有所指的，口径写 related。", "Mend the value, or make the concept related if it is another thing."),
    ),
    "value.text-differs": (
        Text("数值原文“{found}”与数值 {value} 不等。", "The printed text '{found}' is another number than the value, {value}."),
        Text("两格应为同一个数；在编辑文件中只填 value。", "Give both cells the same number; in edited files only value is typed."),
    ),
    "area.circle": (
        Text("“{found}”绕了一圈又包含自己。", "'{found}' contains itself in the end: {path}."),
        Text("请改正其中一个上级地区。", "Mend one of the containing areas."),
    ),
}  # fmt: skip
