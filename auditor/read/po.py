"""PO files: each message is a string of the source and one of the target, under one key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from auditor.core import Block, ReadError, TextBuilder
from auditor.read.escapes import add_c, string_block

SEPARATOR = "\N{END OF TRANSMISSION}"
"""Stands between context and message, as in compiled catalogues."""

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_KEYWORD = re.compile(
    r'\s*(?P<word>msgctxt|msgid_plural|msgid|msgstr)(?:\[(?P<form>\d{1,2})\])?\s*(?=")'
)
_QUOTED = re.compile(r'\s*"(?P<inner>(?:[^"\\\r\n]|\\.)*+)"\s*(?=[\r\n]|\Z)')
_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z0-9_@-]+)\s*$", re.MULTILINE)


@dataclass(slots=True)
class _Message:
    """A message while it is read: the pieces of each of its parts."""

    line: int
    fuzzy: bool
    parts: dict[str, TextBuilder] = field(default_factory=dict)

    def text(self, part: str) -> str:
        return self.parts[part].build()[0] if part in self.parts else ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The translated messages of a PO file.

    Attributes:
        source: blocks of the msgid side.
        target: blocks of the msgstr side, under the keys of their sources.
        lang: the language that its head declares; empty when it does not.
        untranslated: messages without translation, or with one that is marked fuzzy.
    """

    source: tuple[Block, ...]
    target: tuple[Block, ...]
    lang: str
    untranslated: int


def po_catalogue(raw: str, where: str) -> Catalogue:
    """The messages of a PO file; obsolete ones (`#~`) are left out.

    Where the target language has one plural form, it stands against `msgid_plural`.

    Args:
        raw: the decoded file.
        where: its name, for messages.

    Raises:
        ReadError: a line that is none of PO, or a message twice.
    """
    source: list[Block] = []
    target: list[Block] = []
    lang = ""
    untranslated = 0
    seen: set[str] = set()
    for message in _messages(raw, where):
        name = message.text("msgid")
        key = SEPARATOR.join(filter(None, (message.text("msgctxt"), name)))
        if not name:
            declared = _LANGUAGE.search(message.text("msgstr"))
            lang = declared.group(1) if declared else lang
            continue
        if key in seen:
            raise ReadError(
                f"{where}:{message.line}", "the message stands twice", "remove one of them"
            )
        seen.add(key)
        if message.fuzzy or not all(message.text(part) for part in _forms(message)):
            untranslated += 1
            continue
        for side, part, own in _sides(message, key):
            (source if side == "source" else target).append(string_block(message.parts[part], own))
    return Catalogue(tuple(source), tuple(target), lang, untranslated)


def _forms(message: _Message) -> list[str]:
    return [part for part in message.parts if part.startswith("msgstr")]


def _sides(message: _Message, key: str) -> Iterator[tuple[str, str, str]]:
    """(side, part, key) of each string of a message."""
    forms = _forms(message)
    plural = f"{key}{SEPARATOR}plural"
    if "msgid_plural" not in message.parts:
        yield "source", "msgid", key
        yield "target", forms[0], key
        return
    if len(forms) > 1:
        yield "source", "msgid", key
        yield "target", forms[0], key
    yield "source", "msgid_plural", plural
    for form in forms[1:] or forms:
        yield "target", form, plural


def _messages(raw: str, where: str) -> Iterator[_Message]:
    message: _Message | None = None
    part = ""
    fuzzy = False
    for number, match in enumerate(_LINE.finditer(raw), 1):
        line = match.group().strip()
        if line.startswith("#"):
            fuzzy = fuzzy or (line.startswith("#,") and "fuzzy" in line)
        if not line or line.startswith("#"):
            continue
        at = match.start()
        keyword = _KEYWORD.match(raw, at, match.end())
        quoted = _QUOTED.match(raw, keyword.end() if keyword else at, match.end())
        if quoted is None or (keyword is None and message is None):
            raise ReadError(
                f"{where}:{number}",
                "is no line of a PO file",
                'write a keyword and a string in quotes: msgid "text"',
            )
        if keyword is not None:
            word = keyword["word"]
            part = f"{word}[{keyword['form']}]" if keyword["form"] else word
            begins = message is None or part in message.parts or "msgstr" in _words(message)
            if word in ("msgctxt", "msgid") and begins:
                yield from _complete(message, where)
                message, fuzzy = _Message(number, fuzzy), False
            if message is None or part in message.parts:
                raise ReadError(
                    f"{where}:{number}", f"{part} does not belong here", "begin with msgid"
                )
            message.parts[part] = TextBuilder()
        if message is not None:
            add_c(message.parts[part], raw, quoted.start("inner"), quoted.end("inner"))
    yield from _complete(message, where)


def _words(message: _Message) -> set[str]:
    return {part.partition("[")[0] for part in message.parts}


def _complete(message: _Message | None, where: str) -> Iterator[_Message]:
    if message is None:
        return
    if not {"msgid", "msgstr"} <= _words(message):
        raise ReadError(
            f"{where}:{message.line}",
            "the message lacks its msgid or its msgstr",
            "complete it, or remove it",
        )
    yield message
