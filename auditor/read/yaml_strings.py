"""YAML string files: every string is a block, its keys are its name, its escapes lead back.

PyYAML says where each scalar lies and what it means; which character came from where is found
here, by walking along both. Where the two walks part, the string maps as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.core import Block, ReadError, TextBuilder
from auditor.read.escapes import string_block

DEEPEST = 100
"""Mappings in mappings; a string file has five."""

_SPACE = re.compile(r"[ \t\r\n\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")
# What may stand before a string: `&name `, `!!str `.
_PROPERTIES = re.compile(r"(?:[&!][^\s,\[\]{}]*[ \t\r\n]+)+")
_ESCAPE = re.compile(r"\\(?:x..|u.{4}|U.{8}|.)", re.DOTALL)
# A backslash at the end of a line joins it with the next one.
_CONTINUED = re.compile(r"\\(?:\r\n|[\r\n])[ \t]*")
_STRING_TAG = "tag:yaml.org,2002:str"


def yaml_strings(raw: str, where: str, start: int = 0, end: int | None = None) -> tuple[Block, ...]:
    """The strings of a YAML file, keys left out; numbers, dates and truth values are none.

    An alias (`*name`) adds nothing: its string stands where it is anchored.

    Args:
        raw: the decoded file.
        where: its name, for messages.
        start: where the YAML begins in it.
        end: where it ends; the end of the file when None.

    Returns:
        Blocks in the order of the file; the key of `a: {b: [x]}` is `a.b.0`.

    Raises:
        ReadError: not YAML, a key twice in one mapping, or nested too deeply.
    """
    import yaml

    text = raw[start:end]
    try:
        return tuple(_blocks(text, raw, start, where, yaml))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = raw.count("\n", 0, start) + mark.line + 1 if mark else 1
        said = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ReadError(f"{where}:{line}", f"is not YAML: {said}", "correct that place") from error


@dataclass(slots=True)
class _Open:
    """A mapping or list that is not closed yet: where it has got to."""

    at: str | int
    keys: set[str] = field(default_factory=set)
    wants_key: bool = False

    def step(self) -> None:
        """What follows a value: the next key of a mapping, the next index of a list."""
        if isinstance(self.at, int):
            self.at += 1
        else:
            self.wants_key = True


def _blocks(text: str, raw: str, shift: int, where: str, yaml: Any) -> Iterator[Block]:
    resolver = yaml.SafeLoader("")
    path: list[_Open] = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        scalar = isinstance(event, yaml.ScalarEvent)
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            path.pop()
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            _refuse_key(path, event, where)
            mapping = isinstance(event, yaml.MappingStartEvent)
            path.append(_Open("", wants_key=True) if mapping else _Open(0))
            continue
        elif not scalar and not isinstance(event, yaml.AliasEvent):
            continue
        elif path and path[-1].wants_key:
            _take_key(path, event if scalar else None, event, where)
            continue
        elif scalar and event.value.strip():
            tag = event.tag or resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
            if tag in (_STRING_TAG, "!"):
                yield _block(event, raw, shift, ".".join(str(one.at) for one in path))
        if path:
            path[-1].step()


def _refuse_key(path: Sequence[_Open], event: Any, where: str) -> None:
    """Raises a ReadError where a mapping or list is a key, or lies too deep."""
    line = event.start_mark.line + 1
    if path and path[-1].wants_key:
        raise ReadError(f"{where}:{line}", "a key is no string", "name it by a word")
    if len(path) >= DEEPEST:
        raise ReadError(f"{where}:{line}", "is nested too deeply", "flatten it")


def _take_key(path: Sequence[_Open], key: Any, event: Any, where: str) -> None:
    if key is None:
        _refuse_key(path, event, where)
        return
    if key.value in path[-1].keys:
        what = f"the key {key.value!r} stands twice in one mapping"
        raise ReadError(f"{where}:{event.start_mark.line + 1}", what, "remove one of them")
    path[-1].keys.add(key.value)
    path[-1].at, path[-1].wants_key = key.value, False


def _block(event: Any, raw: str, shift: int, key: str) -> Block:
    start, end = event.start_mark.index + shift, event.end_mark.index + shift
    properties = _PROPERTIES.match(raw, start, end) if event.anchor or event.tag else None
    start = properties.end() if properties else start
    builder = TextBuilder()
    if not _walk(builder, event.value, raw, start, end, event.style or ""):
        builder = TextBuilder()
        builder.replace(event.value, start, end, whole=True)
    return string_block(builder, key)


def _walk(builder: TextBuilder, value: str, raw: str, start: int, end: int, style: str) -> bool:
    """Appends `value` with its places; False where file and value do not agree."""
    position, there = 0, start + 1 if style in ('"', "'") else start
    if style in ("|", ">"):
        # The header, such as `|-` or `>2 # a comment`.
        header = _BREAK.search(raw, start, end)
        there = header.end() if header else end
        indent = _SPACE.match(raw, there, end)
        there = indent.end() - (len(value) - len(value.lstrip())) if indent else there
    while position < len(value):
        if there >= end:
            # A block at the end of a file without a last line end has one all the same.
            return not value[position:].strip()
        space = _SPACE.match(raw, there, end)
        if style == '"' and raw[there] == "\\":
            joined = _CONTINUED.match(raw, there, end)
            escape = joined or _ESCAPE.match(raw, there, end)
            if escape is None:
                return False
            if joined is None:
                builder.replace(value[position], *escape.span())
                position += 1
            there = escape.end()
            continue
        if style == "'" and raw.startswith("''", there):
            taken, stop = "'", there + 2
        elif space and _BREAK.search(space.group()):
            taken, stop = _folded(value, position, space.group(), style), space.end()
        else:
            taken, stop = raw[there], there + 1
        if not value.startswith(taken, position):
            return False
        builder.replace(taken, there, stop)
        position, there = position + len(taken), stop
    return True


def _folded(value: str, position: int, space: str, style: str) -> str:
    """What white space with line ends means in a string of this style."""
    if style in ("|", ">"):
        # Lines keep what they are indented beyond the block: the value itself tells.
        meant = _SPACE.match(value, position)
        return meant.group() if meant else ""
    breaks = len(_BREAK.findall(space))
    return " " if breaks == 1 else "\n" * (breaks - 1)
