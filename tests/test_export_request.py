"""The data request goes out, is filled in by a person, and comes back as observations with their source."""

from __future__ import annotations

import csv
import datetime as dt
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from docx import Document

from daye_analysis import load
from daye_analysis.errors import CheckFailed, DayeError, NotReadable, Refused
from daye_analysis.package.evidence.target_evidence import evidence
from daye_analysis.package.request import build_with_replies, import_replies, write_requests
from daye_analysis.package.request.messages import COLUMNS, heading
from daye_analysis.package.request.reply import _number_alone
from daye_analysis.package.request.wanted import every_period, wanted
from daye_analysis.package.view import PackageView
from daye_analysis.views.load import package_of
from daye_analysis.views.package import Package

ROOT = Path(__file__).resolve().parents[1]
HIGH_TECH = "science_bureau high_tech_enterprises 2024-12-31"
PROJECTS = "science_bureau rd_projects 2024-01-01/2025-12-31"
ANSWER = {"value": "380", "date": "2026-11-20", "document": "关于数据需求的复函", "page": "", "note": ""}


def as_known(package: Package) -> PackageView:
    return package.as_of(package.known_until)


def deciding(package: Package) -> pd.DataFrame:
    rows = evidence(as_known(package))
    return rows[rows["role"] == "decides"]


@pytest.fixture(scope="module")
def package() -> Package:
    return load()


@pytest.fixture(scope="module")
def requests(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("requests") / "out"
    write_requests(package, folder)
    return folder


Fill = dict[str, dict[str, Any]]


def _fill_workbook(source: Path, destination: Path, answers: Fill) -> Path:
    import openpyxl

    book = openpyxl.load_workbook(source)
    page = book.active
    at = {cell.value: cell for row in page.iter_rows() for cell in row if cell.value}
    columns = {name: at[heading(name)].column for name in COLUMNS}
    for key, cells in answers.items():
        for name, value in cells.items():
            cell = page.cell(at[key].row, columns[name])
            if isinstance(value, tuple):
                cell.value, cell.number_format = value
            else:
                cell.value = value
    book.save(destination)
    return destination


def _fill_document(source: Path, destination: Path, answers: Fill) -> Path:
    import docx

    document = docx.Document(str(source))
    (table,) = document.tables
    for row in table.rows[1:]:
        for name, value in answers.get(row.cells[0].text, {}).items():
            row.cells[list(COLUMNS).index(name)].text = str(value)
    document.save(str(destination))
    return destination


def test_every_missing_figure_is_asked_of_the_unit_that_leads(package: Package, requests: Path) -> None:
    import openpyxl

    leads = package.responsibilities[package.responsibilities["role"] == "lead"]
    task = dict(zip(package.targets["target_id"], package.targets["task_id"], strict=True))
    asked: list[str] = []
    for path in sorted(requests.glob("*.xlsx")):
        unit = path.stem.removeprefix("request-")
        keys = [
            row[0]
            for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)
            if str(row[0]).startswith(f"{unit} ")
        ]
        assert all(
            ((leads["unit_id"] == unit) & (leads["task_id"] == task[k.split()[1]])).any() for k in keys
        )
        asked += keys
    assert sorted(asked) == sorted(each.key for each in wanted(as_known(package)))
    assert {path.stem for path in requests.glob("*.docx")} == {path.stem for path in requests.glob("*.xlsx")}


def test_what_is_published_is_not_asked_again(package: Package) -> None:
    missing = {(each.target_id, each.period_start, each.period_end) for each in wanted(as_known(package))}
    every = {(each.target_id, each.period_start, each.period_end) for each in every_period(as_known(package))}
    like = deciding(package)
    published = {
        (
            row.target_id,
            "" if row.period_start is None else str(row.period_start)[:10],
            str(row.period_end)[:10],
        )
        for row in like.assign(
            period_start=like["period_start"].astype(object).where(like["period_start"].notna(), None)
        ).itertuples()
    }
    assert ("high_tech_enterprises", "", "2025-12-31") in every & published
    assert missing == every - published


def test_periods_follow_the_kind_of_quantity(package: Package) -> None:
    periods: dict[str, list[tuple[str, str, str]]] = {}
    for each in every_period(as_known(package)):
        periods.setdefault(each.target_id, []).append((each.measure, each.period_start, each.period_end))
    assert periods["high_tech_enterprises"] == [
        ("level", "", "2023-12-31"),
        ("level", "", "2024-12-31"),
        ("level", "", "2025-12-31"),
    ]
    assert periods["new_projects_signed_annual"] == [
        ("flow", "2024-01-01", "2024-12-31"),
        ("flow", "2025-01-01", "2025-12-31"),
    ]
    assert periods["rd_projects"] == [
        ("flow", "2024-01-01", "2024-12-31"),
        ("flow", "2024-01-01", "2025-12-31"),
    ]
    assert periods["cluster_new_materials"][0] == ("flow", "2023-01-01", "2023-12-31")


