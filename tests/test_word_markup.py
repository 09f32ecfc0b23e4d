"""Word files whose text python-docx reads otherwise than Word shows it: refused with the place, in replies and task lists; text boxes and pictures."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from daye_analysis.errors import CheckFailed, DayeError
from daye_analysis.package.new import new_package
from daye_analysis.package.request.filled_in import filled_in_rows
from daye_analysis.package.request.messages import COLUMNS
from daye_analysis.source.documents.docx import docx_text, read_docx_task_list
from daye_analysis.source.documents.xlsx import xlsx_text

MARKUP = {
    "changes": f'<w:p {nsdecls("w")}><w:r><w:t>3</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>80</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="a"><w:r><w:t>95</w:t></w:r></w:ins></w:p>',
    "control": f'<w:p {nsdecls("w")}><w:sdt><w:sdtContent><w:r><w:t>95</w:t></w:r></w:sdtContent></w:sdt></w:p>',
    "struck-out": f'<w:p {nsdecls("w")}><w:r><w:rPr><w:strike/></w:rPr><w:t>80</w:t></w:r></w:p>',
    "hidden": f'<w:p {nsdecls("w")}><w:r><w:rPr><w:vanish/></w:rPr><w:t>80</w:t></w:r></w:p>',
    "superscript": f'<w:p {nsdecls("w")}><w:r><w:t>3</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>',
    "superscript or subscript": f'<w:p {nsdecls("w")}><w:r><w:t>3</w:t></w:r><w:r><w:rPr><w:position w:val="6"/></w:rPr><w:t>2</w:t></w:r></w:p>',
    "equation": f'<w:p {nsdecls("w", "m")}><w:r><w:t>3</w:t></w:r><m:oMath><m:r><m:t>5</m:t></m:r></m:oMath></w:p>',
    "writing direction": f'<w:p {nsdecls("w")}><w:r><w:t>3</w:t></w:r><w:bdo w:val="rtl"><w:r><w:t>5</w:t></w:r></w:bdo></w:p>',
}
# What a list may hold, of which the words alone are read.
REPLIES_ONLY = {
    "footnote": f'<w:p {nsdecls("w")}><w:r><w:t>3</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>',
    "comment": f'<w:p {nsdecls("w")}><w:r><w:t>3</w:t></w:r><w:r><w:commentReference w:id="2"/></w:r></w:p>',
    "automatic numbering": f'<w:p {nsdecls("w")}><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>3</w:t></w:r></w:p>',
    "white text": f'<w:p {nsdecls("w")}><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>3</w:t></w:r></w:p>',
}
PLAIN = f'<w:p {nsdecls("w")}><w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>80</w:t></w:r></w:p>'


def document(paragraph: str) -> Any:
    """Return a Word file with a request's table, whose value cell holds `paragraph`."""
    made = docx.Document()
    table = made.add_table(rows=2, cols=len(COLUMNS))
    for place, (words, _) in enumerate(COLUMNS.values()):
        table.cell(0, place).text = "\n".join(words)
    cell = table.cell(1, list(COLUMNS).index("value"))
    cell._tc.replace(cell._tc.p_lst[0], parse_xml(paragraph))
    return made


