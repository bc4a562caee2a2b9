from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.align import align_monotone, paragraph_links, passages
from auditor.core import Alignment, Bead, OffsetMap, Passage, Segment


def version(name: str, count: int, per_block: int = 1) -> list[Segment]:
    return [
        Segment(name, k, f"{name}{k}", OffsetMap.identity(2, 3 * k), "und", k // per_block)
        for k in range(count)
    ]


def linked(
    source: Sequence[Segment], target: Sequence[Segment], rows: Sequence[tuple[str, str, float]]
) -> Alignment:
    """An alignment from digits: `("12", "3", .9)` joins source 1 and 2 with target 3."""
    beads = [
        Bead(tuple(source[int(i)] for i in a), tuple(target[int(j)] for j in b), score)
        for a, b, score in rows
    ]
    return Alignment(source[0].document, target[0].document, tuple(beads), monotone=True)


def shown(found: Sequence[Passage]) -> list[str]:
    return [" ".join(s.text for s in passage.segments) for passage in found]


A, B, C = (version(name, 4) for name in "abc")
STORY = {"a": A, "b": B, "c": C}
Story = tuple[dict[str, list[Segment]], list[Alignment]]
STRAIGHT = [(str(k), str(k), 0.9) for k in range(4)]


def test_versions_in_step_share_every_passage() -> None:
    found = passages("abc", STORY, [linked(A, B, STRAIGHT), linked(B, C, STRAIGHT)])
    assert shown(found) == [f"a{k} b{k} c{k}" for k in range(4)]
    assert [p.index for p in found] == [0, 1, 2, 3]


def test_confidence_is_the_weakest_link_and_one_for_a_single_version() -> None:
    rows = [("0", "0", 0.9), ("1", "1", 0.4), ("2", "", 0.0), ("3", "2", 0.8), ("", "3", 0.0)]
    found = passages("ab", {"a": A, "b": B}, [linked(A, B, rows)])
    assert shown(found) == ["a0 b0", "a1 b1", "a2", "a3 b2", "b3"]
    assert [p.confidence for p in found] == [0.9, 0.4, 1.0, 0.8, 1.0]


def test_what_one_version_merges_is_one_passage_of_all() -> None:
    merged = [("01", "0", 0.9), ("2", "1", 0.9), ("3", "2", 0.9), ("", "3", 0.0)]
    both = [linked(A, B, STRAIGHT), linked(A, C, merged), linked(B, C, merged)]
    assert shown(passages("abc", STORY, both)) == ["a0 a1 b0 b1 c0", "a2 b2 c1", "a3 b3 c2", "c3"]


def test_one_pair_alone_does_not_merge_what_two_others_keep_apart() -> None:
    wrong = [("0", "0", 0.9), ("12", "1", 0.7), ("", "2", 0.0), ("3", "3", 0.9)]
    both = [linked(A, B, wrong), linked(A, C, STRAIGHT), linked(B, C, STRAIGHT)]
    assert shown(passages("abc", STORY, both)) == [f"a{k} b{k} c{k}" for k in range(4)]


def test_a_weak_link_that_crosses_is_refused() -> None:
    crossing = [("0", "3", 0.2)]
    both = [linked(A, B, STRAIGHT), linked(B, C, STRAIGHT), linked(A, C, crossing)]
    assert shown(passages("abc", STORY, both)) == [f"a{k} b{k} c{k}" for k in range(4)]


def test_a_link_that_would_skip_a_segment_is_refused() -> None:
    to_first, to_third = linked(A, B, [("0", "0", 0.9)]), linked(B, C, [("0", "0", 0.9)])
    gap = linked(A, C, [("2", "0", 0.5)])
    found = passages("abc", STORY, [to_first, to_third, gap])
    assert shown(found)[0] == "a0 b0 c0"
    assert "a2" in shown(found)


def test_pairs_that_are_not_versions_of_one_text_are_ignored() -> None:
    loose = Alignment("a", "b", linked(A, B, STRAIGHT).beads, monotone=False)
    assert len(passages("ab", {"a": A, "b": B}, [loose])) == 8


def test_documents_without_any_alignment_are_passages_of_their_own() -> None:
    assert shown(passages("a", {"a": A}, [])) == ["a0", "a1", "a2", "a3"]
    assert passages("", {}, []) == ()


def test_a_chain_of_merged_beads_ends() -> None:
    long, other = version("a", 60), version("b", 60)
    steps = [Bead(tuple(long[k : k + 2]), (other[k],), 0.9 - k / 1000) for k in range(59)]
    found = passages(
        "ab", {"a": long, "b": other}, [Alignment("a", "b", tuple(steps), monotone=True)]
    )
    assert max(len(p.of("a")) for p in found) <= 12


@st.composite
def stories(draw: st.DrawFn) -> tuple[dict[str, list[Segment]], list[Alignment]]:
    names = "abcd"[: draw(st.integers(2, 4))]
    random = np.random.default_rng(draw(st.integers(0, 2**16)))
    segments, vectors = {}, {}
    common = random.normal(size=(12, 8))
    for name in names:
        kept = [k for k in range(12) if random.random() < 0.8]
        segments[name] = version(name, len(kept))
        vectors[name] = (common[kept] + 0.7 * random.normal(size=(len(kept), 8))).astype(np.float32)
    return segments, [
        align_monotone(segments[x], segments[y], vectors[x], vectors[y])
        for x, y in combinations(names, 2)
    ]


@given(stories())
@settings(max_examples=25, deadline=None)
def test_each_segment_is_in_one_passage_and_each_group_holds_neighbours(
    story: Story,
) -> None:
    segments, alignments = story
    found = passages(list(segments), segments, alignments)
    assert sorted((s.document, s.index) for p in found for s in p.segments) == sorted(
        (s.document, s.index) for own in segments.values() for s in own
    )
    for passage in found:
        for name in passage.documents:
            places = [s.index for s in passage.of(name)]
            assert places == list(range(places[0], places[0] + len(places)))


@given(stories())
@settings(max_examples=15, deadline=None)
def test_the_order_of_documents_and_alignments_changes_nothing(
    story: Story,
) -> None:
    segments, alignments = story

    def groups(order: Sequence[str], given_in: Sequence[Alignment]) -> list[set[Segment]]:
        return [set(p.segments) for p in passages(order, segments, given_in)]

    first = groups(list(segments), alignments)
    for order in list(permutations(segments))[:6]:
        assert groups(order, alignments[::-1]) == first


@given(stories())
@settings(max_examples=15, deadline=None)
def test_two_versions_are_read_in_their_own_order(
    story: Story,
) -> None:
    segments, alignments = story
    two = list(segments)[:2]
    found = passages(two, {name: segments[name] for name in two}, alignments)
    for name in two:
        assert [s.index for p in found for s in p.of(name)] == list(range(len(segments[name])))


def test_paragraphs_are_linked_where_their_segments_share_a_passage() -> None:
    left, right = version("a", 4, per_block=2), version("b", 4)
    found = passages("ba", {"a": left, "b": right}, [linked(left, right, STRAIGHT[:3])])
    assert paragraph_links(found) == {
        (("a", 0), ("b", 0)),
        (("a", 0), ("b", 1)),
        (("a", 1), ("b", 2)),
    }


def test_a_version_that_joins_two_paragraphs_joins_those_of_all_others() -> None:
    joined = version("c", 4, per_block=2)
    both = [linked(A, B, STRAIGHT[:2]), linked(A, joined, STRAIGHT[:2])]
    links = paragraph_links(passages("abc", {"a": A, "b": B, "c": joined}, both))
    assert (("a", 0), ("b", 1)) in links
    assert (("a", 1), ("b", 0)) in links
    assert (("a", 2), ("b", 2)) not in links


@pytest.mark.parametrize("extra", [0.1, 0.9])
def test_a_further_version_leaves_the_passages_of_the_others_as_they_are(extra: float) -> None:
    pair = [linked(A, B, STRAIGHT)]
    before = shown(passages("ab", {"a": A, "b": B}, pair))
    third = [*pair, linked(A, C, [("1", "0", extra)]), linked(B, C, [("2", "1", extra)])]
    after = passages("abc", STORY, third)
    kept = [" ".join(s.text for s in p.segments if s.document != "c") for p in after]
    assert [text for text in kept if text] == before


def test_what_one_of_many_versions_merges_is_one_passage_of_all() -> None:
    # Ten pairs of the other five keep the two apart: they have nothing to say on this.
    names = "abcdef"
    versions = {name: version(name, 3) for name in names} | {"f": version("f", 2)}
    merged = [("01", "0", 0.9), ("2", "1", 0.9)]
    found = passages(
        names,
        versions,
        [
            linked(versions[x], versions[y], merged if y == "f" else STRAIGHT[:3])
            for x, y in combinations(names, 2)
        ],
    )
    both = " ".join(f"{name}0 {name}1" for name in names[:5])
    assert shown(found)[0] == f"{both} f0"
    assert len(found) == 2


@st.composite
def sound_stories(draw: st.DrawFn) -> tuple[dict[str, list[Segment]], list[Alignment]]:
    """Versions of one text, each with merges of its own, and the beads of all pairs, all right."""
    held: dict[str, list[range]] = {}
    for name in "abcd"[: draw(st.integers(3, 4))]:
        cuts = draw(st.lists(st.sampled_from([1, 1, 1, 2]), min_size=8, max_size=8))
        ends = np.cumsum([0, *cuts]).tolist()
        held[name] = [range(lo, min(hi, 8)) for lo, hi in pairwise(ends) if lo < 8]
    segments = {name: version(name, len(parts)) for name, parts in held.items()}
    score = st.sampled_from([0.6, 0.8, 0.9, 1.0])
    return segments, [
        Alignment(
            x,
            y,
            tuple(
                Bead(
                    tuple(s for s, r in zip(segments[x], held[x], strict=True) if r[0] in block),
                    tuple(s for s, r in zip(segments[y], held[y], strict=True) if r[0] in block),
                    draw(score),
                )
                for block in blocks(held[x], held[y])
            ),
            monotone=True,
        )
        for x, y in combinations(held, 2)
    ]


def blocks(one: Sequence[range], other: Sequence[range]) -> list[range]:
    """The stretches of meanings that begin and end with a segment of both."""
    ends = sorted({r.stop for r in one} & {r.stop for r in other})
    return [range(lo, hi) for lo, hi in pairwise([0, *ends])]


@given(sound_stories())
@settings(max_examples=60, deadline=None)
def test_a_further_version_joins_passages_of_the_others_and_never_moves_a_segment(
    story: Story,
) -> None:
    segments, alignments = story
    for new in segments:
        old = [name for name in segments if name != new]
        pairs = [a for a in alignments if new not in (a.source, a.target)]
        before = passages(old, {name: segments[name] for name in old}, pairs)
        after = passages(list(segments), segments, alignments)
        place = {s: p.index for p in after for s in p.segments}
        assert all(len({place[s] for s in p.segments}) == 1 for p in before)
