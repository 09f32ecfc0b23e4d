"""The check that follows every printing: whatever the document has and the PDF has not is found and named."""

from __future__ import annotations

import base64
import functools
import io
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from fuzz.tables import as_html, grid
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_help import SVG, make, notebook, options, shown, tags_of, text_of
from PIL import Image

from daye_analysis.errors import CheckFailed
from daye_analysis.reporting.documents import print_notebook, render_pdf
from daye_analysis.reporting.documents.checks.coverage import missing_content
from daye_analysis.reporting.documents.document import build_document
from daye_analysis.reporting.documents.document_blocks import (
    Cell,
    Document,
    Node,
    Passage,
    PlainText,
    Table,
    transformed,
    walk,
    words,
)
from daye_analysis.reporting.documents.markdown import read_markdown

WIDE = pd.DataFrame([[f"r{row}c{column}" * 2 for column in range(40)] for row in range(30)])
GROUPS = pd.DataFrame({"a": list("甲乙") * 60, "b": range(120), "c": range(120)}).sort_values("a").set_index(["a", "b"])
ENGLISH = "Incomprehensibilities notwithstanding, institutionalisation of interdisciplinary measurement “continues”. "
CELLS: list[Any] = [
    "# 题 $R^2$",
    "## 一\n\n" + "中文的一段话，跨行。" * 60 + "[^1]" + "其后" * 400 + "\n\n[^1]: 脚注里的话",
    ENGLISH * 40,
    "$$\\frac{a+b}{\\sqrt{c_1}} = \\sum_{i=1}^{n} x_i^{2} \\quad \\text{若 } \\mathbb{R}, \\log \\hat\\beta$$ 与 $\\binom{n}{k}$",
    "- 甲\n- 乙\n  1. 丙\n  2. 丁\n\n> 引文\n\n- [x] 完成",
    {"text/html": WIDE.to_html()},
    {"text/html": GROUPS.to_html()},
    make.new_code_cell("", outputs=[make.new_output("stream", text="\n".join(f"行 {i} ├─ ok" for i in range(300)))]),
    shown({"image/svg+xml": SVG.format("图中字")}, alt="替代", caption="图题"),
    "末段 fine １２３ e\u0301 a\u00adb",
]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_missing_where_nothing_was_lost(language: Any) -> None:
    printed = print_notebook(notebook(*CELLS), options(language=language))
    assert printed.warnings == ()


@functools.cache
def whole() -> tuple[Document, bytes]:
    return build_document(notebook(*CELLS), options()), render_pdf(notebook(*CELLS), options())


@given(at=st.integers(0, len(CELLS) - 1), said=st.text("词words12", min_size=3, max_size=30))
@settings(max_examples=15, deadline=None)
def test_what_the_pdf_has_not_is_named_with_its_cell(at: int, said: str) -> None:
    # As if everything but these words had been set.
    document, pdf = whole()
    marked = f"lostmark{said}lostmark"
    extra = Passage("cell 99", read_markdown(marked))
    passages = (*document.passages[:at], extra, *document.passages[at:])
    (problem,) = missing_content(replace(document, passages=passages), pdf)
    assert problem.where == "cell 99"
    assert "lostmark" in problem.what.en


def test_a_label_drawn_out_of_order_takes_no_word_of_a_later_sentence() -> None:
    # A label that spans rows is drawn beside its second row or later; the same words come again further on.
    groups = [(group, part) for group in ("Upper", "Lower", "Other") for part in ("First", "Second")]
    rows = [(group, part, f"{group}{part}{number}", number) for group, part in groups for number in range(10)]
    table = pd.DataFrame(rows, columns=["group", "part", "name", "value"]).set_index(["group", "part"])
    cells: list[Any] = []
    for seed in range(4):
        cells.append({"text/html": table.sample(frac=0.5, random_state=seed).sort_index().to_html()})
        cells.append("把Upper和Other分别替换为1、2和3，Lower的First不变。")
    assert print_notebook(notebook("# 题", *cells), options()).warnings == ()


@functools.cache
def narrow() -> tuple[Document, bytes]:
    """A table whose narrow columns break words, some of which begin as other cells are."""
    cell: dict[str, Any] = {"text/html": as_html(grid(0), 0)}
    return build_document(notebook(cell), options()), render_pdf(notebook(cell), options())


def test_a_word_broken_in_a_narrow_cell_is_not_taken_for_two() -> None:
    assert missing_content(*narrow()) == []


@given(data=st.data(), before=st.booleans())
@settings(max_examples=6, deadline=None)
def test_a_lost_word_of_a_narrow_cell_is_named(data: st.DataObject, before: bool) -> None:
    # As if a cell said something more, also what other cells say: what is drawn is taken once only.
    document, pdf = narrow()
    tables = [node for passage in document.passages for node in walk(passage.blocks) if isinstance(node, Table)]
    # The first column, and what spans columns, is drawn once in each part of the table.
    cells = [cell for cell in tables[0].cells if cell.x and cell.colspan == 1 and re.search(r"r\d+c\d+$", words(cell.body))]
    cell = data.draw(st.sampled_from(cells))
    extra = PlainText(data.draw(st.sampled_from(["lost", "失", words(cell.body)])))
    changed = replace(cell, body=(extra, PlainText(" "), *cell.body) if before else (*cell.body, PlainText(" "), extra))
    passages = tuple(replace(each, blocks=transformed(each.blocks, lambda node: _in_place(node, cell, changed))) for each in document.passages)
    assert [problem.code for problem in missing_content(replace(document, passages=passages), pdf)] == ["pdf.lost-words"]


