"""The imprint of a run's report, read from its data package."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from daye_analysis.bilingual import Language, Text
from daye_analysis.package.describe.citation import cited_as
from daye_analysis.reporting.documents.imprint import Imprint
from daye_analysis.reporting.publishing.identity import Identity
from daye_analysis.reporting.publishing.package_state import PackageState


def imprint(package: PackageState, identity: Identity) -> dict[str, str]:
    """Return the fields of the `Imprint` of a run: place and plan from the package's tables, the rest from its descriptor."""
    language, descriptor = identity.language, package.descriptor
    plans = _rows(package, "plans")
    chosen = identity.parameters.get("plan")
    plans = [row for row in plans if row.get("plan_id") == chosen] or plans
    areas = {row.get("area_id", ""): row for row in _rows(package, "areas")}
    places = dict.fromkeys(_said(areas.get(row.get("area_id", ""), {}), "name", language) for row in plans)
    titles = dict.fromkeys(_said(row, "title", language) for row in plans)
    version = str(descriptor.get("version", ""))
    publisher = _titled((descriptor.get("contributors") or [{}])[0], language)
    licence = (descriptor.get("licenses") or [{}])[0]
    title, name = _titled(descriptor, language), str(descriptor.get("name", ""))
    year, licence_name = str(descriptor.get("created") or descriptor.get("compiled_on", ""))[:4], str(licence.get("name", ""))
    return asdict(
        Imprint(
            place=_listed(places, language),
            plan=_listed(titles, language),
            publisher=publisher,
            package=title,
            version=f"{name} {version}".strip(),
            licence=Text("（{}）", " ({})").say(language).format(licence_name).join([_titled(licence, language), ""]) if licence_name else "",
            cite=cited_as(Text(title, title), version, year, Text(publisher, publisher), licence_name).say(language),
            address=str(descriptor.get("homepage", "")),
            run=identity.sha256,
        )
    )


def _rows(package: PackageState, table: str) -> list[dict[str, str]]:
    content = package.files.get(f"data/{table}.csv", b"").decode("utf-8", "replace")
    return [dict(row) for row in csv.DictReader(io.StringIO(content, newline=""))]


def _said(row: Mapping[str, str], field: str, language: Language) -> str:
    return row.get(f"{field}_{language}") or row.get(f"{field}_zh") or ""


def _titled(described: Mapping[str, Any], language: Language) -> str:
    """Return the title of a part of a descriptor, in English where it has one."""
    english = ((described.get("i18n") or {}).get("en") or {}).get("title") if language == "en" else None
    return str(english or described.get("title") or "")


def _listed(parts: Mapping[str, None], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(part for part in parts if part)
