"""How reliable a judgement is: other bodies' methods side by side, and how often intervals held."""

from __future__ import annotations

from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.display import Align, PrintTable, Prose
from daye_analysis.figures.labels import target_names
from daye_analysis.package.words import percent_words
from daye_analysis.progress.backtest import Backtest
from daye_analysis.progress.published_methods import METHODS
from daye_analysis.progress.reasons import REASON_TEXT, Reason
from daye_analysis.progress.simulate import simulated_coverage
from daye_analysis.progress.vocabulary import MINIMUM_PAIRS
from daye_analysis.views.view import View

# More targets than these make a table's columns too narrow to read.
_ACROSS: Final = 4


def methods_tables(view: View, language: Language) -> list[PrintTable | Prose]:
    """Return `comparison.compare_methods` as tables, a method a row and at most four targets across, or a sentence."""
    compared = view.compare_methods()
    if compared.empty:
        none = Prose(
            Text(
                "目前没有一个目标同时具备规划基期和其后的同口径数据，因此任何进度评价方法（序时进度、欧盟统计局、开放式可持续发展目标平台、"
                "联合国统计司等）都无从比较。",
                "No target has both a base of the plan and a later comparable figure, so none of the published methods of progress "
                "(even schedule, Eurostat, Open SDG, the UN Statistics Division and others) has anything to compare.",
            ).say(language)
        )
        return [none]
    names = target_names(view.package, language)
    told = compared.set_index(["method", "target_id"])[f"label_{language}"]
    heading = Text("方法", "Method").say(language)
    caption = Text("不同方法的评价（† 未能读到该方法的原始文本）", "What different methods say († its primary text could not be read)")
    targets = [str(each) for each in compared["target_id"].unique()]
    tables: list[PrintTable | Prose] = []
    for first in range(0, len(targets), _ACROSS):
        across = targets[first : first + _ACROSS]
        rows = [
            (method.name.say(language) + ("" if method.read else " †"), *(str(told[method.code, each]) for each in across))
            for method in METHODS
        ]
        columns = [heading, *(str(names[each]) for each in across)]
        tables.append(PrintTable(pd.DataFrame(rows, columns=columns), caption.say(language)))
    return tables


def coverage_words(tested: Backtest, language: Language) -> Prose:
    """Return the number of real forecast-outcome pairs and what follows for probabilities."""
    # That the pairs are few is told by their number already.
    others = [REASON_TEXT[reason] for reason in tested.reasons if reason is not Reason.FEW_PAIRS]
    besides = Text("".join(f"；{each.zh}" for each in others), "".join(f"; {each.en}" for each in others))
    if tested.accepted:
        words = Text(
            f"用 {tested.pairs} 对真实的预测与实绩（{tested.series} 个序列）检验，通过，可以给出概率。",
            f"Tested on {tested.pairs} real pairs of forecast and outcome ({tested.series} series): passed, so probabilities may be shown.",
        )
    else:
        words = Text(
            f"真实的预测与实绩只有 **{tested.pairs}** 对（{tested.series} 个序列），规定至少 {MINIMUM_PAIRS} 对{besides.zh}。因此本报告**不给出概率**。",
            f"There are only **{tested.pairs}** real pairs of forecast and outcome ({tested.series} series), and {MINIMUM_PAIRS} are required"
            f"{besides.en}. So this report **gives no probability**.",
        )
    return Prose(words.say(language))


def real_coverage_table(tested: Backtest, language: Language) -> PrintTable | Prose:
    """Return how many real outcomes fell inside the intervals, with the bounds that so few pairs allow."""
    if not tested.pairs:
        return Prose(Text("没有真实的预测与实绩可供检验。", "There is no real pair to test on.").say(language))
    rows = [
        {
            Text("区间", "Interval").say(language): percent_words(level, language, 0),
            Text("实际落入", "Fell inside").say(language): percent_words(share, language, 0),
            Text("95% 置信范围", "95 % bounds").say(language): f"{percent_words(low, language, 0)} – {percent_words(high, language, 0)}",
        }
        for level, (share, low, high) in sorted(tested.coverage.items())
    ]
    caption = Text(f"真实数据：{tested.pairs} 对预测与实绩落入区间的比例", f"Real: how often {tested.pairs} outcomes fell inside the intervals")
    return PrintTable(pd.DataFrame(rows), caption.say(language), _right(rows))


def simulated_coverage_table(language: Language) -> PrintTable:
    """Return the simulated coverage of the 80 % interval for short series; shown apart, it calibrates nothing."""
    rows = []
    for count in (2, 3, 4, 7):
        found = simulated_coverage(count, series=4_000, classes=80)
        rows.append(
            {
                Text("年度变化数", "Yearly changes").say(language): str(count),
                Text("本法（合并方差）", "Ours (pooled variance)").say(language): percent_words(found.pooled, language, 0),
                Text("单序列 t 区间", "Own t interval").say(language): percent_words(found.own_t, language, 0),
                Text("常见软件（正态分位数）", "Off the shelf (normal)").say(language): percent_words(found.off_the_shelf, language, 0),
            }
        )
    caption = Text("模拟数据：名义 80% 区间实际覆盖的比例（另行列出，不是校准）", "Simulated: what a nominal 80 % interval covers (shown apart; no calibration)")
    return PrintTable(pd.DataFrame(rows), caption.say(language), _right(rows))


def _right(rows: list[dict[str, str]]) -> dict[str, Align]:
    return dict.fromkeys(list(rows[0])[1:], "right")


def backtest_lines(tested: Backtest, language: Language) -> list[str]:
    """Return the back-test as lines for a terminal: pairs, coverage, scores beside the benchmarks, the verdict."""
    zh = language == "zh"
    lines = [coverage_words(tested, language).markdown.replace("**", "")]
    for level, (share, low, high) in sorted(tested.coverage.items()):
        bounds = f"{percent_words(low, language, 0)} – {percent_words(high, language, 0)}"
        lines.append(f"{percent_words(level, language, 0)}{'区间落入' if zh else ' interval covered '}{percent_words(share, language, 0)} ({bounds})")
    lines.append(f"CRPS {tested.crps:.4f}; " + ", ".join(f"{name} {score:.4f}" for name, score in tested.benchmarks.items()))
    lines.append(f"Brier {tested.brier:.4f} ({'恒报基率' if zh else 'base rate'} {tested.base_rate:.4f}); RPS {tested.rps:.4f}")
    lines.append(f"PIT {' '.join(map(str, tested.pit))}")
    return lines
