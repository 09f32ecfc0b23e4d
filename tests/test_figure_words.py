"""Pictures that no one described: their own words are read instead, marked as such, with a warning."""

from __future__ import annotations

from pathlib import Path

import runner_help as help_
from matplotlib.figure import Figure
from pdf_help import SVG, make, notebook, options, tags_of

from daye_analysis.reporting.documents import print_notebook
from daye_analysis.reporting.notebooks.chart_text import figure_words

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_a_figure_says_titles_labels_and_legends() -> None:
    figure = Figure()
    figure.suptitle("总题")
    left, right = figure.subplots(1, 2)
    left.set(title="产值", xlabel="年", ylabel="亿元")
    left.plot([1, 2], label="目标")
    left.legend(title="线")
    right.plot([1, 2])
    assert figure_words(figure) == "总题; 产值; x: 年; y: 亿元; 线, 目标"
    assert figure_words(Figure()) == ""


def test_a_shown_figure_keeps_its_words(tmp_path: Path) -> None:
    source = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('FIGTITLE')\nplt.show()"
    executed = help_.executed(help_.run(tmp_path, help_.shared_server(), source))
    (output,) = [output for cell in executed["cells"] for output in cell.get("outputs", []) if "image/png" in output.get("data", {})]
    assert output["metadata"]["daye"] == {"alt": "FIGTITLE"}


def test_own_words_are_read_and_marked_where_no_alternative_text_was_written() -> None:
    def output(**metadata: object) -> object:
        return make.new_code_cell("", outputs=[make.new_output("display_data", data={"image/png": PNG}, metadata=metadata)])

    cells = [
        "# 题",
        output(daye={"alt": "图中题"}),
        output(daye={"alt": "图中题"}, alt="作者写的"),
        output(caption="图题"),
        {"image/svg+xml": SVG.format("图里的字")},
        output(),
    ]
    printed = print_notebook(notebook(*cells), options(strict=False))
    alts = [str(tag["/Alt"]) for tag in tags_of(printed.pdf) if "/Alt" in tag]
    assert alts == [
        "由程序据图中文字生成：图中题", "作者写的", "由程序据图中文字生成：图题", "由程序据图中文字生成：图里的字", "图",
    ]  # fmt: skip
    assert [(each.code, each.where) for each in printed.warnings] == [("pdf.missing-alt", f"cell {n}") for n in (2, 4, 5, 6)]
    assert "未能打印" not in printed.html
