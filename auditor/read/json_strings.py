"""JSON string files: every string is a block, its keys are its name, its escapes lead back."""

from __future__ import annotations

import json
import re

from auditor.core import Block, ReadError, TextBuilder
from auditor.read.escapes import add_json, string_block

DEEPEST = 100
"""Objects in objects; a string file has five."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+')


def json_strings(raw: str, where: str) -> tuple[Block, ...]:
    """The strings of a JSON file, keys left out.

    Args:
        raw: the decoded file.
        where: its name, for messages.

    Returns:
        Blocks in the order of the file; the key of `{"a": {"b": ["x"]}}` is `a.b.0`.

    Raises:
        ReadError: not JSON, a key twice in one object, or nested too deeply.
    """
    try:
        json.loads(raw, object_pairs_hook=_each_once)
    except _TwiceError as error:
        raise ReadError(
            where, f"the key {str(error)!r} stands twice in one object", "remove one of them"
        ) from error
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}:{error.colno}"
        raise ReadError(place, f"is not JSON: {error.msg}", "correct that place") from error
    except RecursionError as error:
        raise ReadError(where, "is nested too deeply", "flatten it") from error
    return tuple(_blocks(raw, where))


class _TwiceError(ValueError):
    """A key that an object has twice: a reader takes the last, an editor sees the first."""


def _each_once(pairs: list[tuple[str, object]]) -> None:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise _TwiceError(key)
        seen.add(key)


def _blocks(raw: str, where: str) -> list[Block]:
    """The strings of JSON that is known to be sound."""
    found: list[Block] = []
    # Of each open object the key that is next, of each open list the index.
    path: list[str | int] = []
    wants_key = False
    for match in _TOKEN.finditer(raw):
        mark = match.group()
        if mark in "{[":
            path.append("" if mark == "{" else 0)
            wants_key = mark == "{"
            if len(path) > DEEPEST:
                raise ReadError(where, "is nested too deeply", "flatten it")
        elif mark in "}]":
            path.pop()
        elif mark == ",":
            last = path[-1]
            wants_key = isinstance(last, str)
            if isinstance(last, int):
                path[-1] = last + 1
        elif mark[0] == '"':
            builder = TextBuilder()
            add_json(builder, raw, match.start() + 1, match.end() - 1)
            if wants_key:
                path[-1], wants_key = builder.build()[0], False
            elif len(builder):
                found.append(string_block(builder, ".".join(map(str, path))))
    return found
