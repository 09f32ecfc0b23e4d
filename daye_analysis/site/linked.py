"""What pages say to machines: schema.org as JSON-LD, with the permanent addresses as identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from daye_analysis.bilingual import Language
from daye_analysis.charts.labels import asked_words
from daye_analysis.package.definition import TABLES
from daye_analysis.package.describe.licences import CC_BY_ADDRESS
from daye_analysis.package.records import Record
from daye_analysis.site.content import Link
from daye_analysis.site.edition import Edition, iso

_CONTEXT: Final = "https://schema.org"
_LANGUAGE_TAG: Final = {"zh": "zh-CN", "en": "en"}
Linked = dict[str, Any]


def dataset_linked(edition: Edition, language: Language) -> Linked:
    """Return the package as a schema.org Dataset, with the files that hold it."""
    about = edition.metadata
    found: Linked = {
        "@context": _CONTEXT,
        "@type": "Dataset",
        "@id": _id(edition, ""),
        "name": about.title.say(language),
        "description": about.description.say(language),
        "inLanguage": ["zh-CN", "en"],
        "version": edition.package.version,
        "license": CC_BY_ADDRESS,
        "isAccessibleForFree": True,
        "datePublished": about.released_on,
        "temporalCoverage": about.temporal,
        "spatialCoverage": {"@type": "Place", "name": about.spatial.say(language)},
        "keywords": [each.say(language) for each in about.keywords],
        "variableMeasured": [table.title.say(language) for table in TABLES],
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": _id(edition, each.path),
                "contentSize": f"{each.size} B",
                "encodingFormat": _MEDIA[each.path.rsplit(".", 1)[-1]],
                "sha256": each.sha256,
            }
            for each in edition.downloads
            if each.path.rsplit(".", 1)[-1] in _MEDIA and "/requests/" not in each.path
        ],
    }
    if about.publisher.zh:
        found["publisher"] = found["creator"] = {
            "@type": "Organization",
            "name": about.publisher.say(language),
        }
    if about.official_url:
        found["isBasedOn"] = about.official_url
    return found


_MEDIA: Final = {
    "csv": "text/csv",
    "json": "application/json",
    "zip": "application/zip",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def target_linked(edition: Edition, target_id: str, language: Language) -> tuple[Linked, ...]:
    """Return a target's page, the term that it defines, and the figures that decide or bound it."""
    row = edition.view.target(target_id).row
    judged = edition.judged[target_id]
    permanent = _id(edition, f"target/{target_id}/")
    page = {
        "@context": _CONTEXT,
        "@type": "WebPage",
        "@id": _id(edition, f"{language}/target/{target_id}/"),
        "inLanguage": _LANGUAGE_TAG[language],
        "isPartOf": {"@id": _id(edition, "")},
        "dateModified": edition.day.isoformat(),
        "mainEntity": {
            "@type": "DefinedTerm",
            "@id": permanent,
            "name": edition.name("target", target_id, language),
            "description": f"{asked_words(edition.package, judged, language)}. {row['wording_zh']}",
            "termCode": target_id,
            "inDefinedTermSet": {"@id": _id(edition, "")},
        },
    }
    used = [each for each in edition.shown.get(target_id, []) if each["role"] != "context"]
    return (page, *(_observation(edition, each, permanent, language) for each in used))


def _observation(edition: Edition, row: Record, about: str, language: Language) -> Linked:
    """Return a figure, its place, period and source, with what it is for the target as measurement technique."""
    start = iso(row["period_start"])
    end = iso(row["period_end"])
    return {
        "@context": _CONTEXT,
        "@type": "Observation",
        "@id": f"{about}#{row['observation_id']}",
        "variableMeasured": {"@id": about},
        "observationAbout": {"@type": "Place", "name": edition.name("area", row["area_id"], language)},
        "observationDate": end,
        "observationPeriod": f"{start}/{end}" if start else end,
        "value": float(row["value"]),
        "unitText": edition.unit(row["unit_code"], language),
        "measurementTechnique": str(row["role"]),
        "isBasedOn": {"@id": _id(edition, f"{language}/source/{row['source_id']}/")},
    }


def trail_linked(edition: Edition, trail: Sequence[Link], title: str) -> Linked:
    """Return the way to a page."""
    steps: list[Linked] = [
        {"name": link.words, "item": _id(edition, link.to.partition("#")[0])} for link in trail
    ]
    listed = [
        {"@type": "ListItem", "position": at, **step} for at, step in enumerate([*steps, {"name": title}], 1)
    ]
    return {"@context": _CONTEXT, "@type": "BreadcrumbList", "itemListElement": listed}


def body_linked(edition: Edition, body_id: str, language: Language) -> Linked:
    """Return a body as the organisation that it is."""
    return {
        "@context": _CONTEXT,
        "@type": "GovernmentOrganization"
        if edition.package.record("units", body_id)["kind"] != "enterprises"
        else "Organization",
        "@id": _id(edition, f"unit/{body_id}"),
        "name": edition.name("unit", body_id, language),
        "areaServed": {"@type": "Place", "name": edition.metadata.spatial.say(language)},
    }


def area_linked(edition: Edition, area_id: str, language: Language) -> Linked:
    """Return an area as a place, with what contains it."""
    row = edition.package.record("areas", area_id)
    found: Linked = {
        "@context": _CONTEXT,
        "@type": "Place",
        "@id": _id(edition, f"area/{area_id}"),
        "name": edition.name("area", area_id, language),
    }
    if pd.notna(row["gbt2260_code"]):
        found["identifier"] = str(row["gbt2260_code"])
    if pd.notna(row["parent_id"]):
        found["containedInPlace"] = {
            "@type": "Place",
            "name": edition.name("area", row["parent_id"], language),
        }
    return found


def source_linked(edition: Edition, source_id: str, language: Language) -> Linked:
    """Return a source as the work that it is."""
    row = edition.package.record("sources", source_id)
    found: Linked = {
        "@context": _CONTEXT,
        "@type": "CreativeWork",
        "@id": _id(edition, f"{language}/source/{source_id}/"),
        "name": str(row["title"]),
        "publisher": {"@type": "Organization", "name": str(row["publisher"])},
    }
    if pd.notna(row["published"]):
        found["datePublished"] = str(row["published"])
    if pd.notna(row["url"]):
        found["url"] = str(row["url"])
    return found


def _id(edition: Edition, path: str) -> str:
    """Return the identifier of a thing: its public address, or without one a name below the package's own."""
    return edition.absolute(path) or f"urn:policy-targets:{edition.package.name}:{edition.prefix}{path}"
