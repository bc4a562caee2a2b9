"""Manifests of many stories: a table with a row for each version, or a line for each story."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from auditor.batch.job import Job, Refused, Version
from auditor.core import AuditorError, ConfigError, ReadError
from auditor.lang import is_tag

COLUMNS = ("story", "path", "lang", "source", "date", "outlet")
"""Of a table; the first two must be there. `source` is 1 for the version translated from."""

_STORY = ("story", "versions", "source", "date", "outlet")
_VERSION = ("path", "lang", "text", "html", "id")

LONGEST_LINE = 64 << 20
"""Characters of a line of a manifest: texts may stand in it."""
LONGEST_ROW = 1 << 20
"""Characters of a line of a table."""
LONGEST_KEY = 1000


def stories_of_table(path: Path, root: Path) -> Iterator[Job | Refused]:
    """The stories of a CSV or TSV file with a header row; rows of one story stand together.

    Args:
        path: UTF-8; separated by tabs where its name ends in `.tsv`.
        root: the folder that paths are relative to, and lead out of nowhere.

    Raises:
        ReadError: it cannot be read.
        ConfigError: the header lacks a column, or has one that is not known.
    """
    delimiter = "\t" if path.name.lower().endswith(".tsv") else ","
    with _opened(path) as stream:
        rows = csv.reader(_lines(stream, path, LONGEST_ROW), delimiter=delimiter, strict=True)
        header = [name.strip().lower() for name in _next(rows, path) or []]
        for name in header:
            if name not in COLUMNS:
                raise ConfigError(f"{path}:1", f"unknown column {name!r}", _near(name, COLUMNS))
        for name in COLUMNS[:2]:
            if name not in header:
                raise ConfigError(f"{path}:1", f"has no column {name!r}", "add it to the header")
        if len(set(header)) != len(header):
            raise ConfigError(f"{path}:1", "a column is named twice", "name each once")
        entries = _table_rows(rows, header, path)
        for key, group in groupby(entries, key=lambda row: row[1].get("story", "")):
            yield _story_of_rows(key, list(group), root, path)


def stories_of_lines(path: Path, root: Path) -> Iterator[Job | Refused]:
    """The stories of a file with one JSON object per line.

    `{"story": "a1", "date": "2026-03-01", "outlet": "x", "source": "en.txt", "versions":
    [{"path": "a1/en.txt", "lang": "en"}, {"id": "fr", "text": "...", "lang": "fr"}]}`

    Args:
        path: UTF-8.
        root: as that of `stories_of_table`.

    Raises:
        ReadError: it cannot be read. A line that is wrong refuses its story alone.
    """
    with _opened(path) as stream:
        for number, line in enumerate(_lines(stream, path, LONGEST_LINE), 1):
            if line.strip():
                where = f"{path}:{number}"
                try:
                    yield _story_of_line(line, root, where)
                except AuditorError as error:
                    yield Refused(where, str(error))


def _table_rows(
    rows: Iterator[list[str]], header: list[str], path: Path
) -> Iterator[tuple[int, dict[str, str]]]:
    number = 1
    while (row := _next(rows, path)) is not None:
        number += 1
        if any(cell.strip() for cell in row):
            cells = {**dict.fromkeys(header, ""), **dict(zip(header, row, strict=False))}
            if len(row) > len(header):
                cells["story"] = cells["story"] or f"{path}:{number}"
                cells["path"] = ""
            yield number, {name: cell.strip() for name, cell in cells.items()}


def _next(rows: Iterator[list[str]], path: Path) -> list[str] | None:
    try:
        return next(rows, None)
    except csv.Error as error:
        raise ReadError(str(path), f"is no sound table: {error}", "save it as CSV") from error


def _story_of_rows(
    key: str, rows: list[tuple[int, dict[str, str]]], root: Path, path: Path
) -> Job | Refused:
    where = f"{path}:{rows[0][0]}"
    try:
        versions = tuple(
            _version({"path": row["path"], "lang": row.get("lang") or None}, f"{path}:{number}")
            for number, row in rows
        )
        sources = [
            version.id
            for version, (_, row) in zip(versions, rows, strict=True)
            if row.get("source", "").lower() in ("1", "true", "yes")
        ]
        if len(sources) > 1:
            raise ConfigError(where, f"story {key!r} has two sources", "mark one of them")
        first = rows[0][1]
        return _job(key, versions, (*sources, None)[0], first, root, where)
    except AuditorError as error:
        return Refused(key or where, str(error))


def _story_of_line(line: str, root: Path, where: str) -> Job:
    try:
        table = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ConfigError(where, "is no JSON object", "write one object on each line") from error
    _check(table, _STORY, where)
    listed = table.get("versions")
    if not isinstance(listed, list):
        raise ConfigError(where, "'versions' is no list", 'write "versions": [{"path": ...}]')
    versions = tuple(_version(entry, where) for entry in listed)
    return _job(table.get("story"), versions, table.get("source"), table, root, where)


def _job(
    key: Any,
    versions: tuple[Version, ...],
    source: Any,
    said: Mapping[str, Any],
    root: Path,
    where: str,
) -> Job:
    if not isinstance(key, str) or not key.strip() or len(key) > LONGEST_KEY:
        raise ConfigError(where, "'story' is missing or too long", "give each story a short name")
    if not versions:
        raise ConfigError(where, f"story {key!r} has no version", "name its files")
    ids = [version.id for version in versions]
    if len(set(ids)) != len(ids):
        raise ConfigError(where, f"story {key!r} names a version twice", "name each once")
    if source is not None and source not in ids:
        raise ConfigError(where, f"source {source!r} is no version", f"choose from {ids}")
    day, outlet = said.get("date") or "", said.get("outlet") or ""
    if not isinstance(outlet, str):
        raise ConfigError(where, "'outlet' is no text", 'write "outlet": "..."')
    return Job(
        key, root=str(root), versions=versions, source=source, date=_day(day, where), outlet=outlet
    )


def _version(entry: Any, where: str) -> Version:
    _check(entry, _VERSION, where)
    path, lang, text = entry.get("path"), entry.get("lang"), entry.get("text")
    if lang is not None and not (isinstance(lang, str) and is_tag(lang)):
        raise ConfigError(where, f"lang {lang!r} is no language tag", "write it as fr or zh-Hant")
    if text is not None:
        id = entry.get("id", path)
        if not isinstance(text, str) or not isinstance(id, str) or not id:
            raise ConfigError(where, "a version with a text has no id", 'add "id": "fr"')
        return Version(id, lang, text, html=entry.get("html") is True)
    return Version(inside(path, where), lang)


def inside(path: Any, where: str) -> str:
    """A path that stays in its root, with forward slashes.

    Raises:
        ConfigError: it is none.
    """
    if isinstance(path, str) and not path.startswith("/") and not {"\\", "\0"} & set(path):
        # Not by pathlib, which keeps the parts of a million paths for a while.
        parts = [part for part in path.split("/") if part not in ("", ".")]
        if parts and ".." not in parts:
            return "/".join(parts)
    raise ConfigError(where, f"{path!r} is no path inside the root", "give one without '..'")


def _day(day: Any, where: str) -> str:
    if not day:
        return ""
    try:
        # Feeds and databases give the time too.
        return date.fromisoformat(str(day)[:10]).isoformat()
    except ValueError as error:
        raise ConfigError(where, f"{day!r} is no date", "write it as 2026-03-01") from error


def _check(table: Any, keys: tuple[str, ...], where: str) -> None:
    if not isinstance(table, dict):
        raise ConfigError(where, "is no object", "write it as {...}")
    for key in table:
        if key not in keys:
            raise ConfigError(where, f"unknown key {key!r}", _near(key, keys))


def _near(name: str, known: tuple[str, ...]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]!r}?" if near else f"choose from {', '.join(known)}"


def _opened(path: Path) -> IO[str]:
    try:
        if path.exists() and not path.is_file():
            raise ReadError(str(path), "is no file", "give a file")
        return path.open(encoding="utf-8-sig", newline="")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReadError(str(path), f"cannot be read: {reason}", "check the path") from error


def _lines(stream: IO[str], path: Path, longest: int) -> Iterator[str]:
    number = 0
    try:
        while line := stream.readline(longest + 1):
            number += 1
            if len(line) > longest:
                what = f"line {number} has more than {longest:,} characters"
                raise ReadError(str(path), what, "put texts into files, and name those")
            yield line
    except UnicodeDecodeError as error:
        raise ReadError(str(path), "is not UTF-8", "save it as UTF-8") from error
