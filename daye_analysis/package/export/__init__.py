"""Export a package as .zip, Parquet, SQLite and XLSX, all verified to be equal before publication."""

from daye_analysis.package.export.exports import export

__all__ = ["export"]