@pytest.mark.parametrize(("suffix", "fill"), [(".xlsx", _fill_workbook), (".docx", _fill_document)])
def test_a_reply_comes_back_as_observations_with_their_source(
    package: Package, requests: Path, tmp_path: Path, suffix: str, fill: Callable[[Path, Path, Fill], Path]
) -> None:
    answers: Fill = {
        HIGH_TECH: dict(ANSWER),
        PROJECTS: {**ANSWER, "value": "12", "date": "2026年11月20日", "page": "http://example.org/contact"},
        "science_bureau core_technologies 2024-01-01/2025-12-31": {"note": "尚无统计"},
    }
    path = fill(requests / f"request-science_bureau{suffix}", tmp_path / f"reply{suffix}", answers)
    reply = import_replies([path], package)
    highest = max(int(each.lstrip("o")) for each in package.observations["observation_id"])
    assert [row["observation_id"] for row in reply.observations] == [
        f"o{highest + 1:04d}",
        f"o{highest + 2:04d}",
    ]
    by_indicator = {row["indicator_id"]: row for row in reply.observations}
    high_tech = by_indicator["high_tech_enterprises"]
    assert (high_tech["value"], high_tech["period_start"], high_tech["period_end"]) == (
        "380",
        "",
        "2024-12-31",
    )
    assert (high_tech["statement"], high_tech["concept"], high_tech["area_id"]) == ("outturn", "same", "daye")
    assert [row["source_id"] for row in reply.sources] == [
        "reply-science_bureau-20261120",
        "reply-science_bureau-20261120-2",
    ]
    assert {row["kind"] for row in reply.sources} == {"reply"}
    assert {row["publisher"] for row in reply.sources} == {"市科技局"}
    assert by_indicator["rd_projects"]["source_id"] != high_tech["source_id"]


