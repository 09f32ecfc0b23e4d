"""What a drawing costs: its elements, with every reference to another counted out, and the pixels of its filters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

XLINK = "http://www.w3.org/1999/xlink"
# Filters whose cost has no bound in the size of the drawing.
_COSTLY = {"feturbulence", "femorphology", "feconvolvematrix", "fediffuselighting", "fespecularlighting", "fedisplacementmap"}
# What a fill may refer to that draws nothing of its own.
_FLAT = {"lineargradient", "radialgradient"}
# What an element hands on to those within it.
_INHERITED = {"fill", "stroke", "marker", "marker-start", "marker-mid", "marker-end"}
# Drawn at every point of a line.
_AT_EACH_POINT = {"marker", "marker-mid"}
# A filter works on pixels: so many take as long as one element.
_PIXELS = 1000
# References within what is referred to multiply; a chain longer than this refers to itself.
_LONGEST_CHAIN = 12
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
_DECLARATION = re.compile(r"([\w-]+)\s*:([^;]*)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_NAME = re.compile(r"[.#]?[\w-]+|\*")
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")


def is_costly(root: Element, most: int, deepest: int) -> bool:
    """Return whether a drawing costs more than `most` elements, is deeper than `deepest`, or has no bound."""
    elements = list(_within(root, deepest))
    if not elements or len(elements) > most or any(local(element) in _COSTLY for element in elements):
        return True
    named = {name: element for element in elements if (name := element.get("id"))}
    styles = _styles(elements)
    handed: dict[Element, list[tuple[str, str]]] = {root: []}
    draws: dict[Element, list[tuple[Element, int]]] = {}
    area = _area(root)
    for element in elements:
        own = list(_references(element, styles))
        kept = [each for each in handed[element] if each[0] not in {name for name, _ in own}] + own
        for child in element:
            handed[child] = [each for each in kept if each[0] in _INHERITED]
        drawn = kept if not len(element) or local(element) == "text" else own
        draws[element] = [(target, _times(element, name, target, area)) for name, key in drawn if (target := named.get(key)) is not None]
    return _total(elements, draws, most) is None


def local(element: Element) -> str:
    """Return the name of an element without its namespace, in small letters."""
    return str(element.tag).rpartition("}")[2].lower()


def _within(root: Element, deepest: int) -> Iterator[Element]:
    """Yield all elements, parents first; none where one is too deep."""
    found, level = [root], [root]
    for _ in range(deepest):
        level = [child for element in level for child in element]
        if not level:
            return iter(found)
        found += level
    return iter(())


def _total(elements: list[Element], draws: Mapping[Element, list[tuple[Element, int]]], most: int) -> int | None:
    """Return what the whole costs; None where that is more than `most`, or has no end."""
    sizes: dict[Element, int] = {}
    for _ in range(_LONGEST_CHAIN):
        changed = False
        for element in reversed(elements):
            size = 1 + sum(sizes.get(child, 1) for child in element) + sum(sizes.get(target, 1) * times for target, times in draws[element])
            if size > most:
                return None
            changed |= sizes.get(element) != size
            sizes[element] = size
        if not changed:
            return sizes[elements[0]]
    return None


def _references(element: Element, styles: Mapping[str, list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """Yield what an element refers to, with the name of the property that does."""
    for name, value in element.attrib.items():
        short = name.rpartition("}")[2].lower()
        if short == "href" and value.startswith("#"):
            yield short, value[1:]
        elif short == "style":
            yield from _declared(value)
        else:
            yield from ((short, key) for key in _REFERENCE.findall(value))
    if styles:
        names = [local(element), "*", f"#{element.get('id', '')}", *(f".{each}" for each in element.get("class", "").split())]
        for each in names:
            yield from styles.get(each, ())


def _declared(style: str) -> Iterator[tuple[str, str]]:
    for name, value in _DECLARATION.findall(style):
        yield from ((name.lower(), key) for key in _REFERENCE.findall(value))


def _styles(elements: list[Element]) -> dict[str, list[tuple[str, str]]]:
    """Return the references of style sheets, by the last name of each selector."""
    found: dict[str, list[tuple[str, str]]] = {}
    for element in elements:
        text = "".join(element.itertext()) if local(element) == "style" else ""
        for selectors, body in _RULE.findall(text) if "url(" in text else ():
            if references := list(_declared(body)):
                for selector in selectors.split(","):
                    for name in _NAME.findall(selector)[-1:]:
                        found.setdefault(name if name[:1] in ".#" else name.lower(), []).extend(references)
    return found


def _times(element: Element, name: str, target: Element, area: float) -> int:
    """Return how often what an element refers to is drawn for it."""
    kind = local(target)
    if kind in _FLAT:
        return 0
    if kind == "filter":
        return max(1, round(area / _PIXELS))
    if name in _AT_EACH_POINT:
        line = element.get("d", "") + element.get("points", "")
        numbers = len(_NUMBER.findall(line))
        points = (numbers if set("hHvV") & set(line) else numbers // 2) + line.lower().count("z")
        return max(1, points - 2 if name == "marker-mid" else points)
    return 1


def _area(root: Element) -> float:
    """Return the pixels of a drawing."""
    box = [float(each) for each in _NUMBER.findall(root.get("viewBox", ""))]
    sides = [_NUMBER.findall(root.get(name, ""))[:1] if not root.get(name, "").endswith("%") else [] for name in ("width", "height")]
    width, height = (float(side[0]) if side else box[at] if len(box) == 4 else 300.0 for at, side in zip((2, 3), sides, strict=True))
    return min(width * height, 1e12)
