"""The reports that a site carries, and what it says has changed from one to the next."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import runner_help as help_
from published_help import Ended, Writes

import daye_analysis
from daye_analysis.package.describe import described_metadata
from daye_analysis.package.places import project_root
from daye_analysis.package.records import records
from daye_analysis.package.untrusted import open_package
from daye_analysis.progress.movement import what_moved
from daye_analysis.reporting.execution.job import Job
from daye_analysis.reporting.publishing.package_state import package_state
from daye_analysis.reporting.runs.plan import plan_for
from daye_analysis.reporting.runs.run import make
from daye_analysis.site.edition import Edition
from daye_analysis.site.editions import editions
from daye_analysis.site.feed import feed
from daye_analysis.site.files import pages
from daye_analysis.site.official_runs import newest_reports, official_runs
from daye_analysis.site.render import rendered

ROOT = project_root()
COUNTY = ROOT / "examples/shili-county/package"
# On 8 April a statistical bulletin told several figures.
BEFORE, AFTER = dt.date(2026, 3, 3), dt.date(2026, 5, 3)


class Judges(Writes):
    """Leaves what a run leaves, with real assessments as of its day; `without` names a column that they lack."""

    def __init__(self, without: str = "") -> None:
        super().__init__()
        self.without = without

    def start(self, job: Job) -> Ended:
        ended = super().start(job)
        table = daye_analysis.load(COUNTY).as_of(str(job.identity["as_of"])).assess()
        table.drop(columns=[self.without] if self.without else []).to_csv(job.run_folder / "assessments.csv", index=False)
        return ended


def published(reports: Path, day: dt.date, notebook: str = "brief", language: str = "zh", starter: Writes | None = None, **given: str) -> Path:
    """Publish a report on the example county and return its folder."""
    plan = plan_for(ROOT / f"notebooks/{notebook}.ipynb", given, package=package_state(COUNTY), day=day, language=language,  # type: ignore[arg-type]
                    code=help_.CODE, reports=reports)  # fmt: skip
    settings = help_.settings(reports.parent)
    return make(plan, settings, starter or Judges()).folder


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Official reports of two days and one between that judged less, and others that must not take their place."""
    reports = tmp_path_factory.mktemp("published") / "reports"
    published(reports, BEFORE)
    published(reports, dt.date(2026, 4, 3), starter=Judges(without="settled"))  # as an earlier release may have left it
    published(reports, AFTER)
    published(reports, AFTER, language="en")
    published(reports, BEFORE, "accountability")
    published(reports, dt.date(2026, 6, 20), previous="")  # an ad-hoc run
    return reports


@pytest.fixture(scope="module")
def edition(reports: Path) -> Edition:
    """The site of the county with these reports, before it is written."""
    *_, made = editions(COUNTY, None, "", (), reports)
    return made.edition


def html_of(edition: Edition, path: str) -> str:
    """Return one page of an edition."""
    return rendered(edition, next(each for each in pages(edition) if each.path.startswith(path))).decode()


def test_the_newest_of_each_official_series_is_carried_and_no_other(reports: Path, edition: Edition) -> None:
    found = {(each.notebook, each.language, each.as_of) for each in edition.reports}
    assert found == {("brief", "zh", str(AFTER)), ("brief", "en", str(AFTER)), ("accountability", "zh", str(BEFORE))}
    shown = html_of(edition, "en/reports/")
    assert all(f'href="../../reports/{name}.pdf"' in shown for name in ("brief.zh", "brief.en", "accountability.zh"))
    assert official_runs(reports, "another-package") == []


def test_a_report_that_someone_changed_gives_way_to_the_one_before(reports: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(reports, tmp_path / "reports"))
    (newest,) = (copy / "brief@shili-county-targets").glob(f"{AFTER}-zh-*")
    (newest / "report.html").write_text("changed since", encoding="utf-8")
    found, copies = newest_reports(official_runs(copy, "shili-county-targets"))
    assert {each.as_of for each in found if (each.notebook, each.language) == ("brief", "zh")} == {"2026-04-03"}
    (before,) = (copy / "brief@shili-county-targets").glob("2026-04-03-zh-*")
    assert copies["reports/brief.zh.pdf"] == (before / "report.pdf").read_bytes()


def test_what_changed_is_what_a_report_says_otherwise_than_the_one_before(edition: Edition) -> None:
    package = edition.package
    rows = records(what_moved(package.as_of(BEFORE).assess(), package.as_of(AFTER).assess()))
    moved = [str(row["target_id"]) for row in rows]
    assert len(moved) >= 8
    page, words = html_of(edition, "en/changes/"), "compared with those as of 3 March 2026"
    assert f'id="d{AFTER}-report"' in page and "3 May 2026: the reports of that day, " + words in page
    assert "8 April 2026" not in page  # from the first report on, what changed is what reports said
    assert words in html_of(edition, f"en/target/{moved[0]}/")
    assert feed(edition, "en").decode().count(words) == len(moved)


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("data@example.org", "mailto:data@example.org?subject=shili-county-targets%200.1.0%2C%20{id}%2C%202026-11-20"),
        ("https://example.org/errors?kind=1", "https://example.org/errors?kind=1"),
        ("", None),
    ],
)
def test_an_error_is_reported_to_whom_the_package_names_or_the_page_says_that_it_names_no_one(contact: str, link: str | None, edition: Edition) -> None:
    named = replace(edition, metadata=replace(edition.metadata, contact=contact))
    target_id = next(iter(named.judged))
    shown = html_of(named, f"en/target/{target_id}/")
    if link is None:
        assert "The package publishes no address for this." in shown and "mailto:" not in shown
    else:
        assert f'href="{link.format(id=target_id)}"' in shown


def test_daye_publishes_no_address_and_none_is_invented() -> None:
    assert described_metadata(open_package(ROOT).descriptor).contact == ""
