"""The PDF itself, read back: words, tags, bookmarks, literal text, glyphs, the same bytes everywhere."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pypdfium2  # type: ignore[import-untyped]
import pytest
from nbclient import NotebookClient
from pdf_help import SVG, files, make, notebook, options, reader, shown, tags_of, text_of

from daye_analysis.errors import CheckFailed, NotReadable
from daye_analysis.reporting.documents import print_notebook, render_pdf
from daye_analysis.reporting.documents.limits import PrintLimits

INPUT = Path(__file__).parent / "notebooks" / "report_input.ipynb"


@pytest.fixture(scope="module")
def executed() -> Any:
    """A real notebook, executed by a real kernel."""
    node = files.read(INPUT, as_version=4)
    return NotebookClient(node, kernel_name="python3", timeout=120).execute()


@pytest.fixture(scope="module")
def report(executed: Any) -> bytes:
    return render_pdf(
        executed,
        options(author="大冶数据", parameters={"plan": None, "levels": [0.5, 0.8]}, sources=("统计公报",)),
    )


def problems(cells: list[Any], **given: Any) -> list[tuple[str, str]]:
    with pytest.raises(CheckFailed) as caught:
        render_pdf(notebook(*cells), options(**given))
    return [(problem.code, problem.where) for problem in caught.value.problems]


def test_words_of_the_report(report: bytes) -> None:
    text = text_of(report)
    for expected in (
        "大冶市制造业目标研判", "一、数据现状", "（一）所需增速", "图1产业集群产值", "表1多级表头", "任务55", "绿色建材",
        "二、资料来源", "生成本报告的参数", "数据截至2026年6月30日", "第1页共", "不是公文", "未公布的即为未知", "进度100%",
    ):  # fmt: skip
        assert expected in text, expected
    for absent in ("State of the data", 'language="zh"', "matplotlib", "Manufacturing"):
        assert absent not in text, absent


def test_tags_language_title_and_bookmarks(report: bytes) -> None:
    pdf = reader(report)
    root = pdf.trailer["/Root"].get_object()
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == ("大冶市制造业目标研判", "大冶数据")
    assert pdf.metadata["/CreationDate"] == "D:20260630000000Z"
    outline = [entry if isinstance(entry, list) else entry.title for entry in pdf.outline]
    assert outline[0] == "一、数据现状"
    assert isinstance(outline[1], list)
    assert outline[1][0]["/Title"] == "（一）所需增速"
    tags = list(tags_of(report))
    kinds = {str(tag["/S"]) for tag in tags}
    assert {
        "/H1",
        "/H2",
        "/P",
        "/L",
        "/LI",
        "/Table",
        "/TH",
        "/TD",
        "/Figure",
        "/Formula",
        "/Link",
        "/Caption",
    } <= kinds
    alts = [str(tag["/Alt"]) for tag in tags if "/Alt" in tag]
    assert "柱状图：绿色建材 120 亿元，生命健康 −33.5 亿元。" in alts
    assert "g = (T/B)^(1/n) − 1" in alts


def test_the_english_report_keeps_its_own_cells(executed: Any) -> None:
    text = text_of(render_pdf(executed, options(language="en")))
    assert "ManufacturingtargetsofDaye" in text
    assert "1Stateofthedata" in text
    assert "数据现状" not in text
    assert "Dataasof30June2026" in text
    assert "Page1of" in text


def test_code_only_on_request(executed: Any) -> None:
    assert "importmatplotlib" in text_of(render_pdf(executed, options(show_code=True)))


def test_ten_thousand_characters_without_a_space() -> None:
    word = "x" * 10_000
    cells = ["# 题", word, {"text/html": f"<table><tr><td>{word}</td></tr></table>"}, f"`{word}`"]
    assert text_of(render_pdf(notebook(*cells), options())).count("x") == 30_000


def test_header_row_is_repeated_on_each_page(report: bytes) -> None:
    pages = [page.extract_text() for page in reader(report).pages]
    with_rows = [page for page in pages if "任务" in page]
    assert len(with_rows) > 1
    assert all("编号" in page and "数值" in page for page in with_rows)


def test_every_glyph_stays_on_the_page() -> None:
    words = "very_long_name_without_any_break " + "W" * 300 + " " + "长" * 300
    wide = pd.DataFrame(
        [[123456.789012] * 30, [words] + [1.0] * 29], columns=[f"very_long_name_{i}" for i in range(30)]
    )
    text = f"{words} `{'x' * 300}` [a](https://a.cn/{'b' * 200}) https://a.cn/{'c/' * 90}\n\n```\n{'y' * 500}\n```\n\n$${'x + ' * 20}y$$"
    print_out = make.new_code_cell("", outputs=[make.new_output("stream", text="z" * 500)])
    pdf = render_pdf(
        notebook("# 宽", text, {"text/html": wide.to_html()}, print_out, f"## {'H' * 200}"), options()
    )
    document = pypdfium2.PdfDocument(pdf)
    for number in range(len(document)):
        page = document[number]
        width, height = page.get_size()
        found = page.get_textpage()
        for at in range(found.count_chars()):
            left, bottom, right, top = found.get_charbox(at)
            assert left >= 70
            assert right <= width - 70, found.get_text_range(at, 20)
            assert 0 <= bottom <= top <= height


INJECTIONS = [
    '#read("/etc/passwd")', "$x$", "*b*", "_i_", "]", ")", "\\u{41}", '"); #panic("x', "#{1+1}", "@ref", "<label>", "= h", "- i",
    "// c", "/* c", "`raw`", "~", "--", "\\", "'q'", "#import \"@preview/x:1.0.0\"", "https://a.cn", "%", "&amp;",
]  # fmt: skip


@pytest.mark.parametrize("text", INJECTIONS, ids=lambda text: text[:20])
def test_case_17_text_is_never_code(text: str) -> None:
    """Case 17: in tables, captions, titles, parameters, printed text and program text alike."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    cells = [
        shown({"text/html": f"<table><tr><td>甲{escaped}乙</td></tr></table>"}, caption=f"题{text}目"),
        make.new_code_cell("", outputs=[make.new_output("stream", text=f"印{text}出")]),
        make.new_markdown_cell(f"````\n码{text}码\n````"),
        shown({"image/svg+xml": SVG.format("图")}, alt=f"替{text}代"),
    ]
    given = options(
        title=f"首{text}尾", author=f"作{text}者", footer=f"脚{text}", parameters={f"名{text}": f"值{text}完"}
    )
    found = text_of(render_pdf(notebook(*cells), given))
    bare = "".join(text.split())
    # In a cell's HTML `$x$` is a formula, as Jupyter shows it, and no more than that.
    assert ("甲𝑥乙" if text == "$x$" else f"甲{bare}乙") in found
    for frame in ("题{}目", "印{}出", "码{}码", "首{}尾", "作{}者", "脚{}", "名{}", "值{}完"):
        assert frame.format(bare) in found, frame


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        (["# 题", "有 😀 与 𰻝"], {"cell 2": "😀 (U+1F600 GRINNING FACE)、𰻝 (U+30EDD)。"}),
        (["# 😀"], {"title": "😀"}),
        (["# 题", {"text/html": "<table><tr><td>⛔</td></tr></table>"}], {"cell 2": "⛔ (U+26D4"}),
        (["# 题", shown({"image/svg+xml": SVG.format("𰻝")}, alt="x")], {"cell 2": "𰻝 (U+30EDD)"}),
        (["# 题", shown({"image/svg+xml": SVG.format("好")}, alt="x", caption="😀")], {"cell 2": "😀"}),
        (["# 题", "$\\text{😀}$", "```\n😀\n```"], {"cell 2": "😀", "cell 3": "😀"}),
    ],
)  # fmt: skip
def test_case_39_a_missing_glyph_stops_a_strict_run_and_is_named(cells: list[Any], named: dict[str, str]) -> None:
    """Case 39."""
    with pytest.raises(CheckFailed) as caught:
        render_pdf(notebook(*cells), options())
    assert caught.value.exit_code == 1
    assert [problem.code for problem in caught.value.problems] == ["pdf.missing-glyph"] * len(named)
    said = {problem.where: problem.what.zh for problem in caught.value.problems}
    assert said.keys() == named.keys()
    assert all(words in said[where] for where, words in named.items())


