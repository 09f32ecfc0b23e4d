"""Write a document as one HTML page without scripts or external resources."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from daye_analysis.bilingual import Language
from daye_analysis.reporting.documents.document_blocks import (
    Anchor,
    Block,
    Blocks,
    Cell,
    CitedAt,
    Code,
    CodeBlock,
    Divider,
    Document,
    Emphasis,
    Footnote,
    Formula,
    Group,
    Heading,
    Inline,
    Inlines,
    Item,
    LineBreak,
    Link,
    Listing,
    LostPicture,
    NotPrinted,
    Paragraph,
    Picture,
    PlainText,
    Printout,
    Quote,
    Raised,
    Strike,
    Strong,
    Table,
    words,
)
from daye_analysis.reporting.documents.formulas.mathml import to_mathml
from daye_analysis.reporting.documents.formulas.parser import NotUnderstood, parse_formula
from daye_analysis.reporting.documents.formulas.writers import to_words
from daye_analysis.reporting.documents.not_printed import alternative_text, replacement
from daye_analysis.reporting.documents.phrases import (
    CITED_AT,
    CONTENTS,
    NO_ROWS,
    NOTES,
    PRINTOUT_HEADINGS,
    SKIP,
    imprint_lines,
)
from daye_analysis.reporting.documents.pictures import MIME_TYPES

_FEWEST_SECTIONS = 4
# A table with more columns than this is a card a row on a telephone.
_MOST_COLUMNS_BESIDE = 2
_PAGE_LANGUAGES = {"zh": "zh-CN", "en": "en-GB"}
# Were anything to slip through, the browser itself still loads and runs nothing.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


# A chart names only the family it was drawn with, which the reader may not have.
_CHART_FONT = re.compile(rb"(font(?:-family)?:[^;\"]*'Noto Sans SC')(?=[;\"])")
_FALLBACKS = (
    rb"\1, 'Source Han Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', 'Hiragino Sans GB', 'WenQuanYi Micro Hei', 'SimHei', sans-serif"
)


def write_html(document: Document) -> str:
    """Return `document` as a self-contained HTML page."""
    writer = _Writer(document.language)
    body = "\n".join(writer.block(block) for passage in document.passages for block in passage.blocks)
    about = imprint_lines(document.imprint, document.author, document.as_of, document.language)
    footer = f"<footer>{escape(document.footer)}</footer>\n" if document.footer else ""
    meta = "".join(f'<meta name="{name}" content="{escape(content)}">\n' for name, content in _about(document) if content)
    return (
        f'<!DOCTYPE html>\n<html lang="{_PAGE_LANGUAGES[document.language]}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"{meta}<title>{escape(_page_title(document))}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#content">{escape(SKIP.say(document.language))}</a>\n'
        f"<header>\n<h1>{writer.inlines(document.heading) or escape(document.title)}</h1>\n"
        + "".join(f'<p class="about">{escape(line)}</p>\n' for line in about)
        + f'</header>\n{writer.navigation()}<main id="content">\n{body}\n{writer.notes()}</main>\n{footer}</body>\n</html>\n'
    )


def _column_names(table: Table) -> tuple[str, ...]:
    """Return what each column is called, where a row is to be read by itself: with one row of headings over many columns."""
    # A row without the cell that names it cannot be read by itself.
    unnamed = any(cell.rowspan > 1 and (cell.heads or cell.x == 0) for cell in table.cells)
    if table.header_rows != 1 or table.columns <= _MOST_COLUMNS_BESIDE or unnamed:
        return ()
    heads = {cell.x: words(cell.body) for cell in table.cells if cell.y == 0 and cell.colspan == 1}
    return tuple(heads.get(x, "") for x in range(table.columns))


def _page_title(document: Document) -> str:
    return " – ".join(part for part in (document.title, document.imprint.place) if part)


def _about(document: Document) -> tuple[tuple[str, str], ...]:
    """Return the page's metadata: the usual names, and Dublin Core's."""
    imprint = document.imprint
    return (
        ("author", document.author),
        ("description", imprint.cite),
        ("keywords", ", ".join(part for part in (imprint.place, imprint.plan) if part)),
        ("DC.date", document.as_of.isoformat() if document.as_of else ""),
        ("DC.source", imprint.version),
        ("DC.rights", imprint.licence),
        ("DC.relation", imprint.address),
        ("DC.identifier", imprint.run),
    )


def _size(picture: Picture) -> str:
    """Return its author's size as attributes, in CSS pixels."""
    sides = (("width", picture.width), ("height", picture.height))
    return "".join(f' {name}="{round(side / 0.75)}"' for name, side in sides if side)


