"""Parse Markdown with mistune into its tokens, and the text of each footnote, which is parsed where it is cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from daye_analysis.reporting.documents.formulas import marks
from daye_analysis.reporting.documents.markdown_syntax.tables import tables

if TYPE_CHECKING:
    from mistune import BlockParser, BlockState, InlineParser, InlineState, Markdown

Token = dict[str, Any]
_TYPED = "typed_footnotes"

# Jupyter's other marks, `\\(x\\)` and `\\[x\\]`; what opens twice and never closes is read once.
_INLINE_PARENTHESES = r"\\\\\((?P<inline_parentheses>(?:(?!\n[ \t]*\n|\\\\\()[\s\S])+?)\\\\\)"
_DISPLAY_BRACKETS = r"\\\\\[(?P<display_brackets>(?:(?!\n[ \t]*\n|\\\\\[(?!\d))[\s\S])+?)\\\\\]"
_BLOCK_BRACKETS = r"^ {0,3}\\\\\[(?P<block_brackets>(?:(?!\n[ \t]*\n|\\\\\[(?!\d))[\s\S])+?)\\\\\][ \t]*$"
_BLOCK_MATHS = rf"^ {{0,3}}{marks.DISPLAY.replace('display_maths', 'block_maths')}[ \t]*$"
_BLOCK_ENVIRONMENT = rf"^ {{0,3}}{marks.ENVIRONMENT}[ \t]*$"


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tokens of a text, and its footnotes as typed; `state` knows the links that the text defines."""

    tokens: list[Token]
    notes: Mapping[str, str]
    state: BlockState

    def typed(self, key: str) -> str:
        """Return the name of a footnote as its text has it: mistune knows it in capital letters."""
        return str(self.state.env[_TYPED][key])

    def tokens_of(self, key: str) -> list[Token]:
        """Return the tokens of one footnote."""
        first, _, rest = self.notes[key].partition("\n")
        indents = [len(line) - len(line.lstrip(" ")) for line in rest.split("\n") if line.strip()]
        indent = indents[0] if indents else 0
        body = "\n".join([first.strip(), *(line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in rest.split("\n"))])
        tokens, _ = _parser().parse(body.strip("\n"), self.state.child_state(""))
        assert isinstance(tokens, list)
        return tokens


def parse_markdown(source: str) -> Parsed:
    """Return the tokens and footnotes of a Markdown text."""
    tokens, state = _parser().parse(source)
    assert isinstance(tokens, list)
    return Parsed(tokens, state.env.get("ref_footnotes") or {}, state)


@cache
def _parser() -> Markdown:
    import mistune

    return mistune.create_markdown(renderer=None, plugins=["strikethrough", "task_lists", _footnotes, tables, _maths])


def _footnotes(md: Markdown) -> None:
    """Teach mistune footnotes: not set at the end, as its own plugin does, and a second one of the same name stays as typed."""
    from mistune.plugins.footnotes import (
        INLINE_FOOTNOTE,
        REF_FOOTNOTE,
        parse_inline_footnote,
        parse_ref_footnote,
    )
    from mistune.util import unikey

    def once(block: BlockParser, match: re.Match[str], state: BlockState) -> int:
        if unikey(match["footnote_key"]) not in (state.env.get("ref_footnotes") or {}):
            state.env.setdefault(_TYPED, {})[unikey(match["footnote_key"])] = match["footnote_key"]
            return parse_ref_footnote(block, match, state)
        state.add_paragraph(match[0])
        return match.end()

    md.inline.register("footnote", INLINE_FOOTNOTE, parse_inline_footnote, before="link")
    md.block.register("ref_footnote", REF_FOOTNOTE, once, before="ref_link")
    # Within lists and quotations too, where it would define a link.
    for rules in (md.block.list_rules, md.block.block_quote_rules):
        rules.insert(rules.index("ref_link"), "ref_footnote")


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
