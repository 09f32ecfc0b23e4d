"""The public site: its addresses, links and words, without a browser (`tests/browser/test_site.py` has one)."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pandas as pd
import pytest
import second_city
from click.testing import CliRunner
from package_factory import METADATA_OF_SAMPLE, sample_tables, write_package
from site_help import broken_links, pages, read

import daye_analysis
from daye_analysis.charts.verdicts.verdict_text import verdict_sentences
from daye_analysis.cli import daye, run
from daye_analysis.errors import CheckFailed, InfrastructureFailed, NotReadable, Refused, WrongUsage
from daye_analysis.package.describe import datapackage, descriptor_text
from daye_analysis.package.export import export
from daye_analysis.package.records import records
from daye_analysis.site import index
from daye_analysis.site.build import Built, build_site
from daye_analysis.site.index import build_index

ROOT = Path(__file__).resolve().parents[1]
COUNTY = ROOT / "examples/shili-county/package"
BASE = "https://targets.example/daye/"
KINDS = {"target": "targets", "action": "actions", "cluster": "clusters", "unit": "units", "area": "areas", "indicator": "indicators",
         "source": "sources"}  # fmt: skip


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """Return the site of the project's own package."""
    root = tmp_path_factory.mktemp("own") / "site"
    return root, build_site(root, ROOT, base_url=BASE)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site of the example county, at the homepage that its package names."""
    root = tmp_path_factory.mktemp("county") / "site"
    build_site(root, COUNTY)
    return root


def test_everything_that_can_be_cited_has_its_page_in_both_languages(own: tuple[Path, Built]) -> None:
    root, built = own
    package = daye_analysis.load()
    for kind, table in KINDS.items():
        for identifier in getattr(package, table)[f"{kind}_id"]:
            for language in ("zh", "en"):
                assert (root / language / kind / identifier / "index.html").is_file(), (kind, identifier)
    for target_id in package.targets["target_id"]:
        assert {each.name for each in (root / "target" / target_id).iterdir()} == {"index.html", "card.html", "figures.csv", "target.json"}
    for name in ("", "wanted/", "data/", "search/", "changes/", "reports/", "about/", "sql/"):
        assert (root / f"zh/{name}index.html").is_file() and (root / f"en/{name}index.html").is_file()
    assert built.pages == len(list(root.rglob("index.html")))


def test_every_link_leads_somewhere_and_nothing_is_asked_of_others(own: tuple[Path, Built], county: Path) -> None:
    for root, base in ((own[0], BASE), (county, daye_analysis.load(COUNTY).metadata.homepage)):
        assert broken_links(root, base) == []
        for path, page in pages(root):
            assert page.faults == [] and page.open == [], path
            assert len(set(page.ids)) == len(page.ids), path
            assert not [each for each in page.asked if "://" in each], path
            assert page.styles == 0 and page.handlers == [], path
            assert all(each.startswith(("application/ld+json", "\n")) for each in page.scripts), path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_are_valid_html(own: tuple[Path, Built], county: Path, language: str) -> None:
    root = own[0]
    samples = [root / language / name / "index.html" for name in ("", "wanted", "data", "search", "changes", "reports", "about", "sql")]
    samples += [next(iter(sorted((root / language / kind).iterdir()))) / "index.html" for kind in KINDS]
    samples += [root / name for name in ("index.html", "404.html", "target/rd_projects/index.html", "target/rd_projects/card.html")]
    samples += sorted((county / language).rglob("index.html"))[:40]
    for path in samples:
        html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))


def test_a_target_says_what_its_report_says(own: tuple[Path, Built]) -> None:
    root, view = own[0], daye_analysis.load().as_of(daye_analysis.load().compiled_on)
    for row in records(view.assess()):
        target_id = str(row["target_id"])
        for language in ("zh", "en"):
            text = read(root / language / "target" / target_id / "index.html").text
            for sentence in verdict_sentences(view, row, language, tabled=True):  # type: ignore[arg-type]
                assert " ".join(sentence.split()) in text, (target_id, sentence)
            assert str(view.target(target_id).row["wording_zh"]) in text


def test_every_figure_beside_a_target_is_that_of_the_table(own: tuple[Path, Built]) -> None:
    root, package = own[0], daye_analysis.load()
    observations = package.observations.set_index("observation_id")
    shown = 0
    for target_id in package.targets["target_id"]:
        page = read(root / "en/target" / target_id / "index.html")
        content = (root / "target" / target_id / "figures.csv").read_text(encoding="utf-8")
        for row in csv.DictReader(io.StringIO(content)):
            assert row["observation_id"] in page.ids
            assert row["value_text"] == observations.at[row["observation_id"], "value_text"]
            shown += 1
        described = json.loads((root / "target" / target_id / "target.json").read_text(encoding="utf-8"))
        assert described["permanent_address"] == f"{BASE}target/{target_id}/"
        assert len(described["figures"]) == content.count("\n") - 1
    assert shown > 100


def test_silence_is_no_failure_and_no_body_is_ranked(own: tuple[Path, Built]) -> None:
    root = own[0]
    view = daye_analysis.load().as_of(daye_analysis.load().compiled_on)
    silent = next(str(row["target_id"]) for row in records(view.assess()) if row["evidence_class"] == "nothing")
    text = read(root / f"zh/target/{silent}/index.html").text
    assert "没有数据不等于没有完成" in text and "未完成" not in text
    for path in (root / "en/unit").rglob("index.html"):
        words = read(path).text.lower()
        assert "score" not in words and "ranking" not in words and "rank 1" not in words


def test_weights_stay_small(own: tuple[Path, Built]) -> None:
    root, built = own
    weigh = {path: len(gzip.compress(path.read_bytes())) for path in root.rglob("index.html")}
    assert max(weight for path, weight in weigh.items() if path.parts[-3:-2] == ("target",)) <= 10_000
    assert weigh[root / "zh/index.html"] <= 15_000 and weigh[root / "en/index.html"] <= 15_000
    assert len(read(root / "zh/index.html").asked) <= 5
    assert (root / "static/site.js").stat().st_size <= 6_000
    assert built.size <= 20_000_000


def test_the_site_is_the_package_too(own: tuple[Path, Built], tmp_path: Path) -> None:
    assert daye_analysis.load(own[0]).version == daye_analysis.load().version
    export(ROOT, tmp_path / "export")
    exported = [path for path in (tmp_path / "export").glob("*.*") if path.name != "summary.json"]
    assert {path.suffix for path in exported} >= {".zip", ".sqlite", ".xlsx", ".csv"}
    for path in exported:
        assert (own[0] / "data" / path.name).read_bytes() == path.read_bytes()


def test_linked_data_feeds_and_sitemap_can_be_read(own: tuple[Path, Built]) -> None:
    root = own[0]
    kinds = set()
    for path, page in pages(root / "en"):
        for script in page.scripts:
            kind, _, content = script.partition("\n")
            if kind == "application/ld+json":
                described = json.loads(content)
                assert described["@context"] == "https://schema.org", path
                kinds.add(described["@type"])
    assert kinds >= {"Dataset", "WebPage", "Observation", "BreadcrumbList", "GovernmentOrganization", "Place", "CreativeWork"}
    atom = "{http://www.w3.org/2005/Atom}"
    for language in ("zh", "en"):
        feed = ET.fromstring((root / f"feed.{language}.xml").read_bytes())
        entries = feed.findall(f"{atom}entry")
        ids = [each.findtext(f"{atom}id") for each in entries]
        assert entries and len(set(ids)) == len(ids)
        assert all(each.findtext(f"{atom}updated") and each.findtext(f"{atom}summary") for each in entries)
    listed = [each.text or "" for each in ET.fromstring((root / "sitemap.xml").read_bytes()).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert len(listed) == len(set(listed)) == len(list(root.rglob("index.html")))
    assert all((root / each.removeprefix(BASE) / "index.html").is_file() for each in listed)


def test_a_line_never_ends_between_a_number_and_its_sign_or_currency(own: tuple[Path, Built]) -> None:
    root, _ = own
    assert "completion rate 94.0\u00a0%" in (root / "en/target/high_tech_enterprises/index.html").read_text(encoding="utf-8")
    assert "CNY\u00a031.508 billion" in (root / "en/index.html").read_text(encoding="utf-8")


def test_a_change_is_dated_by_the_day_on_which_its_figure_became_known(own: tuple[Path, Built]) -> None:
    page = read(own[0] / "en/changes/index.html")
    assert "d2025-12-30" in page.ids  # the day of the newspaper with the high-tech enterprises
    text = read(own[0] / "en/target/high_tech_enterprises/index.html").text
    assert "30 December 2025" in text
    sources = daye_analysis.load().sources
    undated = set(sources.loc[sources["known_on"].isna(), "source_id"])
    assert undated and "sources without a date, counted as known from the day of compilation" in page.text


@pytest.mark.parametrize(("language", "none"), [("zh", "未列牵头单位"), ("en", "no lead body named")])
def test_targets_that_no_body_leads_are_told_as_such(county: Path, language: str, none: str) -> None:
    """The county's list names a lead body for one task of ten: its other targets can be filtered out too."""
    home = (county / language / "index.html").read_text(encoding="utf-8")
    assert f'<option value="_no_lead_body">{none}</option>' in home
    assert home.count('data-lead="_no_lead_body"') == 19