@cache
def _style() -> str:
    return Path(__file__).with_name("style.css").read_text(encoding="utf-8")


class _Writer:
    """Writes blocks as HTML and keeps the footnotes for the end."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.footnotes: list[str] = []
        self.headings: list[tuple[int, str]] = []

    def blocks(self, blocks: Blocks) -> str:
        return "\n".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        match block:
            case Heading(level, body, number):
                tag = f"h{min(level + 1, 6)}"
                self.headings.append((level, f"{number}{words(body)}"))
                return f'<{tag} id="section-{len(self.headings)}">{escape(number)}{self.inlines(body)}</{tag}>'
            case Paragraph(body):
                return f"<p>{self.inlines(body)}</p>"
            case CodeBlock(text):
                return f"<pre><code>{escape(text)}</code></pre>"
            case Printout(text, kind):
                heading = PRINTOUT_HEADINGS[kind].say(self.language)
                named = f"<strong>{escape(heading)}</strong>\n" if heading else ""
                return f'<div class="printout {kind}">{named}<pre>{escape(text)}</pre></div>'
            case Quote(body):
                return f"<blockquote>{self.blocks(body)}</blockquote>"
            case Listing():
                return self.listing(block)
            case Divider():
                return "<hr>"
            case Table():
                return self.table(block)
            case Picture():
                return self.figure(block)
            case LostPicture() | NotPrinted():
                return f"<p>{self.inline(block)}</p>"
            case Formula():
                return f'<div class="formula">{self.formula(block)}</div>'

    def listing(self, listing: Listing) -> str:
        items = "\n".join(self.item(item) for item in listing.items)
        fine = ' class="fine"' if listing.fine else ""
        if listing.start is None:
            return f"<ul{fine}>\n{items}\n</ul>"
        return f'<ol{fine} start="{listing.start}">\n{items}\n</ol>'

    def item(self, item: Item) -> str:
        only = item.body[0] if len(item.body) == 1 else None
        body = self.inlines(only.body) if isinstance(only, Paragraph) else self.blocks(item.body)
        if item.done is None:
            return f"<li>{body}</li>"
        return (
            f'<li class="task"><input type="checkbox" disabled{" checked" if item.done else ""}>{body}</li>'
        )

    def figure(self, picture: Picture) -> str:
        caption = self.caption(picture.label, picture.caption)
        return f"<figure>{self.image(picture)}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"

    def caption(self, label: str, caption: str) -> str:
        return f"<strong>{escape(label)}</strong>　{escape(caption)}" if caption else ""

    def image(self, picture: Picture) -> str:
        data = picture.data if picture.format != "svg" else _CHART_FONT.sub(_FALLBACKS, picture.data)
        alt = alternative_text(picture, self.language)
        return f'<img src="data:{MIME_TYPES[picture.format]};base64,{base64.b64encode(data).decode()}" alt="{escape(alt)}"{_size(picture)}>'

    def table(self, table: Table) -> str:
        caption = self.caption(table.label, table.caption)
        names = _column_names(table)
        rows = ["".join(self.cell(cell, table, names) for cell in row) for row in table.grid()]
        if table.rows == table.header_rows:
            rows.append(f'<td colspan="{table.columns}">{escape(NO_ROWS.say(self.language))}</td>')
        parts = [("thead", rows[: table.header_rows]), ("tbody", rows[table.header_rows :])]
        body = "\n".join(
            f"<{tag}>\n{''.join(f'<tr>{row}</tr>{chr(10)}' for row in part)}</{tag}>" for tag, part in parts if part
        )
        named = f"<caption>{caption}</caption>\n" if caption else ""
        # Reachable by keyboard, since a wide table scrolls.
        look = "table" + (" stacked" if names else "") + (" page-wide" if table.whole_page else "")
        return f'<div class="{look}" tabindex="0"><table>\n{named}{body}\n</table></div>'

    def cell(self, cell: Cell, table: Table, names: Sequence[str] = ()) -> str:
        in_head = cell.y < table.header_rows
        tag = "th" if in_head or cell.heads else "td"
        across = cell.colspan == table.columns and not in_head
        align = "left" if across else "center" if in_head and cell.colspan > 1 else table.align[cell.x]
        attributes = f' class="{align}"' if align != "left" else ""
        if tag == "th":
            group = cell.colspan > 1 if in_head else cell.rowspan > 1
            attributes += f' scope="{"col" if in_head else "row"}{"group" if group else ""}"'
        attributes += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        attributes += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        name = names[cell.x] if names and not in_head and cell.colspan == 1 else ""
        attributes += f' data-label="{escape(name)}"' if name else ""
        return f"<{tag}{attributes}>{self.inlines(cell.body)}</{tag}>"

    def inlines(self, inlines: Inlines) -> str:
        return "".join(self.inline(inline) for inline in inlines)

    def inline(self, inline: Inline) -> str:
        match inline:
            case PlainText(text):
                return escape(text)
            case Strong(body):
                return f"<strong>{self.inlines(body)}</strong>"
            case Emphasis(body):
                return f"<em>{self.inlines(body)}</em>"
            case Strike(body):
                return f"<del>{self.inlines(body)}</del>"
            case Raised(body, up):
                tag = "sup" if up else "sub"
                return f"<{tag}>{self.inlines(body)}</{tag}>"
            case Code(text):
                return f"<code>{escape(text)}</code>"
            case Link(address, body):
                rel = "" if address.startswith("#") else ' rel="noopener noreferrer"'
                return f'<a href="{escape(address)}"{rel}>{self.inlines(body)}</a>'
            case Anchor(name):
                return f'<a id="{escape(name)}"></a>'
            case Group(body):
                return self.inlines(body)
            case CitedAt(names):
                links = (f'<a href="#{escape(name)}">{at}</a>' for at, name in enumerate(names, start=1))
                return f'<span class="cited">{escape(CITED_AT.say(self.language))}{" ".join(links)}</span>'
            case Formula():
                return self.formula(inline)
            case LineBreak():
                return "<br>"
            case Footnote(body, below):
                return self.footnote(body, below)
            case Picture():
                return self.image(inline)
            case LostPicture() | NotPrinted():
                return escape(replacement(inline, self.language))

    def formula(self, formula: Formula) -> str:
        shown = to_mathml(formula.latex, formula.display, _said(formula.latex))
        return shown or f"<code>{escape(formula.latex)}</code>"

    def footnote(self, body: Inlines, below: Blocks) -> str:
        # A note within it has a later number.
        self.footnotes.append("")
        number = len(self.footnotes)
        self.footnotes[number - 1] = self.inlines(body) + self.blocks(below)
        return f'<sup id="note-{number}-from"><a href="#note-{number}">{number}</a></sup>'

    def navigation(self) -> str:
        """Return links to the main sections; empty where there are few."""
        main = [(at, title) for at, (level, title) in enumerate(self.headings, start=1) if level == 1]
        if len(main) < _FEWEST_SECTIONS:
            return ""
        title = escape(CONTENTS.say(self.language))
        items = "\n".join(f'<li><a href="#section-{at}">{escape(each)}</a></li>' for at, each in main)
        return f'<nav aria-label="{title}">\n<ul>\n{items}\n</ul>\n</nav>\n'

    def notes(self) -> str:
        """Return the footnotes as the report's last section; empty where there are none."""
        if not self.footnotes:
            return ""
        items = "\n".join(
            f'<li id="note-{number}">{note} <a href="#note-{number}-from">↩</a></li>'
            for number, note in enumerate(self.footnotes, start=1)
        )
        return f"<section>\n<h2>{NOTES.say(self.language)}</h2>\n<ol>\n{items}\n</ol>\n</section>\n"


def _said(latex: str) -> str:
    """Return what is read out for a formula: its words, or as it was typed where it holds more than those name."""
    try:
        return " ".join(to_words(parse_formula(latex)).split())
    except NotUnderstood:
        return latex
