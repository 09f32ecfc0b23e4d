"""One target of a package: what is asked, what is known, and from where, in words."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.errors import Problem, WrongUsage
from daye_analysis.package.areas import areas_containing, areas_within
from daye_analysis.package.definition import codes
from daye_analysis.package.held import HeldTables
from daye_analysis.package.named_units import named_units
from daye_analysis.package.published import MEASURES, like_figures
from daye_analysis.package.records import records
from daye_analysis.package.words import date_words, period_words, target_words, value_words

# What a figure can be for a target, in the order in which it is told.
GROUPS: dict[str, Text] = {
    "assumed": Text("使用者的假设，不是公开数据", "The user's assumptions, not published figures"),
    "like": Text("同口径实绩（本地区，可直接比较）", "Like outturns (own area, comparable as they stand)"),
    "nested": Text("口径、地区更宽或更窄，或只到年中（至多给出上下限）", "Broader, narrower or part of a year (bounds at most)"),
    "doubtful": Text("存疑，只列出，不用于判断", "In doubt: shown, decides nothing"),
    "related": Text("其他度量、时期或事物，仅供参考", "Another measure, time or thing: for information only"),
    "aims": Text("预计与其他目标，不是实绩", "Forecasts and aims, no outturns"),
}
_ITEM = "  · "


@dataclass(frozen=True)
class Target:
    """A view of one row of `targets`; see `Package.target`."""

    package: HeldTables
    target_id: str

    @property
    def row(self) -> Mapping[str, Any]:
        """Return the target's row by column, with the indicator's `name_zh`, `name_en`, `definition_*` and the like."""
        row = self.package.record("targets", self.target_id)
        return {**self.package.record("indicators", row["indicator_id"]), **row}

    @property
    def area_id(self) -> str:
        """Return the area of the target's plan."""
        return str(self._plan["area_id"])

    def figures(self, as_of: dt.date | None = None) -> pd.DataFrame:
        """Return what is known of the indicator on `as_of` for the target's area and its nest, with column `group`.

        `group` is a key of GROUPS; `like` is by `published.like_figures`. Figures of places that neither contain the
        area nor lie in it are left out, and so is what lies further up than the area's own parent and bounds nothing.
        """
        known = self.package.known(as_of)
        known = known[known["indicator_id"] == self.row["indicator_id"]]
        parent = areas_containing(self.package.areas, self.area_id)[:1]
        nest = {self.area_id, *parent, *areas_within(self.package.areas, self.area_id)}
        known = known[known["area_id"].isin(nest)]
        row = self.row
        like = like_figures({**self.package.tables, "observations": self.package.observations})
        liked = set(like.loc[like["target_id"] == self.target_id, "observation_id"])
        measured = known["measure"].isin(MEASURES[str(row["quantity"])]) & bool(row["additive"])
        after = (known["period_end"] > self._plan["start"]) | (row["quantity"] == "stock")
        group = pd.Series("related", index=known.index, dtype="object")
        group[measured & after & (known["concept"] != "related")] = "nested"
        group[known["observation_id"].isin(liked)] = "like"
        group[known["doubt_en"].notna()] = "doubtful"
        group[known["statement"] != "outturn"] = "aims"
        group[known["observation_id"].isin(self.package.assumed)] = "assumed"
        order = {name: place for place, name in enumerate(GROUPS)}
        ordered: pd.DataFrame = known.assign(group=group, order=group.map(order))
        return ordered.sort_values(["order", "period_end", "observation_id"]).drop(columns="order")

    def explain(self, language: Language = "zh", as_of: dt.date | None = None) -> str:
        """Return in words what is asked, what is known on `as_of`, and from where.

        Raises WrongUsage for a language other than zh and en.
        """
        if language not in ("zh", "en"):
            raise WrongUsage(_unknown_language(language))
        figures = self.figures(as_of)
        lines = [self._asked(language), *self._open_points(language)]
        day = pd.Timestamp(as_of or self.package.compiled_on)
        if figures.empty:
            nothing = Text(
                "在可查阅范围内未见公开数据。没有数据不等于没有完成。",
                "No figure was found in the sources that could be read. That is no sign of failure.",
            )
            lines.append(f"{_as_of(day, language)}{nothing.say(language)}")
            return "\n".join(lines)
        count = Text(f"已知 {len(figures)} 条数据：", f"{len(figures)} figure{' is' if len(figures) == 1 else 's are'} known:")
        lines.append(f"{_as_of(day, language)}{count.say(language)}")
        for group, title in GROUPS.items():
            rows = figures[figures["group"] == group]
            if not rows.empty:
                lines.append(f"{title.say(language)}{'：' if language == 'zh' else ':'}")
                lines += [f"{_ITEM}{self.figure_words(row, language)}" for row in records(rows)]
        if not figures["group"].isin(["like", "assumed"]).any():
            none = Text("没有同口径实绩，因此不能直接判断。", "There is no like outturn, so nothing decides directly.")
            lines.append(none.say(language))
        return "\n".join(lines)

    def explain_html(self, language: Language = "zh", as_of: dt.date | None = None) -> str:
        """Return `explain` as HTML, everything in it escaped: what is asked in bold, each kind of figure a list."""
        head, *lines = self.explain(language, as_of).split("\n")
        parts = [f"<p><b>{html.escape(head)}</b></p>"]
        for is_item, group in groupby(lines, key=lambda line: line.startswith(_ITEM)):
            told = [html.escape(line.removeprefix(_ITEM)) for line in group]
            parts.append(f"<ul><li>{'</li><li>'.join(told)}</li></ul>" if is_item else f"<p>{'<br>'.join(told)}</p>")
        return "".join(parts)

    def figure_words(self, figure: Mapping[str, Any], language: Language) -> str:
        """Return one figure of `figures` in words: period, value, area, scope, source."""
        package = self.package
        label = str(package.record("measurement_units", figure["unit_code"])[f"label_{language}"])
        period = period_words(figure["period_start"], figure["period_end"], language)
        value = value_words(figure["value"], label, language, figure["bound"])
        if figure["measure"] in ("growth_pct", "share_pct"):
            measure = codes.MEASURE.label(figure["measure"]).say(language)
            value = f"{measure} {value}"
        if figure["statement"] != "outturn":
            value = f"{value}（{codes.STATEMENT.label(figure['statement']).zh}）" if language == "zh" else (
                f"{value} ({codes.STATEMENT.label(figure['statement']).en})")  # fmt: skip
        area = ""
        if figure["area_id"] != self.area_id:
            area = str(package.record("areas", figure["area_id"])[f"name_{language}"])
        notes = [figure[f"scope_note_{language}"], figure[f"doubt_{language}"]]
        scope = ("；" if language == "zh" else "; ").join(str(note) for note in notes if pd.notna(note))
        tier = codes.SOURCE_TIER.label(figure["tier"]).say(language) if pd.notna(figure["tier"]) else ""
        parts = [part for part in (area, period, value) if part]
        if figure["observation_id"] in package.assumed:
            return ("，" if language == "zh" else ", ").join(parts)
        if language == "zh":
            return f"{'，'.join(parts)}。{scope}。来源：《{figure['title']}》（{figure['publisher']}，{tier}）"
        return f"{', '.join(parts)}. {scope}. Source: {figure['title']} ({figure['publisher']}, {tier})"

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
        leads = "、".join(self.lead_names("zh")) if language == "zh" else ", ".join(self.lead_names("en"))
        if language == "zh":
            return (f"{row['name_zh']}：要求 {asked}（{scope}），{due}到期（{basis}）。\n"
                    f"原文：“{row['wording_zh']}”（任务 {row['task_id']}，牵头：{leads}）。")  # fmt: skip
        return (f"{row['name_en']}: asked is {asked} ({scope}), due {due} ({basis}).\n"
                f"Official wording: “{row['wording_zh']}” (task {row['task_id']}, lead: {leads}).")  # fmt: skip

    def _open_points(self, language: Language) -> list[str]:
        note = self.row[f"note_{language}"]
        return [str(note)] if pd.notna(note) else []

    def lead_names(self, language: Language) -> list[str]:
        """Return the names of the units that lead the target's task, in the list's order."""
        leads = named_units(self.package, str(self.row["task_id"]), "lead")
        return [str(self.package.record("units", unit)[f"name_{language}"]) for unit in leads]

    def __repr__(self) -> str:
        return f"<Target {self.target_id}>\n{self.explain('zh')}"

    def _repr_html_(self) -> str:
        """Return the explanation for JupyterLab, zh above en."""
        return "<hr>".join(self.explain_html(language) for language in ("zh", "en"))


def _unknown_language(language: object) -> Problem:
    return Problem(
        "package.unknown-language",
        Text(f"没有语言“{language}”。", f"There is no language '{language}'."),
        "language",
        Text("可用 zh 与 en。", "Use zh or en."),
    )


def _as_of(day: pd.Timestamp, language: Language) -> str:
    return f"截至{date_words(day, 'zh')}，" if language == "zh" else f"As of {date_words(day, 'en')}: "
