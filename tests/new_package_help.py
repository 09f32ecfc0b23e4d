"""A person who finishes a drafted package: fills in every empty field and settles every open judgement."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from daye_analysis.package.definition import table

# What is written into an empty field of a YAML file, by its key; anything else is English prose.
_ANSWERS = {
    "name": "some-city", "compiled_on": "2026-11-23", "temporal": "2023-12-31/2027-12-31", "published": "2024-03-01",
    "start": "2023-12-31", "start_basis": "inferred", "due": "2027-12-31", "due_basis": "inferred",
    "obligation": "unstated", "first_year": "2025", "kind": "bureau", "spatial_zh": "某地", "note_zh": "不是目标。",
    "title_zh": "某清单", "description_zh": "某清单。",
}  # fmt: skip
_EMPTY = re.compile(r'\b([A-Za-z0-9_]+): ""')
_CELLS = {"direction": "increase", "additive": "false", "quantity": "stock", "level": "county", "tier": "official",
          "source_id": "task-list"}  # fmt: skip


def finish(root: Path) -> None:
    """Fill in all that `daye new` left empty under `root`."""
    folder = root / "data/source"
    for path in folder.glob("*.yaml"):
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if "# 需判断:" not in line]
        text = _EMPTY.sub(lambda m: f'{m[1]}: "{_ANSWERS.get(m[1], "In English.")}"', "\n".join(lines))
        path.write_text(text, encoding="utf-8", newline="")
    for path in folder.glob("*.csv"):
        _fill_csv(path)


def _fill_csv(path: Path) -> None:
    defined = table(path.stem)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for field in defined.fields:
            if not field.copy_of and field.required and not row[field.name]:
                row[field.name] = _CELLS.get(field.name, "某名称" if field.name.endswith("_zh") else "Some name")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, defined.edited_names, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
