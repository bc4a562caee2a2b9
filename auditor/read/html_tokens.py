"""HTML cut into tokens with exact positions, in time linear in its length.

The standard library's `html.parser` counts lines instead of characters, differs between
Python releases in comments and raw text, and before 3.11.14 is quadratic on input such as
`<!--` repeated (CVE-2025-6069). This one does what the tokenizer of the standard does for
everything that shows text, and nothing else.

Source: WHATWG HTML, 13.2.5 Tokenization; 13.5 Named character references.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from types import MappingProxyType


class TokenKind(Enum):
    """What a token is."""

    TEXT = auto()
    """Characters that stand for themselves."""
    REFERENCE = auto()
    """A character reference: `&eacute;`, `&#8217;`."""
    START = auto()
    """A start tag."""
    END = auto()
    """An end tag."""
    COMMENT = auto()
    """What the file says to itself; the text is the part inside."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the file.

    Attributes:
        kind: see `TokenKind`.
        start: its first code point; of a comment, the first inside it.
        end: one past its last.
        text: the characters that a text or reference stands for, the inside of a comment,
            or the lower-case name of a tag.
        attributes: of a start tag; names lower-case, the first of equal names.
        closed: True for `<br/>`.
    """

    kind: TokenKind
    start: int
    end: int
    text: str
    attributes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    closed: bool = False


# Elements whose content holds no tags; in the first two it holds references.
_REFERENCES_ONLY = frozenset({"title", "textarea"})
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"}) | _REFERENCES_ONLY

_REFERENCE = re.compile(
    r"&(?:#[0-9]{1,9};?"  # &#8217; and, without its end, &#8217
    r"|#[xX][0-9a-fA-F]{1,8};?"  # &#x2019;
    r"|[A-Za-z][A-Za-z0-9]{1,31};?)"  # &eacute; and &eacute
)
# Any other "<" is text: 3 < 4.
_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_TAG_NAME = re.compile(r"[A-Za-z][^\s/>]*")
_ATTRIBUTE_NAME = re.compile(r"[\s/]*([^\s/>][^\s/>=]*)")
_EQUALS = re.compile(r"\s*=\s*")
_UNQUOTED = re.compile(r"[^\s>]*")
_XML = re.compile(r"\s*<\?xml\b|[^<]{0,1000}<!DOCTYPE[^>]{0,500}\bXHTML\b", re.IGNORECASE)


def tokens(raw: str) -> Iterator[Token]:
    """The tokens of an HTML file in order; declarations and broken tags are left out.

    Args:
        raw: the decoded file.

    Yields:
        Tokens whose ranges do not overlap. A text or a reference says what it stands for.
    """
    xml = _XML.match(raw) is not None
    at = 0
    while opening := _OPENING.search(raw, at):
        tag = opening.start()
        yield from _text(raw, at, tag)
        if _TAG_NAME.match(raw, tag + 1):
            start, at = _start_tag(raw, tag)
            if start is None:
                return
            yield start
            if start.text in _RAW and not (start.closed and xml):
                end = _raw_end(raw, start.text, at)
                if start.text in _REFERENCES_ONLY:
                    yield from _text(raw, at, end)
                elif end > at:
                    yield Token(TokenKind.TEXT, at, end, raw[at:end])
                at = end
        else:
            token, at = _markup(raw, tag, xml=xml)
            if token is not None:
                yield token
    yield from _text(raw, at, len(raw))


def _markup(raw: str, at: int, *, xml: bool) -> tuple[Token | None, int]:
    """What stands at a `<` that begins no start tag, and where it ends."""
    if raw.startswith("</", at):
        name = _TAG_NAME.match(raw, at + 2)
        end = _after(raw, ">", at + 2)
        return (Token(TokenKind.END, at, end, name.group().lower()) if name else None), end
    if raw.startswith("<!--", at):
        # <!--> and <!---> are empty comments.
        close = next((4 + n for n in (0, 1) if raw.startswith("-" * n + ">", at + 4)), 0)
        end = at + close + 1 if close else _after(raw, "-->", at + 4)
        return Token(TokenKind.COMMENT, at + 4, end, raw[at + 4 : end].removesuffix("-->")), end
    if raw.startswith("<![CDATA[", at):
        # Text in XHTML; in HTML browsers see a comment that ends at the first ">".
        if xml:
            end = _after(raw, "]]>", at + 9)
            inside = raw[at + 9 : end].removesuffix("]]>")
            return Token(TokenKind.TEXT, at + 9, at + 9 + len(inside), inside), end
        end = _after(raw, ">", at)
        return Token(TokenKind.COMMENT, at + 9, end, raw[at + 9 : end].removesuffix(">")), end
    return None, _after(raw, ">", at)


def _start_tag(raw: str, at: int) -> tuple[Token | None, int]:
    """The start tag at `at` and where it ends; None when the file ends inside it."""
    name = _TAG_NAME.match(raw, at + 1)
    if name is None:
        return None, len(raw)
    attributes: dict[str, str] = {}
    position = name.end()
    while attribute := _ATTRIBUTE_NAME.match(raw, position):
        position = attribute.end()
        value = ""
        if equals := _EQUALS.match(raw, position):
            quote = raw[equals.end() : equals.end() + 1]
            if quote in ('"', "'") and quote:
                close = raw.find(quote, equals.end() + 1)
                if close < 0:
                    return None, len(raw)
                value, position = raw[equals.end() + 1 : close], close + 1
            else:
                bare = _UNQUOTED.match(raw, equals.end())
                value = bare.group() if bare else ""
                position = equals.end() + len(value)
        attributes.setdefault(attribute.group(1).lower(), html.unescape(value))
    close = raw.find(">", position)
    if close < 0:
        return None, len(raw)
    token = Token(
        TokenKind.START,
        at,
        close + 1,
        name.group().lower(),
        MappingProxyType(attributes),
        raw[close - 1] == "/",
    )
    return token, close + 1


def _text(raw: str, start: int, end: int) -> Iterator[Token]:
    """Text and references of `[start, end)`, which holds no tags."""
    at = start
    while at < end:
        match = _REFERENCE.search(raw, at, end)
        if match is None:
            yield Token(TokenKind.TEXT, at, end, raw[at:end])
            return
        reference = match.start()
        if reference > at:
            yield Token(TokenKind.TEXT, at, reference, raw[at:reference])
        characters = html.unescape(match.group())
        # &notit; is ¬ and "it;" stands for itself.
        rest = _unread(match.group(), characters)
        at = match.end() - rest
        shown = characters[: len(characters) - rest] if rest else characters
        kind = TokenKind.TEXT if shown == raw[reference:at] else TokenKind.REFERENCE
        yield Token(kind, reference, at, shown)


def _unread(reference: str, characters: str) -> int:
    """How many characters at the end of a reference were left as they are."""
    if characters == reference:
        return 0
    same = 0
    while same < min(len(reference), len(characters)) - 1 and (
        reference[-1 - same] == characters[-1 - same]
    ):
        same += 1
    return same


def _raw_end(raw: str, name: str, at: int) -> int:
    """Where the end tag of an element without tags inside begins; the end of the file."""
    match = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(raw, at)
    return match.start() if match else len(raw)


def _after(raw: str, mark: str, at: int) -> int:
    """The place behind the next `mark`; the end of the file when there is none."""
    found = raw.find(mark, at)
    return len(raw) if found < 0 else found + len(mark)
