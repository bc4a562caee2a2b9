"""What a program puts its values in: `%s`, `{name}`, `{{x}}`, `%(count)d`, `${x}`, ICU messages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# In the order in which they are tried at one place.
_PATTERN = re.compile(
    r"(?P<double>\{\{\{?\s*(?P<double_name>[^{}\r\n]{1,80}?)\s*\}?\}\})"
    r"|(?P<dollar>\$\{\s*(?P<dollar_name>[^{}\r\n]{1,80}?)\s*\})"
    r"|(?P<named>%\((?P<named_name>[^()\r\n]{1,60})\)[-#0 +]*\d{0,4}(?:\.\d{1,3})?[a-zA-Z])"
    # %{count}: Ruby, Vue.
    r"|(?P<ruby>%\{(?P<ruby_name>[^{}\r\n]{1,60})\})"
    # %1$s, %d, %-5.2f, %@; not "50 % de", not "100%.", not the date "%": a letter follows at once,
    # and no letter follows that: "5%des" is none, "%ld" is one.
    r"|(?P<printf>(?<![0-9%])%(?P<position>\d{1,2}\$)?[-#0+']*(?:\d{1,4}|\*)?(?:\.(?:\d{1,3}|\*))?"
    r"(?:hh|h|ll|l|q|L|j|z|t)?(?P<conversion>[diouxXeEfFgGaAcCsSp@])(?![A-Za-z]))"
    # {name}, {0}, {0:.2f}, {user.name}; not {a sentence in braces}.
    r"|(?P<brace>\{\s*(?P<brace_name>[A-Za-z_][\w.-]{0,60}|\d{1,3})\s*(?:[:!][^{}\r\n]{0,20})?\})"
)
_ICU = re.compile(
    r"\{\s*(?P<name>[A-Za-z_]\w{0,60}|\d{1,3})\s*,\s*(?P<kind>plural|select|selectordinal)\s*,"
    r"(?:\s*offset:\d+)?"
)
# {when, date, short}: one placeholder, whatever its style.
_ICU_SIMPLE = re.compile(
    r"\{\s*(?P<name>[A-Za-z_]\w{0,60}|\d{1,3})\s*,\s*(?:number|date|time|duration|spellout|ordinal)"
    r"\s*(?:,[^{}\r\n]{0,60})?\}"
)
_BRANCH = re.compile(r"\s*(?P<selector>=\d+|[A-Za-z_][\w-]{0,60})\s*\{")
_QUOTED = re.compile(r"'[{}][^']*'")
_DEEPEST = 8
# Of a string; a message that is longer is a page.
_LONGEST = 5_000


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place for a value.

    Attributes:
        name: what is put there, in one form for all notations of a system: `%(date)s`, `{date}`.
        start: first code point.
        end: one past the last.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Message:
    """An ICU message with branches.

    Attributes:
        name: of its argument, with its kind: `{count, plural}`.
        start: first code point.
        end: one past its last brace.
        branches: selector and range of the text of each.
    """

    name: str
    start: int
    end: int
    branches: tuple[tuple[str, int, int], ...]


def find_placeholders(text: str) -> tuple[Placeholder, ...]:
    """The placeholders of a string, in order; those within an ICU message too.

    A printf conversion without a position is named by its number in the string, because the
    program passes its values in that order: `%s %d` is `%1 %2`, and `%2$d %1$s` the same two.
    """
    found: list[Placeholder] = []
    messages = find_messages(text)
    found += [Placeholder(m.name, m.start, m.end) for m in messages]
    count = 0
    for match in _PATTERN.finditer(text):
        if match["printf"]:
            given = match["position"]
            count += not given
            number = given.rstrip("$") if given else str(count)
            conversion = _kind(match["conversion"])
            found.append(Placeholder(f"%{number}{conversion}", *match.span()))
            continue
        kind = next(k for k in _NAMES if match[k])
        name = match[f"{kind}_name"].strip()
        found.append(Placeholder(_NAMES[kind].format(name), *match.span()))
    found += [
        Placeholder(f"{{{match['name']}}}", *match.span()) for match in _ICU_SIMPLE.finditer(text)
    ]
    return tuple(sorted(found, key=lambda p: (p.start, p.end)))


_NAMES = {
    "double": "{{{{{}}}}}",
    "dollar": "${{{}}}",
    "named": "%({})",
    "ruby": "%{{{}}}",
    "brace": "{{{}}}",
}


def _kind(conversion: str) -> str:
    """Whether a text or a number is put there: %d for %i is no defect, %d for %s is one."""
    if conversion in "diouxX":
        return "d"
    return "f" if conversion in "eEfFgGaA" else "s" if conversion in "sS@" else conversion


def find_messages(text: str) -> tuple[Message, ...]:
    """The ICU messages with branches that a string holds, outermost and nested, in order."""
    if len(text) > _LONGEST or "{" not in text or "," not in text:
        return ()
    return _messages(text, 0, len(text), 0)


def _messages(text: str, start: int, end: int, depth: int) -> tuple[Message, ...]:
    found: list[Message] = []
    position = start
    while depth < _DEEPEST and (match := _ICU.search(text, position, end)):
        branches: list[tuple[str, int, int]] = []
        at = match.end()
        while branch := _BRANCH.match(text, at, end):
            close = _closing(text, branch.end(), end)
            if close < 0:
                break
            branches.append((branch["selector"], branch.end(), close))
            at = close + 1
        stop = at
        while stop < end and text[stop].isspace():
            stop += 1
        position = match.end()
        if branches and text.startswith("}", stop):
            name = f"{{{match['name']}, {match['kind']}}}"
            found.append(Message(name, match.start(), stop + 1, tuple(branches)))
            for _, left, right in branches:
                found += _messages(text, left, right, depth + 1)
            position = stop + 1
    return tuple(found)


def _closing(text: str, start: int, end: int) -> int:
    """The brace that closes the one before `start`, or -1."""
    depth = 1
    position = start
    while position < end:
        character = text[position]
        quoted = _QUOTED.match(text, position, end) if character == "'" else None
        if quoted:
            position = quoted.end()
            continue
        depth += (character == "{") - (character == "}")
        if not depth:
            return position
        position += 1
    return -1


def hidden_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """What of a string is no language: tags, and of an ICU message all but its last branch.

    Every language has branches of its own, and `other` is the one that all have and all fill.
    """
    found = list(_tags(text))
    for message in find_messages(text):
        shown = next((b for b in message.branches if b[0] == "other"), message.branches[-1])
        found += [(message.start, shown[1]), (shown[2], message.end)]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9:-]{0,40}(?:\s[^<>]{0,2000})?/?>")


def _tags(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _TAG.finditer(text))
