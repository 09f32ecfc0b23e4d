"""Describe a package: its descriptor, dictionaries, dataset mark-up and citation, all from one definition."""

from daye_analysis.package.describe.datapackage import (
    completed_descriptor,
    datapackage,
    described_metadata,
    descriptor_text,
)
from daye_analysis.package.describe.render_all import describe_all, described_files
from daye_analysis.package.describe.table_schema import table_schema

__all__ = ["completed_descriptor", "datapackage", "describe_all", "described_files", "described_metadata", "descriptor_text", "table_schema"]
