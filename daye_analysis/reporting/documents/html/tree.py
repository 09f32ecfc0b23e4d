"""Parse HTML into a plain tree of elements, as tolerant as browsers, with limited depth and size."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from daye_analysis.reporting.documents.limits import in_force

# What runs or plays, with the kind by which a report names it in its place.
ACTIVE = {
    "script": "script",
    "iframe": "frame",
    "object": "object",
    "embed": "object",
    "canvas": "canvas",
    "audio": "audio",
    "video": "video",
    "applet": "object",
}
# Controls: their words are printed. In Markdown, where JupyterLab shows none of them, they appear as typed.
CONTROLS = frozenset(["button", "select", "textarea", "input", "form", "svg", "math", "noscript", "template"])
SILENT = frozenset(["style", "head", "title", "link", "meta", "base", "noscript", "template"])
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
BLOCK_TAGS = frozenset(
    ["p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "details", "summary", "figure", "figcaption", "address", "body", "html", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "table", "pre", "blockquote", "hr", "center", "fieldset", "form", "legend"]
)

# A tag that begins ends these open ones, up to the nearest barrier.
_ENDS = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"tr"},
    "thead": {"thead", "tbody", "tfoot"},
    "tbody": {"thead", "tbody", "tfoot", "caption"},
    "tfoot": {"thead", "tbody", "tfoot"},
}
_BARRIERS = {"table", "ul", "ol", "dl"}
_BLOCKS_THAT_END_A_PARAGRAPH = frozenset(
    ["p", "div", "ul", "ol", "dl", "table", "pre", "blockquote", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "figure"]
)
_DEEPEST = 60
# What MathJax leaves alone, and pandas sets with its option `display.html.use_mathjax`.
_NO_FORMULAS = frozenset(["tex2jax_ignore", "mathjax_ignore"])
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# What browsers take for a comment, and Python's parser for a marked section that it may not know.
_MARKED_SECTION = re.compile(r"<!\[[^>]*>?")
_SVG = re.compile(r"<(/?)svg\b([^<>]*)>", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?\s*>")
# Elements of our own: no tag of a source is called so.
NOT_PRINTED, DRAWING = "#not-printed", "#drawing"


class Verbatim(str):
    """Words in which no formula is marked."""

    __slots__ = ()


@dataclass(slots=True)
class Element:
    """An HTML element; children are elements and text. `holds_block` is set where a block is somewhere inside."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)
    holds_block: bool = False

    def find(self, *tags: str) -> list[Element]:
        """Return the child elements with one of `tags`."""
        return [child for child in self.children if isinstance(child, Element) and child.tag in tags]

    @property
    def hidden(self) -> bool:
        """Whether a browser shows nothing of it."""
        return "hidden" in self.attributes or bool(_HIDDEN.search(self.attributes.get("style", "")))


def parse_html(source: str, keep_active: bool = False) -> Element:
    """Return the tree of `source` under a root element.

    What runs or plays becomes an element `NOT_PRINTED` with its kind; an SVG becomes an element `DRAWING` with its
    source. With `keep_active` both, and controls, appear as the text that was typed.
    """
    limits = in_force()
    cut = _without_open_tags(_MARKED_SECTION.sub("", source[: limits.html_bytes]))
    mark = _unused_name(cut)
    builder = _Builder(keep_active, limits.html_elements, mark)
    builder.feed(cut if keep_active else _with_drawings(cut, builder.drawings, mark))
    builder.close()
    if builder.full or len(source) > limits.html_bytes:
        limit = f"{limits.html_elements:,}" if builder.full else f"{limits.html_bytes:,}"
        builder.root.children.append(Element(NOT_PRINTED, {"kind": "html", "detail": f"> {limit}"}))
    return builder.root


def _without_open_tags(source: str) -> str:
    """Return `source` with tags and comments that never end as text; a parser would look for the end of each."""
    ended = source.rfind(">") + 1
    source = source[:ended] + source[ended:].replace("<", "&lt;")
    ended = max((match.end() for match in _COMMENT_END.finditer(source)), default=0)
    return source[:ended] + source[ended:].replace("<!--", "&lt;!--")


