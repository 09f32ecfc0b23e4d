"""Every file that describes a package, made from the same definition and metadata at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from daye_analysis.package.definition import Metadata
from daye_analysis.package.describe.citation import citation_cff, zenodo_json
from daye_analysis.package.describe.croissant import croissant, croissant_text
from daye_analysis.package.describe.datapackage import datapackage, descriptor_text
from daye_analysis.package.describe.dictionary import dictionary


def described_files(descriptor: dict[str, Any], metadata: Metadata) -> dict[str, str]:
    """Return the text of each describing file by its path, from the `descriptor` of the package's files."""
    return {
        "datapackage.json": descriptor_text(descriptor),
        "croissant.json": croissant_text(croissant(descriptor, metadata)),
        "CITATION.cff": citation_cff(metadata),
        ".zenodo.json": zenodo_json(metadata),
        "docs/dictionary.zh-CN.md": dictionary(metadata, "zh"),
        "docs/dictionary.md": dictionary(metadata, "en"),
    }


def describe_all(files: Path | Mapping[str, bytes], metadata: Metadata) -> dict[str, str]:
    """Return the text of each describing file by its path; the tables' files are in a folder, or given by path.

    Raises NotReadable (`describe.file-not-readable`) where one of them is missing.
    """
    return described_files(datapackage(files, metadata), metadata)
