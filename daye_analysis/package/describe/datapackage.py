"""`datapackage.json`: the package's descriptor, from the definition, the metadata and the files themselves."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from daye_analysis.bilingual import Text
from daye_analysis.errors import NotReadable
from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, TABLES, Metadata, Table, table
from daye_analysis.package.describe.licences import (
    compilation_licence,
    official_wording_licence,
    table_licences,
)
from daye_analysis.package.describe.table_schema import bilingual, table_schema
from daye_analysis.package.messages import PACKAGE_PROBLEMS
from daye_analysis.problem_messages import worded

PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE_PROFILE = "https://datapackage.org/profiles/2.0/dataresource.json"
DIALECT_PROFILE = "https://datapackage.org/profiles/2.0/tabledialect.json"
# The profile of policy-target packages, which any city's package of this shape names.
PROFILE = "urn:policy-targets:profile:2.0"
# Packages of this profile lack the fields that have a default or copy another; they are read with those filled in.
EARLIER_PROFILE = "urn:policy-targets:profile:1.0"
OFFICIAL_TEXT = "official_text"

_OFFICIAL_TEXT_TITLE = Text("官方任务清单原文", "The official task list, verbatim")
_OFFICIAL_TEXT_DESCRIPTION = Text(
    "各表 source_start、source_end 所指的文字，逐字照录，按字符计。",
    "The text that source_start and source_end point into, verbatim, counted in code points.",
)


def _dialect() -> dict[str, Any]:
    return {
        "$schema": DIALECT_PROFILE,
        "delimiter": ",",
        "lineTerminator": "\n",
        "quoteChar": '"',
        "doubleQuote": True,
        "header": True,
    }


def _size_and_hash(files: Path | Mapping[str, bytes], path: str) -> dict[str, Any]:
    try:
        content = (files / path).read_bytes() if isinstance(files, Path) else files[path]
    except (OSError, KeyError) as error:
        raise NotReadable(worded(PACKAGE_PROBLEMS, "describe.file-not-readable", path)) from error
    return {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _table_resource(files: Path | Mapping[str, bytes], described: Table) -> dict[str, Any]:
    return {
        "$schema": RESOURCE_PROFILE,
        "name": described.name,
        "type": "table",
        "profile": "tabular-data-resource",
        "path": described.path,
        **bilingual(described.title, described.description),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_size_and_hash(files, described.path),
        "licenses": table_licences(described),
        "dialect": _dialect(),
        "schema": table_schema(described),
    }


def _text_resource(files: Path | Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "$schema": RESOURCE_PROFILE,
        "name": OFFICIAL_TEXT,
        "path": OFFICIAL_TEXT_PATH,
        **bilingual(_OFFICIAL_TEXT_TITLE, _OFFICIAL_TEXT_DESCRIPTION),
        "format": "txt",
        "mediatype": "text/plain",
        "encoding": "utf-8",
        **_size_and_hash(files, OFFICIAL_TEXT_PATH),
        "licenses": [official_wording_licence()],
    }


def _sources(metadata: Metadata) -> list[dict[str, Any]]:
    """Return the official document, where the metadata name one, and the table of what the figures were read in."""
    sources: list[dict[str, Any]] = []
    if metadata.official_title.zh:
        where = {"path": metadata.official_url} if metadata.official_url else {}
        english = {"en": {"title": metadata.official_title.en}}
        sources.append({"title": metadata.official_title.zh, **where, "i18n": english})
    sources.append(
        {
            "title": "观测值的来源：见 sources 表",
            "path": table("sources").path,
            "i18n": {"en": {"title": "Where the observations were read: table sources"}},
        }
    )
    return sources


def _contributors(metadata: Metadata) -> dict[str, Any]:
    if not metadata.publisher.zh:
        return {}
    english = {"en": {"title": metadata.publisher.en}}
    contact = {"path" if "://" in metadata.contact else "email": metadata.contact} if metadata.contact else {}
    return {"contributors": [{"title": metadata.publisher.zh, **contact, "roles": ["creator"], "i18n": english}]}


def datapackage(files: Path | Mapping[str, bytes], metadata: Metadata) -> dict[str, Any]:
    """Return the Data Package 2.0 descriptor of the package whose files are in a folder, or given by path.

    Sizes and hashes are those of the files as they are now. Raises NotReadable (`describe.file-not-readable`) where
    a table's file or the official text cannot be read.
    """
    described = bilingual(metadata.title, metadata.description)
    described["i18n"]["en"]["keywords"] = [keyword.en for keyword in metadata.keywords]
    return {
        "$schema": PACKAGE_PROFILE,
        "name": metadata.name,
        **({"id": metadata.id} if metadata.id else {}),
        **described,
        **({"homepage": metadata.homepage} if metadata.homepage else {}),
        "conformsTo": PROFILE,
        "version": metadata.version,
        # The standard wants an instant; a release is a day.
        **({"created": f"{metadata.created}T00:00:00Z"} if metadata.created else {}),
        "compiled_on": metadata.compiled_on,
        "keywords": [keyword.zh for keyword in metadata.keywords],
        "spatial": {"zh": metadata.spatial.zh, "en": metadata.spatial.en},
        "temporal": metadata.temporal,
        "licenses": [compilation_licence()],
        **_contributors(metadata),
        "sources": _sources(metadata),
        "resources": [
            *(_table_resource(files, each) for each in TABLES),
            _text_resource(files),
        ],
    }


def described_metadata(descriptor: Mapping[str, Any]) -> Metadata:
    """Return the metadata that `descriptor` states: the way back from a package to its description.

    What another's descriptor leaves out is empty here; English that is missing is the Chinese.
    """

    def both(holder: Mapping[str, Any], key: str) -> Text:
        zh = str(holder.get(key, ""))
        return Text(zh, str(holder.get("i18n", {}).get("en", {}).get(key, zh)))

    keywords = [str(each) for each in descriptor.get("keywords", [])]
    english = descriptor.get("i18n", {}).get("en", {}).get("keywords", keywords)
    own_sources = [
        each for each in descriptor.get("sources", []) if each.get("path") != table("sources").path
    ]
    document = own_sources[0] if own_sources else {}
    publisher = (descriptor.get("contributors") or [{}])[0]
    spatial = descriptor.get("spatial", {})
    return Metadata(
        name=str(descriptor.get("name", "")),
        title=both(descriptor, "title"),
        description=both(descriptor, "description"),
        version=str(descriptor.get("version", "")),
        compiled_on=str(descriptor.get("compiled_on", "")),
        keywords=tuple(Text(zh, str(en)) for zh, en in zip(keywords, english, strict=False)),
        spatial=Text(str(spatial.get("zh", "")), str(spatial.get("en", ""))),
        temporal=str(descriptor.get("temporal", "")),
        official_title=both(document, "title"),
        official_url=str(document.get("path", "")),
        publisher=both(publisher, "title"),
        id=str(descriptor.get("id", "")),
        homepage=str(descriptor.get("homepage", "")),
        created=str(descriptor.get("created", ""))[:10],
        contact=str(publisher.get("email") or publisher.get("path") or ""),
    )


def completed_descriptor(descriptor: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """Return `descriptor` with what its resources leave out: description, media type, size, hash and the like."""
    ours = {each["name"]: each for each in datapackage(files, described_metadata(descriptor))["resources"]}
    return {**descriptor, "resources": [{**ours[each["name"]], **each} for each in descriptor["resources"]]}


def descriptor_text(descriptor: dict[str, Any]) -> str:
    """Return `descriptor` as the text of `datapackage.json`: two spaces, characters as they are, a last newline."""
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
