"""What a notebook may be given: cases 19 to 21 of the robustness list."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from runner_help import notebook

from daye_analysis.errors import WrongUsage
from daye_analysis.reporting.notebooks.parameters import (
    Parameter,
    ParameterType,
    assignment_source,
    check_parameters,
    inspect_parameters,
    parameters_from_text,
    settable,
)

CELL = '''from datetime import date

year: int = 2026  # the year
share: float = 0.5
strict: bool = True
city: str = "大冶"  # 城市
day: date = date(2025, 1, 31)
names: list[str] = ["a"]
note: str | None = None
must: int  # no default
plain = 3'''
DECLARED = inspect_parameters(notebook(parameters=CELL))


def codes(declared: tuple[Parameter, ...], values: Mapping[Any, Any]) -> list[tuple[str, str]]:
    """Return code and place of each problem with `values`."""
    with pytest.raises(WrongUsage) as caught:
        check_parameters(declared, values)
    return [(problem.code, problem.where) for problem in caught.value.problems]


def test_the_cell_is_read_as_name_type_default_and_comment() -> None:
    """All of it comes from the notebook itself."""
    assert DECLARED[0] == Parameter("year", ParameterType("int"), 2026, False, "the year")
    assert [(p.name, str(p.kind), p.default, p.required) for p in DECLARED[1:]] == [
        ("share", "float", 0.5, False),
        ("strict", "bool", True, False),
        ("city", "str", "大冶", False),
        ("day", "date", date(2025, 1, 31), False),
        ("names", "list[str]", ["a"], False),
        ("note", "str | None", None, False),
        ("must", "int", None, True),
        ("plain", "int", 3, False),
    ]
    assert DECLARED[3].comment == "城市"
    assert inspect_parameters({"cells": []}) == ()


@pytest.mark.parametrize(
    "line",
    ["x: int = '3'", "x: complex = 1j", "x = (1, 2)", "x = y", "x: list[int] = [1, 'a']", "x = []", "x: float = 1e999",
     "x: date = date('x')", "x = None", "x: int | str = 1", "x: dict[str, int] = {}", "x = [1, 2.0]", "x: tuple[int, ...] = ()"],
)  # fmt: skip
def test_a_variable_without_a_type_to_check_runs_and_is_refused_only_when_set(line: str) -> None:
    declared = inspect_parameters(notebook(parameters=line))
    assert [parameter.name for parameter in declared] == ["x"]
    assert check_parameters(declared, {}) == {}
    with pytest.raises(WrongUsage) as caught:
        parameters_from_text(declared, ["x=1"])
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("parameter.open-type", "x")]


@pytest.mark.parametrize("line", ["print('hi')", "a, b = 1, 2", "x: int = (", "%matplotlib inline", "!ls", "'text'", "a.b = 1"])
def test_a_line_that_declares_nothing_is_passed_over(line: str) -> None:
    assert inspect_parameters(notebook(parameters=line)) == ()


@pytest.mark.parametrize(
    ("line", "word", "value"),
    [
        ("x: None | str = None", "x=a", "a"),
        ("x: Optional[int] = None", "x=3", 3),
        ("x: typing.Union[str, None] = None", "x=null", None),
        ("x: 'float | None' = 1", "x=2", 2.0),
        ("x: float = 1", "x=2.5", 2.5),
        ("x: int = None", "x=7", 7),
        ("x: List[str] = []", 'x=["a"]', ["a"]),
    ],
)
def test_optional_and_loose_defaults_are_declarations(line: str, word: str, value: object) -> None:
    assert parameters_from_text(inspect_parameters(notebook(parameters=line)), [word]) == {"x": value}


@pytest.mark.parametrize(
    "name",
    ["year = 2026\nopen('x','w').write('x') #", "__import__", "class", "print", "a.b", "", "年", "1x", "x y", "_x"],
)
def test_case_19_a_name_that_is_no_plain_name_is_refused(name: str) -> None:
    """A name would be in the notebook as code."""
    found = codes(DECLARED, {"must": 1, name: 1})
    assert [code for code, _ in found] == ["parameter.bad-name"]


def test_case_19_a_declared_name_that_is_no_plain_one_is_never_set() -> None:
    """Declared names are held to the same rule, once a value is given."""
    declared = inspect_parameters(notebook(parameters="print: str = ''"))
    assert settable(declared) == ()
    assert codes(declared, {"print": "x"}) == [("parameter.bad-name", "'print'")]


@given(
    st.one_of(
        st.text(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.booleans(),
        st.dates(),
        st.lists(st.text()),
    )
)
def test_case_20_every_value_comes_back_exactly_from_the_code_written(value: Any) -> None:
    """Strings, days, numbers, Chinese, quotes, line breaks: what the notebook assigns is what was given."""
    namespace: dict[str, Any] = {}
    exec(assignment_source({"value": value}), namespace)
    assert namespace["value"] == value
    assert type(namespace["value"]) is type(value)


def test_case_20_chinese_stays_readable_in_the_notebook() -> None:
    """A reader of the report sees the word, not its code points."""
    assert "'大冶市'" in assignment_source({"city": "大冶市"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("year", "2026"), ("year", 2026.0), ("year", True), ("year", None), ("year", Decimal(1)), ("share", 1),
     ("share", math.nan), ("share", math.inf), ("share", "0.5"), ("strict", 1), ("strict", "no"), ("city", 7),
     ("city", date(2025, 1, 1)), ("city", "\ud800"), ("day", "2025-01-31"), ("day", datetime(2025, 1, 31)),
     ("names", ("a",)), ("names", ["a", 1]), ("names", "a"), ("note", 1)],
)  # fmt: skip
def test_case_21_a_value_must_have_exactly_the_declared_type(name: str, value: Any) -> None:
    """Nothing is converted silently."""
    assert codes(DECLARED, {"must": 1, name: value}) == [("parameter.wrong-type", name)]


def test_case_21_all_problems_are_told_at_once_with_the_nearest_name() -> None:
    """One attempt shows everything that must be corrected."""
    with pytest.raises(WrongUsage) as caught:
        check_parameters(DECLARED, {"yaer": 2026, "share": "x", "as_of": "2025-01-01"}, {"as_of": "--as-of"})
    found = {problem.code: problem for problem in caught.value.problems}
    assert set(found) == {"parameter.unknown", "parameter.wrong-type", "parameter.reserved", "parameter.missing"}
    assert "year" in found["parameter.unknown"].remedy.en
    assert "--as-of" in found["parameter.reserved"].remedy.en
    assert found["parameter.missing"].where == "must"
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["must=7", "year=2025", "share=1e5", "strict=false"], {"year": 2025, "share": 1e5, "strict": False, "must": 7}),
        (["must=-1", "city=007", "day=2024-02-29"], {"city": "007", "day": date(2024, 2, 29), "must": -1}),
        (["must=1", 'names=["x", "大"]', "note=null"], {"names": ["x", "大"], "note": None, "must": 1}),
        (["must=1", "city=no", "note=a=b"], {"city": "no", "note": "a=b", "must": 1}),
    ],
)
def test_words_of_a_command_line_are_read_by_their_declared_type(words: list[str], expected: dict[str, Any]) -> None:
    """The same word is a number for one parameter and text for another."""
    values = parameters_from_text(DECLARED, words)
    assert values == expected
    assert {name: type(value) for name, value in values.items()} == {n: type(v) for n, v in expected.items()}


@pytest.mark.parametrize(
    ("word", "code"),
    [("year=007", "parameter.wrong-type"), ("year=1e5", "parameter.wrong-type"), ("year=２０２６", "parameter.wrong-type"),
     ("strict=no", "parameter.wrong-type"), ("share=nan", "parameter.wrong-type"), ("share=1e999", "parameter.wrong-type"),
     ("day=2025-02-30", "parameter.wrong-type"), ("names=a,b", "parameter.wrong-type"), ("word", "parameter.not-an-assignment"),
     ("must=2", "parameter.repeated")],
)  # fmt: skip
def test_words_that_do_not_fit_are_refused(word: str, code: str) -> None:
    """`007`, `no` and `1e5` are what papermill itself would silently change."""
    with pytest.raises(WrongUsage) as caught:
        parameters_from_text(DECLARED, ["must=1", word])
    assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(
    ("text", "refused"),
    [("https://user:pw@example.org/x", True), ("https://example.org/?token=abc", True),
     ("see https://example.org/?a=1&api_key=x", True), ("https://example.org/#access_token=x", True),
     ("https://example.org/?page=2#top", False), ("a@b.org", False)],
)  # fmt: skip
def test_case_42_a_secret_in_a_url_is_refused(text: str, refused: bool) -> None:
    """Parameters are printed in the report, so that a secret in one would be published."""
    if refused:
        assert codes(DECLARED, {"must": 1, "city": text}) == [("parameter.secret", "city")]
    else:
        assert check_parameters(DECLARED, {"must": 1, "city": text})["city"] == text


@pytest.mark.parametrize(
    "word", ["year=https://u:s3cr3t@h/", "https://u:s3cr3t@h/", "https://u:s3cr3t@h/=1", "names=https://h/?token=s3cr3t"]
)
def test_case_42_a_secret_in_a_wrong_place_is_not_repeated_in_the_message(word: str) -> None:
    """What is wrong is told on standard error, which clocks log and mail."""
    with pytest.raises(WrongUsage) as caught:
        parameters_from_text(DECLARED, ["must=1", word])
    told = "\n".join(f"{problem.say('zh')} {problem.say('en')}" for problem in caught.value.problems)
    assert "***" in told
    assert "s3cr3t" not in told
