"""Reports of another package, notebook or parameter never take the place of the official one; pages list what there is."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import runner_help as help_
from published_help import Writes, assert_in_order

from daye_analysis.bilingual import Text
from daye_analysis.errors import CheckFailed, Problem
from daye_analysis.package.formatting import last_day
from daye_analysis.package.places import project_root
from daye_analysis.reporting.publishing import publish
from daye_analysis.reporting.publishing.identity import series_key
from daye_analysis.reporting.publishing.latest import update_all
from daye_analysis.reporting.publishing.manifest import file_outputs
from daye_analysis.reporting.publishing.package_state import PackageState, package_state
from daye_analysis.reporting.publishing.prune import prune
from daye_analysis.reporting.publishing.published_runs import published_runs
from daye_analysis.reporting.publishing.tidy import tidy
from daye_analysis.reporting.runs.plan import Plan, plan_for
from daye_analysis.reporting.runs.run import RunResult, make

ROOT = project_root()
DAY = date(2025, 6, 30)


@pytest.fixture(scope="module")
def own() -> PackageState:
    """The project's own package."""
    return package_state(ROOT)


def planned(notebook: Path, package: PackageState, day: date = DAY, show_code: bool = False, **given: Any) -> Plan:
    return plan_for(notebook, given, package=package, day=day, language="zh", show_code=show_code, code=help_.CODE)


def made(plan: Plan, folder: Path, **settings: Any) -> RunResult:
    return make(plan, help_.settings(folder, **settings), Writes())


def copy_of(package: PackageState, folder: Path, **changes: Any) -> PackageState:
    """Return the same package, as it would be read from another folder."""
    return PackageState({**package.descriptor, **changes}, package.files, str(folder))


def test_the_official_series_bears_the_name_of_its_notebook_and_no_other_does(own: PackageState, tmp_path: Path) -> None:
    """What differs in package, notebook, parameter or printing differs in its folder; day and language do not count."""
    brief = ROOT / "notebooks" / "brief.ipynb"
    mine = tmp_path / "brief.ipynb"
    other = tmp_path / "b" / "brief.ipynb"
    other.parent.mkdir()
    for path in (mine, other):
        shutil.copy(brief, path)
    names = {
        "official": planned(brief, own),
        "a value that is the default": planned(brief, own, previous="latest"),
        "a parameter": planned(brief, own, previous=""),
        "code shown": planned(brief, own, show_code=True),
        "a notebook of one's own": planned(mine, own),
        "another of the same name": planned(other, own),
        "another package": planned(brief, copy_of(own, tmp_path, name="huangshi")),
        "a copy of the package": planned(brief, copy_of(own, tmp_path)),
        "another copy": planned(brief, copy_of(own, tmp_path / "b")),
    }
    series = {what: plan.identity.series for what, plan in names.items()}
    assert series["official"] == series["a value that is the default"] == "brief"
    assert series["another package"] == "brief@huangshi"
    marked = [name for what, name in series.items() if what not in ("official", "a value that is the default", "another package")]
    assert all(re.fullmatch(r"brief-[0-9a-f]{8}", name) for name in marked)
    assert len(set(marked)) == len(marked)


@pytest.mark.parametrize("name", ["../up", "a/b", "中国", "x" * 300, "", "CON", "<b>"])
def test_case_22_a_packages_name_leaves_no_folder(name: str, own: PackageState, tmp_path: Path) -> None:
    """The descriptor is untrusted: its name becomes part of a folder's name, and no more."""
    series = planned(ROOT / "notebooks" / "brief.ipynb", copy_of(own, tmp_path, name=name)).identity.series
    assert series.startswith("brief@")
    assert not set(series) & set('/\\<>:"|?*')
    assert len(series.encode()) <= 200


def test_reports_for_other_purposes_leave_the_official_copy_and_the_official_runs_alone(own: PackageState, tmp_path: Path) -> None:
    """A week of ad-hoc runs and another county's, each newer than the official report, and one of each series kept."""
    brief = ROOT / "notebooks" / "brief.ipynb"
    official = made(planned(brief, own), tmp_path)
    county = copy_of(own, tmp_path, name="huangshi")
    for number in range(1, 4):
        day = DAY + timedelta(days=number)
        made(planned(brief, own, day, previous=""), tmp_path)
        made(planned(brief, county, day), tmp_path)
    tidy(tmp_path / "reports", keep=1)
    latest = tmp_path / "reports" / "latest"
    assert (latest / "brief.zh.pdf").read_bytes() == (official.folder / "report.pdf").read_bytes()
    assert official.folder.parent == tmp_path / "reports" / "brief"
    assert len(list(latest.iterdir())) == 3
    assert len(published_runs(tmp_path / "reports")) == 3
    assert_in_order(tmp_path / "reports")


