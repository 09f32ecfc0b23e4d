"""Charts as a reader sees them: words never on words or marks, nothing cut off in silence."""

from __future__ import annotations

import io
import itertools
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from cluster_tables import package, view, with_figures
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.collections import LineCollection
from matplotlib.dates import num2date
from matplotlib.figure import Figure
from matplotlib.text import Text
from PIL import Image

from daye_analysis.bilingual import Language
from daye_analysis.charts import distance_chart, evidence_chart, growth_chart, path_chart
from daye_analysis.charts.accountability import matrix
from daye_analysis.charts.brief import state
from daye_analysis.charts.clusters import aims_chart, published_growth, starts, total
from daye_analysis.charts.display import Picture
from daye_analysis.charts.drawing.growth_axis import growth_ticks, on_growth_axis
from daye_analysis.charts.drawing.text_size import text_width, wrapped
from daye_analysis.views.view import View

LANGUAGES: tuple[Language, Language] = ("zh", "en")
DRAWS: dict[str, Callable[..., Any]] = {
    "distance": distance_chart.distance_chart,
    "evidence": evidence_chart.evidence_chart,
    "growth": growth_chart.growth_chart,
    "path": path_chart.path_chart,
    "state": state.evidence_bar,
    "matrix": matrix.duty_matrix,
    "aims": aims_chart.aims_chart,
    "published": published_growth.activity_chart,
    "starts": starts.starts_chart,
    "total": total.sum_chart,
}


@cache
def drawn(name: str, language: Language) -> Picture:
    found = DRAWS[name](view(), language)
    assert isinstance(found, Picture)
    return found


def figure_of(picture: Picture) -> Figure:
    draw: Any = picture.draw
    found = draw.func.__self__
    assert isinstance(found, Figure)
    return found


def words_of(figure: Figure) -> list[tuple[str, Any]]:
    """Return every piece of text that is shown, with its box in pixels."""
    figure.draw_without_rendering()  # gives the names of axes their places
    beyond = set()
    for axis in (axis for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)):
        low, high = sorted(axis.get_view_interval())
        beyond |= {tick.label1 for tick in axis.get_major_ticks() if not low <= tick.get_loc() <= high}
    texts = [text for text in dict.fromkeys(figure.findobj(Text)) if text not in beyond and text.get_visible() and text.get_text().strip()]
    # Not the box of an annotation, which has its line in it.
    return [(text.get_text(), Text.get_window_extent(text)) for text in texts]


def overlaps(a: Any, b: Any) -> bool:
    wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
    return bool(wide > 2 and high > 2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWS)
def test_no_words_are_printed_over_others(name: str, language: Language) -> None:
    words = words_of(figure_of(drawn(name, language)))
    assert len(words) > 4
    clashes = [(a[0], b[0]) for i, a in enumerate(words) for b in words[i + 1 :] if overlaps(a[1], b[1])]
    assert clashes == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWS)
def test_every_chart_is_as_wide_as_the_page(name: str, language: Language) -> None:
    root = ET.fromstring(drawn(name, language).svg)
    assert float(root.attrib["width"].removesuffix("pt")) == pytest.approx(6.5 * 72, abs=1.5)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", DRAWS)
def test_a_chart_is_drawn_on_white_so_that_a_dark_page_shows_it(name: str, language: Language) -> None:
    picture = drawn(name, language)
    out = io.BytesIO()
    picture.draw(out, format="png", dpi=40)
    assert Image.open(out).convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)
    assert "<metadata" not in picture.svg


def test_shares_far_beyond_the_target_are_not_drawn_in_one_place() -> None:
    frame = distance_chart.distances(view(), "en")
    ends = frame.loc[frame["upper"] > 200, "upper"].tolist()
    assert len(ends) == 2 and ends[0] != ends[1]
    axes = figure_of(drawn("distance", "en")).axes[0]
    marks = {round(float(x), 6) for line in axes.lines if line.get_marker() == "|" for x in np.asarray(line.get_xdata())}
    assert {round(each, 6) for each in ends} <= marks
    assert axes.get_xlim()[1] >= max(ends)


def test_what_lies_beyond_the_axis_is_marked_and_its_share_written() -> None:
    rich = with_figures(package(), [{"indicator_id": "cluster_electronics", "area_id": "daye", "year": 2025, "value": 1700}])
    found = distance_chart.distance_chart(view(rich), "en")
    assert isinstance(found, Picture)
    printed = re.sub(r"<[^>]+>", " ", found.svg)
    assert "»" in printed and "850 %" in printed and "beyond the axis" in printed
    assert "beyond the axis" not in drawn("distance", "en").svg


