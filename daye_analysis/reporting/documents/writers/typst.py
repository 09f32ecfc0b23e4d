"""A document as Typst source, with the pictures that it names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from daye_analysis.bilingual import Language
from daye_analysis.charts.typeface import FAMILY
from daye_analysis.reporting.documents.document_blocks import (
    COLOPHON,
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
from daye_analysis.reporting.documents.formulas.parser import NotUnderstood, parse_formula
from daye_analysis.reporting.documents.formulas.writers import lines, to_typst, to_words
from daye_analysis.reporting.documents.not_printed import LONGEST_ADDRESS, alternative_text, replacement
from daye_analysis.reporting.documents.phrases import (
    CITED_ON,
    CONTENTS,
    CONTINUED,
    NO_ROWS,
    PAGE,
    PRINTOUT_HEADINGS,
    as_of_line,
    imprint_lines,
    running_title,
)
from daye_analysis.reporting.documents.typst_text import literal
from daye_analysis.reporting.documents.writers.page_breaks import floating, kept_with_next, with_colophon
from daye_analysis.reporting.documents.writers.typst_tables import (
    PORTRAIT_WIDTH,
    Layout,
    laid_out,
    whole_page_layouts,
)

# A word longer than this many characters may break after every few of them, so that it never leaves the page.
# Typst knows where addresses break, but for a long end, unless the room is very small.
_LONGEST_WORD = 30
_PIECE = 3
# Every place to break takes time: a word of more than so many characters has fewer of them.
_ENDLESS_WORD = 1_000
_LARGE_PIECE = 20
_TALLEST_PICTURE = 640.0  # pt
# Typst takes time in the square of a block's lines: longer ones are set in pieces.
_PRINTED_AT_ONCE = 200  # lines
_LONGEST_GROUP = 2000  # rows
# So many rows of groups may find out on which page they are; of more every one says its group.
_MOST_GROUP_ROWS = 4000
_FONTS = '("Noto Sans SC",)'
# A block that begins so starts a page of its own, onto which its headings go with it.
_SIDEWAYS = "#page(flipped: true, "
_WHOLE_PAGE = "#whole-page("
_LATIN_QUOTES = re.compile("“([^“”\u2e80-\uffff]*)”")
_ZERO_WIDTH_SPACE = "\u200b"


def write_typst(document: Document, families: Sequence[str] = (FAMILY,)) -> tuple[str, dict[str, bytes]]:
    """Return the Typst source of `document`, set in fonts of these families, and its pictures by file name."""
    writer = _Writer(document.language)
    written: list[str] = []
    blocks, last = _with_colophon(document)
    kept, floats = kept_with_next(blocks), floating(blocks)
    for at, block in enumerate(blocks):
        text = writer.figure(block, floats=True) if isinstance(block, Picture) and at in floats else writer.block(block)
        if text.startswith((_SIDEWAYS, _WHOLE_PAGE)):
            above = len(written)
            while above and written[above - 1].startswith("#heading("):
                above -= 1
            heads = "; ".join(head.removeprefix("#") for head in written[above:])
            del written[above:]
            text = _with_heads(text, heads) if heads else text
        elif at in last:
            text = f"#goes-on(fine: {str(isinstance(block, Listing) and block.fine).lower()}, {text.removeprefix('#')})"
        elif at in kept:
            text = f"#kept({text.removeprefix('#')})"
        written.append(text)
    body = "\n".join(written)
    fonts = f"({', '.join(map(literal, families))},)"
    return f"{_style().replace(_FONTS, fonts, 1)}\n{_opening(document)}\n{body}\n", writer.pictures


def _with_colophon(document: Document) -> tuple[Blocks, frozenset[int]]:
    """Return the document's blocks, and the places of those that share a page with its colophon."""
    before = tuple(block for passage in document.passages if passage.where != COLOPHON for block in passage.blocks)
    colophon = tuple(block for passage in document.passages if passage.where == COLOPHON for block in passage.blocks)
    if not colophon or document.passages[-1].where != COLOPHON:
        return tuple(block for passage in document.passages for block in passage.blocks), frozenset()
    return with_colophon((*before, *colophon), len(before))


