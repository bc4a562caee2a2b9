"""Who says what in a passage, and which version stands alone with its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from auditor.core import Context, Fact, Passage, Segment, Span
from auditor.text.matching import PLAIN, Comparison, Conflict, Stated, conflicts, unmatched

_REACH = 2
"""A date may have moved to a sentence so far away when sentences were cut differently."""

Find = Callable[[Segment], Sequence[Fact]]
Compare = Callable[[Stated, Stated, Sequence[str], Comparison], Sequence[Conflict]]


@dataclass(frozen=True, slots=True)
class Statement:
    """A fact at its place in a segment."""

    segment: Segment
    fact: Fact

    @property
    def span(self) -> Span:
        """The place in the file."""
        return self.segment.span(self.fact.start, self.fact.end)

    @property
    def quote(self) -> str:
        """The characters that state it."""
        return self.segment.text[self.fact.start : self.fact.end]


@dataclass(frozen=True, slots=True)
class Dissent:
    """A statement that other versions of the same passage contradict.

    Attributes:
        statement: the one that is probably wrong, or the later one where nobody can say.
        against: the contradicting statements, one for each version that has one.
        outvoted: True when more versions, or the declared source, say otherwise; False
            when it is one word against another.
        doubtful: see `Conflict.doubtful`; also where more versions say neither than contradict it.
    """

    statement: Statement
    against: tuple[Statement, ...]
    outvoted: bool
    doubtful: bool


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of the passage as one text."""

    stated: Stated
    places: Mapping[tuple[str, int], Statement]


def dissents(
    passage: Passage,
    context: Context,
    find: Find,
    kinds: Sequence[str],
    how: Comparison = PLAIN,
    compare: Compare = conflicts,
) -> tuple[Dissent, ...]:
    """The statements of a passage that conflict with its other versions, the losing side only.

    A declared source is never outvoted. Without one the smaller camp is wrong; between
    camps of one size the version listed first is believed.

    Args:
        passage: the segments of every version that say the same.
        context: for the neighbourhood of the passage and the declared source.
        find: gives the facts of a segment.
        kinds: the kinds of facts to compare.
        how: how they are compared.
        compare: finds the conflicts of two texts.
    """
    versions = {d: _version(passage.of(d), find) for d in passage.documents}
    lost: dict[tuple[str, str, int], Dissent] = {}
    for left, right in combinations(versions, 2):
        one, other = versions[left], versions[right]
        if not compare(one.stated, other.stated, kinds, how):
            continue
        near = (
            _near(passage, left, right, context, find, how),
            _near(passage, right, left, context, find, how),
        )
        for c in compare(
            replace(one.stated, around=near[0]), replace(other.stated, around=near[1]), kinds, how
        ):
            pair = {left: one.places[c.left.kind, c.left.start]}
            pair[right] = other.places[c.right.kind, c.right.start]
            loser, outvoted = _loser(pair, versions, context.story.source, how)
            winner = pair[right if loser == left else left]
            key = (loser, c.left.kind, pair[loser].span.start)
            known = lost.get(key)
            lost[key] = Dissent(
                pair[loser],
                (*(known.against if known else ()), winner),
                outvoted or bool(known and known.outvoted),
                c.doubtful and (known is None or known.doubtful),
            )
    return tuple(_weighed(d, passage, context.story.source) for d in lost.values())


def _weighed(dissent: Dissent, passage: Passage, source: str | None) -> Dissent:
    """The dissent, in doubt where more versions stand by than contradict it.

    Five versions of a sound text are ten pairs, and in each a free word may look like a conflict:
    that the other versions say neither is the best evidence that there is none.
    """
    told = {dissent.statement.segment.document, *(s.segment.document for s in dissent.against)}
    silent = len(passage.documents) - len(told)
    alone = silent > len(dissent.against) and source not in told
    return replace(dissent, doubtful=dissent.doubtful or alone)


def _version(segments: Sequence[Segment], find: Find) -> _Version:
    facts: list[Fact] = []
    places: dict[tuple[str, int], Statement] = {}
    offset = 0
    for segment in segments:
        for fact in find(segment):
            moved = (
                replace(fact, start=fact.start + offset, end=fact.end + offset) if offset else fact
            )
            facts.append(moved)
            places[fact.kind, moved.start] = Statement(segment, fact)
        offset += len(segment.text) + 1
    return _Version(Stated(facts, " ".join(s.text for s in segments)), places)


def _near(
    passage: Passage, document: str, other: str, context: Context, find: Find, how: Comparison
) -> list[Fact]:
    """The facts of a document around a passage that its own counterpart there does not have.

    Only those can have moved: a value that is at home in the next passage is no excuse.
    """
    own = passage.of(document)
    if not own:
        return []
    segments = context.segments(document)
    inside = {s.index for s in own}
    first, last = min(inside), max(inside)
    facts: list[Fact] = []
    for segment in segments[max(0, first - _REACH) : last + 1 + _REACH]:
        if segment.index in inside:
            continue
        home = context.passage_of(segment)
        there = _version(home.of(other) if home else (), find).stated
        stated = find(segment)
        for kind in {f.kind for f in stated}:
            facts += unmatched(kind, stated, there, how)
    return facts


def _loser(
    pair: Mapping[str, Statement],
    versions: Mapping[str, _Version],
    source: str | None,
    how: Comparison,
) -> tuple[str, bool]:
    """Which of two versions is probably wrong, and whether that is more than a guess."""
    left, right = pair
    if source is not None and source in versions:
        if source in pair:
            return (right if source == left else left), True
        for document in pair:
            if _says(versions[source], pair[document].fact, how):
                return (right if document == left else left), True
    camps = [sum(_says(v, pair[d].fact, how) for v in versions.values()) for d in pair]
    if camps[0] == camps[1]:
        return right, False
    return (left if camps[0] < camps[1] else right), True


def _says(version: _Version, fact: Fact, how: Comparison) -> bool:
    return any(how.agree(fact, f) for f in version.stated.facts)
