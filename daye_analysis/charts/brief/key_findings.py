"""What a leader reads first: at most five findings with the numbers that matter now, and who could settle the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

import pandas as pd

from daye_analysis.accountability import lead_status
from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.charts.accountability.labels import plain_body
from daye_analysis.charts.citations import marks
from daye_analysis.charts.display import Prose, listing
from daye_analysis.charts.labels import asked_words, named_in_order
from daye_analysis.charts.verdicts.growth_text import gap_words, needed
from daye_analysis.charts.verdicts.verdict_text import undecided
from daye_analysis.package.formatting import at, period_words
from daye_analysis.package.records import Record, records
from daye_analysis.progress.outlook.publications import publications
from daye_analysis.views.verdict_words import known, status_words
from daye_analysis.views.view import View

# More than so many findings are none that a leader keeps in mind.
_MOST: Final = 5
# How many targets are named one by one in a sentence.
_MOST_NAMED: Final = 3
_MOST_LEADS: Final = 3


def key_findings(
    view: View, language: Language, numbers: Mapping[str, int] | None = None, indicators: Collection[str] | None = None,
    more: Callable[[], Sequence[Text]] = tuple,
) -> Prose:  # fmt: skip
    """Return at most five findings as a list: what is settled, by which figures and bounds, and what is unknown until when.

    `numbers` are those of the sources. With `indicators`, only the targets of these are spoken of. What `more` returns, at most
    two, comes before what is unknown; it is called there, so that its sources are numbered in their turn.
    """
    rows = view.assess()
    rows = rows if indicators is None else rows[rows["indicator_id"].isin(indicators)]
    if rows.empty:
        return Prose(Text("没有量化目标。", "There are no quantified targets.").say(language))
    said = [*_figures(view, rows, numbers), *_bounds(view, rows, numbers)] or _open(view, rows, numbers)
    before, after = [_settled(view, rows)], [*more(), _unknown(view, rows)]
    if len(said) > 1 and len(before) + len(said) + len(after) > _MOST:
        said = [Text("".join(each.zh for each in said), " ".join(each.en for each in said))]
    return listing([*before, *said, *after], language)


def _settled(view: View, assessments: pd.DataFrame) -> Text:
    """Return how many targets there are, how much time is left, and how many are settled for some date."""
    total, dues = len(assessments), pd.to_datetime(assessments["due"])
    first, last = dues.min(), dues.max()
    counts = assessments["settled"].value_counts()
    met, missed = int(counts.get("met", 0)), int(counts.get("not_met", 0))
    left = (first - view.timestamp).days
    verb = "are" if left >= 0 else "were"
    if first == last:
        time = Text(f"尚余 {left} 天", f"{left} days from now") if left >= 0 else Text(f"已过 {-left} 天", f"{-left} days ago")
        due = Text(
            f"**{total}** 个目标于{date_words(last, 'zh')}到期（{time.zh}）",
            f"**{total}** targets {verb} due on {date_words(last, 'en')} ({time.en})",
        )
    else:
        time = Text(f"最早的尚余 {left} 天", f"the first in {left} days") if left >= 0 else Text("部分已到期", "some are past")
        due = Text(
            f"**{total}** 个目标分别于{date_words(first, 'zh')}至{date_words(last, 'zh')}到期（{time.zh}）",
            f"**{total}** targets are due from {date_words(first, 'en')} to {date_words(last, 'en')} ({time.en})",
        )
    settled = _how_many(total, met, missed)
    return Text(f"{due.zh}。{settled.zh}", f"{due.en}. {settled.en}")


def _how_many(total: int, met: int, missed: int) -> Text:
    if not met and not missed:
        return Text("现有公开数据尚不能判定任何一个目标在某一时点是否达到。", "Published figures settle none of them yet for any date.")
    if not missed:
        which = Text("当时均已达到", "all had reached the target level then")
    elif not met:
        which = Text("当时均未达到", "none had reached the target level then")
    else:
        which = Text(f"当时已达到 **{met}** 个、未达到 **{missed}** 个", f"**{met}** had reached the target level then, **{missed}** had not")
    rest = total - met - missed
    other = Text(f"；其余 **{rest}** 个尚不能判断", f"; the other **{rest}** cannot be judged yet") if rest else Text("", "")
    return Text(
        f"据公开数据，可判定某一时点是否达到的有 **{met + missed}** 个，{which.zh}{other.zh}。",
        f"Published figures settle **{met + missed}** of them for some date: {which.en}{other.en}.",
    )


def _figures(view: View, assessments: pd.DataFrame, numbers: Mapping[str, int] | None) -> list[Text]:
    """Return the comparable figures that give a verdict, with the gap and the growth still required."""
    rows = named_in_order(view.package, assessments[assessments["settled"].isin(["met", "not_met"]) & assessments["settled_by"].eq("figure")])
    phrases = [_figure(view, row, numbers) for row in records(rows)]
    return [_listed(phrases[:_MOST_NAMED], len(phrases))] if phrases else []


def _open(view: View, assessments: pd.DataFrame, numbers: Mapping[str, int] | None) -> list[Text]:
    """Return the comparable figures that give no verdict, as those of a plan's first day do, with what is still required."""
    rows = named_in_order(view.package, assessments[assessments["evidence_class"].eq("comparable") & assessments["value"].notna()])
    phrases = [_figure(view, row, numbers) for row in records(rows)]
    if not phrases:
        return []
    listed = _listed(phrases[:_MOST_NAMED], len(phrases))
    return [
        Text(f"有同口径数据、尚不能判断的 **{len(phrases)}** 个：{listed.zh}", f"**{len(phrases)}** have a comparable figure that settles nothing yet. {listed.en}")
    ]


