"""Numbers that articles give to the same thing, to compare across different texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from auditor.core import Context, Fact, Phrase, Segment
from auditor.text.quantities import ANY, find_quantities
from auditor.text.quantity_matching import same_number, same_place
from auditor.text.shared_names import name_keys
from auditor.text.witnesses import Statement

_BEFORE, _AFTER = 100, 80
"""The characters around a number that tell what it counts."""
_SMALLEST = 10
"""Below this a number is everywhere."""
_MAX_CLAIMS = 60
"""Of one document; a table is no article."""
_COMMON_NAME = 0.15
_NAME_OFTEN = 6
"""A name that stands more often, and in a larger share of the sentences, is what all is about."""
_ALIKE = 0.6
"""What is said around one count in two articles, the number masked. Of 11,000 pairs of unrelated
documents of NTREX-128 none has such a pair of numbers, at .5 neither."""


@dataclass(frozen=True, slots=True)
class NumberClaim:
    """A number that a text gives to something.

    Attributes:
        statement: the number where it stands.
        names: keys of the rarer names around it.
        masked: the words around it without the number.
    """

    statement: Statement
    names: frozenset[str]
    masked: Phrase

    @property
    def document(self) -> str:
        """The document that makes the claim."""
        return self.statement.segment.document


def number_claims(segments: Mapping[str, Sequence[Segment]]) -> tuple[NumberClaim, ...]:
    """The numbers of a story that are worth comparing, with the rarer names around each.

    Args:
        segments: the content segments of each document.
    """
    every = [s for own in segments.values() for s in own]
    counts = Counter(key for s in every for key in name_keys(s.text))
    allowed = max(_NAME_OFTEN, _COMMON_NAME * len(every))
    claims: list[NumberClaim] = []
    for own in segments.values():
        made = [claim for segment in own for claim in _claims(segment)]
        claims += made if len(made) <= _MAX_CLAIMS else ()
    return tuple(
        replace(c, names=frozenset(n for n in c.names if counts[n] <= allowed)) for c in claims
    )


def contradicted(
    claims: Sequence[NumberClaim], context: Context
) -> Iterator[tuple[NumberClaim, tuple[NumberClaim, ...]]]:
    """The claims of a text to which other texts give another number, with what they say.

    A rare name stands beside both, they count the same, what is said around them is alike, and
    neither text has the number of the other anywhere. A declared source is never wrong; else
    who is contradicted by more texts is, and of two that differ the later.

    Args:
        claims: of all documents, in story order.
        context: for what is alike, and for which documents are versions of one text.
    """
    text_of = {id: i for i, ids in enumerate(context.story.lineages()) for id in ids}
    against: dict[NumberClaim, list[NumberClaim]] = {}
    for one, other in _rivals(claims, context, text_of):
        against.setdefault(one, []).append(other)
        against.setdefault(other, []).append(one)

    def blame(claim: NumberClaim) -> tuple[bool, int, int]:
        texts = {text_of[other.document] for other in against[claim]}
        return claim.document != context.story.source, len(texts), text_of[claim.document]

    for claim, others in against.items():
        right = tuple(other for other in others if blame(other) < blame(claim))
        if right:
            yield claim, right


def _rivals(
    claims: Sequence[NumberClaim], context: Context, text_of: Mapping[str, int]
) -> Iterator[tuple[NumberClaim, NumberClaim]]:
    """Pairs of claims of different texts on one thing with two numbers."""
    said: dict[int, list[Fact]] = {}
    for claim in claims:
        said.setdefault(text_of[claim.document], []).append(claim.statement.fact)
    pairs = [
        (one, other)
        for one, other in _sharing_a_name(claims)
        if text_of[one.document] != text_of[other.document]
        and _differ(one.statement.fact, other.statement.fact)
        and not _has(said[text_of[one.document]], other.statement.fact)
        and not _has(said[text_of[other.document]], one.statement.fact)
        and context.can_compare(one.masked.lang)
        and context.can_compare(other.masked.lang)
    ]
    likeness = context.similarities([(a.masked, b.masked) for a, b in pairs]) if pairs else ()
    for pair, score in zip(pairs, likeness, strict=True):
        if score >= _ALIKE:
            yield pair


def _sharing_a_name(
    claims: Sequence[NumberClaim],
) -> Iterator[tuple[NumberClaim, NumberClaim]]:
    """Pairs of claims beside one rare name, each once, the earlier first."""
    named: dict[str, list[int]] = {}
    for i, claim in enumerate(claims):
        for j in sorted({j for name in claim.names for j in named.get(name, ())}):
            yield claims[j], claim
        for name in claim.names:
            named.setdefault(name, []).append(i)


def _claims(segment: Segment) -> Iterator[NumberClaim]:
    text = segment.text
    numbers = [f for f in find_quantities(text, segment.lang) if f.kind == "number"]
    told = [f for f in numbers if f.hard and f.unit != ANY and Decimal(f.value) >= _SMALLEST]
    for fact in told:
        # In a list of numbers nobody knows which is which.
        if any(f is not fact and same_place(f, fact) for f in told):
            continue
        start, end = max(0, fact.start - _BEFORE), fact.end + _AFTER
        window = text[start:end]
        names = frozenset(name_keys(window if start == 0 else f"… {window}"))
        masked = f"{text[start : fact.start]}{text[fact.end : end]}".strip()
        yield NumberClaim(Statement(segment, fact), names, Phrase(masked, segment.lang))


def _differ(one: Fact, other: Fact) -> bool:
    """True when two numbers count the same and are not the same."""
    return (
        bool(one.unit) == bool(other.unit)
        and same_place(one, other)
        and not same_number(one, other)
    )


def _has(facts: Sequence[Fact], fact: Fact) -> bool:
    return any(same_number(fact, f) for f in facts)
