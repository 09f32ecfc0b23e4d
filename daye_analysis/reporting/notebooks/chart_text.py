"""Within the notebook's process: the words of a matplotlib figure, as alternative text."""

from __future__ import annotations

from typing import Any

# The key of an output's metadata under which they are.
KEY = "daye"


def describe_figures(shell: Any) -> None:
    """Have the shell add to each figure that it displays the metadata `{"daye": {"alt": its words}}`.

    A report uses them where its author gave no alternative text.
    """
    shell.display_formatter.mimebundle_formatter.for_type_by_name("matplotlib.figure", "Figure", _bundle)


def figure_words(figure: Any) -> str:
    """Return titles, axis labels and legends of a matplotlib figure, in the order of its parts."""
    said = [figure.get_suptitle()]
    for axes in figure.axes:
        said += [axes.get_title(loc=place) for place in ("left", "center", "right")]
        said += [f"{name}: {label}" for name, label in (("x", axes.get_xlabel()), ("y", axes.get_ylabel())) if label]
        if (legend := axes.get_legend()) is not None:
            entries = [legend.get_title().get_text(), *(text.get_text() for text in legend.get_texts())]
            said.append(", ".join(filter(None, entries)))
    return "; ".join(" ".join(part.split()) for part in said if part.strip())


def _bundle(figure: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    words = figure_words(figure)
    return {}, {KEY: {"alt": words}} if words else {}
