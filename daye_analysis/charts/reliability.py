"""How reliable a judgement is: other bodies' methods side by side, and how often intervals held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Align, PrintTable, Prose
from daye_analysis.charts.labels import target_names
from daye_analysis.package.formatting import percent_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records
from daye_analysis.progress.forecast import outcomes
from daye_analysis.progress.forecast.backtest import BENCHMARK, Backtest
from daye_analysis.progress.forecast.count_backtest import CountBacktest
from daye_analysis.progress.forecast.simulate import TOO_NARROW, gate_power, simulated_coverage
from daye_analysis.progress.published_methods.method import Method
from daye_analysis.progress.published_methods.with_target import METHODS
from daye_analysis.progress.published_methods.without_target import TREND_METHODS
from daye_analysis.progress.reasons import Reason
from daye_analysis.progress.schedule import on_schedule
from daye_analysis.progress.vocabulary import FORECAST_TEXT, MINIMUM_PAIRS, STATUS_TEXT, Forecast, Status
from daye_analysis.views.view import View

# What a failed test of the gate means.
FAILED_TEXT: Final[dict[str, Text]] = {
    "pairs": Text(f"不足 {MINIMUM_PAIRS} 对", f"fewer than {MINIMUM_PAIRS} pairs"),
    "coverage": Text("80% 区间的覆盖率偏低", "the 80 % interval covers too little"),
    "benchmark": Text("不如同类平均增速的预测", "worse than the class's mean growth"),
    "one_series": Text("去掉某一个序列即不通过", "it would fail without a single one of the series"),
}
# More targets than these make a table's columns too narrow to read.
_ACROSS: Final = 4


def methods_tables(view: View, language: Language) -> list[PrintTable | Prose]:
    """Return `comparison.compare_methods` as tables, a method a row and at most four targets across, or a sentence."""
    compared = view.compare_methods()
    if compared.empty:
        none = Prose(
            Text(
                "目前没有一个目标同时具备规划基期和其后的同口径数据，也没有一个目标有四个年度的同口径数据，因此任何进度评价方法（序时进度、欧盟统计局、"
                "开放式可持续发展目标平台、联合国统计司等）都无从比较。",
                "No target has both a base of the plan and a later comparable figure, or comparable figures of four years, so none of "
                "the published methods of progress (even schedule, Eurostat, Open SDG, the UN Statistics Division and others) has "
                "anything to compare.",
            ).say(language)
        )
        return [none]
    caption = Text("不同方法的评价（† 未能读到该方法的原始文本）", "What different methods say († its primary text could not be read)")
    names = target_names(view.package, language)
    headline = Prose(_headline(compared).say(language))
    return [headline, *_side_by_side(compared, "target_id", names, METHODS, caption, language)]


def trends_tables(view: View, language: Language) -> list[PrintTable | Prose]:
    """Return what `trends.compare_trends` says of the plans' own areas, a method a row; nothing if there is no series."""
    compared = view.compare_trends()
    own = compared[compared["area_id"].isin(view.package.plans["area_id"])]
    names = {str(row["series"]): _series_name(view.package, row).say(language) for row in records(own)}
    caption = Text(
        "未设目标的指标：不同方法按期望方向的评价（† 未能读到该方法的原始文本）",
        "Indicators without a target: what different methods say for the desired direction († its primary text could not be read)",
    )
    return _side_by_side(own, "series", names, TREND_METHODS, caption, language)


def _series_name(package: PackageTables, row: Record) -> Text:
    """Return the name of a series' indicator and its first and last year."""
    indicator, first, last = package.record("indicators", row["indicator_id"]), row["first_date"].year, row["date"].year
    return Text(f"{indicator['name_zh']}（{first}—{last}年）", f"{indicator['name_en']}, {first}–{last}")


def _headline(compared: pd.DataFrame) -> Text:
    """Return how many targets are on the even schedule, of those that can be judged."""
    leads = compared[compared["method"].isin(["even_schedule", "even_schedule_log"])]
    each = leads.groupby("target_id", sort=False).agg(lead=("score", "max"), met=("met", "any"))
    found = on_schedule(each["lead"], each["met"])
    if not found.judged:
        return Text("没有一个目标可对照序时进度判断。", "No target can be judged against the even schedule.")
    return Text(
        f"可对照序时进度判断的目标有 {found.judged} 个，其中 {found.on} 个达到序时进度或已达目标值，占 {percent_words(found.share, 'zh')}。",
        f"Targets that can be judged against the even schedule: {found.judged}; of these, {found.on} ({percent_words(found.share, 'en')}) "
        "have reached the schedule or the target itself.",
    )


