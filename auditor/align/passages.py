"""From beads between pairs of versions to passages across all of them.

Links are taken strongest first, those that say that text moved at the end: what they join keeps
the place that it has in most versions. A link that would tear a version apart (two segments of one
version in a passage, and what stands between them elsewhere), cross what is linked already,
or join what most beads of the merged segment keep apart is refused.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations, pairwise
from math import fsum

from auditor.core import Alignment, Bead, Passage, Segment

WIDEST = 12
"""Most segments of one version in a passage: chains of merged beads end somewhere."""
_Key = tuple[float, list[tuple[str, int, int]]]
Paragraph = tuple[str, int]
"""A document's id and the number of a block."""


def passages(
    order: Sequence[str],
    segments: Mapping[str, Sequence[Segment]],
    alignments: Sequence[Alignment],
) -> tuple[Passage, ...]:
    """Groups the segments of all versions that say the same thing.

    Args:
        order: ids of the documents, as the story has them; decides only the order of the
            segments within a passage.
        segments: content segments of each document, in order.
        alignments: of pairs that are versions of one text; others are ignored.

    Returns:
        Passages in reading order. Every segment is in exactly one; a passage holds of each
        document neighbouring segments only.
    """
    place = {s: at for name in order for at, s in enumerate(segments[name])}
    group = {s: _Group({s.document: (at, at)}, (s,), 1.0) for s, at in place.items()}
    beads = [
        bead
        for alignment in alignments
        if alignment.monotone and {alignment.source, alignment.target} <= set(order)
        for bead in alignment.beads
    ]
    votes = _Votes.of(beads)
    chains: dict[tuple[str, str], list[tuple[int, int]]] = {}
    linking = sorted((b for b in beads if b.source and b.target), key=_strongest_first)
    waiting = [b for b in linking if not b.moved]
    tried = len(waiting) + 1
    # A link over a gap waits for the weaker ones that fill it.
    while len(waiting) < tried:
        tried = len(waiting)
        open_links, waiting = waiting, []
        for bead in open_links:
            members = bead.source + bead.target
            joined = _union({id(group[s]): group[s] for s in members}.values(), bead.score)
            if not _is_together(joined):
                waiting.append(bead)
            elif _crosses_nothing(joined, chains) and votes.allow(bead, group):
                _note(joined, chains)
                group.update(dict.fromkeys(joined.segments, joined))
    groups = list({id(g): g for g in group.values()}.values())
    ordered = _in_reading_order(groups, segments, group)
    settled = _with_moved([b for b in linking if b.moved], ordered)
    return tuple(_passage(number, g, order) for number, g in enumerate(settled))


