"""Find what the typesetter refuses, so that one bad picture costs its own place and not the whole report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from daye_analysis.reporting.documents.document_blocks import (
    Block,
    Blocks,
    LostPicture,
    Node,
    NotPrinted,
    Passage,
    Picture,
    transformed,
    walk,
    words,
)

T = TypeVar("T")


def without_refused(passages: Sequence[Passage], is_set: Callable[[Blocks], bool]) -> tuple[Passage, ...]:
    """Return `passages` with a placeholder for every picture, and then every block, that by itself is not set."""
    bad = _refused(passages, lambda some: is_set(tuple(block for passage in some for block in passage.blocks)))
    return tuple(replace(each, blocks=_mended(each.blocks, is_set)) if each in bad else each for each in passages)


def _mended(blocks: Blocks, is_set: Callable[[Blocks], bool]) -> Blocks:
    shown = list(dict.fromkeys(node for node in walk(blocks) if isinstance(node, Picture)))
    lost = frozenset(_refused(shown, lambda some: is_set(tuple(some))))

    def change(node: Node) -> Node:
        if not isinstance(node, Picture) or node not in lost:
            return node
        return LostPicture("", node.alt or node.caption or node.derived, "not-set", node.width, node.height)

    mended = transformed(blocks, change)
    bad = _refused(mended, lambda some: is_set(tuple(some)))
    return tuple(NotPrinted("refused", _said(block)) if block in bad else block for block in mended)


def _said(block: Block) -> str:
    return " ".join(words((block,)).split())[:80]  # type: ignore[arg-type]


def _refused(items: Sequence[T], is_set: Callable[[Sequence[T]], bool]) -> list[T]:
    """Return the items that are not set even by themselves."""
    if not items or is_set(items):
        return []
    if len(items) == 1:
        return list(items)
    middle = len(items) // 2
    return [*_refused(items[:middle], is_set), *_refused(items[middle:], is_set)]