def test_case_39_a_tolerant_run_draws_other_scripts_and_names_what_no_font_has() -> None:
    """Case 39: never an empty box; Latin with accents, Greek and signs from matplotlib's font, else the name in brackets."""
    svg = shown({"image/svg+xml": SVG.format("图⛷")}, alt="x", caption="题🦊")
    text = "ő ł Ω ✓ 与 🦄 𠮷"
    cells = ["# 题 🦄", text, f"`{text}`", "$\\text{🦄}$", svg, {"text/html": f"<table><tr><td>{text}</td></tr></table>"}]
    printed = print_notebook(notebook(*cells), options(strict=False))
    found = text_of(printed.pdf)
    assert found.count("őłΩ✓与[UNICORNFACE][U+20BB7]") == 3
    assert found.startswith("题[UNICORNFACE]")
    assert "题[FOXFACE]" in found
    assert "\ufffd" not in found
    said = {problem.where: problem.what.en for problem in printed.warnings}
    assert said.keys() == {f"cell {number}" for number in range(2, 7)} | {"title"}
    assert "U+1F984 UNICORN FACE), 𠮷 (U+20BB7). Their names are printed in brackets." in said["cell 2"]
    # A browser has fonts of its own.
    assert text in printed.html
    assert "UNICORN" not in printed.html


