"""What pages are made of: lines of words and links, tables, lists and sections, free of HTML until `html` renders them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import quote

import mistune
from markupsafe import Markup, escape

from daye_analysis.bilingual import Language, Text
from daye_analysis.punctuation import kept_together

# What an address may hold beside letters and digits, and what is escaped already.
_ADDRESS_SIGNS: Final = "%/:?#[]@!$&'()*+,;=~"
Kind = Literal["target", "action", "cluster", "unit", "area", "indicator", "source"]


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere.

    `to` is a path below the edition's root, which `html` makes relative, an address with a scheme, or `#fragment`.
    """

    words: str
    to: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than their page."""

    words: str
    lang: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A state in words; `kind` gives it a shape and a colour, neither of which says more than the words."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Emphasised words."""

    words: str


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a line."""


Part = str | Link | Foreign | Badge | Strong | Break
Line = Part | tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells, an id to link to, and what the filter of a page compares with."""

    cells: tuple[Line, ...]
    id: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """A table for people. `right` names columns of numbers; one that is `stacked` turns into cards on a narrow screen; `layout` names
    the widths of its columns in the style sheet."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    right: frozenset[int] = frozenset()
    stacked: bool = False
    layout: str = ""
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Facts:
    """Terms, each with what is said of it."""

    rows: tuple[tuple[str, Line], ...]
    kind: str = "facts"


@dataclass(frozen=True, slots=True)
class Items:
    """A list; `numbered` counts it, and `fine` prints it small."""

    items: tuple[Line, ...]
    numbered: bool = False
    fine: bool = False
    ids: tuple[str, ...] = ()
    kind: str = "items"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `tone` is empty, `note` for what must not be missed, or `fine` for what is printed small."""

    line: Line
    tone: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Quote:
    """Official words, verbatim, with their place."""

    words: str
    lang: str
    place: str = ""
    kind: str = "quote"


@dataclass(frozen=True, slots=True)
class Code:
    """Text to copy as it stands."""

    text: str
    label: str
    kind: str = "code"


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG made by this library, with a caption."""

    svg: Markup
    caption: str
    kind: str = "drawing"


@dataclass(frozen=True, slots=True)
class Details:
    """Blocks that are folded away until asked for, and printed in full."""

    summary: str
    blocks: tuple[Any, ...]
    kind: str = "details"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a heading of its own."""

    id: str
    title: str
    blocks: tuple[Any, ...]


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes
    ----------
    path
        Its folder below the edition's root: `en/target/rd_projects/`.
    language
        `zh` or `en`.
    title, description
        What it is about, and in one sentence for those who find it elsewhere.
    sections
        Its parts; the first may have no title, and then is before the table of contents.
    trail
        The way to it from the home page.
    linked
        What it says as JSON-LD.
    previous, next
        Its neighbours in the list's order.
    listed
        Whether its sections are listed at the top of the page.
    script
        Whether the page has a filter, for which it loads the site's one script.
    """

    path: str
    language: Language
    title: str
    description: str
    sections: tuple[Section, ...]
    trail: tuple[Link, ...] = ()
    linked: tuple[Mapping[str, Any], ...] = ()
    previous: Link | None = None
    next: Link | None = None
    listed: bool = False
    script: bool = False
    template: str = "page.html"
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def other(self) -> str:
        """Return the path of the same page in the other language."""
        language, _, rest = self.path.partition("/")
        return f"{'en' if language == 'zh' else 'zh'}/{rest}"


def html(line: Line, up: str) -> Markup:
    """Return a line as HTML, everything in it escaped; `up` leads from the page to the edition's root."""
    parts = line if isinstance(line, tuple) else (line,)
    return Markup("".join(_part(part, up) for part in parts))


def _part(part: Part, up: str) -> str:
    """Return a part as HTML, its words escaped."""
    if isinstance(part, str):
        return escape(kept_together(part)).replace("\n", Markup("<br>"))
    if isinstance(part, Break):
        return "<br>"
    words = escape(part.words)
    if isinstance(part, Strong):
        return f"<strong>{words}</strong>"
    if isinstance(part, Foreign):
        return f'<span lang="{escape(part.lang)}">{words}</span>'
    if isinstance(part, Badge):
        return f'<span class="badge {escape(part.kind)}">{words}</span>'
    lang = f' lang="{escape(part.lang)}"' if part.lang else ""
    if part.to.startswith("mailto:"):
        return f'<a href="{escape(part.to)}"{lang}>{words}</a>'
    if "://" in part.to:
        # As browsers read it: a backslash is a slash, and what no address may hold is written by its code.
        valid = quote(part.to.replace("\\", "/"), safe=_ADDRESS_SIGNS)
        return f'<a href="{escape(valid)}" rel="noopener noreferrer nofollow external"{lang}>{words}</a>'
    return f'<a href="{escape(address(part.to, up))}"{lang}>{words}</a>'


def address(to: str, up: str) -> str:
    """Return where a path below the edition's root lies, seen from a page; folders by their file, for reading from disk."""
    if to.startswith("#"):
        return to
    path, mark, fragment = to.partition("#")
    if not path or path.endswith("/"):
        path += "index.html"
    return f"{up}{path}{mark}{fragment}"


def plain(line: Line) -> str:
    """Return a line as plain words."""
    parts = line if isinstance(line, tuple) else (line,)
    return "".join(
        part if isinstance(part, str) else "" if isinstance(part, Break) else part.words for part in parts
    )


def joined(lines: Sequence[Line], joint: str) -> Line:
    """Return several lines as one, with `joint` between them; a line break is written as a newline."""
    parts: list[Part] = []
    for line in lines:
        if parts:
            parts.append(joint)
        parts.extend(line if isinstance(line, tuple) else (line,))
    return tuple(parts)


def listed(lines: Sequence[Line], language: Language) -> Line:
    """Return lines as an enumeration in `language`."""
    return joined(lines, Text("、", ", ").say(language))


_MARKDOWN = mistune.create_markdown(escape=True)


def from_markdown(words: str) -> Markup:
    """Return words with Markdown marks, as reports have them, as HTML; whatever is HTML in them is escaped."""
    return Markup(str(_MARKDOWN(words)).strip())


def escaped_json(text: str) -> Markup:
    """Return JSON so that it may be in a script element."""
    return Markup(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


__all__ = [
    "Badge", "Break", "Code", "Details", "Drawing", "Facts", "Foreign", "Items", "Kind", "Line", "Link", "Page", "Paragraph", "Part",
    "Quote", "Row", "Section", "Strong", "Table", "address", "escape", "escaped_json", "from_markdown", "html", "joined", "listed", "plain",
]  # fmt: skip
