"""Convert an output of a code cell to blocks: the richest printable form, otherwise a placeholder that names it."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from daye_analysis.reporting.documents import pictures
from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Blocks,
    Code,
    CodeBlock,
    Formula,
    Listing,
    LostPicture,
    NotPrinted,
    Picture,
    PlainText,
    Printout,
    Table,
    plain,
    walk,
)
from daye_analysis.reporting.documents.html.reader import read_html
from daye_analysis.reporting.documents.markdown import read_markdown
from daye_analysis.reporting.documents.notebook_text import joined
from daye_analysis.reporting.documents.svg.safe import drawing_texts
from daye_analysis.reporting.documents.widgets import WIDGET, Models, Shown, read_widget
from daye_analysis.reporting.notebooks.chart_text import KEY

_TERMINAL_CODES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
# Forms that only a program draws, with the kind and the name of each.
_DRAWN = (
    (re.compile(r"application/vnd\.plotly\.v\d+\+json"), "chart", "Plotly"),
    (re.compile(r"application/vnd\.vegalite\.v[\d.]+(\+json)?"), "chart", "Vega-Lite"),
    (re.compile(r"application/vnd\.vega\.v[\d.]+(\+json)?"), "chart", "Vega"),
    (re.compile(r"application/vnd\.(?:bokeh|holoviews)\w*(?:\.v\d+)?\+json"), "chart", "Bokeh"),
    (re.compile(r"application/geo\+json"), "map", "GeoJSON"),
    (re.compile(re.escape(WIDGET)), "widget", ""),
    (re.compile(r"application/pdf"), "pdf", ""),
    (re.compile(r"video/.*"), "video", ""),
    (re.compile(r"audio/.*"), "audio", ""),
    (re.compile(r"(?:application|text)/(?:javascript|ecmascript)"), "script", ""),
)  # fmt: skip
_WIDEST_SHARE = 1e6
# A program's name for an object says nothing to a reader.
_OBJECT_NAME = re.compile(r"<[\w.]+(?: [^<>]*)?>|alt\.\w+\(\.\.\.\)|Figure\(\{.*|\w+\(.*\)", re.DOTALL)


def read_outputs(outputs: Sequence[Mapping[str, Any]], models: Models | None = None) -> Blocks:
    """Return the blocks of a cell's outputs; neighbouring pieces of one stream are joined.

    `models` are the states of the notebook's widgets.
    """
    return _joined(block for output in outputs for block in _read_output(output, Shown(models or {})))


def _joined(read: Iterable[Block]) -> Blocks:
    """Return what was read of outputs, with neighbouring pieces of one stream in one."""
    blocks: list[Block] = []
    for kind, group in itertools.groupby(read, lambda block: block.kind if isinstance(block, Printout) else ""):
        if kind in ("printed", "warning"):
            blocks += _printout("".join(block.text for block in group if isinstance(block, Printout)), kind)
        else:
            for block in group:
                blocks += _printout(block.text, kind) if isinstance(block, Printout) else [block]
    return tuple(blocks)


def _printout(text: str, kind: Any) -> list[Block]:
    """Return a text as a terminal would finally show it."""
    shown = as_on_screen(text)
    return [Printout(shown, kind)] if shown else []


def as_on_screen(text: str) -> str:
    """Return what a terminal would finally show: no colour codes, and of each overwritten line the last state."""
    text = _TERMINAL_CODES.sub("", text).replace("\r\n", "\n")
    lines = (line.rstrip("\r").rsplit("\r", 1)[-1].rstrip() for line in text.split("\n"))
    return plain("\n".join(lines)).expandtabs(8).strip("\n")


def _read_output(output: Mapping[str, Any], shown: Shown) -> Sequence[Block]:
    match output.get("output_type"):
        case "stream":
            text = joined(output.get("text", ""))
            return [Printout(text, "warning" if output.get("name") == "stderr" else "printed")]
        case "error":
            kept = output.get("traceback")
            trace = "\n".join(map(str, kept)) if isinstance(kept, list) else str(kept or "")
            last = f"{output.get('ename', '')}: {output.get('evalue', '')}"
            return [Printout(trace if trace.strip() else last, "error")]
        case "display_data" | "execute_result" | "update_display_data":
            data, about = ({} if not isinstance(each, Mapping) else each for each in (output.get("data"), output.get("metadata")))
            return _read_bundle(data, about, shown)
        case other:
            return [NotPrinted("data", plain(str(other)))]


def _read_bundle(bundle: Mapping[str, Any], metadata: Mapping[str, Any], shown: Shown) -> Sequence[Block]:
    """Choose among the forms of one result: the first that is whole, else the first that says anything."""
    broken: Sequence[Block] = ()
    for blocks in _forms(bundle, metadata, shown):
        if blocks and not any(isinstance(node, NotPrinted | LostPicture) for node in walk(tuple(blocks))):
            return [*_words_of(broken), *blocks]
        if blocks and (not broken or (_words_of(blocks) and not _words_of(broken))):
            broken = blocks
    said = as_on_screen(joined(bundle.get("text/plain", "")))
    if broken and not _words_of(broken) and said and not _OBJECT_NAME.fullmatch(said):
        return [*broken, Printout(said, "result")]
    return broken or ([Printout(said, "result")] if said else [])


def _words_of(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return `blocks` where they say or show anything beside placeholders, else nothing."""
    shows = any(
        isinstance(node, Picture | Table | Formula | CodeBlock) or (isinstance(node, PlainText | Code) and node.text.strip())
        for node in walk(tuple(blocks))
    )
    return blocks if shows else ()


