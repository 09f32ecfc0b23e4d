"""The page on the back-test says of the real figures what they come to, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from daye_analysis import load
from daye_analysis.bilingual import Language
from daye_analysis.charts.reliability import coverage_words
from daye_analysis.progress.forecast.history import history

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["backtest.md", "backtest.zh-CN.md"])
def test_the_page_says_what_the_figures_come_to(name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    said = re.split("\n## ", page.split("## Results on the real figures" if name == "backtest.md" else "## 真实数据的结果")[1])[0]
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


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("en", "2023-12-31", "**gives no probability**"), ("zh", "2023-12-31", "**不给出概率**"),
        ("en", "2024-12-31", "(15 series): passed, so probabilities may be shown."), ("zh", "2024-12-31", "通过，可以给出概率。"),
        ("en", "2026-11-29", "but for 1 class whose intervals covered too little"), ("zh", "2026-11-29", "但有 1 类指标除外"),
    ],
)  # fmt: skip
def test_reports_say_whether_probabilities_may_be_shown(language: Language, day: str, words: str) -> None:
    assert words in coverage_words(load().as_of(day).backtest(), language).markdown


def test_a_failed_gate_is_told_by_its_tests() -> None:
    tested = replace(load().as_of("2026-11-29").backtest(), failed=("coverage", "benchmark"))
    said = coverage_words(tested, "en").markdown
    assert "not passed (the 80 % interval covers too little; worse than the class's mean growth)" in said
    assert "不如同类平均增速的预测" in coverage_words(tested, "zh").markdown
