"""The head of a Markdown page: which part of the file it is, and the strings that readers see."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from auditor.core import Block, TextBuilder
from auditor.read.escapes import add_json, string_block
from auditor.read.yaml_strings import yaml_strings

SHOWN = ("title", "description", "summary", "subtitle")
"""Keys whose strings are text of the page; the others steer the site generator."""

_LINES = re.DOTALL | re.MULTILINE
_YAML = re.compile(
    r"\A---[ \t]*\r?\n(?P<inner>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML = re.compile(
    r"\A\+\+\+[ \t]*\r?\n(?P<inner>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_TOML_STRING = re.compile(
    r"^(?P<key>[a-z_]+)[ \t]*=[ \t]*"
    r"(?:\"(?P<basic>(?:[^\"\\\r\n]|\\.)*+)\"|'(?P<literal>[^'\r\n]*)')[ \t]*(?:#.*)?$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The head of a page.

    Attributes:
        end: where the page itself begins.
        blocks: the strings that are shown.
        others: the other strings: settings of the page.
    """

    end: int
    blocks: tuple[Block, ...]
    others: tuple[Block, ...]


def front_matter(raw: str, where: str) -> FrontMatter:
    """The front matter of a page in YAML (`---`) or TOML (`+++`); none where it does not begin so.

    Args:
        raw: the decoded file.
        where: its name, for messages.

    Raises:
        ReadError: it is not YAML.
    """
    if match := _YAML.match(raw):
        blocks = yaml_strings(raw, where, *match.span("inner"))
    elif match := _TOML.match(raw):
        blocks = tuple(_toml(raw, *match.span("inner")))
    else:
        return FrontMatter(0, (), ())
    shown = tuple(replace(b, key=f"front matter: {b.key}") for b in blocks if b.key in SHOWN)
    return FrontMatter(match.end(), shown, tuple(b for b in blocks if b.key not in SHOWN))


def _toml(raw: str, start: int, end: int) -> list[Block]:
    found: list[Block] = []
    for match in _TOML_STRING.finditer(raw, start, end):
        builder = TextBuilder()
        if match["basic"] is not None:
            add_json(builder, raw, *match.span("basic"))
        else:
            builder.copy(match["literal"], match.start("literal"))
        if len(builder):
            found.append(string_block(builder, match["key"]))
    return found
