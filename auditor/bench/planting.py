"""Plants changes of meaning in sound translations: in who speaks, how sure it is, and when.

For facts of which the planted rows of the folder have none. Everything is drawn from one seed. What
is changed is found by lists and patterns of its own, not by those of the rules that are measured.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from auditor.bench.drift import Line, Row
from auditor.lang import base
from auditor.text.chinese import simplified_characters
from auditor.text.name_matching import alike, transcriptions

MOST = 40
"""Rows of a type in a language, as in the planted rows of the folder."""
_QUOTATION = re.compile(r"[“\"«「]\s?([^“”\"«»「」]{20,})\s?[”\"»」][.。]?\s*")
"""A line that is a quotation and nothing else."""
_VALUE = re.compile(r"(?<![\d.,$£€-])((?:19|20)\d\d(?![\ds,.%-])|\d{1,3}(?=%| per ?cent))")
_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
_SPEAKS = re.compile(
    rf"(?<!of )(?<!in )(?<!The )(?<!, )({_NAME}),?"
    r" (?:said|says|told|added|wrote|tweeted|argued|explained)\b"
)
_SAID = re.compile(rf"\b(?:said|says|added|according to) ({_NAME})(?=[,.]|\Z)")
_TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Judge|President|Senator)\.? ({_NAME})")
_LAST = re.compile(r"[\w’'-]+\Z")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Change:
    """A changed text.

    Attributes:
        start: where to look in it.
        old: what stood there.
        new: what stands there instead.
        bad: the whole.
    """

    start: int
    old: str
    new: str
    bad: str


Draw = Callable[[str], int]
"""A number for a text, the same whenever the seed is."""
Planter = Callable[[Line, Draw, Sequence[str]], Change | None]


def plant(lines: Sequence[Line], seed: int, published: date | None = None) -> tuple[Row, ...]:
    """Changes sound lines, one thing in each.

    Args:
        lines: sound; the source is English.
        seed: of what is drawn.
        published: the day from which "last year" counts; nothing of the kind without it.

    Returns:
        Rows of the types `quotation` (the marks are gone from a line that is a quotation),
        `hedge` (the "alleged" is gone), `speaker` (where somebody speaks stands somebody else who
        speaks in the document; two of one line are exchanged), `value` (a year or percentage is
        left out; only `fidelity/value` looks for that) and `relative` (a year that "last year" is
        not).
    """
    names: dict[str, list[str]] = {}
    for line in lines:
        found = (m[1] for p in (_SPEAKS, _SAID, _TITLED) for m in p.finditer(line.source))
        names.setdefault(line.document, []).extend(found)

    def draw(text: str) -> int:
        return int.from_bytes(blake2b(f"{seed} {text}".encode(), digest_size=8).digest())

    planters: dict[str, Planter] = {
        "quotation": _unquoted,
        "hedge": _unhedged,
        "speaker": _swapped,
        "value": _left_out,
    }
    if published is not None:
        year = published.year
        planters["relative"] = lambda line, draw, _: _dated(line, draw, year)
    rows: list[Row] = []
    for kind, planter in planters.items():
        for lang in dict.fromkeys(line.lang for line in lines):
            own = [line for line in lines if line.lang == lang]
            made = list(_rows(kind, own, planter, draw, names))
            rows += sorted(made, key=lambda row: draw(row.id))[:MOST]
    return tuple(rows)


def _rows(
    kind: str,
    lines: Sequence[Line],
    planter: Planter,
    draw: Draw,
    names: Mapping[str, Sequence[str]],
) -> Iterator[Row]:
    for line in lines:
        change = planter(line, draw, names[line.document])
        if change is None:
            continue
        yield Row(
            id=f"{kind}-{line.lang}-{line.number}",
            document=line.document,
            lang=line.lang,
            type=kind,
            source=line.source,
            good=line.target,
            bad=change.bad,
            old=change.old,
            new=change.new,
            start=change.start,
        )


def _replaced(text: str, start: int, old: str, new: str) -> Change:
    return Change(start, old, new, text[:start] + new + text[start + len(old) :])


def _unquoted(line: Line, _draw: Draw, _names: Sequence[str]) -> Change | None:
    """A line that is a quotation in both languages, without its marks."""
    found = _QUOTATION.fullmatch(line.target)
    if found is None or not _QUOTATION.fullmatch(line.source):
        return None
    return _replaced(line.target, 0, line.target, found[1].strip())


def _unhedged(line: Line, _draw: Draw, _names: Sequence[str]) -> Change | None:
    """A suspicion as a fact: what was changed is the claim, so the whole sentence may be marked."""
    found = _hedges(line.lang).search(line.target)
    if found is None or not _hedges("en").search(line.source):
        return None
    bad = line.target[: found.start()] + line.target[found.end() :]
    return Change(0, line.target, bad, bad)


def _left_out(line: Line, _draw: Draw, _names: Sequence[str]) -> Change | None:
    """The sentence without its only year or percentage."""
    told = _VALUE.findall(line.source)
    found = re.search(rf"(?<!\d){re.escape(told[0])}\s?[%％年]?", line.target) if told else None
    if len(told) != 1 or found is None:
        return None
    bad = line.target[: found.start()] + line.target[found.end() :]
    return Change(0, line.target, bad, bad)


def _swapped(line: Line, draw: Draw, names: Sequence[str]) -> Change | None:
    """Another person in the place of the one who speaks: of the line, or else of the document."""
    speaks = _SPEAKS.search(line.source) or _SAID.search(line.source)
    last = _LAST.search(speaks[1]) if speaks else None
    place = _place(last[0], line) if last and len(last[0]) >= _SHORTEST else None
    if last is None or place is None:
        return None
    known = sorted({m[0] for name in names if (m := _LAST.search(name)) and len(m[0]) >= _SHORTEST})
    others = [name for name in known if not alike(name, last[0])]
    here = [found for name in others if (found := _place(name, line))]
    text = line.target
    if here:
        (start, one), (end, other) = sorted((place, min(here, key=lambda found: draw(found[1]))))
        between = text[start + len(one) : end]
        if end < start + len(one):
            return None
        bad = f"{text[:start]}{other}{between}{one}{text[end + len(other) :]}"
        first = place[0] == start
        at = start if first else start + len(other) + len(between)
        return Change(at, *((one, other) if first else (other, one)), bad)
    # A name of another line is written as in English: none for Chinese.
    if not others or base(line.lang) == "zh":
        return None
    return _replaced(text, *place, min(others, key=draw))


def _place(name: str, line: Line) -> tuple[int, str] | None:
    """A name as the translation has it: as it stands, or the characters that sound like it."""
    if base(line.lang) != "zh":
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line.target)
        return (found.start(), found[0]) if found else None
    plain = simplified_characters(line.target)
    for run in transcriptions(line.target):
        if 1 < len(run) <= 6 and alike(name, run):
            at = plain.find(run)
            return at, line.target[at : at + len(run)]
    return None


def _dated(line: Line, draw: Draw, year: int) -> Change | None:
    english, _ = _last_year("en")
    phrase, written = _last_year(line.lang)
    found = phrase.search(line.target)
    if found is None or not english.search(line.source):
        return None
    wrong = str(year - 3 - draw(line.target) % 7)
    change = _replaced(line.target, found.start(), found[0], written.replace("{year}", wrong))
    return replace(change, start=found.start() + written.index("{year}"), new=wrong)


@cache
def _data() -> Mapping[str, Mapping[str, Sequence[str]]]:
    path = files("auditor.bench") / "planting.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _hedges(lang: str) -> re.Pattern[str]:
    words = "|".join(_data()["hedge"].get(base(lang), ["(?!)"]))
    return re.compile(words if base(lang) == "zh" else rf"(?<!\w)(?:{words}) ", re.IGNORECASE)


@cache
def _last_year(lang: str) -> tuple[re.Pattern[str], str]:
    phrase, written = _data()["last_year"].get(base(lang), ["(?!)", ""])
    return re.compile(phrase, re.IGNORECASE), written