@pytest.mark.parametrize("kind", MARKUP)
def test_markup_is_refused_with_its_place(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "reply.docx"
    document(MARKUP[kind]).save(str(path))
    with pytest.raises(CheckFailed) as caught:
        filled_in_rows(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("request.markup", f"reply.docx:table 1 row 2 column {1 + list(COLUMNS).index('value')}")
    assert kind in problem.what.en
    with pytest.raises(CheckFailed) as caught:
        docx_text(path)
    assert [each.code for each in caught.value.problems] == ["source.docx-markup"]


@pytest.mark.parametrize("kind", REPLIES_ONLY)
def test_what_says_more_than_the_words_of_a_cell_is_refused_in_a_reply(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "reply.docx"
    document(REPLIES_ONLY[kind]).save(str(path))
    with pytest.raises(CheckFailed, match=kind) as caught:
        filled_in_rows(path)
    assert caught.value.problems[0].where == f"reply.docx:table 1 row 2 column {1 + list(COLUMNS).index('value')}"
    assert "3" in docx_text(path)


@pytest.mark.parametrize("words", ["<w:t>km</w:t>", "<w:t>面积3km</w:t>"])
def test_a_superscript_that_joins_no_number_is_read(words: str, tmp_path: Path) -> None:
    path = tmp_path / "reply.docx"
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r>'
    document(f"<w:p {nsdecls('w')}><w:r>{words}</w:r>{raised}<w:r><w:t>。</w:t></w:r></w:p>").save(str(path))
    assert filled_in_rows(path)[0].cells["value"].endswith("km2。")
    assert "km2。" in docx_text(path)


def test_what_a_style_strikes_out_or_raises_is_refused(tmp_path: Path) -> None:
    made = document(f'<w:p {nsdecls("w")}><w:r><w:t>3</w:t></w:r><w:r><w:rPr><w:rStyle w:val="Child"/></w:rPr><w:t>1</w:t></w:r></w:p>')
    for name, inside in (("Mark", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'), ("Child", "")):
        base = '<w:basedOn w:val="Mark"/>' if name == "Child" else ""
        style = f'<w:style {nsdecls("w")} w:type="character" w:styleId="{name}"><w:name w:val="{name}"/>{base}{inside}</w:style>'
        made.styles.element.append(parse_xml(style))
    made.save(str(tmp_path / "reply.docx"))
    with pytest.raises(CheckFailed, match="superscript"):
        filled_in_rows(tmp_path / "reply.docx")


def test_white_words_on_a_dark_cell_are_read(tmp_path: Path) -> None:
    made = document(REPLIES_ONLY["white text"])
    cell = made.tables[0].cell(1, list(COLUMNS).index("value"))
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="1F4E79"/>'))
    made.save(str(tmp_path / "reply.docx"))
    assert filled_in_rows(tmp_path / "reply.docx")[0].cells["value"] == "3"


def spoil_row(made: Any, kind: str) -> None:
    row = made.tables[0].rows[1]._tr
    if kind == "hidden":
        row.get_or_add_trPr().append(parse_xml(f"<w:hidden {nsdecls('w')}/>"))
    else:
        row.remove(row.tc_lst[-1 if kind == "last" else 0])
    if kind == "before":
        row.get_or_add_trPr().append(parse_xml(f'<w:gridBefore {nsdecls("w")} w:val="1"/>'))


@pytest.mark.parametrize(("kind", "code"), [("hidden", "request.markup"), ("last", "request.row-cells"), ("first", "request.row-cells")])
def test_a_word_row_that_is_hidden_or_lacks_a_cell_is_refused(kind: str, code: str, tmp_path: Path) -> None:
    made = document(PLAIN)
    spoil_row(made, kind)
    made.save(str(tmp_path / "reply.docx"))
    with pytest.raises(CheckFailed) as caught:
        filled_in_rows(tmp_path / "reply.docx")
    (problem,) = caught.value.problems
    assert problem.code == code and problem.where.startswith("reply.docx:table 1 row 2")


def test_a_word_row_that_begins_later_keeps_its_columns(tmp_path: Path) -> None:
    made = document(PLAIN)
    spoil_row(made, "before")
    made.save(str(tmp_path / "reply.docx"))
    (row,) = filled_in_rows(tmp_path / "reply.docx")
    assert (row.cells["key"], row.cells["value"]) == ("", "80")


def test_plain_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "reply.docx"
    document(PLAIN).save(str(path))
    (row,) = filled_in_rows(path)
    assert row.cells["value"] == "80"
    assert "80" in docx_text(path)


def test_a_table_within_a_cell_is_refused(tmp_path: Path) -> None:
    made = document(PLAIN)
    made.tables[0].cell(1, 0).add_table(1, 1)
    made.save(str(tmp_path / "reply.docx"))
    with pytest.raises(CheckFailed, match="nested table"):
        filled_in_rows(tmp_path / "reply.docx")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_refused_by_name(state: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["\n".join(words) for words, _ in COLUMNS.values()])
    book.create_sheet("藏").sheet_state = state
    book.save(tmp_path / "reply.xlsx")
    with pytest.raises(CheckFailed) as caught:
        filled_in_rows(tmp_path / "reply.xlsx")
    assert [(each.code, each.where) for each in caught.value.problems] == [("request.hidden-sheet", "reply.xlsx:藏")]


_COMPATIBLE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_SHAPE = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
_INSIDE = "<w:p><w:r><w:t>新建绿道9公里。（责任单位：市园林局）</w:t></w:r></w:p>"
_TABLE = (
    "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    "<w:tr><w:tc><w:p><w:r><w:t>任务</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>牵头单位</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>新建绿道9公里。</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>市园林局</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>"
)
BOXES = {
    "drawing": "<w:r><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></w:drawing></w:r>",
    "old picture": "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>",
    "both, for new and old readers": "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent>"
    "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
}


def with_box(box: str, inside: str) -> Any:
    """Return a Word list whose first paragraph anchors a text box that holds `inside`."""
    made = docx.Document()
    anchored = f'<w:p {nsdecls("w")} {_COMPATIBLE} {_SHAPE}><w:r><w:t>某市任务</w:t></w:r>{box.format(inside)}</w:p>'
    made.element.body.insert(0, parse_xml(anchored))
    return made


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("inside", [_INSIDE, _TABLE], ids=["paragraph", "table"])
def test_a_text_box_of_a_list_is_read_once(box: str, inside: str, tmp_path: Path) -> None:
    path = tmp_path / "list.docx"
    with_box(box, inside).save(str(path))
    assert docx_text(path).count("新建绿道9公里。") == 1
    draft = read_docx_task_list(path)
    assert [body.text for row in draft.rows for body in (*row.leads, *row.responsibles)] == ["市园林局"]


def test_struck_out_text_in_a_box_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.docx"
    with_box(BOXES["drawing"], "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>80</w:t></w:r></w:p>").save(str(path))
    with pytest.raises(CheckFailed, match="struck-out"):
        docx_text(path)


def test_a_text_box_in_a_reply_stays_refused(tmp_path: Path) -> None:
    path = tmp_path / "reply.docx"
    document(f'<w:p {nsdecls("w")} {_SHAPE}>{BOXES["drawing"].format(_INSIDE)}</w:p>').save(str(path))
    with pytest.raises(CheckFailed, match="a text box"):
        filled_in_rows(path)


def test_pictures_of_a_list_are_named(tmp_path: Path) -> None:
    picture = io.BytesIO(base64.b64decode("R0lGODdhAQABAIAAAP///////ywAAAAAAQABAAACAkQBADs="))
    made = docx.Document()
    made.add_paragraph("1.新建绿道9公里。（责任单位：市园林局）")
    made.add_picture(picture)
    made.save(str(tmp_path / "list.docx"))
    assert new_package(tmp_path / "made", tmp_path / "list.docx").notes[-1].en.startswith("Paragraphs or tables 2 hold pictures")
    made = docx.Document()
    made.add_paragraph("1.新建绿道9公里。（责任单位：市园林局）")
    made.save(str(tmp_path / "plain.docx"))
    assert not any("picture" in note.en for note in new_package(tmp_path / "other", tmp_path / "plain.docx").notes)


def workbook(path: Path, change: Any) -> Path:
    """Write a workbook with a request's headings and one row, changed by `change`."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    sheet.append(["\n".join(words) for words in HEADINGS])
    sheet.append(["95"] * len(HEADINGS))
    change(sheet)
    book.save(path)
    return path


HEADINGS = [heading for heading, _ in COLUMNS.values()]
STRUCK = CellRichText("95 ", TextBlock(InlineFont(strike=True), "80"))


def hide_row(sheet: Any) -> None:
    sheet.row_dimensions[2].hidden = True


def hide_column(sheet: Any) -> None:
    sheet.column_dimensions["H"].hidden = True


def hide_columns(sheet: Any) -> None:
    sheet.column_dimensions.group("G", "I", hidden=True)


def strike(sheet: Any) -> None:
    sheet["H2"].font = Font(strike=True)


def strike_a_part(sheet: Any) -> None:
    sheet["H2"] = STRUCK


def put_a_formula(sheet: Any) -> None:
    sheet["H2"] = "=1+1"


def flatten_row(sheet: Any) -> None:
    sheet.row_dimensions[2].height = 0.1


def narrow_column(sheet: Any) -> None:
    sheet.column_dimensions["H"].width = 0.1


def raise_a_part(sheet: Any) -> None:
    sheet["H2"] = CellRichText("3", TextBlock(InlineFont(vertAlign="superscript"), "1"))


def whiten(sheet: Any) -> None:
    sheet["H2"].font = Font(color="FFFFFFFF")
    sheet["H2"].fill = PatternFill("solid", fgColor="FFFFF8D6")


def formatted(value: object, code: str) -> Any:
    def change(sheet: Any) -> None:
        sheet["H2"] = value
        sheet["H2"].number_format = code

    return change


@pytest.mark.parametrize(
    ("change", "cell", "words"),
    [
        (hide_row, "A2", "hidden row"),
        (hide_column, "H1", "hidden column"),
        (hide_columns, "G1", "hidden column"),
        (strike, "H2", "struck-out"),
        (strike_a_part, "H2", "struck-out"),
        (put_a_formula, "H2", "without a computed value"),
        (flatten_row, "A2", "hidden row"),
        (narrow_column, "H1", "hidden column"),
        (raise_a_part, "H2", "a superscript"),
        (whiten, "H2", "white text"),
        (formatted(3, '0"万元"'), "H2", "number format"),
        (formatted(3500, "0,"), "H2", "number format"),
        (formatted(3, ";;;"), "H2", "number format"),
        (formatted("3", ";;;"), "H2", "number format"),
        (formatted(-3, "0;(0)"), "H2", "number format"),
        (formatted(3, "[White]0"), "H2", "number format"),
        (formatted(3.5, "# ?/?"), "H2", "number format"),
    ],
)
def test_what_excel_shows_otherwise_is_refused_with_its_cell(change: Any, cell: str, words: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "reply.xlsx", change)
    if "hidden" not in words:
        with pytest.raises(CheckFailed, match=words) as caught:
            filled_in_rows(path)
        assert [(each.code, each.where) for each in caught.value.problems] == [("request.markup", f"reply.xlsx:{cell}")]
    with pytest.raises(CheckFailed, match=words) as caught:
        xlsx_text(path)
    assert [(each.code, each.where) for each in caught.value.problems] == [("source.xlsx-markup", f"reply.xlsx:表!{cell}")]


PLAIN_FORMATS = [
    (3.14, "General", "3.14", "3.14"),
    (3.5, "0.00", "3.5", "3.50"),
    (3.5, "0.0#", "3.5", "3.5"),
    (12500, "#,##0", "12500", "12500"),
    (12500, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ ", "12500", "12500"),
    (-3, "0_ ;[Red]\\-0\\ ", "-3", "-3"),
    (3, "@", "3", "3"),
]


@pytest.mark.parametrize(("value", "code", "read", "shown"), PLAIN_FORMATS)
def test_a_format_that_shows_the_whole_number_is_read(value: float, code: str, read: str, shown: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "reply.xlsx", formatted(value, code))
    assert filled_in_rows(path)[0].cells["value"] == read
    assert shown in xlsx_text(path).split()


def test_a_rounded_number_is_refused_in_a_reply_and_read_as_shown_in_a_list(tmp_path: Path) -> None:
    path = workbook(tmp_path / "reply.xlsx", formatted(3.14159, "0"))
    with pytest.raises(CheckFailed) as caught:
        filled_in_rows(path)
    assert [(each.code, each.where) for each in caught.value.problems] == [("request.markup", "reply.xlsx:H2")]
    assert "3" in xlsx_text(path).split()


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (lambda sheet: sheet.__setitem__("M2", "77"), "request.outside-form", "M2"),
        (lambda sheet: setattr(sheet["H2"], "comment", Comment("77", "a")), "request.markup", "H2"),
        (lambda sheet: (sheet.__setitem__("A3", "k"), sheet.merge_cells("H2:H3")), "request.merged-value", "H2"),
        (lambda sheet: sheet.parent.create_chartsheet("图"), "request.chart-sheet", "图"),
    ],
)
def test_what_would_be_left_out_of_a_workbook_is_refused_by_name(change: Any, code: str, cell: str, tmp_path: Path) -> None:
    with pytest.raises(CheckFailed) as caught:
        filled_in_rows(workbook(tmp_path / "reply.xlsx", change))
    assert [(each.code, each.where) for each in caught.value.problems] == [(code, f"reply.xlsx:{cell}")]


def test_cells_of_a_workbook_that_are_merged_over_rows_say_the_same_in_each(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["H3"] = "96"
        sheet.merge_cells("J2:J3")

    rows = filled_in_rows(workbook(tmp_path / "reply.xlsx", change))
    assert [(row.cells["value"], row.cells["document"]) for row in rows] == [("95", "95"), ("96", "95")]


def test_an_empty_hidden_row_and_font_without_a_line_are_read(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["Z"].hidden = True
        sheet["H2"].font = Font(strike=False, bold=True)

    path = workbook(tmp_path / "reply.xlsx", change)
    (row,) = filled_in_rows(path)
    assert (row.cells["value"], row.where) == ("95", "reply.xlsx:H2")
    assert "95" in xlsx_text(path)


@pytest.mark.parametrize("span", ["64", "100000000", "-1", "x"])
def test_a_cell_merged_over_more_columns_than_word_allows_is_refused(span: str, tmp_path: Path) -> None:
    made = document(PLAIN)
    properties = made.tables[0].cell(1, 0)._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="{span}"/>'))
    made.save(str(tmp_path / "reply.docx"))
    with pytest.raises(CheckFailed, match="more than 63 columns") as caught:
        docx_text(tmp_path / "reply.docx")
    assert [each.code for each in caught.value.problems] == ["source.docx-markup"]
    with pytest.raises(DayeError):
        filled_in_rows(tmp_path / "reply.docx")


@pytest.mark.parametrize("around", ["row", "table"])
def test_a_content_control_around_a_row_or_a_table_is_refused(around: str, tmp_path: Path) -> None:
    made = document(PLAIN)
    table = made.tables[0]._tbl
    inner = table.tr_lst[1] if around == "row" else table
    control = parse_xml(f'<w:sdt {nsdecls("w")}><w:sdtContent/></w:sdt>')
    inner.addprevious(control)
    control[0].append(inner)
    made.save(str(tmp_path / "reply.docx"))
    with pytest.raises(CheckFailed, match="a content control"):
        filled_in_rows(tmp_path / "reply.docx")


def test_merged_cells_of_a_reply_say_the_same_in_each_place(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(rows=3, cols=len(COLUMNS))
    for place, words in enumerate(HEADINGS):
        table.cell(0, place).text = "\n".join(words)
    table.cell(1, 0).merge(table.cell(2, 0)).text = "同"
    table.cell(1, 1).merge(table.cell(1, 3)).text = "横"
    made.save(str(tmp_path / "reply.docx"))
    first, second = filled_in_rows(tmp_path / "reply.docx")
    assert (first.cells["key"], second.cells["key"]) == ("同", "同")
    assert [first.cells[name] for name in ("target", "wording", "asked", "scope")] == ["横", "横", "横", ""]
    assert first.places["date"] == f"reply.docx:table 1 row 2 column {1 + list(COLUMNS).index('date')}"


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (0.985, "0.0%", "98.5%"),
        (0.985, "0%", "99%"),
        (0.145, "0%", "15%"),
        (-0.145, "0%", "-15%"),
        (0.98465, "0.00%", "98.47%"),
        (1, "0.0%", "100.0%"),
        (12.5, "#,##0%", "1,250%"),
        (12.5, "0%", "1250%"),
        (0, "0%", "0%"),
        (-0.0001, "0%", "0%"),
        (0.985, "0.0%;[Red]-0.0%", "98.5%"),
        (0.985, "0.0%_ ", "98.5%"),
        (0.985, "General", "0.985"),
        ("0.985", "0.0%", "0.985"),
    ],
)
def test_a_per_cent_cell_of_a_list_is_read_as_excel_shows_it(value: Any, number_format: str, shown: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    # The first row and column that are used are not those of the sheet.
    book.active["C3"], book.active["D4"] = "任务", value
    book.active["D4"].number_format = number_format
    book.save(tmp_path / "list.xlsx")
    assert xlsx_text(tmp_path / "list.xlsx").split() == ["任务", shown]


@pytest.mark.parametrize(("value", "number_format"), [(98.5, '0.0"%"'), (0.5, "# ?/?%"), (-0.5, "0%;(0%)"), (0.5, "[>1]0%;0.0"), (0, '0%;-0%;"-"')])
def test_a_per_cent_format_that_is_not_understood_is_refused_with_its_cell(value: float, number_format: str, tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx", lambda sheet: sheet.cell(2, 8, value))
    book = openpyxl.load_workbook(path)
    book.active["H2"].number_format = number_format
    book.save(path)
    with pytest.raises(CheckFailed, match="percentage format") as caught:
        xlsx_text(path)
    assert [(each.code, each.where) for each in caught.value.problems] == [("source.xlsx-markup", "list.xlsx:表!H2")]


def numbered(*levels: tuple[str, str], start: int = 1) -> Any:
    """Return a document with a list `7` of these formats and patterns."""
    made = docx.Document()
    rows = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (form, pattern) in enumerate(levels)
    )
    root = made.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{rows}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="7"><w:abstractNumId w:val="77"/></w:num>'))
    root.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="8"><w:abstractNumId w:val="77"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
    )
    return made


def count(paragraph: Any, depth: int = 0, name: int = 7) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>'))


def test_what_word_counts_by_itself_is_read_with_its_paragraph(tmp_path: Path) -> None:
    made = numbered(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%1.%3"), start=9)
    for depth, text in enumerate(("加快发展", "做强企业", "培育企业10家", "建设平台5个")):
        count(made.add_paragraph(text), min(depth, 2))
    for text in ("优化环境", "招引项目", "完善机制"):
        count(made.add_paragraph(text))
    count(made.add_paragraph("重新开始"), 0, 8)
    made.add_paragraph("不编号")
    made.add_paragraph("甲", style="List Number")
    made.save(str(tmp_path / "n.docx"))
    assert docx_text(tmp_path / "n.docx").splitlines() == [
        "九、加快发展", "（九）做强企业", "九.9 培育企业10家", "九.10 建设平台5个", "十、优化环境", "十一、招引项目", "十二、完善机制",
        "一、重新开始", "不编号", "1. 甲",
    ]  # fmt: skip


def test_a_first_column_that_word_numbers_has_its_numbers(tmp_path: Path) -> None:
    made = numbered(("decimal", "%1."))
    table = made.add_table(rows=0, cols=3)
    rows = [("序号", "重点任务", "责任单位"), ("", "新增规上企业30家", "经信局"), ("", "建设充电桩200个", "发改局")]
    for at, row in enumerate(rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
        if at:
            count(cells[0].paragraphs[0])
    made.save(str(tmp_path / "n.docx"))
    assert [row.number and row.number.text for row in read_docx_task_list(tmp_path / "n.docx").rows] == ["1", "2"]


def test_numbers_of_a_format_that_is_not_known_are_named(tmp_path: Path) -> None:
    made = numbered(("chineseLegalSimplified", "%1、"))
    count(made.add_paragraph("加快发展"))
    made.save(str(tmp_path / "n.docx"))
    with pytest.raises(CheckFailed) as caught:
        docx_text(tmp_path / "n.docx")
    assert "chineseLegalSimplified" in caught.value.problems[0].what.zh