def _figure(view: View, row: Record, numbers: Mapping[str, int] | None) -> Text:
    said = {}
    for language in ("zh", "en"):
        (figure,) = [each for each in known(view.package, row, language) if each.side == "value"]
        gap = gap_words(view.package, row, language)
        growth = next((each for each in needed(row, language) if each.exact), None) if undecided(row) else None
        said[language] = (figure, gap, growth.sentence(language) if growth else "", marks(view.package, " ".join(figure.ids), numbers))
    (zh, gap_zh, growth_zh, cited), (en, gap_en, growth_en, _) = said["zh"], said["en"]
    reached = row["settled"] == "met"
    verdict = Text("已达到目标", "the target level is reached") if reached else Text("", "")
    parts_zh = [part for part in (verdict.zh, gap_zh, growth_zh) if part]
    parts_en = [part for part in (verdict.en, gap_en, growth_en) if part]
    return Text(
        f"{row['name_zh']}{zh.period}为 **{zh.words}**（目标 {asked_words(view.package, row, 'zh')}）{cited}"
        + "".join(f"，{part}" for part in parts_zh),
        f"{row['name_en']}: **{en.words}** {at(en.period)} (target {asked_words(view.package, row, 'en')}){cited}"
        + "".join(f"; {part}" for part in parts_en),
    )


def _bounds(view: View, assessments: pd.DataFrame, numbers: Mapping[str, int] | None) -> list[Text]:
    """Return what bounds settle, with the growth that they leave to be required."""
    rows = named_in_order(view.package, assessments[assessments["settled"].isin(["met", "not_met"]) & assessments["settled_by"].eq("bounds")])
    phrases = []
    for row in records(rows):
        said = {}
        for language in ("zh", "en"):
            ends = [each for each in known(view.package, row, language) if each.side != "value"]
            cited = marks(view.package, " ".join(id_ for each in ends for id_ in each.ids), numbers)
            joint = Text("、", " and ").say(language)
            verdict = status_words(row, language).split("；" if language == "zh" else "; ")[0]
            growth = next((each.sentence(language) for each in needed(row, language) if not each.exact), "") if undecided(row) else ""
            said[language] = (joint.join(each.words for each in ends), cited, verdict, growth)
        (ends_zh, cited, verdict_zh, growth_zh), (ends_en, _, verdict_en, growth_en) = said["zh"], said["en"]
        phrases.append(
            Text(
                f"{row['name_zh']}{verdict_zh}（{ends_zh}，目标 {asked_words(view.package, row, 'zh')}）{cited}" + (f"，{growth_zh}" if growth_zh else ""),
                f"{row['name_en']}: {verdict_en} ({ends_en}; target {asked_words(view.package, row, 'en')}){cited}" + (f"; {growth_en}" if growth_en else ""),
            )
        )
    head = Text("由上下限可以判定：", "Settled by bounds: ")
    if not phrases:
        return []
    listed = _listed(phrases[:_MOST_NAMED], len(phrases))
    return [Text(head.zh + listed.zh, head.en + listed.en)]


