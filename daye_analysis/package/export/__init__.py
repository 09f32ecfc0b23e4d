"""Export a package as .zip, Parquet, SQLite and XLSX, all proved equal before anything is published."""

from daye_analysis.package.export.exports import export

__all__ = ["export"]
