"""Reason codes for every number that is withheld."""

from __future__ import annotations

from typing import Final

from daye_analysis.bilingual import Text
from daye_analysis.progress.vocabulary import Coded


class Reason(Coded):
    """Why a layer gives no number; NONE where it gives one."""

    NONE = 0
    NO_FIGURE = 1
    NO_BASELINE = 2
    ONE_FIGURE = 3
    ALREADY_MET = 4
    MET_AT_BASE = 5
    BASE_EQUALS_TARGET = 6
    DUE_PASSED = 7
    NOT_POSITIVE = 8
    SMALL_COUNT = 9
    ORDINAL = 10
    EACH_YEAR = 11
    NEAR_LIMIT = 12
    THRESHOLD_ONLY = 13
    FIGURE_NOT_AFTER_BASE = 14
    CONFLICT = 15
    NOT_COMPARABLE = 16
    ONLY_BOUNDS = 17
    FEW_PAIRS = 18
    BACKTEST_FAILED = 19
    INTERVAL_TOO_WIDE = 20
    NO_REFERENCE = 21
    MOVES_AWAY = 22
    METHOD_SILENT = 23
    TOO_FEW_POINTS = 24
    PART_OF_TIME = 25
    POINTS_NOT_RATE = 26
    SUM_NOT_RATE = 27
    LATER_BOUND = 28
    NO_DUE_FIGURE = 29
    BEFORE_PLAN = 30
    FELL_SINCE_BASE = 31
    NOT_HELD = 32
    CLASS_UNCOVERED = 33

    @classmethod
    def of(cls, code: str) -> Reason:
        """Return the reason of a code; NONE for an empty one."""
        return cls[code.upper()] if code else cls.NONE


REASON_TEXT: Final[dict[Reason, Text]] = {
    Reason.NONE: Text("", ""),
    Reason.NO_FIGURE: Text(
        "在可查阅范围内未见公开数据", "no figure found in the sources that could be read"
    ),
    Reason.NO_BASELINE: Text(
        "缺基期：规划起始日前十二个月内没有同口径数据",
        "no baseline: no comparable figure within twelve months up to the plan's start",
    ),
    Reason.ONE_FIGURE: Text("只有一个可比数据", "only one comparable figure"),
    Reason.ALREADY_MET: Text("已达目标值", "already at the target"),
    Reason.MET_AT_BASE: Text("基期已达目标值", "at the target from the base on"),
    Reason.BASE_EQUALS_TARGET: Text("基期等于目标，只看是否保持", "base equals target: a test of holding it"),
    Reason.DUE_PASSED: Text("已过目标期末", "the due date has passed"),
    Reason.NOT_POSITIVE: Text("含零或负值，不计增速", "a zero or negative value: growth is not defined"),
    Reason.SMALL_COUNT: Text(
        "目标不超过十个，只说还差几个", "a target of ten or fewer: the shortfall in units only"
    ),
    Reason.ORDINAL: Text("位次不作外推", "a rank is not extrapolated"),
    Reason.EACH_YEAR: Text("按年度评价，不作平均", "each year is judged by itself; years are not averaged"),
    Reason.NEAR_LIMIT: Text("接近上限，不作外推", "near its limit: not extrapolated"),
    Reason.THRESHOLD_ONLY: Text(
        "增长率序列只与门槛比较", "a series of growth rates: compared with its threshold only"
    ),
    Reason.FIGURE_NOT_AFTER_BASE: Text("基期之后没有数据", "no figure after the base"),
    Reason.CONFLICT: Text("数据不一致", "figures conflict"),
    Reason.NOT_COMPARABLE: Text("口径不可比", "not comparable"),
    Reason.ONLY_BOUNDS: Text("只有上下限", "only bounds are known"),
    Reason.FEW_PAIRS: Text("可供检验的预测与实绩不足三十对", "fewer than thirty real forecast-outcome pairs"),
    Reason.BACKTEST_FAILED: Text("回溯检验未通过", "the back-test failed"),
    Reason.INTERVAL_TOO_WIDE: Text("区间过宽", "the interval is too wide to inform"),
    Reason.NO_REFERENCE: Text("没有可参照的同类指标增速", "no growth of comparable indicators to refer to"),
    Reason.MOVES_AWAY: Text("与目标方向相反，无到达年份", "moves away from the target: no year of arrival"),
    Reason.METHOD_SILENT: Text("该方法不适用于此类目标", "the method says nothing of this kind of target"),
    Reason.TOO_FEW_POINTS: Text("该方法所需数据点不足", "fewer points than the method requires"),
    Reason.PART_OF_TIME: Text(
        "数据未覆盖规划起始以来的全部时间", "figures do not cover all the time since the plan's start"
    ),
    Reason.POINTS_NOT_RATE: Text("占比按百分点计，不计增速", "a share moves in points; no growth rate"),
    Reason.SUM_NOT_RATE: Text("累计量按数目计，不计增速", "a sum grows by what is added; no growth rate"),
    Reason.LATER_BOUND: Text("此后另有上下限数据，已能判定", "a later bound settles it"),
    Reason.NO_DUE_FIGURE: Text("在可查阅范围内未见目标期末的数据", "no figure found for the due date"),
    Reason.BEFORE_PLAN: Text("只有规划期以前的数据", "only figures from before the plan"),
    Reason.FELL_SINCE_BASE: Text("基期已达目标值，其后未达", "at the target at the base, no longer since"),
    Reason.NOT_HELD: Text("期间曾未达目标值", "not at the target in between"),
    Reason.CLASS_UNCOVERED: Text(
        "回溯检验中同类指标的区间覆盖率过低", "in the back-test the intervals of its class covered too little"
    ),
}