def test_the_same_inputs_give_the_same_bytes(county: Path, tmp_path: Path) -> None:
    build_site(tmp_path / "again", COUNTY)
    first, second = ({path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()} for root in (county, tmp_path / "again"))
    assert first == second
    assert not build_site(tmp_path / "again", COUNTY).changed
    assert build_site(tmp_path / "again", COUNTY, check=True).pages == len(list(county.rglob("index.html")))


def test_check_names_what_differs_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed) as failed:
        build_site(tmp_path / "none", COUNTY, check=True)
    assert {each.code for each in failed.value.problems} == {"site.differs"} and not (tmp_path / "none").exists()


def test_a_folder_with_anything_else_in_it_is_refused(tmp_path: Path, county: Path) -> None:
    other = tmp_path / "documents"
    other.mkdir()
    (other / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused):
        build_site(other, COUNTY)
    changed = Path(shutil.copytree(county, tmp_path / "changed"))
    (changed / "zh/index.html").write_text("edited by hand", encoding="utf-8")
    with pytest.raises(Refused):
        build_site(changed, COUNTY)
    assert (other / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_a_package_that_fails_its_checks_leaves_the_old_site(tmp_path: Path, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = Path(shutil.copytree(county, tmp_path / "site"))
    broken = Path(shutil.copytree(COUNTY, tmp_path / "package"))
    (broken / "data/targets.csv").write_text("target_id\n", encoding="utf-8")
    before = (site / "SHA256SUMS").read_bytes()
    assert run(["site", str(site), "--package", str(broken)]) == 1
    assert (site / "SHA256SUMS").read_bytes() == before
    assert "Traceback" not in capsys.readouterr().err
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://x.example/", "https://", "https://x.example/?q=1", "https://x example/", "x.example"])
def test_what_is_no_address_of_a_site_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(WrongUsage) as wrong:
        build_site(tmp_path / "site", COUNTY, base_url=address)
    assert wrong.value.problems[0].code == "site.bad-address"


def test_a_second_city_and_one_without_clusters_or_figures(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("city", "bare"):
        (tmp_path / name).mkdir()
    build_site(site, second_city.city(tmp_path / "city/package"))
    assert broken_links(site, "") == [] and not (site / "sitemap.xml").exists()
    assert "云溪市" in read(site / "zh/index.html").text and "大冶" not in read(site / "zh/index.html").text
    bare = tmp_path / "bare_site"
    build_site(bare, second_city.bare_city(tmp_path / "bare/package"))
    assert broken_links(bare, "") == [] and not (bare / "zh/cluster").exists()


HOSTILE = '<script>alert("x")</script>{{7*7}}${7}</title>&amp;\'"--><img src=x onerror=y>'


def test_a_hostile_package_shows_its_words_and_nothing_more(tmp_path: Path) -> None:
    tables = {name: [dict(row) for row in rows] for name, rows in sample_tables().items()}
    for name in ("units", "areas", "indicators", "clusters", "actions"):
        for row in tables[name]:
            row["name_en"] = HOSTILE
    for row in tables["sources"]:
        row["title"] = HOSTILE
    tables["sources"][0]["url"] = 'https://x.example/a\\b|"c"'
    tables["targets"][2]["note_en"] = HOSTILE
    package = write_package(tmp_path / "package", tables)
    site = tmp_path / "site"
    build_site(site, package, base_url=BASE)
    assert broken_links(site, BASE) == []
    for path, page in pages(site):
        assert page.faults == [] and page.open == [], path
        assert page.handlers == [] and "49" not in page.text.split(), path
        assert all(each.startswith(("application/ld+json", "\n")) for each in page.scripts), path
    assert '<script>alert("x")</script>{{7*7}}' in read(site / "en/unit/science/index.html").text
    source = tables["sources"][0]["source_id"]
    assert 'https://x.example/a/b%7C%22c%22' in read(site / f"en/source/{source}/index.html").links  # valid, and where a browser goes
    for language in ("zh", "en"):
        ET.fromstring((site / f"feed.{language}.xml").read_bytes())


# What npm's sql.js 1.17.0 holds, whose licence lies beside it.
SQLJS = {
    "sql-wasm.js": "d6a9cc234ef1104c49d5c3756bc5c85e312213e9d072fdcdb4523089a51d0fcd",
    "sql-wasm.wasm": "6918fd54c1192011b85af0365a819411285bb5579b9ae6a7308778a1750a2765",
}


def test_the_sql_library_is_the_published_one(county: Path) -> None:
    for name, digest in SQLJS.items():
        assert hashlib.sha256((county / "static/sqljs" / name).read_bytes()).hexdigest() == digest
    assert "MIT" in (county / "static/sqljs/LICENSE").read_text(encoding="utf-8")


def released(root: Path, version: str, tables: dict[str, list[dict[str, str]]]) -> Path:
    """Write a package of a version."""
    write_package(root, tables)
    described = datapackage(root, replace(METADATA_OF_SAMPLE, version=version))
    (root / "datapackage.json").write_text(descriptor_text(described), encoding="utf-8")
    return root


def test_earlier_releases_are_kept_and_no_address_vanishes(tmp_path: Path) -> None:
    old = {name: [dict(row) for row in rows] for name, rows in sample_tables().items()}
    new = {name: [dict(row) for row in rows] for name, rows in sample_tables().items()}
    new["targets"] = new["targets"][1:]
    new["targets"][0]["value"] = "35"
    first, second = released(tmp_path / "old", "1.2.3", old), released(tmp_path / "new", "2.0.0", new)
    site = tmp_path / "site"
    build_site(site, first)
    with pytest.raises(CheckFailed) as failed:
        build_site(site, second)
    assert {each.code for each in failed.value.problems} == {"site.address-gone"}
    build_site(site, second, since=[first])
    assert broken_links(site, "") == []
    gone = read(site / "en/target/firms/index.html")
    assert "../../../release/1.2.3/en/target/firms/index.html" in gone.links
    assert "../../release/1.2.3/target/firms/index.html" in read(site / "target/firms/index.html").links
    archived = read(site / "release/1.2.3/en/target/firms/index.html")
    assert "The current version is 2.0.0." in archived.text
    assert "Changes to the data in version 2.0.0" in read(site / "en/changes/index.html").text
    with pytest.raises(WrongUsage) as wrong:
        build_site(tmp_path / "other", first, since=[second])
    assert wrong.value.problems[0].code == "site.release-not-earlier"


def test_the_command_says_what_it_did(tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = CliRunner().invoke(daye, ["site", str(site), "--package", str(COUNTY), "--as-of", "2026-06-30"])
    assert done.exit_code == 0, done.output
    assert "pages" in done.output and (site / "sitemap.xml").is_file()  # at the homepage that the package names
    assert pd.Timestamp("2026-06-30").strftime("%-d %B %Y") in read(site / "en/index.html").text
    again = CliRunner().invoke(daye, ["site", str(site), "--package", str(COUNTY), "--as-of", "2026-06-30", "--check"])
    assert again.exit_code == 0, again.output
    other = CliRunner().invoke(daye, ["site", str(site), "--package", str(COUNTY), "--check"])
    assert other.exit_code == 1 or isinstance(other.exception, CheckFailed)


def packages_folder(root: Path, names: tuple[str, ...]) -> Path:
    """Write packages of these names, each of another size."""
    for at, name in enumerate(names):
        write_package(root / name, sample_tables(12 + at))
    return root


def test_many_packages_have_a_site_each_and_one_index(tmp_path: Path) -> None:
    packages = packages_folder(tmp_path / "packages", ("alpha", "beta", "gamma"))
    (packages / "beta/data/targets.csv").write_text("target_id\n", encoding="utf-8")
    out = tmp_path / "sites"
    told: list[str] = []
    entries = build_index(out, packages, base_url=BASE, on_done=lambda each: told.append(each.folder))
    assert sorted(told) == ["alpha", "beta", "gamma"]
    assert [each.folder for each in entries if each.problems] == ["beta"]
    page = read(out / "index.en.html")
    assert {"alpha/en/index.html", "gamma/en/index.html"} <= set(page.links) and "beta/en/index.html" not in page.links
    assert f"{BASE}alpha/en/target/firms/" in read(out / "alpha/en/target/firms/index.html").links
    assert broken_links(out / "alpha", f"{BASE}alpha/") == []
    html5lib.HTMLParser(strict=True).parse((out / "index.en.html").read_text(encoding="utf-8"))
    (packages / "gamma/data/targets.csv").write_text("target_id\n", encoding="utf-8")
    result = CliRunner().invoke(daye, ["site", str(out), "--index", str(packages)])
    assert isinstance(result.exception, CheckFailed)
    assert {each.where.partition("/")[0] for each in result.exception.problems} == {"beta", "gamma"}
    # The site from before stays, and so does what the list says of it.
    assert "gamma/en/index.html" in read(out / "index.en.html").links and "beta/en/index.html" not in read(out / "index.en.html").links
    assert [replace(each, problems=()) for each in build_index(out, packages, base_url=BASE) if each.folder == "gamma"] == [
        each for each in entries if each.folder == "gamma"
    ]


@pytest.mark.slow
def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    packages = packages_folder(tmp_path / "packages", ("alpha", "beta"))
    one, two = tmp_path / "one", tmp_path / "two"
    assert build_index(one, packages) == build_index(two, packages, workers=2)
    first, second = ({path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()} for root in (one, two))
    assert first == second and len(first) > 100


def test_packages_that_are_not_there_or_share_a_name_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NotReadable) as nothing:
        build_index(tmp_path / "sites", tmp_path / "empty")
    assert nothing.value.problems[0].code == "site.no-packages"
    packages = packages_folder(tmp_path / "packages", ("alpha",))
    (packages / "alpha.zip").write_bytes(b"")
    with pytest.raises(WrongUsage) as same:
        build_index(tmp_path / "sites", packages)
    assert same.value.problems[0].code == "site.same-name"
    monkeypatch.setattr(index, "_PATIENCE", 1)
    with pytest.raises(InfrastructureFailed) as away:
        (packages / "alpha.zip").unlink()
        build_index(tmp_path / "sites", packages, address="tcp://127.0.0.1:9")
    assert away.value.problems[0].code == "site.no-scheduler"
