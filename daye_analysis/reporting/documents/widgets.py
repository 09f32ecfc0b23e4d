"""A saved widget as what it displayed: its text, outputs, picture and parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from daye_analysis.reporting.documents import pictures
from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Blocks,
    NotPrinted,
    Paragraph,
    PlainText,
    Strong,
    plain,
)
from daye_analysis.reporting.documents.html.reader import read_html

WIDGET = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
Models = Mapping[str, Any]
_DEEPEST = 20


class Shown:
    """The widgets that one output may show: each of them once, so that one which shows itself has an end."""

    def __init__(self, models: Models) -> None:
        self.models = dict(models)
        self.depth = 0

    def take(self, name: str) -> Mapping[str, Any] | None:
        """Return the model of that name; None where there is none, or it was shown."""
        model = self.models.get(name)
        if isinstance(model, Mapping):
            self.models[name] = str(model.get("model_name", "")) or name
            return model
        return None

    def again(self, name: str) -> list[Block]:
        """Return what is in the place of a widget that was shown."""
        kind = self.models.get(name)
        return [NotPrinted("widget", plain(kind))] if isinstance(kind, str) else []


def widget_models(notebook: Mapping[str, Any]) -> Models:
    """Return the states of the widgets that a notebook keeps, by their model's id."""
    found = ((notebook.get("metadata") or {}).get("widgets") or {}).get(STATE)
    state = found.get("state") if isinstance(found, Mapping) else None
    return state if isinstance(state, Mapping) else {}


def read_widget(
    view: object, shown: Shown, read_outputs: Callable[[Sequence[Mapping[str, Any]]], Blocks]
) -> Sequence[Block]:
    """Return the blocks of the widget that `view` names; nothing where its state was not kept."""
    name = str(view.get("model_id", "")) if isinstance(view, Mapping) else ""
    model = shown.take(name)
    if model is None or shown.depth > _DEEPEST:
        return shown.again(name)
    shown.depth += 1
    found = _blocks(model, shown, read_outputs)
    shown.depth -= 1
    return found


def _blocks(model: Mapping[str, Any], shown: Shown, read_outputs: Callable[[Sequence[Mapping[str, Any]]], Blocks]) -> Sequence[Block]:
    kind = str(model.get("model_name", ""))
    state: Mapping[str, Any] = model["state"] if isinstance(model.get("state"), Mapping) else {}
    if isinstance(children := state.get("children"), list):
        titles = state.get("titles") or state.get("_titles") or {}
        found: list[Block] = []
        for at, child in enumerate(children):
            title = titles[at] if isinstance(titles, list) and at < len(titles) else titles.get(str(at)) if isinstance(titles, Mapping) else ""
            found += [Paragraph((Strong((PlainText(plain(str(title))),)),))] if title else []
            found += read_widget({"model_id": str(child).removeprefix("IPY_MODEL_")}, shown, read_outputs)
        return found
    if isinstance(outputs := state.get("outputs"), list):
        return read_outputs([each for each in outputs if isinstance(each, Mapping)])
    description = str(state.get("description") or "")
    if kind.startswith("HTML"):
        return [*_said(description), *read_html(str(state.get("value", "")))]
    if kind == "ImageModel":
        kept = model.get("buffers")
        buffers = [each for each in kept if isinstance(each, Mapping)] if isinstance(kept, list) else []
        data = next((each.get("data") for each in buffers if each.get("path") == ["value"]), None)
        return [*_said(description), pictures.sized(pictures.from_content(data, ""), state) if isinstance(data, str) else NotPrinted("widget", kind)]
    return _said(" ".join(filter(None, [description, _value(state)]))) or [NotPrinted("widget", plain(kind))]


def _value(state: Mapping[str, Any]) -> str:
    """Return what a control was set to."""
    labels, index = state.get("_options_labels"), state.get("index")
    if isinstance(labels, list):
        chosen = index if isinstance(index, list) else [index]
        return ", ".join(str(labels[at]) for at in chosen if isinstance(at, int) and 0 <= at < len(labels))
    value = state.get("value")
    if value is None or isinstance(value, Mapping):
        return ""
    most = state.get("max") if not isinstance(value, list) and "bar_style" in state else None
    shown = " – ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"{shown} / {most}" if most is not None else shown


def _said(text: str) -> list[Block]:
    return [Paragraph((PlainText(plain(text)),))] if text.strip() else []
