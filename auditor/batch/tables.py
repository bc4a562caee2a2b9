"""The columns of the store, and how a part of it is written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

VERSION = 1
"""Raised when a column is renamed, removed or changes its meaning. A column that is only added
raises nothing: a part that lacks it has nulls there (`conformed`)."""

STORIES, FINDINGS, PASSAGES = "stories", "findings", "passages"
DATASETS = (FINDINGS, PASSAGES, STORIES)
"""In the order in which a part is written: that of the stories says that it is complete."""

_COLUMNS = {
    STORIES: {
        "key": "string",
        "digest": "string",
        "content": "string",
        "sequence": "int64",
        "night": "date32",
        "audited": "timestamp",
        "status": "string",
        "reason": "string",
        "name": "string",
        "outlet": "string",
        "published": "string",
        "versions": "int32",
        "langs": "strings",
        "segments": "int32",
        "characters": "int64",
        "stable": "int32",
        "preview": "int32",
        "critical": "int32",
        "major": "int32",
        "minor": "int32",
        "crashed": "int32",
        "fidelity": "float64",
        "mean_fidelity": "float64",
        "coverage": "float64",
        "encoder": "string",
        "version": "string",
        "seconds": "float64",
        "cpu": "float64",
        "encoder_cpu": "float64",
        "report": "string",
    },
    FINDINGS: {
        "key": "string",
        "digest": "string",
        "sequence": "int64",
        "night": "date32",
        "number": "int32",
        "rule": "string",
        "tier": "string",
        "severity": "string",
        "confidence": "float64",
        "message": "string",
        "document": "string",
        "lang": "string",
        "start": "int64",
        "end": "int64",
        "quote": "string",
        "repair": "string",
        "fingerprint": "string",
        "evidence": "string",
    },
    PASSAGES: {
        "key": "string",
        "digest": "string",
        "sequence": "int64",
        "night": "date32",
        "passage": "int32",
        "document": "string",
        "start": "int64",
        "end": "int64",
        "confidence": "float64",
        "fidelity": "float64",
        "moved": "bool",
    },
}


@cache
def schema(dataset: str) -> pa.Schema:
    """The columns of a dataset."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "strings": pa.list_(pa.string()),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "date32": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
    }
    return pa.schema([(name, types[kind]) for name, kind in _COLUMNS[dataset].items()])


def table(dataset: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows as a table; what a row lacks is null."""
    import pyarrow as pa

    return pa.Table.from_pylist([dict(row) for row in rows], schema=schema(dataset))


def conformed(part: pa.Table, dataset: str) -> pa.Table:
    """A part as written by any auditor of this version, in today's columns."""
    import pyarrow as pa

    columns = [
        part.column(field.name).cast(field.type)
        if field.name in part.column_names
        else pa.nulls(part.num_rows, field.type)
        for field in schema(dataset)
    ]
    return pa.Table.from_arrays(columns, schema=schema(dataset))


def write_table(path: Path, tables: Iterable[pa.Table], dataset: str) -> None:
    """Writes a file beside its place and moves it there: it is whole, or not there.

    Args:
        path: of the file; folders are made.
        tables: what goes into it, a row group each.
        dataset: whose columns they have.

    Raises:
        OSError: the disk is full, or the like; nothing is left behind.
    """
    import pyarrow.parquet as pq

    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as stream:
            with pq.ParquetWriter(stream, schema(dataset), compression="zstd") as writer:
                for one in tables:
                    writer.write_table(one)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
