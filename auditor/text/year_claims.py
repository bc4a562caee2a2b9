"""Years that articles give to what they name, stated or by arithmetic, to compare across texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from auditor.core import Context, Fact, Phrase, Segment, Story
from auditor.text.shared_names import name_keys
from auditor.text.witnesses import Find, Statement

_BEFORE, _AFTER = 100, 60
"""The characters around a year that tell what it is the year of."""
_BESIDE = 4
"""Between a day and its month stand at most " de " or "th ": not a clause."""
_COMMON_NAME = 0.15
"""A name in more of the segments than this says nothing about one event (measured on
five articles on one case: the company they are about .5, a square named beside a year .07)."""
_NAME_OFTEN = 6
_MAX_CLAIMS = 100
"""Of one document; an almanac is no article."""
_SLACK = 1
"""The anniversary that an article of January tells of may be last year's."""
_ALIKE = 0.40
"""What is said around one event in two articles, the year masked, .44-.66; about other events
at the same place .17-.42."""
_VERY_ALIKE = 0.60


@dataclass(frozen=True, slots=True)
class YearClaim:
    """A year given to something named, by a text or by an anniversary in it.

    Attributes:
        statement: the year, or the number of the anniversary.
        years: the years that it may mean; the first is the likeliest.
        stated: False when the year follows from an anniversary.
        names: keys of the rarer names around it, and the day of the year (`11/4`).
        masked: the words around it without the value itself.
        present: True for the year of a dated story and the one before: what is told of
            now, beside the name of something that happened long ago.
    """

    statement: Statement
    years: tuple[int, ...]
    stated: bool
    names: frozenset[str]
    masked: Phrase
    present: bool

    @property
    def document(self) -> str:
        """The document that makes the claim."""
        return self.statement.segment.document


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A stated year that other articles, or arithmetic, contradict.

    Attributes:
        claim: the year that stands alone.
        year: the year that the others give.
        stated: the claims that state it, the most alike first, one for each document.
        computed: the anniversaries that give it, one for each document.
        texts: how many independent texts state it of the same thing.
    """

    claim: YearClaim
    year: int
    stated: tuple[YearClaim, ...]
    computed: tuple[YearClaim, ...]
    texts: int


@dataclass(frozen=True, slots=True)
class _Vote:
    """What speaks for one contradicting year.

    Attributes:
        backed: arithmetic gives it too.
        texts: independent texts that state it.
        versions: documents that state it.
        likeness: the highest similarity of what is said around it, -1 to 1.
        year: the year.
        first: the number of the first text that states it.
    """

    backed: bool
    texts: int
    versions: int
    likeness: float
    year: int
    first: int


def year_claims(
    segments: Mapping[str, Sequence[Segment]], story: Story, find: Find
) -> tuple[YearClaim, ...]:
    """Every year and anniversary of a story with the rarer names around it.

    Args:
        segments: the content segments of each document.
        story: for its date, which the anniversaries count from.
        find: gives the date facts of a segment.
    """
    facts = {id: [(s, find(s)) for s in those] for id, those in segments.items()}
    today = story.date.year if story.date else None
    newest = today or _newest(facts.values())
    counts = Counter(key for those in segments.values() for s in those for key in name_keys(s.text))
    allowed = max(_NAME_OFTEN, _COMMON_NAME * sum(len(those) for those in segments.values()))
    claims: list[YearClaim] = []
    for dated in facts.values():
        # A table of 25,000 dates: what is beyond the most is not even looked at.
        made = (
            claim
            for segment, found in dated
            for fact in found
            if (claim := _claim(segment, fact, found, newest, today)) is not None
        )
        claims += islice(made, _MAX_CLAIMS)
    return tuple(
        replace(c, names=frozenset(n for n in c.names if counts[n] <= allowed)) for c in claims
    )


def contradictions(claims: Sequence[YearClaim], context: Context) -> tuple[Contradiction, ...]:
    """The stated years that another text gives otherwise to the same thing.

    The same thing: a rare name stands beside both, and what is said around them is
    alike. A year that any other text mentions too is left alone, and so is a
    contradicting year that its own document mentions: then both are dates of their own.

    Args:
        claims: of all documents.
        context: for what is alike, and for which documents are versions of one text: one
            text is one witness.
    """
    text_of = {id: i for i, ids in enumerate(context.story.lineages()) for id in ids}
    years = _years_by_text(claims, text_of)
    pairs = [
        (claim, other)
        for claim in claims
        if claim.stated and claim.statement.fact.hard and claim.names
        for other in claims
        if _rivals(claim, other, text_of, years)
        and context.can_compare(claim.masked.lang)
        and context.can_compare(other.masked.lang)
    ]
    likeness = context.similarities([(a.masked, b.masked) for a, b in pairs]) if pairs else ()
    alike: dict[YearClaim, list[tuple[float, YearClaim]]] = {}
    for (claim, other), score in zip(pairs, likeness, strict=True):
        if score >= _ALIKE:
            alike.setdefault(claim, []).append((score, other))
    return tuple(
        found
        for claim, others in alike.items()
        if (found := _judge(claim, others, claims, text_of)) is not None
        # Arithmetic alone needs to know when the article was written.
        and (found.texts or context.story.date)
    )


def _claim(
    segment: Segment, fact: Fact, found: Sequence[Fact], newest: int | None, today: int | None
) -> YearClaim | None:
    if fact.kind == "year":
        years = tuple(int(v) for v in (fact.value, *fact.alternatives))
    elif fact.kind == "anniversary" and newest is not None and int(fact.value) < newest:
        year = newest - int(fact.value)
        years = (year, *(year + d for d in (-_SLACK, _SLACK)))
    else:
        return None
    start, end = max(0, fact.start - _BEFORE), fact.end + _AFTER
    text = segment.text
    window = text[start:end]
    skip = [(f.start - start, f.end - start) for f in found if start < f.end and f.start < end]
    # The whole segment names the event, but its first word is only known at its start.
    names = {*name_keys(window if start == 0 else f"… {window}", skip=skip)}
    names |= _anchors([f for f in found if start <= f.start and f.end <= end])
    masked = f"{text[start : fact.start]}{text[fact.end : end]}".strip()
    phrase = Phrase(masked, segment.lang)
    stated = fact.kind == "year"
    present = stated and today is not None and years[0] >= today - _SLACK
    return YearClaim(Statement(segment, fact), years, stated, frozenset(names), phrase, present)


def _anchors(found: Sequence[Fact]) -> set[str]:
    """The days of the year among facts, as names: "11 November" is as good as a place."""
    months = [f for f in found if f.kind == "month" and f.hard]
    days = [f for f in found if f.kind == "day" and f.hard]
    return {
        f"{m.value}/{d.value}"
        for m in months
        for d in days
        if max(m.start - d.end, d.start - m.end) <= _BESIDE
    }


def _newest(dated: Iterable[Sequence[tuple[Segment, Sequence[Fact]]]]) -> int | None:
    """The latest year that is mentioned twice: a plan for 2050 stands alone."""
    counts = Counter(
        int(f.value)
        for those in dated
        for _, found in those
        for f in found
        if f.kind == "year" and f.hard
    )
    return max((year for year, n in counts.items() if n > 1), default=None)


def _years_by_text(claims: Iterable[YearClaim], text_of: Mapping[str, int]) -> dict[str, set[int]]:
    """The years stated in each document, and under `#n` those of each text."""
    years: dict[str, set[int]] = {}
    for claim in claims:
        if claim.stated:
            for key in (claim.document, f"#{text_of[claim.document]}"):
                years.setdefault(key, set()).update(claim.years)
    return years


def _rivals(
    claim: YearClaim, other: YearClaim, text_of: Mapping[str, int], years: Mapping[str, set[int]]
) -> bool:
    if claim.names.isdisjoint(other.names) or claim.years[0] in other.years:
        return False
    if claim.present != other.present:
        return False
    mine, theirs = text_of[claim.document], text_of[other.document]
    if other.stated and mine == theirs:
        return False  # versions of one text are compared passage by passage
    own = years.get(claim.document, set())
    if not own.isdisjoint(other.years):
        return False
    return mine == theirs or claim.years[0] not in years.get(f"#{theirs}", set())


def _judge(
    claim: YearClaim,
    others: Sequence[tuple[float, YearClaim]],
    claims: Sequence[YearClaim],
    text_of: Mapping[str, int],
) -> Contradiction | None:
    scores = {other: score for score, other in others}
    ranked = sorted(scores, key=lambda other: -scores[other])
    stated = [other for other in ranked if other.stated and other.statement.fact.hard]
    computed = [other for other in ranked if not other.stated]
    if not stated:
        return Contradiction(claim, computed[0].years[0], (), _once(computed), 0)
    # An anniversary in the same sentence as the year is that of the same event.
    computed += [c for c in claims if not c.stated and _beside(c, ranked)]
    vote = max(
        (_vote(year, stated, computed, scores, text_of) for year in {o.years[0] for o in stated}),
        key=lambda v: (v.backed, v.texts, v.versions, v.likeness, -v.year),
    )
    mine = {text_of[c.document] for c in claims if c.stated and claim.years[0] in c.years}
    # As many say so as say otherwise: two articles differ, and the first is believed.
    ahead = vote.texts > len(mine) or (vote.texts == len(mine) and min(mine) > vote.first)
    if not vote.backed and not (ahead and vote.likeness >= _VERY_ALIKE):
        return None
    # Once it is sure, whoever gives the year to the same name is worth quoting.
    stated += [
        c for c in claims if c.document != claim.document and not claim.names.isdisjoint(c.names)
    ]
    return Contradiction(
        claim,
        vote.year,
        _once([c for c in stated if c.stated and c.years[0] == vote.year]),
        _once([c for c in computed if vote.year in c.years]),
        vote.texts,
    )


def _vote(
    year: int,
    stated: Sequence[YearClaim],
    computed: Sequence[YearClaim],
    scores: Mapping[YearClaim, float],
    text_of: Mapping[str, int],
) -> _Vote:
    voters = [other for other in stated if other.years[0] == year]
    texts = {text_of[other.document] for other in voters}
    return _Vote(
        backed=any(year in c.years for c in computed),
        texts=len(texts),
        versions=len({other.document for other in voters}),
        likeness=max(scores[other] for other in voters),
        year=year,
        first=min(texts),
    )


def _beside(anniversary: YearClaim, others: Sequence[YearClaim]) -> bool:
    """True when an anniversary stands in the sentence of a year that it gives."""
    return any(
        anniversary.statement.segment == other.statement.segment
        and other.stated
        and other.years[0] in anniversary.years
        for other in others
    )


def _once(claims: Sequence[YearClaim]) -> tuple[YearClaim, ...]:
    """The first claim of each document."""
    first: dict[str, YearClaim] = {}
    for claim in claims:
        first.setdefault(claim.document, claim)
    return tuple(first.values())
