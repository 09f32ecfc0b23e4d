"""The numbers that Word counts by itself before paragraphs: 一、 (一) 1. 第三条, which python-docx leaves out of their text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from daye_analysis.bilingual import Text
from daye_analysis.source.targets.chinese_numerals import chinese_words

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVEL: Final = re.compile(r"%([1-9])")
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
# After these a label runs on without a space.
_CLOSED: Final = tuple("、，。．：）】」")


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    said = ""
    for value, sign in ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
                        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):  # fmt: skip
        said += sign * (number // value)
        number %= value
    return said


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


# Word's names of formats, and what each writes.
_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCountingThousand"), chinese_words),
    "ideographTraditional": lambda number: _STEMS[(number - 1) % 10],
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list is numbered; where it is `legal`, the numbers of the levels above in digits."""

    form: str
    pattern: str
    start: int
    legal: bool


class Numbering:
    """Counts as Word does: to be asked of each paragraph once, in the document's order."""

    def __init__(self, document: Any) -> None:
        part = next((each.target_part for each in document.part.rels.values() if each.reltype.endswith("/numbering")), None)
        root = part.element if part is not None else None
        self._styles = {str(style.style_id): style.element for style in document.styles}
        self._lists: dict[str, tuple[str, Mapping[int, _Level], set[int]]] = {}
        if root is not None:
            abstract = {str(each.get(f"{_WORD}abstractNumId")): each for each in root.findall(f"{_WORD}abstractNum")}
            for each in root.findall(f"{_WORD}num"):
                key = _value(each, "abstractNumId")
                if key in abstract:
                    self._lists[str(each.get(f"{_WORD}numId"))] = (key, _levels(abstract[key], each), _restarts(each))
        self._counted: dict[str, dict[int, int]] = {}
        self._met: set[str] = set()

    def label(self, paragraph: Any) -> str:
        """Return what Word writes before the paragraph (its XML element), empty where it counts nothing or only marks it."""
        name, depth = self._place(paragraph)
        if name not in self._lists:
            return ""
        key, levels, restarts = self._lists[name]
        counts = self._counted.setdefault(key, {})
        if name not in self._met:
            self._met.add(name)
            for restarted in restarts:
                counts.pop(restarted, None)
        level = levels.get(depth)
        if level is None:
            return ""
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            of = levels.get(at, level)
            form = "decimal" if level.legal and at < depth else of.form
            return _FORMATS.get(form, str)(counts.get(at, of.start))

        return _LEVEL.sub(number, level.pattern)

    def unread(self, paragraph: Any) -> Text | None:
        """Return the format of a paragraph's number that is not known here, None where there is none."""
        name, depth = self._place(paragraph)
        level = self._lists[name][1].get(depth) if name in self._lists else None
        if level is None or level.form in _FORMATS or level.form == "bullet":
            return None
        return Text(f"自动编号（格式 {level.form}）", f"automatic numbers (of the format {level.form})")

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """Return the list and the level of a paragraph, its own or those of its style; an empty name for none."""
        properties = paragraph.find(f"{_WORD}pPr")
        seen: set[str] = set()
        depth: str = ""
        while properties is not None:
            found = properties.find(f"{_WORD}numPr")
            if found is not None:
                depth = depth or _value(found, "ilvl")
                if name := _value(found, "numId"):
                    return ("" if name == "0" else name), int(depth or 0)
            style = self._styles.get(_value(properties, "pStyle") or _value(properties.getparent(), "basedOn"))
            if style is None or str(style.get(f"{_WORD}styleId")) in seen:
                return "", 0
            seen.add(str(style.get(f"{_WORD}styleId")))
            properties = style.find(f"{_WORD}pPr")
        return "", 0


def labelled(label: str, text: str) -> str:
    """Return a paragraph's words after what Word writes before them; a number alone, as in a table's first column, without its point."""
    if not label:
        return text
    if not text.strip():
        return label.strip(" 、.．")
    return f"{label.strip()}{'' if label.strip().endswith(_CLOSED) else ' '}{text}"


def _levels(abstract: Any, own: Any) -> dict[int, _Level]:
    """Return the levels of a list by depth; what it overrides is its own."""
    found = [*abstract.findall(f"{_WORD}lvl")]
    starts = {}
    for override in own.findall(f"{_WORD}lvlOverride"):
        found += override.findall(f"{_WORD}lvl")
        if first := _value(override, "startOverride"):
            starts[int(override.get(f"{_WORD}ilvl"))] = int(first)
    levels = {}
    for each in found:
        depth = int(each.get(f"{_WORD}ilvl"))
        start = starts.get(depth, int(_value(each, "start") or 1))
        levels[depth] = _Level(_value(each, "numFmt") or "decimal", _value(each, "lvlText"), start, each.find(f"{_WORD}isLgl") is not None)
    return levels


def _restarts(own: Any) -> set[int]:
    return {int(each.get(f"{_WORD}ilvl")) for each in own.findall(f"{_WORD}lvlOverride") if _value(each, "startOverride")}


def _value(element: Any, name: str) -> str:
    child = element.find(f"{_WORD}{name}")
    return "" if child is None else str(child.get(f"{_WORD}val") or "")
