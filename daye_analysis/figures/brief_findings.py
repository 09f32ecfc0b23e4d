"""The brief's findings, a line each: what bounds settle, and verdicts on like figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.figures.citations import marks
from daye_analysis.figures.display import PrintTable, Prose
from daye_analysis.figures.labels import label, target_names
from daye_analysis.figures.verdicts import percent, status_words
from daye_analysis.package.list_order import in_list_order
from daye_analysis.views.package import Package
from daye_analysis.package.records import Record, records
from daye_analysis.package.words import number_words, period_words, target_words, value_words
from daye_analysis.progress.reasons import REASON_TEXT, Reason
from daye_analysis.progress.vocabulary import FORECAST_TEXT, Forecast, Status

_BOUNDS: Final = Text("已知的上下限", "Bounds known")
_NEEDED: Final = Text("还需多快", "Growth needed")
_STANDS: Final = Text("结论", "Verdict")
_SILENT: Final = (Status.NOT_ASSESSED.code, Status.NO_BASELINE.code)
ASSUMED: Final = Text("依据假设，不是公开数据", "assumed, not published")
_FIGURES: Final = ("value_observations", "lower_bound_observations", "upper_bound_observations")
_MOST_BOUNDS: Final = 5
_MOST_LIKE: Final = 3


def used_figures(package: Package, assessments: pd.DataFrame, moved: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the observations that the tables of a brief show, `moved` being the rows of its last table."""
    shown = [_with_bounds(package, assessments).head(_MOST_BOUNDS), _with_likes(package, assessments).head(_MOST_LIKE)]
    if moved is not None:
        shown.append(assessments[assessments["target_id"].isin(moved["target_id"])])
    ids = {each for rows in shown for cell in rows[list(_FIGURES)].to_numpy().ravel() for each in str(cell).split()}
    return package.observations[package.observations["observation_id"].isin(ids)]


def figure_ids(row: Record) -> str:
    """Return the identifiers of the observations that a row of assessments stands on, with spaces between."""
    return " ".join(str(row[name]) for name in _FIGURES)


def bounds_table(
    package: Package,
    assessments: pd.DataFrame,
    evidence: pd.DataFrame,
    language: Language,
    numbers: Mapping[str, int] | None = None,
    most: int = _MOST_BOUNDS,
) -> PrintTable | Prose:
    """Return at most `most` targets with bounds: what these are, and what they settle.

    Those that settle something come first, each in the list's order. `numbers` are those of the sources.
    """
    rows = _with_bounds(package, assessments)
    if rows.empty:
        return Prose(Text("没有目标能推出上下限。", "No target has a bound.").say(language))
    shown = rows.head(most)
    told = [
        {
            label("target", language): f"{row[f'name_{language}']}\n{asked_words(package, row, language)}",
            label("period", language): _bound_period(row, evidence, language),
            _BOUNDS.say(language): "\n".join(_bound_words(package, row, evidence, numbers, language)),
            label("follows", language): _settles(row).say(language),
        }
        for row in records(shown)
    ]
    caption = Text("由更大或更小范围的数据推出的上下限", "Bounds that follow from figures of a wider or narrower scope")
    return PrintTable(pd.DataFrame(told), caption.say(language) + of_all(len(shown), len(rows), language))


def verdicts_table(
    package: Package,
    assessments: pd.DataFrame,
    language: Language,
    numbers: Mapping[str, int] | None = None,
    most: int = _MOST_LIKE,
) -> PrintTable | Prose:
    """Return at most `most` targets with a like figure: how far, how fast, which verdict.

    Those of which a verdict can be given come first, each in the list's order. `numbers` are those of the sources.
    """
    rows = _with_likes(package, assessments)
    if rows.empty:
        return Prose(Text("没有目标有同口径实绩。", "No target has a like figure.").say(language))
    shown = rows.head(most)
    told = [
        {
            label("target", language): f"{row[f'name_{language}']}\n{asked_words(package, row, language)}",
            label("latest", language): _latest(package, row, numbers, language),
            _NEEDED.say(language): _needed(row).say(language),
            _STANDS.say(language): _verdict(row, language),
        }
        for row in records(shown)
    ]
    caption = Text("有同口径实绩的目标", "Targets with a like figure").say(language)
    return PrintTable(pd.DataFrame(told), caption + of_all(len(shown), len(rows), language))


