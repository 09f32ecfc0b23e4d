"""The document model: a tree of blocks and inlines, built once and written as PDF or HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Literal, TypeVar

from daye_analysis.bilingual import Language
from daye_analysis.reporting.documents.imprint import Imprint

Inlines = tuple["Inline", ...]
Blocks = tuple["Block", ...]
T = TypeVar("T")
Align = Literal["left", "center", "right"]
ImageFormat = Literal["svg", "png", "jpg", "gif", "webp"]

# Controls, soft hyphens, bidirectional overrides, zero-width characters and variation selectors have no picture of
# their own: on paper they can only mislead.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f]"
)


# Spaces of other widths: those of an em are as wide as a Chinese character, and the fonts hold that one.
_SPACES = str.maketrans(dict.fromkeys("\u2001\u2003", "\u3000") | dict.fromkeys("\u2000\u2002\u2004\u2005\u2006\u2008\u200a\u205f\u1680", " "))


def plain(text: str) -> str:
    """Return `text` in Unicode's composed form (NFC) without invisible characters; newline and tab stay."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_SPACES))


@dataclass(frozen=True, slots=True)
class PlainText:
    """Words, always literal: no writer reads markup in them."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Important words."""

    body: Inlines


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words."""

    body: Inlines


@dataclass(frozen=True, slots=True)
class Strike:
    """Words struck out."""

    body: Inlines


@dataclass(frozen=True, slots=True)
class Raised:
    """Superscript (`up`) or subscript."""

    body: Inlines
    up: bool


@dataclass(frozen=True, slots=True)
class Code:
    """Program text within a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to `address`: http, https or mailto, or # and the name of an anchor of the document."""

    address: str
    body: Inlines


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links of the document lead to."""

    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """Several inlines as one, without formatting of their own."""

    body: Inlines


@dataclass(frozen=True, slots=True)
class CitedAt:
    """Links back to the anchors called `names`, where a source is cited: on paper with the numbers of their pages."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX mathematics, without its dollar signs; `display` sets it on a line of its own."""

    latex: str
    display: bool


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced new line."""


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note at the foot of the page (PDF) or of the report (HTML): its lines, and the blocks below them."""

    body: Inlines
    below: Blocks = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """An embedded image; `label` is its number in words (图 1) and empty where it has no caption.

    `derived` is a description taken from its own words, for want of an `alt` that someone wrote. `width` and
    `height` are its author's, in pt; None leaves its own size. Of its `frames` (or pages) paper holds the first, and of a
    drawing not the words of HTML inside it, `unprinted`.
    """

    data: bytes
    format: ImageFormat
    alt: str
    caption: str = ""
    label: str = ""
    width: float | None = None
    height: float | None = None
    derived: str = ""
    frames: int = 1
    unprinted: str = ""


@dataclass(frozen=True, slots=True)
class LostPicture:
    """An image that is not inside the notebook or cannot be read; its alternative text is printed instead."""

    address: str
    alt: str
    reason: Literal["outside", "unreadable", "large", "not-set"]
    width: float | None = None
    height: float | None = None


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """A part of the notebook that paper cannot hold; the report names it in its place (kinds: `not_printed.KINDS`)."""

    kind: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A section heading; `number` is printed before it, `skipped` levels were closed up above it."""

    level: int
    body: Inlines
    number: str = ""
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    body: Inlines


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Program text, with the name of its language where known."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Printout:
    """What a program said: a result as text, an ordinary stream, warnings, or an error that stopped it."""

    text: str
    kind: Literal["result", "printed", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    body: Blocks


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list; `done` is None unless it is a task."""

    body: Blocks
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `start` is None for bullets and the first number otherwise. A `fine` one is set in small type.

    The `cited` one is the report's list of sources: [3] anywhere else is its third item.
    """

    items: tuple[Item, ...]
    start: int | None = None
    fine: bool = False
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Divider:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell with its place in the grid (columns `x` and rows `y` from 0)."""

    x: int
    y: int
    body: Inlines
    colspan: int = 1
    rowspan: int = 1
    heads: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first `header_rows` rows are repeated on every page; each place in the grid is taken once.

    `widths` are the columns' shares of the line, where its author fixed them. One with `whole_page` has a page of its own; a `fine`
    one, with widths, is set in small type, to be looked up.
    """

    header_rows: int
    rows: int
    align: tuple[Align, ...]
    cells: tuple[Cell, ...]
    caption: str = ""
    label: str = ""
    widths: tuple[float, ...] = ()
    whole_page: bool = False
    fine: bool = False

    @property
    def columns(self) -> int:
        """Return how many columns the grid has."""
        return len(self.align)

    def grid(self) -> list[list[Cell]]:
        """Return the cells that begin in each row."""
        rows: list[list[Cell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.y].append(cell)
        return rows


Inline = (
    PlainText
    | Strong
    | Emphasis
    | Strike
    | Raised
    | Code
    | Link
    | Anchor
    | Group
    | CitedAt
    | Formula
    | LineBreak
    | Footnote
    | Picture
    | LostPicture
    | NotPrinted
)
Block = (
    Heading
    | Paragraph
    | CodeBlock
    | Printout
    | Quote
    | Listing
    | Divider
    | Table
    | Picture
    | LostPicture
    | NotPrinted
    | Formula
)
Node = Inline | Block | Item | Cell


# Where the passage comes from that says what a report is.
COLOPHON = "colophon"


@dataclass(frozen=True, slots=True)
class Passage:
    """The blocks that came from one place; `where` names it (`cell 5`) for error messages."""

    where: str
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report, ready for a writer; `heading` is its title where that holds more than words, `imprint` what it is."""

    language: Language
    title: str
    author: str
    as_of: date | None
    footer: str
    passages: tuple[Passage, ...]
    heading: Inlines = ()
    imprint: Imprint = field(default_factory=Imprint)


def walk(nodes: Blocks | Inlines) -> Iterator[Node]:
    """Yield every node of the tree below `nodes`, parents before children, in reading order."""
    for node in nodes:
        yield from _walk_node(node)


def _walk_node(node: Node) -> Iterator[Node]:
    yield node
    for each in fields(node):
        value = getattr(node, each.name)
        if isinstance(value, tuple):
            for child in value:
                if isinstance(child, Node):
                    yield from _walk_node(child)


def transformed(nodes: tuple[T, ...], change: Callable[[Node], Node]) -> tuple[T, ...]:
    """Return the trees of `nodes` with every node as `change` returns it, children before parents."""
    return tuple(_transformed(node, change) for node in nodes)  # type: ignore[arg-type, misc]


def _transformed(node: Node, change: Callable[[Node], Node]) -> Node:
    new: dict[str, Any] = {}
    for each in fields(node):
        value = getattr(node, each.name)
        if isinstance(value, tuple) and any(isinstance(child, Node) for child in value):
            children = tuple(_transformed(child, change) for child in value)
            if any(one is not other for one, other in zip(children, value, strict=True)):
                new[each.name] = children
    return change(replace(node, **new) if new else node)


def words(nodes: Inlines) -> str:
    """Return the bare words of `nodes`, for titles and checks."""
    return "".join(
        node.text if isinstance(node, PlainText | Code) else " " if isinstance(node, LineBreak) else ""
        for node in walk(nodes)
    )
