"""Tables: sound grids from any HTML, headers, alignment, and layouts that never leave the page."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd
import pytest
from fuzz.tables import as_html, grid
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pdf_help import notebook, options, reader, text_of

from daye_analysis.charts.display import PrintTable
from daye_analysis.reporting.documents import print_notebook, render_pdf
from daye_analysis.reporting.documents.checks.pdf_content import read_pdf
from daye_analysis.reporting.documents.document_blocks import Align, Cell, PlainText, Table, words
from daye_analysis.reporting.documents.html.reader import read_html
from daye_analysis.reporting.documents.writers.fewest_lines import fewest_lines
from daye_analysis.reporting.documents.writers.typst_tables import (
    LANDSCAPE_WIDTH,
    PORTRAIT_WIDTH,
    Layout,
    laid_out,
    whole_page_layouts,
)


def table_of(html: str) -> Table:
    (table,) = read_html(html)
    assert isinstance(table, Table)
    return table


def grid_of(table: Table) -> list[list[str]]:
    grid = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for y in range(cell.y, cell.y + cell.rowspan):
            for x in range(cell.x, cell.x + cell.colspan):
                grid[y][x] = words(cell.body)
    return grid


def test_pandas_frame_with_headers_of_two_levels() -> None:
    columns = pd.MultiIndex.from_product([["产值", "增速"], ["目标", "实际"]])
    index = pd.MultiIndex.from_product([["大冶", "阳新"], ["2024", "2025"]], names=["地区", "年份"])
    table = table_of(pd.DataFrame(np.arange(16).reshape(4, 4), index=index, columns=columns).to_html())
    assert table.header_rows == 3
    assert grid_of(table)[:4] == [
        ["", "", "产值", "产值", "增速", "增速"],
        ["", "", "目标", "实际", "目标", "实际"],
        ["地区", "年份", "", "", "", ""],
        ["大冶", "2024", "0", "1", "2", "3"],
    ]
    assert table.align == ("left", "right", "right", "right", "right", "right")
    assert next(cell for cell in table.cells if cell.body == (PlainText("大冶"),)).rowspan == 2


@pytest.mark.parametrize(
    ("values", "align"),
    [
        (["1", "-2.5", "1,200"], "right"),
        (["13.8 %", "—", "5"], "right"),
        (["≥ 600", "<3", "1e-5"], "right"),
        (["NaN", "2"], "right"),
        (["●", "○", ""], "center"),
        (["600 家", "3"], "left"),
        (["2026-06-30"], "left"),
        (["", ""], "left"),
    ],
)
def test_alignment_by_content(values: list[str], align: Align) -> None:
    rows = "".join(f"<tr><td>{value}</td></tr>" for value in values)
    assert table_of(f"<table><thead><tr><th>甲</th></tr></thead><tbody>{rows}</tbody></table>").align == (
        align,
    )


@pytest.mark.parametrize(
    ("html", "header_rows", "grid"),
    [
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", 1, [["a", "b"], ["1", "2"]]),
        ("<table><tr><td>1<td>2<tr><td>3</table>", 0, [["1", "2"], ["3", ""]]),
        ("<table><tr><td rowspan=9>1<td colspan=0>2<tr><td>3</table>", 0, [["1", "2"], ["1", "3"]]),
        ("<table><thead><tr><th rowspan=5>a</thead><tr><td>1</table>", 1, [["a"], ["1"]]),
        ("<table><caption>说明</caption><tr><td>1</table>", 0, [["1"]]),
        ("<table><tr><td><table><tr><td>内</table><td>2</table>", 0, [["内", "2"]]),
    ],
)
def test_grids(html: str, header_rows: int, grid: list[list[str]]) -> None:
    table = table_of(html)
    assert table.header_rows == header_rows
    assert grid_of(table) == grid


def test_caption_of_the_table_itself() -> None:
    assert table_of("<table><caption>说 <b>明</b></caption><tr><td>1</table>").caption == "说 明"


SPANS = st.integers(min_value=-1, max_value=5)
CELLS = st.tuples(st.sampled_from(["td", "th"]), SPANS, SPANS, st.text("甲W1 ,.", max_size=20))
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=6)


@given(head=ROWS, body=ROWS)
@settings(max_examples=150, deadline=None)
def test_any_table_gives_a_grid_with_each_place_taken_once(
    head: list[list[tuple[str, int, int, str]]], body: list[list[tuple[str, int, int, str]]]
) -> None:
    def written(rows: list[list[tuple[str, int, int, str]]]) -> str:
        return "".join(
            "<tr>" + "".join(f"<{tag} colspan={across} rowspan={down}>{text}</{tag}>" for tag, across, down, text in row)
            for row in rows
        )  # fmt: skip

    found = read_html(f"<table><thead>{written(head)}</thead><tbody>{written(body)}</tbody></table>")
    for table in found:
        assert isinstance(table, Table)
        taken = [
            (x, y)
            for cell in table.cells
            for x in range(cell.x, cell.x + cell.colspan)
            for y in range(cell.y, cell.y + cell.rowspan)
        ]
        assert sorted(taken) == sorted((x, y) for x in range(table.columns) for y in range(table.rows))
        assert not any(cell.y < table.header_rows < cell.y + cell.rowspan for cell in table.cells)


@given(
    columns=st.lists(st.tuples(st.text("甲乙W1i ", min_size=0, max_size=60), st.integers(1, 40)), min_size=1, max_size=45)
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_columns_never_ask_for_more_than_the_line(columns: list[tuple[str, int]]) -> None:
    cells = tuple(
        Cell(x, y, (PlainText(text if y else text[:wide]),))
        for y in (0, 1)
        for x, (text, wide) in enumerate(columns)
    )
    table = Table(1, 2, tuple("left" for _ in columns), cells)
    for part, layout in laid_out(table):
        assert len(layout.widths) == part.columns
        if "auto" not in layout.widths:
            line = LANDSCAPE_WIDTH if layout.landscape else PORTRAIT_WIDTH
            assert (
                sum(float(width.removesuffix("pt")) for width in layout.widths) <= line + 0.01 * part.columns
            )


def test_a_matrix_turns_its_headings_and_a_very_wide_table_comes_in_parts() -> None:
    matrix = pd.DataFrame(
        [["●"] * 23] * 3, index=["T01", "T02", "T03"], columns=[f"市经济和信息化局{i}" for i in range(23)]
    )
    ((_, layout),) = laid_out(table_of(matrix.to_html()))
    assert isinstance(layout, Layout)
    assert layout.turned
    assert not layout.landscape
    wide = pd.DataFrame(np.full((2, 40), 123456.789012), columns=[f"very_long_name_{i}" for i in range(40)])
    parts = laid_out(table_of(wide.to_html()))
    assert len(parts) > 1
    assert all(grid_of(part)[1][0] == "0" for part, _ in parts)
    assert [name for part, _ in parts for name in grid_of(part)[0][1:]] == list(wide.columns)


def test_room_goes_to_the_column_with_most_words() -> None:
    html = "<table><tr><th>甲<th>乙<th>丙</tr><tr><td>{}<td>{}<td>{}</table>"
    ((_, layout),) = laid_out(table_of(html.format("短" * 30, "长" * 300, "中" * 100)))
    short, long, middle = (float(width.removesuffix("pt")) for width in layout.widths)
    assert short < middle < long


def test_a_column_has_room_for_what_stays_on_one_line() -> None:
    html = "<table><tr><th>a<th>b</tr><tr><td>{}<td>{}</table>"
    (width, _), (apart, _) = (
        [float(each.removesuffix("pt")) for each in laid_out(table_of(html.format(f"growth 111122223333444455556666{space}%", "长" * 300)))[0][1].widths]
        for space in (" ", "x")
    )
    assert width > 0.97 * apart


LONG = "词 word " * 60
BODIES = st.lists(st.tuples(st.integers(1, 60), st.sampled_from(["甲", "x", LONG, "<br>".join("abcdef")])), min_size=0, max_size=5)


@given(groups=BODIES, head_rows=st.integers(0, 3), columns=st.integers(1, 14), head=st.sampled_from(["h", LONG]))
@settings(max_examples=25, deadline=None)
# Turned sideways, a label that is longer than the page over a group of few rows.
@example(groups=[(1, "甲"), (4, LONG), (36, "甲"), (60, "甲")], head_rows=0, columns=14, head="h")
def test_every_cell_of_any_table_is_in_the_pdf(
    groups: list[tuple[int, str]], head_rows: int, columns: int, head: str
) -> None:
    """Groups, rows and headers of any height and number: each of the numbered cells is drawn, and on the page."""
    header = "".join(
        f"<tr><th>{head}{row}</th>{''.join(f'<th>H{row}q{x}</th>' for x in range(columns))}</tr>" for row in range(head_rows)
    )
    body, row = "", 0
    for size, text in groups:
        for at in range(size):
            label = f"<th rowspan={size}>{text}</th>" if at == 0 else ""
            body += f"<tr>{label}{''.join(f'<td>R{row}q{x}</td>' for x in range(columns))}</tr>"
            row += 1
    cells = {f"H{y}q{x}" for y in range(head_rows) for x in range(columns)} | {f"R{y}q{x}" for y in range(row) for x in range(columns)}
    printed = print_notebook(notebook("# 题", {"text/html": f"<table><thead>{header}</thead>{body}</table>"}), options(strict=False))
    assert printed.warnings == ()
    drawn = [text for piece in read_pdf(printed.pdf).pieces for text in re.findall(r"[HR]\d+q\d+", piece)]
    assert set(drawn) == cells


def test_the_label_of_a_group_stands_again_on_each_page_and_only_there() -> None:
    rows = "".join(f"<tr>{'<th rowspan=90>大冶</th>' if not at else ''}<td>W{at}</td></tr>" for at in range(90))
    html = f"<table><thead><tr><th>区<th>值</tr></thead><tbody>{rows}</tbody></table>"
    pages = [page.extract_text() for page in reader(render_pdf(notebook("# 题", {"text/html": html}), options())).pages]
    assert len(pages) == 3
    assert [page.count("大冶") for page in pages] == [1, 1, 1]
    for page in pages:
        assert re.search(r"大冶\s*W\d+", page)


@pytest.mark.parametrize(("html", "shown"), [
    ("<table><thead><tr><th>甲<th>乙</tr></thead><tbody></tbody></table>", "甲乙无数据行"),
    (pd.DataFrame({"甲": [1]}).query("甲 > 1").to_html(), "甲无数据行"),
    (pd.DataFrame(columns=pd.MultiIndex.from_product([["甲"], ["a", "b"]])).to_html(), "甲ab无数据行"),
    ("<table></table>", ""),
])  # fmt: skip
def test_a_table_without_rows_says_so(html: str, shown: str) -> None:
    printed = print_notebook(notebook("# 题", {"text/html": html}, "后文"), options(parameters=None))
    found = text_of(printed.pdf)
    assert f"{shown}后文" in found
    assert ("无数据行" in printed.html) == bool(shown)


def test_columns_that_only_a_wide_cell_reaches_take_no_room() -> None:
    html = "<table><tr><td>甲</td><td colspan=9999>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>"
    table = table_of(html)
    assert table.columns == 2
    assert [(cell.x, cell.colspan) for cell in table.cells] == [(0, 1), (1, 1), (0, 1), (1, 1)]


@pytest.mark.parametrize("end", ["", "/", ").", "&b=" + "1" * 200])
def test_an_address_with_a_long_end_stays_on_the_page(end: str) -> None:
    assert print_notebook(notebook("# 题", f"见 http://example.org/{'p' * 200}{end} 完"), options()).warnings == ()


@pytest.mark.parametrize("seed", [16, 305])
def test_a_group_label_in_a_narrow_column_that_is_longer_than_a_page_goes_on_over_pages(seed: int) -> None:
    cell: dict[str, Any] = {"text/html": as_html(grid(seed), seed)}
    assert print_notebook(notebook(cell), options()).warnings == ()


def test_columns_share_a_line_so_that_rows_take_few_lines() -> None:
    # The second column's words fit beside the first one's only where both have what they need.
    rows = [{0: [40.0], 1: [150.0]}, {0: [40.0], 1: [140.0]}]
    widths = fewest_lines(rows, [20.0, 20.0], [120.0, 120.0], 4.0)
    assert sum(widths) == 240.0
    assert widths[0] >= 40 and widths[1] >= 150


def test_a_spanning_cell_belongs_to_the_rows_below_it_in_its_group() -> None:
    frame = pd.DataFrame({"目标": ["一", "二", "三"], "牵头": ["甲局", "", ""]})
    html = PrintTable(frame, "", groups={2: "第二组"}, spanning=("牵头",)).html()
    assert html.count('rowspan="2"') == 1 and html.count("<td") == 5


def test_every_size_that_a_page_of_its_own_may_take_has_widths_of_its_own_or_of_a_larger_one() -> None:
    """Widths reckoned for smaller type would break headings that just fit."""
    style = (resources.files("daye_analysis.reporting.documents.writers") / "style.typ").read_text(encoding="utf-8")
    ways = style[style.index("let ways") : style.index("let fitting")]
    largest = max(float(size) for size in re.findall(r"\((\d+(?:\.\d+)?)pt,", ways))
    assert whole_page_layouts(table_of("<table><tr><td>1</td><td>2</td></tr></table>"))[0].size == largest


@pytest.mark.parametrize("seed", [1050, 5114])
def test_a_row_taller_than_a_page_goes_on_on_the_next(seed: int) -> None:
    """Beside cells from the row above that span it (5114), and at a page's foot (1050): tables that the fuzzer found."""
    printed = print_notebook(notebook({"text/html": as_html(grid(seed), seed), "text/plain": "t"}), options())
    assert printed.warnings == ()
