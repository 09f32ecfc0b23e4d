"""HTML text into a plain tree of elements, forgiving as browsers are, and never deeper than a reader needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

# What has no place on paper. Its words are dropped, or shown as typed where a person wrote them into Markdown.
ACTIVE = frozenset(
    [
        "script",
        "iframe",
        "object",
        "embed",
        "noscript",
        "template",
        "canvas",
        "audio",
        "video",
        "button",
        "select",
        "textarea",
        "input",
        "form",
        "svg",
        "math",
    ]
)
SILENT = frozenset(["style", "head", "title", "link", "meta", "base"])
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
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
    [
        "p",
        "div",
        "ul",
        "ol",
        "dl",
        "table",
        "pre",
        "blockquote",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "figure",
    ]
)
_DEEPEST = 60


@dataclass(slots=True)
class Element:
    """An HTML element; children are elements and text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def find(self, *tags: str) -> list[Element]:
        """Return the child elements with one of `tags`."""
        return [child for child in self.children if isinstance(child, Element) and child.tag in tags]


def parse_html(source: str, keep_active: bool = False) -> Element:
    """Return the tree of `source` under a root element.

    Scripts and the like are left out; with `keep_active` they appear as the text that was typed.
    """
    builder = _Builder(keep_active)
    builder.feed(source)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self, keep_active: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.keep_active = keep_active
        self.root = Element("root")
        self.open = [self.root]
        self.dropping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ACTIVE and self.keep_active:
            self.handle_data(self.get_starttag_text() or "")
        elif tag in ACTIVE | SILENT:
            if tag not in VOID:
                self.dropping.append(tag)
        elif not self.dropping:
            self._end_implied(tag)
            element = Element(tag, {name: value or "" for name, value in attrs})
            self.open[-1].children.append(element)
            if tag not in VOID and len(self.open) < _DEEPEST:
                self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in ACTIVE and self.keep_active:
            self.handle_data(f"</{tag}>")
        elif tag in ACTIVE | SILENT:
            if tag in self.dropping:
                del self.dropping[self.dropping.index(tag) :]
        elif not self.dropping:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        if not self.dropping:
            self.open[-1].children.append(data)

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
