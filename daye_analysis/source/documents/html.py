"""Read a list saved as a web page: tables flattened cell by cell, the text around them line by line."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from daye_analysis.errors import Refused
from daye_analysis.source.documents.flattened import flattened
from daye_analysis.source.problems import source_problem

LARGEST_TABLE = 200_000
# No list merges more; it bounds what a damaged page can ask for.
_MOST_MERGED = 500
_UNSEEN = ("script", "style", "noscript", "template", "head", "svg", "select", "option", "nav")
_BLOCKS = frozenset(
    ["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "ul", "ol", "dl", "dt", "dd", "table", "caption", "blockquote", "pre", "hr"]
)


def html_text(page: str, file: str) -> str:
    """Return the text of a web page; `file` is the name that problems carry.

    A table that holds another is only there to lay the page out. A merged cell keeps its words in its first place.
    Raises Refused (`source.table-too-large`).
    """
    soup = BeautifulSoup(page, "html.parser")
    for element in soup(list(_UNSEEN)):
        element.decompose()
    for table in soup.find_all("table"):
        if table.find("table") is None:
            rows = list(_rows(table, file))
            table.replace_with(NavigableString(f"\n\n{_KEPT}{flattened(rows)}{_KEPT}\n"))
    return "".join(_parts(soup))


# Marks words that are laid out already; it is no character that a page can show.
_KEPT = "\x00"


def _parts(soup: BeautifulSoup) -> Iterator[str]:
    """Yield the page's text, a line for each block; white space within a line is one space, as a browser shows it."""
    line: list[str] = []
    for element in soup.descendants:
        if isinstance(element, Tag):
            if element.name in _BLOCKS:
                yield from _line(line)
        elif isinstance(element, NavigableString) and not isinstance(element, PreformattedString):
            if _KEPT in element:
                yield from _line(line)
                yield str(element).replace(_KEPT, "")
            else:
                line.append(str(element))
            if element.parent is not None and element.parent.name in _BLOCKS and element.next_sibling is None:
                yield from _line(line)
    yield from _line(line)


def _line(pieces: list[str]) -> Iterator[str]:
    words = " ".join("".join(pieces).split())
    pieces.clear()
    if words:
        yield words + "\n"


def _rows(table: Tag, file: str) -> Iterator[list[str]]:
    """Yield the rows of a table; a cell merged over several places is blank in all but its first."""
    below: dict[int, int] = {}
    count = 0
    for row in table.find_all("tr"):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"]):
            _fill(cells, below)
            words = "\n".join(filter(None, (" ".join(line.split()) for line in _cell_lines(cell))))
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in range(across):
                if down > 1:
                    below[len(cells)] = down - 1
                cells.append(words if place == 0 else "")
        _fill(cells, below)
        count += len(cells)
        if count > LARGEST_TABLE:
            raise Refused(source_problem("table-too-large", file, found=count, limit=LARGEST_TABLE))
        yield cells


def _fill(cells: list[str], below: dict[int, int]) -> None:
    """Add blank cells where a cell of a row above reaches down."""
    while below.get(len(cells), 0) > 0:
        below[len(cells)] -= 1
        cells.append("")


def _cell_lines(cell: Tag) -> list[str]:
    for block in cell.find_all(["br", "p", "div", "li"]):
        block.insert_after("\n")
    return cell.get_text().split("\n") if cell.find(["br", "p", "div", "li"]) else [cell.get_text()]


def _span(cell: Tag, name: str) -> int:
    given = str(cell.get(name, "1"))
    return min(max(int(given), 1), _MOST_MERGED) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
