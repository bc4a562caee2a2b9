from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.lang import left_out, load, without_seen
from auditor.text import doubts, spun
from auditor.text.doubts import Doubt
from auditor.text.spam import find_hits

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


def test_entries_that_known_articles_hold_can_be_left_out_and_come_back() -> None:
    text = "Regulation enforcement said so."
    told = spun.tells(spun.read(text, "en"))
    spam = find_hits("百家樂教學", "zh-Hant")
    with without_seen():
        assert "regulation enforcement" in left_out("en", "spun")
        assert spun.tells(spun.read(text, "en")) == []
        assert find_hits("百家樂教學", "zh-Hant") == ()
    assert [s.repair for s in told] == ["Law enforcement"]
    assert [hit.term for hit in spam] == ["百家乐"]
    assert left_out("en", "spun") == frozenset()
    assert spun.tells(spun.read(text, "en")) == told
    assert find_hits("百家樂教學", "zh-Hant") == spam


@pytest.mark.parametrize("topic", ["spun", "spam"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_left_out_is_listed(lang: str, topic: str) -> None:
    """A name that no entry has would leave nothing out."""
    words = load(lang, topic)
    listed = (part for name, part in words.items() if name != "seen")
    everything = str([dict(part) if isinstance(part, dict) else part for part in listed])
    assert [
        w for w in words.get("seen", {}).get("words", ()) if repr(w)[1:-1] not in everything
    ] == []