def _with_heads(text: str, heads: str) -> str:
    """Return a page of its own with headings above what it holds."""
    if text.startswith(_WHOLE_PAGE):
        return f"{_WHOLE_PAGE}heads: {{{heads}}}, {text.removeprefix(_WHOLE_PAGE)}"
    return f"{_SIDEWAYS}{{{heads}; {text.removeprefix(_SIDEWAYS).removesuffix(')')}}})"


@cache
def _style() -> str:
    return Path(__file__).with_name("style.typ").read_text(encoding="utf-8")


def _opening(document: Document) -> str:
    """Return the show rule that sets title, dates and running lines."""
    as_of = document.as_of
    before, between, after = PAGE.say(document.language).split("|")
    heading = _Writer(document.language).inlines(document.heading)
    arguments = {
        "language": literal(document.language),
        **({"shown": heading} if document.heading else {}),
        "title": literal(document.title),
        "author": literal(document.author),
        "as-of": f"datetime(year: {as_of.year}, month: {as_of.month}, day: {as_of.day})" if as_of else "none",
        "running": literal(running_title(document.title, document.imprint)),
        "as-of-line": literal(as_of_line(as_of, document.language)),
        "about": f"({''.join(literal(line) + ', ' for line in imprint_lines(document.imprint, document.author, as_of, document.language))})",
        "description": literal(document.imprint.cite),
        "keywords": f"({''.join(literal(word) + ', ' for word in _keywords(document))})",
        "contents-title": literal(CONTENTS.say(document.language)),
        "footer-line": literal(document.footer),
        "page-line": f"(page, pages) => {literal(before)} + page + {literal(between)} + pages + {literal(after)}",
    }
    return f"#show: report.with({', '.join(f'{name}: {value}' for name, value in arguments.items())})"


def _keywords(document: Document) -> tuple[str, ...]:
    """Return what a catalogue finds the PDF by: place, plan, package, run."""
    imprint = document.imprint
    return tuple(word for word in (imprint.place, imprint.plan, imprint.version, imprint.run) if word)