def _forms(bundle: Mapping[str, Any], metadata: Mapping[str, Any], shown: Shown) -> Iterator[Sequence[Block]]:
    """Yield the forms of one result in the order of what prints best."""
    if WIDGET in bundle and shown.models:
        inner = lambda outputs: _joined(block for output in outputs for block in _read_output(output, shown))  # noqa: E731
        yield read_widget(bundle[WIDGET], shown, inner)
    if "image/svg+xml" in bundle:
        yield [_picture(bundle, metadata, "image/svg+xml")]
    if "text/markdown" in bundle:
        blocks = read_markdown(joined(bundle["text/markdown"]))
        if metadata.get("fine") or metadata.get("cited"):
            fine, cited = (metadata.get(name) is True for name in ("fine", "cited"))
            blocks = tuple(replace(block, fine=fine, cited=cited) if isinstance(block, Listing) else block for block in blocks)
        yield _captioned(blocks, metadata, "text/markdown")
    if "text/html" in bundle:
        yield _captioned(read_html(joined(bundle["text/html"])), metadata, "text/html")
    for mime in sorted((each for each in bundle if each.startswith("image/")), key=_image_order):
        yield [_picture(bundle, metadata, mime)]
    if formula := _formula(joined(bundle.get("text/latex", ""))):
        yield [formula]
    if any(mime for mime in bundle if any(form.fullmatch(mime) for form, _, _ in _DRAWN)):
        yield _drawn(bundle)
        return
    text = as_on_screen(joined(bundle.get("text/plain", "")))
    if text and not (_OBJECT_NAME.fullmatch(text) and len(bundle) > 1):
        yield _printout(text, "result")
    if "application/json" in bundle:
        yield _printout(json.dumps(bundle["application/json"], ensure_ascii=False, indent=2), "result")
    for mime in bundle:
        if mime.startswith("text/") and mime not in ("text/plain", "text/html", "text/markdown"):
            yield [CodeBlock(plain(joined(bundle[mime])).strip("\n"))]
    unknown = [mime for mime in bundle if not mime.startswith(("text/", "image/")) and mime != "application/json"]
    if unknown:
        yield [NotPrinted("data", plain(", ".join(unknown)))]


def _image_order(mime: str) -> int:
    known = list(pictures.FORMATS)
    return known.index(mime) if mime in known else len(known)


