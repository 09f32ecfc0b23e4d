"""All describing files say the same, readers accept them, and the committed ones are up to date."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from example_package import write_example_package
from package_metadata import METADATA

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import CODE_LISTS, GENERATED_TABLES, TABLES, TIDY_TABLES
from daye_analysis.package.describe import describe_all, described_metadata
from daye_analysis.package.describe.vocabulary import term_address
from daye_analysis.package.edited.metadata_file import read_metadata

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    root = tmp_path_factory.mktemp("package")
    write_example_package(root)
    return describe_all(root, METADATA)


def _diff(committed: dict[str, str], made: dict[str, str]) -> str:
    return "".join(
        line
        for path in made
        for line in difflib.unified_diff(
            committed[path].splitlines(keepends=True),
            made[path].splitlines(keepends=True),
            f"committed/{path}",
            f"made/{path}",
        )
    )


def test_the_committed_files_are_what_the_definition_makes() -> None:
    made = describe_all(ROOT, read_metadata(ROOT / "data/source/package.yaml"))
    committed = {path: (ROOT / path).read_text(encoding="utf-8") for path in made}
    drift = _diff(committed, made)
    assert not drift, f"run `daye build`:\n{drift}"


def test_drift_is_shown_line_by_line(faces: dict[str, str]) -> None:
    edited = {**faces, "CITATION.cff": re.sub(r"(?m)^version: .*", "version: 9.9.9", faces["CITATION.cff"])}
    drift = _diff(edited, faces)
    assert "-version: 9.9.9\n+version: " in drift
    assert "--- committed/CITATION.cff" in drift


def test_every_face_gives_the_same_title_version_date_and_licence(faces: dict[str, str]) -> None:
    package, croissant, zenodo = (
        json.loads(faces[path]) for path in ("datapackage.json", "croissant.json", ".zenodo.json")
    )
    citation = yaml.safe_load(faces["CITATION.cff"])
    zh, en = METADATA.title
    assert (package["title"], package["i18n"]["en"]["title"]) == (zh, en)
    assert (croissant["name"], croissant["alternateName"][0]) == (zh, en)
    assert citation["title"] == zenodo["title"] == f"{zh} ({en})"
    assert faces["docs/dictionary.zh-CN.md"].startswith(f"# {zh}\n")
    assert faces["docs/dictionary.md"].startswith(f"# {en}\n")
    assert {each["version"] for each in (package, croissant, zenodo, citation)} == {METADATA.version}
    days = {package["created"][:10], croissant["datePublished"], zenodo["publication_date"], str(citation["date-released"])}
    assert days == {METADATA.released_on}
    assert package["licenses"][0]["path"] == croissant["license"]
    assert (
        package["licenses"][0]["name"].lower()
        == citation["license"].lower()
        == zenodo["license"]
        == "cc-by-4.0"
    )


def test_identifier_site_and_release_are_in_every_face_and_a_package_may_leave_them_out(tmp_path: Path) -> None:
    write_example_package(tmp_path)
    named = replace(METADATA, id="urn:uuid:0", homepage="https://example.org/city/", created="2026-12-02", compiled_on="2026-11-23",
                    contact="data@example.org")  # fmt: skip
    package, croissant, zenodo, citation = _read(describe_all(tmp_path, named))
    assert (package["id"], package["homepage"], package["created"]) == ("urn:uuid:0", "https://example.org/city/", "2026-12-02T00:00:00Z")
    assert (croissant["identifier"], croissant["url"], croissant["datePublished"]) == ("urn:uuid:0", "https://example.org/city/", "2026-12-02")
    assert (citation["identifiers"][0]["value"], citation["url"], str(citation["date-released"])) == (
        "urn:uuid:0", "https://example.org/city/", "2026-12-02"
    )  # fmt: skip
    assert [each["identifier"] for each in zenodo["related_identifiers"]] == ["urn:uuid:0", "https://example.org/city/"]
    assert zenodo["publication_date"] == "2026-12-02"
    assert package["compiled_on"] == "2026-11-23"
    assert package["contributors"][0]["email"] == "data@example.org"
    assert described_metadata(package) == named
    package, croissant, zenodo, citation = _read(describe_all(tmp_path, replace(named, id="", homepage="", created="")))
    assert {"id", "homepage", "created", "identifier", "url", "identifiers", "related_identifiers"}.isdisjoint(
        {*package, *croissant, *citation, *zenodo}
    )
    assert str(citation["date-released"]) == "2026-11-23"


def _read(faces: dict[str, str]) -> tuple[Any, Any, Any, Any]:
    package, croissant, zenodo = (json.loads(faces[path]) for path in ("datapackage.json", "croissant.json", ".zenodo.json"))
    return package, croissant, zenodo, yaml.safe_load(faces["CITATION.cff"])


def _dictionary_fields(text: str) -> dict[str, list[str]]:
    """Return the field names of each table as the Markdown gives them."""
    found: dict[str, list[str]] = {}
    for section in re.split(r"^## ", text, flags=re.M)[1:]:
        name = section.split("\n", 1)[0]
        found[name] = re.findall(r"^\| `([a-z0-9_]+)` \|.*\|$", section, flags=re.M)
    return {name: fields for name, fields in found.items() if name in {table.name for table in TABLES}}


def test_every_face_names_the_same_fields_in_the_same_order(faces: dict[str, str]) -> None:
    expected = {table.name: list(table.field_names) for table in TABLES}
    package = json.loads(faces["datapackage.json"])
    croissant = json.loads(faces["croissant.json"])
    assert expected == {
        each["name"]: [field["name"] for field in each["schema"]["fields"]]
        for each in package["resources"][:-1]
    }
    assert expected == {
        each["name"]: [field["name"] for field in each["field"]] for each in croissant["recordSet"]
    }
    assert expected == _dictionary_fields(faces["docs/dictionary.zh-CN.md"])
    assert expected == _dictionary_fields(faces["docs/dictionary.md"])


def test_dictionary_links_lead_somewhere(faces: dict[str, str]) -> None:
    for path in ("docs/dictionary.zh-CN.md", "docs/dictionary.md"):
        anchors = set(re.findall(r"^#+ ([a-z_.]+)$", faces[path], flags=re.M))
        assert set(re.findall(r"\(#([a-z_.]+)\)", faces[path])) <= anchors
        assert anchors >= {codes.name for codes in CODE_LISTS}


def test_dictionary_tables_have_as_many_cells_as_headings(faces: dict[str, str]) -> None:
    rows = [line for line in faces["docs/dictionary.md"].splitlines() if line.startswith("|")]
    widths = {len(re.split(r"(?<!\\)\|", row)) for row in rows}
    assert widths == {8 + 2, 5 + 2, 3 + 2}


@pytest.mark.parametrize("language", ["zh-CN.md", "md"])
def test_the_dictionary_explains_what_the_library_makes_too(faces: dict[str, str], language: str) -> None:
    text = faces[f"docs/dictionary.{language}"]
    for table in (*GENERATED_TABLES, *TIDY_TABLES):
        section = text.split(f"### {table.name}\n", 1)[1].split("\n### ", 1)[0]
        assert re.findall(r"^\| `([a-z0-9_]+)` \|", section, flags=re.M) == list(table.field_names)


@pytest.mark.parametrize("term", sorted({f.term for t in TABLES for f in t.fields if f.term}))
def test_every_vocabulary_term_has_an_address(term: str) -> None:
    assert re.fullmatch(r"https?://(schema\.org|purl\.org)/.+", term_address(term))


def test_croissant_reads_every_record_and_checks_hashes(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    write_example_package(tmp_path)
    (tmp_path / "croissant.json").write_text(describe_all(tmp_path, METADATA)["croissant.json"], encoding="utf-8")
    dataset = mlcroissant.Dataset(str(tmp_path / "croissant.json"))
    assert not caplog.messages
    assert {each.id: len(list(dataset.records(each.id))) for each in dataset.metadata.record_sets} == {
        table.name: 1 for table in TABLES
    }


def test_case_15_a_script_element_in_the_title_cannot_leave_the_json_ld(tmp_path: Path) -> None:
    write_example_package(tmp_path)
    title = Text("</script><script>alert(1)</script>", "<b>")
    text = describe_all(tmp_path, replace(METADATA, title=title))["croissant.json"]
    assert "<" not in text
    assert json.loads(text)["name"] == title.zh


def test_without_a_publisher_nobody_is_credited_and_a_citation_is_still_valid(tmp_path: Path) -> None:
    write_example_package(tmp_path)
    made = describe_all(tmp_path, replace(METADATA, publisher=Text("", "")))
    citation: dict[str, Any] = yaml.safe_load(made["CITATION.cff"])
    assert citation["authors"] == [{"name": "Anonymous"}]
    assert "creator" not in json.loads(made["croissant.json"])