def _unused_name(source: str) -> str:
    """Return the name of a tag that is nowhere in `source`."""
    lowered = source.lower()
    return next(name for number in itertools.count() if (name := f"drawing-{number}-") not in lowered)


def _with_drawings(source: str, drawings: list[str], mark: str) -> str:
    """Return `source` with each whole SVG replaced by a tag called `mark` and a number."""
    pieces: list[str] = []
    depth, start, end = 0, 0, 0
    for tag in _SVG.finditer(source):
        closing, closed = tag.group(1), tag.group(2).endswith("/")
        if not closing and not depth:
            start = tag.start()
        depth += -1 if closing else 0 if closed else 1
        if depth <= 0:
            if not closing or depth == 0:
                pieces += [source[end:start], f"<{mark}{len(drawings)}>"]
                drawings.append(source[start : tag.end()])
                end = tag.end()
            depth = 0
    return "".join([*pieces, source[end:]])


class _Builder(HTMLParser):
    def __init__(self, keep_active: bool, most: int, mark: str) -> None:
        super().__init__(convert_charrefs=True)
        self.keep_active = keep_active
        self.most = most
        self.mark = mark
        self.full = False
        self.drawings: list[str] = []
        self.root = Element("root")
        self.open = [self.root]
        self.dropping: list[str] = []
        self.too_deep: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.keep_active and (tag in ACTIVE or tag in CONTROLS):
            self.handle_data(self.get_starttag_text() or "")
            return
        attributes = {name: value or "" for name, value in attrs}
        if tag == "body" and "head" in self.dropping:
            self.dropping.clear()
        if self.dropping:
            if tag in self.dropping:
                self.dropping.append(tag)
        elif tag in ACTIVE:
            self._append(Element(NOT_PRINTED, {"kind": ACTIVE[tag], "detail": _detail(attributes)}))
            if tag not in VOID:
                self.dropping.append(tag)
        elif tag in SILENT:
            if tag not in VOID:
                self.dropping.append(tag)
        else:
            is_drawing = tag.startswith(self.mark)
            if is_drawing:
                attributes = {"source": self.drawings[int(tag.removeprefix(self.mark))]}
                tag = DRAWING
            self._end_implied(tag)
            element = Element(tag, attributes)
            self._append(element)
            if is_drawing or tag in VOID or self.full:
                return
            if len(self.open) < _DEEPEST:
                self.open.append(element)
            else:
                self.too_deep.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.keep_active and (tag in ACTIVE or tag in CONTROLS):
            self.handle_data(f"</{tag}>")
        elif self.dropping:
            if tag == self.dropping[-1]:
                self.dropping.pop()
        elif tag in self.too_deep[-_DEEPEST:]:
            while self.too_deep.pop() != tag:
                pass
        else:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if not self.dropping and not self.full:
            self.open[-1].children.append(Verbatim(data) if any(map(_is_verbatim, self.open)) else data)

    def _append(self, element: Element) -> None:
        self.most -= 1
        self.full = self.most < 0
        if self.full:
            return
        self.open[-1].children.append(element)
        if element.tag in BLOCK_TAGS:
            for above in reversed(self.open):
                if above.holds_block:
                    break
                above.holds_block = True

    def _close(self, tag: str) -> None:
        tags = [element.tag for element in self.open]
        if tag in tags[1:]:
            del self.open[len(tags) - 1 - tags[::-1].index(tag) :]

    def _end_implied(self, tag: str) -> None:
        ends = set(_ENDS.get(tag, ()))
        if tag in _BLOCKS_THAT_END_A_PARAGRAPH:
            ends.add("p")
        for depth in range(len(self.open) - 1, 0, -1):
            if self.open[depth].tag in _BARRIERS:
                return
            if self.open[depth].tag in ends:
                del self.open[depth:]
                return


def _is_verbatim(element: Element) -> bool:
    return element.tag in ("code", "pre") or not _NO_FORMULAS.isdisjoint(element.attributes.get("class", "").split())


def _detail(attributes: dict[str, str]) -> str:
    """Return what distinguishes one active element from another: its title, otherwise its source."""
    said = attributes.get("title") or attributes.get("aria-label") or attributes.get("src") or attributes.get("data") or ""
    return "" if said.startswith(("data:", "javascript:")) else said[:80]
