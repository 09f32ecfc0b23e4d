"""A million series are judged by the same layers as one."""

import dataclasses

import numpy as np
import pytest

from daye_analysis.progress.forecast.models import forecast
from daye_analysis.progress.forecast.panel import PanelJudgement, SeriesPanel, judge_panel
from daye_analysis.progress.forecast.transforms import LOG, LOGIT, REDUCTION
from daye_analysis.progress.pace import required_growth
from daye_analysis.progress.schedule import schedule
from daye_analysis.progress.vocabulary import Status

YEARS = np.arange(2021.0, 2026.0)


def panel(size: int = 60) -> SeriesPanel:
    random = np.random.default_rng(3)
    walk = random.normal(0.1, 0.08, (size, 5)).cumsum(axis=1)
    scale = np.array([LOG, LOGIT, REDUCTION], dtype=np.int8)[np.arange(size) % 3]
    by_scale = np.stack([100 * np.exp(walk), 1 / (1 + np.exp(-walk)), 1 - np.exp(-np.abs(walk) / 5)])
    values = np.choose(np.broadcast_to(scale[:, None], walk.shape), by_scale)
    values[random.random(values.shape) < 0.15] = np.nan
    target = np.choose(scale, [190.0, 0.7, 0.12])
    return SeriesPanel(values, YEARS, 2, 2026.0, target, np.ones(size), np.zeros(size, dtype=bool), scale == LOG,
                       scale, np.arange(size) % 6)  # fmt: skip


def test_pieces_change_nothing() -> None:
    whole, parts = judge_panel(panel()), judge_panel(panel(), piece=7)
    for field in dataclasses.fields(PanelJudgement):
        assert np.array_equal(getattr(whole, field.name), getattr(parts, field.name), equal_nan=True), (
            field.name
        )


def test_the_panel_agrees_with_the_layers() -> None:
    given, found = panel(), judge_panel(panel())
    likely = forecast(given.values, YEARS, 2026.0, given.target, scale=given.scale, direction=given.direction,
                      strict=given.strict, integer=given.integer, group=given.group)  # fmt: skip
    assert np.array_equal(found.probability, likely.probability, equal_nan=True)
    for i in range(3):
        seen = np.flatnonzero(np.isfinite(given.values[i]))
        value, base, target, sign = given.values[i, seen[-1]], given.values[i, 2], given.target[i], 1
        if given.scale[i] == REDUCTION:
            value, base, target, sign = 1 - value, 1 - base, 1 - target, -1
        course = schedule(value, base, target, (YEARS[seen[-1]] - 2023) / 3, sign)
        rest = required_growth(value, target, 2026 - YEARS[seen[-1]], sign, False, given.scale[i] != LOGIT)
        assert found.lead[i] == pytest.approx(float(course.lead), nan_ok=True)
        assert found.required_growth[i] == pytest.approx(float(rest.growth), nan_ok=True)


def test_statuses_are_words_of_the_vocabulary() -> None:
    found = judge_panel(panel())
    assert {Status(code) for code in found.status} <= {
        Status.AT_LEVEL, Status.AHEAD, Status.IN_LINE, Status.LAGGING, Status.NOT_ASSESSED
    }  # fmt: skip
    assert (found.status[found.met] == Status.AT_LEVEL).all()
