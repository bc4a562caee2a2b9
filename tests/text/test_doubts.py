from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.lang import WITHOUT_SEEN, left_out
from auditor.text import doubts, spun
from auditor.text.doubts import Doubt

USUAL = [Doubt(at, at + 1, f"word{at}", -1.0) for at in range(60)]


def test_text_without_doubtful_words_has_no_strength() -> None:
    assert doubts.strength((), "en") == 0.0
    assert doubts.strength(USUAL, "en") < 0


def test_the_likeliest_share_of_replaced_words_counts() -> None:
    some = [*USUAL[:48], *(Doubt(at, at + 1, f"odd{at}", 4.0) for at in range(12))]
    assert doubts.strength(some, "en") > 1.4


def test_a_word_of_the_subject_comes_again_and_is_doubted_less() -> None:
    once = [Doubt(at, at + 1, f"odd{at}", 2.0) for at in range(40)]
    again = [Doubt(at, at + 1, f"odd{at // 4}", 2.0) for at in range(40)]
    assert doubts.strength(again, "en") < doubts.strength(once, "en")


def test_one_word_cannot_decide_however_odd_it_is() -> None:
    odd = [*USUAL, Doubt(60, 61, "odd", 1000.0)]
    assert doubts.strength(odd, "en") < 1.4


@pytest.mark.parametrize(("word", "foreign"), [("德雷克", 1.0), ("斯", 1.0), ("喷鼻", 0.0)])
def test_the_sounds_of_foreign_names_are_known(word: str, foreign: float) -> None:
    (sign,) = doubts.chinese(0, [word])
    assert sign.values[doubts.features("zh").index("foreign")] == foreign


@pytest.mark.parametrize("lang", ["en", "fr", "it", "zh-Hans", "zh-Hant"])
@settings(max_examples=30, deadline=None)
@given(text=st.text(max_size=300))
def test_every_doubt_lies_in_the_text(lang: str, text: str) -> None:
    for doubt in spun.read(text, lang).doubts:
        assert 0 <= doubt.start < doubt.end <= len(text)


@pytest.mark.parametrize("lang", ["en", "fr", "zh-Hans"])
@pytest.mark.parametrize("piece", ["a", "香", "\N{ZERO WIDTH SPACE}", "could 31 ", "а"])
def test_a_sentence_of_a_million_characters_is_read_in_part(lang: str, piece: str) -> None:
    reading = spun.read(piece * (1_000_000 // len(piece)), lang)
    assert all(doubt.end <= spun.MOST_CHARACTERS for doubt in reading.doubts)


def test_entries_that_known_articles_hold_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    left_out.cache_clear()
    assert left_out("en", "spun") == frozenset()
    monkeypatch.setenv(WITHOUT_SEEN, "1")
    left_out.cache_clear()
    assert "regulation enforcement" in left_out("en", "spun")
    left_out.cache_clear()
