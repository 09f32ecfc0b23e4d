"""Convert Markdown to blocks, through mistune's syntax tree."""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from daye_analysis.reporting.documents import pictures
from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Blocks,
    Code,
    CodeBlock,
    Divider,
    Emphasis,
    Footnote,
    Formula,
    Heading,
    Inline,
    Inlines,
    Item,
    LineBreak,
    Listing,
    LostPicture,
    Node,
    NotPrinted,
    Paragraph,
    Picture,
    PlainText,
    Quote,
    Strike,
    Strong,
    Table,
    plain,
    transformed,
)
from daye_analysis.reporting.documents.html.inlines import Piece, Tag, linked, parted, tidied, tidied_inside
from daye_analysis.reporting.documents.html.reader import read_html
from daye_analysis.reporting.documents.html.tables import LooseCell, make_table
from daye_analysis.reporting.documents.limits import in_force
from daye_analysis.reporting.documents.markdown_syntax.parsing import Parsed, Token, parse_markdown

Attachments = Mapping[str, Mapping[str, str]]

_EMBEDDED = re.compile(r"data:image/[\w+.-]+;base64,[A-Za-z0-9+/=]+")
_LONGEST_LINE = 10_000
# Notes cited within notes: deeper ones are printed after the text.
_DEEPEST_NOTE = 5


def read_markdown(source: str, attachments: Attachments | None = None) -> Blocks:
    """Return the blocks of one Markdown text; `attachments` are the cell's own images."""
    kept = _within_limit(source)
    parsed = parse_markdown(kept)
    reader = _Reader(parsed)
    blocks: Blocks = (*reader.blocks(parsed.tokens), *reader.uncited())
    if len(kept) < len(source):
        blocks = (*blocks, NotPrinted("text", f"{len(kept):,} / {len(source):,}"))
    return transformed(blocks, lambda node: _attached(node, attachments)) if attachments else blocks


def _within_limit(source: str) -> str:
    """Return what is read of a text, up to the end of a line; the pictures that it holds do not count."""
    end = in_force().markdown_characters
    if len(source) <= end:
        return source
    for picture in _EMBEDDED.finditer(source):
        if picture.start() > end:
            break
        end += len(picture.group())
    if len(source) <= end:
        return source
    line = source.rfind("\n", max(0, end - _LONGEST_LINE), end)
    return source[: line + 1 or end]


def _attached(node: Node, attachments: Attachments) -> Node:
    """Return the cell's own picture of that name, however the address spells spaces and letters beyond ASCII."""
    if not isinstance(node, LostPicture) or node.reason != "outside":
        return node
    wanted = _file_name(node.address.removeprefix("attachment:").removeprefix("./"))
    bundle = next((bundle for name, bundle in attachments.items() if _file_name(name) == wanted), None)
    return node if bundle is None else pictures.like(node, pictures.from_bundle(bundle, node.alt, node.address))


def _file_name(address: str) -> str:
    return unicodedata.normalize("NFC", unquote(address))


