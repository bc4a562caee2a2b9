"""Reads `names.toml`: how a project writes its names, and how it never does."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from auditor.core import ConfigError, KnownName
from auditor.lang import canonical, is_tag

SCHEMA = 1
LARGEST = 4 << 20
"""Bytes of the largest file that is read: four megabytes are some fifty thousand names."""
LONGEST = 200
"""Characters of a form."""

_TOP = ("schema", "name")
_NAME = ("name", "forms", "never")


def read_names(path: Path) -> tuple[KnownName, ...]:
    """Reads and checks a file of names.

    Args:
        path: TOML with `schema = 1` and one `[[name]]` for each name: `name`, the canonical form;
            `forms`, a table of language tags, each with a form or a list of forms, the preferred
            one first; `never`, a list of forms that are wrong.

    Raises:
        ConfigError: not TOML, an unknown key, a value of the wrong type, a form that is both
            allowed and forbidden; with the line where it can be told.
    """
    where = str(path)
    text, table = _parse(path, where)
    _known(table, _TOP, where, "the file", 1)
    if table.get("schema") != SCHEMA:
        raise ConfigError(where, "schema is missing or unknown", f"write: schema = {SCHEMA}")
    entries = table.get("name", [])
    if not isinstance(entries, list):
        raise ConfigError(where, "'name' is no list of tables", "write each name as [[name]]")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.strip().startswith("[[name")]
    return tuple(
        _name(entry, where, lines[at] if at < len(lines) else 1) for at, entry in enumerate(entries)
    )


def _parse(path: Path, where: str) -> tuple[str, dict[str, Any]]:
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError(where, "the file is larger than 4 MB", "leave out what is not used")
        text = path.read_text(encoding="utf-8")
        return text, tomllib.loads(text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigError(where, f"cannot be read: {reason}", "check the path") from error
    except UnicodeDecodeError as error:
        raise ConfigError(where, "is not UTF-8", "save the file as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(where, f"is not valid TOML: {error}", "correct that place") from error
    except RecursionError as error:
        raise ConfigError(where, "is nested too deeply", "flatten it") from error


def _known(table: Mapping[str, Any], keys: tuple[str, ...], where: str, what: str, at: int) -> None:
    for key in table:
        if key not in keys:
            near = get_close_matches(key, keys, n=1)
            remedy = f"did you mean {near[0]!r}?" if near else f"known keys: {', '.join(keys)}"
            raise ConfigError(f"{where}:{at}", f"unknown key {key!r} in {what}", remedy)


def _name(entry: Any, where: str, line: int) -> KnownName:
    place = f"{where}:{line}"
    if not isinstance(entry, dict):
        raise ConfigError(place, "a name is no table", "write each name as [[name]] with keys")
    _known(entry, _NAME, where, "[[name]]", line)
    name = _form(entry.get("name"), place, "name")
    tagged = entry.get("forms", {})
    if not isinstance(tagged, dict):
        raise ConfigError(place, f"forms of {name} is no table", 'write: forms = {fr = "..."}')
    forms: list[tuple[str, str]] = []
    for tag, listed in tagged.items():
        if not is_tag(tag):
            raise ConfigError(place, f"{tag!r} is no language tag", "write it as fr or zh-Hant")
        several = listed if isinstance(listed, list) else [listed]
        forms += [(canonical(tag), _form(form, place, f"forms.{tag}")) for form in several]
    never = entry.get("never", [])
    if not isinstance(never, list):
        raise ConfigError(place, f"never of {name} is no list", 'write: never = ["..."]')
    wrong = tuple(_form(form, place, "never") for form in never)
    both = {name, *(form for _, form in forms)} & set(wrong)
    if both:
        raise ConfigError(
            place, f"{min(both)!r} is both a form of {name} and never one", "remove it from either"
        )
    return KnownName(name, tuple(forms), wrong)


def _form(value: Any, place: str, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(place, f"{key!r} is missing or no text", f'write: {key} = "..."')
    if len(value) > LONGEST:
        raise ConfigError(place, f"{key!r} is longer than {LONGEST} characters", "shorten it")
    return value.strip()