def _in_place(node: Node, cell: Cell, changed: Cell) -> Node:
    if not isinstance(node, Table):
        return node
    return replace(node, cells=tuple(changed if each == cell else each for each in node.cells))


LONG_SUM = " + ".join(f"pass_{{{number}}}" for number in range(120))


@pytest.mark.parametrize(
    "formula",
    [
        f"$$ {LONG_SUM} $$",
        f"\\begin{{align}}{LONG_SUM} &= 1\\\\ y &= 2\\end{{align}}",
        "\\begin{alignat*}{2} \\min\\quad & x + y\\\\ \\text{Subject to} \\quad & x \\leq 3\\end{alignat*}",
        "\\begin{multline} a + b \\\\ + c\\end{multline}",
    ],
)
def test_a_formula_wider_than_the_page_is_broken(formula: str) -> None:
    assert print_notebook(notebook("# 题", f"前\n\n{formula}\n\n后"), options()).warnings == ()


def test_a_link_with_an_address_too_long_is_printed_and_named() -> None:
    cell = f"[the words](https://example.org/{'a' * 9000})"
    printed = print_notebook(notebook("# 题", cell), options(strict=False, language="en"))
    assert "thewords" in text_of(printed.pdf)
    assert [(problem.code, problem.where) for problem in printed.warnings] == [("pdf.not-printed", "cell 2")]


def test_a_word_that_stands_twice_must_be_drawn_twice() -> None:
    once = render_pdf(notebook("# 题", "一二三 17 四五六"), options())
    twice = build_document(notebook("# 题", "一二三 17 四五六", "17"), options())
    assert [problem.where for problem in missing_content(twice, once)] == ["cell 3"]


def test_what_runs_off_the_page_counts_as_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    from daye_analysis.reporting.documents import render

    real = render.write_typst

    def overflowing(document: Document, *families: Any) -> Any:
        source, pictures = real(document, *families)
        return source.replace('"走失的话"', 'place(dy: 3000pt, "走失的话")'), pictures

    monkeypatch.setattr(render, "write_typst", overflowing)
    printed = print_notebook(notebook("# 题", "正文", "走失的话"), options(strict=False))
    assert [(problem.code, problem.where) for problem in printed.warnings] == [("pdf.lost-words", "cell 3")]
    # The last page says so; the page for the screen lacks nothing.
    assert "未能打印的内容" in text_of(printed.pdf)
    assert "第3个单元格：1处文字不在PDF中：走失的话" in text_of(printed.pdf)
    assert "走失的话" in printed.html
    assert "未能打印" not in printed.html
    with pytest.raises(CheckFailed) as caught:
        print_notebook(notebook("# 题", "正文", "走失的话"), options())
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("pdf.lost-words", "cell 3")]


def test_a_picture_that_was_not_set_is_named() -> None:
    svg = SVG.replace("</svg>", '<rect width="9" height="9"/></svg>')
    cells = ["# 题", shown({"image/svg+xml": svg.format("一")}, alt="甲"), shown({"image/svg+xml": svg.format("二")}, alt="乙")]
    problems = missing_content(build_document(notebook(*cells), options()), render_pdf(notebook(*cells[:2]), options()))
    assert ("pdf.lost-picture", "cell 3") in [(problem.code, problem.where) for problem in problems]


def moving(image_format: str, frames: int) -> str:
    """A picture of `frames` frames, each of another colour, as a notebook keeps it."""
    first, *others = (Image.new("RGB", (8, 8), (60 * at, 0, 0)) for at in range(frames))
    out = io.BytesIO()
    first.save(out, image_format, save_all=True, append_images=others)
    return base64.b64encode(out.getvalue()).decode()


@pytest.mark.parametrize(("mime", "image_format"), [("image/gif", "GIF"), ("image/png", "PNG"), ("image/webp", "WEBP"), ("image/tiff", "TIFF")])
def test_frames_after_the_first_are_named(mime: str, image_format: str) -> None:
    cells = [{mime: moving(image_format, frames)} for frames in (1, 3)]
    printed = print_notebook(notebook("# 题", *cells), options(strict=False, language="en"))
    named = [problem for problem in printed.warnings if problem.code == "pdf.not-printed"]
    assert [problem.where for problem in named] == ["cell 3"]
    assert "frames or pages of a picture after the first: (1 / 3)" in named[0].what.en
    assert "1/3" in text_of(printed.pdf)
    assert len([tag for tag in tags_of(printed.pdf) if tag["/S"] == "/Figure"]) == 2
    with pytest.raises(CheckFailed) as caught:
        print_notebook(notebook("# 题", shown(cells[1], alt="图")), options())
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("pdf.not-printed", "cell 2")]


def test_cells_that_spans_from_above_drive_beyond_the_limit_of_columns_are_told() -> None:
    wide = "".join(f'<td colspan="9999" rowspan="2">wide {at}</td>' for at in range(5))
    data = {"text/html": f"<table><tr>{wide}</tr><tr><td>driven out</td></tr></table>"}
    printed = print_notebook(notebook(data), options(strict=False, language="en"))
    assert [problem.code for problem in printed.warnings] == ["pdf.not-printed"]
    assert "wide4" in text_of(printed.pdf) and "furthercolumnsofatable" in text_of(printed.pdf)
