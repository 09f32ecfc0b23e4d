"""One target of a package: what is asked, what is known, and from which source, in words."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from daye_analysis.bilingual import Language, Text, date_words
from daye_analysis.package.definition import codes
from daye_analysis.package.definition.judged import EVIDENCE_REASON
from daye_analysis.package.formatting import period_words, target_words
from daye_analysis.package.named_bodies import named_bodies
from daye_analysis.package.records import records
from daye_analysis.progress.assess import assess_target
from daye_analysis.progress.assessment import Assessment
from daye_analysis.session import language_of
from daye_analysis.views.verdict_words import stated_words, whole_verdict

if TYPE_CHECKING:
    from daye_analysis.views.package import Package
    from daye_analysis.views.view import View

# What a figure can be for a target, in the order in which it is shown.
GROUPS: dict[str, Text] = {
    "assumed": Text("使用者的假设，不是公开数据", "The user's assumptions, not published figures"),
    "decides": Text("同口径实绩（本地区，可直接比较）", "Comparable outturns (own area, same concept)"),
    "bounds": Text("只给出上下限", "Only bounds"),
    "conflict": Text("互相矛盾，均不用于判断", "Contradict each other: none decides"),
    "superseded": Text("已被后来公布的数据取代，不再使用", "Superseded by later figures: no longer used"),
    "doubtful": Text("存疑，只列出，不用于判断", "In doubt: shown, decides nothing"),
    "related": Text("仅供参考，不用于判断", "For information only: decide nothing"),
    "aims": Text("预计与其他目标，不是实绩", "Forecasts and aims, not outturns"),
}
_GROUP_OF_REASON = {"conflict": "conflict", "superseded": "superseded", "doubtful": "doubtful", "aim": "aims", "forecast": "aims"}
_GROUP_OF_ROLE = {"decides": "decides", "lower_bound": "bounds", "upper_bound": "bounds", "context": "related"}
_ITEM = "  · "


@dataclass(frozen=True)
class Target:
    """One target as of a day; see `View.target`."""

    view: View
    target_id: str

    @property
    def package(self) -> Package:
        """Return the package, uncut."""
        return self.view.package

    @property
    def row(self) -> Mapping[str, Any]:
        """Return the target's row by column, with the indicator's `name_zh`, `name_en`, `definition_*` and the like."""
        return self.package.target_row(self.target_id)

    @property
    def area_id(self) -> str:
        """Return the area of the target's plan."""
        return str(self._plan["area_id"])

    @property
    def assessment(self) -> Assessment:
        """Return what can be said of the target on the view's day.

        Raises
        ------
        WrongUsage
            progress.unknown-target, where its plan had not been published by then.
        """
        return assess_target(self.view, self.target_id)

    def figures(self, language: str | None = None) -> pd.DataFrame:
        """Return one row for each observation relevant to the target; see `View.figures`."""
        return self.view.figures(self.target_id, language=language)

    def evidence(self) -> pd.DataFrame:
        """Return the evidence on the target, the deciding figures first, with column `group`, a key of GROUPS.

        Figures further up than the area's own parent that bound nothing are left out.
        """
        rows = self.view.evidence()
        rows = rows[(rows["target_id"] == self.target_id)]
        rows = rows[(rows["relation"] != "containing") | (rows["role"] != "context")]
        group = rows["reason"].map(_GROUP_OF_REASON).fillna(rows["role"].map(_GROUP_OF_ROLE))
        group = group.astype("object").mask(rows["assumption"], "assumed")
        order = {name: place for place, name in enumerate(GROUPS)}
        ordered: pd.DataFrame = rows.assign(group=group, order=group.map(order))
        return ordered.sort_values(["order", "period_end", "observation_id"]).drop(columns="order")

    def explain(self, language: str | None = None) -> str:
        """Return in words what is asked, what follows, what is known, and from where.

        Parameters
        ----------
        language
            `zh` or `en`; the session's where not given.

        Raises
        ------
        WrongUsage
            package.unknown-language, for any other language.
        """
        return self._explained(language_of(language))

    def _explained(self, language: Language) -> str:
        figures = self.evidence()
        lines = [self._asked(language), *self._open_points(language)]
        day = pd.Timestamp(self.view.day)
        stop = "。" if language == "zh" else "."
        if self._plan["published"] <= day:
            lines.append(f"{_as_of(day, language)}{whole_verdict(self.view, asdict(self.assessment), language)}{stop}")
        if figures.empty:
            nothing = Text(
                "在可查阅范围内未见公开数据。没有数据不等于没有完成。",
                "No figure was found in the sources that could be read. That is no sign of failure.",
            )
            lines.append(nothing.say(language))
            return "\n".join(lines)
        count = Text(f"已知 {len(figures)} 条数据：", f"{len(figures)} figure{' is' if len(figures) == 1 else 's are'} known:")
        lines.append(count.say(language))
        for group, title in GROUPS.items():
            rows = figures[figures["group"] == group]
            if not rows.empty:
                lines.append(f"{title.say(language)}{'：' if language == 'zh' else ':'}")
                lines += [f"{_ITEM}{self.figure_words(row, language)}{_why(row, group, language)}" for row in records(rows)]
        return "\n".join(lines)

    def explain_html(self, language: str | None = None) -> str:
        """Return `explain` as HTML, everything in it escaped: what is asked in bold, each kind of figure a list."""
        head, *lines = self.explain(language).split("\n")
        parts = [f"<p><b>{html.escape(head)}</b></p>"]
        for is_item, group in groupby(lines, key=lambda line: line.startswith(_ITEM)):
            phrases = [html.escape(line.removeprefix(_ITEM)) for line in group]
            parts.append(f"<ul><li>{'</li><li>'.join(phrases)}</li></ul>" if is_item else f"<p>{'<br>'.join(phrases)}</p>")
        return "".join(parts)

    def figure_words(self, figure: Mapping[str, Any], language: Language) -> str:
        """Return one figure of `figures` in words: period, value, area, scope, source."""
        package = self.package
        period = period_words(figure["period_start"], figure["period_end"], language)
        value = stated_words(package, figure, language)
        area = ""
        if figure["area_id"] != self.area_id:
            area = str(package.record("areas", figure["area_id"])[f"name_{language}"])
        notes = [figure[f"scope_note_{language}"], figure[f"doubt_{language}"]]
        scope = ("；" if language == "zh" else "; ").join(str(note) for note in notes if pd.notna(note))
        tier = codes.SOURCE_TIER.label(figure["tier"]).say(language) if pd.notna(figure["tier"]) else ""
        parts = [part for part in (area, period, value) if part]
        if figure["observation_id"] in package.assumed:
            return ("，" if language == "zh" else ", ").join(parts)
        if figure["date_basis"] == "inferred":
            parts.insert(1 if not area else 2, Text("时间为推断", "date inferred").say(language))
        if language == "zh":
            phrases = "。".join(each for each in ("，".join(parts), scope) if each)
            return f"{phrases}。来源：《{figure['title']}》（{figure['publisher']}，{tier}）"
        phrases = ". ".join(each for each in (", ".join(parts), scope) if each)
        return f"{phrases}. Source: {figure['title']} ({figure['publisher']}, {tier})"

    @property
    def _plan(self) -> Mapping[str, Any]:
        return self.package.record("plans", self.package.record("targets", self.target_id)["plan_id"])

    def _asked(self, language: Language) -> str:
        row = self.row
        unit = self.package.record("measurement_units", row["unit_code"])[f"label_{language}"]
        asked = target_words(row["comparator"], row["value"], str(unit), language)
        scope = codes.SCOPE.label(row["scope"]).say(language)
        due = date_words(row["due"], language)
        basis = codes.BASIS.label(row["due_basis"]).say(language)
        names = self.lead_names(language)
        if language == "zh":
            leads = f"牵头：{'、'.join(names)}" if names else "原文未点名牵头单位"
            return (f"{row['name_zh']}：要求 {asked}（{scope}），{due}到期（{basis}）。\n"
                    f"原文：“{row['wording_zh']}”（任务 {row['task_id']}，{leads}）。")  # fmt: skip
        leads = f"lead: {', '.join(names)}" if names else "no leading body is named"
        return (f"{row['name_en']}: asked is {asked} ({scope}), due {due} ({basis}).\n"
                f"Official wording: “{row['wording_zh']}” (task {row['task_id']}, {leads}).")  # fmt: skip

    def _open_points(self, language: Language) -> list[str]:
        note = self.row[f"note_{language}"]
        return [str(note)] if pd.notna(note) else []

    def lead_names(self, language: Language) -> list[str]:
        """Return the names of the bodies that lead the target's task, in the list's order."""
        leads = named_bodies(self.package, str(self.row["task_id"]), "lead")
        return [str(self.package.record("units", unit)[f"name_{language}"]) for unit in leads]

    def __repr__(self) -> str:
        return f"<Target {self.target_id}>\n{self.explain()}"

    def _repr_html_(self) -> str:
        """Return the explanation for JupyterLab, in the session's language."""
        return self.explain_html()


def _why(figure: Mapping[str, Any], group: str, language: Language) -> str:
    """Return why a figure only informs, where its group does not say so already."""
    if group != "related":
        return ""
    reason = EVIDENCE_REASON.label(figure["reason"]).say(language)
    return f"（{reason}）" if language == "zh" else f" ({reason})"


def _as_of(day: pd.Timestamp, language: Language) -> str:
    return f"截至{date_words(day, 'zh')}，" if language == "zh" else f"As of {date_words(day, 'en')}: "