def test_a_folder_of_ones_own_fonts_serves_what_the_committed_ones_lack(tmp_path: Path) -> None:
    import matplotlib

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "some.ttf").write_bytes((folder / "DejaVuSans.ttf").read_bytes())
    assert "őΩ✓" in text_of(render_pdf(notebook("# 题", "őΩ✓"), options(fonts=tmp_path / "mine")))
    for content, code in ((None, "fonts.none"), (b"no font", "fonts.unreadable")):
        (tmp_path / "bad").mkdir(exist_ok=True)
        if content:
            (tmp_path / "bad" / "x.ttf").write_bytes(content)
        with pytest.raises(NotReadable) as caught:
            render_pdf(notebook("# 题", "ő"), options(fonts=tmp_path / "bad"))
        assert [problem.code for problem in caught.value.problems] == [code]


def test_strict_refuses_what_pdf_ua_forbids_all_at_once() -> None:
    cells = ["# 题", "## 一\n\n#### 二", {"image/svg+xml": SVG.format("图")}, "![x](a.png)"]
    assert problems(cells) == [
        ("pdf.heading-jump", "cell 2"),
        ("pdf.missing-alt", "cell 3"),
        ("pdf.lost-picture", "cell 4"),
    ]


def test_tolerant_mends_what_strict_refuses() -> None:
    cells = [
        "# 题",
        "### 一\n\n##### 二\n\n##### 三\n\n### 四",
        {"image/svg+xml": SVG.format("图")},
        "![x](a.png)",
    ]
    pdf = render_pdf(notebook(*cells), options(strict=False))
    kinds = [str(tag["/S"]) for tag in tags_of(pdf) if str(tag["/S"]) in ("/H1", "/H2", "/H3")]
    # The last is that of the list of what could not be printed.
    assert kinds == ["/H1", "/H2", "/H2", "/H1", "/H1"]
    assert "由程序据图中文字生成：图" in [str(tag["/Alt"]) for tag in tags_of(pdf) if "/Alt" in tag]
    assert "[图:x]" in text_of(pdf)
    assert "未能打印的内容•第4个单元格：图片「a.png」不在笔记本里。" in text_of(pdf)


@pytest.mark.parametrize(
    ("metadata", "alt"),
    [({"alt": "甲"}, "甲"), ({"image/svg+xml": {"alt": "乙"}, "alt": "甲"}, "乙")],
)
def test_alternative_text_comes_from_either_place(metadata: dict[str, Any], alt: str) -> None:
    pdf = render_pdf(notebook("# 题", shown({"image/svg+xml": SVG.format("图")}, **metadata)), options())
    assert alt in [str(tag["/Alt"]) for tag in tags_of(pdf) if "/Alt" in tag]


