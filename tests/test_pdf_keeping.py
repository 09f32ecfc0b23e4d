"""What stays on one page: a heading with its card, a lead-in with its table; and how the report's end is printed."""

from __future__ import annotations

import pytest
from pdf_help import notebook, options, reader, shown, text_of

from daye_analysis.reporting.documents import render_html, render_pdf
from daye_analysis.reporting.documents.imprint import Imprint

ROWS = "".join(f"<tr><td>row {row}</td><td>{'words ' * 12}</td></tr>" for row in range(40))
TABLE = {"text/html": f"<table><thead><tr><th>head</th><th>scope</th></tr></thead><tbody>{ROWS}</tbody></table>"}
CARD = "# Title\n\n## Part\n\n### Action\n\n#### CARD\n\nasked\n\n> wording\n\n- first\n- second"
IMPRINT = Imprint(place="Place", plan="Plan", package="Targets", version="targets 1.0.0", licence="CC-BY-4.0", run="0" * 64)
LEAD_IN = "# Title\n\n## Part\n\nCARD leads in."


@pytest.mark.parametrize("card", [CARD, LEAD_IN])
@pytest.mark.parametrize("above", range(24, 40, 3))
def test_no_heading_is_left_without_its_table(above: int, card: str) -> None:
    filler = "\n\n".join(f"line {number}" for number in range(above))
    title, rest = card.split("\n\n", 1)
    pages = [page.extract_text() for page in reader(render_pdf(notebook(f"{title}\n\n{filler}\n\n{rest}", TABLE), options(language="en"))).pages]
    (at,) = [number for number, text in enumerate(pages) if "CARD" in text]
    assert "row 0" in pages[at]
    # What is too long for a page is torn, not pushed on for ever.
    assert len(pages) <= 4


def test_a_card_that_is_too_long_for_a_page_is_torn() -> None:
    long = f"{CARD}\n" + "\n".join(f"- {'many words ' * 20}" for _ in range(60))
    pages = reader(render_pdf(notebook(long, TABLE), options(language="en"))).pages
    assert "CARD" in pages[0].extract_text()
    assert "many words" in pages[0].extract_text()


def test_few_parameters_stand_on_one_line_and_long_ones_below_each_other() -> None:
    short = render_html(notebook("# T\n\n## A"), options(parameters={"as_of": "2026-06-30", "plan": ""}))
    assert "<th" in short
    assert "<td>2026-06-30</td><td>—</td>" in short
    long = render_html(notebook("# T\n\n## A"), options(parameters={"note": "词" * 200, "plan": "x"}))
    assert "<td><code>plan</code></td><td>x</td>" in long


def test_fine_lists_are_set_small_and_say_the_same() -> None:
    listed = {"text/markdown": "1. one\n2. two"}
    fine, plain = (notebook("# T\n\n## A", shown(listed, **about)) for about in ({"fine": True}, {}))
    assert '<ol class="fine" start="1">' in render_html(fine, options())
    assert "fine" not in render_html(plain, options()).split("</style>")[1]
    assert text_of(render_pdf(fine, options())) == text_of(render_pdf(plain, options()))


@pytest.mark.parametrize("end", ["- first\n- second\n- third", "1. one\n2. two", "The last words."])
def test_no_colophon_has_a_page_alone(end: str) -> None:
    """Wherever the page ends, the last lines above it go with it; a list goes on with its numbers."""
    last = end.splitlines()[-1].lstrip("-123. ")
    alone = []
    for above in range(20, 27):
        filler = "\n\n".join(f"line {number}" for number in range(above))
        book = notebook(f"# T\n\n## Part\n\n{filler}\n\n## Annex\n\nHow to read it.\n\n{end}")
        pages = [page.extract_text() for page in reader(render_pdf(book, options(language="en", imprint=IMPRINT))).pages]
        (at,) = [number for number, text in enumerate(pages) if "About this report" in text]
        assert at == len(pages) - 1
        alone += [above] if last not in pages[at] else []
        ends = [text for text in pages if last in text]
        assert len(ends) == 1
    assert not alone
