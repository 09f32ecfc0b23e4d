"""Published ratings of the trend of a series without a target, as configuration."""

from __future__ import annotations

from typing import Final

import numpy as np

from daye_analysis.bilingual import Text
from daye_analysis.progress.arrays import FloatArray, IntArray
from daye_analysis.progress.pace import compound_growth
from daye_analysis.progress.published_methods.destatis import (
    LEAST_FIGURES,
    SOURCE,
    WEATHER,
    by_direction,
    mean_change,
)
from daye_analysis.progress.published_methods.inputs import Inputs
from daye_analysis.progress.published_methods.method import Level, Method, by_cuts, cuts

# Statistics Canada's exponent for a base near its natural limit.
_LIMIT_EXPONENT: Final = 4.44


def _wanted_growth(x: Inputs) -> FloatArray:
    """Return the CAGR since the base in the desired direction."""
    return x.direction * compound_growth(x.base, x.value, x.gone)


def _signed_growth(x: Inputs) -> FloatArray:
    """Return the CAGR since the base in the desired direction; of negative values, towards zero or away from it."""
    sign = np.where(x.base < 0, -1.0, 1.0)
    return sign * x.direction * compound_growth(sign * x.base, sign * x.value, x.gone)


def _limit_factor(base: FloatArray, limit: FloatArray) -> FloatArray:
    """Return C, by which Statistics Canada lowers its cut-offs near a natural limit; 1 without one, 0 at the limit."""
    b, end = np.abs(base), np.abs(limit)
    distance = np.where(b <= end, b, 2 * end - b) / end
    return np.where(np.isnan(limit) | (b >= 2 * end), 1.0, 1 - distance**_LIMIT_EXPONENT)


def _near_limit(method: Method, x: Inputs, score: FloatArray) -> IntArray:
    """Return the cut that a growth earns where all cut-offs above zero are lowered by C; at the limit, 0 is enough."""
    factor = _limit_factor(x.base, x.limit)
    scaled = np.where((factor > 0) | np.isnan(score), score / factor, np.inf)
    return by_cuts(method, np.where(score < 0, score, scaled))


_STATCAN = cuts(
    (0.015, Level.ON_TRACK, "步入正轨", "on track"),
    (0.005, Level.PARTLY, "有进展但需加快", "progress made but acceleration needed"),
    (0.0, Level.OFF_TRACK, "进展有限", "limited progress"),
    (-np.inf, Level.AWAY, "恶化", "deterioration"),
)
# The base is the first figure of this year or later, where a method does not look back over a shorter time.
BASE_YEAR: Final = 2015
TREND_METHODS: Final[tuple[Method, ...]] = (
    Method(
        "eurostat", Text("欧盟统计局（近五年）", "Eurostat, last five years"), _wanted_growth,
        cuts((0.01, Level.ON_TRACK, "显著进展", "significant progress"),
             (0.0, Level.PARTLY, "中等进展", "moderate progress"),
             (-0.01, Level.OFF_TRACK, "中等背离", "moderate movement away"),
             (-np.inf, Level.AWAY, "显著背离", "significant movement away")),
        "Eurostat SDG monitoring; cut-offs as in the first sdg-build test, 44027ae", False,
        to_target=False, met_label=None, years_back=5,
    ),
    Method("statcan_2023", Text("加拿大统计局（2023年版）", "Statistics Canada, 2023 version"), _wanted_growth, _STATCAN,
           "open-sdg/sdg-build 6d3d128", True, to_target=False, met_label=None),
    Method("statcan_signed", Text("加拿大统计局（Open SDG 2.4）", "Statistics Canada, Open SDG 2.4"), _signed_growth, _STATCAN,
           "open-sdg/sdg-build 139fede; open-sdg docs/progress-methodology 26d2e38", True,
           to_target=False, met_label=None, choose=_near_limit),
    Method(
        "unsd_2023", Text("联合国统计司2023年进度图（巴斯克统计局）", "UNSD Progress Chart 2023, as EUSTAT applies it"),
        _wanted_growth,
        cuts((0.02, Level.ON_TRACK, "已达成或步入正轨", "met or on track"),
             (0.005, Level.PARTLY, "进展尚可，但需加快", "fair progress, acceleration needed"),
             (-np.inf, Level.OFF_TRACK, "停滞或倒退", "stagnation or regression")),
        "EUSTAT, metodologia 10f3c70; the UNSD note itself was not read", True, to_target=False, met_label=None,
        base_before=True,
    ),
    Method("destatis", Text("德国联邦统计局", "Destatis"), mean_change, WEATHER, SOURCE, True, to_target=False,
           met_label=None, least_figures=LEAST_FIGURES, from_base=False, choose=by_direction),
)  # fmt: skip