def test_a_report_under_a_clock_of_the_future_wins_nothing_and_costs_nothing(own: PackageState, tmp_path: Path) -> None:
    """Made when the machine thought that it was 2099: the right report stays the newest, and stays."""
    brief = ROOT / "notebooks" / "brief.ipynb"
    right = made(planned(brief, own), tmp_path)
    wrong = made(planned(brief, own, date(2025, 7, 1)), tmp_path)
    content = json.loads((wrong.folder / "manifest.json").read_bytes())
    content["identity"]["as_of"] = "2099-01-01"
    (wrong.folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    wrong.folder.rename(wrong.folder.with_name(wrong.folder.name.replace("2025-07-01", "2099-01-01")))
    assert last_day() < date(2099, 1, 1)
    tidy(tmp_path / "reports", keep=1)
    assert right.folder.exists()
    assert (tmp_path / "reports" / "latest" / "brief.zh.pdf").read_bytes() == (right.folder / "report.pdf").read_bytes()


def test_a_copy_is_made_good_whatever_happened_to_it(own: PackageState, tmp_path: Path) -> None:
    """Missing, older, damaged, or its run damaged: the next call derives it from the runs."""
    brief = ROOT / "notebooks" / "brief.ipynb"
    first, second = made(planned(brief, own), tmp_path), made(planned(brief, own, DAY + timedelta(days=1)), tmp_path)
    copy = tmp_path / "reports" / "latest" / "brief.zh.pdf"
    newest = (second.folder / "report.pdf").read_bytes()
    for damage in (copy.unlink, lambda: copy.write_bytes(b""), lambda: shutil.copy(first.folder / "report.pdf", copy)):
        damage()
        tidy(tmp_path / "reports")
        assert copy.read_bytes() == newest
    (second.folder / "report.pdf").write_bytes(b"%PDF another")
    update_all(tmp_path / "reports", published_runs(tmp_path / "reports"))
    assert copy.read_bytes() == (first.folder / "report.pdf").read_bytes()


def as_before(folder: Path) -> None:
    """Make a run what the release before wrote: no series and no title in its manifest, in the notebook's folder."""
    content = json.loads((folder / "manifest.json").read_bytes())
    del content["series"], content["title"]
    (folder / "manifest.json").write_text(json.dumps(content), encoding="utf-8")
    place = folder.parents[1] / content["identity"]["notebook"] / folder.name
    place.parent.mkdir(exist_ok=True)
    folder.rename(place)


def test_runs_of_the_release_before_are_read_listed_compared_with_and_pruned(own: PackageState, tmp_path: Path) -> None:
    """They lay together in the notebook's folder, whatever their package and parameters; none of them is taken for another."""
    brief = ROOT / "notebooks" / "brief.ipynb"
    county = copy_of(own, tmp_path, name="huangshi")
    old = [made(planned(brief, own, date(2025, month, 1)), tmp_path) for month in (1, 2)]
    other = [made(planned(brief, county, date(2025, month, 1)), tmp_path) for month in (3, 4)]
    for run in (*old, *other):
        as_before(run.folder)
    reports = tmp_path / "reports"
    shutil.rmtree(reports / "latest")
    plan = plan_for(brief, {}, package=own, day=DAY, language="zh", code=help_.CODE, reports=reports)
    assert plan.identity.parameters["previous"] == f"brief/{old[1].folder.name}"
    theirs = plan_for(brief, {}, package=county, day=DAY, language="zh", code=help_.CODE, reports=reports)
    assert theirs.identity.parameters["previous"] == f"brief/{other[1].folder.name}"
    new = made(plan, tmp_path)
    assert series_key(new.identity.as_json()) != series_key(theirs.identity.as_json())
    tidy(reports, keep=2)
    left = {run.folder.name for run in published_runs(reports)}
    # Two of the official series, the older of them compared with; two of the county's, which has no new run yet.
    assert left == {new.folder.name, old[1].folder.name, *(run.folder.name for run in other)}
    assert [path.name for path in (reports / "latest").iterdir()] == ["brief.zh.pdf"]
    assert old[1].folder.name in (reports / "index.html").read_text(encoding="utf-8")


class Links(HTMLParser):
    """Collects what a page links and loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.found += [value or "" for name, value in attributes if name in ("href", "src")]


def test_the_index_lists_every_report_failure_and_sweep_and_loads_nothing(own: PackageState, tmp_path: Path) -> None:
    """Every link leads to a file; a hostile package and a hostile value are text."""
    reports = tmp_path / "reports"
    brief = ROOT / "notebooks" / "brief.ipynb"
    for day in (DAY, DAY + timedelta(days=1)):
        made(planned(brief, own, day), tmp_path)
    hostile = copy_of(own, tmp_path, name="<script>alert(1)</script>", version='"><img src=x>')
    made(planned(brief, hostile), tmp_path)
    swept = made(planned(brief, own, DAY, previous=""), tmp_path, occasion={"sweep": "grid"})
    (reports / "sweeps" / "grid 1").mkdir(parents=True)
    (reports / "sweeps" / "grid 1" / "index.html").write_text("")
    error = CheckFailed(Problem("run.cell-failed", Text("出错 <b>", "An error <b>"), "", Text("", "")))
    publish.keep_failed(reports, planned(brief, own, date(2025, 8, 1)).identity, b"{}", error, {"ended": "2025-08-01"})
    tidy(reports)
    for name, words in (("index.html", "报告目录"), ("index.en.html", "Reports")):
        text = (reports / name).read_text(encoding="utf-8")
        page = Links(text)
        assert words in text
        assert "script" not in page.tags
        assert "img" not in page.tags
        assert "run.cell-failed" in text
        assert all((reports / unquote(link)).is_file() for link in page.found), page.found
        listed = [run for run in published_runs(reports) if run.folder != swept.folder]
        assert sum(link.endswith("report.pdf") for link in page.found) == len(listed) == 3
        assert swept.folder.parent.name not in text
        assert "sweeps/grid%201/index.html" in page.found
        assert not re.search(r"https?:|@import|url\(", text)
    before = {path: path.stat().st_mtime_ns for path in reports.glob("index*")}
    tidy(reports)
    assert {path: path.stat().st_mtime_ns for path in reports.glob("index*")} == before


def test_pruning_notes_no_slot_of_what_no_schedule_asked_for(own: PackageState, tmp_path: Path) -> None:
    brief = ROOT / "notebooks" / "brief.ipynb"
    for day in (DAY, DAY + timedelta(days=1)):
        made(planned(brief, own, day), tmp_path)
    assert len(prune(tmp_path / "reports", keep=1).runs) == 1
    assert not (tmp_path / "reports" / "served.json").exists()
    assert file_outputs(tmp_path / "reports" / "brief")