class _Reader:
    """Turns mistune's tokens into blocks, with the footnotes of one text at hand.

    A note is set where the text cites it. Within notes each is set once; there a further citation stays as it was typed, so that
    notes that cite one another have an end. What no text cites is set after it.
    """

    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed
        self.open_notes: list[str] = []
        self.said: set[str] = set()
        self.left = in_force().footnotes

    def blocks(self, tokens: Sequence[Token], nested: bool = False) -> Blocks:
        return tuple(block for token in tokens for block in self.block(token, nested))

    def block(self, token: Token, nested: bool) -> Sequence[Block]:
        match token["type"]:
            case "paragraph" | "block_text":
                return self.paragraph(token)
            case "heading":
                body = self.inlines(token["children"])
                # Within a list or quotation a heading would break the outline.
                return [Paragraph((Strong(body),)) if nested else Heading(token["attrs"]["level"], body)]
            case "block_code":
                language = (token.get("attrs") or {}).get("info") or ""
                return [CodeBlock(plain(token["raw"].rstrip("\n")), plain(language.split(" ")[0]))]
            case "block_quote":
                return [Quote(self.blocks(token["children"], nested=True))]
            case "list":
                return [self.listing(token)]
            case "thematic_break":
                return [Divider()]
            case "table":
                return self.table(token)
            case "maths":
                return [Formula(token["raw"].strip(), display=True)]
            case "block_html":
                return read_html(token["raw"], keep_active=True)
            case "blank_line" | "footnotes":
                return []
            case _:
                return [Paragraph((PlainText(plain(token["raw"])),))] if token.get("raw", "").strip() else []

    def paragraph(self, token: Token) -> Sequence[Block]:
        """A paragraph, in parts where a display formula has a line of its own; one of nothing but pictures is those."""
        body = self.inlines(token["children"])
        if body and all(isinstance(inline, Picture | LostPicture) for inline in body):
            return [inline for inline in body if isinstance(inline, Picture | LostPicture)]
        return parted(body)

    def listing(self, token: Token) -> Listing:
        attributes = token["attrs"]
        items = tuple(
            Item(self.blocks(item["children"], nested=True), (item.get("attrs") or {}).get("checked"))
            for item in token["children"]
        )
        return Listing(items, attributes.get("start", 1) if attributes["ordered"] else None)

    def table(self, token: Token) -> Sequence[Block]:
        head, body = token["children"]
        rows = [[LooseCell(self.inlines(cell["children"]), heads=not y) for cell in row["children"]] for y, row in enumerate([head, *body["children"]])]
        found = make_table(rows[:1], rows[1:])
        sides = [cell["attrs"]["align"] for cell in head["children"]]
        if not any(sides):
            return found
        return [
            replace(block, align=tuple((side or "left") for side, _ in itertools.zip_longest(sides, block.align)))
            if isinstance(block, Table)
            else block
            for block in found
        ]

    def inlines(self, tokens: Sequence[Token]) -> Inlines:
        """Read the tokens of a whole line or paragraph."""
        return tidied(self.pieces(tokens))

    def inside(self, token: Token) -> Inlines:
        """Read the tokens within one, whose words go on outside it."""
        return tidied_inside(self.pieces(token["children"]))

    def pieces(self, tokens: Sequence[Token]) -> list[Piece]:
        return [piece for token in tokens for piece in self.inline(token)]

    def inline(self, token: Token) -> Sequence[Piece]:
        match token["type"]:
            case "text":
                return [PlainText(plain(html.unescape(token["raw"])))]
            case "softbreak":
                return [PlainText("\n")]
            case "linebreak":
                return [LineBreak()]
            case "codespan":
                return [Code(plain(token["raw"]))]
            case "strong":
                return [Strong(self.inside(token))]
            case "emphasis":
                return [Emphasis(self.inside(token))]
            case "strikethrough":
                return [Strike(self.inside(token))]
            case "maths":
                return [Formula(token["raw"].strip(), token["attrs"]["display"])]
            case "inline_html":
                return [Tag(token["raw"])]
            case "link":
                return linked(token["attrs"]["url"], self.inside(token))
            case "image":
                return [self.image(token)]
            case "footnote_ref":
                return [self.footnote(token["raw"])]
            case _:
                return [PlainText(plain(token.get("raw", "")))]

    def image(self, token: Token) -> Inline:
        address = token["attrs"]["url"]
        alt = plain("".join(child.get("raw", "") for child in token["children"])).strip()
        return pictures.from_address(address, alt)

    def footnote(self, key: str) -> Inline:
        if key in self.open_notes or len(self.open_notes) > _DEEPEST_NOTE or (self.open_notes and key in self.said):
            return PlainText(plain(f"[^{self.parsed.typed(key)}]"))
        if not self.left:
            return NotPrinted("footnotes", f"> {in_force().footnotes:,}")
        return Footnote(*self.note(key))

    def note(self, key: str) -> tuple[Inlines, Blocks]:
        """Return what a note says: the paragraphs that it begins with as lines, and other blocks."""
        self.left -= 1
        self.said.add(key)
        self.open_notes.append(key)
        blocks = self.blocks(self.parsed.tokens_of(key), nested=True)
        self.open_notes.pop()
        lines: list[Inline] = []
        for at, block in enumerate(blocks):
            if not isinstance(block, Paragraph):
                return tuple(lines), blocks[at:]
            lines += [LineBreak(), *block.body] if lines else block.body
        return tuple(lines), ()

    def uncited(self) -> Iterator[Block]:
        """Yield the notes that no text cites, each after its mark."""
        # A note may define another.
        while key := next((key for key in self.parsed.notes if key not in self.said), None):
            if not self.left:
                yield NotPrinted("footnotes", f"> {in_force().footnotes:,}")
                return
            lines, blocks = self.note(key)
            yield Paragraph((PlainText(plain(f"[^{self.parsed.typed(key)}]: ")), *lines))
            yield from blocks