class _Writer:
    """Writes blocks as Typst calls and keeps the pictures that they name."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.pictures: dict[str, bytes] = {}
        self.groups = 0
        self.group_rows = 0
        self.depth = 0

    def blocks(self, blocks: Blocks) -> str:
        """Return blocks that are within another as one Typst code block."""
        self.depth += 1
        written = "; ".join(self.block(block).removeprefix("#") for block in blocks)
        self.depth -= 1
        return "{" + written + "}"

    def block(self, block: Block) -> str:
        """Return one block as a Typst statement that begins with #."""
        match block:
            case Heading(level, body, number):
                return f"#heading(level: {level}, {self.inlines((PlainText(number), *body))})"
            case Paragraph(body):
                return f"#par({self.inlines(body)})"
            case CodeBlock(text, language):
                return _in_pieces("program(", text, f", lang: {literal(language) if language else 'none'}")
            case Printout(text, kind):
                heading = PRINTOUT_HEADINGS[kind].say(self.language)
                return _in_pieces(f"printout({literal(kind)}, {literal(heading)}, ", text)
            case Quote(body):
                return f"#quotation({self.blocks(body)})"
            case Listing(fine=fine):
                listing = self.listing(block)
                return f"#fine({listing.removeprefix('#')})" if fine else listing
            case Divider():
                return "#divider()"
            case Table():
                return self.table(block)
            case Picture():
                return self.figure(block)
            case LostPicture() | NotPrinted():
                return f"#par({self.inlines((block,))})"
            case Formula():
                return f"#{self.formula(block, on_its_own=True)}"

    def listing(self, listing: Listing) -> str:
        items = ", ".join(self.item(item) for item in listing.items)
        tight = str(
            not any(isinstance(block, Paragraph) for item in listing.items for block in item.body[1:])
        ).lower()
        if listing.start is None:
            # A task has its own mark.
            marker = "marker: [], " if any(item.done is not None for item in listing.items) else ""
            return f"#list(tight: {tight}, {marker}{items})"
        return f"#enum(tight: {tight}, start: {listing.start}, {items})"

    def item(self, item: Item) -> str:
        """An item; its only paragraph is without the space that paragraphs have around them."""
        first, rest = item.body[:1], item.body[1:]
        mark = "" if item.done is None else f"{literal('✓ ' if item.done else '□ ')}; "
        if first and isinstance(first[0], Paragraph):
            opening = self.inlines(first[0].body)
            later = f"; {self.blocks(rest)}" if rest else ""
            return "{" + mark + opening + later + "}"
        return "{" + mark + self.blocks(item.body) + "}"

    def figure(self, picture: Picture, floats: bool = False) -> str:
        image = self.image(picture)
        if not picture.caption:
            return f"#block(spacing: 1.6em, {image})"
        return f"#captioned({'placement: bottom, ' if floats else ''}image, {literal(picture.label)}, {literal(picture.caption)}, {image})"

    def image(self, picture: Picture) -> str:
        name = f"picture-{len(self.pictures) + 1}.{picture.format}"
        self.pictures[name] = picture.data
        alt = alternative_text(picture, self.language)
        return f"picture({literal(name)}, {literal(picture.format)}, {literal(alt)}{_size(picture)})"

    def table(self, table: Table) -> str:
        """One table, or its parts one below the other, the later ones marked as continued."""
        if table.whole_page:
            return f"{_WHOLE_PAGE}(size, row) => {self.captioned(table, table.caption, self.grid(table, *whole_page_layouts(table)))})"
        written = []
        for number, (part, layout) in enumerate(laid_out(table, sideways=not self.depth)):
            text = self.grid(part, layout)
            text = self.captioned(table, table.caption + (CONTINUED.say(self.language) if number else ""), text)
            if layout.landscape:
                return f"{_SIDEWAYS}{text})"
            written.append(f"block(spacing: 1.5em, breakable: {str(not layout.together).lower()}, {text})")
        return f"#{written[0]}" if len(written) == 1 else f"#{{{'; '.join(written)}}}"

    def captioned(self, table: Table, caption: str, text: str) -> str:
        """Return a table below its caption, where it has one."""
        return f"captioned(table, {literal(table.label)}, {literal(caption)}, {text})" if table.caption else text

    def grid(self, table: Table, layout: Layout, *smaller: Layout) -> str:
        """Return a table; one with `smaller` layouts takes, of all, that of the size which its page decides."""
        self.group_rows = 0
        head: list[str] = []
        cells: list[str] = []
        for cell in table.cells:
            (head if cell.y < table.header_rows else cells).extend(self.cell(cell, table, layout))
        rows = table.rows
        if rows == table.header_rows:
            nothing = f"text(fill: soft, {literal(NO_ROWS.say(self.language))})"
            cells.append(f"table.cell(x: 0, y: {rows}, colspan: {table.columns}, align: left, {nothing})")
            rows += 1
        if layout.header == "rows":
            head, cells = [], head + cells
        repeat = "repeat: false, " if layout.header == "once" else ""
        header = f"table.header({repeat}{', '.join(head)})," if head else ""
        columns = " else ".join(
            [f"if size >= {each.size}pt {{ ({', '.join(each.widths)},) }}" for each in (layout, *smaller[:-1])]
            + [f"{{ ({', '.join(smaller[-1].widths)},) }}"]
        ) if smaller else f"({', '.join(layout.widths)},)"  # fmt: skip
        return (
            f"grid-table(size: {'size, row: row' if table.whole_page else f'{layout.size}pt'}, gap: {layout.gap}pt, columns: {columns}, "
            f"align: ({', '.join(table.align)},), header-rows: {table.header_rows}, rows: {rows}, "
            f"({header}), ({', '.join(cells)},))"
        )

    def cell(self, cell: Cell, table: Table, layout: Layout) -> Iterator[str]:
        """Yield the cell, or where its rows go on over pages one cell for each of them."""
        head = cell.y < table.header_rows
        body = self.inlines(cell.body, 4 if layout.breaks_words else _LONGEST_WORD)
        options = [f"x: {cell.x}", f"y: {cell.y}", f"breakable: {_may_break(cell, layout)}"]
        options += [f"colspan: {cell.colspan}"] if cell.colspan > 1 else []
        if (cell.x, cell.y) in layout.long_groups:
            yield from self.group(cell, options[2:], body, once=(cell.x, cell.y) in layout.long_labels)
            return
        if cell.rowspan > 1:
            options.append(f"rowspan: {cell.rowspan}")
            # The rule below the table is drawn by the cells of its last row, and this one begins above it.
            options += ["stroke: (bottom: 0.9pt + accent)"] if cell.y + cell.rowspan == table.rows else []
        if head:
            options.append("align: center" if cell.colspan > 1 else f"align: {table.align[cell.x]} + bottom")
            body = f"strong({body})"
            if layout.turned and cell.colspan == 1:
                body = f"rotate(-90deg, reflow: true, {body})"
        elif cell.heads and cell.colspan == table.columns:
            options += ["fill: pale", "align: left"]
            body = f"strong({body})"
        yield f"table.cell({', '.join(options)}, {body})"

    def group(self, cell: Cell, options: list[str], body: str, once: bool) -> Iterator[str]:
        """Yield a cell for each row of a group, of which the first on each page says what the group is, or the first `once`.

        Of very many rows every one says it: finding out where pages begin takes more than one pass over the table.
        """
        self.groups += 1
        self.group_rows += cell.rowspan
        everywhere = cell.rowspan > _LONGEST_GROUP or self.group_rows > _MOST_GROUP_ROWS
        for at in range(cell.rowspan):
            label = ("[]" if at else body) if once else body if everywhere else f"group-label({literal(f'group-{self.groups}-')}, {at}, {body})"
            above = ["stroke: (top: none)"] if at else []
            yield f"table.cell({', '.join([f'x: {cell.x}', f'y: {cell.y + at}', *options, *above])}, {label})"

    def inlines(self, inlines: Iterable[Inline], longest_word: int = _LONGEST_WORD) -> str:
        """Return inlines as one Typst code block, whose values join into content."""
        parts = [self.inline(inline, longest_word) for inline in inlines]
        return "{" + "; ".join(part for part in parts if part) + "}" if any(parts) else "[]"

    def inline(self, inline: Inline, longest_word: int) -> str:
        match inline:
            case PlainText(text):
                return _words(self.quoted(text), longest_word) if text else ""
            case Strong(body):
                return f"strong({self.inlines(body, longest_word)})"
            case Emphasis(body):
                return f"emph({self.inlines(body, longest_word)})"
            case Strike(body):
                return f"strike({self.inlines(body, longest_word)})"
            case Raised(body, up):
                return f"{'super' if up else 'sub'}({self.inlines(body, longest_word)})"
            case Code(text):
                return f"raw({literal(_breakable(text))})" if text else ""
            case Link(address, body) if len(address) > LONGEST_ADDRESS:
                return self.inlines(body, longest_word)
            case Link(address, body):
                to = f"label({literal(address[1:])})" if address.startswith("#") else literal(address)
                return f"link({to}, {self.inlines(body, longest_word)})"
            case Anchor(name):
                return f"anchor({literal(name)})"
            case Group(body):
                return self.inlines(body, longest_word)
            case CitedAt(names):
                before, between, after = CITED_ON.say(self.language).split("|")
                listed = "".join(f"{literal(name)}, " for name in names)
                return f"cited-at(({listed}), {literal(before)}, {literal(between)}, {literal(after)})"
            case Formula():
                # Typst drops a block, such as a formula on its own line, within a paragraph.
                return self.formula(inline, on_its_own=False)
            case LineBreak():
                return "linebreak()"
            case Footnote(body, below):
                return f"footnote({'{' + self.inlines(body) + '; ' + self.blocks(below) + '}' if below else self.inlines(body)})"
            case Picture():
                return f"box({self.image(inline)})"
            case LostPicture() | NotPrinted():
                return _words(replacement(inline, self.language), longest_word)

    def quoted(self, text: str) -> str:
        """Return English `text` with straight quotation marks round Latin words: the font's curly ones are as wide as a character."""
        return _LATIN_QUOTES.sub(r'"\1"', text) if self.language == "en" else text

    def formula(self, formula: Formula, on_its_own: bool) -> str:
        """Return a Typst equation, or the LaTeX as typed where it is not understood."""
        block = str(on_its_own).lower()
        try:
            tree = parse_formula(formula.latex)
        except NotUnderstood:
            return f"raw({literal(_breakable(formula.latex))}, block: {block})"
        equations = []
        for line in lines(tree):
            said = re.sub(r"\s+", " ", to_words(line)).strip() or formula.latex
            body = to_typst(line)
            if formula.display and not on_its_own:
                body = f"display({body})"
            equations.append(f"math.equation(block: {block}, alt: {literal(said)}, $ {body} $)")
        return equations[0] if len(equations) == 1 else f"[#{' #'.join(equations)}]"


