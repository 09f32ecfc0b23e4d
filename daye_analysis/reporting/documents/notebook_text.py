"""A text as a notebook file keeps it: one string, a list of lines, or any JSON."""

from __future__ import annotations

import json


def joined(content: object) -> str:
    """Return a notebook's text, which JSON may keep as one string or as a list of lines."""
    if isinstance(content, list) and all(isinstance(line, str) for line in content):
        return "".join(content)
    return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, sort_keys=True)
