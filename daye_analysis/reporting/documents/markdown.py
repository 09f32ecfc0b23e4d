"""Convert Markdown to blocks, through mistune's syntax tree."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from daye_analysis.reporting.documents import pictures
from daye_analysis.reporting.documents.document_blocks import (
    Align,
    Block,
    Blocks,
    Cell,
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
from daye_analysis.reporting.documents.formulas import marks
from daye_analysis.reporting.documents.html.inlines import Piece, Tag, linked, parted, tidied, tidied_inside
from daye_analysis.reporting.documents.html.reader import read_html
from daye_analysis.reporting.documents.html.tables import aligned

if TYPE_CHECKING:
    from mistune import BlockParser, BlockState, InlineParser, InlineState, Markdown

Token = dict[str, Any]
Attachments = Mapping[str, Mapping[str, str]]

# Jupyter's other marks, `\\(x\\)` and `\\[x\\]`; what opens twice and never closes is read once.
_INLINE_PARENTHESES = r"\\\\\((?P<inline_parentheses>(?:(?!\n[ \t]*\n|\\\\\()[\s\S])+?)\\\\\)"
_DISPLAY_BRACKETS = r"\\\\\[(?P<display_brackets>(?:(?!\n[ \t]*\n|\\\\\[(?!\d))[\s\S])+?)\\\\\]"
_BLOCK_BRACKETS = r"^ {0,3}\\\\\[(?P<block_brackets>(?:(?!\n[ \t]*\n|\\\\\[(?!\d))[\s\S])+?)\\\\\][ \t]*$"
_BLOCK_MATHS = rf"^ {{0,3}}{marks.DISPLAY.replace('display_maths', 'block_maths')}[ \t]*$"
_BLOCK_ENVIRONMENT = rf"^ {{0,3}}{marks.ENVIRONMENT}[ \t]*$"


def read_markdown(source: str, attachments: Attachments | None = None) -> Blocks:
    """Return the blocks of one Markdown text; `attachments` are the cell's own images."""
    tokens, _ = _parser().parse(source)
    assert isinstance(tokens, list)
    notes = {
        item["attrs"]["key"]: item["children"]
        for token in tokens
        if token["type"] == "footnotes"
        for item in token["children"]
    }
    blocks = _Reader(notes).blocks(tokens)
    return transformed(blocks, lambda node: _attached(node, attachments)) if attachments else blocks


def _attached(node: Node, attachments: Attachments) -> Node:
    """Return the cell's own picture of that name, however the address spells spaces and letters beyond ASCII."""
    if not isinstance(node, LostPicture) or node.reason != "outside":
        return node
    wanted = _file_name(node.address.removeprefix("attachment:").removeprefix("./"))
    bundle = next((bundle for name, bundle in attachments.items() if _file_name(name) == wanted), None)
    return node if bundle is None else pictures.like(node, pictures.from_bundle(bundle, node.alt, node.address))


def _file_name(address: str) -> str:
    return unicodedata.normalize("NFC", unquote(address))


@cache
def _parser() -> Markdown:
    import mistune

    return mistune.create_markdown(
        renderer=None, plugins=["table", "strikethrough", "task_lists", "footnotes", _maths]
    )


def _maths(md: Markdown) -> None:
    """Teach mistune the dollar signs and bare LaTeX environments of Jupyter."""

    def inline(name: str, display: bool) -> Callable[[InlineParser, re.Match[str], InlineState], int]:
        def parse(_: InlineParser, match: re.Match[str], state: InlineState) -> int:
            state.append_token({"type": "maths", "raw": match.group(name), "attrs": {"display": display}})
            return match.end()

        return parse

    def block(name: str) -> Callable[[BlockParser, re.Match[str], BlockState], int]:
        def parse(_: BlockParser, match: re.Match[str], state: BlockState) -> int:
            state.append_token({"type": "maths", "raw": match.group(name), "attrs": {"display": True}})
            return match.end() + 1

        return parse

    md.inline.register("rule_display", marks.DISPLAY, inline("display_maths", True), before="link")
    md.inline.register("rule_inline", marks.INLINE, inline("inline_maths", False), before="link")
    md.inline.register("rule_spaced", marks.SPACED, inline("spaced_maths", False), before="link")
    # They begin with what is otherwise an escaped backslash.
    md.inline.register("rule_parentheses", _INLINE_PARENTHESES, inline("inline_parentheses", False), before="escape")
    md.inline.register("rule_brackets", _DISPLAY_BRACKETS, inline("display_brackets", True), before="escape")
    md.block.register("rule_block_brackets", _BLOCK_BRACKETS, block("block_brackets"), before="list")
    md.block.register("rule_block", _BLOCK_MATHS, block("block_maths"), before="list")
    md.block.register("rule_environment", _BLOCK_ENVIRONMENT, block("environment"), before="list")


class _Reader:
    """Turns mistune's tokens into blocks, with the footnotes of one cell at hand."""

    def __init__(self, notes: Mapping[str, list[Token]]) -> None:
        self.notes = notes

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
                return [CodeBlock(plain(token["raw"].rstrip("\n")), language.split(" ")[0])]
            case "block_quote":
                return [Quote(self.blocks(token["children"], nested=True))]
            case "list":
                return [self.listing(token)]
            case "thematic_break":
                return [Divider()]
            case "table":
                return [self.table(token)]
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

    def table(self, token: Token) -> Table:
        head, *bodies = token["children"]
        rows = [head["children"], *(row["children"] for body in bodies for row in body["children"])]
        align: tuple[Align, ...] = tuple(cell["attrs"]["align"] or "left" for cell in rows[0])
        given = any(cell["attrs"]["align"] for cell in rows[0])
        cells = tuple(
            Cell(x, y, self.inlines(cell["children"]), heads=y == 0)
            for y, row in enumerate(rows)
            for x, cell in enumerate(row)
        )
        table = Table(1, len(rows), align, cells)
        return table if given else aligned(table)

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
        paragraphs = [
            self.inlines(child["children"]) for child in self.notes.get(key, []) if child.get("children")
        ]
        body: list[Inline] = []
        for paragraph in paragraphs:
            body += [LineBreak(), *paragraph] if body else paragraph
        return Footnote(tuple(body))
