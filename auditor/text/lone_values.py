"""Values that one version of a passage states and another has nothing for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from auditor.core import Context, Fact, Passage, Segment
from auditor.text.date_names import has_month_name, is_dated
from auditor.text.dates import find_dates
from auditor.text.matching import PLAIN, Comparison, Stated, unmatched
from auditor.text.quantities import find_quantities
from auditor.text.quantity_matching import NUMBERS
from auditor.text.witnesses import Statement

_KINDS: Mapping[str, Comparison] = {"year": PLAIN, "month": PLAIN, "number": NUMBERS}
_REACH = 2
"""Sentences on either side to which a value may have moved."""
_LONGEST = 1000
"""Characters of a version of a passage that is looked at: more was not cut into sentences."""
_SMALLEST = 10
"""Below this a number is as well written as a word: a mile, an hour, the two of them."""
_SPOKEN = frozenset({"50", "100"})
"""Percentages for which a language has words: half, completely."""
_SHORT = 2
"""Digits by which a year is named as well: SS19, the class of 68."""


@dataclass(frozen=True, slots=True)
class LoneValue:
    """A value that not every version of a passage has.

    Attributes:
        stated: where it stands, one statement for each version that has it.
        lacking: the segments of the version that is judged to lack it; empty when the version
            that states it is judged to have added it.
        others: the versions that have nothing for it.
    """

    stated: tuple[Statement, ...]
    lacking: tuple[Segment, ...]
    others: tuple[str, ...]


def lone_values(passage: Passage, context: Context) -> Iterator[LoneValue]:
    """The years, months, prices, percentages, measures and long numbers of one version only.

    Where both sides have a value of their own they contradict each other, which is another
    matter. The declared source, else the first version or the majority says what belongs.

    Args:
        passage: the segments of every version that say the same.
        context: for what stands around, and for the declared source.
    """
    versions = {d: passage.of(d) for d in passage.documents}
    if any(sum(len(s.text) for s in own) > _LONGEST for own in versions.values()):
        return
    there = {d: _around(own, context) for d, own in versions.items()}
    told: set[tuple[str, str]] = set()
    for document, own in versions.items():
        for statement in _statements(own):
            fact = statement.fact
            if (fact.kind, fact.value) in told or not _is_telling(statement):
                continue
            told.add((fact.kind, fact.value))
            lacking = [
                d
                for d, own_there in versions.items()
                if d != document
                and _lacks(there[d], fact)
                and not _names_month(there[d].text, own_there, statement)
            ]
            if any(_answers(there[document], there[d], fact) for d in lacking):
                continue
            stated = tuple(
                next((s for s in _statements(versions[d]) if _same(s.fact, fact)), statement)
                for d in versions
                if d not in lacking
            )
            if lacking and _is_added(list(versions), lacking, context.story.source):
                yield LoneValue(stated, (), tuple(lacking))
                continue
            for judged in lacking:
                yield LoneValue(stated, versions[judged], (judged,))


def _is_added(versions: Sequence[str], lacking: Sequence[str], source: str | None) -> bool:
    """True when who has a value is wrong, and not who lacks it.

    The declared source is right, else most versions, else the one listed first.
    """
    if source in versions:
        return source in lacking
    having = len(versions) - len(lacking)
    return len(lacking) > having or (len(lacking) == having and versions[0] in lacking)


@lru_cache(maxsize=4096)
def _found(text: str, lang: str) -> tuple[Fact, ...]:
    return (*find_dates(text, lang), *find_quantities(text, lang))


def _values(segment: Segment) -> tuple[Fact, ...]:
    return _found(segment.text, segment.lang)


def _statements(segments: Sequence[Segment]) -> Iterator[Statement]:
    for segment in segments:
        for fact in _values(segment):
            if fact.kind in _KINDS and fact.hard:
                yield Statement(segment, fact)


def _around(own: Sequence[Segment], context: Context) -> Stated:
    """What a version says in a passage, with the text and the values that stand near it."""
    segments = context.segments(own[0].document)
    near = segments[max(0, own[0].index - _REACH) : own[-1].index + 1 + _REACH]
    facts = [f for s in own for f in _values(s)]
    around = [f for s in near for f in _values(s)]
    return Stated(facts, " ".join(s.text for s in near), around)


def _is_telling(statement: Statement) -> bool:
    """True for what a translator would not leave to a word."""
    fact, quote = statement.fact, statement.quote
    if fact.kind == "month":
        return is_dated(statement.segment.text, fact.start, fact.end, statement.segment.lang)
    if fact.kind != "number":
        return True
    if not any(c.isdigit() for c in quote) or fact.unit == "year":
        return False  # 40多歲 is "in his forties"
    if fact.unit == "percent":
        return fact.value not in _SPOKEN
    if fact.unit.startswith("money:"):
        return True
    return Decimal(fact.value) >= _SMALLEST and bool(fact.unit or len(fact.value) > _SHORT)


def _lacks(there: Stated, fact: Fact) -> bool:
    if not unmatched(fact.kind, [fact], there, _KINDS[fact.kind]):
        return False
    digits = "".join(c for c in there.text if c.isdigit())
    if fact.kind == "year":
        # The spring of 2019, written SS19.
        return fact.value[-_SHORT:] not in digits
    # The phone number 116123, which is written 116 123.
    return fact.kind == "month" or fact.value.replace(".", "") not in digits


def _names_month(text: str, own: Sequence[Segment], statement: Statement) -> bool:
    """True where a month's name stands in a text, though not surely as a month.

    25November, Oktoberplenum, "the following March"; and Mai, who is called so in both texts.
    """
    if statement.fact.kind != "month":
        return False
    same = statement.quote.isalpha() and statement.quote in text
    return same or has_month_name(text, own[0].lang, int(statement.fact.value))


def _same(one: Fact, other: Fact) -> bool:
    return one.kind == other.kind and _KINDS[one.kind].agree(one, other)


def _answers(here: Stated, there: Stated, fact: Fact) -> bool:
    """True when the other side has a value that may stand in the place of this one.

    Whatever it counts: the pounds of a price may be those of a weight.
    """
    rivals = unmatched(fact.kind, there.facts, here, _KINDS[fact.kind])
    return bool(rivals) or any(f.kind == f"relative-{fact.kind}" for f in there.facts)
