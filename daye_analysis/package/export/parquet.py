"""Each table as a Parquet file with real types and the fields' descriptions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from daye_analysis.package.definition import Field, Table
from daye_analysis.package.export.summary import Row

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


def write_parquet(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """Write `frame` to `path`; titles and descriptions, zh and en, are the columns' metadata."""
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
    pq.write_table(pa.Table.from_arrays(columns, schema=pa.schema(described)), path, compression="zstd")


def read_parquet(path: Path, table: Table) -> Iterator[Row]:
    """Yield the rows of the file at `path`, batch by batch."""
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=list(table.field_names)):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)