def test_a_row_of_a_target_not_to_be_exceeded_says_that_lower_is_better() -> None:
    base = package()
    targets = base.targets.assign(comparator=base.targets["comparator"].mask(base.targets["target_id"] == "high_tech_enterprises", "le"))
    assert (targets["comparator"] == "le").any()
    found = distance_chart.distance_chart(view(replace(base, targets=targets)), "en")
    assert isinstance(found, Picture)
    assert "↓" in found.svg and "at most the target value is asked" in " ".join(re.sub(r"<[^>]+>", " ", found.svg).split())
    assert "↓" not in drawn("distance", "en").svg


@cache
def falling() -> View:
    """Return the package as if the high-tech enterprises were to become fewer."""
    base, target = package(), "high_tech_enterprises"
    indicator = base.record("targets", target)["indicator_id"]
    targets = base.targets.assign(
        comparator=base.targets["comparator"].mask(base.targets["target_id"] == target, "le"),
        value=base.targets["value"].mask(base.targets["target_id"] == target, 300.0),
    )
    indicators = base.indicators.assign(direction=base.indicators["direction"].mask(base.indicators["indicator_id"] == indicator, "decrease"))
    return view(replace(base, targets=targets, indicators=indicators))


def test_a_target_that_falls_is_drawn_and_told_as_one() -> None:
    growth, path = growth_chart.growth_chart(falling(), "en"), path_chart.path_chart(falling(), "en")
    assert growth is not None and path is not None
    assert "High-tech enterprises: a fall of 29.1 % (from end of 2025, date inferred) required" in growth.alt
    figure = figure_of(growth)
    required = [line.get_xdata()[0] for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert min(required) == pytest.approx(np.log(300 / 423))
    # The way leads down, so its target's words are below it and the figure's above.
    words = {text.get_text(): text.get_va() for text in figure_of(path).findobj(Text)}
    assert (words["target ≤ 300"], words["423*"]) == ("top", "bottom")
    assert {text.get_text(): text.get_va() for text in figure_of(drawn("path", "en")).findobj(Text)}["423*"] == "top"


def test_a_figure_of_a_period_is_drawn_over_that_period() -> None:
    rows = [{"indicator_id": "cluster_electronics", "area_id": "daye", "year": 2024, "value": 120}]
    found = path_chart.path_chart(view(with_figures(package(), rows)), "en")
    assert found is not None
    spans = [segment for axes in figure_of(found).axes for drawn_ in axes.collections if isinstance(drawn_, LineCollection) for segment in drawn_.get_segments()]
    ends = [[str(num2date(x).date()) for x in segment[:, 0]] for segment in spans if len(segment)]
    assert ["2024-01-01", "2024-12-31"] in ends
    assert "Electronic information" in found.alt and "2024 120" in found.alt


@given(st.floats(-0.999, 500), st.floats(0.1, 500))
def test_the_axis_of_growth_names_ticks_within_it_and_apart(low: float, more: float) -> None:
    start, end = float(on_growth_axis(low)), float(on_growth_axis(low + more))
    ticks = growth_ticks(start, end, 0.075)
    places = on_growth_axis(np.array(ticks))
    assert all(start <= place <= end for place in places)
    assert all(b - a > 0.075 * (end - start) for a, b in itertools.pairwise(places))


@given(st.text(st.sampled_from("新能源汽车 “”（），。abc12—"), min_size=1, max_size=60), st.floats(0.3, 4))
def test_broken_lines_keep_every_character_and_fit(text: str, width: float) -> None:
    broken = wrapped(text, 8, width)
    assert re.sub(r"\s", "", broken) == re.sub(r"\s", "", text)
    for line in broken.split("\n"):
        # Only what cannot be broken is wider: a word, a quoted name, a character with its marks.
        assert text_width(line, 8) <= width or not re.search(r"[\u4e00-\u9fff][^，。）”—\s]|\S ", re.sub(r"“[^”]*”", "", line).rstrip())


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("423 家（2025年末，时间为推断）", "423 家\n（2025年末，时间为推断）"),
        ("28 firms (end of August 2023, date inferred)", "28 firms\n(end of August 2023, date inferred)"),
        ("“瞪羚”“独角兽”等科创新物种企业数（家）", "“瞪羚”“独角兽”等科创新物种企业数\n（家）"),
    ],
)
def test_lines_break_where_a_reader_pauses(text: str, broken: str) -> None:
    assert wrapped(text, 8, 0.9 * text_width(text, 8)) == broken
