"""Task lists of any layout: the same rows from flattened cells, lines, Markdown, Word; units; refusals."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from daye_analysis.errors import CheckFailed, NotReadable, Refused
from daye_analysis.source import (
    DraftTaskList,
    decode,
    propose_row_targets,
    read_any_task_list,
    read_docx_task_list,
    read_task_list,
)
from daye_analysis.source.documents.docx import docx_text
from daye_analysis.source.draft import DUE_COLUMN_UNCLEAR, DUE_FROM_COLUMN, NO_LEAD
from daye_analysis.source.named_bodies import named_bodies
from daye_analysis.source.spans import Span
from daye_analysis.source.tables.column_roles import columns
from daye_analysis.source.tables.layout import find_tables
from daye_analysis.source.tables.rows import (
    CELLS_FITTED,
    FIRST_LEADS,
    LEAD_INHERITED,
    OTHERS_TOO,
    UNITS_ADDED,
)
from daye_analysis.source.tables.table import Table

HERE = Path(__file__).parent
OFFICIAL = (HERE.parent / "data" / "source" / "task_list.zh.txt").read_bytes().decode("utf-8")
LISTS = sorted((HERE / "task_lists").glob("*.txt"))
TABLES = [path for path in LISTS if find_tables(path.read_text(encoding="utf-8"))]
Row = tuple[str | None, str | None, str, str | None, tuple[str, ...], tuple[str, ...], str | None]


def _rows(draft: DraftTaskList) -> list[Row]:
    def words(span: Span | None) -> str | None:
        return None if span is None else span.text

    return [
        (
            words(row.number),
            words(row.action),
            row.task.text,
            words(row.further[0] if row.further else None),
            tuple(name.text for name in row.leads),
            tuple(name.text for name in row.responsibles),
            words(row.due),
        )
        for row in draft.rows
    ]


def _check_spans(draft: DraftTaskList) -> None:
    for row in draft.rows:
        for span in (row.number, row.action, row.task, *row.further, row.due, *row.leads, *row.responsibles):
            assert span is None or draft.text[span.start : span.end] == span.text != ""


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("某县工业重点任务分解表\n2025年8月\n", "某县工业重点任务分解表"),
        ("某县工业重点任务清单（2025年）\n二〇二五年八月二十日\n", "某县工业重点任务清单（2025年）"),
        ("某县工作要点\n单位：亿元\n(2025-08-20)\n", "某县工作要点"),
        ("某县2025年任务\n2025年\n", "某县2025年任务"),
        ("2025年8月\n", ""),
        ("", ""),
    ],
)
def test_a_date_above_the_table_is_no_title(above: str, title: str) -> None:
    table = "序号\t工作任务\t牵头单位\n1\t建成3个园区\t县工信局\n"
    assert read_any_task_list(above + table).title == title


def test_the_official_list_reads_the_same_leniently_and_strictly() -> None:
    draft, strict = read_any_task_list(OFFICIAL), read_task_list(OFFICIAL, "task_list.zh.txt")
    _check_spans(draft)
    assert draft.title == strict.title
    assert [row.task.text for row in draft.rows] == [task.text_zh for task in strict.tasks]
    assert [row.task.start for row in draft.rows] == [task.source_start for task in strict.tasks]
    assert len(draft.actions) == 7
    assert draft.spellings == strict.spellings
    assert sum(len(row.leads) for row in draft.rows) == 22
    assert sum(len(row.responsibles) for row in draft.rows) == 117
    assert not any(row.needs_judgement for row in draft.rows)


ROWS = {"01": 6, "02": 7, "03": 6, "04": 7, "05": 7, "06": 4, "07": 5, "08": 4, "09": 8, "10": 6, "11": 6,
        "12": 6, "13": 6, "14": 5}  # fmt: skip


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_every_made_up_list_gives_its_rows_and_who_leads(path: Path) -> None:
    draft = read_any_task_list(path.read_text(encoding="utf-8"), path.name)
    _check_spans(draft)
    assert len(draft.rows) == ROWS[path.stem[:2]]
    assert draft.title.startswith("某")
    assert all(row.leads for row in draft.rows)
    assert [row.position for row in draft.rows] == list(range(1, len(draft.rows) + 1))
    lines = draft.text.split("\n")
    assert all(row.task.text.split("\n")[0] in lines[row.line - 1] for row in draft.rows)


PICKED: list[tuple[str, int, Row]] = [
    # list, row, (number, action, task's beginning, goal's beginning, leads, responsibles, due)
    (
        "01",
        2,
        ("2", "壮大工业规模", "力争2025年", None, ("县发改局",), ("县工信局", "县统计局"), "2025年12月底"),
    ),
    ("02", 1, ("1", None, "到2025年底", None, ("市数据局",), ("市工信局", "市统计局"), None)),
    ("03", 3, ("3", None, "化学需氧量", None, ("区生态环境分局",), ("区住建局", "各镇街"), "2025年底")),
    ("04", 2, ("2", "集群培育", "培育年营业收入", None, ("市经信局",), ("市发改委", "市科技局"), None)),
    (
        "04",
        7,
        ("7", "项目攻坚", "每年滚动", None, ("市发改委",), ("各县（市、区）政府", "开发区管委会"), None),
    ),
    ("05", 3, ("3", "二、强项目", "全年引进", None, ("县招商局",), ("县发改局",), "2025年12月")),
    ("05", 5, ("5", "二、强项目", "上半年开工", None, ("县发改局",), ("县工信局",), "2025年6月、12月")),
    (
        "06",
        1,
        ("1.", "一、加快结构调整", "到2026年底", None, ("市工信局",), ("市发改委", "市统计局"), "2026年12月"),
    ),
    ("06", 3, ("3.", "二、培育绿色载体", "累计创建", None, ("市工信局",), ("各县（市、区）政府",), None)),
    ("07", 2, (None, "主体倍增", "高新技术企业", None, ("科技创新局",), ("市场监管局",), None)),
    ("08", 3, ("03", "人才引育", "实施“百名", "柔性引才", ("县委组织部",), ("县人社局", "县科技局"), None)),
    (
        "09",
        1,
        ("1", None, "地区生产总值", None, ("市发展改革委",), ("市统计局", "市工信局", "市商务局"), None),
    ),
    ("10", 2, ("2", "畅通通道", "建成5000吨级", None, ("市交通运输局",), ("市发改委", "港航公司"), None)),
    ("11", 4, ("4", "主体培育", "建设高标准农田", None, ("县农业农村局",), ("各乡镇、街道",), "2025年10月")),
    ("12", 2, (None, "节能改造", "重点行业", None, ("生态环境分局",), ("经济发展局", "应急局"), "2027年")),
    ("13", 4, ("4", "二、融资支持", "“十四五”", None, ("市金融办",), (), None)),
    (
        "14",
        3,
        (None, "产业聚链行动", "产业链年产值", None, ("县工信局",), ("县税务局", "县人社局"), "2027年12月"),
    ),
]


@pytest.mark.parametrize(("name", "position", "expected"), PICKED)
def test_what_a_row_says(name: str, position: int, expected: Row) -> None:
    path = next(path for path in LISTS if path.stem.startswith(name))
    number, action, task, goal, *rest = _rows(read_any_task_list(path.read_text(encoding="utf-8")))[
        position - 1
    ]
    assert (number, action, *rest) == (*expected[:2], *expected[4:])
    assert task.startswith(expected[2])
    assert goal is None if expected[3] is None else (goal or "").startswith(expected[3])


def _cells(table: Table) -> list[list[str]]:
    rows = [[cell.text.replace("\n", "、") for cell in row] for row in (table.names, *table.rows)]
    return [row + [""] * (len(rows[0]) - len(row)) for row in rows]


def _as_cell_lines(title: str, cells: list[list[str]]) -> str:
    return title + "\n" + "".join("".join(f"\t{cell}\n" for cell in row) + "\n" for row in cells)


def _as_undivided_cell_lines(title: str, cells: list[list[str]]) -> str:
    return title + "\n" + "".join("".join(f"\t{cell}\n" for cell in row) for row in cells)


def _as_tab_rows(title: str, cells: list[list[str]]) -> str:
    return title + "\n" + "".join("\t".join(row) + "\n" for row in cells)


def _as_markdown(title: str, cells: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return f"# {title}\n\n" + "\n".join([lines[0], "|" + " --- |" * len(cells[0]), *lines[1:]]) + "\n"


def _as_framed(title: str, cells: list[list[str]]) -> str:
    rule = "├" + "┼".join(["───"] * len(cells[0])) + "┤\n"
    return title + "\n" + "".join(rule + "│" + "│".join(row) + "│\n" for row in cells)


def _as_crlf_with_mark(title: str, cells: list[list[str]]) -> str:
    return "\ufeff" + _as_tab_rows(title, cells).replace("\n", "\r\n")


def _with_header_on_each_page(title: str, cells: list[list[str]]) -> str:
    return _as_tab_rows(title, [*cells[:3], cells[0], *cells[3:]])


LAYOUTS = [
    _as_cell_lines, _as_undivided_cell_lines, _as_tab_rows, _as_markdown, _as_framed, _as_crlf_with_mark,
    _with_header_on_each_page,
]  # fmt: skip


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_every_layout_gives_the_same_rows(path: Path, layout: Callable[[str, list[list[str]]], str]) -> None:
    text = path.read_text(encoding="utf-8")
    (grid,), plain = find_tables(text), read_any_task_list(text)
    again = read_any_task_list(layout(plain.title, _cells(grid)))
    _check_spans(again)
    assert again.title == plain.title
    assert _rows(again) == _rows(plain)


def _write_docx(path: Path, title: str, cells: list[list[str]], *, merge: bool) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(rows=len(cells), cols=len(cells[0]))
    for i, row in enumerate(cells):
        for k, cell in enumerate(row):
            table.cell(i, k).text = cell
    if merge:
        for i, row in enumerate(cells):
            if sum(bool(cell) for cell in row) == 1:
                table.cell(i, 0).merge(table.cell(i, len(row) - 1))
        for k in range(len(cells[0])):
            for i in range(2, len(cells)):
                whole = sum(bool(cell) for cell in cells[i]) > 1
                if whole and not cells[i][k] and sum(bool(cell) for cell in cells[i - 1]) > 1:
                    table.cell(i - 1, k).merge(table.cell(i, k))
    document.save(str(path))


@pytest.mark.parametrize("merge", [False, True], ids=["blank", "merged"])
@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_word_table_gives_the_same_rows(path: Path, merge: bool, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    (grid,), plain = find_tables(text), read_any_task_list(text)
    _write_docx(tmp_path / "list.docx", plain.title, _cells(grid), merge=merge)
    draft = read_docx_task_list(tmp_path / "list.docx")
    _check_spans(draft)
    assert draft.title == plain.title
    assert _rows(draft) == _rows(plain)
    for row, same in zip(draft.rows, plain.rows, strict=True):
        proposed = [(t.comparator, t.value, t.wording_zh, t.due) for t in propose_row_targets(row)]
        assert proposed == [(t.comparator, t.value, t.wording_zh, t.due) for t in propose_row_targets(same)]


def test_word_paragraphs_with_labels_are_read_too(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    path = next(path for path in LISTS if path.stem.startswith("06"))
    document = docx.Document()
    for line in path.read_text(encoding="utf-8").split("\n"):
        document.add_paragraph(line)
    document.save(str(tmp_path / "list.docx"))
    plain = read_any_task_list(path.read_text(encoding="utf-8"))
    assert _rows(read_docx_task_list(tmp_path / "list.docx")) == _rows(plain)


UNITS = [
    ("市经信局、市发改局，市科技局\n各园区", [], [], ["市经信局", "市发改局", "市科技局", "各园区"]),
    ("市经信局（牵头），市发改局、市科技局", ["市经信局"], [], ["市发改局", "市科技局"]),
    ("市经信局牵头，市发改局、市科技局配合", ["市经信局"], ["市发改局", "市科技局"], []),
    ("市经信局、市发改局牵头", ["市经信局", "市发改局"], [], []),
    ("牵头单位：市经信局；责任单位：市发改局、市科技局", [], [], []),
    ("各乡镇（场）、街道", [], [], ["各乡镇（场）、街道"]),
    ("各乡镇、街道，市直各单位", [], [], ["各乡镇、街道", "市直各单位"]),
    ("各县（市、区）政府", [], [], ["各县（市、区）政府"]),
    ("市发改局、市科技局等有关单位。", [], [], ["市发改局", "市科技局"]),
    ("", [], [], []),
]


@pytest.mark.parametrize(
    ("text", "leads", "helpers", "unsaid"), [case for case in UNITS if "：" not in case[0]]
)
def test_units_of_a_cell(text: str, leads: list[str], helpers: list[str], unsaid: list[str]) -> None:
    units = named_bodies(Span(text, 10, 10 + len(text)))
    assert [name.text for name in units.leads] == leads
    assert [name.text for name in units.helpers] == helpers
    assert [name.text for name in units.unsaid] == unsaid
    assert all(text[name.start - 10 : name.end - 10] == name.text for name in units.every)
    assert units.and_others == ("等" in text)


def test_labels_within_a_cell_say_who_leads() -> None:
    units = named_bodies(Span("牵头单位：市经信局；责任单位：市发改局、市科技局", 0, 25))
    assert [name.text for name in units.leads] == ["市经信局"]
    assert [name.text for name in units.helpers] == ["市发改局", "市科技局"]


HEADERS = [
    ("序号 重点任务 任务清单 牵头单位 责任单位", "number action task lead responsible"),
    ("序号 重点任务 牵头单位 配合单位", "number task lead responsible"),
    ("责任单位 牵头单位 目标任务 重点工作 序号", "responsible lead task goal number"),
    ("序号 工作任务 责任领导 责任单位 完成时限", "number task person responsible due"),
    ("类别 主要任务 主责部门 协同部门 时间节点 备注", "action task lead responsible due other"),
    ("编号 重点任务 具体举措 量化目标 牵头单位 参与单位", "number action task goal lead responsible"),
    ("序 号 任务 内 容 牵头 单位", None),
    ("姓名 单位 电话", None),
    ("序号 任务内容 备注", None),
]


@pytest.mark.parametrize(("header", "expected"), HEADERS)
def test_columns_by_their_names(header: str, expected: str | None) -> None:
    found = columns(header.split(" "))
    if expected is None and "序 号" in header:
        found = columns(["序 号", "任务 内容", "牵头\n单位"])
        expected = "number task lead"
    assert found == (None if expected is None else tuple(expected.split(" ")))


HEADER = "序号\t任务内容\t牵头单位\t责任单位\t完成时限\n"


def test_what_was_guessed_is_noted() -> None:
    draft = read_any_task_list(
        "某地清单\n"
        + HEADER
        + "1\t新建平台3个\t甲局\t乙局等\t2025年底\n"
        + "2\t新建园区2个\t\t丙局\n"
        + "\t\t\t丁局\t\n"
        + "3\t\t\t\t\n"
        + "4\t新建工厂5家\t甲局\t乙局\t6月、12月\n"
    )
    notes = [row.needs_judgement for row in draft.rows]
    assert notes == [(OTHERS_TOO,), (CELLS_FITTED, LEAD_INHERITED, UNITS_ADDED), ()]
    assert [name.text for name in draft.rows[1].responsibles] == ["丙局", "丁局"]
    assert len(draft.needs_judgement) == 1 and "6" in draft.needs_judgement[0].zh
    (first,), (second,), (third,) = (propose_row_targets(row) for row in draft.rows)
    assert [t.due.isoformat() if t.due else None for t in (first, second, third)] == ["2025-12-31"] * 2 + [
        None
    ]
    assert DUE_FROM_COLUMN in first.needs_judgement
    assert DUE_COLUMN_UNCLEAR in third.needs_judgement


def test_a_list_without_a_column_of_leads_says_that_the_first_was_taken() -> None:
    draft = read_any_task_list("序号\t任务\t责任单位\n1\t新建平台3个\t甲局、乙局\n2\t新建园区2个\t\n")
    assert FIRST_LEADS in draft.needs_judgement
    assert _rows(draft)[0][4:6] == (("甲局",), ("乙局",))


def test_a_row_nobody_leads_is_kept_and_noted() -> None:
    draft = read_any_task_list(HEADER + "1\t新建平台3个\t\t乙局\t\n")
    assert draft.rows[0].needs_judgement == (NO_LEAD,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_decoded(encoding: str) -> None:
    assert decode(OFFICIAL.encode(encoding), "list.txt") == OFFICIAL


@pytest.mark.parametrize(
    ("read", "kind", "code"),
    [
        (lambda _: read_any_task_list("", "a.txt"), CheckFailed, "source.no-table"),
        (lambda _: read_any_task_list("一段没有表格的文字。", "a.txt"), CheckFailed, "source.no-table"),
        (lambda _: read_any_task_list("姓名\t单位\n甲\t乙\n", "a.txt"), CheckFailed, "source.no-table"),
        (lambda _: read_any_task_list(HEADER, "a.txt"), CheckFailed, "source.no-rows"),
        (lambda _: decode(b"\x00\x01\x02", "a.txt"), NotReadable, "source.not-text"),
        (lambda _: decode(b"\xff\xff\xff", "a.txt"), NotReadable, "source.not-text"),
        (lambda d: read_docx_task_list(d / "a.txt"), NotReadable, "source.file-not-found"),
        (lambda d: read_docx_task_list(d), NotReadable, "source.not-a-file"),
        (lambda d: _docx_of(d, b"no zip"), NotReadable, "source.docx-unreadable"),
        (lambda d: _docx_of(d, _zip(d, {"a.xml": b"<a/>"})), NotReadable, "source.docx-unreadable"),
        (
            lambda d: _docx_of(d, _zip(d, {"[Content_Types].xml": b"<<"})),
            NotReadable,
            "source.docx-unreadable",
        ),
        (lambda d: _docx_of(d, _zip(d, {"a.xml": b"0" * 101_000_000})), Refused, "source.docx-too-large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(
    read: Callable[[Path], object], kind: type[CheckFailed | NotReadable | Refused], code: str, tmp_path: Path
) -> None:
    with pytest.raises(kind) as caught:
        read(tmp_path)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert problem.what.zh and problem.remedy.zh
    assert not problem.where.startswith("/")


def _docx_of(folder: Path, data: bytes) -> DraftTaskList:
    pytest.importorskip("docx")
    path = folder / "list.docx"
    path.write_bytes(data)
    return read_docx_task_list(path)


def _zip(folder: Path, entries: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(folder / "made.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return (folder / "made.zip").read_bytes()


def test_tabs_and_blank_lines_in_a_word_cell_do_not_break_the_row(tmp_path: Path) -> None:
    _write_docx(
        tmp_path / "list.docx",
        "某地清单",
        [["序号", "任务", "牵头单位"], ["1", "甲\t乙\n\n丙3家", "丁局"]],
        merge=False,
    )
    assert "\t甲 乙\n丙3家\n" in docx_text(tmp_path / "list.docx")
    assert read_docx_task_list(tmp_path / "list.docx").rows[0].task.text == "甲 乙\n丙3家"
