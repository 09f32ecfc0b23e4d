"""The Python door: loading, looking at a target, what was known when, and assumptions."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from package_factory import sample_tables, write_package

from daye_analysis import Package, load
from daye_analysis.errors import CheckFailed, DayeError, WrongUsage
from daye_analysis.package.areas import areas_containing, areas_within
from daye_analysis.package.check import check_package
from daye_analysis.package.definition import TABLES
from daye_analysis.session import use_language

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def package() -> Package:
    return load()


def test_every_table_has_the_defined_columns_and_plain_types(package: Package) -> None:
    dtypes = {"string": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
    for table in TABLES:
        frame = getattr(package, table.name)
        assert tuple(frame.columns) == table.field_names
        for field in table.fields:
            found = str(frame[field.name].dtype)
            assert found.startswith("datetime64") if field.type == "date" else found == dtypes[field.type]


def test_loads_the_same_from_folder_and_descriptor() -> None:
    one, other = load(ROOT), load(ROOT / "datapackage.json")
    for name, frame in one.tables.items():
        pd.testing.assert_frame_equal(frame, other.tables[name])


def test_says_what_is_missing_where_there_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(DayeError) as raised:
        load(tmp_path)
    assert raised.value.exit_code == 3


REFUSED = [
    ("observations", 3, "value", "NaN", "cell.not-number"),
    ("observations", 3, "value", "", "cell.missing"),
    ("observations", 3, "value", "-1", "value.negative"),
    ("observations", 3, "period_end", "", "cell.missing"),
    ("observations", 3, "period_end", "2019-12-31", "period.ends-before-start"),
    ("observations", 3, "bound", "some", "cell.unknown-code"),
    ("observations", 3, "unit_code", "bushels", "key.not-found"),
    ("observations", 4, "observation_id", "o0000001", "key.twice"),
    ("indicators", 2, "direction", "", "cell.missing"),
    ("indicators", 2, "quantity", "vibe", "cell.unknown-code"),
    ("targets", 2, "value", "", "cell.missing"),
    ("targets", 2, "comparator", "eq", "cell.unknown-code"),
    ("targets", 2, "due", "2023-12-31", "period.due-before-start"),
    ("targets", 2, "plan_id", "nowhere", "key.not-found"),
    ("targets", 3, "target_id", "firms", "key.twice"),
]


@pytest.mark.parametrize(("table", "row", "field", "cell", "code"), REFUSED)
def test_load_refuses_what_validation_refuses(table: str, row: int, field: str, cell: str, code: str, tmp_path: Path) -> None:
    tables = {name: [dict(each) for each in rows] for name, rows in sample_tables().items()}
    tables[table][row - 2][field] = cell
    root = write_package(tmp_path / "package", tables)
    with pytest.raises(CheckFailed) as raised:
        load(root)
    assert list(raised.value.problems) == check_package(root)
    assert code in {problem.code for problem in raised.value.problems}


def test_load_names_the_problems_of_descriptor_and_data_at_once(tmp_path: Path) -> None:
    tables = {name: [dict(each) for each in rows] for name, rows in sample_tables().items()}
    tables["observations"][0]["bound"] = "some"
    root = write_package(tmp_path / "package", tables)
    descriptor = root / "datapackage.json"
    descriptor.write_text(descriptor.read_text("utf-8").replace('"sha256:', '"sha256:0', 1), "utf-8")
    with pytest.raises(CheckFailed) as raised:
        load(root)
    assert {problem.code for problem in raised.value.problems} == {"package.hash-unknown", "cell.unknown-code"}


def test_the_package_shows_itself(package: Package) -> None:
    assert "targets 39" in repr(package)
    try:
        assert use_language("zh") == "zh"
        shown = package._repr_html_()
        assert "量化目标" in shown and "<script" not in shown
    finally:
        use_language()


def test_a_target_explains_itself_in_both_languages(package: Package) -> None:
    target = package.target("high_tech_enterprises")
    zh, en = target.explain("zh"), target.explain("en")
    assert "≥ 450 家" in zh and "高新技术企业数达到450家" in zh and "市科技局" in zh
    assert "423 家" in zh and "时间为推断" in zh and "存疑" in zh and "335" in zh
    assert "≥ 450 firms" in en and "423 firms" in en and "date inferred" in en
    assert not re.search(r"\bnan\b|<NA>|NaT", zh + en)


def test_a_target_with_no_figure_says_so_and_blames_nobody(package: Package) -> None:
    zh, en = (package.target("core_technologies").explain(language) for language in ("zh", "en"))
    assert "在可查阅范围内未见公开数据。没有数据不等于没有完成。" in zh
    assert "No figure was found in the sources that could be read" in en
    assert not re.search("滞后|落后|behind|lagging", zh + en)


def test_an_unknown_target_is_told_the_nearest(package: Package) -> None:
    with pytest.raises(WrongUsage) as raised:
        package.target("high_tech_enterprise")
    assert raised.value.problems[0].code == "package.unknown-target"
    assert "high_tech_enterprises" in raised.value.problems[0].remedy.en


def test_as_of_cuts_by_the_day_of_publication_never_by_the_period(package: Package) -> None:
    day = dt.date(2025, 12, 29)
    early = package.as_of(day).target("high_tech_enterprises").evidence()
    late = package.as_of("2025-12-30").target("high_tech_enterprises").evidence()
    assert "o0068" not in set(early["observation_id"])
    assert "o0068" in set(late["observation_id"])
    assert (package.as_of(day).observations["known_on"] <= pd.Timestamp(day)).all()


def test_an_undated_page_counts_as_known_from_the_day_of_compilation_only(package: Package) -> None:
    undated = set(package.sources.loc[package.sources["known_on"].isna(), "source_id"])
    before = package.as_of(package.compiled_on - dt.timedelta(days=1)).observations
    assert undated and not undated & set(before["source_id"])
    assert undated & set(package.as_of(package.compiled_on).observations["source_id"])


def test_an_assumption_is_marked_and_gone_with_its_package(package: Package) -> None:
    size = len(package.observations)
    assumed = package.assume("cluster_life_health", 250.0, "2025-12-31", "2025-01-01")
    assert len(package.observations) == size and not package.assumed
    assert len(assumed.observations) == size + 1
    (identifier,) = assumed.assumed
    row = assumed.observations.set_index("observation_id").loc[identifier]
    assert row["source_id"] == "assumption" and row["value"] == 250.0 and row["unit_code"] == "cny_100m"
    assert "assumption" in assumed._repr_html_()
    assert list(assumed.observations.dtypes) == list(package.observations.dtypes)


@pytest.mark.parametrize(
    ("indicator_id", "value"), [("energy_intensity_reduction", 6.0), ("growth_rank_wuhan_circle", 1.0)]
)
def test_an_assumption_is_used_whatever_its_quantity(package: Package, indicator_id: str, value: float) -> None:
    judged = package.assume(indicator_id, value, "2025-12-31").as_of("2026-11-23").assess()
    marked = judged[judged["rests_on_assumption"]]
    assert set(marked["indicator_id"]) == {indicator_id} and (marked["value"] == value).all()


def test_an_assumption_belongs_to_one_plan(package: Package) -> None:
    later = package.plans.assign(plan_id="later", area_id="huangshi")
    two = replace(package, plans=pd.concat([package.plans, later], ignore_index=True))
    named = two.assume("high_tech_enterprises", 350, "2023-12-31", plan_id="later")
    assert two.assume("high_tech_enterprises", 350, "2023-12-31").observations["area_id"].iloc[-1] == "daye"
    assert named.observations["area_id"].iloc[-1] == "huangshi"
    both = replace(two, targets=pd.concat([two.targets, two.targets.assign(plan_id="later")], ignore_index=True))
    with pytest.raises(WrongUsage) as raised:
        both.assume("high_tech_enterprises", 350, "2023-12-31")
    assert raised.value.problems[0].code == "package.ambiguous-plan"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("cluster_life_helth", 1.0, "2025-12-31"), WrongUsage),
        (("cluster_life_health", float("nan"), "2025-12-31"), CheckFailed),
        (("cluster_life_health", 1.0, "2025-12-31"), WrongUsage),
        (("high_tech_enterprises", 1.0, "2025-12-31", "2025-01-01"), WrongUsage),
        (("high_tech_enterprises", 1.0, "2025-12-31", "", "daye-2030"), WrongUsage),
        (("cluster_life_health", 1.0, "2025-13-31"), CheckFailed),
        (("cluster_life_health", 1.0, "2024-12-31", "2025-01-01"), CheckFailed),
        (("cluster_life_health", "250", "2025-12-31", "2025-01-01"), CheckFailed),
        (("cluster_life_health", None, "2025-12-31", "2025-01-01"), CheckFailed),
        (("cluster_life_health", float("inf"), "2025-12-31", "2025-01-01"), CheckFailed),
        (("sei_share", 400, "2025-12-31"), CheckFailed),
        (("cluster_life_health", 250, 2025, "2025-01-01"), CheckFailed),
        (("cluster_life_health", 250, pd.NaT, "2025-01-01"), CheckFailed),
        (("cluster_life_health", 250, "2025-12-31", pd.NaT), CheckFailed),
    ],
)
def test_an_assumption_that_cannot_be_is_refused(package: Package, arguments: tuple[object, ...], error: type[DayeError]) -> None:
    with pytest.raises(error) as raised:
        package.assume(*arguments)  # type: ignore[arg-type]
    # What JupyterLab shows in place of a traceback.
    said = raised.value._render_traceback_()
    assert said == [raised.value.problems[0].say("zh"), raised.value.problems[0].say("en")]


def test_an_indicator_is_found_by_its_name_and_days_may_be_dates(package: Package) -> None:
    assert package.assume("高新技术企业数", 430, "2025-12-31").observations.iloc[-1]["indicator_id"] == "high_tech_enterprises"
    noon = dt.datetime(2025, 12, 31, 12, tzinfo=dt.UTC)
    row = package.assume("cluster_life_health", 250, noon, pd.Timestamp("2025-01-01")).observations.iloc[-1]
    assert (row["period_start"], row["period_end"]) == (pd.Timestamp("2025-01-01"), pd.Timestamp("2025-12-31"))


def test_a_plan_is_chosen_by_name_or_by_being_the_only_one(package: Package) -> None:
    assert len(package.of_plan().targets) == 39
    assert len(package.of_plan("daye-2024-2026").targets) == 39
    with pytest.raises(WrongUsage):
        package.of_plan("daye-2030")


def test_areas_nest_in_both_directions(package: Package) -> None:
    assert areas_containing(package.areas, "daye") == ["huangshi", "hubei", "china"]
    assert areas_within(package.areas, "daye") == ["daye_lake_high_tech_zone"]


def test_a_circle_of_areas_ends() -> None:
    areas = pd.DataFrame({"area_id": ["a", "b"], "parent_id": ["b", "a"]})
    assert areas_containing(areas, "a") == ["b"]


def test_what_one_reader_changes_no_other_sees() -> None:
    """The files are read once in a process; the tables are everybody's own."""
    mine = load()
    mine.targets.loc[:, "value"] = 0.0
    mine.units["name_en"] = "x"
    again = load()
    assert (again.targets["value"] > 0).all()
    assert (again.units["name_en"] != "x").all()