def _drawn(bundle: Mapping[str, Any]) -> list[Block]:
    """Return placeholders for the forms that only a program draws, with the title of each."""
    for form, kind, name in _DRAWN:
        for mime in bundle:
            if form.fullmatch(mime):
                title = _title(bundle[mime]) or (_first_line(bundle) if kind == "widget" else "")
                return [NotPrinted(kind, ", ".join(filter(None, [name, title])))]
    return []


def _title(chart: object) -> str:
    """Return the title that a chart's own data give it."""
    for keys in (("layout", "title", "text"), ("layout", "title"), ("title", "text"), ("title",), ("description",)):
        found = chart
        for key in keys:
            found = found.get(key) if isinstance(found, Mapping) else None
        if isinstance(found, str) and found.strip():
            return plain(" ".join(re.sub(r"<[^>]*>", " ", found).split()))[:200]
    return ""


def _first_line(bundle: Mapping[str, Any]) -> str:
    lines = as_on_screen(joined(bundle.get("text/plain", ""))).splitlines()
    return lines[0][:120] if lines else ""


def _formula(latex: str) -> Formula | None:
    """Return LaTeX mathematics; other LaTeX (a tabular) has a plain text beside it."""
    body = latex.strip()
    for mark in ("$$", "$"):
        if body.startswith(mark) and body.endswith(mark) and len(body) > 2 * len(mark):
            return Formula(
                body[len(mark) : -len(mark)].strip().removeprefix("\\displaystyle").strip(), display=True
            )
    return Formula(body, display=True) if body.startswith(("\\begin{equation", "\\begin{align")) else None


def _picture(bundle: Mapping[str, Any], metadata: Mapping[str, Any], mime: str) -> Picture | LostPicture:
    picture = pictures.from_content(joined(bundle[mime]), _said(metadata, mime, "alt"))
    if isinstance(picture, LostPicture):
        return picture
    own = metadata.get(mime)
    size = own if isinstance(own, Mapping) and ("width" in own or "height" in own) else metadata
    caption = _said(metadata, mime, "caption")
    return pictures.sized(replace(picture, caption=caption, derived="" if picture.alt else _derived(picture, metadata)), size)


def _derived(picture: Picture, metadata: Mapping[str, Any]) -> str:
    """Return the words that a chart shows, as a run kept them or as an SVG draws them."""
    kept = metadata.get(KEY)
    if isinstance(kept, Mapping) and isinstance(said := kept.get("alt"), str) and said.strip():
        return plain(said.strip())
    texts = drawing_texts(picture.data) if picture.format == "svg" else ()
    return plain(" ".join(" ".join(texts).split()))[:500]


def _captioned(blocks: Blocks, metadata: Mapping[str, Any], mime: str) -> Blocks:
    """Give the first table or picture among `blocks` the caption and alternative text of the output's metadata."""
    caption, alt = _said(metadata, mime, "caption"), _said(metadata, mime, "alt")
    found = list(blocks)
    for at, block in enumerate(found):
        if isinstance(block, Table | Picture):
            block = replace(block, caption=caption or block.caption)
            block = _fixed(block, metadata.get(mime)) if isinstance(block, Table) else block
            found[at] = replace(block, alt=alt or block.alt) if isinstance(block, Picture) else block
            break
    return tuple(found)


def _fixed(table: Table, about: object) -> Table:
    """Return a table with the widths, or the page of its own, that its author gave it."""
    if not isinstance(about, Mapping):
        return table
    widths = about.get("widths")
    if isinstance(widths, Sequence) and len(widths) == table.columns and all(map(_is_width, widths)):
        table = replace(table, widths=tuple(each / sum(widths) for each in widths))
    return replace(table, whole_page=about.get("whole_page") is True)


def _is_width(share: object) -> bool:
    return isinstance(share, int | float) and 0 < share < _WIDEST_SHARE


def _said(metadata: Mapping[str, Any], mime: str, key: str) -> str:
    """Look `key` up in the metadata of this form of the output, then of the output as a whole."""
    own = metadata.get(mime)
    for place in (own if isinstance(own, Mapping) else {}, metadata):
        if isinstance(value := place.get(key), str) and value.strip():
            return plain(value.strip())
    return ""
