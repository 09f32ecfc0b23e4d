"""What a report says of itself, its links within, its page of all targets, and its tables as a workbook."""

import io
import re

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_help import notebook, options, reader, shown, text_of

from daye_analysis.charts.display import PrintTable
from daye_analysis.charts.drawing.cell_forms import Drawn, Linked
from daye_analysis.charts.overview.small_chart import WIDTH, small_chart
from daye_analysis.reporting.documents import print_notebook, render_html, render_pdf
from daye_analysis.reporting.documents.imprint import Imprint

NAN = float("nan")
IMPRINT = Imprint(
    place="南湖市", plan="南湖市三年行动方案", publisher="南湖统计", package="南湖市目标数据包", version="nanhu-targets 1.2.0",
    licence="CC-BY-4.0", cite="南湖统计：《南湖市目标数据包》", address="https://example.org/nanhu", run="0123456789abcdef" * 4,
)  # fmt: skip
CITING = "# 题\n\n## 一\n\n见 [2]，又见 [1] 和 [2]；[9] 不是来源。"


def sources():
    return shown({"text/markdown": "1. 甲\n2. 乙", "text/plain": ""}, cited=True, fine=True)


class TestIdentity:
    def test_the_pdf_bears_it_in_title_running_head_colophon_and_metadata(self) -> None:
        pdf = render_pdf(notebook("# 进展", *(f"## 第{at}节\n\n" + "正文。" * 400 for at in range(3))), options(imprint=IMPRINT))
        opened = reader(pdf)
        first, second, last = (opened.pages[at].extract_text().replace("\n", "") for at in (0, 1, -1))
        assert "南湖市" in first and "南湖市三年行动方案" in first and "nanhu-targets 1.2.0" in first and "01234567" in first
        assert "南湖市" in second and "进展" in second
        assert all(each in last for each in ("CC-BY-4.0", "https://example.org/nanhu", "南湖市目标数据包")) and IMPRINT.run in text_of(pdf)
        about = opened.metadata
        assert about.author == "南湖统计" and about.subject == IMPRINT.cite
        assert all(each in about["/Keywords"] for each in (IMPRINT.place, IMPRINT.version, IMPRINT.run))

    def test_the_page_bears_it_in_its_head(self) -> None:
        page = render_html(notebook("# 进展"), options(imprint=IMPRINT))
        head = page[: page.index("</head>")]
        assert "<title>进展 – 南湖市</title>" in head
        assert all(f'content="{each}"' in head for each in (IMPRINT.cite, IMPRINT.version, IMPRINT.licence, IMPRINT.address, IMPRINT.run))

    def test_a_parameter_has_its_name_in_the_reports_language_and_an_empty_one_is_left_out(self) -> None:
        given = options(imprint=IMPRINT, parameters={"whole": "gdp", "plan": ""}, parameter_names={"whole": "对照总量"})
        page = render_html(notebook("# 进展"), given)
        assert "对照总量" in page and "gdp" in page and ">plan<" not in page and ">whole<" not in page

    @pytest.mark.parametrize(("paragraphs", "listed"), [(4, False), (60, True)])
    def test_a_long_report_has_a_table_of_contents(self, paragraphs: int, listed: bool) -> None:
        pdf = render_pdf(notebook("# 题", *(f"## 第{at}部分\n\n" + "正文。" * 200 for at in range(paragraphs // 4)),
                                  *("正文。" * 200 for _ in range(paragraphs))), options())  # fmt: skip
        assert ("目录" in reader(pdf).pages[0].extract_text()) is listed

    def test_a_page_with_several_sections_has_navigation_whose_links_lead_somewhere(self) -> None:
        page = render_html(notebook("# 题", *(f"## 第{at}部分\n\n### 小节" for at in range(5))), options())
        nav = page[page.index("<nav") : page.index("</nav>")]
        wanted = re.findall(r'href="#([^"]+)"', nav)
        assert len(wanted) == 5 and all(f'id="{each}"' in page for each in wanted)
        assert "<nav" not in render_html(notebook("# 题", "## 一", "## 二"), options())


class TestCitations:
    def test_a_mark_leads_to_its_source_and_back(self) -> None:
        page = render_html(notebook(CITING, "## 来源", sources()), options())
        assert page.count('href="#source-2"') == 2 and 'href="#source-9"' not in page and "[9] 不是来源" in page
        for link, anchor in (("#source-1", "source-1"), ("#cited-2-2", "cited-2-2"), ("#cited-1-1", "cited-1-1")):
            assert f'href="{link}"' in page and f'id="{anchor}"' in page

    @pytest.mark.parametrize(("language", "words"), [("zh", "见第1页"), ("en", "p.1")])
    def test_on_paper_a_source_names_the_pages_that_cite_it(self, language: str, words: str) -> None:
        pdf = render_pdf(notebook(CITING, "## 来源", sources()), options(language=language))
        assert text_of(pdf).count(words) == 2

    def test_without_a_list_of_sources_a_mark_is_only_words(self) -> None:
        assert 'href="#source' not in render_html(notebook(CITING), options())

    @settings(max_examples=30, deadline=None)
    @given(numbers=st.lists(st.integers(0, 4), max_size=8))
    def test_every_link_of_a_page_leads_somewhere(self, numbers: list[int]) -> None:
        text = " ".join(f"[{each}]" for each in numbers)
        page = render_html(notebook(f"# 题\n\n{text}\n\n[x](#nowhere) [y](#there) <a id='there'></a><a id='there'></a>", sources()), options())
        links, anchors = re.findall(r'href="#([^"]+)"', page), re.findall(r' id="([^"]+)"', page)
        assert set(links) <= set(anchors) and len(anchors) == len(set(anchors))


class TestTables:
    def table(self) -> PrintTable:
        import pandas as pd

        rows = [(Linked("高新技术企业", "target-x"), Drawn("为目标值的 94%", small_chart(0.94, NAN, NAN)), "423")] * 39
        return PrintTable(pd.DataFrame(rows, columns=["目标", "图", "数"], dtype="object"), "一览", {}, (3, 1, 1), {0: "第一组"}, True)

    def cells(self, *more: str):
        data, about = self.table()._repr_mimebundle_()
        return notebook("# 题", "## 一\n\n正文", "## 全部", shown(data, **about), "## 之后\n\n<a id='target-x'></a>卡片", *more)

    def test_a_table_with_a_page_of_its_own_has_it(self) -> None:
        pages = [page.extract_text() for page in reader(render_pdf(self.cells(), options())).pages]
        assert len(pages) == 3
        assert "全部" in pages[1] and pages[1].count("423") == 39 and "正文" not in pages[1] and "之后" in pages[2]

    def test_its_drawings_are_described_and_its_links_lead_to_the_cards(self) -> None:
        page = render_html(self.cells(), options())
        assert page.count('alt="为目标值的 94%"') == 39 and page.count('<a href="#target-x">高新技术企业</a>') == 39
        assert "第一组" in page

    def test_the_tables_come_as_a_workbook(self) -> None:
        printed = print_notebook(self.cells(), options(imprint=IMPRINT))
        book = openpyxl.load_workbook(io.BytesIO(printed.workbook))
        about, table = book.worksheets
        assert IMPRINT.cite in [cell.value for cell in about["B"]]
        assert table["A1"].value.endswith("一览") and [cell.value for cell in table[3]] == ["目标", "图", "数"]
        assert [cell.value for cell in table[5]] == ["高新技术企业", "为目标值的 94%", 423]
        assert printed.workbook == print_notebook(self.cells(), options(imprint=IMPRINT)).workbook
        assert print_notebook(notebook("# 题", "正文"), options()).workbook == b""

    def test_a_table_without_a_caption_has_its_sections_name_and_marks_their_sources(self) -> None:
        listed = {"text/html": "<table><thead><tr><th>数</th></tr></thead><tbody><tr><td>423[2]</td></tr></tbody></table>"}
        book = openpyxl.load_workbook(io.BytesIO(print_notebook(notebook("# 题", "## 高新技术企业", listed, "## 出处", sources()), options()).workbook))
        table, cited = book.worksheets[1:]
        assert table.title.endswith("高新技术企业") and table["A1"].value.endswith("高新技术企业")
        assert [[cell.value for cell in row] for row in cited.iter_rows(min_row=3)] == [["编号", "来源"], [1, "甲"], [2, "乙"]]


class TestSmallChart:
    @given(value=st.floats(0, 50), lower=st.floats(0, 50), upper=st.floats(0, 50))
    def test_nothing_is_drawn_outside(self, value: float, lower: float, upper: float) -> None:
        for chart in (small_chart(value, NAN, NAN), small_chart(NAN, lower, NAN), small_chart(NAN, NAN, upper), small_chart(value, lower, upper)):
            places = [float(x) for x in re.findall(r'(?:cx|x1|x2|x)="([\d.]+)"', chart)]
            assert all(0 <= x <= WIDTH for x in places)

    @pytest.mark.parametrize(
        ("known", "has", "lacks"),
        [((0.5, NAN, NAN), "<circle", "<polygon"), ((2.6, NAN, NAN), "<polygon", "<circle"), ((NAN, 0.3, NAN), "<polyline", "<circle"),
         ((NAN, NAN, 2.56), "<polygon", "<polyline"), ((NAN, NAN, NAN), "<line", "<rect")],
    )  # fmt: skip
    def test_marks_differ_by_shape_and_what_is_beyond_is_an_arrow(self, known, has: str, lacks: str) -> None:
        chart = small_chart(*known)
        assert has in chart and lacks not in chart
