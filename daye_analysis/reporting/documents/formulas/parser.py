"""Parse LaTeX mathematics into a tree: a common subset; everything else is refused."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from daye_analysis.reporting.documents.formulas import names as names

Variant = Literal["bold", "upright", "blackboard", "calligraphic", "fraktur", "sans", "mono"]
_TOKEN = re.compile(r"\\[A-Za-z]+|\\[\s\S]|\d+(?:\.\d+)?|%[^\n]*|\s+|[\s\S]")
_DEEPEST = 40


class NotUnderstood(ValueError):
    """The formula holds something outside the subset; it is then printed as typed."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One letter, number or sign."""

    text: str


@dataclass(frozen=True, slots=True)
class Words:
    """Upright words within a formula."""

    text: str


@dataclass(frozen=True, slots=True)
class Function:
    """A named function such as log; `limits` places what is attached above and below."""

    name: str
    limits: bool = False


@dataclass(frozen=True, slots=True)
class FormulaRow:
    """Parts side by side."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Fraction:
    """One part over another; without a `bar` it is a binomial coefficient."""

    over: Part
    under: Part
    bar: bool = True


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `index` is None for a square root."""

    body: Part
    index: Part | None


@dataclass(frozen=True, slots=True)
class Scripts:
    """A base with what is below and above it."""

    base: Part
    below: Part | None
    above: Part | None


@dataclass(frozen=True, slots=True)
class Fence:
    """Delimiters that grow with what they hold; an empty one is not drawn."""

    left: str
    body: Part
    right: str


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark over or under a part (names as in `names.ACCENTS`)."""

    mark: str
    body: Part


@dataclass(frozen=True, slots=True)
class Style:
    """A part in another alphabet."""

    variant: Variant
    body: Part


@dataclass(frozen=True, slots=True)
class Array:
    """Rows and columns: a matrix, cases, or lines aligned at a sign."""

    kind: Literal["matrix", "cases", "aligned"]
    rows: tuple[tuple[Part, ...], ...]
    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Empty room, in em."""

    width: float


Part = Symbol | Words | Function | FormulaRow | Fraction | Root | Scripts | Fence | Accent | Style | Array | Space


def parse_formula(latex: str) -> FormulaRow:
    """Return the tree of `latex`; raise `NotUnderstood` where a command or structure is outside the subset."""
    tokens = ["\\\\" if token == "\\cr" else token for token in _TOKEN.findall(latex) if not token.startswith("%")]
    return _Parser(tokens).row(lambda token: token is None)


def _literally(text: str) -> str:
    """Return words as they are read; raise NotUnderstood for a command among them."""
    text = re.sub(r"\\text[a-z]*\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\\[,;: ]|~", " ", text).replace("\\!", "")
    if re.search(r"\\[A-Za-z]|(?<!\\)[{}$]", text):
        raise NotUnderstood("a command within words")
    return re.sub(r"\\(.)", r"\1", text)


def _in_em(length: str) -> float:
    """Return a TeX length in em; 0 where its unit is not known."""
    match = re.fullmatch(r"\s*(-?\d*\.?\d+)\s*(em|ex|pt|mu|cm|mm)\s*", length)
    return float(match[1]) * {"em": 1.0, "ex": 0.43, "pt": 0.1, "mu": 1 / 18, "cm": 2.8, "mm": 0.28}[match[2]] if match else 0.0


def is_understood(latex: str) -> bool:
    """Return whether `parse_formula` reads all of `latex`."""
    try:
        parse_formula(latex)
    except NotUnderstood:
        return False
    return True


