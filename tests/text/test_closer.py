from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pytest

from auditor.core import Context, Near, OffsetMap, Phrase, Segment
from auditor.text.closer import agreed, compared, rises_towards
from auditor.text.substitution import Kind, Substitution


class FakeContext:
    """Answers 1 for texts that share their first word, and counts what it was asked."""

    def __init__(self, beside: Sequence[Segment], languages: Sequence[str] = ("en", "fr")) -> None:
        self.beside = beside
        self.languages = languages
        self.calls: list[int] = []

    def can_compare(self, lang: str) -> bool:
        return lang in self.languages

    def counterparts(self, segment: Segment) -> Sequence[Segment]:
        return [other for other in self.beside if other.text != segment.text]

    def similarities(self, pairs: Sequence[tuple[Phrase, Phrase]]) -> Sequence[float]:
        self.calls.append(len(pairs))
        return [float(a.text.split()[0] == b.text.split()[0]) for a, b in pairs]

    def roughly_nearest(
        self, groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]]
    ) -> Sequence[Sequence[Near]]:
        """A word is near to itself alone."""
        return [
            [Near(float(any(word.text == o.text for o in others)), ()) for word in own]
            for own, others in groups
        ]


def segment(text: str, lang: str) -> Segment:
    return Segment(lang, 0, text, OffsetMap.identity(len(text)), lang)


FOUND = Substitution(0, 6, "Street", Kind.TELL, 8.0, strong=True)


def rises(context: FakeContext, places: Sequence[tuple[Segment, Substitution]]) -> object:
    return rises_towards(places, cast("Context", context))


def test_a_repair_that_agrees_with_the_counterpart_rises() -> None:
    context = FakeContext([segment("Street lamps", "fr")])
    assert rises(context, [(segment("Avenue lamps", "en"), FOUND)]) == [1.0]


def test_the_rise_is_the_mean_over_all_counterparts() -> None:
    context = FakeContext([segment("Street lamps", "fr"), segment("Lampes", "fr")])
    assert rises(context, [(segment("Avenue lamps", "en"), FOUND)]) == [0.5]


def test_all_pairs_of_a_document_are_asked_for_at_once() -> None:
    context = FakeContext([segment("Street lamps", "fr")])
    place = (segment("Avenue lamps", "en"), FOUND)
    rises(context, [place] * 3)
    assert context.calls == [6]


NEAR = Substitution(0, 6, "Street", Kind.NEAR, 8.0, strong=False)


@pytest.mark.parametrize(
    ("there", "is_spun", "rise"),
    [
        ("Street lamps", False, 1.0),
        # The original is roughly as near: no sentence is encoded for it.
        ("Avenue lamps again", False, None),
        # There the comparison decides, and such texts are few.
        ("Avenue lamps again", True, -1.0),
    ],
)
def test_in_sound_text_a_repair_is_compared_if_it_is_roughly_nearer(
    there: str, *, is_spun: bool, rise: float | None
) -> None:
    context = FakeContext([segment(there, "fr")])
    places = [(segment("Avenue lamps", "en"), NEAR)]
    ((_, found),) = compared(places, 1, cast("Context", context), is_spun=is_spun)
    assert found.rise == rise


@pytest.mark.parametrize("beside", [[], [segment("Strada", "it")]])
def test_nothing_to_compare_with_is_no_evidence(beside: list[Segment]) -> None:
    context = FakeContext(beside)
    assert rises(context, [(segment("Avenue lamps", "en"), FOUND)]) == [None]
    assert context.calls == []


@pytest.mark.parametrize(
    ("strong", "gain", "rise", "expected"),
    [
        (True, 0.5, 0.02, True),
        (True, 9.0, 0.01, False),
        (False, 5.0, 0.05, True),
        (False, 4.9, 0.05, False),
        (False, 9.0, 0.04, False),
    ],
)
def test_an_ordinary_word_needs_more_evidence(
    strong: bool,  # noqa: FBT001 (a table of cases)
    gain: float,
    rise: float,
    expected: bool,  # noqa: FBT001
) -> None:
    found = Substitution(0, 1, "x", Kind.TELL, gain, strong=strong)
    assert agreed(found, rise) is expected
