"""What the explorer shows in JupyterLab: tables to sort and filter, a list to choose from, a chart that responds.

Each shows a widget together with the same content as plain HTML. Whoever cannot show the widget shows the HTML: a
printed report, a page on the web, a JupyterLab without the extension.
"""

from __future__ import annotations

import contextlib
import html
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language, Text
from daye_analysis.charts.brief.movement import moved_table
from daye_analysis.charts.display import Bundle, PrintTable, Prose, escaped, is_short
from daye_analysis.charts.drawing.style import use_style
from daye_analysis.charts.examples import Examples, examples
from daye_analysis.charts.frames import print_table
from daye_analysis.charts.selection import selection_table
from daye_analysis.charts.series_chart import series_chart
from daye_analysis.charts.verdicts.verdict_text import silence_words, verdict_sentences
from daye_analysis.errors import DayeError, WrongUsage
from daye_analysis.package.export import export
from daye_analysis.package.formatting import number_words
from daye_analysis.package.records import records
from daye_analysis.session import language_of, use_language
from daye_analysis.views.load import load
from daye_analysis.views.lookup import Kind, find
from daye_analysis.views.package import Package
from daye_analysis.views.target import Target
from daye_analysis.views.view import View

# What the notebook calls.
__all__ = ["answer", "browse_targets", "files", "moved", "series_chart", "sortable", "start", "targets_table"]

_FILE, _BYTES = Text("文件", "File"), Text("字节", "Bytes")
_CHOOSE: Final = Text("目标", "Target")
_ROWS: Final = 10
_CONTROLS: Final[dict[Language, dict[str, str]]] = {
    "zh": {"search": "检索：", "info": "第 _START_ 至 _END_ 行，共 _TOTAL_ 行", "infoEmpty": "无", "zeroRecords": "没有符合的行",
           "infoFiltered": "（全部 _MAX_ 行）"},
    "en": {"search": "Search: ", "info": "Rows _START_ to _END_ of _TOTAL_", "infoEmpty": "None",
           "zeroRecords": "No row fits", "infoFiltered": "(of _MAX_ in all)"},
}  # fmt: skip


def start(package: str = "", plan: str = "", as_of: str = "", language: str = "") -> tuple[View, Examples]:
    """Return a view of a package, and names in it to begin with; from here on all speaks `language`, in the house style.

    Parameters
    ----------
    package
        A folder, its `datapackage.json` or a .zip; empty: the package that comes with the project.
    plan
        A plan_id; empty: the package's only plan.
    as_of
        The day up to which figures count as known, ISO; empty: today.
    language
        `zh` or `en`; empty: the session's.

    Raises
    ------
    NotReadable, Refused, CheckFailed, WrongUsage
        As `load`, `Package.of_plan` and `Package.as_of`.
    """
    use_language(language)
    use_style()
    view = load(package or None).of_plan(plan).as_of(as_of)
    return view, examples(view)


@dataclass(frozen=True)
class SortableTable:
    """A table whose columns sort and which can be searched, where itables and anywidget are installed."""

    table: PrintTable
    language: Language = "zh"

    def save(self, path: str | Path) -> Path:
        """Write the table to a file, as `PrintTable.save` does."""
        return self.table.save(path)

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
            # Below each heading a field that filters by its column.
            "columnControl": [{"target": 0, "content": ["order"]}, {"target": 1, "content": ["searchText"]}],
            "text_in_header_can_be_selected": False,  # a click on it sorts
        }  # fmt: skip
        # Numbers as they were printed, never with zeros that no source had; they sort as numbers all the same.
        with pd.option_context("display.float_format", number_words):
            return ITable(frame, self.table.caption, **options)


def sortable(table: PrintTable | pd.DataFrame | pd.Series, language: str | None = None) -> SortableTable:
    """Return a print table, or any DataFrame, as a table to sort and filter; columns of the dictionary bear their titles."""
    spoken = language_of(language)
    return SortableTable(table if isinstance(table, PrintTable) else print_table(table, spoken), spoken)


def targets_table(view: View, chosen: pd.DataFrame | None = None, language: str | None = None) -> SortableTable:
    """Return targets with identifier, what is asked, known and found, to sort and filter; all where none are given."""
    spoken = language_of(language)
    return SortableTable(selection_table(view, spoken, chosen), spoken)


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
        phrases = self.view.target(target_id).explain_html(self.language)
        # A widget's own lines are as far apart as its controls.
        return f"<div style='line-height:1.5'>{phrases}<ul>{items}</ul></div>"

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


def browse_targets(view: View, chosen: pd.DataFrame | None = None, language: str | None = None) -> TargetBrowser:
    """Return a list of targets to choose from, of a table such as `View.targets` gives; of all where none is given."""
    rows = view.targets() if chosen is None else chosen
    return TargetBrowser(view, language_of(language), tuple(rows["target_id"]))


def answer(view: View, question: str, language: str | None = None) -> SortableTable | Target:
    """Return what the package says of a name: all about a target, the targets of a body or an action, the figures of a cluster,
    place or indicator; of any other word, where it occurs.
    """
    spoken = language_of(language)
    asked: dict[Kind, Callable[[], SortableTable | Target]] = {
        "target": lambda: view.target(question),
        "body": lambda: targets_table(view, view.targets(body=question), spoken),
        "action": lambda: targets_table(view, view.targets(action=question), spoken),
        "cluster": lambda: sortable(view.figures(cluster=question, language=spoken), spoken),
        "area": lambda: sortable(view.figures(area=question, language=spoken), spoken),
        "indicator": lambda: sortable(view.series(question, language=spoken), spoken),
    }
    for kind, ask in asked.items():
        with contextlib.suppress(WrongUsage):
            find(view.package, kind, question)
            return ask()
    return sortable(view.package.search(question, spoken), spoken)


def moved(after: View, before: View, language: str | None = None) -> PrintTable | Prose:
    """Return in words which verdicts differ between two views, such as with an assumption and without."""
    return moved_table(after, language_of(language), before.assess())


def files(package: Package, folder: str = "", language: str | None = None) -> SortableTable | Prose:
    """Export a package in every format to a folder, a temporary one where none is given, and return the files written."""
    spoken = language_of(language)
    target = Path(folder or tempfile.mkdtemp()) / package.name
    try:
        export(package.root, target)
    except DayeError as error:
        return Prose("\n\n".join(escaped(problem.say(spoken)) for problem in error.problems))
    found = [(str(path), path.stat().st_size) for path in sorted(target.rglob("*")) if path.is_file()]
    return sortable(pd.DataFrame(found, columns=[_FILE.say(spoken), _BYTES.say(spoken)]), spoken)


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