class _Parser:
    """Recursive descent over the tokens of one formula."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.ends: list[Callable[[str | None], bool]] = []

    def peek(self) -> str | None:
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def next(self) -> str:
        token = self.peek()
        if token is None:
            raise NotUnderstood("the formula ends too early")
        self.at += 1
        return token

    def expect(self, wanted: str) -> None:
        if self.next() != wanted:
            raise NotUnderstood(f"{wanted} is missing")

    def row(self, ends: Callable[[str | None], bool]) -> FormulaRow:
        """Read parts up to a token that `ends`, which is left standing."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotUnderstood("nested too deep")
        parts: list[Part] = []
        over: tuple[Part, ...] = ()
        infix = ""
        self.ends.append(ends)
        while not ends(token := self.peek()):
            if token is None:
                raise NotUnderstood("the formula ends too early")
            if token in names.INFIXES:
                if infix:
                    raise NotUnderstood("two fractions in one group")
                self.at += 1
                infix, over, parts = token, tuple(parts), []
                continue
            parts.append(self.scripted())
        self.ends.pop()
        self.depth -= 1
        if infix:
            return FormulaRow((Fraction(FormulaRow(over), FormulaRow(tuple(parts)), bar=names.INFIXES[infix]),))
        return FormulaRow(tuple(parts))

    def scripted(self) -> Part:
        """Read one part with what is attached to it."""
        base: Part = FormulaRow(()) if self.peek() in ("_", "^", "'") else self.part()
        below: Part | None = None
        above: Part | None = None
        while (token := self.peek()) in ("_", "^", "'", "\\limits", "\\nolimits"):
            self.at += 1
            if token == "_" and below is None:
                below = self.argument()
            elif token == "^" and above is None:
                above = self.argument()
            elif token == "'":
                above = FormulaRow(
                    (*(above.parts if isinstance(above, FormulaRow) else (above,) if above else ()), Symbol("′"))
                )
            elif token in ("_", "^"):
                raise NotUnderstood("two scripts at one place")
        return base if below is None and above is None else Scripts(base, below, above)

    def argument(self) -> Part:
        """Read one argument: a group in braces or a single part; of a bare number only the first digit."""
        token = self.peek()
        if token and token[0].isdigit() and len(token) > 1:
            self.tokens[self.at] = token[1:]
            return Symbol(token[0])
        if token != "{":
            self.depth += 1
            if self.depth > _DEEPEST:
                raise NotUnderstood("nested too deep")
            part = self.part()
            self.depth -= 1
            return part
        self.at += 1
        body = self.row(lambda token: token == "}")
        self.expect("}")
        return body.parts[0] if len(body.parts) == 1 else body

    def braced(self) -> str:
        """Read a group in braces as it was typed."""
        self.expect("{")
        open_groups, start = 1, self.at
        while open_groups:
            if self.at >= len(self.tokens):
                raise NotUnderstood("} is missing")
            open_groups += {"{": 1, "}": -1}.get(self.tokens[self.at], 0)
            self.at += 1
        return "".join(self.tokens[start : self.at - 1])

    def raw_argument(self) -> str:
        """Read a group in braces as its characters."""
        return _literally(self.braced())

    def part(self) -> Part:
        token = self.peek()
        if token == "{":
            return self.argument()
        token = self.next()
        if token in ("}", "&", "$", "#", "\\\\", "_", "^"):
            raise NotUnderstood(f"{token} is out of place")
        if token == "~":
            return Space(names.SPACES["\\ "])
        return self.command(token) if token.startswith("\\") else Symbol(names.SIGNS.get(token, token))

    def command(self, token: str) -> Part:
        name = token[1:]
        if token in names.SPACES:
            return Space(names.SPACES[token])
        if name in names.SYMBOLS:
            return Symbol(names.SYMBOLS[name])
        if name in names.FUNCTIONS:
            return Function(names.FUNCTIONS[name], limits=name in names.WITH_LIMITS)
        if name in names.ACCENTS:
            return Accent(names.ACCENTS[name], self.argument())
        if name in names.VARIANTS:
            return self.styled(names.VARIANTS[name])
        if name in names.WORDS:
            return self.words()
        if name in names.LOGOS:
            return Words(names.LOGOS[name])
        if name in names.ALPHABETS:
            # It holds up to the end of its group.
            return Style(names.ALPHABETS[name], self.row(self.ends[-1]))
        if name in names.COLOURS:
            return self.coloured(names.COLOURS[name])
        if name in names.IGNORED or name in names.LAYOUT:
            return FormulaRow(())
        return self.structure(name)

    def words(self) -> Part:
        """Read upright words, among which formulas may be between dollar signs."""
        pieces = re.split(r"(?<!\\)\$", self.braced())
        if len(pieces) % 2 == 0:
            raise NotUnderstood("a dollar sign within words")
        parts = (Words(_literally(piece)) if at % 2 == 0 else parse_formula(piece) for at, piece in enumerate(pieces) if piece)
        found = tuple(parts)
        return found[0] if len(found) == 1 else FormulaRow(found)

    def coloured(self, arguments: int) -> Part:
        """Leave colours and frames out: what they are put on stays."""
        if self.peek() == "[":
            while self.next() != "]":
                pass
        for _ in range(arguments):
            self.braced()
        return self.argument() if self.peek() == "{" else FormulaRow(())

    def styled(self, variant: Variant) -> Part:
        body = self.argument()
        letters = body.parts if isinstance(body, FormulaRow) else (body,)
        if variant == "upright" and len(letters) > 1 and all(isinstance(each, Symbol) for each in letters):
            return Function("".join(each.text for each in letters if isinstance(each, Symbol)))
        return Style(variant, body)

    def structure(self, name: str) -> Part:
        match name:
            case "frac" | "dfrac" | "tfrac" | "cfrac":
                return Fraction(self.argument(), self.argument())
            case "binom" | "dbinom" | "tbinom":
                return Fraction(self.argument(), self.argument(), bar=False)
            case "sqrt":
                return self.root()
            case "left":
                return self.fence()
            case "begin":
                return self.environment()
            case "operatorname":
                if limits := self.peek() == "*":
                    self.at += 1
                return Function(self.raw_argument(), limits)
            case "boxed" | "fbox" | "mathop" | "mathrel" | "mathbin" | "mathord" | "mathopen" | "mathclose" | "mathpunct" | "mathinner":
                return self.argument()
            case "tag":
                starred = self.peek() == "*"
                self.at += starred
                said = self.raw_argument()
                return FormulaRow((Space(2.0), Words(said if starred else f"({said})")))
            case "label":
                self.braced()
                return FormulaRow(())
            case "ref" | "eqref":
                return Words(f"({self.raw_argument()})")
            case "phantom" | "hphantom" | "vphantom":
                self.argument()
                return Space(0.0 if name == "vphantom" else 0.6)
            case "hspace" | "mspace":
                self.at += self.peek() == "*"
                return Space(_in_em(self.braced()))
            case "not":
                sign = self.part()
                if not isinstance(sign, Symbol):
                    raise NotUnderstood("nothing to strike out")
                return Symbol(unicodedata.normalize("NFC", f"{sign.text}\u0338"))
            case "substack":
                self.expect("{")
                lines: list[tuple[Part, ...]] = []
                while not lines or self.peek() == "\\\\":
                    self.at += bool(lines)
                    lines.append((self.row(lambda token: token in ("\\\\", "}")),))
                self.expect("}")
                return Array("matrix", tuple(lines))
            case "xrightarrow" | "xleftarrow" | "xleftrightarrow" | "xRightarrow":
                below = self.bracketed()
                above = self.argument()
                return Scripts(Symbol(names.SYMBOLS[name[1:]]), below, above)
            case "overset" | "stackrel":
                above = self.argument()
                return Scripts(self.argument(), None, above)
            case "underset":
                under = self.argument()
                return Scripts(self.argument(), under, None)
            case _:
                raise NotUnderstood(f"\\{name} is not known")

    def bracketed(self) -> Part | None:
        """Read an optional argument in brackets."""
        if self.peek() != "[":
            return None
        self.at += 1
        body = self.row(lambda token: token == "]")
        self.expect("]")
        return body

    def root(self) -> Root:
        index = self.bracketed()
        return Root(self.argument(), index)

    def fence(self) -> Fence:
        left = self.delimiter()
        body = self.row(lambda token: token == "\\right")
        self.expect("\\right")
        return Fence(left, body, self.delimiter())

    def delimiter(self) -> str:
        token = self.next()
        if token not in names.DELIMITERS:
            raise NotUnderstood(f"{token} is no delimiter")
        return names.DELIMITERS[token]

    def environment(self) -> Array:
        name = self.raw_argument()
        if name.rstrip("*") not in names.ENVIRONMENTS:
            raise NotUnderstood(f"the environment {name} is not known")
        kind, left, right = names.ENVIRONMENTS[name.rstrip("*")]
        if name.rstrip("*") in names.WITH_COLUMNS:
            self.raw_argument()
        rows: list[tuple[Part, ...]] = []
        cells: list[Part] = []
        while True:
            cells.append(self.row(lambda token: token in ("&", "\\\\", "\\end")))
            end = self.next()
            if end == "&":
                continue
            if end == "\\\\" or any(cell != FormulaRow(()) for cell in cells):
                rows.append(tuple(cells))
            cells = []
            if end == "\\end":
                break
        if self.raw_argument() != name:
            raise NotUnderstood(f"\\end{{{name}}} is missing")
        return Array(kind, tuple(rows), left, right)