def paragraph_links(found: Iterable[Passage]) -> frozenset[tuple[Paragraph, Paragraph]]:
    """Pairs of paragraphs of different versions that stand for one stretch of the text.

    Paragraphs whose segments share a passage belong together, and so do all that hang
    together in this way: where one version cuts its paragraphs elsewhere, the smallest
    stretch that begins and ends with a paragraph in every version counts.

    Returns:
        Each pair once, the document whose id sorts first on the left.
    """
    group: dict[Paragraph, set[Paragraph]] = {}
    for passage in found:
        held = {(s.document, s.block) for s in passage.segments}
        for known in {id(group[p]): group[p] for p in held if p in group}.values():
            held |= known
        group.update(dict.fromkeys(held, held))
    stretches = {id(held): held for held in group.values()}.values()
    return frozenset(
        pair
        for held in stretches
        for pair in combinations(sorted(held), 2)
        if pair[0][0] != pair[1][0]
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """Segments that form a passage so far: for each document its first and last place."""

    reach: Mapping[str, tuple[int, int]]
    segments: tuple[Segment, ...]
    confidence: float
    moved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Votes:
    """The beads that hold each segment, so that pairs of versions can be asked."""

    of_segment: Mapping[Segment, Sequence[Bead]]

    @classmethod
    def of(cls, beads: Iterable[Bead]) -> _Votes:
        """Collects the beads of all pairs."""
        held: dict[Segment, list[Bead]] = {}
        for bead in beads:
            for segment in bead.source + bead.target:
                held.setdefault(segment, []).append(bead)
        return cls(held)

    def allow(self, bead: Bead, group: Mapping[Segment, _Group]) -> bool:
        """True unless the other versions keep apart what a bead would join.

        One segment that says what two passages say is merged text. Only its own beads can tell:
        any two versions that do not merge have two beads there, however many such versions
        there are. A version with text in several of the passages is for joining when its bead
        with the merged segment reaches into more than one, and against it when it does not.
        """
        groups = {id(group[s]): group[s] for s in bead.source + bead.target}
        if len(groups) < 2:
            return True
        rivals = {
            name
            for held in groups.values()
            for name in held.reach
            if sum(name in other.reach for other in groups.values()) > 1
        }
        sides = sorted((bead.source, bead.target), key=len)
        merged = sides[0] if len(sides[0]) == 1 < len(sides[1]) else sides[0] + sides[1]
        joining: dict[tuple[str, str], float] = {}
        apart: dict[tuple[str, str], float] = {}
        for segment in merged:
            for other in self.of_segment[segment]:
                if not (other.source and other.target) or other.moved:
                    continue
                one, two = other.source[0].document, other.target[0].document
                witness = two if one == segment.document else one
                key = (segment.document, witness)
                held = {id(group[s]) for s in other.source + other.target} & groups.keys()
                if len(held) > 1:
                    joining[key] = max(joining.get(key, 0), other.score)
                elif witness in rivals:
                    apart[key] = max(apart.get(key, 0), other.score)
        against = fsum(score for key, score in apart.items() if key not in joining)
        return fsum(joining.values()) >= against


def _passage(number: int, group: _Group, order: Sequence[str]) -> Passage:
    rank = {name: at for at, name in enumerate(order)}
    own = sorted(group.segments, key=lambda s: (rank[s.document], s.index))
    return Passage(number, tuple(own), group.confidence, group.moved)


def _strongest_first(bead: Bead) -> tuple[float, list[tuple[str, int]]]:
    return -bead.score, sorted((s.document, s.index) for s in bead.source + bead.target)


def _union(groups: Iterable[_Group], score: float) -> _Group:
    parts = list(groups)
    reach: dict[str, tuple[int, int]] = {}
    for part in parts:
        for name, (first, last) in part.reach.items():
            low, high = reach.get(name, (first, last))
            reach[name] = (min(low, first), max(high, last))
    segments = tuple(s for part in parts for s in part.segments)
    return _Group(reach, segments, min(score, *(part.confidence for part in parts)))


def _crosses_nothing(
    joined: _Group, chains: Mapping[tuple[str, str], list[tuple[int, int]]]
) -> bool:
    """True when a group crosses no link made before."""
    for pair in combinations(sorted(joined.reach), 2):
        chain = chains.get(pair, [])
        (low, high), (first, last) = (joined.reach[name] for name in pair)
        before = bisect_left(chain, (low, -1)) - 1
        after = bisect_right(chain, (high + 1, -1))
        if before >= 0 and chain[before][1] >= first:
            return False
        if after < len(chain) and chain[after][1] <= last:
            return False
    return True


def _with_moved(links: Sequence[Bead], ordered: Sequence[_Group]) -> list[_Group]:
    """The groups in order, joined by the links that cross; each stands where most versions have it.

    Versions that have a group already are not given a second one.
    """
    place = {s: at for at, group in enumerate(ordered) for s in group.segments}
    held = dict(enumerate(ordered))
    for bead in links:
        places = sorted(
            {place[s] for s in bead.source + bead.target},
            key=lambda at: (-len(held[at].reach), sorted(held[at].reach)),
        )
        parts = [held[at] for at in places]
        joined = _union(parts, bead.score)
        if len(parts) < 2 or not _is_together(joined):
            continue
        still, *others = parts
        away = {name for part in others for name in part.reach if name not in still.reach}
        moved = tuple(sorted(away.union(*(part.moved for part in parts))))
        for at in places:
            del held[at]
        held[places[0]] = _Group(joined.reach, joined.segments, joined.confidence, moved)
        place.update(dict.fromkeys(joined.segments, places[0]))
    return [held[at] for at in sorted(held)]


def _is_together(joined: _Group) -> bool:
    """True when a group holds neighbours only, and not too many."""
    wanted = sum(last - first + 1 for first, last in joined.reach.values())
    if wanted != len(joined.segments):
        return False
    return all(last - first < WIDEST for first, last in joined.reach.values())


def _note(joined: _Group, chains: dict[tuple[str, str], list[tuple[int, int]]]) -> None:
    """Remembers where a group stands in each pair of its documents."""
    for pair in combinations(sorted(joined.reach), 2):
        chain = chains.setdefault(pair, [])
        ends = zip(*(joined.reach[name] for name in pair), strict=True)
        for end in dict.fromkeys(ends):
            if end not in chain[bisect_left(chain, end) : bisect_left(chain, end) + 1]:
                insort(chain, end)


def _in_reading_order(
    groups: Sequence[_Group],
    segments: Mapping[str, Sequence[Segment]],
    group: Mapping[Segment, _Group],
) -> list[_Group]:
    """The groups so that each version is read in its own order wherever that is possible."""
    following = _following(groups, segments, group)
    waiting = dict.fromkeys(following, 0)
    for others in following.values():
        for other in others:
            waiting[other] += 1
    by_id = {id(g): g for g in groups}
    key = {at: _early(g, segments) for at, g in by_id.items()}
    ready = [(key[at], at) for at, count in waiting.items() if count == 0]
    heapify(ready)
    # Three versions can go round in a circle that no two of them show: it is cut at the
    # passage that stands earliest.
    rest = iter(sorted(by_id, key=key.__getitem__))
    ordered: dict[int, _Group] = {}
    while len(ordered) < len(groups):
        at = heappop(ready)[1] if ready else next(rest)
        if at in ordered:
            continue
        ordered[at] = by_id[at]
        for other in following[at]:
            waiting[other] -= 1
            if waiting[other] == 0:
                heappush(ready, (key[other], other))
    return list(ordered.values())


def _following(
    groups: Sequence[_Group],
    segments: Mapping[str, Sequence[Segment]],
    group: Mapping[Segment, _Group],
) -> dict[int, set[int]]:
    """For each group those that come right after it in some version, by identity."""
    following: dict[int, set[int]] = {id(g): set() for g in groups}
    for name in {s.document for s in group}:
        for one, other in pairwise(id(group[s]) for s in segments[name]):
            if one != other:
                following[one].add(other)
    return following


def _early(group: _Group, segments: Mapping[str, Sequence[Segment]]) -> _Key:
    """Sorts groups by how far into their documents they stand, the same for any order."""
    parts = [first / len(segments[name]) for name, (first, _) in group.reach.items()]
    ends = sorted((name, *reach) for name, reach in group.reach.items())
    return round(fsum(parts) / len(parts), 9), ends
