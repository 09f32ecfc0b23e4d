"""Check that every word and picture of a document is in its PDF: both are read in order and compared.

What was drawn is consumed once, so that a word that occurs twice must be drawn twice. Footnotes, cells that span rows
and the parts of a wide table are drawn elsewhere than the document has them: a word that is not next is looked for
further on, then in what was passed over. White space, hyphens and the spelling of a character's form do not count.

A word broken between two lines looks like two, and the same letters by themselves elsewhere may take one of them. Where
words are missing, the PDF's tags are read too: they say which lines are one cell or paragraph, and those that are as a whole
what a place of the document says are that place.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from heapq import heappop, heappush

from daye_analysis.bilingual import Language
from daye_analysis.errors import Problem
from daye_analysis.reporting.documents.checks.pdf_content import PdfContent, read_blocks, read_pdf
from daye_analysis.reporting.documents.document_blocks import (
    Anchor,
    Blocks,
    CitedAt,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Formula,
    Group,
    Heading,
    Inlines,
    LineBreak,
    Link,
    LostPicture,
    Node,
    NotPrinted,
    Picture,
    PlainText,
    Printout,
    Raised,
    Strike,
    Strong,
    Table,
    walk,
)
from daye_analysis.reporting.documents.formulas.parser import (
    Function,
    NotUnderstood,
    Symbol,
    Words,
    parse_formula,
)
from daye_analysis.reporting.documents.not_printed import (
    alternative_text,
    lost_picture,
    lost_words,
    replacement,
)
from daye_analysis.reporting.documents.svg.safe import drawing_texts, is_words_only

# So many bytes of text a page or two hold: what was moved by the layout is found within them.
_NEAR = 20_000
# Of more lost words than this in one place only the number is of use.
_MOST_LOST = 500
_NOT_COMPARED = re.compile("[\x00-\x1f\x7f\xad\u200b-\u200f\u2010\u2011\u2060\ufe00-\ufe0f\ufeff\ufffe\uffff-]")
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of one place in the notebook that are drawn one after the other."""

    where: str
    words: tuple[bytes, ...]


def missing_content(document: Document, pdf: bytes) -> list[Problem]:
    """Return a problem for each place of `document` whose words or pictures are not all in `pdf`."""
    content = read_pdf(pdf)
    runs = list(_runs(document))
    lost = _lost_words(runs, content.pieces)
    if lost:
        lost = _lost_words(*_without_same(runs, read_blocks(pdf)))
    return [*(lost_words(where, found) for where, found in lost.items()), *_missing_pictures(document, content)]


def _without_same(runs: Iterable[_Run], blocks: Sequence[tuple[str, ...]]) -> tuple[list[_Run], list[str]]:
    """Return the runs, and the pieces of blocks, that are left when each run has taken a block that says the same.

    A cell that goes on over pages is a block on each of them.
    """
    unused: dict[bytes, list[int]] = {}
    for at, block in enumerate(blocks):
        unused.setdefault(b"".join(_words("".join(block))), []).append(at)
    unused.pop(b"", None)
    broken, left = [], []
    taken = set()
    for run in runs:
        if same := unused.get(b"".join(run.words)):
            taken.add(same.pop())
        else:
            broken.append(run)
    for run in broken:
        parts = _parts(b"".join(run.words), unused)
        taken |= {unused[part].pop() for part in parts}
        if not parts:
            left.append(run)
    return left, [piece for at, block in enumerate(blocks) if at not in taken for piece in block]


def _parts(text: bytes, unused: Mapping[bytes, Sequence[int]]) -> list[bytes]:
    """Return blocks that one after the other say `text`, longer ones first where there is a choice; none where there are none."""
    before: dict[int, bytes] = {0: b""}  # the block that ends at each place that blocks lead to
    waiting = [0]
    while waiting and len(text) not in before:
        at = heappop(waiting)
        for part in sorted((part for part, places in unused.items() if places and text.startswith(part, at)), key=len, reverse=True):
            if at + len(part) not in before:
                before[at + len(part)] = part
                heappush(waiting, at + len(part))
    parts: list[bytes] = []
    at = len(text) if len(text) in before else 0
    while at:
        parts.append(before[at])
        at -= len(before[at])
    return parts[::-1] if all(count <= len(unused[part]) for part, count in Counter(parts).items()) else []


def _lost_words(runs: Iterable[_Run], pieces: Sequence[str]) -> dict[str, list[str]]:
    """Return the words of `runs` that are not among `pieces`, by place."""
    drawn = _Drawn(pieces)
    lost: dict[str, list[str]] = {}
    for run in runs:
        found = lost.setdefault(run.where, [])
        if not drawn.take(b"".join(run.words)):
            for word in run.words if len(found) < _MOST_LOST else ():
                # A word broken at the foot of a page is whole where it is next, whatever the same word is further on.
                if not (drawn.take_next(word) or drawn.take_broken(word) or drawn.take(word)) and re.search(r"\w", word.decode()):
                    found.append(word.decode())
    return {where: found for where, found in lost.items() if found}


def _missing_pictures(document: Document, content: PdfContent) -> Iterator[Problem]:
    drawn = Counter(_squeezed(alt) for alt in content.pictures)
    for passage in document.passages:
        for node in walk(passage.blocks):
            if isinstance(node, Picture) and not (node.format == "svg" and is_words_only(node.data)):
                alt = _squeezed(alternative_text(node, document.language))
                drawn[alt] -= 1
                if drawn[alt] < 0:
                    yield lost_picture(alt, "not-set", passage.where)


