"""The one definition of tables, fields, codes and metadata; everything published is generated from it."""

from daye_analysis.package.definition.all_tables import TABLES, table
from daye_analysis.package.definition.codes import CODE_LISTS
from daye_analysis.package.definition.generated_tables import (
    ASSESSMENTS,
    FIGURES_WANTED,
    SWEEP_CELL,
    SWEEP_SUMMARY,
)
from daye_analysis.package.definition.judged import EVIDENCE
from daye_analysis.package.definition.model import (
    OFFICIAL_TEXT_PATH,
    Code,
    CodeList,
    Field,
    ForeignKey,
    Metadata,
    Table,
)
from daye_analysis.package.definition.tidy_tables import TIDY_TABLES

# What an export holds: the package's tables, and what follows from them.
EXPORTED_TABLES: tuple[Table, ...] = (*TABLES, EVIDENCE)
# What the library makes of them: by an export, beside a report, or in a notebook.
GENERATED_TABLES: tuple[Table, ...] = (EVIDENCE, ASSESSMENTS, FIGURES_WANTED, SWEEP_SUMMARY)
DESCRIBED_TABLES: tuple[Table, ...] = (*TABLES, *GENERATED_TABLES, *TIDY_TABLES)

__all__ = [
    "ASSESSMENTS",
    "CODE_LISTS",
    "DESCRIBED_TABLES",
    "EVIDENCE",
    "EXPORTED_TABLES",
    "FIGURES_WANTED",
    "GENERATED_TABLES",
    "OFFICIAL_TEXT_PATH",
    "SWEEP_CELL",
    "SWEEP_SUMMARY",
    "TABLES",
    "TIDY_TABLES",
    "Code",
    "CodeList",
    "Field",
    "ForeignKey",
    "Metadata",
    "Table",
    "table",
]
