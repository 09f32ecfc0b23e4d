"""One output of a code cell into blocks: the richest form that can be printed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from daye_analysis.reporting.pdf import pictures
from daye_analysis.reporting.pdf.blocks import (
    Block,
    Blocks,
    Formula,
    Listing,
    LostPicture,
    Picture,
    Printout,
    Table,
    plain,
)
from daye_analysis.reporting.pdf.html_reader import read_html
from daye_analysis.reporting.pdf.markdown import read_markdown

_TERMINAL_CODES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_HTML_THAT_NEEDS_A_BROWSER = re.compile(
    r"<(?:script|iframe|object|embed|canvas|video|audio|svg)\b", re.IGNORECASE
)
_WIDGET = "application/vnd.jupyter.widget-view+json"
# What a widget may have beside it, for those who cannot show it.
_STILL = ("text/html", "text/markdown")


def read_outputs(outputs: Sequence[Mapping[str, Any]]) -> Blocks:
    """Return the blocks of a cell's outputs; neighbouring pieces of one stream are joined."""
    found: list[Block] = []
    for output in outputs:
        for block in _read_output(output):
            last = found[-1] if found else None
            if (
                isinstance(block, Printout)
                and isinstance(last, Printout)
                and block.kind == last.kind in ("printed", "warning")
            ):
                found[-1] = Printout(last.text + block.text, last.kind)
            else:
                found.append(block)
    return tuple(
        replace(block, text=as_on_screen(block.text)) if isinstance(block, Printout) else block
        for block in found
    )


def joined(content: object) -> str:
    """Return a notebook's text, which JSON may keep as one string or as a list of lines."""
    if isinstance(content, list):
        return "".join(str(line) for line in content)
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, sort_keys=True)


def as_on_screen(text: str) -> str:
    """Return what a terminal would finally show: no colour codes, and of each overwritten line the last state."""
    text = _TERMINAL_CODES.sub("", text).replace("\r\n", "\n")
    lines = (line.rstrip("\r").rsplit("\r", 1)[-1].rstrip() for line in text.split("\n"))
    return plain("\n".join(lines)).expandtabs(8).strip("\n")


def _read_output(output: Mapping[str, Any]) -> Sequence[Block]:
    match output.get("output_type"):
        case "stream":
            text = joined(output.get("text", ""))
            return [Printout(text, "warning" if output.get("name") == "stderr" else "printed")]
        case "error":
            trace = "\n".join(output.get("traceback") or ())
            last = f"{output.get('ename', '')}: {output.get('evalue', '')}"
            return [Printout(trace if trace.strip() else last, "error")]
        case "display_data" | "execute_result" | "update_display_data":
            return _read_bundle(output.get("data") or {}, output.get("metadata") or {})
        case _:
            return []


def _read_bundle(bundle: Mapping[str, Any], metadata: Mapping[str, Any]) -> Sequence[Block]:
    """Choose among the forms of one result, in the order of what prints best."""
    if _WIDGET in bundle and not any(mime in bundle for mime in (*pictures.FORMATS, *_STILL)):
        # Its only text form is the program's name for it, such as `IntSlider(value=3)`.
        return []
    if "image/svg+xml" in bundle:
        return [_picture(bundle, metadata, "image/svg+xml")]
    if "text/markdown" in bundle:
        blocks = read_markdown(joined(bundle["text/markdown"]))
        if metadata.get("fine"):
            blocks = tuple(replace(block, fine=True) if isinstance(block, Listing) else block for block in blocks)
        return _captioned(blocks, metadata, "text/markdown")
    html = _html_blocks(bundle)
    raster = next((mime for mime in pictures.FORMATS if mime in bundle), None)
    if html and (raster is None or any(isinstance(block, Table) for block in html)):
        return _captioned(html, metadata, "text/html")
    if raster:
        return [_picture(bundle, metadata, raster)]
    if formula := _formula(joined(bundle.get("text/latex", ""))):
        return [formula]
    text = as_on_screen(joined(bundle.get("text/plain", "")))
    return [Printout(text, "result")] if text else []


def _html_blocks(bundle: Mapping[str, Any]) -> Blocks:
    """Read the HTML form, unless it draws with a program and something else is there to print."""
    source = joined(bundle.get("text/html", ""))
    if _HTML_THAT_NEEDS_A_BROWSER.search(source) and "<table" not in source and len(bundle) > 1:
        return ()
    return read_html(source)


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
    alt = _said(metadata, mime, "alt")
    picture = pictures.from_content(joined(bundle[mime]), pictures.FORMATS[mime], alt)
    return (
        replace(picture, caption=_said(metadata, mime, "caption"))
        if isinstance(picture, Picture)
        else picture
    )


def _captioned(blocks: Blocks, metadata: Mapping[str, Any], mime: str) -> Blocks:
    """Give the first table or picture among `blocks` the caption and alternative text of the output's metadata."""
    caption, alt = _said(metadata, mime, "caption"), _said(metadata, mime, "alt")
    found = list(blocks)
    for at, block in enumerate(found):
        if isinstance(block, Table | Picture):
            block = replace(block, caption=caption or block.caption)
            found[at] = replace(block, alt=alt or block.alt) if isinstance(block, Picture) else block
            break
    return tuple(found)


def _said(metadata: Mapping[str, Any], mime: str, key: str) -> str:
    """Look `key` up in the metadata of this form of the output, then of the output as a whole."""
    own = metadata.get(mime)
    for place in (own if isinstance(own, Mapping) else {}, metadata):
        if isinstance(value := place.get(key), str) and value.strip():
            return plain(value.strip())
    return ""
