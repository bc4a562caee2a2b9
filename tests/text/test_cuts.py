"""Long stretches that are missing are told from scattered losses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.core import Gap, OffsetMap, Segment, Span
from auditor.text.cuts import Cut, cuts

SENTENCE = "A sentence that says something of its own."


def text(blocks: Sequence[int]) -> list[Segment]:
    """A version with so many sentences in each paragraph."""
    block_of = [block for block, count in enumerate(blocks) for _ in range(count)]
    return [
        Segment("en", k, SENTENCE, OffsetMap.identity(len(SENTENCE), 50 * k), "en", block)
        for k, block in enumerate(block_of)
    ]


def gap(stretch: Sequence[Segment], *, added: bool = False, nearest: float = 0.2) -> Gap:
    return Gap(
        document="fr",
        added=added,
        place=Span("fr", 0, 0),
        stretches=(tuple(stretch),),
        against=("en",),
        whole_block=True,
        nearest=nearest,
        usual=0.75,
        opposed=False,
        judged=True,
    )


def found(version: Sequence[Segment], *gaps: Gap) -> tuple[Cut, ...]:
    return cuts(gaps, lambda _: version)


def test_the_last_paragraphs_are_counted() -> None:
    version = text([2] * 10)
    (cut,) = found(version, gap(version[14:]))
    assert (cut.document, cut.against) == ("fr", "en")
    assert (cut.places, cut.total, cut.paragraphs, cut.share) == (((8, 10),), 10, True, 0.3)


def test_two_paragraphs_are_a_stretch_at_the_end_and_none_in_the_middle() -> None:
    version = text([1] * 8)
    assert found(version, gap(version[6:]))[0].places == ((7, 8),)
    assert found(version, gap(version[3:5])) == ()


def test_scattered_paragraphs_are_no_cut_however_many() -> None:
    version = text([1] * 12)
    assert found(version, *(gap(version[k : k + 1]) for k in range(1, 12, 2))) == ()


def test_a_short_stretch_of_a_long_text_is_no_cut() -> None:
    version = text([1] * 40)
    assert found(version, gap(version[10:14])) == ()


def test_long_stretches_count_together_and_short_ones_stay_apart() -> None:
    version = text([1] * 20)
    lone, one, other = gap(version[1:2]), gap(version[4:8]), gap(version[12:16])
    (cut,) = found(version, lone, one, other)
    assert cut.gaps == (one, other)
    assert cut.places == ((5, 8), (13, 16))


def test_text_without_paragraphs_is_counted_in_sentences() -> None:
    version = text([30])
    (cut,) = found(version, gap(version[20:]))
    assert (cut.places, cut.total, cut.paragraphs) == (((21, 30),), 30, False)


def test_what_is_added_is_not_missing() -> None:
    version = text([1] * 10)
    assert found(version, gap(version[5:], added=True)) == ()


def test_what_is_too_short_to_be_missed_makes_no_cut() -> None:
    version = [replace(s, text="No.") for s in text([1] * 5)]
    assert found(version, gap(version[3:])) == ()
