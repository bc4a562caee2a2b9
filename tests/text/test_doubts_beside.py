from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

from auditor.core import Context, OffsetMap, Phrase, Segment
from auditor.text import doubts, spun
from auditor.text.doubts import Doubt
from auditor.text.doubts_beside import LEAST_COVER, LEAST_WORDS, above_usual, beside
from auditor.text.substitution import Reading

WORDS = [f"word{at:02}" for at in range(LEAST_WORDS)]
ANSWERED = {word: 0.5 + at / 100 for at, word in enumerate(WORDS)}


def segment(document: str, text: str, lang: str) -> Segment:
    return Segment(document, 0, text, OffsetMap.identity(len(text)), lang)


OWN = segment("own", " ".join(WORDS), "en")
OTHER = segment("other", "autre mot", "fr")


def context(covers: dict[str, float], counterparts: Sequence[Segment] = (OTHER,)) -> Context:
    def nearest(
        groups: Sequence[tuple[Sequence[Phrase], Sequence[Phrase]]],
    ) -> list[list[float]]:
        return [[covers[word.text] for word in own] for own, _ in groups]

    made = SimpleNamespace(
        nearest=nearest, counterparts=lambda _: counterparts, can_compare=lambda _: True
    )
    return cast("Context", made)


def reading(odds: float = 0.0) -> Reading:
    return Reading(
        len(WORDS), (), tuple(Doubt(7 * i, 7 * i + 6, w, odds) for i, w in enumerate(WORDS))
    )


def weighed(covers: dict[str, float], witness: str = "other") -> list[float | None]:
    (found,) = beside([OWN], [reading()], context(covers), frozenset([witness]))
    return [doubt.beside for doubt in found.doubts]


def test_a_word_that_nothing_answers_to_is_doubted_more() -> None:
    odds = weighed(ANSWERED | {"word03": 0.1})
    assert max(odds, key=lambda o: o or 0.0) == odds[3]
    assert (odds[3] or 0.0) > 0 > (odds[-1] or 0.0)


def test_the_measure_is_the_text_itself() -> None:
    """An encoder or a pair of languages with lower cosines throughout says the same."""
    lower = {word: cover - 0.2 for word, cover in ANSWERED.items()}
    assert weighed(ANSWERED) == weighed(lower)


def test_a_version_that_is_no_witness_is_not_asked() -> None:
    assert set(weighed(ANSWERED, witness="third")) == {None}


def test_a_word_that_stands_in_the_other_version_is_covered() -> None:
    there = segment("other", "le WORD03 autre", "fr")
    held = ANSWERED | {"word03": 0.0, "spare": 0.7}
    forms = [*WORDS, "spare"]
    (covers,) = above_usual([OWN], [forms], context(held, [there]), frozenset(["other"]))
    assert covers[3] == max(covers)


def test_one_word_says_no_more_however_far_it_is() -> None:
    (covers,) = above_usual(
        [OWN], [WORDS], context(ANSWERED | {"word03": -1.0}), frozenset(["other"])
    )
    assert min(covers) == LEAST_COVER


def test_nothing_is_asked_in_a_language_that_nothing_was_fitted_for() -> None:
    """French is judged by its words alone: encoding them would tell nothing."""
    there = segment("own", " ".join(WORDS), "fr")
    asked: list[object] = []
    made = cast("Context", SimpleNamespace(nearest=asked.append, counterparts=asked.append))
    found = beside([there], [reading()], made, frozenset(["other"]))
    assert (found, asked) == ((reading(),), [])


def test_too_few_words_give_no_measure() -> None:
    few = WORDS[: LEAST_WORDS - 1]
    assert above_usual([OWN], [few], context(ANSWERED), frozenset(["other"])) == [[]]


def test_a_free_translation_of_ordinary_words_is_not_called_spun() -> None:
    """Its words may find no answer, but they are no rarer than any."""
    free = tuple(Doubt(at, at + 1, f"w{at}", -1.0, 2.5 if at % 2 else -1.0) for at in range(120))
    found = [Reading(300, (), free)]
    assert doubts.strength(free, "en", beside=True) > 1
    assert not spun.judge(found, "en").is_likely


def test_the_share_replaced_is_what_a_word_is_judged_by() -> None:
    """The same odds say more where every third word was put in than where one was."""
    usual = [Doubt(at, at + 1, f"w{at}", -2.0) for at in range(60)]
    odd = [Doubt(60 + at, 61 + at, f"odd{at}", 2.5) for at in range(30)]
    one = doubts.replaced([*usual, odd[0]], "en")[-1]
    many = doubts.replaced([*usual, *odd], "en")[-1]
    assert one < 0.4
    assert many > 0.8
    assert doubts.replaced([], "en") == []