def the_rest(assessments: pd.DataFrame, language: Language) -> Prose:
    """Return that nothing is concluded of the targets without evidence, what would help, and what is said of chances."""
    silent = int(assessments["evidence_class"].isin(["related_only", "nothing"]).sum())
    told = []
    if silent:
        told.append(
            Text(f"另有 **{silent}** 个目标连上下限也没有，暂不评价；要下结论，须由牵头单位提供同口径数据。",
                 f"For **{silent}** more not even bounds are known, so there is no verdict; one would take like figures from the lead units.")
        )  # fmt: skip
    counts = assessments["forecast"].value_counts()
    words = [(FORECAST_TEXT[each], int(counts.get(each.code, 0))) for each in Forecast if each is not Forecast.WITHHELD]
    given = [Text(f"{said.zh} {number} 个", f"{said.en} {number}") for said, number in words if number]
    if given:
        told.append(
            Text(f"到期能否达成：{'、'.join(each.zh for each in given)}，其余不作预测。",
                 f"To be reached by the due date: {', '.join(each.en for each in given)}; no forecast for the others.")
        )  # fmt: skip
    else:
        told.append(
            Text("可供检验的预测太少，对任何目标都不给出达成的可能性。",
                 "Too few forecasts can be tested, so no chance of success is given for any target.")
        )  # fmt: skip
    return Prose(("" if language == "zh" else " ").join(each.say(language) for each in told))


def of_all(shown: int, total: int, language: Language) -> str:
    """Return how many of all a table shows and where the others are; empty where it shows all."""
    if shown >= total:
        return ""
    words = Text(f"（列出 {total} 个中的 {shown} 个，全部见 assessments.csv）", f" ({shown} of {total}; all are in assessments.csv)")
    return words.say(language)


def named_in_order(package: Package, assessments: pd.DataFrame) -> pd.DataFrame:
    """Return the assessments in the list's order, with the indicators' names."""
    rows = in_list_order(package, assessments)
    zh, en = target_names(package, "zh"), target_names(package, "en")
    return rows.assign(name_zh=rows["target_id"].map(zh), name_en=rows["target_id"].map(en))


def asked_words(package: Package, row: Record, language: Language) -> str:
    """Return what is asked by a row with `comparator`, `target` and `unit_code`."""
    return target_words(
        str(row["comparator"]), float(row["target"]), unit_label(package, row["unit_code"], language), language
    )


def at_least_words(row: Record) -> Text:
    """Return the words before a lower bound: more than, where it is known to be passed, else at least."""
    return Text("超过 ", "more than ") if row["lower_bound_is_open"] else Text("至少 ", "at least ")


def unit_label(package: Package, unit_code: object, language: Language) -> str:
    """Return the label of a unit of measure."""
    return str(package.record("measurement_units", unit_code)[f"label_{language}"])


def _with_bounds(package: Package, assessments: pd.DataFrame) -> pd.DataFrame:
    rows = named_in_order(package, assessments[assessments["bound_date"].notna()])
    settles = rows["settled"].isin(["met", "not_met"])
    return pd.concat([rows[settles], rows[~settles]])


def _with_likes(package: Package, assessments: pd.DataFrame) -> pd.DataFrame:
    rows = named_in_order(package, assessments[assessments["evidence_class"] == "like"])
    silent = rows["status"].isin(_SILENT)
    return pd.concat([rows[~silent], rows[silent]])


def _bound_period(row: Record, evidence: pd.DataFrame, language: Language) -> str:
    ids = f"{row['lower_bound_observations']} {row['upper_bound_observations']}".split()
    first = records(evidence[evidence["observation_id"].isin(ids) & (evidence["target_id"] == row["target_id"])])[0]
    start = None if first["measure"] == "level" else first["period_start"]
    return period_words(start, first["period_end"], language)


