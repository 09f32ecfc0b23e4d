"""How finely a figure was printed: the size of one unit in its last printed digit."""

from __future__ import annotations

import numpy as np


def last_printed_place(value: float, bound: str, text: object = None) -> float:
    """Return the size of one unit in the last digit printed: 0.1 for 594.7, 1 for 423, 1000 for "about" 28000.

    `text` is the value as its source printed it, a plain decimal, where that is kept: "5.0" has one decimal, which the
    number 5 has lost.
    """
    digits = text if isinstance(text, str) and text else np.format_float_positional(value, trim="-")
    if "." in digits:
        return float(10.0 ** -len(digits.split(".")[1]))
    zeros = len(digits) - len(digits.rstrip("0")) if bound == "about" else 0
    return float(10.0**zeros)
