"""`croissant.json`: one JSON-LD that is both a Croissant 1.0 description and a schema.org Dataset."""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import Any

from daye_analysis.package.definition import TABLES, Field, Metadata, Table
from daye_analysis.package.describe.citation import citation_line
from daye_analysis.package.describe.licences import CC_BY_ADDRESS
from daye_analysis.package.describe.vocabulary import term_address

_DATA_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
# The context that the Croissant 1.0 specification prescribes, with our language.
_CONTEXT: dict[str, Any] = {
    "@language": "zh-CN",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def _file(resource: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": PurePosixPath(resource["path"]).name,
        "name": resource["name"],
        "description": resource["description"],
        "contentUrl": resource["path"],
        "contentSize": f"{resource['bytes']} B",
        "encodingFormat": resource["mediatype"],
        "sha256": resource["hash"].removeprefix("sha256:"),
    }


def _field(table: Table, field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.name,
        "alternateName": [field.title.zh, field.title.en],
        "description": f"{field.description.zh} {field.description.en}",
        "dataType": _DATA_TYPES[field.type],
    }
    if field.term:
        described["equivalentProperty"] = term_address(field.term)
    source = {"fileObject": {"@id": PurePosixPath(table.path).name}, "extract": {"column": field.name}}
    return {**described, "source": source}


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "alternateName": [table.title.zh, table.title.en],
        "description": f"{table.description.zh} {table.description.en}",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.primary_key],
        "field": [_field(table, field) for field in table.fields],
    }


def croissant(descriptor: dict[str, Any], metadata: Metadata) -> dict[str, Any]:
    """Return the JSON-LD; sizes, hashes and addresses of the files come from the Data Package `descriptor`."""
    described: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": metadata.title.zh,
        "alternateName": [metadata.title.en, metadata.name],
        "description": f"{metadata.description.zh}\n\n{metadata.description.en}",
        "version": metadata.version,
        "citeAs": " ".join(citation_line(metadata)),
        "datePublished": metadata.released_on,
        "license": CC_BY_ADDRESS,
        "inLanguage": ["zh-CN", "en"],
        "isAccessibleForFree": True,
        "keywords": [word for keyword in metadata.keywords for word in keyword],
        "spatialCoverage": {
            "@type": "sc:Place",
            "name": metadata.spatial.zh,
            "alternateName": metadata.spatial.en,
        },
        "temporalCoverage": metadata.temporal,
    }
    described |= {name: value for name, value in (("identifier", metadata.id), ("url", metadata.homepage)) if value}
    if metadata.publisher.zh:
        publisher = {
            "@type": "sc:Organization",
            "name": metadata.publisher.zh,
            "alternateName": metadata.publisher.en,
        }
        described |= {"creator": publisher, "publisher": publisher}
    if metadata.official_url:
        described["isBasedOn"] = metadata.official_url
    described["distribution"] = [_file(resource) for resource in descriptor["resources"]]
    described["recordSet"] = [_record_set(table) for table in TABLES]
    return described


def croissant_text(described: dict[str, Any]) -> str:
    """Return the text of `croissant.json`, which may also be in a page's script element: no `<` is left bare."""
    return json.dumps(described, ensure_ascii=False, indent=2).replace("<", "\\u003c") + "\n"
