"""XLIFF and TMX with the place of every character: what a translation tool exchanges.

Expat says at which byte each event begins. No entity is declared, expanded or fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from auditor.core import Block, ReadError, TextBuilder
from auditor.read.escapes import string_block

CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sc", "ec", "cp", "sub"})
"""Elements that hold native codes (`<ph>&lt;b&gt;</ph>`), which are no text."""

DEEPEST = 200
"""Elements in elements; a file of a translation tool has a dozen."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """The strings of a file by language.

    Attributes:
        source: BCP 47 tag of the source, or empty.
        blocks: of each language, in the order of the file; one key, one unit.
    """

    source: str
    blocks: dict[str, tuple[Block, ...]]


@dataclass(slots=True)
class _Walk:
    """What is known while the events come."""

    names: list[str] = field(default_factory=list)
    unit: str = ""
    number: int = 0
    segment: int = 0
    source: str = ""
    target: str = ""
    variant: str = ""
    side: str | None = None
    depth: int = 0
    coded: int = 0
    builder: TextBuilder = field(default_factory=TextBuilder)
    found: list[tuple[str, str, Block]] = field(default_factory=list)


def exchanged(raw: str, where: str, root: str) -> Exchanged:
    """The strings of an XLIFF (1.2, 2.x) or TMX file.

    Args:
        raw: the decoded file.
        where: its name, for messages.
        root: `xliff` or `tmx`.

    Raises:
        ReadError: not well formed, another format, or entities are declared.
    """
    walk = _Walk()
    events = _Events(raw, where, root, walk)
    try:
        events.parse()
    except expat.ExpatError as error:
        place = f"{where}:{error.lineno}:{error.offset + 1}"
        said = expat.errors.messages[error.code]
        raise ReadError(place, f"is not well-formed XML: {said}", "correct that place") from error
    blocks: dict[str, list[Block]] = {}
    for lang, _, block in walk.found:
        blocks.setdefault(lang, []).append(block)
    source = walk.source if walk.source.lower() != "*all*" else ""
    return Exchanged(
        source or next(iter(blocks), ""), {lang: tuple(own) for lang, own in blocks.items()}
    )


class _Events:
    """Turns the events of expat into strings with their places."""

    def __init__(self, raw: str, where: str, root: str, walk: _Walk) -> None:
        self.raw, self.where, self.root, self.walk = raw, where, root, walk
        # The characters are decoded already, whatever the declaration says of the bytes.
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        # Comments, instructions and CDATA marks end what stands before them, and so does a
        # reference to an entity, which this handler keeps from being expanded.
        self.parser.DefaultHandler = self._other
        self._bytes = 0
        self._at = 0
        self._octets = raw.encode("utf-8", "surrogatepass")
        self._pending: tuple[str, int] | None = None

    def parse(self) -> None:
        """Reads the whole file."""
        last = True
        self.parser.Parse(self._octets, last)

    def _place(self) -> int:
        """The code point at which the current event begins."""
        byte = self.parser.CurrentByteIndex
        passed = self._octets[self._bytes : byte]
        # Bytes that continue a character (10xxxxxx) are no characters.
        self._at += len(passed.decode("utf-8", "surrogatepass"))
        self._bytes = byte
        return self._at

    def _flush(self) -> int:
        here = self._place()
        if self._pending is not None:
            text, start = self._pending
            self.walk.builder.replace(text, start, here)
            self._pending = None
        return here

    def _text(self, text: str) -> None:
        here = self._flush()
        if self.walk.side is not None and not self.walk.coded:
            self._pending = (text, here)

    def _other(self, text: str) -> None:
        self._flush()
        if text.startswith("&") and self.walk.side is not None:
            raise ReadError(
                f"{self.where}:{self.parser.CurrentLineNumber}",
                f"the entity {text} is not expanded",
                "write the character itself",
            )

    def _entity(self, name: str, *rest: Any) -> None:
        del rest
        raise ReadError(
            f"{self.where}:{self.parser.CurrentLineNumber}",
            f"it declares the entity {name!r}, and entities are neither expanded nor fetched",
            "remove the declaration",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._flush()
        walk, local = self.walk, name.rpartition(" ")[2]
        if not walk.names and local != self.root:
            raise ReadError(
                self.where, f"is no {self.root.upper()} file", "give it the ending of its format"
            )
        walk.names.append(local)
        if len(walk.names) > DEEPEST:
            raise ReadError(self.where, "is nested too deeply", "flatten it")
        if walk.side is not None:
            walk.coded += local in CODES
            return
        walk.side = (_XLIFF if self.root == "xliff" else _TMX).get(local, _nothing)(
            walk, attributes
        )
        walk.depth, walk.builder = len(walk.names), TextBuilder()

    def _end(self, name: str) -> None:
        del name
        self._flush()
        walk = self.walk
        local = walk.names.pop()
        if walk.side is None:
            return
        if len(walk.names) >= walk.depth:
            walk.coded -= local in CODES
            return
        lang, walk.side = walk.side, None
        if len(walk.builder):
            key = f"{walk.unit}/{walk.segment}" if walk.segment else walk.unit
            walk.found.append((lang, key, string_block(walk.builder, key)))


def _nothing(walk: _Walk, attributes: dict[str, str]) -> str | None:
    del walk, attributes
    return None


def _xliff_file(walk: _Walk, attributes: dict[str, str]) -> str | None:
    walk.source = attributes.get("srcLang") or attributes.get("source-language") or walk.source
    walk.target = attributes.get("trgLang") or attributes.get("target-language") or walk.target
    return None


def _unit(walk: _Walk, attributes: dict[str, str]) -> str | None:
    walk.number += 1
    walk.segment = 0
    # Ids are unique within a <file>: the number tells those of two files apart.
    name = attributes.get("id") or attributes.get("tuid") or ""
    walk.unit = f"{walk.number}:{name}" if name else str(walk.number)
    return None


def _segment(walk: _Walk, attributes: dict[str, str]) -> str | None:
    del attributes
    walk.segment += 1
    return None


def _source(walk: _Walk, attributes: dict[str, str]) -> str | None:
    del attributes
    # <alt-trans> and <mtc:match> hold proposals, not the translation.
    if walk.names[-2] in ("trans-unit", "segment"):
        return walk.source or "und"
    return None


def _target(walk: _Walk, attributes: dict[str, str]) -> str | None:
    del attributes
    if walk.names[-2] in ("trans-unit", "segment"):
        return walk.target or "und"
    return None


def _header(walk: _Walk, attributes: dict[str, str]) -> str | None:
    walk.source = attributes.get("srclang", "")
    return None


def _variant(walk: _Walk, attributes: dict[str, str]) -> str | None:
    own = attributes.get("http://www.w3.org/XML/1998/namespace lang") or attributes.get("lang")
    walk.variant = own or "und"
    return None


def _seg(walk: _Walk, attributes: dict[str, str]) -> str | None:
    del attributes
    return walk.variant


_Step = Callable[[_Walk, dict[str, str]], str | None]
"""Takes in an element; returns the language of the string that begins with it, or None."""
_XLIFF: dict[str, _Step] = {
    "xliff": _xliff_file,
    "file": _xliff_file,
    "trans-unit": _unit,
    "unit": _unit,
    "segment": _segment,
    "source": _source,
    "target": _target,
}
_TMX: dict[str, _Step] = {"header": _header, "tu": _unit, "tuv": _variant, "seg": _seg}