@pytest.mark.parametrize(
    ("outputs", "present", "absent"),
    [
        ([make.new_output("stream", text="a\x1b[31mb\x1b[0m\n10%\r99%")], "ab99%", "10%"),
        ([make.new_output("stream", name="stderr", text="FutureWarning: x")], "程序警告FutureWarning:x", "y"),
        ([make.new_output("error", ename="ValueError", evalue="坏", traceback=[])], "程序出错ValueError:坏", "y"),
        ([make.new_output("stream", text="price $5 and $6, $x^2$")], "price$5and$6,$x^2$", "𝑥"),
        ([make.new_output("stream", name="stderr", text="$x$ \\\\(x\\\\)")], "$x$\\\\(x\\\\)", "𝑥"),
        ([make.new_output("error", ename="KeyError", evalue="$x$", traceback=[])], "KeyError:$x$", "𝑥"),
        ([make.new_output("execute_result", data={"text/plain": "'$5$ and $x$'"}, execution_count=1)], "'$5$and$x$'", "𝑥"),
        ([make.new_output("execute_result", data={"text/plain": "'果'"}, execution_count=1)], "'果'", "y"),
        ([make.new_output("display_data", data={"text/latex": "$\\displaystyle x$", "text/plain": "Symbol"})], "𝑥", "Symbol"),
        ([make.new_output("display_data", data={"text/markdown": "**粗**", "text/plain": "md"})], "粗", "md"),
        ([make.new_output("display_data", data={"text/html": "<script>x</script>", "text/plain": "无图"})], "无图", "script"),
        (
            [make.new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {}, "text/plain": "IntSlider()"})],
            "未能打印：交互部件：IntSlider()",
            "y",
        ),
    ],
)  # fmt: skip
def test_outputs(outputs: list[Any], present: str, absent: str) -> None:
    cells = ["# 题", "正文", make.new_code_cell("", outputs=outputs)]
    text = text_of(render_pdf(notebook(*cells), options(strict=False)))
    assert present in text
    assert absent not in text


@pytest.mark.parametrize("tag", ["remove-cell", "remove_cell", "parameters", "injected-parameters", "en"])
def test_cells_that_a_report_leaves_out(tag: str) -> None:
    hidden = make.new_code_cell(
        "藏", metadata={"tags": [tag]}, outputs=[make.new_output("stream", text="藏")]
    )
    assert "藏" not in text_of(render_pdf(notebook("# 题", hidden), options(show_code=True)))


def test_wide_tables_take_their_heading_along_onto_a_page_on_its_side() -> None:
    frame = pd.DataFrame(
        [["一二三四五六七八九十" * 3] * 14] * 2, columns=[f"指标名称第{i}" for i in range(14)]
    )
    pdf = reader(
        render_pdf(notebook("# 题", "文。", "## 宽表", {"text/html": frame.to_html(index=False)}), options())
    )
    (page,) = [page for page in pdf.pages if page.mediabox.width > page.mediabox.height]
    assert "一、宽表" in page.extract_text()


BROKEN = '<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"><text>{}</text></svg>'


def test_a_picture_that_typst_cannot_set_costs_its_own_place_only() -> None:
    inline = f"<p>前<img alt='丙' src='data:image/svg+xml;base64,{base64.b64encode(BROKEN.format(3).encode()).decode()}'>后</p>"
    cells = [
        "# 题", shown({"image/svg+xml": BROKEN.format(1)}, alt="甲"), shown({"image/svg+xml": SVG.format("图")}, alt="乙"), {"text/html": inline}, "末段",
    ]  # fmt: skip
    printed = print_notebook(notebook(*cells), options(strict=False))
    assert [(problem.code, problem.where) for problem in printed.warnings] == [("pdf.lost-picture", "cell 2"), ("pdf.lost-picture", "cell 4")]
    text = text_of(printed.pdf)
    assert "[图:甲]" in text
    assert "前[图:丙]后" in text
    assert "末段" in text
    assert "乙" in [str(tag["/Alt"]) for tag in tags_of(printed.pdf) if "/Alt" in tag]
    assert problems(cells) == [("pdf.lost-picture", "cell 2"), ("pdf.lost-picture", "cell 4")]


def test_a_wide_table_within_another_block_is_set() -> None:
    row = "| " + " | ".join(["一二三四五六七八九十" * 2] * 14) + " |"
    table = "\n".join(f"    {line}" for line in (row, "|" + "---|" * 14, row))
    printed = print_notebook(notebook("# 题", f"- 甲\n\n{table}\n\n文[^1]\n\n[^1]: 注\n\n{table}\n"), options())
    assert printed.warnings == ()


def svg_of(inside: str, size: int = 9) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">{inside}</svg>'


def chain(tag: str, element: str, times: int, long: int) -> str:
    """Return elements each of which refers to the next one several times."""
    links = "".join(f'<{tag} id="p{n}" width="1" height="1">{element.format(n + 1) * times}</{tag}>' for n in range(long))
    return links + f'<{tag} id="p{long}"><rect width="1" height="1"/></{tag}>' + element.format(0)


