"""The page on the back-test says of the real figures what they come to, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from daye_analysis import load
from daye_analysis.progress.history import history

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["backtest.md", "backtest.zh-CN.md"])
def test_the_page_says_what_the_figures_come_to(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    said = re.split("\n## ", page.split("## What the real figures say" if name == "backtest.md" else "## 真实数据的结果")[1])[0]
    numbers = set(re.findall(r"\d+(?:\.\d+)?", said))
    view = load().as_of("2026-11-29")
    for tested in (view.backtest(), view.backtest("period")):
        whole = {tested.pairs, tested.series, round(100 * tested.coverage[0.8][0])}
        for word in ("likely", "unlikely"):
            probability, share, _ = tested.words[word]
            whole |= {round(100 * probability), round(100 * share)}
        assert {str(each) for each in whole} <= numbers
    tested = view.backtest()
    assert {f"{tested.crps:.3f}", f"{tested.benchmarks['class_mean']:.3f}"} <= numbers
    assert [history(view).classes[group] for group in tested.uncovered] == ["high_tech_firms"]
    assert ("is open" if name == "backtest.md" else "检验通过") in said and tested.accepted
    judged = view.assess().set_index("target_id")
    assert judged.at["high_tech_enterprises", "forecast_reason"] == "class_uncovered"
    assert judged["probability"].isna().all()
