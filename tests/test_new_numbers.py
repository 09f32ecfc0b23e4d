"""No number is lost: whatever the layout, each number of a list is a target's, a baseline's or a note's, at its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from daye_analysis.package.edited.number_coverage import numbers_outside, target_places
from daye_analysis.package.new import Draft, Facts, draft_package
from daye_analysis.package.new.measurement import project_units
from daye_analysis.source.documents.flattened import flattened, of_comma_values
from daye_analysis.source.documents.html import html_text

UNITS = project_units()
Rows = Sequence[Sequence[str]]
TITLE = "某市养老服务任务分解表"

# Columns of a list, and what a cell of each may say around a number; an empty wording is a bare number.
TASK_COLUMNS = {
    "序号": ["{row}"],
    "领域": ["床位", "服务圈{n}"],
    "重点任务": ["扩大供给", "“一刻钟”服务圈{n}号"],
    "具体举措": ["新增护理床位{n}张。", "在{n}个村设点。", "安装扶手{n}处，培训护理员若干。", "落实第{n}号文件。"],
    "目标值": ["{n}", "{n}以上", "≥{n}%"],
    "进度安排": ["2026年底前建成{n}间", "2027年6月底", "分{n}批推进"],
    "工作目标": ["达到{n}个", "覆盖率不低于{n}%", "完成改造"],
    "牵头单位": ["市民政局"],
    "配合单位": ["市财政局", "无", "市卫健委、市人社局"],
    "备注": ["", "参照{n}年标准", "见第{n}页"],
}
INDICATOR_COLUMNS = {
    "序号": ["{row}"],
    "指标名称": ["护理型床位占比（%）", "助餐点", "每千名老人床位数"],
    "单位": ["%", "个", "张"],
    "2023年基期值": ["{n}", "—"],
    "2026年": ["{n}", "{n}以上"],
    "2027年目标值": ["{n}", "≥{n}", "〔{n}〕"],
    "属性": ["约束性", "预期性"],
}


def _tab_rows(rows: Rows) -> str:
    return TITLE + "\n" + "".join("\t".join(row) + "\n" for row in rows)


def _cell_lines(rows: Rows) -> str:
    return TITLE + "\n" + flattened(rows)


def _bars(rows: Rows) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return f"# {TITLE}\n\n" + "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]) + "\n"


def _gaps(rows: Rows) -> str:
    return TITLE + "\n" + "".join("  ".join(cell or "—" for cell in row) + "\n" for row in rows)


def _bare_lines(rows: Rows) -> str:
    return TITLE + "\n" + "".join(f"{cell or '—'}\n" for row in rows for cell in row)


def _comma_values(rows: Rows) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return of_comma_values(out.getvalue(), certain=True)


def _web_page(rows: Rows) -> str:
    cells = "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)
    return html_text(f"<html><body><h1>{TITLE}</h1><table>{cells}</table></body></html>", "list.html")


def _paragraphs(rows: Rows) -> str:
    items = (f"{place}.{'，'.join(filter(None, row[1:]))}。（责任单位：市民政局）\n" for place, row in enumerate(rows[1:], 1))
    return TITLE + "\n" + "".join(items)


def _goals(rows: Rows) -> str:
    return TITLE + "\n一、主要目标\n" + "".join(f"——{'，'.join(filter(None, row[1:]))}。\n" for row in rows[1:])


LAYOUTS = [_tab_rows, _cell_lines, _bars, _gaps, _bare_lines, _comma_values, _web_page, _paragraphs, _goals]


def parsed(draft: Draft, name: str) -> Any:
    return yaml.safe_load(draft.files[f"data/source/{name}"])


def lost(draft: Draft, planted: Sequence[str]) -> list[str]:
    """Return the planted numbers that neither a target nor a note of `draft` holds, each as often as it is lost."""
    text = draft.files["data/source/task_list.zh.txt"]
    targets = parsed(draft, "targets.yaml")["targets"]
    places = target_places(text, ((*each["span"], str(each["value"])) for each in targets))
    places += [tuple(note["span"]) for note in parsed(draft, "numbers.yaml")]
    for note in parsed(draft, "numbers.yaml"):
        assert text[slice(*note["span"])] == note["words"]
    return [number.text for number in numbers_outside(text, places) if any(each in number.text for each in planted)]


@st.composite
def tables(draw: st.DrawFn, columns: dict[str, list[str]], needed: Sequence[str]) -> tuple[Rows, list[str]]:
    """Draw a table with some of `columns`, and the numbers planted in it, no two alike."""
    chosen = [name for name in columns if name in needed or draw(st.booleans())]
    numbers = iter(draw(st.permutations(range(211, 989, 7))))
    planted: list[str] = []
    rows = [chosen]
    for place in range(1, draw(st.integers(1, 4)) + 1):
        row = []
        for name in chosen:
            wording = draw(st.sampled_from(columns[name]))
            number = str(next(numbers))
            planted += [number] if "{n}" in wording else []
            row.append(wording.format(n=number, row=place))
        rows.append(row)
    return rows, planted


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__.strip("_"))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_number_of_a_task_table_is_found(layout: Callable[[Rows], str], data: st.DataObject) -> None:
    rows, planted = data.draw(tables(TASK_COLUMNS, ("序号", "具体举措", "牵头单位")))
    text = layout([*rows, ["9", *("新增护理床位3张。" if name == "具体举措" else "市民政局" if name == "牵头单位" else "" for name in rows[0][1:])]])
    assert lost(draft_package(text, Facts(), UNITS), planted) == []


@pytest.mark.parametrize("layout", LAYOUTS[:-2], ids=lambda layout: layout.__name__.strip("_"))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_number_of_an_indicator_table_is_found(layout: Callable[[Rows], str], data: st.DataObject) -> None:
    rows, planted = data.draw(tables(INDICATOR_COLUMNS, ("序号", "指标名称", "单位", "2027年目标值")))
    draft = draft_package(layout(rows), Facts(), UNITS)
    assert lost(draft, planted) == []
    values = {Decimal(str(each["value"])) for each in parsed(draft, "targets.yaml")["targets"]}
    aimed = [place for place, name in enumerate(rows[0]) if name == "2027年目标值"]
    assert {Decimal("".join(filter(str.isdigit, row[aimed[0]]))) for row in rows[1:]} <= values


SHIFTED = """某区图书馆提升任务分工表
序号	工作事项	主要内容	牵头单位	配合单位
1	馆舍建设	新建分馆6家。	区文旅局	区财政局
2027年底前持证读者不少于45万人。	区文旅局	区统计局
— 3 —
注：读者数按第7号口径统计。
"""


def test_rows_that_lost_their_merged_cells_keep_their_sentence_and_their_bodies() -> None:
    draft = draft_package(SHIFTED, Facts(), UNITS)
    targets = parsed(draft, "targets.yaml")["targets"]
    assert [(each["value"], each["due"], each["task_id"]) for each in targets] == [(6, "", "T01"), (45, "2027-12-31", "T02")]
    assert [each["name_zh"] for each in parsed(draft, "units.yaml")] == ["区文旅局", "区财政局", "区统计局"]
    assert draft.counts["tasks"] == 2
    notes = {note["words"]: note["note_zh"] for note in parsed(draft, "numbers.yaml")}
    assert notes["3"] == "页码。" and any("7" in words for words in notes)


def test_a_row_number_and_a_value_that_are_alike_are_told_apart() -> None:
    text = "某市节水任务\n序号\t工作任务\t目标值\t牵头单位\n3\t改造老旧管网（公里）\t3\t市水务局\n4\t节水型小区（个）\t25\t市水务局\n"
    draft = draft_package(text, Facts(), UNITS)
    targets = parsed(draft, "targets.yaml")["targets"]
    assert [(each["value"], each["unit_code"]) for each in targets] == [(3, "km"), (25, "housing_estates")]
    assert lost(draft, ["3", "25"]) == ["3"]  # the row number, which is numbering
