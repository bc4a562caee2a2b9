"""Finds what a page says in attributes: descriptions, titles, addresses of links.

Readers do not see them, search engines do: `alt`, `title` and the description of a page are
where advertising is put that nobody is to notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST = 2000
"""Characters of a value that is text; scripts and pictures in attributes are longer."""
LONGEST_TAG = 8000
MOST_TAGS = 50_000
_PAGE = re.compile(r"<(?:!doctype html|html|body|head|article|div|p)[\s>]", re.IGNORECASE)
_TAG = re.compile(rf"<[A-Za-z][^<>]{{0,{LONGEST_TAG}}}>")
_VALUE = re.compile(
    r"(?<=[\s\"'])(?P<name>alt|title|content|aria-label|placeholder|summary|href|value)\s{0,9}=\s{0,9}"
    rf"(?:\"(?P<double>[^\"<>]{{4,{LONGEST}}})\"|'(?P<single>[^'<>]{{4,{LONGEST}}})')",
    re.IGNORECASE,
)
_JOINTS = str.maketrans("-_/+.=&?%", " " * 9)


@dataclass(frozen=True, slots=True)
class Attribute:
    """The value of an attribute.

    Attributes:
        name: of the attribute, in lower case.
        start: first code point of the value in the file.
        text: the value; of an address, its words with spaces between them, as many
            characters as in the file.
    """

    name: str
    start: int
    text: str


def attributes(raw: str) -> Iterator[Attribute]:
    """Yields the attributes of a page that hold words, in order; none of what is no page.

    Args:
        raw: a decoded file.
    """
    if not _PAGE.search(raw[:LONGEST_TAG]):
        return
    for number, tag in enumerate(_TAG.finditer(raw)):
        if number >= MOST_TAGS:
            return
        for match in _VALUE.finditer(tag[0]):
            group = "double" if match["double"] else "single"
            text = match[group]
            name = match["name"].lower()
            if name == "href":
                text = text.translate(_JOINTS)
            yield Attribute(name, tag.start() + match.start(group), text)
