"""What describes the published package, for tests that need some real metadata."""

from __future__ import annotations

from pathlib import Path

from daye_analysis.package.edited.metadata_file import read_metadata

METADATA = read_metadata(Path(__file__).resolve().parents[1] / "data/source/package.yaml")
