"""Other bodies' published methods, as configuration: what each would call the same figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from daye_analysis.bilingual import Text
from daye_analysis.progress.arrays import BoolArray, CodeArray, FloatArray, exceeds
from daye_analysis.progress.pace import compound_growth
from daye_analysis.progress.vocabulary import LEAD_BAND_POINTS, Coded


class Level(Coded):
    """What the labels of different methods have in common, so that they can be set side by side."""

    SILENT = 0
    AWAY = 1
    OFF_TRACK = 2
    PARTLY = 3
    ON_TRACK = 4
    MET = 5


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the methods read of each target; arrays (n,), values in the target's unit, times in years.

    base, value, target; gone, whole: from the base's date to the figure's, and to the due date. points: comparable
    figures. recent_change: the mean of the last five yearly changes or as many as there are, NaN without any. per_cent: whether the unit is.
    """

    base: FloatArray
    value: FloatArray
    target: FloatArray
    gone: FloatArray
    whole: FloatArray
    direction: FloatArray
    met: BoolArray
    points: FloatArray
    recent_change: FloatArray
    per_cent: BoolArray

    @property
    def left(self) -> FloatArray:
        """Return years from the figure's date to the due date."""
        return self.whole - self.gone


@dataclass(frozen=True, slots=True)
class Cut:
    """A score at or above `least` (above, where `open`) earns `label`."""

    least: float
    level: Level
    label: Text
    open: bool = False


@dataclass(frozen=True, slots=True)
class Method:
    """One published method: its score, its cut-offs from the best down, and where it comes from.

    met_first: a target met on the latest figure is met, whatever the trend. minimum_points: fewer are not assessed.
    limit_tolerance: within so many points of a 0 or 100 % target counts as met. read: whether the primary text was
    read; where not, thresholds follow secondary texts and are marked so.
    """

    code: str
    name: Text
    score: Callable[[Inputs], FloatArray]
    cuts: tuple[Cut, ...]
    source: str
    read: bool
    met_first: bool = True
    minimum_points: int = 2
    limit_tolerance: float = 0.0


@dataclass(frozen=True, slots=True)
class Verdicts:
    """score: (n,) of the method; level: (n,) what it means; labels: (n,) in the method's own words."""

    method: Method
    score: FloatArray
    level: CodeArray
    labels: tuple[Text, ...]


def _lead(x: Inputs) -> FloatArray:
    """Return the lead over the even schedule, in percentage points."""
    return 100 * ((x.value - x.base) / (x.target - x.base) - x.gone / x.whole)


def _completion(x: Inputs) -> FloatArray:
    """Return value/target; a lower-is-better target has no completion rate."""
    return np.where((x.target > 0) & (x.direction > 0), x.value / x.target, np.nan)


def _cagr_ratio(x: Inputs) -> FloatArray:
    """Return CAGR actual / CAGR required (Eurostat; sdg-build 6d3d128)."""
    return compound_growth(x.base, x.value, x.gone) / compound_growth(x.base, x.target, x.whole)


def _signed_cagr_ratio(x: Inputs) -> FloatArray:
    """Return d * CAGR actual / |CAGR required| (sdg-build 139fede): right also where the base is past the target."""
    required = compound_growth(x.base, x.target, x.whole)
    return x.direction * compound_growth(x.base, x.value, x.gone) / np.abs(required)


def _projected_share(x: Inputs) -> FloatArray:
    """Return the share of the starting gap that today's growth would close by the due date (UNSD 2023)."""
    growth = compound_growth(x.base, x.value, x.gone)
    return (x.value * (1 + growth) ** x.left - x.base) / (x.target - x.base)


def _status_index(x: Inputs) -> FloatArray:
    """Return ESCAP's current status index, 0 at the base and 10 at the target, over ten times the elapsed share."""
    index = x.direction * 10 * (x.value - x.base) / np.abs(x.target - x.base)
    return index / (10 * x.gone / x.whole)


def _linear_rate_ratio(x: Inputs) -> FloatArray:
    """Return the linear yearly rate so far over the rate needed from the base (SDSN)."""
    return ((x.value - x.base) / x.gone) / ((x.target - x.base) / x.whole)


def _share_of_rest_reached(x: Inputs) -> FloatArray:
    """Return the share of the remaining distance that the mean recent change would cover by the due date (Destatis).

    One means the target is hit; zero or less, that the gap stays or grows.
    """
    return x.recent_change * x.left / (x.target - x.value)


def _cuts(*rows: tuple[float, Level, str, str]) -> tuple[Cut, ...]:
    return tuple(Cut(least, level, Text(zh, en)) for least, level, zh, en in rows)