def test_a_reply_builds_counts_as_like_and_is_not_taken_twice(requests: Path, tmp_path: Path) -> None:
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "data", root / "data")
    path = _fill_workbook(
        requests / "request-science_bureau.xlsx", tmp_path / "r.xlsx", {HIGH_TECH: dict(ANSWER)}
    )
    result, already = build_with_replies(root, [path], partial(package_of, root=root))
    assert {"data/source/sources.csv", "data/source/observations.csv", "data/observations.csv"} <= set(result.changed)
    assert already == ()
    after = load(root)
    like = deciding(after)
    row = like[(like["target_id"] == "high_tech_enterprises") & (like["period_end"] == "2024-12-31")]
    assert row["value"].tolist() == [380.0]
    assert HIGH_TECH not in {each.key for each in wanted(as_known(after))}
    assert import_replies([path], after).already == ("r.xlsx",)
    more = {HIGH_TECH: dict(ANSWER), PROJECTS: {**ANSWER, "value": "12"}}
    with pytest.raises(CheckFailed) as caught:
        import_replies([_fill_workbook(requests / "request-science_bureau.xlsx", path, more)], after)
    assert [problem.code for problem in caught.value.problems] == ["request.already-there"]


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"value": "380万家"}, ["request.bad-value"]),
        ({"value": "380个"}, ["request.bad-value"]),
        ({"value": "1,380"}, ["request.bad-value"]),
        ({"value": "３８０"}, ["request.bad-value"]),
        ({"value": "17%"}, ["request.bad-value"]),
        ({"value": (0.17, "0%")}, ["request.percent-cell"]),
        ({"value": "=1+1"}, ["request.markup"]),
        ({"value": "1e5"}, ["request.bad-value"]),
        ({"value": ""}, ["request.value-missing"]),
        ({"date": "明年"}, ["request.bad-date"]),
        ({"date": "2026-02-30"}, ["request.bad-date"]),
        ({"date": "2026年13月"}, ["request.bad-date"]),
        ({"date": "2024-06-30"}, ["request.date-before-end"]),
        ({"date": "2030-01-01"}, ["request.date-after-today"]),
        ({"date": "9999-12-31"}, ["request.date-after-today"]),
        ({"document": "＝复函"}, ["request.bad-text"]),
        ({"value": "1234567890123456"}, ["request.bad-value"]),
        ({"page": "https://例.中国/复函"}, ["request.bad-page"]),
        ({"document": ""}, ["request.document-missing"]),
        ({"note": "口径为全市"}, ["request.note-with-value"]),
        ({"value": "-1"}, ["request.negative"]),
        ({"document": "+cmd"}, ["request.bad-text"]),
        ({"document": "复函\u202e"}, ["request.bad-text"]),
        ({"page": "javascript:alert(1)"}, ["request.bad-page"]),
        ({"key": "no one high_tech_enterprises 2024-12-31"}, ["request.unknown-key"]),
        ({"value": "many", "date": "", "document": ""},
         ["request.bad-value", "request.bad-date", "request.document-missing"]),
    ],
)  # fmt: skip
def test_every_mistake_in_a_reply_is_named_at_its_cell(
    package: Package, requests: Path, tmp_path: Path, cells: dict[str, Any], codes: list[str]
) -> None:
    path = _fill_workbook(
        requests / "request-science_bureau.xlsx", tmp_path / "r.xlsx", {HIGH_TECH: {**ANSWER, **cells}}
    )
    with pytest.raises(CheckFailed) as caught:
        import_replies([path], package)
    assert [problem.code for problem in caught.value.problems] == codes
    # In the file that is made the columns are A (key) to L (note).
    column = {"key": "A", "value": "H", "date": "I", "document": "J", "page": "K", "note": "L"}
    wrong = {f"r.xlsx:{column[name]}" for name in cells}
    assert {re.match(r"r.xlsx:[A-Z]+", problem.where)[0] for problem in caught.value.problems} == wrong  # type: ignore[index]


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
@pytest.mark.parametrize(
    ("cells", "value", "day"),
    [
        ({"value": "380家"}, "380", "2026-11-20"),
        ({"value": "380 家", "date": "2026年10月"}, "380", "2026-10-31"),
        ({"date": "2026年2月"}, "380", "2026-02-28"),
    ],
)
def test_a_unit_after_a_number_and_a_month_are_read(
    package: Package, requests: Path, tmp_path: Path, cells: dict[str, Any], value: str, day: str, suffix: str
) -> None:
    fill = _fill_workbook if suffix == ".xlsx" else _fill_document
    answer = {**ANSWER, "date": "2026-11-20", **cells}
    path = fill(requests / f"request-science_bureau{suffix}", tmp_path / f"r{suffix}", {HIGH_TECH: answer})
    reply = import_replies([path], package)
    assert [row["value"] for row in reply.observations] == [value]
    assert [row["known_on"] for row in reply.sources] == [day]


@pytest.mark.parametrize(("unit", "text", "number"), [
    ("亿元", "98.5亿", "98.5"), ("亿元", "98.5亿元", "98.5"), ("亿元", "9850万元", "9850万元"), ("%", "17.5%", "17.5"),
    ("元", "3元", "3"), ("家", "162家", "162"), ("家", "约162家", "约162家"), ("家", "162", "162"), ("人年", "5人年", "5"),
])  # fmt: skip
def test_a_number_is_read_in_the_unit_that_is_asked_for(unit: str, text: str, number: str) -> None:
    assert _number_alone(text, unit) == number


def test_a_share_is_at_most_a_hundred_and_a_running_total_does_not_fall(
    package: Package, requests: Path, tmp_path: Path
) -> None:
    def codes(answers: dict[str, str], unit: str) -> list[str]:
        filled: Fill = {key: {**ANSWER, "value": value} for key, value in answers.items()}
        with pytest.raises(CheckFailed) as caught:
            path = _fill_workbook(requests / f"request-{unit}.xlsx", tmp_path / "r.xlsx", filled)
            import_replies([path], package)
        return [problem.code for problem in caught.value.problems]

    share = next(each for each in wanted(as_known(package)) if each.measure == "share_pct")
    assert codes({share.key: "100.5"}, share.unit_id) == ["request.above-hundred"]
    assert codes({HIGH_TECH: "380.5"}, "science_bureau") == ["request.fractional"]
    before = PROJECTS.replace("2025-12-31", "2024-12-31")
    assert codes({PROJECTS: "9", before: "12"}, "science_bureau") == ["request.running-total-falls"]


def test_numbers_and_dates_typed_as_such_are_understood(
    package: Package, requests: Path, tmp_path: Path
) -> None:
    typed = {**ANSWER, "value": (380.0, "General"), "date": (dt.datetime(2026, 11, 20), "yyyy-mm-dd")}
    path = _fill_workbook(requests / "request-science_bureau.xlsx", tmp_path / "r.xlsx", {HIGH_TECH: typed})
    reply = import_replies([path], package)
    assert (reply.observations[0]["value"], reply.sources[0]["known_on"]) == ("380", "2026-11-20")


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _not_a_zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04 but no")


