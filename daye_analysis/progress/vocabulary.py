"""The wording of verdicts in zh and en, and every convention and threshold behind them."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from daye_analysis.bilingual import Text

# Our declared convention: a lead within these percentage points of the even schedule is broadly in line.
LEAD_BAND_POINTS: Final = 5.0
# Words for a probability (methods: section 3).
LIKELY: Final = 0.8
UNLIKELY: Final = 0.2
# "600亿级" and full coverage: from this share of the target on, a miss is shown as near.
NEAR_SHARE: Final = 0.95
# Targets of ten or fewer: one unit is a tenth, so neither a rate nor a probability says anything.
SMALL_COUNT: Final = 10.0
# A base must be a comparable figure of these months up to the plan's start.
BASELINE_MONTHS: Final = 12.0
# Below this number of real forecast-outcome pairs no report shows a probability.
MINIMUM_PAIRS: Final = 30
# Below this number of comparable series no share of their growths is given: one would be half of it or more.
MINIMUM_SERIES: Final = 3
# Every predictive interval is shown at this level.
INTERVAL_LEVEL: Final = 0.80


class Coded(IntEnum):
    """A code small enough for an array of a million, with its stable word."""

    @property
    def code(self) -> str:
        """Return the word that tables and tests use, such as "in_line"."""
        return self.name.lower()


class Status(Coded):
    """What can be said of a target on the figures known (methods: section 8)."""

    NOT_ASSESSED = 0
    ACHIEVED_EARLY = 1
    AHEAD = 2
    IN_LINE = 3
    LAGGING = 4
    MET = 5
    NOT_MET = 6
    AT_LEVEL = 7
    LOST = 8
    BOUNDED_BELOW = 9
    BOUNDED_ABOVE = 10
    NO_FIGURE = 11
    NOT_COMPARABLE = 12
    NO_BASELINE = 13
    CONFLICT = 14
    BOUNDED = 15
    NO_DUE_FIGURE = 16
    MET_AT_START = 17
    REACHED_DURING_YEAR = 18


STATUS_TEXT: Final[dict[Status, Text]] = {
    Status.NOT_ASSESSED: Text("暂不评价", "not assessed"),
    Status.ACHIEVED_EARLY: Text("提前实现", "achieved early"),
    Status.AHEAD: Text("快于预期", "ahead of expectations"),
    Status.IN_LINE: Text("基本符合预期", "broadly in line"),
    Status.LAGGING: Text("滞后", "lagging"),
    Status.MET: Text("完成", "met"),
    Status.NOT_MET: Text("未完成", "not met"),
    Status.AT_LEVEL: Text("已达目标值", "at target level"),
    Status.LOST: Text("曾达到目标值，其后未保持", "reached, since lost"),
    Status.BOUNDED_BELOW: Text("只知下限", "only a lower bound"),
    Status.BOUNDED_ABOVE: Text("只知上限", "only an upper bound"),
    Status.NO_FIGURE: Text("未见公开数据", "no figure found"),
    Status.NOT_COMPARABLE: Text("口径不可比", "not comparable"),
    Status.NO_BASELINE: Text("缺基期", "no baseline"),
    Status.CONFLICT: Text("数据不一致", "figures conflict"),
    Status.BOUNDED: Text("介于上下限之间", "between two bounds"),
    Status.NO_DUE_FIGURE: Text("未见目标期末数据", "no figure for the due date"),
    Status.MET_AT_START: Text("规划期初已达目标值", "met at the start"),
    Status.REACHED_DURING_YEAR: Text("年内已达目标值", "reached during the year"),
}


class Forecast(Coded):
    """The words for a probability; never 难以达成, which reads as blame."""

    WITHHELD = 0
    LIKELY = 1
    UNCERTAIN = 2
    UNLIKELY = 3


FORECAST_TEXT: Final[dict[Forecast, Text]] = {
    Forecast.WITHHELD: Text("暂不评价", "not assessed"),
    Forecast.LIKELY: Text("较可能", "likely"),
    Forecast.UNCERTAIN: Text("难以确定", "uncertain"),
    Forecast.UNLIKELY: Text("可能性较小", "unlikely"),
}


class Grade(Coded):
    """How many comparable figures a verdict rests on; a researcher's assumptions are not counted."""

    NONE = 0
    D = 1
    C = 2
    B = 3
    A = 4

    @property
    def code(self) -> str:
        """Return `0`, `D`, `C`, `B` or `A`."""
        return "0" if self is Grade.NONE else self.name


GRADE_TEXT: Final[dict[Grade, Text]] = {
    Grade.NONE: Text("没有同口径数据", "no comparable figure"),
    Grade.D: Text("一个数据：只作事实与所需增速", "one figure: fact and required growth only"),
    Grade.C: Text(
        "两个可比数据：主要依据同类指标", "two comparable figures: rests mainly on similar indicators"
    ),
    Grade.B: Text("三至四个可比数据", "three or four comparable figures"),
    Grade.A: Text("五个及以上可比数据，口径无中断", "five or more, without a break in definition"),
}


def grade(comparable_figures: int) -> Grade:
    """Return the grade of evidence for a number of comparable figures, all on one definition."""
    if comparable_figures <= 2:
        return Grade(max(comparable_figures, 0))
    return Grade.B if comparable_figures <= 4 else Grade.A


EVIDENCE_TEXT: Final[dict[str, Text]] = {
    "comparable": Text("有同口径数据", "a comparable figure"),
    "bounds_only": Text("只有上下限", "only bounds"),
    "related_only": Text("只有相关数据", "only related figures"),
    "nothing": Text("未见公开数据", "nothing found"),
}