def _listed(phrases: list[Text], total: int) -> Text:
    """Return sentences in one, and how many more there are."""
    more = total - len(phrases)
    rest = Text(f"（另有 {more} 个，见下表）", f" ({more} more in the table below)") if more else Text("", "")
    return Text("；".join(each.zh for each in phrases) + rest.zh + "。", "; ".join(each.en for each in phrases) + rest.en + ".")


def _unknown(view: View, assessments: pd.DataFrame) -> Text:
    """Return of how many targets nothing comparable is published, which bodies lead most of them, and when final figures come."""
    silent = assessments[assessments["evidence_class"].isin(["related_only", "nothing"])]
    coming = next_figures(view)
    if silent.empty:
        return coming
    package = view.package
    status = lead_status(package, assessments)
    counts = Counter({str(row["unit_id"]): int(row["related_only"] + row["nothing"]) for row in records(status)})
    of_nobody = counts.pop("", 0)
    most = [(unit, number) for unit, number in counts.most_common(_MOST_LEADS) if number]
    others = sum(number > 0 for number in counts.values()) > len(most)
    zh = "、".join(f"{plain_body(package, unit, 'zh')} {number} 个" for unit, number in most)
    en = ", ".join(f"{plain_body(package, unit, 'en')} {number}" for unit, number in most)
    parts = [Text(f"按牵头单位计，{zh}{'较多' if others else ''}", f"By lead body{', the most are' if others else ''}: {en}")] if most else []
    parts += [Text(f"未列牵头单位的 {of_nobody} 个", f"for {of_nobody} no lead body is named")] if of_nobody else []
    who = Text("；".join(each.zh for each in parts), "; ".join(each.en for each in parts))
    return Text(
        f"**{len(silent)}** 个目标在可查阅范围内既无同口径数据，也推不出上下限，这不等于没有完成。{who.zh}{'。' if parts else ''}{coming.zh}",
        f"For **{len(silent)}** targets neither a comparable figure nor a bound was found in the sources that could be read; this is no sign "
        f"of failure. {who.en[:1].upper()}{who.en[1:]}{'. ' if parts else ''}{coming.en}",
    )


def next_figures(view: View) -> Text:
    """Return when final figures are to be expected."""
    due = pd.Timestamp(view.package.plans["due"].iloc[0])
    coming = [row for row in records(publications(view)) if pd.Timestamp(row["next_end"]) > due]
    final = Text(f"{due.year} 年的最终数据通常于 {due.year + 1} 年公布", f"Final figures for {due.year} usually come out in {due.year + 1}")
    if not coming or view.timestamp > due + pd.DateOffset(years=1):
        return Text(f"{final.zh}。", f"{final.en}.")
    first = coming[0]
    start, end = pd.Timestamp(first["next_start"]), pd.Timestamp(first["next_end"])
    area = view.package.record("areas", view.package.plans["area_id"].iloc[0])
    where = Text(str(first["publisher"]), f"a bulletin of {first['publisher']}")
    if first["kind"] == "gov_report":
        where = Text(f"{area['name_zh']}政府工作报告", f"{area['name_en']}'s government work report")
    return Text(
        f"{final.zh}；按往年惯例，最早可见于{where.zh}（{period_words(start, end, 'zh')}）。",
        f"{final.en}; going by past years, first in {where.en} ({period_words(start, end, 'en')}).",
    )