def _in_pieces(call: str, text: str, options: str = "") -> str:
    """Return the call that sets a text in one box, or calls that set its pieces in boxes without a seam."""
    lines = text.split("\n")
    pieces = ["\n".join(lines[at : at + _PRINTED_AT_ONCE]) for at in range(0, len(lines), _PRINTED_AT_ONCE)]
    shown = [f"raw({literal(_breakable(piece))}, block: true{options})" for piece in pieces]
    if len(pieces) == 1:
        return f"#{call}{shown[0]})"
    last = len(pieces) - 1
    calls = (f"{call}{body}, seam: ({str(at > 0).lower()}, {str(at < last).lower()}))" for at, body in enumerate(shown))
    return f"#{{{'; '.join(calls)}}}"


def _size(picture: Picture) -> str:
    """Return its author's size as arguments, at most that of the page and in its own proportions."""
    width, height = picture.width, picture.height
    shrink = min(1.0, PORTRAIT_WIDTH / width if width else 1.0, _TALLEST_PICTURE / height if height else 1.0)
    sides = (("width", width), ("height", height))
    return "".join(f", {name}: {side * shrink:.2f}pt" for name, side in sides if side)


def _words(text: str, longest: int) -> str:
    """Return `text` as a Typst value; the style sets what may break."""
    cut = literal(_breakable(text, longest))
    return f"breakable({cut})" if _ZERO_WIDTH_SPACE in cut else cut


def _breakable(text: str, longest: int = _LONGEST_WORD) -> str:
    """Return `text` with zero-width spaces inside words that are longer than `longest`."""

    def pieces(word: str) -> str:
        size = _LARGE_PIECE if len(word) > _ENDLESS_WORD and longest >= _LONGEST_WORD else min(_PIECE, longest)
        return _ZERO_WIDTH_SPACE.join(word[at : at + size] for at in range(0, len(word), size))

    def broken(match: re.Match[str]) -> str:
        word = match.group()
        if "://" not in word or longest < _LONGEST_WORD:
            return pieces(word)
        return re.sub(rf"(?:[A-Za-z]{{{longest + 1},}}|[0-9]{{{longest + 1},}})[^A-Za-z0-9]*$", lambda end: pieces(end.group()), word)

    return re.sub(rf"[!-~]{{{longest + 1},}}", broken, text)


def _may_break(cell: Cell, layout: Layout) -> str:
    """Keep a row together unless one of its cells is long, or a page may not hold it, or another that a cell of it spans."""
    is_long = len(words(cell.body)) > 400
    return str(is_long or not layout.tall_rows.isdisjoint(range(cell.y, cell.y + cell.rowspan))).lower()
