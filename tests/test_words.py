"""Values, periods and comparisons in words."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from daye_analysis.package.formatting import number_words, period_words, target_words, value_words

PERIODS = [
    ("2025-01-01", "2025-12-31", "2025年", "2025"),
    ("2025-01-01", "2025-09-30", "2025年1—9月", "Jan–Sep 2025"),
    ("2025-03-01", "2025-03-31", "2025年3月", "Mar 2025"),
    ("2021-01-01", "2024-12-31", "2021—2024年", "2021–2024"),
    (None, "2025-12-31", "2025年末", "end of 2025"),
    (None, "2023-08-31", "2023年8月末", "end of August 2023"),
    (None, "2019-12-10", "2019年12月10日", "10 December 2019"),
    ("2025-01-01", "2025-10-20", "2025年1月1日至2025年10月20日", "1 January 2025 to 20 October 2025"),
    ("2023-02-01", "2024-02-29", "2023年2月1日至2024年2月29日", "1 February 2023 to 29 February 2024"),
]


@pytest.mark.parametrize(("start", "end", "zh", "en"), PERIODS)
def test_periods(start: str | None, end: str, zh: str, en: str) -> None:
    begin = pd.Timestamp(start) if start else None
    assert period_words(begin, pd.Timestamp(end), "zh") == zh
    assert period_words(begin, pd.Timestamp(end), "en") == en


VALUES = [
    (423.0, "家（企业）", "zh", "exact", "423 家"),
    (423.0, "firms", "en", "exact", "423 firms"),
    (262.84, "亿元", "zh", "exact", "262.84 亿元"),
    (262.84, "100 million CNY", "en", "exact", "CNY 26.284 billion"),
    (114.44, "100 million CNY", "en", "at_least", "at least CNY 11.444 billion"),
    (450.0, "家（企业）", "zh", "at_most", "至多 450 家"),
    (450.0, "firms", "en", "at_most", "at most 450 firms"),
    (12.0, "%", "zh", "less_than", "不足 12%"),
    (114.44, "100 million CNY", "en", "less_than", "less than CNY 11.444 billion"),
    (5.0, "100 million CNY", "en", "exact", "CNY 500 million"),
    (6.2, "trillion CNY", "en", "exact", "CNY 6.2 trillion"),
    (183.89, "%", "zh", "exact", "183.89%"),
    (183.89, "percent", "en", "exact", "183.89 %"),
    (-10.9, "%", "zh", "exact", "-10.9%"),
    (12.0, "percent cumulative fall", "en", "exact", "12 %"),
    (3.0, "rank", "en", "exact", "rank 3"),
    (28000.0, "个（基站）", "zh", "about", "约 28000 个"),
    (1.2, "100 million tonnes", "en", "exact", "1.2 × 100 million tonnes"),
    (1.0, "10,000 vehicles", "en", "exact", "1 × 10,000 vehicles"),
    (1.0, "maker spaces", "en", "exact", "1 maker space"),
    (1.0, "persons per 10,000 employed", "en", "exact", "1 person per 10,000 employed"),
    (1.0, "factories", "en", "exact", "1 factory"),
    (1.0, "gas stations", "en", "exact", "1 gas station"),
]


@pytest.mark.parametrize(("value", "label", "language", "bound", "words"), VALUES)
def test_values(value: float, label: str, language: str, bound: str, words: str) -> None:
    assert value_words(value, label, language, bound) == words  # type: ignore[arg-type]


def test_what_is_asked() -> None:
    assert target_words("ge", 450, "家（企业）", "zh") == "≥ 450 家"
    assert target_words("gt", 1300, "base stations", "en") == "> 1300 base stations"
    assert target_words("le", 1, "位", "zh") == "≤ 1 位"
    assert target_words("le", 1, "rank", "en") == "rank ≤ 1"
    assert target_words("lt", 5, "%", "zh") == "< 5%"


@given(st.decimals(min_value=-10**9, max_value=10**9, places=4))
def test_a_number_is_told_with_no_digit_added_or_lost(number: object) -> None:
    assert float(number_words(float(number))) == float(number)  # type: ignore[arg-type]
    assert "e" not in number_words(float(number)).lower()  # type: ignore[arg-type]
