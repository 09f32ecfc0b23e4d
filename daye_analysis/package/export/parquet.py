"""Each table as a Parquet file with real types and the fields' descriptions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from daye_analysis.package.definition import Field, Metadata, Table
from daye_analysis.package.describe.citation import about
from daye_analysis.package.export.summary import TableSummary, number_fields, summarise_columns

if TYPE_CHECKING:
    import pandas as pd


def _arrow_type(field: Field) -> Any:
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    return types[field.type]


def write_parquet(table: Table, frame: pd.DataFrame, path: Path, metadata: Metadata | None = None) -> None:
    """Write `frame` to `path`; titles and descriptions, zh and en, are the columns' metadata, and what the package is the file's."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = [pa.Array.from_pandas(frame[field.name], type=_arrow_type(field)) for field in table.fields]
    described = [
        pa.field(
            field.name,
            _arrow_type(field),
            nullable=not field.required,
            metadata={
                "title_zh": field.title.zh,
                "title_en": field.title.en,
                "description_zh": field.description.zh,
                "description_en": field.description.en,
            },
        )
        for field in table.fields
    ]
    schema = pa.schema(described, metadata=about(metadata) if metadata else None)
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), path, compression="zstd")


def summarise_parquet(path: Path, table: Table) -> TableSummary:
    """Return the summary of the file at `path`, read column by column."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        count = file.metadata.num_rows

        def column(name: str) -> Any:
            return file.read(columns=[name]).column(name)

        keys = zip(*(column(name).to_pylist() for name in table.primary_key), strict=True)
        filled = {name: count - column(name).null_count for name in table.field_names}
        numbers = {name: column(name).drop_null().to_numpy().tolist() for name in number_fields(table)}
        return summarise_columns(count, keys, filled, numbers)
