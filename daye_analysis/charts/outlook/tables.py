"""Tables of what can be said where no figure compares: ambition, the calendar of publications, earlier aims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.citations import marks
from daye_analysis.charts.display import Align, PrintTable, Prose
from daye_analysis.charts.labels import label, target_names
from daye_analysis.charts.outlook.sentences import compares, other_figure
from daye_analysis.package.formatting import percent_words, period_words, value_words
from daye_analysis.package.package_tables import PackageTables
from daye_analysis.package.records import Record, records
from daye_analysis.progress.outlook.ambition import UsualShare, ambition, usual_share
from daye_analysis.progress.outlook.earlier_aims import aims_met, earlier_aims
from daye_analysis.progress.outlook.publications import publications
from daye_analysis.views.verdict_words import unit_label
from daye_analysis.views.view import View

_KINDS: Final = {
    "gov_report": Text("工作报告", "government work report"),
    "bureau_bulletin": Text("公报", "bulletin"),
}
_OUTCOMES: Final = {
    "met": Text("达到", "met"),
    "not_met": Text("未达到", "not met"),
    "open": Text("上下限不足以判断", "not settled by its bounds"),
    "conflict": Text("数据不一致", "figures conflict"),
    "unpublished": Text("未见公开数据", "no outcome found"),
}


def ambition_table(view: View, language: Language, numbers: Mapping[str, int]) -> PrintTable | Prose:
    """Return each target that has figures of areas above, as a share of them, beside the share that the area usually has."""
    package = view.package
    names = target_names(package, language)
    rows = []
    for each in records(ambition(view)):
        target = package.record("targets", each["target_id"])
        if not each["is_share"] or not compares(view, str(target["plan_id"]), each):
            continue
        row = {**target, "area_id": package.record("plans", target["plan_id"])["area_id"]}
        usual = usual_share(view, str(row["area_id"]), str(each["area_id"]), str(target["indicator_id"]))
        least = Text("至多 ", "at most ").say(language) if each["bound"] in ("at_least", "more_than") else ""
        rows.append(
            {
                label("target", language): names[str(each["target_id"])],
                label("asked", language): value_words(float(target["value"]), unit_label(package, target["unit_code"], language), language),
                Text("上级地区最近数据", "Latest higher-level figure").say(language): f"{package.record('areas', each['area_id'])[f'name_{language}']}: "
                f"{other_figure(package, row, each, language).strip()}{marks(package, str(each['observation_id']), numbers)}".replace(": ", "：" if language == "zh" else ": ", 1),
                Text("目标值占比", "Target as share").say(language): f"{least}{percent_words(float(each['ratio']), language, 0 if each['ratio'] >= 0.1 else 1)}",
                Text("本地通常占比", "Usual share").say(language): "—" if usual is None else _usual(package, usual, language),
            }
        )
    if not rows:
        return Prose(Text("没有上级地区的数据可供对照。", "There are no figures of higher-level areas to compare with.").say(language))
    caption = Text("目标值与上级地区数据的比例", "The targets as a share of higher-level areas")
    align: dict[str, Align] = {Text("目标值占比", "Target as share").say(language): "right"}
    return PrintTable(pd.DataFrame(rows), caption.say(language), align, (0.25, 0.13, 0.31, 0.12, 0.19))


def _usual(package: PackageTables, usual: UsualShare, language: Language) -> str:
    name = package.record("indicators", usual.indicator_id)[f"name_{language}"]
    when = period_words(usual.period_start, usual.period_end, language)
    share = percent_words(usual.share, language)
    return Text(f"{share}（{name}，{when}）", f"{share} ({name}, {when})").say(language)


def calendar_table(view: View, language: Language) -> PrintTable | Prose:
    """Return the regular publications, when each came out and is next to come, and which open targets it has spoken of."""
    every = records(publications(view))
    # What has spoken of no open target says nothing of when one is known, unless there is nothing else.
    rows = [each for each in every if each["target_ids"]] or every
    if not rows:
        return Prose(
            Text("未见定期发布的公开数据，最终数据何时可知尚不明确。", "No regular publication was found, so it is unclear when more will be known.").say(language)
        )
    names = target_names(view.package, language)
    joint = "、" if language == "zh" else ", "
    phrases = [
        {
            Text("发布物", "Publication").say(language): Text(
                f"{each['publisher']}：{_KINDS[each['kind']].zh}", f"{each['publisher']}: {_KINDS[each['kind']].en}"
            ).say(language),
            Text("以往发布", "Past issues").say(language): Text(
                f"{len(each['seen'])} 期，最近为{_month(each['seen'][-1], 'zh')}",
                f"{len(each['seen'])} (latest: {_month(each['seen'][-1], 'en')})",
            ).say(language),
            Text("预计下一期", "Next expected").say(language): _season(each, language),
            Text("可据以判断或涉及的目标", "Open targets it reports on").say(language): joint.join(names[each_id] for each_id in each["target_ids"])
            or Text("仅总量指标", "totals only").say(language),
        }
        for each in rows
    ]
    caption = Text("何时可知：定期发布物（按以往发布月份推算，不是官方预告）",
                   "When more will be known: regular publications (timing from past issues, not announced)")  # fmt: skip
    return PrintTable(pd.DataFrame(phrases), caption.say(language), {}, (0.25, 0.15, 0.14, 0.46))


def _month(day: Any, language: Language) -> str:
    return period_words(pd.Timestamp(day.year, day.month, 1), pd.Timestamp(day.year, day.month, 1) + pd.offsets.MonthEnd(0), language)


def _season(each: Record, language: Language) -> str:
    return period_words(pd.Timestamp(each["next_start"]), pd.Timestamp(each["next_end"]), language)


def earlier_aims_table(view: View, language: Language, numbers: Mapping[str, int]) -> PrintTable | Prose:
    """Return the aims whose time is over and of whose outcome something is known."""
    package = view.package
    rows = [row for row in records(earlier_aims(view)) if row["outcome"] != "unpublished"]
    if not rows:
        return Prose("")
    phrases = []
    for row in rows:
        unit = unit_label(package, row["unit_code"], language)
        cited = marks(package, str(row["aim_id"]), numbers)
        outcome = _OUTCOMES[str(row["outcome"])].say(language)
        phrases.append(
            {
                Text("地区", "Area").say(language): package.record("areas", row["area_id"])[f"name_{language}"],
                Text("指标", "Quantity").say(language): package.record("indicators", row["indicator_id"])[f"name_{language}"],
                label("period", language): period_words(row["period_start"], row["period_end"], language),
                Text("当时的目标", "Aim").say(language): value_words(float(row["aim"]), unit, language, str(row["bound"])) + cited,
                Text("结果", "Outcome").say(language): f"{outcome}{_outturns(package, row, language)}{marks(package, str(row['outturn_ids']), numbers)}",
            }
        )
    caption = Text("以往目标及其结果", "Earlier aims and their outcomes")
    return PrintTable(pd.DataFrame(phrases), caption.say(language))


def _outturns(package: PackageTables, row: Record, language: Language) -> str:
    values = []
    for each in str(row["outturn_ids"]).split():
        found = package.record("observations", each)
        values.append(value_words(float(found["value"]), unit_label(package, found["unit_code"], language), language, str(found["bound"])))
    listed = ("、" if language == "zh" else ", ").join(values)
    return Text(f"（{listed}）", f" ({listed})").say(language)


def earlier_aims_words(view: View, language: Language) -> Prose:
    """Return how many earlier aims were met, of those of which the outcome is known, with the interval of that share."""
    found = aims_met(earlier_aims(view))
    if not found.over:
        none = Text("数据包中没有期限已过的以往目标。", "The package holds no earlier aims whose time is over.")
        return Prose(none.say(language))
    low, high = (percent_words(each, language, 0) if found.known else "" for each in (found.low, found.high))
    some = Text(
        f"结果可知的 **{found.known}** 个，其中达到 **{found.met}** 个（达到比例的 80% 区间为 {low}—{high}）。",
        f"The outcome of **{found.known}** is known, and **{found.met}** {'was' if found.met == 1 else 'were'} met "
        f"(80 % interval for the share met: {low} to {high}).",
    )
    none_known = Text("其结果均无公开数据可据以判断。", "For none of them has an outcome been published that settles it.")
    return Prose(
        Text(f"数据包中本地及其他地区期限已过的以往目标共 **{found.over}** 个。", f"The package holds **{found.over}** earlier aims, of this and other areas, whose time is over. ").say(
            language
        )
        + (some if found.known else none_known).say(language)
    )