@pytest.mark.parametrize(("tag", "element"), [
    ("pattern", '<rect width="9" height="9" fill="url(#p{})"/>'),
    ("pattern", '<g style="stroke: url(#p{})"><rect width="9" height="9"/></g>'),
    ("pattern", '<style>.c{0}{{fill:url("#p{0}")}}</style><rect class="c{0}" width="9" height="9"/>'),
    ("clipPath", '<rect width="9" height="9" clip-path="url(#p{})"/>'),
    ("mask", '<rect width="9" height="9" mask="url(#p{})"/>'),
    ("marker", '<path d="M0 0L1 1L2 2L3 3" marker-mid="url(#p{})"/>'),
    ("g", '<use href="#p{}"/>'),
])  # fmt: skip
def test_references_of_every_kind_multiply_what_a_drawing_costs(tag: str, element: str) -> None:
    few, many = ({"image/svg+xml": svg_of(chain(tag, element, times, 8))} for times in (1, 8))
    printed = print_notebook(notebook("# 题", shown(few, alt="甲"), shown(many, alt="乙"), "末段"), options(strict=False))
    assert [(problem.code, problem.where) for problem in printed.warnings] == [("pdf.lost-picture", "cell 3")]


def test_filters_and_depth_are_part_of_what_a_drawing_costs() -> None:
    blur = '<filter id="f"><feGaussianBlur stdDeviation="5"/></filter>' + '<rect width="9" height="9" filter="url(#f)"/>' * 100
    cells = [
        shown({"image/svg+xml": svg_of(blur, 100)}, alt="甲"), shown({"image/svg+xml": svg_of(blur, 4000)}, alt="乙"),
        shown({"image/svg+xml": svg_of("<g>" * 100 + "</g>" * 100)}, alt="丙"), shown({"image/svg+xml": svg_of("<g>" * 20_000 + "</g>" * 20_000)}, alt="丁"),
    ]  # fmt: skip
    printed = print_notebook(notebook(*cells), options(strict=False))
    assert [(problem.code, problem.where) for problem in printed.warnings] == [("pdf.lost-picture", "cell 2"), ("pdf.lost-picture", "cell 4")]


def test_words_of_html_inside_a_drawing_are_named_unless_it_draws_them_too() -> None:
    inside = "<switch><foreignObject><div xmlns='http://www.w3.org/1999/xhtml'>Words <b>inside</b></div></foreignObject>{}</switch><rect width='9' height='9'/>"
    cells = [shown({"image/svg+xml": svg_of(inside.format(text))}, alt="甲") for text in ("", "<text y='9'>Words inside</text>")]
    printed = print_notebook(notebook(*cells), options(strict=False))
    (problem,) = printed.warnings
    assert (problem.code, problem.where) == ("pdf.not-printed", "cell 1")
    assert "Words inside" in problem.what.en


SAME = """
import hashlib, sys, nbformat
from datetime import date
from daye_analysis.reporting.documents import PdfOptions, render_html, render_pdf
node = nbformat.read(sys.argv[1], as_version=4)
options = PdfOptions(as_of=date(2026, 6, 30), parameters={"a": 1, "b": {"x", } and 2})
print(hashlib.sha256(render_pdf(node, options)).hexdigest(), hashlib.sha256(render_html(node, options).encode()).hexdigest())
"""