def _bound_words(
    package: Package, row: Record, evidence: pd.DataFrame, numbers: Mapping[str, int] | None, language: Language
) -> list[str]:
    unit = unit_label(package, row["unit_code"], language)
    told: list[str] = []
    for side in ("lower", "upper"):
        if pd.isna(row[f"{side}_bound"]):
            continue
        value = value_words(float(row[f"{side}_bound"]), unit, language)
        rows = evidence[evidence["observation_id"].isin(str(row[f"{side}_bound_observations"]).split())]
        first = records(rows)[0]
        if side == "lower":
            words = at_least_words(row)
            whole = first["concept"] == "same" and first["relation"] == "own"
            of = Text("年中数", "part of the year") if whole else Text("其中一部分", "a part alone")
        else:
            words = Text("至多 ", "at most ")
            area = package.record("areas", first["area_id"])
            wider = first["relation"] in ("parent", "containing")
            of = Text(f"{area['name_zh']}全域", f"all of {area['name_en']}") if wider else Text("更宽口径", "a broader concept")
        if rows["tier"].eq("repost").all():
            of = Text(f"{of.zh}，出自转载", f"{of.en}; reposts only")
        brackets = "（{}）" if language == "zh" else " ({})"
        cited = marks(package, str(row[f"{side}_bound_observations"]), numbers)
        told.append(f"{words.say(language)}{value}{brackets.format(of.say(language))}{cited}")
    return told


def _settles(row: Record) -> Text:
    said = {
        "met": Text("按此当期已达目标值", "So the target level was reached in that period"),
        "not_met": Text("按此当期不可能已达目标值", "So the target level cannot have been reached in that period"),
        "contradictory": Text("上下限互相矛盾，都不采用", "The bounds contradict each other; neither is used"),
    }.get(str(row["settled"]), Text("不足以判断", "Not enough to judge"))
    low, high = (
        float(row[name]) if pd.notna(row[name]) and float(row[name]) > 0 else None
        for name in ("required_growth_at_least", "required_growth_at_most")
    )
    if low is None or row["settled"] == "contradictory":
        return Text(f"{said.zh}。", f"{said.en}.")
    zh = f"此后须年均增长 {percent(low, 'zh')} 以上"
    en = f"since then it must grow at least {percent(low, 'en')} a year"
    if high is not None:
        zh = f"此后须年均增长 {percent(low, 'zh')} 至 {percent(high, 'zh')}"
        en = f"since then it must grow {percent(low, 'en')} to {percent(high, 'en')} a year"
    return Text(f"{said.zh}；{zh}。", f"{said.en}; {en}.")


def _latest(package: Package, row: Record, numbers: Mapping[str, int] | None, language: Language) -> str:
    zh = language == "zh"
    if int(row["years_due"] or 0):
        due, known, met = (int(row[f"years_{name}"]) for name in ("due", "known", "met"))
        return f"{due} 个年度中 {known} 个有数据，{met} 个达到" if zh else f"of {due} years {known} have figures, {met} met"
    if pd.isna(row["value"]):
        return "—"
    about = "about" if row["value_is_about"] else "exact"
    value = value_words(float(row["value"]), unit_label(package, row["unit_code"], language), language, about)
    when = period_words(None, pd.Timestamp(row["value_date"]), language)
    told = (f"{value}（{when}）" if zh else f"{value} ({when})") + marks(package, str(row["value_observations"]), numbers)
    if row["met"] or pd.isna(row["shortfall"]):
        return told
    left = number_words(round(float(row["shortfall"]), 6))
    rate = row["completion_rate"]
    done = "" if pd.isna(rate) else f"，完成率 {percent(float(rate), 'zh')}" if zh else f", {percent(float(rate), 'en')} of the target"
    return f"{told}\n还差 {left}{done}" if zh else f"{told}\n{left} short{done}"


def _needed(row: Record) -> Text:
    if pd.isna(row["required_growth"]):
        return Text("—", "—")
    growth = float(row["required_growth"])
    return Text(f"年均 {percent(growth, 'zh')}", f"{percent(growth, 'en')} a year")


def _verdict(row: Record, language: Language) -> str:
    """Return the status; why, where there is no verdict; and whether it rests on an assumption."""
    zh = language == "zh"
    told = status_words(row, language)
    if str(row["status"]) in _SILENT:
        reason = REASON_TEXT[Reason[str(row["status_reason"]).upper()]].say(language)
        told = reason if reason.startswith(told) else f"{told}{'：' if zh else ': '}{reason}"
    return f"{told}{'；' if zh else '; '}{ASSUMED.say(language)}" if row["rests_on_assumption"] else told