def _other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)


def _another_workbook(path: Path) -> None:
    import openpyxl

    openpyxl.Workbook().save(path)


@pytest.mark.parametrize(
    ("make", "name", "error", "code"),
    [
        (_empty, "r.xlsx", NotReadable, "request.not-readable"),
        (_not_a_zip, "r.xlsx", NotReadable, "request.not-readable"),
        (_other_zip, "r.xlsx", NotReadable, "request.not-readable"),
        (_other_zip, "r.docx", NotReadable, "request.not-readable"),
        (_empty, "r.doc", NotReadable, "request.not-readable"),
        (lambda _: None, "gone.xlsx", NotReadable, "request.not-readable"),
        (_bomb, "r.xlsx", Refused, "request.too-big"),
        (_another_workbook, "r.xlsx", CheckFailed, "request.no-table"),
    ],
)
def test_a_file_that_is_no_reply_is_refused(
    package: Package,
    tmp_path: Path,
    make: Callable[[Path], None],
    name: str,
    error: type[DayeError],
    code: str,
) -> None:
    make(tmp_path / name)
    with pytest.raises(error) as caught:
        import_replies([tmp_path / name], package)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_an_empty_request_says_so(package: Package, requests: Path) -> None:
    with pytest.raises(CheckFailed) as caught:
        import_replies([requests / "request-science_bureau.xlsx"], package)
    assert [problem.code for problem in caught.value.problems] == ["request.nothing-filled-in"]


def test_figures_that_no_body_leads_are_asked_of_whoever_has_them(package: Package, tmp_path: Path) -> None:
    task = package.targets.set_index("target_id")["task_id"]["high_tech_enterprises"]
    duties = package.responsibilities
    seen = replace(package, responsibilities=duties[~((duties["task_id"] == task) & (duties["role"] == "lead"))])
    paths = {path.name for path in write_requests(seen, tmp_path / "out")}
    assert "request-_no_lead_body.xlsx" in paths and "request-_no_lead_body.docx" in paths
    letter = tmp_path / "out/request-_no_lead_body.docx"
    words = "\n".join(paragraph.text for paragraph in Document(str(letter)).paragraphs)
    assert "未列牵头单位的下列目标" in words and "for which the plan names no lead body" in words and "各有关单位：" in words
    assert "贵单位牵头" not in words and "your organisation leads" not in words
    key = next(each.key for each in wanted(as_known(seen)) if each.target_id == "high_tech_enterprises")
    reply = import_replies([_fill_document(letter, tmp_path / "reply.docx", {key: ANSWER})], seen)
    assert [(row["value"], row["period_end"]) for row in reply.observations] == [("380", "2023-12-31")]
    # Who replied is not known from the form: the publisher says so, for a person to enter.
    assert [row["publisher"] for row in reply.sources] == ["答复单位未注明"]


def test_requests_are_the_same_bytes_and_never_overwrite_replies(
    package: Package, requests: Path, tmp_path: Path
) -> None:
    write_requests(package, tmp_path / "again")
    for path in requests.iterdir():
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name
    write_requests(package, tmp_path / "again")
    (tmp_path / "again" / "request-science_bureau.xlsx").write_bytes(b"a reply")
    with pytest.raises(Refused) as caught:
        write_requests(package, tmp_path / "again")
    assert [problem.code for problem in caught.value.problems] == ["request.folder-not-empty"]


def test_identifiers_go_on_after_the_highest_in_their_own_form() -> None:
    from itertools import islice

    from daye_analysis.package.observation_ids import next_observation_ids

    assert list(islice(next_observation_ids(["daye-0007", "daye-9999"]), 2)) == ["daye-10000", "daye-10001"]
    assert next(next_observation_ids(["o0009", "assumption"])) == "o0010"
    assert next(next_observation_ids([])) == "o0001"


def test_the_files_stay_valid_csv_when_a_document_has_commas_and_quotes(requests: Path, tmp_path: Path) -> None:
    root = tmp_path / "checkout"
    shutil.copytree(ROOT / "data", root / "data")
    answer = {**ANSWER, "document": '关于"数据需求"的复函, 第2号'}
    path = _fill_workbook(requests / "request-science_bureau.xlsx", tmp_path / "r.xlsx", {HIGH_TECH: answer})
    build_with_replies(root, [path], partial(package_of, root=root))
    with (root / "data/source/sources.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file))[-1]["title"] == answer["document"]
