"""Reads `story.toml`: which files are the versions of a story, and how they relate."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Any

from auditor.core import ConfigError, Relation, RelationKind
from auditor.lang import is_tag

SCHEMA = 1
LARGEST = 1 << 20
"""Bytes of the largest manifest that is read: a megabyte is thousands of documents."""

_TOP = {
    "schema": int,
    "title": str,
    "date": date,
    "outlet": str,
    "source": str,
    "origin": str,
    "licence": str,
    "document": list,
    "relation": list,
    "expected": list,
}
_DOCUMENT = {"file": str, "sha256": str, "lang": str}
_RELATION = {"documents": list, "kind": str}
_EXPECTED = {
    "rule": str,
    "document": str,
    "start": int,
    "end": int,
    "text": str,
    "repair": str,
    "note": str,
    "must": bool,
    "optional": bool,
    "missing": list,
}


@dataclass(frozen=True, slots=True)
class Listed:
    """One file that a manifest names.

    Attributes:
        file: path relative to the root, with forward slashes.
        lang: BCP 47 tag, or None when it is to be found.
        sha256: expected digest of the bytes in hexadecimal; empty when not given.
    """

    file: str
    lang: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a `story.toml` says.

    Attributes:
        title: of the story.
        date: of publication, or None.
        outlet: who published it.
        source: the file that the others were translated from, or None.
        documents: the versions in order.
        relations: the declared ones.
        expected: findings that are known to be in the story, for tests, as written.
    """

    title: str
    date: date | None
    outlet: str
    source: str | None
    documents: tuple[Listed, ...]
    relations: tuple[Relation, ...]
    expected: tuple[Mapping[str, Any], ...]


def read_manifest(path: Path) -> Manifest:
    """Reads and checks a manifest; the files themselves are not opened.

    Raises:
        ConfigError: not TOML, an unknown or missing key, a value of the wrong type, a
            file outside the root.
    """
    where = str(path)
    table = _parse(path, where)
    _check(table, _TOP, where, "the manifest")
    if table.get("schema") != SCHEMA:
        raise ConfigError(where, "schema is missing or unknown", f"write: schema = {SCHEMA}")
    documents = tuple(_listed(entry, where) for entry in table.get("document", []))
    if not documents:
        raise ConfigError(where, "it names no document", "add a [[document]] with file = ...")
    files = [document.file for document in documents]
    if len(set(files)) != len(files):
        raise ConfigError(where, "a file is named twice", "name each version once")
    source = table.get("source")
    if source is not None and source not in files:
        raise ConfigError(where, f"source {source!r} is not one of its documents", _choose(files))
    for entry in table.get("expected", []):
        _check(entry, _EXPECTED, where, "[[expected]]")
    return Manifest(
        title=table.get("title", ""),
        date=_day(table.get("date")),
        outlet=table.get("outlet", ""),
        source=source,
        documents=documents,
        relations=tuple(_relation(e, files, where) for e in table.get("relation", [])),
        expected=tuple(table.get("expected", [])),
    )


def _parse(path: Path, where: str) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(where, "the manifest is larger than 1 MB", "split the story")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(where, f"cannot be read: {reason}", "check the path") from error
    except UnicodeDecodeError as error:
        raise ConfigError(where, "is not UTF-8", "save the manifest as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(where, f"is not valid TOML: {error}", "correct that place") from error
    except RecursionError as error:
        raise ConfigError(where, "is nested too deeply", "flatten it") from error


def _day(value: date | None) -> date | None:
    return value.date() if isinstance(value, datetime) else value


def _check(table: Any, keys: Mapping[str, type], where: str, what: str) -> None:
    if not isinstance(table, dict):
        raise ConfigError(where, f"{what} is not a table", "write it as [[...]] with keys")
    for key, value in table.items():
        if key not in keys:
            near = get_close_matches(key, keys, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(keys)}"
            raise ConfigError(where, f"unknown key {key!r} in {what}", remedy)
        if not isinstance(value, keys[key]) or (keys[key] is int and isinstance(value, bool)):
            wanted = keys[key].__name__
            raise ConfigError(where, f"{key!r} in {what} is not a {wanted}", "correct its value")


def _choose(files: Sequence[str]) -> str:
    return f"choose from {', '.join(files)}"


def _listed(entry: Any, where: str) -> Listed:
    _check(entry, _DOCUMENT, where, "[[document]]")
    file = entry.get("file", "")
    pure = PurePosixPath(file)
    if not file or pure.is_absolute() or ".." in pure.parts or "\\" in file or "\0" in file:
        raise ConfigError(
            where, f"{file!r} is no path inside the root", "give a relative path without '..'"
        )
    lang = entry.get("lang")
    if lang is not None and not is_tag(lang):
        raise ConfigError(
            where, f"lang {lang!r} of {file} is no language tag", "write it as fr or zh-Hant"
        )
    return Listed(str(pure), lang, entry.get("sha256", ""))


def _relation(entry: Any, files: Sequence[str], where: str) -> Relation:
    _check(entry, _RELATION, where, "[[relation]]")
    pair, kind = entry.get("documents", []), entry.get("kind", "")
    if len(pair) != 2 or any(file not in files for file in pair) or pair[0] == pair[1]:
        raise ConfigError(where, f"a relation names {pair!r}", _choose(files))
    if kind not in tuple(RelationKind):
        raise ConfigError(
            where, f"unknown relation {kind!r}", f"choose from {', '.join(RelationKind)}"
        )
    left, right = sorted(pair, key=files.index)
    return Relation(left, right, RelationKind(kind), declared=True, reason="declared")
