"""Published ratings of progress towards a target, as configuration."""

from __future__ import annotations

from typing import Final

import numpy as np

from daye_analysis.bilingual import Text
from daye_analysis.progress.arrays import FloatArray
from daye_analysis.progress.pace import compound_growth
from daye_analysis.progress.published_methods.destatis import (
    LEAST_FIGURES,
    SOURCE,
    WEATHER,
    share_of_rest,
    towards_target,
)
from daye_analysis.progress.published_methods.inputs import Inputs
from daye_analysis.progress.published_methods.method import Cut, Level, Method, cuts
from daye_analysis.progress.schedule import reduction_progress
from daye_analysis.progress.vocabulary import LEAD_BAND_POINTS


def _lead(x: Inputs) -> FloatArray:
    """Return the lead over the even schedule, in percentage points; a reduction has a schedule of its own."""
    return np.where(x.reduction, np.nan, 100 * ((x.value - x.base) / (x.target - x.base) - x.gone / x.whole))


def _lead_of_reduction(x: Inputs) -> FloatArray:
    """Return the lead of a cumulative reduction, its progress in logarithms as official practice has it."""
    progress = reduction_progress(1 - x.value, 1 - x.target)
    return np.where(x.reduction, 100 * (progress - x.gone / x.whole), np.nan)


def _completion(x: Inputs) -> FloatArray:
    """Return value/target, for a reduction by simple division; other lower-is-better targets have none."""
    rises = (x.target > 0) & (x.direction > 0)
    return np.select([x.reduction, rises], [(1 - x.value) / (1 - x.target), x.value / x.target], np.nan)


def _required(base: FloatArray, target: FloatArray, whole: FloatArray) -> FloatArray:
    """Return CAGR required; a target of zero has none: it would be -100 % a year, however much time there is."""
    return np.where(target == 0, np.nan, compound_growth(base, target, whole))


def _cagr_ratio(x: Inputs) -> FloatArray:
    """Return CAGR actual / CAGR required."""
    return compound_growth(x.base, x.value, x.gone) / _required(x.base, x.target, x.whole)


def _signed_cagr_ratio(x: Inputs) -> FloatArray:
    """Return d * CAGR actual / |CAGR required|, d turned round where all values are negative.

    Right also where the base is already past the target: then it can only be negative.
    """
    sign = np.where(x.base < 0, -1.0, 1.0)
    actual = compound_growth(sign * x.base, sign * x.value, x.gone)
    required = _required(sign * x.base, sign * x.target, x.whole)
    return sign * x.direction * actual / np.abs(required)


def _projected_share(x: Inputs) -> FloatArray:
    """Return the share of the starting gap that today's growth would close by the due date."""
    growth = compound_growth(x.base, x.value, x.gone)
    return (x.value * (1 + growth) ** x.left - x.base) / (x.target - x.base)


def _status_index(x: Inputs) -> FloatArray:
    """Return ESCAP's current status index, 0 at the base and 10 at the target, over ten times the elapsed share."""
    index = x.direction * 10 * (x.value - x.base) / np.abs(x.target - x.base)
    return index / (10 * x.gone / x.whole)


def _anticipated_share(x: Inputs) -> FloatArray:
    """Return the share of the required progress that ESCAP's regression anticipates; one less its gap."""
    return (x.projected - x.base) / (x.target - x.base)


def _linear_rate_ratio(x: Inputs) -> FloatArray:
    """Return the linear yearly rate so far over the rate needed from the base."""
    return ((x.value - x.base) / x.gone) / ((x.target - x.base) / x.whole)


