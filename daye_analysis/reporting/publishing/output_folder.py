"""How a notebook writes a table beside its report."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from daye_analysis.package.definition import GENERATED_TABLES
from daye_analysis.package.describe.table_schema import schema_text
from daye_analysis.reporting.environment import RUN_FOLDER

if TYPE_CHECKING:
    import pandas as pd

# Names that Windows keeps for devices, with or without an ending.
DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))})
LONGEST = 80


def write_output(name: str, table: pd.DataFrame) -> Path | None:
    """Write `table` as `name` (CSV, UTF-8, LF, no index) into the run's folder and return its path.

    Beside a table of the dictionary (`assessments.csv`) comes its Table Schema (`assessments.schema.json`).
    Outside a run (the notebook is open in JupyterLab) nothing is written and None is returned. A `name` that is
    not a plain file name becomes one (`safe_name`), so that no name leaves the folder.
    """
    folder = os.environ.get(RUN_FOLDER)
    if not folder:
        return None
    path = Path(folder) / safe_name(name)
    content = table.to_csv(index=False, lineterminator="\n")
    path.write_bytes(content.encode("utf-8"))
    described = {f"{each.name}.csv": each for each in GENERATED_TABLES}.get(name)
    if described is not None and content.startswith(",".join(described.field_names) + "\n"):
        schema_path(path).write_bytes(schema_text(described))
    return path


def schema_path(path: Path) -> Path:
    """Return where the schema of a table's file is: beside it."""
    return path.with_name(f"{path.stem}.schema.json")


def safe_name(name: str) -> str:
    """Return `name` if it is a plain file name on every system, else a readable part of it and a hash.

    Plain: letters and digits of any script, `-`, `_` and inner dots, NFC, at most 80 characters and no name of a
    device. The hash keeps two different names apart after cutting. At most 255 bytes in UTF-8.
    """
    composed = unicodedata.normalize("NFC", name)
    stem, dot, ending = composed.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
        stem, ending = composed, ""
    words = re.sub(r"[^\w-]+", "-", stem).strip("-")
    plain = f"{words}.{ending}" if ending else words
    if plain == name and words and len(name) <= LONGEST and words.split(".")[0].lower() not in DEVICES:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    short = words.encode("utf-8")[:LONGEST].decode("utf-8", "ignore").strip("-")
    marked = f"{short}-{digest}" if short else digest
    return f"{marked}.{ending}" if ending else marked
