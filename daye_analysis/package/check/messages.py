"""Problems of the data by code: what is wrong and how to fix it."""

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
        Text("“{found}”不是代码表中的代码。", "'{found}' is not in the code list."),
        Text("可用：{wanted}", "Use one of: {wanted}"),
    ),
    "cell.pattern": (
        Text("“{found}”的写法不对。", "'{found}' does not have the required form."),
        Text("须符合 {wanted}，如 {example}。", "It must match {wanted}, as {example} does."),
    ),
    "cell.below-minimum": (
        Text("{found} 小于 {wanted}。", "{found} is less than {wanted}."),
        Text("不得小于 {wanted}。", "Give {wanted} or more."),
    ),
    "cell.too-long": (
        Text("单元格有 {found} 个字符。", "The cell holds {found} characters."),
        Text("不得超过 {limit} 个（XLSX 的上限）。", "The limit is {limit}, that of a cell in XLSX."),
    ),
    "cell.formula": (
        Text("“{found}”会被电子表格当作公式。", "'{found}' would be taken for a formula by a spreadsheet."),
        Text("文字不要以 = + - @ 或制表符、回车开头。", "Do not begin a text with = + - @, a tab or a carriage return."),
    ),
    "cell.control-character": (
        Text("第 {place} 个字符是控制字符 {character}。", "Character {place} is the control character {character}."),
        Text("请删去。", "Remove it."),
    ),
    "cell.hidden-character": (
        Text(
            "第 {place} 个字符 {character} 不可见或改变书写方向。",
            "Character {place}, {character}, is invisible or changes the writing direction.",
        ),
        Text("请删去。", "Remove it."),
    ),
    "cell.not-nfc": (
        Text("“{found}”不是 NFC 形式。", "'{found}' is not in Unicode form NFC."),
        Text("请存为 NFC 形式，使同样的文字只有一种写法。", "Save the text in form NFC, so that equal texts have equal bytes."),
    ),
    "table.missing": (
        Text("缺少该表。", "The table is missing."),
        Text("请补上；没有数据也要有表头。", "Add it; a table without rows still needs its header."),
    ),
    "table.empty": (
        Text("该表没有任何行。", "The table has no rows."),
        Text("数据包至少要有一个目标。", "A package needs at least one target."),
    ),
    "text.one-language": (
        Text("“{other}”已填写，此处为空。", "'{other}' is filled in, but this field is empty."),
        Text("请写出中文；英文可以不写。", "Give the Chinese text; the English may be left out."),
    ),
    "key.twice": (
        Text("主键“{found}”与第 {first} 行相同。", "The primary key '{found}' is already used in row {first}."),
        Text("每行须有自己的标识。", "Give every row a key of its own."),
    ),
    "key.unique-twice": (
        Text("“{found}”与第 {first} 行相同，而 {fields} 须唯一。", "'{found}' repeats row {first}, but {fields} must be unique."),
        Text("请改正其一或删去重复的行。", "Correct one of the two, or remove the duplicate row."),
    ),
    "key.not-found": (
        Text("“{found}”不在 {reference} 表中。", "'{found}' is not in table {reference}."),
        Text("请改正，或在 {reference} 表中补上。", "Correct it, or add it to table {reference}."),
    ),
    "span.no-text": (
        Text("没有官方原文，无法核对 {found} 行的文字。", "There is no official text against which to check the wording of {found} rows."),
        Text("请附上 {wanted}（UTF-8）。", "Add {wanted} (UTF-8)."),
    ),
    "span.outside-text": (
        Text("{start}–{end} 不在原文的 {found} 个字符之内。", "{start} to {end} is not a span within the text's {found} characters."),
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
        Text("度量为 {measure}，而单位为 {found}。", "The measure is {measure}, but the unit is {found}."),
        Text("增速和占比的单位为百分比，位次的单位为“位”。", "Growth rates and shares use per cent, ranks use the unit rank."),
    ),
    "period.ends-before-start": (
        Text("期末 {found} 早于期初 {start}。", "The period ends {found}, before its start {start}."),
        Text("请改正其一。", "Correct one of the two."),
    ),
    "period.flow-without-start": (
        Text("期间数没有期初。", "A flow has no period start."),
        Text("请补上期初，或改度量为 level。", "Give the period's first day, or make the measure a level."),
    ),
    "period.level-with-start": (
        Text("时点数有期初 {found}。", "A level has a period start, {found}."),
        Text("请删去期初，或改度量为 flow。", "Leave the start empty, or make the measure a flow."),
    ),
    "period.base-without-growth": (
        Text("只有增幅和累计降幅才有基期。", "Only a growth rate or a cumulative reduction has a base period."),
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
        Text("请补上首年，或改范围。", "Give the first year, or change the scope."),
    ),
    "period.first-year-outside": (
        Text("首年 {found} 不在规划期（{start} 之后至 {end}）内。", "The first year {found} is not within the plan, after {start} and up to {end}."),
        Text("请改正首年。", "Correct the first year."),
    ),
    "value.negative": (
        Text("{found} 小于零，而数目、金额和占比不会为负。", "{found} is below zero, but a count, amount or share cannot be negative."),
        Text("请改正数值；所指不同的，口径写 related。", "Correct the value, or set the concept to related if something else is measured."),
    ),
    "value.above-hundred": (
        Text("占比 {found} 超过 100。", "The share {found} is above 100."),
        Text("请改正数值；所指不同的，口径写 related。", "Correct the value, or set the concept to related if something else is measured."),
    ),
    "period.known-before-end": (
        Text("实绩的期末 {found} 比来源可知之日 {known} 晚 31 天以上。",
             "The outturn's period ends on {found}, more than 31 days after its source became known, {known}."),
        Text("请将期末改为来源统计截止之日，或将陈述改为 forecast。",
             "End the period on the day up to which the source counts, or set the statement to forecast."),
    ),
    "source.address-secret": (
        Text("地址中有用户名或密码。", "The address carries a user name or password."),
        Text("请删去“@”及其之前的部分；该密码须更换。", "Remove what stands before the '@', and the '@'; change that password."),
    ),
    "source.address-twice": (
        Text("地址“{found}”已是来源 {other} 的地址。", "The address '{found}' is already that of source {other}."),
        Text("一个页面是一个来源：请合并两行，观测改用同一来源。", "One page is one source: merge the two rows and let their observations refer to one source."),
    ),
    "source.figure-twice": (
        Text("同一来源的同一数值已有观测 {other}。", "Observation {other} is the same figure from the same source."),
        Text("请只留一行；口径不同的写在一行的说明中。", "Keep one row, and move what the other says into its notes."),
    ),
    "source.published-unknown": (
        Text("发布时间“{found}”不是年、月或日。", "'{found}' is not a year, month or day."),
        Text("请写 2023、2023-03 或 2023-03-08；页面未印的，留空。", "Write 2023, 2023-03 or 2023-03-08, or leave it empty if the page gives no date."),
    ),
    "source.known-on-missing": (
        Text("印有发布时间“{found}”，却没有可知日。", "The source has a date of publication, '{found}', but no known_on."),
        Text("请写最晚可能的一天：{wanted}。", "Give the latest possible date: {wanted}."),
    ),
    "supersedes.circle": (
        Text("“{found}”经由其他行循环替代自身：{path}。", "'{found}' replaces itself through other rows: {path}."),
        Text("请改正其中一行。", "Correct one of these rows."),
    ),
    "supersedes.other-figure": (
        Text("所替代的 {found} 是另一数据：{fields} 不同。", "It replaces {found}, which is a different figure: {fields} differ."),
        Text("只能替代同一指标、地区、度量和时期的观测。", "An observation can only replace one of the same indicator, area, measure and period."),
    ),
    "indicator.additive": (
        Text("量的类型为 {found}，各部分不能相加为总体。", "The quantity is {found}, whose parts do not sum to a whole."),
        Text("请写 false：占比、比率、位次、增速和指数都不可加。", "Write false: shares, rates, ranks, growth rates and indices are not additive."),
    ),
    "value.fractional": (
        Text("{found} 不是整数个。", "{found} is not a whole number, but the unit is counted in whole numbers."),
        Text("请改正数值或单位；平均数用其他单位。", "Correct the value or the unit; an average needs a unit of its own."),
    ),
    "value.bound-leaves-nothing": (
        Text("“{bound}”{found} 没有可能的取值。", "No value can be {bound} {found}."),
        Text("请改正数值或确切程度。", "Correct the value or the bound."),
    ),
    "value.factor-hundred": (
        Text("{found} 与同一序列相邻的 {value}（{other}，第 {row} 行）相差百倍以上。",
             "{found} differs by a factor of a hundred from its neighbour in the series, {value} ({other}, row {row})."),
        Text("请核对数值和单位；均无误的，在较小者的存疑中注明序列中断。",
             "Check value and unit; if both are right, note in the doubt of the smaller one that there is a break in the series."),
    ),
    "value.text-differs": (
        Text("数值原文“{found}”与数值 {value} 不等。", "The printed text '{found}' and the value {value} are different numbers."),
        Text("两格应为同一个数；在编辑文件中只填 value。", "Give both cells the same number; in edited files, enter only value."),
    ),
    "area.circle": (
        Text("“{found}”经由其他地区循环包含自身：{path}。", "'{found}' contains itself through other areas: {path}."),
        Text("请改正其中一个上级地区。", "Correct one of the containing areas."),
    ),
}  # fmt: skip
