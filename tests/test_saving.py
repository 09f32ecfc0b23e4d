"""Any table and any chart as a file: opened again by the programs' own libraries, it says what was shown."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from judged_package import view
from PIL import Image

import daye_analysis
from daye_analysis.bilingual import Language
from daye_analysis.charts.brief.state import evidence_bar
from daye_analysis.charts.display import Picture, PrintTable
from daye_analysis.charts.explorer import series_chart, sortable
from daye_analysis.errors import DayeError, InfrastructureFailed, WrongUsage

LANGUAGES: tuple[Language, Language] = ("zh", "en")
TABLE = PrintTable(
    pd.DataFrame({"名称": ["=1+1", "甲|乙\n丙"], "数值": [1.5, None], "计": pd.array([3, pd.NA], dtype="Int64")}), "表题", {"数值": "right"},
    groups={1: "第二组"}, source="来源：某局。",
)  # fmt: skip
MADE_BY_ALL = ("xlsx", "csv", "md", "docx", "tex", "html")


def chart(language: Language = "zh") -> Picture:
    found = evidence_bar(view(), language)
    assert isinstance(found, Picture)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_saves_as_picture_drawing_and_page(tmp_path: Path, language: Language) -> None:
    picture = chart(language)
    png, svg, pdf = (picture.save(tmp_path / f"chart{ending}") for ending in (".png", ".SVG", ".pdf"))
    again = [chart(language).save(tmp_path / f"again{path.suffix}") for path in (png, svg, pdf)]
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in (png, svg, pdf)]
    with Image.open(png) as opened:
        assert opened.width > 1200
        assert opened.info["Title"] == picture.caption and opened.info["Description"] == picture.alt
    root = ET.fromstring(svg.read_text(encoding="utf-8"))
    # No program but a browser reads a font within an SVG: its words are outlines.
    assert not list(root.iter("{http://www.w3.org/2000/svg}text"))
    assert picture.caption in "".join(root.itertext())
    document = pypdfium2.PdfDocument(pdf)
    printed = re.sub(r"\s", "", document[0].get_textpage().get_text_bounded())
    assert {"zh": "来源：本数据包的观测值表；截至2026年11月29日可知。", "en": "asknownon29November2026."}[language] in printed
    assert b"/FontFile2" in pdf.read_bytes()
    assert document.get_metadata_dict()["Title"] == picture.caption


def test_a_chart_saves_for_word_with_what_it_shows_in_words(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    picture = chart()
    document = docx.Document(str(daye_analysis.save(picture, tmp_path / "c.docx")))
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == picture.alt
    assert document.paragraphs[-1].text == picture.caption
    section = document.sections[0]
    assert shape.width <= section.page_width - section.left_margin - section.right_margin
    with zipfile.ZipFile(tmp_path / "c.docx") as opened:
        assert [name for name in opened.namelist() if name.endswith(".png")]
    assert picture.save(tmp_path / "again.docx").read_bytes() == (tmp_path / "c.docx").read_bytes()


def test_a_chart_saves_for_latex_beside_its_page(tmp_path: Path) -> None:
    source = daye_analysis.save(chart(), tmp_path / "c_1.tex", caption="100 % & more").read_text(encoding="utf-8")
    assert r"{c_1.pdf}" in source and r"\caption{100 \% \& more}" in source and "alt={" in source
    assert len(pypdfium2.PdfDocument(tmp_path / "c_1.pdf")) == 1


def test_a_table_saves_as_csv_and_markdown(tmp_path: Path) -> None:
    text = TABLE.save(tmp_path / "t.csv").read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [["名称", "数值", "计"], ["=1+1", "1.5", "3"], ["甲|乙\n丙", "", ""]]
    assert TABLE.save(tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert TABLE.save(tmp_path / "t.md").read_text(encoding="utf-8") == (
        "表题\n\n| 名称 | 数值 | 计 |\n| --- | --: | --- |\n| =1+1 | 1.5 | 3 |\n| **第二组** |  |  |\n| 甲\\|乙<br>丙 |  |  |\n\n来源：某局。\n"
    )


def test_a_table_saves_as_excel_word_and_page(tmp_path: Path) -> None:
    openpyxl, docx = pytest.importorskip("openpyxl"), pytest.importorskip("docx")
    book = openpyxl.load_workbook(TABLE.save(tmp_path / "t.xlsx"))
    rows = [list(row) for row in book.active.iter_rows(values_only=True)]
    assert rows == [["表题", None, None], [None] * 3, ["名称", "数值", "计"], ["=1+1", 1.5, 3], ["第二组", None, None],
                    ["甲|乙\n丙", None, None], [None] * 3, ["来源：某局。", None, None]]  # fmt: skip
    assert book.active["A4"].data_type == "s"  # no formula
    document = docx.Document(str(TABLE.save(tmp_path / "t.docx")))
    assert [each.text for each in document.paragraphs] == ["表题", "来源：某局。"]
    shown = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert shown == [*TABLE.rows()[:2], ["第二组"] * 3, TABLE.rows()[2]]
    page = BeautifulSoup(TABLE.save(tmp_path / "t.html").read_bytes(), "html.parser")
    assert [[each.get_text() for each in row.find_all(["td", "th"])] for row in page.find_all("tr")][1] == ["=1+1", "1.5", "3"]
    assert page.title is not None and page.title.get_text() == "表题" and "来源：某局。" in page.get_text()


def test_a_table_saves_for_latex(tmp_path: Path) -> None:
    odd = PrintTable(pd.DataFrame({"a_b": ["50 % of $x$ & {y} #1 \\z ~^", "[1] ≥ 3\n二"]}), "题 & 名")
    source = odd.save(tmp_path / "t.tex").read_text(encoding="utf-8")
    assert r"\caption{题 \& 名}" in source and source.count(r"\textbf{a\_b} \\") == 2
    assert r"50 \% of \$x\$ \& \{y\} \#1 \textbackslash{}z \textasciitilde{}\textasciicircum{} \\" in source
    assert r"{}[1] $\geq$ 3\newline 二 \\" in source
    wide = daye_analysis.save(view().figures("high_tech_enterprises"), tmp_path / "w.tex", language="zh").read_text(encoding="utf-8")
    shares = [float(each) for each in re.findall(r"dimexpr(0\.\d+)\\linewidth", wide)]
    assert len(shares) == 9 and sum(shares) == pytest.approx(1, abs=0.01)
    assert wide.count(" \\\\\n") == len(view().figures("high_tech_enterprises")) + 2


@pytest.mark.parametrize("ending", MADE_BY_ALL)
def test_one_table_is_the_same_file_every_time(tmp_path: Path, ending: str) -> None:
    first, again = (TABLE.save(tmp_path / folder / f"t.{ending}").read_bytes() for folder in ("a", "b"))
    assert first == again
    assert ending not in ("xlsx", "docx") or zipfile.ZipFile(io.BytesIO(first)).testzip() is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_columns_of_the_dictionary_bear_their_titles_and_a_group_its_name(tmp_path: Path, language: Language) -> None:
    led = view().targets(lead="市科技局", language=language)
    some = daye_analysis.save(led[["target", "asked"]], tmp_path / "some.md", language=language).read_text(encoding="utf-8")
    assert some.splitlines()[0] == {"zh": "| 目标 | 要求 |", "en": "| Target | Asked |"}[language]
    whole = daye_analysis.save(led, tmp_path / "all.md", language=language).read_text(encoding="utf-8")
    assert whole.splitlines()[0].count("|") == 7 and "high_tech_enterprises" in whole
    series = view().series("high_tech_enterprises", language=language)
    growth = series.groupby("area")["growth"].agg(["median", "count"])
    grouped = daye_analysis.save(growth, tmp_path / "g.csv", language=language).read_text(encoding="utf-8-sig")
    assert grouped.splitlines()[0] == "area,median,count" and {"zh": "大冶市,", "en": "Daye,"}[language] in grouped
    one = daye_analysis.save(series.set_index("area")["period_end"], tmp_path / "s.csv", language=language).read_text(encoding="utf-8-sig")
    assert "2025-12-31" in one and "00:00" not in one


def test_a_frame_with_two_rows_of_headings_keeps_both(tmp_path: Path) -> None:
    table = pd.DataFrame({"area": ["a", "a", "b"], "year": [1, 2, 1], "value": [1.0, 2.0, 3.0]}).pivot_table(index="area", columns="year", values=["value"])
    text = daye_analysis.save(table, tmp_path / "p.csv").read_text(encoding="utf-8-sig")
    assert text == "area,value · 1,value · 2\na,1,2\nb,3,\n"


def test_a_sortable_table_and_a_responding_chart_save_as_what_they_show(tmp_path: Path) -> None:
    assert sortable(TABLE).save(tmp_path / "t.csv").read_bytes() == daye_analysis.save(TABLE, tmp_path / "u.csv").read_bytes()
    responding = series_chart(view(), "high_tech_enterprises", language="zh")
    with Image.open(daye_analysis.save(responding, tmp_path / "s.png", alt="说明")) as opened:
        assert (opened.info["Title"], opened.info["Description"]) == (responding.caption, "说明")
    assert "大冶市" in responding.svg and "来源" in responding.svg


def test_a_chart_of_ones_own_is_saved_with_its_source_in_chinese_and_stays_as_it_was(tmp_path: Path) -> None:
    import matplotlib as mpl
    import seaborn as sns

    with mpl.rc_context():
        mpl.rcdefaults()
        frame = pd.DataFrame({"x": [1, 2], "y": [1, 3]})
        grid = sns.relplot(frame, x="x", y="y")
        axes = grid.axes.flat[0]
        axes.set_title("高新技术企业数")
        before = (len(grid.figure.texts), axes.title.get_fontfamily())
        pages = [daye_analysis.save(each, tmp_path / f"{at}.pdf", source="来源：某局") for at, each in enumerate((grid, grid.figure, axes, grid.axes))]
        assert (len(grid.figure.texts), axes.title.get_fontfamily()) == before
        mpl.pyplot.close(grid.figure)  # type: ignore[attr-defined]
    assert len({path.read_bytes() for path in pages}) == 1
    document = pypdfium2.PdfDocument(pages[0])
    assert {"高新技术企业数", "来源：某局"} <= set(document[0].get_textpage().get_text_bounded().split("\r\n"))
    assert document.get_metadata_dict()["Title"] == "高新技术企业数"


@pytest.mark.parametrize(
    ("name", "code"), [("x.bmp", "save.unknown-format"), ("x", "save.unknown-format"), ("plain/x", "save.not-writable")]
)
@pytest.mark.parametrize("shown", ["chart", "table"])
def test_what_cannot_be_saved_says_why_and_leaves_what_was_there(tmp_path: Path, shown: str, name: str, code: str) -> None:
    made: Any = chart() if shown == "chart" else TABLE
    (tmp_path / "plain").write_text("a file, not a folder")
    if code == "save.not-writable":
        name += ".svg" if shown == "chart" else ".csv"
    elif "." in name:
        (tmp_path / name).write_text("old")
    with pytest.raises((WrongUsage, InfrastructureFailed)) as raised:
        daye_analysis.save(made, tmp_path / name)
    (problem,) = raised.value.problems
    assert problem.code == code and problem.where == name.split("/")[-1]
    assert code != "save.unknown-format" or ".docx" in problem.remedy.zh
    assert not (tmp_path / "x.bmp").exists() or (tmp_path / "x.bmp").read_text() == "old"


@pytest.mark.parametrize("thing", [3, "led", None, [1, 2]])
def test_what_is_neither_table_nor_chart_is_told_what_can_be_saved(tmp_path: Path, thing: object) -> None:
    with pytest.raises(DayeError, match=r"save\.nothing-to-save"):
        daye_analysis.save(thing, tmp_path / "x.png")
