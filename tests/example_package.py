"""The smallest package: one row a table, made of the definition's own examples."""

from __future__ import annotations

import csv
from pathlib import Path

from package_metadata import METADATA

from daye_analysis.package.definition import OFFICIAL_TEXT_PATH, TABLES, Table, table
from daye_analysis.package.describe import datapackage, descriptor_text


def example_row(of: Table) -> dict[str, str]:
    """Return the fields' examples, with references that point at the other tables' examples."""
    row = {field.name: field.example for field in of.fields}
    for key in of.foreign_keys:
        for field, other in zip(key.fields, key.reference_fields, strict=True):
            row[field] = "" if key.reference == of.name else table(key.reference).field(other).example
    return row


def write_example_package(root: Path) -> None:
    """Write the tables, an official text and the descriptor under `root`."""
    (root / "data/source").mkdir(parents=True)
    (root / OFFICIAL_TEXT_PATH).write_text("原文。\n" * 60, encoding="utf-8")
    for each in TABLES:
        with (root / each.path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, each.field_names, lineterminator="\n")
            writer.writeheader()
            writer.writerow(example_row(each))
    (root / "datapackage.json").write_text(descriptor_text(datapackage(root, METADATA)), encoding="utf-8")
