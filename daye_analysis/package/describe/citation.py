"""How to cite the package: `CITATION.cff` for people and code hosts, `.zenodo.json` for the archive."""

from __future__ import annotations

import json
from datetime import date

import yaml

from daye_analysis.bilingual import Text
from daye_analysis.package.definition import Metadata
from daye_analysis.package.describe.licences import CC_BY_NAME, OFFICIAL_WORDING

_UNNAMED = "Anonymous"


def _creator(metadata: Metadata) -> str:
    if not metadata.publisher.zh:
        return _UNNAMED
    return f"{metadata.publisher.en} ({metadata.publisher.zh})"


def _title(metadata: Metadata) -> str:
    return f"{metadata.title.zh} ({metadata.title.en})"


def about(metadata: Metadata) -> dict[str, str]:
    """Return what the package is as plain entries, for formats that have room for nothing else; empty ones left out."""
    cited = citation_line(metadata)
    entries = {
        "name": metadata.name, "id": metadata.id, "title_zh": metadata.title.zh, "title_en": metadata.title.en,
        "version": metadata.version, "created": metadata.created, "compiled_on": metadata.compiled_on,
        "homepage": metadata.homepage, "publisher_zh": metadata.publisher.zh, "publisher_en": metadata.publisher.en,
        "license": CC_BY_NAME, "citation_zh": cited.zh, "citation_en": cited.en,
    }  # fmt: skip
    return {name: value for name, value in entries.items() if value}


def citation_line(metadata: Metadata) -> Text:
    """Return one line with which to cite the package in a text."""
    return cited_as(metadata.title, metadata.version, metadata.released_on[:4], metadata.publisher, CC_BY_NAME)


def cited_as(title: Text, version: str, year: str, publisher: Text, licence: str) -> Text:
    """Return the line with which a package is cited; without `publisher` it is anonymous."""
    by = publisher if publisher.zh else Text("佚名", _UNNAMED)
    return Text(
        f"{by.zh}：《{title.zh}》，第 {version} 版，{year} 年，{licence}。",
        f"{by.en}: {title.en}, version {version} ({year}), {licence}.",
    )


def citation_cff(metadata: Metadata) -> str:
    """Return `CITATION.cff` 1.2.0: the data set, one licence, the publishing body as author."""
    cited = {
        "cff-version": "1.2.0",
        "message": "引用本数据包时请使用以下信息。 If you use this data set, please cite it as below.",
        "type": "dataset",
        "title": _title(metadata),
        "abstract": f"{metadata.description.zh}\n\n{metadata.description.en}",
        "authors": [{"name": _creator(metadata)}],
        "version": metadata.version,
        "date-released": date.fromisoformat(metadata.released_on),
        "license": CC_BY_NAME,
        "keywords": [word for keyword in metadata.keywords for word in keyword],
    }
    if metadata.id:
        cited["identifiers"] = [{"type": "other", "value": metadata.id, "description": "id in datapackage.json"}]
    if metadata.homepage:
        cited["url"] = metadata.homepage
    return yaml.safe_dump(cited, allow_unicode=True, sort_keys=False, width=110)


def zenodo_json(metadata: Metadata) -> str:
    """Return `.zenodo.json`; the archive takes one licence, so the official wording's status is in the notes."""
    deposit = {
        "upload_type": "dataset",
        "title": _title(metadata),
        "description": f"<p>{metadata.description.zh}</p><p>{metadata.description.en}</p>",
        "creators": [{"name": _creator(metadata)}],
        "version": metadata.version,
        "publication_date": metadata.released_on,
        "access_right": "open",
        "license": CC_BY_NAME.lower(),
        "language": "zho",
        "keywords": [word for keyword in metadata.keywords for word in keyword],
        "notes": f"{OFFICIAL_WORDING.zh} {OFFICIAL_WORDING.en}",
    }
    named = ((metadata.id, "isAlternateIdentifier"), (metadata.homepage, "isDocumentedBy"))
    related = [{"identifier": each, "relation": relation} for each, relation in named if each]
    if related:
        deposit["related_identifiers"] = related
    return json.dumps(deposit, ensure_ascii=False, indent=2) + "\n"
