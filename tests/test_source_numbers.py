"""Numbers in Chinese text: every one is found, once, and read as it is printed."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from daye_analysis.source import find_numbers
from daye_analysis.source.targets.due_dates import find_due_dates, unresolved_due

HERE = Path(__file__).parent
TEXTS = [HERE.parent / "data" / "source" / "task_list.zh.txt", *sorted((HERE / "task_lists").glob("*.txt"))]
NUMERALS = "〇零一二三四五六七八九十百千万亿两双半几倍%％"


def _holds_number(character: str) -> bool:
    return character in NUMERALS or unicodedata.category(character)[0] == "N"


def _check(text: str) -> None:
    found = find_numbers(text)
    covered: set[int] = set()
    for number in found:
        assert text[number.start : number.end] == number.text != ""
        assert covered.isdisjoint(range(number.start, number.end))
        covered.update(range(number.start, number.end))
    assert [n.start for n in found] == sorted(n.start for n in found)
    assert all(place in covered for place, c in enumerate(text) if _holds_number(c))


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_numeral_of_a_real_list_is_left_out(path: Path) -> None:
    _check(path.read_bytes().decode("utf-8"))


@given(
    st.text(
        st.sampled_from(
            "0159０９.,．—-~至到第前翻番倍零一二三十百千万亿两半几年月%％个家元强位（）()，Ⅲ①首位全覆盖分之 "
        ),
        max_size=30,
    )
)
def test_no_numeral_of_any_text_is_left_out(text: str) -> None:
    _check(text)


def test_the_official_text_holds_every_number_of_its_targets() -> None:
    text = TEXTS[0].read_bytes().decode("utf-8")
    found = [(number.text, number.value) for number in find_numbers(text)]
    for wanted in ("600亿", "17%", "1300", "首位", "全覆盖", "12%", "450"):
        assert wanted in [words for words, _ in found]
    assert ("600亿", Decimal(600 * 10**8)) in found
    assert len(found) == 108


CASES: list[tuple[str, str, str, str | None, str | None]] = [
    ("5%—8%", "range", "5%—8%", "5", "8"),
    ("５—８％", "range", "５—８％", "5", "8"),
    ("30-50家", "range", "30-50", "30", "50"),
    ("3~5万吨", "range", "3~5万", "30000", "50000"),
    ("300亿元—500亿元", "range", "300亿元—500亿", "30000000000", "50000000000"),
    ("三至五家", "range", "三至五", "3", "5"),
    ("１００家", "arabic", "１００", "100", None),
    ("1,200.5万元", "arabic", "1,200.5万", "12005000", None),
    ("-5%", "percent", "-5%", "-5", None),
    ("17％", "percent", "17％", "17", None),
    ("百分之二十", "percent", "百分之二十", "20", None),
    ("翻番", "multiple", "翻番", "2", None),
    ("翻一番", "multiple", "翻一番", "2", None),
    ("翻两番", "multiple", "翻两番", "4", None),
    ("1.5倍", "multiple", "1.5倍", "1.5", None),
    ("两倍", "multiple", "两倍", "2", None),
    ("倍增", "multiple", "倍", None, None),
    ("首位", "rank", "首位", "1", None),
    ("前十名", "rank", "前十", "10", None),
    ("跻身全国百强。", "rank", "百", "100", None),
    ("全覆盖", "coverage", "全覆盖", "100", None),
    ("（十二）", "ordinal", "（十二）", "12", None),
    ("第一", "ordinal", "第一", "1", None),
    ("亿元以上", "magnitude", "亿", "100000000", None),
    ("千亿级", "magnitude", "千亿", "100000000000", None),
    ("二十家", "chinese", "二十", "20", None),
    ("半数", "chinese", "半", "0.5", None),
    ("几家", "chinese", "几", None, None),
    ("两三家", "chinese", "两三", None, None),
    ("2026年", "date", "2026年", None, None),
    ("2024—2026年", "date", "2024—2026年", None, None),
    ("2027年6月底前", "date", "2027年6月", None, None),
    ("“十五五”末", "period", "十五五", None, None),
    ("Ⅲ类", "other", "Ⅲ", None, None),
]


@pytest.mark.parametrize(("text", "kind", "words", "value", "high"), CASES)
def test_how_a_number_is_read(text: str, kind: str, words: str, value: str | None, high: str | None) -> None:
    (number,) = find_numbers(text)
    assert (number.kind, number.text) == (kind, words)
    assert number.value == (None if value is None else Decimal(value))
    assert number.high == (None if high is None else Decimal(high))


def test_idioms_are_reported_too() -> None:
    assert [n.text for n in find_numbers("进一步统一建设一批一般项目")] == ["一", "一", "一", "一"]


@pytest.mark.parametrize("text", ["万" * 5000, "零" * 5000, "9" * 5000, "翻" + "9" * 50 + "番", "1—" * 2000])
def test_absurd_lengths_do_no_harm(text: str) -> None:
    _check(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("到2026年，", ["2026-12-31"]),
        ("2025年底前", ["2025-12-31"]),
        ("2027年6月底前", ["2027-06-30"]),
        ("2024年2月", ["2024-02-29"]),
        ("2025年12月15日前", ["2025-12-15"]),
        ("2026年上半年", ["2026-06-30"]),
        ("2025年第三季度", ["2025-09-30"]),
        ("2025.10", ["2025-10-31"]),
        ("2025-06-30", ["2025-06-30"]),
        ("到２０２７年", ["2027-12-31"]),
        ("2024—2026年", ["2026-12-31"]),
        ("2025、2026年", ["2025-12-31", "2026-12-31"]),
        ("“十五五”末", ["2030-12-31"]),
        ("“十四五”期间", ["2025-12-31"]),
        ("较2020年下降", []),
        ("比“十三五”末下降", []),
        ("从2023年的7.8%", []),
        ("达到2023年的", []),
        ("在2023年基础上", []),
        ("三年内", []),
    ],
)
def test_due_dates(text: str, days: list[str]) -> None:
    found = find_due_dates(text)
    assert [stated.day.isoformat() for stated in found] == days
    assert all(text[stated.start : stated.end] == stated.text for stated in found)


def test_a_date_without_a_year_is_named() -> None:
    assert unresolved_due("力争三年内") == "三年内"
    assert unresolved_due("年底前") == "年底前"
    assert unresolved_due("到2026年") is None
