"""Reads segment pairs that are already aligned: tab-separated values with a header row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from auditor.core import ReadError
from auditor.read import decode

COLUMNS = ("id", "source", "target")

LARGEST = 256 << 20
"""Bytes of the largest file of pairs that is read: about a million pairs."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A source segment and its translation.

    Attributes:
        id: as in the file.
        source: as in the file.
        target: as in the file.
    """

    id: str
    source: str
    target: str


def read_pairs(path: Path) -> tuple[Pair, ...]:
    """Reads a file of pairs.

    The header row names the columns; `id`, `source` and `target` are needed, in any order,
    and others are ignored. Fields are taken as they stand: quotes are text.

    Raises:
        ReadError: the file cannot be read, has no such header or a row is short.
    """
    where = str(path)
    try:
        if path.stat().st_size > LARGEST:
            raise ReadError(where, "is larger than 256 MB", "split it")
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(where, f"cannot be read: {reason}", "check the path") from error
    if path.suffix.lower() not in {".tsv", ".tab", ".txt"}:
        raise ReadError(
            where,
            f"pairs in {path.suffix or 'files without an ending'} are not read yet",
            "give tab-separated values with the header: id source target",
        )
    text, _ = decode(data, where)
    return tuple(_rows(text, where))


def _rows(text: str, where: str) -> Iterator[Pair]:
    # The default bound of a field is 128 KiB; the file itself is bounded above.
    csv.field_size_limit(LARGEST)
    reader = csv.reader(StringIO(text, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    header = next(reader, [])
    try:
        places = [header.index(name) for name in COLUMNS]
    except ValueError as error:
        raise ReadError(
            where,
            "its first row does not name the columns",
            f"write a header row with {', '.join(COLUMNS)}, separated by tabs",
        ) from error
    for row in reader:
        if not row:
            continue
        if len(row) <= max(places):
            raise ReadError(
                where,
                f"line {reader.line_num} has {len(row)} columns, not {len(header)}",
                "separate the columns with single tabs",
            )
        yield Pair(*(row[place] for place in places))
