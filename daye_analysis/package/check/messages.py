"""What can be wrong with the data, in words: code, what, and remedy."""

from __future__ import annotations

from daye_analysis.bilingual import Text
from daye_analysis.problem_messages import Words

_SPAN = Text(
    "请改正 source_start、source_end 或原文；按字符计，从 0 起，终点不含。",
    "Correct source_start, source_end or the words; code points count from 0 and the end is not included.",
)
_UNIT = Text(
    "请改正 unit_code，或改正指标自己的单位（indicators 表）。",
    "Correct unit_code, or the indicator's own unit (table indicators).",
)

CHECK_PROBLEMS: Words = {
    "cell.missing": (
        Text("缺少{field}。", "The cell is empty: {field}."),
        Text("请补上：{description}", "Fill it in: {description}"),
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
        Text("请改正其一或删去重复的行。", "Correct one of the two, or remove the row that is double."),
    ),
    "key.not-found": (
        Text("“{found}”不在 {reference} 表中。", "'{found}' is not in table {reference}."),
        Text("请改正，或在 {reference} 表中补上。", "Correct it, or add it to table {reference}."),
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
        Text("原文该处是“{found}”；这些文字在 {start}–{end}。", "The text there says '{found}'; these words are at {start} to {end}."),
        _SPAN,
    ),
    "span.outside-task": (
        Text("文字不在任务 {found} 的原文之内。", "The words are not inside task {found}."),
        Text("请改正 task_id 或位置。", "Correct task_id or the span."),
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
        Text("请改正其一。", "Correct one of the two."),
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
        Text("只有增幅和累计降幅才有基期。", "Only a growth or a cumulative reduction has a base period."),
        Text("请删去基期。", "Leave the base empty."),
    ),
    "period.base-not-before": (
        Text("基期 {found} 不早于本期（期初“{start}”，期末 {end}）。",
             "The base, {found}, is not before the period (start '{start}', end {end})."),
        Text("请改正其一。", "Correct one of the two."),
    ),
    "period.due-before-start": (
        Text("到期日 {found} 不晚于规划起始日 {start}。", "The due date {found} is not after the plan's start {start}."),
        Text("请改正其一。", "Correct one of the two."),
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
        Text("请改正首年。", "Correct the first year."),
    ),
    "value.negative": (
        Text("{found} 小于零，而数目、金额和占比不会为负。", "{found} is below zero, which no count, amount or share is."),
        Text("请改正数值；另有所指的，口径写 related。", "Correct the value, or make the concept related if it is another thing."),
    ),
    "value.above-hundred": (
        Text("占比 {found} 超过 100。", "The share {found} is above 100."),
        Text("请改正数值；另有所指的，口径写 related。", "Correct the value, or make the concept related if it is another thing."),
    ),
    "period.known-before-end": (
        Text("实绩的期末 {found} 比来源可知之日 {known} 晚 31 天以上。",
             "The outturn's period ends on {found}, more than 31 days after its source became known, {known}."),
        Text("请把期末改为来源所及的日子，或陈述改为 forecast。",
             "End the period on the day up to which the source counts, or state it as a forecast."),
    ),
    "source.address-twice": (
        Text("地址“{found}”已是来源 {other} 的地址。", "The address '{found}' is that of source {other} too."),
        Text("一个页面是一个来源：请合并两行，观测改用同一来源。", "One page is one source: merge the two rows and let their observations name one."),
    ),
    "source.figure-twice": (
        Text("同一来源的同一数值已有观测 {other}。", "Observation {other} is the same figure from the same source."),
        Text("请只留一行；口径不同的写在一行的说明中。", "Keep one row; put what the other says into its notes."),
    ),
    "source.published-unknown": (
        Text("发布时间“{found}”不是年、月或日。", "'{found}' is no year, month or day."),
        Text("请写 2023、2023-03 或 2023-03-08；页面未印的，留空。", "Write 2023, 2023-03 or 2023-03-08, or nothing where the page says nothing."),
    ),
    "source.known-on-missing": (
        Text("印有发布时间“{found}”，却没有可知日。", "It says when it was published, '{found}', but not from which day it was known."),
        Text("请写最晚可能的一天：{wanted}。", "Give the latest day that it can be: {wanted}."),
    ),
    "supersedes.circle": (
        Text("“{found}”绕了一圈又替代自己：{path}。", "'{found}' replaces itself in the end: {path}."),
        Text("请改正其中一行。", "Correct one of these rows."),
    ),
    "supersedes.other-figure": (
        Text("所替代的 {found} 是另一数据：{fields} 不同。", "It replaces {found}, which is another figure: {fields} differ."),
        Text("只能替代同一指标、地区、度量和时期的观测。", "Only an observation of the same indicator, area, measure and period can be replaced."),
    ),
    "indicator.additive": (
        Text("量的类型为 {found}，各部分之和不是整体。", "The quantity is {found}, whose parts do not sum to a whole."),
        Text("请写 false：占比、比率、位次、增速和指数都不可加。", "Write false: shares, rates, ranks, growth and indices do not add up."),
    ),
    "value.fractional": (
        Text("{found} 不是整数个。", "{found} is no whole number of what is counted."),
        Text("请改正数值或单位；平均数用其他单位。", "Correct the value or the unit; an average has a unit of its own."),
    ),
    "value.bound-leaves-nothing": (
        Text("“{bound}”{found} 没有可能的取值。", "No value is {bound} {found}."),
        Text("请改正数值或确切程度。", "Correct the value or the bound."),
    ),
    "value.factor-hundred": (
        Text("{found} 与同一序列相邻的 {value}（{other}，第 {row} 行）相差百倍以上。",
             "{found} is a hundred times, or a hundredth of, its neighbour in the series, {value} ({other}, row {row})."),
        Text("请核对数值和单位；若都无误，在较小者的存疑中说明序列由此重新开始。",
             "Check value and unit; if both are right, say in the doubt of the smaller one that the series begins anew."),
    ),
    "value.text-differs": (
        Text("数值原文“{found}”与数值 {value} 不等。", "The printed text '{found}' is another number than the value, {value}."),
        Text("两格应为同一个数；在编辑文件中只填 value。", "Give both cells the same number; in edited files only value is typed."),
    ),
    "area.circle": (
        Text("“{found}”绕了一圈又包含自己：{path}。", "'{found}' contains itself in the end: {path}."),
        Text("请改正其中一个上级地区。", "Correct one of the containing areas."),
    ),
}  # fmt: skip