_STATCAN = _cuts(
    (0.95, Level.ON_TRACK, "步入正轨", "on track"),
    (0.60, Level.PARTLY, "需要加快", "acceleration needed"),
    (0.0, Level.OFF_TRACK, "进展有限", "limited progress"),
    (-np.inf, Level.AWAY, "恶化", "deterioration"),
)
METHODS: Final[tuple[Method, ...]] = (
    Method(
        "even_schedule", Text("序时进度", "even schedule"), _lead,
        (Cut(LEAD_BAND_POINTS, Level.ON_TRACK, Text("快于预期", "ahead"), open=True),
         Cut(-LEAD_BAND_POINTS, Level.ON_TRACK, Text("基本符合预期", "broadly in line")),
         Cut(-np.inf, Level.OFF_TRACK, Text("滞后", "lagging"))),
        "13th-plan review, 2018; provincial mid-term reviews, 2023; the band of five points is ours", True,
        met_first=False,
    ),
    Method(
        "completion_rate", Text("完成率", "completion rate"), _completion,
        _cuts((1.0, Level.MET, "完成", "complete"), (-np.inf, Level.OFF_TRACK, "未完成", "incomplete")),
        "practice of Chinese plan reviews; uncapped, blind to the base", True, met_first=False, minimum_points=1,
    ),
    Method(
        "eurostat", Text("欧盟统计局", "Eurostat"), _cagr_ratio,
        _cuts((0.95, Level.ON_TRACK, "显著进展", "significant progress"),
              (0.60, Level.PARTLY, "中等进展", "moderate progress"),
              (0.0, Level.OFF_TRACK, "进展不足", "insufficient progress"),
              (-np.inf, Level.AWAY, "背离目标", "movement away")),
        "Eurostat SDG monitoring; thresholds as in sdg-build and Statistics Canada", False,
    ),
    Method("statcan_2023", Text("加拿大统计局（2023年版）", "Statistics Canada, 2023 version"), _cagr_ratio, _STATCAN,
           "open-sdg/sdg-build 6d3d128", True),
    Method("statcan_signed", Text("加拿大统计局（后来的版本）", "Statistics Canada, later version"), _signed_cagr_ratio,
           _STATCAN, "open-sdg/sdg-build 139fede", True),
    Method(
        "unsd_2023", Text("联合国统计司2023年进度图", "UNSD Progress Chart 2023"), _projected_share,
        _cuts((0.95, Level.ON_TRACK, "达标或接近", "met or on track"),
              (0.10, Level.PARTLY, "有进展但需加快", "some progress, acceleration needed"),
              (-np.inf, Level.OFF_TRACK, "停滞或倒退", "stagnation or regression")),
        "EUSTAT, metodologia 10f3c70", True, limit_tolerance=1.0,
    ),
    Method(
        "unsd_2022", Text("联合国统计司2022年说明", "UNSD note of 2022"), _cagr_ratio,
        _cuts((0.95, Level.ON_TRACK, "步入正轨", "on track"), (0.5, Level.PARTLY, "进展尚可", "fair progress"),
              (-0.1, Level.OFF_TRACK, "停滞", "stagnation"), (-np.inf, Level.AWAY, "倒退", "regression")),
        "UNSD technical note, 2022", False,
    ),
    Method(
        "escap", Text("亚太经社会现状指数", "ESCAP current status index"), _status_index,
        _cuts((1.0, Level.ON_TRACK, "不落后于时间", "level with time"), (0.0, Level.PARTLY, "落后于时间", "behind time"),
              (-np.inf, Level.AWAY, "背离目标", "moving away")),
        "UNICEF script of the first index; comparison with elapsed time ours", False,
    ),
    Method(
        "destatis", Text("德国联邦统计局", "Destatis"), _share_of_rest_reached,
        _cuts((0.95, Level.ON_TRACK, "晴", "sun"), (0.80, Level.PARTLY, "晴间多云", "sun with cloud"),
              (1e-12, Level.OFF_TRACK, "多云", "cloud"), (-np.inf, Level.AWAY, "雷雨", "thunderstorm")),
        "Destatis indicator report; neither a political rating nor a forecast", True, minimum_points=4,
    ),
    Method(
        "sdsn", Text("可持续发展解决方案网络", "SDSN trend arrows"), _linear_rate_ratio,
        _cuts((1.0, Level.ON_TRACK, "步入正轨", "on track"),
              (0.5, Level.PARTLY, "有所改善", "moderately improving"),
              (0.0, Level.OFF_TRACK, "停滞", "stagnating"), (-np.inf, Level.AWAY, "下降", "decreasing")),
        "SDG Index methodology", False,
    ),
)  # fmt: skip
_SILENT = Text("不评价", "not assessed")
_MET = Text("已达成", "met")


def verdicts(method: Method, inputs: Inputs) -> Verdicts:
    """Return what `method` calls each target; silent where its score is not defined or its points are too few."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        score = method.score(inputs)
    score = np.where((inputs.points >= method.minimum_points) & np.isfinite(score), score, np.nan)
    level = np.full(score.shape, Level.SILENT, dtype=np.int8)
    chosen = np.full(score.shape, -1)
    for i in range(len(method.cuts) - 1, -1, -1):
        cut = method.cuts[i]
        reached = exceeds(score, cut.least) if cut.open else (score >= cut.least) | ~exceeds(cut.least, score)
        reached &= ~np.isnan(score)
        level, chosen = np.where(reached, cut.level, level), np.where(reached, i, chosen)
    at_limit = inputs.per_cent & np.isin(inputs.target, [0.0, 100.0])
    near = (
        at_limit
        & (np.abs(inputs.value - inputs.target) <= method.limit_tolerance)
        & (method.limit_tolerance > 0)
    )
    met = (inputs.met | near) & method.met_first
    labels = tuple(
        _MET if is_met else _SILENT if i < 0 else method.cuts[i].label
        for is_met, i in zip(met, chosen, strict=True)
    )
    return Verdicts(method, score, np.where(met, Level.MET, level).astype(np.int8), labels)
