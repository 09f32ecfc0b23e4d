"""Texts of what a person must still decide about a proposed target."""

from __future__ import annotations

from daye_analysis.bilingual import Text

ABOUT = Text("“左右”“约”：下限还是区间？暂按不低于。", "左右 or 约: a minimum or a range? Read as at least.")
ABOVE_ROUND = Text("“余”“多”：读作超过所印数。", "余 or 多: read as more than the printed number.")
RANGE = Text("原文为区间，取其要求较低的一端。", "The text gives a range; the less demanding end is used.")
TWO_BOUNDS = Text("数字前后的比较词不一致。", "The comparisons before and after the number differ.")
DOUBLING = Text(
    "“翻番”以某基期为 1，请注明基期。", "A doubling: a multiple of the level of a base period; name the period."
)
MULTIPLE = Text("倍数：是达到几倍还是增加几倍，基期为何？", "A multiple: increase to or by, and from which base period?")
GROWTH = Text("增幅：请确认比较的基期。", "A growth rate: confirm the base period.")
POINTS = Text("百分点的变化：请确认相对何值。", "A change in percentage points: confirm the reference value.")
REDUCTION = Text("数值是降幅，基期需确认。", "The number is the size of a reduction; confirm the base period.")
RANK = Text("位次：请确认在哪些地区之中。", "A rank: confirm which areas are ranked.")
COVERAGE = Text("“全覆盖”读作 100%，请确认覆盖对象。", "全覆盖 is read as 100 %; confirm what is covered.")
CLASS = Text("“亿级”未写明产值还是营收，读作不低于。", "The size class in 亿 does not say output or revenue; read as at least.")
SHARED = Text("一个数字由并列各项共用，读作各自达到。", "One number for several items; read as applying to each.")
JOINT = Text(
    "数字前有并列项：合计还是仅指最后一项？", "A list precedes the number: the total, or only the last item?"
)
PAIRED = Text("按“分别”依次对应，请核对。", "Matched in order by 分别; check the pairs.")
UNPAIRED = Text("“分别”前后的项数不等。", "分别 joins lists of unequal length.")
SPELLED = Text("中文数字：是数目还是名称的一部分？", "A number in Chinese numerals: a count, or part of a name?")
INHERITED = Text("指标名称取自前文。", "The indicator's name is taken from the preceding text.")
NO_INDICATOR = Text("未能读出指标名称。", "No indicator's name was found.")
NO_UNIT = Text("数字后没有计量单位。", "No unit follows the number.")
NO_DUE = Text("句中没有到期日。", "The sentence states no due date.")
YEAR_FROM_TITLE = Text("到期日的年份取自标题。", "The year of the due date comes from the title.")
AVERAGE = Text(
    "年均：是各年都达到，还是期内平均？", "An annual average: to be met every year, or on average over the period?"
)
WITHIN_YEAR = Text("按季、月等频次，不是逐年。", "A quarterly, monthly or similar frequency, not annual.")
DUE_CARRIED = Text("到期日取自段首或上文。", "The due date is taken from the beginning of the paragraph or the preceding text.")
NAME_DOUBTFUL = Text(
    "指标名称疑为动词、连词或时间短语，未填写。", "The name appears to be a verb, conjunction or time expression; left empty."
)
LOWER_IS_BETTER = Text(
    "该指标通常越低越好，暂读作不高于，请确认方向。", "Lower is usually better for this indicator; read as at most. Confirm the direction."
)
RELATIVE = Text("以另一数值的百分比表示，请注明基数。", "A percentage of another value; name the base value.")
UNKNOWN_UNIT = Text("计量单位不在单位表中，请核对。", "The unit is not in the table of units; check it.")
BRACKETED = Text("括号内的数通常为期内累计数，请确认。", "A number in brackets is usually a total over the plan; confirm.")
FIRST_YEAR_IS_BASE = Text(
    "多个年份列中最早的一列读作基期，请确认。", "The earliest year column is read as the base period; confirm."
)
EFFORT = Text("原文用“争取”“努力”“预计”之类。", "The text says 争取, 努力, 预计 or the like.")


def unresolved(wording: str) -> Text:
    """Return the note that `wording` sets a date whose year it does not name."""
    return Text(
        f"“{wording}”未写明年份，到期日待定。", f"“{wording}” states no year; the due date is to be decided."
    )
