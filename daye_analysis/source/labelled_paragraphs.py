"""Task lists without a table: numbered paragraphs that name units after 牵头单位： and 责任单位：."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from daye_analysis.source.cells import Span, line_of, trimmed
from daye_analysis.source.draft import NO_LEAD, DraftRow
from daye_analysis.source.named_units import named_units

_LABELS: tuple[tuple[str, str], ...] = (
    ("person", "(?:牵头|责任|分管|负责|包保)(?:市|县|区)?(?:负责)?(?:领导|人)"),
    ("lead", "(?:牵头|主责|主办)(?:责任)?(?:单位|部门)"),
    ("responsible", "(?:责任|配合|协同|协办|参与|参加|落实)(?:责任)?(?:单位|部门)"),
    ("due", "(?:完成)?(?:时限|时间|期限)"),
)
_LABEL = re.compile("|".join(f"(?P<{name}>{pattern})\\s*[:：]" for name, pattern in _LABELS))
_SECTION = re.compile(r"\s*(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[）)])\s*")
_ITEM = re.compile(r"\s*(\d+)\s*[.．、]\s*|\s*[（(](\d+)[）)]\s*")


@dataclass
class _Item:
    number: Span | None
    action: Span | None
    start: int
    end: int = 0
    cells: dict[str, list[Span]] = field(default_factory=dict)


def find_labelled_rows(text: str) -> tuple[str, list[DraftRow]]:
    """Return the title (the last line before the first item or section) and the rows; no rows if none."""
    title, items = "", list[_Item]()
    action: Span | None = None
    numbered = any(_ITEM.match(line) for line in text.split("\n"))
    for line in _lines(text):
        item, section = _ITEM.match(line.text), _SECTION.match(line.text)
        label = _LABEL.search(line.text)
        if item or (section and not numbered):
            mark = item or section
            number = trimmed(text, line.start, line.start + mark.end()) if mark else None
            items.append(_Item(number, action, line.start + (mark.end() if mark else 0)))
        elif section and not label:
            action = trimmed(text, line.start, line.end)
            continue
        elif not items:
            title = title if label or action else line.text.strip().lstrip("# ")
            continue
        _take(text, items[-1], line, label)
    return title, [_row(text, item, place) for place, item in enumerate(_labelled(items), start=1)]


def _lines(text: str) -> Iterator[Span]:
    begin = 0
    for line in text.split("\n"):
        if line.strip():
            yield Span(line, begin, begin + len(line))
        begin += len(line) + 1


def _take(text: str, item: _Item, line: Span, label: re.Match[str] | None) -> None:
    """Add what stands before the first label to the item's text, and what follows each label to its cells."""
    stop = line.start + label.start() if label else line.end
    if not item.cells:
        item.end = stop
    for match in _LABEL.finditer(line.text):
        following = _LABEL.search(line.text, match.end())
        end = line.start + (following.start() if following else len(line.text))
        cell = trimmed(text, line.start + match.end(), end)
        kept = cell.text.rstrip("；;。.，, ")
        # The bracket that closes （牵头单位：…） is not of the last name.
        if kept.endswith(("）", ")")) and len(re.findall("[（(]", kept)) < len(re.findall("[）)]", kept)):
            kept = kept[:-1]
        item.cells.setdefault(match.lastgroup or "", []).append(
            Span(kept, cell.start, cell.start + len(kept))
        )


def _labelled(items: list[_Item]) -> list[_Item]:
    return [item for item in items if "lead" in item.cells or "responsible" in item.cells]


def _row(text: str, item: _Item, position: int) -> DraftRow:
    task = trimmed(text, item.start, max(item.end, item.start))
    words = task.text.rstrip("（( 　")
    leads = [name for cell in item.cells.get("lead", []) for name in named_units(cell).every]
    others = [named_units(cell) for cell in item.cells.get("responsible", [])]
    helpers = [name for units in others for name in (*units.helpers, *units.unsaid)]
    leads += [name for units in others for name in units.leads]
    due = item.cells.get("due", [None])[0]
    return DraftRow(
        position=position,
        number=item.number,
        action=item.action,
        task=Span(words, task.start, task.start + len(words)),
        goal=None,
        leads=tuple(leads),
        responsibles=tuple(helpers),
        due=due,
        line=line_of(text, item.start),
        needs_judgement=() if leads else (NO_LEAD,),
    )
