"""A published method as configuration: a score, cut-offs with labels, and the cases without a rating."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from daye_analysis.bilingual import Text
from daye_analysis.progress.arrays import (
    RELATIVE_TOLERANCE,
    BoolArray,
    CodeArray,
    FloatArray,
    IntArray,
    equals,
    exceeds,
)
from daye_analysis.progress.published_methods.inputs import Inputs
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.vocabulary import Coded

MET: Final = Text("已达成", "met")
SILENT: Final = Text("不评价", "not assessed")


class Level(Coded):
    """What the labels of different methods have in common, so that they can be set side by side."""

    SILENT = 0
    AWAY = 1
    OFF_TRACK = 2
    PARTLY = 3
    ON_TRACK = 4
    MET = 5


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

    Attributes
    ----------
    code, name
        A stable word, and the name to print.
    score
        Of each series; NaN where it is not defined.
    cuts
        The labels from the best down.
    source, read
        Where it was read, and whether that is the primary text; if not, cut-offs follow secondary texts.
    met_label
        For a target met on the latest figure, whatever the trend; None where the method has no such rule.
    least_figures
        Fewer yearly figures are not assessed. What counts from a base needs a later figure besides.
    from_base, past_base
        Whether it counts from the base, and so needs one; whether its formula holds also for a base past the target.
    to_target
        Whether it needs a target.
    limit_tolerance
        Within so many points of a target of 0 or 100 % counts as met.
    years_back, base_before
        How many years back a base may lie that no plan gives, and whether further where there is no other.
    choose
        The index of the label of each series, -1 for none, where comparing the score with cut-offs is not enough.
    """

    code: str
    name: Text
    score: Callable[[Inputs], FloatArray]
    cuts: tuple[Cut, ...]
    source: str
    read: bool
    met_label: Text | None = MET
    least_figures: int = 1
    from_base: bool = True
    past_base: bool = False
    to_target: bool = True
    limit_tolerance: float = 0.0
    years_back: float = np.inf
    base_before: bool = False
    choose: Callable[[Method, Inputs, FloatArray], IntArray] | None = None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a method calls each series: arrays and tuples (n,).

    score: of the method. level: what its label means. labels: in the method's own words. reason: why it says nothing.
    """

    method: Method
    score: FloatArray
    level: CodeArray
    labels: tuple[Text, ...]
    reason: CodeArray


def cuts(*rows: tuple[float, Level, str, str]) -> tuple[Cut, ...]:
    """Return cut-offs from rows of least score, level, label in zh and en, the best first."""
    return tuple(Cut(least, level, Text(zh, en)) for least, level, zh, en in rows)


def by_cuts(method: Method, score: FloatArray) -> IntArray:
    """Return the index of the cut that each score earns, -1 for NaN; a tie counts as reached despite rounding."""
    chosen = np.full(score.shape, -1, dtype=np.int64)
    for i in range(len(method.cuts) - 1, -1, -1):
        cut = method.cuts[i]
        # Scores have no unit, so rounding is the same everywhere, at a cut-off of zero too.
        margin = RELATIVE_TOLERANCE * max(1.0, abs(cut.least)) if np.isfinite(cut.least) else 0.0
        reached = score > cut.least + margin if cut.open else score >= cut.least - margin
        chosen = np.where(reached & ~np.isnan(score), i, chosen)
    return chosen


def verdicts(method: Method, inputs: Inputs) -> Verdicts:
    """Return what `method` calls each series, and why it says nothing where it does not.

    The guards of the even schedule hold for every method that counts from the base: none praises a series whose base
    was already past the target and that has fallen below it since.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        score = method.score(inputs)
        withheld = _withheld(method, inputs)
        score = np.where(withheld == Reason.NONE, score, np.nan)
        chosen = by_cuts(method, score) if method.choose is None else method.choose(method, inputs, score)
    chosen = np.where(withheld == Reason.NONE, chosen, -1)
    reason = np.where((withheld == Reason.NONE) & (chosen < 0), Reason.METHOD_SILENT, withheld)
    met = _met(method, inputs)
    levels = np.array([*(cut.level for cut in method.cuts), Level.SILENT])
    labels = (*(cut.label for cut in method.cuts), SILENT)
    return Verdicts(
        method,
        score,
        np.where(met, Level.MET, levels[chosen]).astype(np.int8),
        tuple(
            (method.met_label or SILENT) if is_met else labels[i]
            for is_met, i in zip(met, chosen, strict=True)
        ),
        np.where(met, Reason.NONE, reason).astype(np.int8),
    )


def _withheld(method: Method, x: Inputs) -> CodeArray:
    """Return why the method has nothing to go by, before its score is looked at."""
    from_base = np.full(x.value.shape, method.from_base)
    base_and_target = from_base & method.to_target
    conditions = [
        (~np.isfinite(x.value), Reason.NO_FIGURE),
        (~np.isfinite(x.direction) | (~np.isfinite(x.target) & method.to_target), Reason.METHOD_SILENT),
        (from_base & ~np.isfinite(x.base), Reason.NO_BASELINE),
        (from_base & ~(x.gone > 0), Reason.FIGURE_NOT_AFTER_BASE),
        (base_and_target & equals(x.base, x.target), Reason.BASE_EQUALS_TARGET),
        (base_and_target & exceeds(x.direction * x.base, x.direction * x.target) & (not method.past_base),
         Reason.MET_AT_BASE),
        (x.recent_figures < method.least_figures, Reason.TOO_FEW_POINTS),
    ]  # fmt: skip
    return np.select([each for each, _ in conditions], [why for _, why in conditions], Reason.NONE).astype(
        np.int8
    )


def _met(method: Method, x: Inputs) -> BoolArray:
    """Return where the method calls the target met on the latest figure, whatever the trend."""
    at_limit = x.per_cent & np.isin(x.target, [0.0, 100.0]) & (method.limit_tolerance > 0)
    near = at_limit & ~exceeds(np.abs(x.value - x.target), method.limit_tolerance)
    known = np.isfinite(x.value) & np.isfinite(x.target) & np.isfinite(x.direction)
    return np.asarray((x.met | near) & known & (method.met_label is not None), dtype=np.bool_)