def _side_by_side(
    compared: pd.DataFrame,
    key: str,
    names: Mapping[str, str],
    methods: Sequence[Method],
    caption: Text,
    language: Language,
) -> list[PrintTable | Prose]:
    """Return tables with a row for each method that is made for any of the keys, and at most four keys across."""
    said = compared.set_index(["method", key])[f"label_{language}"]
    made_for = set(compared.loc[compared["reason"].ne(Reason.METHOD_SILENT.code), "method"])
    heading = Text("方法", "Method").say(language)
    keys = [str(each) for each in compared[key].unique()]
    tables: list[PrintTable | Prose] = []
    for first in range(0, len(keys), _ACROSS):
        across = keys[first : first + _ACROSS]
        rows = [
            (method.name.say(language) + ("" if method.read else " †"), *(str(said[method.code, each]) for each in across))
            for method in methods
            if method.code in made_for
        ]
        columns = [heading, *(names[each] for each in across)]
        tables.append(PrintTable(pd.DataFrame(rows, columns=columns), caption.say(language)))
    return tables


def coverage_words(tested: Backtest, language: Language) -> Prose:
    """Return the number of real forecast-outcome pairs and what follows for probabilities."""
    failed = [FAILED_TEXT[each] for each in tested.failed if each != "pairs"]
    besides = Text("；".join(each.zh for each in failed), "; ".join(each.en for each in failed))
    pairs = Text(f"{tested.pairs} 对真实的预测与实绩（{tested.series} 个序列）", f"{tested.pairs} real pairs of forecast and outcome ({tested.series} series)")
    if tested.accepted:
        number = len(tested.uncovered)
        but = Text(f"，但有 {number} 类指标除外，其区间覆盖率过低", f", but for {number} class{'es' if number > 1 else ''} whose intervals covered too little")
        words = Text(
            f"用 {pairs.zh}检验，通过，可以给出概率{but.zh if number else ''}。",
            f"Tested on {pairs.en}: passed, so probabilities may be shown{but.en if number else ''}.",
        )
    elif "pairs" in tested.failed:
        words = Text(
            f"真实的预测与实绩只有 **{tested.pairs}** 对（{tested.series} 个序列），规定至少 {MINIMUM_PAIRS} 对{'；' + besides.zh if failed else ''}。"
            "因此本报告**不给出概率**。",
            f"There are only **{tested.pairs}** real pairs of forecast and outcome ({tested.series} series), and {MINIMUM_PAIRS} are required"
            f"{'; ' + besides.en if failed else ''}. So this report **gives no probability**.",
        )
    else:
        words = Text(
            f"用 {pairs.zh}检验，未通过：{besides.zh}。因此本报告**不给出概率**。",
            f"Tested on {pairs.en}: not passed ({besides.en}). So this report **gives no probability**.",
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
        found = simulated_coverage(count, series=4_000)
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


def backtest_lines(
    tested: Backtest, counts: CountBacktest, classes: Sequence[str], language: Language, *, decides: bool = True
) -> list[str]:
    """Return the back-test as lines for a terminal: the gate, coverage, scores beside the benchmarks, words, and its power.

    `classes` names the groups of the history. One with hindsight does not decide.
    """
    hindsight = Text(
        f"{tested.pairs} 对预测与实绩（{tested.series} 个序列），各数据按所属时期视为已知，含事后信息，不作为依据",
        f"{tested.pairs} pairs ({tested.series} series), each figure as if known on its own date: with hindsight, decides nothing",
    )
    lines = [coverage_words(tested, language).markdown.replace("**", "") if decides else hindsight.say(language)]
    for level, (share, low, high) in sorted(tested.coverage.items()):
        named = Text(f"{percent_words(level, 'zh', 0)}区间落入", f"{percent_words(level, 'en', 0)} interval covered").say(language)
        lines.append(f"{named} {percent_words(share, language, 0)} ({percent_words(low, language, 0)} – {percent_words(high, language, 0)})")
    if tested.pairs:
        scores = ", ".join(f"{name} {score:.4f}" for name, score in tested.benchmarks.items())
        lines += [
            Text(f"80% 区间覆盖率的自助误差（按序列重抽）{percent_words(tested.coverage_error, 'zh', 0)}",
                 f"Bootstrap error of the 80 % interval's coverage, over series: {percent_words(tested.coverage_error, 'en', 0)}").say(language),
            f"CRPS {tested.crps:.4f}; {scores}",
            Text(f"与事先指定的基准（{BENCHMARK}）相差 {tested.loss:+.4f}，误差 {tested.loss_error:.4f}",
                 f"Difference from the benchmark named beforehand ({BENCHMARK}): {tested.loss:+.4f}, error {tested.loss_error:.4f}").say(language),
            f"Brier {tested.brier:.4f} ({Text('恒报基率', 'base rate').say(language)} {tested.base_rate:.4f}); RPS {tested.rps:.4f}",
            f"PIT {' '.join(map(str, tested.pit))}",
            *_word_lines(tested.words, language),
            *_class_lines(tested, classes, language),
        ]  # fmt: skip
    return [*lines, _count_line(counts, language), *_power_lines(tested, language)]


def _word_lines(words: dict[str, tuple[float, float, int]], language: Language) -> list[str]:
    """Return for each word that was said how probable it meant, and how often it came about."""
    return [
        Text(
            f"“{FORECAST_TEXT[Forecast[name.upper()]].zh}”{number} 次：平均概率 {percent_words(said, 'zh', 0)}，实际发生 {percent_words(came, 'zh', 0)}",
            f"\"{FORECAST_TEXT[Forecast[name.upper()]].en}\", {number} times: mean probability {percent_words(said, 'en', 0)}, came about {percent_words(came, 'en', 0)}",
        ).say(language)
        for name, (said, came, number) in words.items()
        if number
    ]


def _class_lines(tested: Backtest, classes: Sequence[str], language: Language) -> list[str]:
    """Return for each class with pairs how many of them its interval covered, and whether that is too little."""
    lines = []
    for group, (share, low, high, number) in tested.class_coverage.items():
        bounds = f"{percent_words(share, language, 0)} ({percent_words(low, language, 0)} – {percent_words(high, language, 0)})"
        few = Text("，过低，不给概率", ": too little, no probability") if group in tested.uncovered else Text("", "")
        lines.append(Text(f"{classes[group]}：{number} 对，80% 区间落入 {bounds}{few.zh}", f"{classes[group]}: {number} pair{'s' if number > 1 else ''}, 80 % interval covered {bounds}{few.en}").say(language))
    return lines


def _count_line(counts: CountBacktest, language: Language) -> str:
    if not counts.pairs:
        return Text("年度计数与累计数：没有真实的预测与实绩", "Counts of each year and sums: no real pair of forecast and outcome").say(language)
    failed = [FAILED_TEXT[each] for each in counts.failed]
    verdict = Text("；".join(each.zh for each in failed) or "通过", "; ".join(each.en for each in failed) or "passed")
    return Text(
        f"年度计数与累计数：{counts.pairs} 对（{counts.series} 个序列），CRPS {counts.crps:.3f}，基准（与上年相同）{counts.benchmark:.3f}：{verdict.zh}",
        f"Counts of each year and sums: {counts.pairs} pairs ({counts.series} series), CRPS {counts.crps:.3f}, benchmark (last year repeats) "
        f"{counts.benchmark:.3f}: {verdict.en}",
    ).say(language)


def _power_lines(tested: Backtest, language: Language) -> list[str]:
    """Return how often the gate opens, by simulation: with a hundred pairs, and with as many as there are if enough."""
    powers = [gate_power()]
    if tested.pairs >= MINIMUM_PAIRS:
        figures = max(round((tested.pairs / tested.series + 7) / 2), 4)
        powers.append(gate_power(tested.series, figures))
    return [
        Text(
            f"检验的功效（模拟）：约 {power.pairs:.0f} 对时，模型正确则 {percent_words(power.right, 'zh', 0)} 通过；80% 区间只覆盖 "
            f"{percent_words(TOO_NARROW, 'zh', 0)} 的模型，{percent_words(power.too_narrow, 'zh', 0)} 通过",
            f"Power (simulated): with about {power.pairs:.0f} pairs a right model passes in {percent_words(power.right, 'en', 0)} of panels, one whose "
            f"80 % interval covers {percent_words(TOO_NARROW, 'en', 0)} in {percent_words(power.too_narrow, 'en', 0)}",
        ).say(language)
        for power in powers
    ]


def archive_lines(kept: outcomes.Record, damaged: Sequence[tuple[str, str]], language: Language) -> list[str]:
    """Return how published probabilities and verdicts have fared, as lines for a terminal."""
    settled = kept.statements - kept.open
    lines = [
        Text(
            f"到期前公布的判断 {kept.statements} 条，其中 {kept.open} 条尚无结果",
            f"{kept.statements} statements published before their due date, {kept.open} of them still open",
        ).say(language)
    ]
    for status, (met, number) in kept.verdicts.items():
        name = STATUS_TEXT[Status[status.upper()]]
        lines.append(
            Text(f"“{name.zh}”：{number} 条中 {met} 条最终达到", f"\"{name.en}\": {met} of {number} met in the end").say(language)
        )
    if settled and not any(number for _, _, number in kept.words.values()):
        lines.append(Text("其中没有公布过概率", "None of them gave a probability").say(language))
    elif settled:
        lines.append(f"Brier {kept.brier:.4f} ({Text('恒报基率', 'base rate').say(language)} {kept.base_rate:.4f})")
        lines += _word_lines(kept.words, language)
    if kept.inside[1]:
        share, number = percent_words(kept.inside[0], language, 0), kept.inside[1]
        lines.append(Text(f"80% 区间含到期值的占 {share}（{number} 条）", f"The 80 % interval held the figure of the due date in {share} ({number})").say(language))
    return lines + [Text(f"未采用 {name}：{why}", f"Left out {name}: {why}").say(language) for name, why in damaged]
