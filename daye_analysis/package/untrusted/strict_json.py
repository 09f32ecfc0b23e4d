"""Strict JSON: refuses what two readers may understand differently or what exhausts a reader."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import Any, NoReturn

from daye_analysis.errors import NotReadable
from daye_analysis.package.untrusted.limits import ReadLimits
from daye_analysis.package.untrusted.messages import GUARD_PROBLEMS
from daye_analysis.problem_messages import worded

# A string up to its end or, where it has none, to that of the text; or a bracket. Possessive, so that time is linear.
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def parse_strictly(content: bytes, where: str, limits: ReadLimits) -> Any:
    """Return the value of the JSON in `content`.

    Raises NotReadable for another encoding than UTF-8 without BOM, a key given twice, NaN, an infinite number,
    a half of a surrogate pair, nesting deeper than the limit, or malformed JSON.
    """

    def refuse(code: str, found: object = "") -> NoReturn:
        raise NotReadable(worded(GUARD_PROBLEMS, code, where, found=found, limit=limits.json_depth))

    def without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            refuse("guard.json-key-twice", max(counts, key=counts.__getitem__))
        return values

    def finite(literal: str) -> float:
        number = float(literal)
        return number if math.isfinite(number) else refuse("guard.json-number", literal)

    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        refuse("guard.json-encoding")
    if text.startswith("\ufeff") or "\0" in text:
        refuse("guard.json-encoding")
    if _depth(text) > limits.json_depth:
        refuse("guard.json-depth")
    try:
        value = json.loads(
            text,
            object_pairs_hook=without_twins,
            parse_float=finite,
            parse_constant=lambda literal: refuse("guard.json-number", literal),
        )
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except ValueError as error:  # malformed, an integer of thousands of digits, or a lone surrogate
        refuse("guard.json-malformed", error)
    return value


def _depth(text: str) -> int:
    """Return how deep brackets nest outside strings, so that no recursive reader meets a tower of them."""
    deepest = depth = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in ("[", "{"):
            depth += 1
            deepest = max(deepest, depth)
        elif token in ("]", "}"):
            depth -= 1
    return deepest