class _Drawn:
    """The words of a PDF as bytes, each taken at most once: what was taken becomes zeros."""

    def __init__(self, pieces: Sequence[str]) -> None:
        words: list[bytes] = [word for piece in pieces for word in _words(piece)]
        self.text = bytearray(b"".join(words))
        # Where a word or a run of text begins or ends.
        self.edges = bytearray(len(self.text) + 1)
        at = 0
        for word in words:
            self.edges[at] = 1
            at += len(word)
        self.edges[at] = 1
        self.last = self.furthest = self.first = 0

    def take_next(self, word: bytes) -> bool:
        """Take `word` where it is next; return whether it was there."""
        for at in (self._next(self.last), self._next(self.furthest), self._first()):
            if self.text.startswith(word, at):
                return self._taken(at, len(word))
        return not word

    def take(self, word: bytes) -> bool:
        """Take `word` where it is next, else where it is by itself; return whether it was there."""
        if self.take_next(word):
            return True
        # What was passed over comes first: a word taken from further on would be missing there.
        for start, end in ((self.first, self.last), (self.last, self.last + _NEAR), (self.last, len(self.text))):
            at = self._standing(word, start, end)
            if at >= 0:
                return self._taken(at, len(word))
        return False

    def take_broken(self, word: bytes) -> bool:
        """Take a word whose beginning is next and whose rest is elsewhere, as at the foot of a page with notes."""
        at = self._next(self.last)
        length = 0
        while length < len(word) and at + length < len(self.text) and self.text[at + length] == word[length]:
            length += 1
        while length and (length == len(word) or not self.edges[at + length]):
            length -= 1
        if not length:
            return False
        rest = word[length:]
        for start, end in ((at + length, at + length + _NEAR), (self.first, at)):
            found = self.text.find(rest, start, end)
            if found >= 0:
                self._taken(at, length)
                return self._taken(found, len(rest))
        return False

    def _standing(self, word: bytes, start: int, end: int) -> int:
        """Return where `word` is by itself between `start` and `end`, else -1."""
        at = self.text.find(word, start, end)
        while at >= 0 and not (self.edges[at] and self.edges[at + len(word)]):
            at = self.text.find(word, at + 1, end)
        return at

    def _taken(self, at: int, length: int) -> bool:
        self.text[at : at + length] = bytes(length)
        # What is left on either side is by itself.
        self.edges[at] = self.edges[at + length] = 1
        self.last = at + length
        self.furthest = max(self.furthest, self.last)
        return True

    def _next(self, at: int) -> int:
        while at < len(self.text) and not self.text[at]:
            at += 1
        return at

    def _first(self) -> int:
        self.first = self._next(self.first)
        return self.first


def _runs(document: Document) -> Iterator[_Run]:
    places: list[tuple[str, Blocks | Inlines]] = [("title", document.heading or (PlainText(document.title),))]
    places += [(passage.where, passage.blocks) for passage in document.passages]
    for where, nodes in places:
        pending: list[str] = []
        for text in (*(text for node in nodes for text in _texts(node, document.language)), None):
            if text is not None:
                pending.append(text)
            else:
                if words := tuple(_words("".join(pending))):
                    yield _Run(where, words)
                pending.clear()


def _texts(node: Node, language: Language) -> Iterator[str | None]:
    """Yield the texts that `node` puts on paper; None where a run of words ends."""
    match node:
        case PlainText(text) | Code(text):
            yield text
        case CodeBlock(text) | Printout(text):
            yield from (None, text, None)
        case LineBreak():
            yield "\n"
        case Formula(latex):
            yield " ".join(["", *_symbols(latex), ""])
        case LostPicture() | NotPrinted():
            yield replacement(node, language)
        case Picture():
            yield None
            if node.format == "svg":
                for text in drawing_texts(node.data):
                    yield from (text, None)
            yield from (None, f"{node.label} {node.caption}", None)
        case _:
            is_line = isinstance(node, Strong | Emphasis | Strike | Raised | Link | Group | Anchor | CitedAt)
            if not is_line:
                yield None
            if isinstance(node, Heading):
                yield node.number
            if isinstance(node, Table):
                yield from (f"{node.label} {node.caption}", None)
            for field in fields(node):
                value = getattr(node, field.name)
                for child in value if isinstance(value, tuple) else ():
                    if isinstance(child, Node):
                        yield from _texts(child, language)
            if not is_line:
                yield None


def _symbols(latex: str) -> Iterator[str]:
    """Yield letters, numbers and words of a formula; signs that the layout draws are left out."""
    try:
        waiting: list[object] = [parse_formula(latex)]
    except NotUnderstood:
        yield latex
        return
    while waiting:
        part = waiting.pop()
        if isinstance(part, tuple):
            waiting += reversed(part)
        elif isinstance(part, Symbol | Words):
            if any(character.isalnum() for character in part.text):
                yield part.text
        elif isinstance(part, Function):
            yield part.name
        elif is_dataclass(part):
            waiting += reversed([getattr(part, field.name) for field in fields(part)])


def _words(text: str) -> list[bytes]:
    """Return the words of `text` in the one spelling that is compared."""
    folded = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    words = (_NOT_COMPARED.sub("", word) for word in folded.split())
    return [word.encode("utf-8", "replace") for word in words if word]


def _squeezed(text: str) -> str:
    return "".join(text.split())