_SCHEDULE = (
    Cut(LEAD_BAND_POINTS, Level.ON_TRACK, Text("快于预期", "ahead"), open=True),
    Cut(-LEAD_BAND_POINTS, Level.ON_TRACK, Text("基本符合预期", "broadly in line")),
    Cut(-np.inf, Level.OFF_TRACK, Text("滞后", "lagging")),
)
_STATCAN = cuts(
    (0.95, Level.ON_TRACK, "步入正轨", "on track"),
    (0.60, Level.PARTLY, "有进展但需加快", "progress made but acceleration needed"),
    (0.0, Level.OFF_TRACK, "进展有限", "limited progress"),
    (-np.inf, Level.AWAY, "恶化", "deterioration"),
)
_STATCAN_MET = Text("目标已实现", "target achieved")
METHODS: Final[tuple[Method, ...]] = (
    Method(
        "even_schedule", Text("序时进度", "even schedule"), _lead, _SCHEDULE,
        "13th-plan review, 2018; provincial mid-term reviews, 2023; the band of five points is ours", True,
        met_label=None,
    ),
    Method(
        "even_schedule_log", Text("序时进度（累计降幅，对数）", "even schedule, reductions in logarithms"),
        _lead_of_reduction, _SCHEDULE,
        "energy communiqués of 2009 and 2011; the band of five points is ours", True, met_label=None,
    ),
    Method(
        "completion_rate", Text("完成率", "completion rate"), _completion,
        cuts((1.0, Level.MET, "完成", "complete"), (-np.inf, Level.OFF_TRACK, "未完成", "incomplete")),
        "practice of Chinese plan reviews; uncapped, blind to the base", True,
        met_label=None, from_base=False,
    ),
    Method(
        "eurostat", Text("欧盟统计局", "Eurostat"), _cagr_ratio,
        cuts((0.95, Level.ON_TRACK, "显著进展", "significant progress"),
             (0.60, Level.PARTLY, "中等进展", "moderate progress"),
             (0.0, Level.OFF_TRACK, "进展不足", "insufficient progress"),
             (-np.inf, Level.AWAY, "背离目标", "movement away")),
        "Eurostat SDG monitoring; cut-offs as Statistics Canada took them over", False,
    ),
    Method("statcan_2023", Text("加拿大统计局（2023年版）", "Statistics Canada, 2023 version"), _cagr_ratio, _STATCAN,
           "open-sdg/sdg-build 6d3d128", True, met_label=_STATCAN_MET),
    Method("statcan_signed", Text("加拿大统计局（Open SDG 2.4）", "Statistics Canada, Open SDG 2.4"), _signed_cagr_ratio,
           _STATCAN, "open-sdg/sdg-build 139fede; open-sdg docs/progress-methodology 26d2e38", True,
           met_label=_STATCAN_MET, past_base=True),
    Method(
        "unsd_2023", Text("联合国统计司2023年进度图（巴斯克统计局）", "UNSD Progress Chart 2023, as EUSTAT applies it"),
        _projected_share,
        cuts((0.95, Level.ON_TRACK, "已达成或步入正轨", "met or on track"),
             (0.10, Level.PARTLY, "进展尚可，但需加快", "fair progress, acceleration needed"),
             (-np.inf, Level.OFF_TRACK, "停滞或倒退", "stagnation or regression")),
        "EUSTAT, metodologia 10f3c70; the UNSD note itself was not read", True,
        met_label=Text("已达成或步入正轨", "met or on track"), limit_tolerance=1.0,
    ),
    Method(
        "unsd_2022", Text("联合国统计司2022年说明", "UNSD note of 2022"), _cagr_ratio,
        cuts((0.95, Level.ON_TRACK, "步入正轨", "on track"), (0.5, Level.PARTLY, "进展尚可", "fair progress"),
             (-0.1, Level.OFF_TRACK, "停滞", "stagnation"), (-np.inf, Level.AWAY, "倒退", "regression")),
        "UNSD technical note, 2022", False,
    ),
    Method(
        "escap", Text("亚太经社会现状指数", "ESCAP current status index"), _status_index,
        cuts((1.0, Level.ON_TRACK, "不落后于时间", "level with time"), (0.0, Level.PARTLY, "落后于时间", "behind time"),
             (-np.inf, Level.AWAY, "背离目标", "moving away")),
        "UNICEF script of the index; the comparison with elapsed time and its labels are ours", False,
    ),
    Method(
        "escap_anticipated", Text("亚太经社会预期进展指数", "ESCAP anticipated progress index"), _anticipated_share,
        cuts((0.9, Level.ON_TRACK, "保持", "maintain"), (0.0, Level.PARTLY, "加快", "accelerate"),
             (-np.inf, Level.AWAY, "扭转", "reverse")),
        "technical notes of UNECE and ESCAP, their opening only; the weights are ours", False,
    ),
    Method(
        "destatis", Text("德国联邦统计局", "Destatis"), share_of_rest, WEATHER, SOURCE, True,
        met_label=None, least_figures=LEAST_FIGURES, from_base=False, choose=towards_target,
    ),
    Method(
        "sdsn", Text("可持续发展解决方案网络", "SDSN trend arrows"), _linear_rate_ratio,
        cuts((1.0, Level.ON_TRACK, "步入正轨", "on track"),
             (0.5, Level.PARTLY, "有所改善", "moderately improving"),
             (0.0, Level.OFF_TRACK, "停滞", "stagnating"), (-np.inf, Level.AWAY, "下降", "decreasing")),
        "questions and answers of the Africa SDG Index; labels of the SDG Index data", False,
        met_label=Text("保持达标", "maintaining achievement"),
    ),
)  # fmt: skip
