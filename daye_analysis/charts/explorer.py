"""Tables that sort and a list to choose from, for JupyterLab; on paper, or without their libraries, plain tables.

Each shows a widget together with the same content as plain HTML. Whoever cannot show the widget shows the HTML: a
printed report, a page on the web, a JupyterLab without the extension.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.display import Bundle, PrintTable, is_short
from daye_analysis.charts.selection import select_targets
from daye_analysis.charts.verdict_text import silence_words, verdict_sentences
from daye_analysis.package.formatting import number_words
from daye_analysis.package.records import records
from daye_analysis.views.view import View

_CHOOSE: Final = Text("目标", "Target")
_ROWS: Final = 10
_CONTROLS: Final[dict[Language, dict[str, str]]] = {
    "zh": {"search": "检索：", "info": "第 _START_ 至 _END_ 行，共 _TOTAL_ 行", "infoEmpty": "无", "zeroRecords": "没有符合的行",
           "infoFiltered": "（全部 _MAX_ 行）"},
    "en": {"search": "Search: ", "info": "Rows _START_ to _END_ of _TOTAL_", "infoEmpty": "None",
           "zeroRecords": "No row fits", "infoFiltered": "(of _MAX_ in all)"},
}  # fmt: skip


@dataclass(frozen=True)
class SortableTable:
    """A table whose columns sort and which can be searched, where itables and anywidget are installed."""

    table: PrintTable
    language: Language = "zh"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        data, about = self.table._repr_mimebundle_()
        return _with_widget(data, self._widget), about

    def _widget(self) -> Any:
        from itables.widget import ITable

        frame = self.table.frame.map(_on_one_line)
        short = [at for at, name in enumerate(frame) if is_short(frame[name])]
        options: Any = {
            "showIndex": False, "pageLength": _ROWS, "maxBytes": 0, "classes": "display compact",
            "style": "width:100%;caption-side:top;text-align:left", "layout": _layout(len(frame)),
            "columnDefs": [{"targets": short, "className": "dt-nowrap"}], "language": _CONTROLS[self.language],
            "text_in_header_can_be_selected": False,  # a click on it sorts
        }  # fmt: skip
        # Numbers as they were printed, never with zeros that no source had; they sort as numbers all the same.
        with pd.option_context("display.float_format", number_words):
            return ITable(frame, self.table.caption, **options)


def sortable(table: PrintTable | pd.DataFrame, language: Language = "zh") -> SortableTable:
    """Return a print table, or any DataFrame, as a table that sorts; a frame's dates are shown as days."""
    if isinstance(table, PrintTable):
        return SortableTable(table, language)
    days = table.select_dtypes("datetime").columns
    shown = table.assign(**{str(name): table[name].dt.strftime("%Y-%m-%d") for name in days})
    return SortableTable(PrintTable(shown.astype(object).where(shown.notna(), None), ""), language)


@dataclass(frozen=True)
class TargetBrowser:
    """A list of targets to choose from, and all about the one chosen; without widgets, the first of them."""

    view: View = field(repr=False)
    language: Language
    target_ids: tuple[str, ...]

    def page(self, target_id: str) -> str:
        """Return all about one target as HTML, everything in it escaped."""
        assessments = self.view.assess()
        (judged,) = records(assessments[assessments["target_id"] == target_id])
        sentences = verdict_sentences(self.view, judged, self.language)
        sentences += [each for each in (silence_words(judged, self.language),) if each]
        items = "".join(f"<li>{html.escape(each)}</li>" for each in sentences)
        told = self.view.target(target_id).explain_html(self.language)
        # A widget's own lines are as far apart as its controls.
        return f"<div style='line-height:1.5'>{told}<ul>{items}</ul></div>"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:  # noqa: ARG002
        if not self.target_ids:
            return {"text/plain": ""}, {}
        first = self.page(self.target_ids[0])
        data = {"text/html": first, "text/plain": self.view.target(self.target_ids[0]).explain(self.language)}
        return _with_widget(data, self._widget), {}

    def _widget(self) -> Any:
        import ipywidgets  # type: ignore[import-untyped, unused-ignore]

        names = self.view.package.targets.merge(self.view.package.indicators, on="indicator_id").set_index("target_id")
        options = [(str(names.at[each, f"name_{self.language}"]), each) for each in self.target_ids]
        choice = ipywidgets.Dropdown(
            options=options, description=_CHOOSE.say(self.language), layout=ipywidgets.Layout(width="32em")
        )
        shown = ipywidgets.HTML(self.page(self.target_ids[0]))

        def choose(change: Any) -> None:
            shown.value = self.page(change["new"])

        choice.observe(choose, names="value")
        return ipywidgets.VBox([choice, shown])


def browse_targets(view: View, language: Language, selection: pd.DataFrame | None = None) -> TargetBrowser:
    """Return a browser of what `select_targets` chose, in its order; of all targets where nothing is given."""
    chosen = select_targets(view) if selection is None else selection
    return TargetBrowser(view, language, tuple(chosen["target_id"]))


def _with_widget(data: dict[str, Any], make: Callable[[], Any]) -> dict[str, Any]:
    """Return `data` with the view of a widget beside it, or `data` alone where its library is not installed."""
    try:
        widget = make()
    except ImportError:
        return data
    shown = widget._repr_mimebundle_()
    bundle = shown[0] if isinstance(shown, tuple) else shown
    return {**bundle, **data}


def _on_one_line(cell: object) -> object:
    if cell is None or cell is pd.NA:
        return ""
    return cell.replace("\n", " · ") if isinstance(cell, str) else cell


def _layout(rows: int) -> dict[str, Any]:
    """Return which controls a sortable table has: a search, and pages only where there are several."""
    paged = rows > _ROWS
    return {"topStart": None, "topEnd": "search", "bottomStart": "info" if paged else None,
            "bottomEnd": "paging" if paged else None}  # fmt: skip
