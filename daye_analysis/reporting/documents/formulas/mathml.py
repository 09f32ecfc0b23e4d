"""LaTeX mathematics as MathML for the HTML page: latex2mathml, and what of its result may be on a page."""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element, tostring

from daye_analysis.reporting.documents.formulas.names import WITH_COLUMNS

_TAGS = frozenset([
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "mstyle", "msub", "msup",
    "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd", "menclose", "mphantom", "mpadded",
])  # fmt: skip
# Neither style, class and identifiers nor addresses, which are the formula's author's to write.
_ATTRIBUTES = frozenset([
    "accent", "accentunder", "columnalign", "columnlines", "columnspacing", "depth", "display", "displaystyle",
    "fence", "form", "frame", "height", "linebreak", "linethickness", "lspace", "mathbackground", "mathcolor",
    "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rspace",
    "scriptlevel", "stretchy", "symmetric", "voffset", "width", "xmlns",
])  # fmt: skip
_CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
# Environments that the library does not know, as ones that it does.
_ENVIRONMENTS = {
    "aligned": "align*", "alignedat": "align*", "alignat": "align*", "gather": "array}{c", "gathered": "array}{c", "multline": "array}{c",
    "eqnarray": "array}{rcl", "flalign": "align*",
}  # fmt: skip
_ENVIRONMENT = re.compile(r"\\(begin|end)\{(" + "|".join(_ENVIRONMENTS) + r")\*?\}(\{\d+\})?")
# Macros that name each other grow without end.
_MACRO = re.compile(r"\\(?:def|let|(?:re)?newcommand|providecommand)(?![A-Za-z])")
# What is not shown, and what the library knows by another name only.
_OTHERWISE = (
    (re.compile(r"\\label\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])"), ""),
    (re.compile(r"\\arg(?![A-Za-z])"), r"\\operatorname{arg}"),
    (re.compile(r"\\(d?dag)(?![A-Za-z])"), r"\\\1ger"),
    (re.compile(r"\\cr(?![A-Za-z])"), r"\\\\"),
    (re.compile(r"\\((?:La)?TeX)(?![A-Za-z])"), r"\\text{\1}"),
)
_ESCAPED = re.compile(r"\\([#$%&_{}])")


def to_mathml(latex: str, display: bool, said: str) -> str | None:
    """Return a `math` element that `said` is read out for; None where the formula holds something not understood."""
    from latex2mathml.converter import Converter

    if _MACRO.search(latex):
        return None
    known = _ENVIRONMENT.sub(_environment, latex)
    for pattern, replacement in _OTHERWISE:
        known = pattern.sub(replacement, known)
    try:
        math = Converter(display="block" if display else "inline").convert_to_element(known)
        if not all(_is_understood(element) for element in math.iter()):
            return None
        del math.attrib["xmlns"]
        if not display:
            del math.attrib["display"]
        math.set("alttext", said)
        return tostring(math, encoding="unicode")
    except Exception:  # noqa: BLE001  (the library raises whatever comes first on what it does not understand)
        return None


def _environment(found: re.Match[str]) -> str:
    name = _ENVIRONMENTS[found[2]]
    # How many columns to align is for LaTeX to know.
    argument = "" if found[2] in WITH_COLUMNS else found[3] or ""
    return rf"\{found[1]}{{{name if found[1] == 'begin' else name.partition('}')[0]}}}{argument}"


def _is_understood(element: Element) -> bool:
    """Return whether an element may be shown, after its text is replaced by its meaning."""
    text = unescape(element.text or "")
    element.text = _ESCAPED.sub(r"\1", text) if element.tag == "mtext" else text
    is_known = element.tag in _TAGS and element.attrib.keys() <= _ATTRIBUTES
    # A command that the library does not know becomes a name; so does a sign that separates columns elsewhere.
    is_left_over = element.tag == "mi" and (text == "&" or (len(text) > 1 and text.startswith("\\")))
    return is_known and not is_left_over and _CHILDREN.get(element.tag, len(element)) == len(element)
