"""Word files whose text python-docx reads otherwise than Word shows it: refused with the place, in replies and task lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from daye_analysis.errors import CheckFailed
from daye_analysis.package.request.filled_in import filled_in_rows
from daye_analysis.package.request.messages import COLUMNS
from daye_analysis.source.documents.docx import docx_text

MARKUP = {
    "changes": f'<w:p {nsdecls("w")}><w:r><w:t>3</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>80</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="a"><w:r><w:t>95</w:t></w:r></w:ins></w:p>',
    "control": f'<w:p {nsdecls("w")}><w:sdt><w:sdtContent><w:r><w:t>95</w:t></w:r></w:sdtContent></w:sdt></w:p>',
    "struck-out": f'<w:p {nsdecls("w")}><w:r><w:rPr><w:strike/></w:rPr><w:t>80</w:t></w:r></w:p>',
    "hidden": f'<w:p {nsdecls("w")}><w:r><w:rPr><w:vanish/></w:rPr><w:t>80</w:t></w:r></w:p>',
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