def test_case_38_the_same_bytes_in_any_environment(executed: Any, tmp_path: Path) -> None:
    """Case 38, of the last step: hash seed, time zone, language and folder change nothing."""
    path = tmp_path / "executed.ipynb"
    files.write(executed, path)
    found = set()
    for number, zone in enumerate(("Asia/Shanghai", "America/New_York")):
        folder = tmp_path / f"目录 {number}"
        folder.mkdir()
        environment = {
            **os.environ, "PYTHONHASHSEED": str(number), "TZ": zone, "LANG": ("C", "zh_CN.UTF-8")[number],
            "PYTHONUTF8": "1", "TMPDIR": str(folder), "SOURCE_DATE_EPOCH": str(10**9 * number),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", SAME, str(path)], cwd=folder, env=environment, capture_output=True, text=True, check=True
        )  # fmt: skip
        found.add(done.stdout)
        assert list(folder.iterdir()) == []
    assert len(found) == 1
    assert (
        hashlib.sha256(render_pdf(executed, options(parameters={"a": 1, "b": 2}))).hexdigest() in found.pop()
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_fork_after_the_first_pdf_is_told_so_instead_of_hanging() -> None:
    program = (
        "import os, sys\n"
        "from pdf_help import notebook, options\n"
        "from daye_analysis.errors import InfrastructureFailed\n"
        "from daye_analysis.reporting.documents import render_pdf\n"
        "render_pdf(notebook('# 题'), options())\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    try:\n"
        "        render_pdf(notebook('# 题'), options())\n"
        "    except InfrastructureFailed as error:\n"
        "        os._exit(0 if error.problems[0].code == 'pdf.forked' else 3)\n"
        "    os._exit(4)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=Path(__file__).parent, check=True, timeout=60)


@pytest.mark.parametrize("damage", [
    {"metadata": None}, {"metadata": "x"}, {"metadata": {"tags": None}}, {"metadata": {"tags": "zh"}}, {"metadata": {"tags": [1]}},
    {"outputs": None}, {"outputs": [None]}, {"attachments": None}, {"source": None},
])  # fmt: skip
def test_nulls_and_wrong_kinds_in_a_notebook_are_read_as_empty(damage: dict[str, Any]) -> None:
    content = {"nbformat": 4, "metadata": {"daye": None, "widgets": None}, "cells": [
        {"cell_type": "markdown", "source": "# 题\n\n前", "metadata": {}},
        {"cell_type": "code", "source": "x", "outputs": [], "metadata": {}, **damage},
        {"cell_type": "markdown", "metadata": {}, "source": "后", **{k: v for k, v in damage.items() if k not in ("outputs", "source")}},
        None,
    ]}  # fmt: skip
    assert "前后" in text_of(render_pdf(content, options()))


def test_limits_bound_what_is_read_and_name_the_rest() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>'
    bomb = '<g id="a0"><rect/></g>' + "".join(f'<g id="a{n}">{f"""<use href="#a{n - 1}"/>""" * 8}</g>' for n in range(1, 7))
    rows = "".join(f"<tr><td>r{n}</td></tr>" for n in range(20))
    cells: list[Any] = [
        "# 题",
        {"text/html": f"<table>{rows}</table>"},
        {"text/html": "<p>w</p>" * 60},
        {"text/html": "<b>" * 5000 + "deep" + "</b>" * 5000},
        make.new_code_cell("", outputs=[make.new_output("stream", text="z" * 300)]),
        {"image/svg+xml": svg.format(bomb + '<use href="#a6"/>')},
        {"image/svg+xml": svg.format('<filter id="f"><feTurbulence/></filter><rect filter="url(#f)"/>')},
        {"text/html": f"<table>{'<tr><td colspan=9999 rowspan=9999>x</td></tr>' * 30}</table>"},
    ]
    limits = PrintLimits(table_rows=10, html_elements=50, text_characters=200, svg_elements=10_000)
    printed = print_notebook(notebook(*cells), options(strict=False, limits=limits))
    text = text_of(printed.pdf)
    assert "r9" in text
    assert "r10" not in text
    assert "deep" not in text  # beyond the limit of elements, and said to be
    assert text.count("z") == 200
    said = {problem.where: problem.what.en for problem in printed.warnings}
    assert "further rows of a table: 11 – 20" in said["cell 2"]
    assert "HTML beyond the limit" in said["cell 3"]
    assert "HTML beyond the limit" in said["cell 4"]
    assert "rest of a long text: 200 / 300" in said["cell 5"]
    assert {"cell 6", "cell 7", "cell 8"} <= said.keys()


@pytest.mark.parametrize("source", ["markdown", "html", "text", "raw"])
def test_the_same_limits_hold_for_every_source(source: str) -> None:
    limits = PrintLimits(table_rows=4, paragraph_characters=50, text_characters=50)
    rows = [(f"r{n}", "y" * 3) for n in range(9)]
    long = "z" * 300
    cells: dict[str, list[Any]] = {
        "markdown": ["|a|b|\n|-|-|\n" + "".join(f"|{a}|{b}|\n" for a, b in rows), f"**{long}**", f"# {long}", f"```\n{long}\n```", f"- {long}", f"a[^1]\n\n[^1]: {long}"],
        "html": [{"text/html": text} for text in (
            "<table>" + "".join(f"<tr><td>{a}<td>{b}" for a, b in rows) + "</table>", f"<p>{long}", f"<h1>{long}", f"<pre>{long}</pre>", f"<ul><li>{long}</ul>",
            f"<table><tr><td>{long}</table>",
        )],
        "text": [{"text/x-other": long}, {"text/plain": long}, {"application/json": long}],
        "raw": [make.new_raw_cell(long)],
    }  # fmt: skip
    printed = print_notebook(notebook("# 题", "# 又一题", *cells[source]), options(strict=False, limits=limits))
    named = {problem.where for problem in printed.warnings if problem.code == "pdf.not-printed"}
    assert named == {f"cell {number}" for number in range(3, 3 + len(cells[source]))}
    text = text_of(printed.pdf)
    assert text.count("z") <= 50 * len(cells[source])
    assert "r8" not in text


def test_a_long_heading_is_no_title_and_headings_and_formulas_have_limits() -> None:
    limits = PrintLimits(headings=3, formula_characters=20)
    printed = print_notebook(notebook("# " + "long " * 200 + "end", "\n\n".join(f"## h{n}" for n in range(9)), "a $x$ $" + "x+" * 20 + "x$"), options(strict=False, limits=limits))
    said = {problem.where: problem.what.en for problem in printed.warnings}
    assert said.keys() == {"cell 2", "cell 3"}
    assert "formula, too long: 20 / 41" in said["cell 3"]
    text = text_of(printed.pdf)
    assert "h8" in text
    assert "end" in text
    # Below a longer one, the running lines of every page would be too high.
    assert len(reader(printed.pdf).metadata.title) < 500


@pytest.mark.parametrize("cell", [
    {"text/html": "<table>" + "".join(f"<tr><td rowspan=60>x{n}" for n in range(60)) + "</table>"}, "\n".join("`" * (n % 50 + 1) + " a" for n in range(3000)),
    "[" * 20_000 + "]" * 20_000, {"text/html": "<!--" * 50_000},
])  # fmt: skip
def test_small_inputs_take_little_time_under_the_default_limits(cell: Any) -> None:
    began = time.process_time()
    print_notebook(notebook("# 题", cell), options(strict=False))
    assert time.process_time() - began < 20


WIDGET = "application/vnd.jupyter.widget-view+json"
ODD_WIDGETS: list[Any] = [
    [1], {"state": [1]}, {"state": {"a": 1}},
    {"state": {"a": {"model_name": "VBoxModel", "state": {"children": ["IPY_MODEL_a"] * 3, "titles": 5}}}},
    {"state": {f"{'a' if not n else f'b{n}'}": {"model_name": "VBoxModel", "state": {"children": [f"IPY_MODEL_b{n + 1}"] * 3}} for n in range(40)}},
    {"state": {"a": {"model_name": "OutputModel", "state": {"outputs": [1, None, {"output_type": "display_data", "data": {WIDGET: {"model_id": "a"}}}]}}}},
    {"state": {"a": {"model_name": "ImageModel", "state": {}, "buffers": [1, "x"]}}}, {"state": {"a": {"model_name": "ImageModel", "state": {}, "buffers": 5}}},
]  # fmt: skip


@pytest.mark.parametrize("state", ODD_WIDGETS)
def test_odd_widgets_and_those_that_show_themselves_are_named(state: Any) -> None:
    node = notebook("# 题", {WIDGET: {"model_id": "a"}, "text/plain": "Plain"})
    node.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": state}
    assert [problem.code for problem in print_notebook(node, options(strict=False)).warnings] == ["pdf.not-printed"]


@pytest.mark.parametrize("output", [
    {"output_type": "display_data", "data": "x"}, {"output_type": "display_data", "data": ["x"], "metadata": [1]},
    {"output_type": "error", "ename": 1, "traceback": [1, None]}, {"output_type": "error", "traceback": 5}, {"output_type": "stream", "text": 7, "name": 5}, {},
])  # fmt: skip
def test_outputs_of_other_kinds_than_the_format_has_end_nothing(output: Any) -> None:
    content = {"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "code", "source": "", "outputs": [output]}, {"cell_type": "markdown", "source": "后"}]}
    assert "后" in text_of(render_pdf(content, options(strict=False)))


def test_half_a_pair_and_widths_without_end_are_no_crash() -> None:
    table = shown({"text/html": "<table><tr><td>a<td>b</table>"}, **{"text/html": {"widths": [float("inf"), 1]}})
    assert "后" in text_of(render_pdf(notebook("# 题", "```x\ud800\n甲\n```", table, "后"), options(strict=False)))
