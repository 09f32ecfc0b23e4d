"""The strict reading of the official list: its counts, its words and their places, and all its refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from daye_analysis.errors import CheckFailed
from daye_analysis.source import TaskList, read_task_list
from daye_analysis.source.targets.chinese_numerals import chinese_integer

FILE = "task_list.zh.txt"
OFFICIAL = (Path(__file__).parent.parent / "data" / "source" / FILE).read_bytes().decode("utf-8")


@pytest.fixture(scope="module")
def official() -> TaskList:
    return read_task_list(OFFICIAL, FILE)


def test_counts_are_those_of_the_official_list(official: TaskList) -> None:
    assert official.title == "大冶市推进新型工业化加快建设制造强市重点任务清单"
    assert [action.ordinal_zh for action in official.actions] == [f"（{c}）" for c in "一二三四五六七"]
    assert [task.official_number for task in official.tasks] == [*range(1, 17), None, *range(17, 21)]
    assert official.tasks[16].task_id == "T16b"
    assert [task.position for task in official.tasks] == list(range(1, 22))
    assert Counter(entry.role for entry in official.responsibilities) == {"lead": 22, "responsible": 117}
    assert len(official.spellings) == 24
    assert set(official.spellings) >= {
        "各乡镇（场）、街道",
        "“五链”融合工作牵头单位和配合单位",
        "临空区·还地桥镇",
        "临空经济区·还地桥镇",
        "各通信运营商",
    }


def test_tasks_belong_to_the_action_above_them(official: TaskList) -> None:
    assert Counter(task.action_id for task in official.tasks) == {
        "A1": 4, "A2": 3, "A3": 3, "A4": 2, "A5": 3, "A6": 3, "A7": 3
    }  # fmt: skip


def test_every_span_holds_its_words(official: TaskList) -> None:
    for action in official.actions:
        assert OFFICIAL[action.source_start : action.source_end] == action.name_zh
        assert OFFICIAL[: action.source_start].endswith(action.ordinal_zh)
    for task in official.tasks:
        assert OFFICIAL[task.source_start : task.source_end] == task.text_zh
        assert task.text_zh == task.text_zh.strip()
    for entry in official.responsibilities:
        assert OFFICIAL[entry.source_start : entry.source_end] == entry.wording_zh


def test_inner_space_of_task_nine_is_kept(official: TaskList) -> None:
    assert "到2026年， 实施科技研发项目10项" in official.tasks[8].text_zh


def test_task_three_has_two_leads_and_line_breaks_divide_units(official: TaskList) -> None:
    def named(task_id: str, role: str) -> list[str]:
        found = [e for e in official.responsibilities if e.task_id == task_id and e.role == role]
        assert [entry.position for entry in found] == list(range(1, len(found) + 1))
        return [entry.wording_zh for entry in found]

    assert named("T03", "lead") == ["市经信局", "市发改局"]
    assert named("T02", "responsible") == [
        "市发改局", "市科技局", "高新区", "临空经济区·还地桥镇", "各乡镇（场）、街道"
    ]  # fmt: skip
    assert named("T13", "responsible")[-1] == "各通信运营商"


def test_nobody_is_named_twice_in_a_row(official: TaskList) -> None:
    pairs = Counter((entry.task_id, entry.wording_zh) for entry in official.responsibilities)
    assert max(pairs.values()) == 1


def test_dividing_every_separator_is_a_choice_of_the_caller() -> None:
    assert "街道" in read_task_list(OFFICIAL, FILE, indivisible=()).spellings


def _replaced(old: str, new: str, count: int = 1) -> Callable[[], str]:
    def change() -> str:
        assert old in OFFICIAL
        return OFFICIAL.replace(old, new, count)

    return change


def _without_task_seventeen() -> str:
    begin, end = OFFICIAL.index("加快建立和完善政策"), OFFICIAL.index("绿色工厂达到7家。")
    return OFFICIAL[:begin] + OFFICIAL[end + len("绿色工厂达到7家。") :]


def _two_faults() -> str:
    return OFFICIAL.replace("\n\t市招商服务中心\n", "\n\t\n").replace("\n\t20\n", "\n\t22\n")


BROKEN: list[tuple[str, Callable[[], str], list[tuple[str, int]]]] = [
    ("no lead", _replaced("\n\t市招商服务中心\n", "\n\t\n"), [("source.row-without-lead", 74)]),
    ("no responsible", _replaced("\t高新区、临空经济区·还地桥镇、各乡镇（场）、街道\n\n", "\t\n\n"),
     [("source.row-without-responsible", 117)]),
    ("repeated number", _replaced("\n\t5\n", "\n\t4\n"),
     [("source.number-out-of-order", 35)]),
    ("missing number", _replaced("\n\t20\n", "\n\t21\n"), [("source.number-missing", 132)]),
    ("number in words", _replaced("\n\t20\n", "\n\t二十\n"), [("source.number-unreadable", 132)]),
    ("full-width number", _replaced("\n\t20\n", "\n\t２０\n"), [("source.number-unreadable", 132)]),
    ("a cell too many", _replaced("\n\t7\n", "\n\t7\n\t\n"), [("source.cells-too-many", 52)]),
    ("a cell too few", _replaced("\n\t8\n\t（三）实施创新驱动提质行动，提升核心竞争力\n", "\n\t8\n"),
     [("source.cells-too-few", 56), ("source.action-out-of-order", 71)]),
    ("rows not divided", _replaced("街道\n\n\t4\n", "街道\n\t4\n"),
     [("source.cells-too-many", 28), ("source.number-missing", 34)]),
    ("blank line in a cell", _replaced("市经信局\n市发改局", "市经信局\n\n市发改局"),
     [("source.cells-too-few", 25), ("source.text-outside-cell", 27), ("source.cells-too-few", 28)]),
    ("no task text", _without_task_seventeen,
     [("source.task-empty", 115)]),
    ("unknown header", _replaced("\t任务清单\n", "\t工作任务\n"), [("source.header-unknown", 3)]),
    ("no action", _replaced("\t（一）实施集群强链提能行动，提升集群影响力", "\t"),
     [("source.no-action", 10), ("source.action-out-of-order", 36)]),
    ("action numbered twice", _replaced("（二）", "（一）"), [("source.action-out-of-order", 36)]),
    ("unit named twice", _replaced("市科技局、市统计局", "市科技局、市科技局"), [("source.unit-twice", 13)]),
    ("unit lost", _replaced("市科技局、市统计局", "市科技局、、市统计局"), [("source.unit-empty", 13)]),
    ("carriage returns", lambda: OFFICIAL.replace("\n", "\r\n"), [("source.foreign-character", 1)]),
    ("byte-order mark", lambda: "\ufeff" + OFFICIAL, [("source.foreign-character", 1)]),
    ("no title", lambda: OFFICIAL[OFFICIAL.index("\t") :], [("source.no-title", 1)]),
    ("only a header", lambda: OFFICIAL[: OFFICIAL.index("\n\n")], [("source.no-rows", 7)]),
    ("empty", lambda: "", [("source.header-unknown", 1), ("source.no-rows", 1)]),
    ("two faults at once", _two_faults,
     [("source.row-without-lead", 74), ("source.number-missing", 132)]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "expected"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_malformed_text_names_every_problem_and_its_line(
    change: Callable[[], str], expected: list[tuple[str, int]]
) -> None:
    with pytest.raises(CheckFailed) as caught:
        read_task_list(change(), FILE)
    found = [(problem.code, problem.where) for problem in caught.value.problems]
    assert found == [(code, f"{FILE}:{line}") for code, line in expected]
    assert all(problem.what.zh and problem.remedy.zh for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("一百零五", 105),
        ("一百二十", 120),
        ("两千", 2000), ("三千零五十", 3050), ("一万", 10_000), ("两万三千", 23_000), ("十二亿", 12 * 10**8),
        ("一万亿", 10**12), ("一亿零五百万", 105_000_000), ("二〇二六", 2026), ("〇", 0), ("一百五", None),
        ("万", None), ("", None), ("百", None), ("十十", None), ("一般", None), ("零万", None),
    ],
)  # fmt: skip
def test_chinese_integers(text: str, value: int | None) -> None:
    assert chinese_integer(text) == value
