"""Text inside a word is found whatever it says, and bounded whatever comes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.text.splices import LONGEST_PIECE, find_splices


@pytest.mark.parametrize(
    ("lang", "before", "piece", "after", "word"),
    [
        ("zh-Hans", "昨天的会", "水管维修", "议很长", "会议"),
        ("zh-Hant", "昨天的會", "水管維修", "議很長", "会议"),
        ("zh-Hans", "大家迫", "水管维修", "不及待地看", "迫不及待"),
        ("en", "The gov", "garage door repair", "ernment met.", "government"),
        ("fr", "Le gouver", "plombier pas cher", "nement agit.", "gouvernement"),
        ("it", "Il gover", "idraulico urgente", "no decide.", "governo"),
        ("en", "The govern", "plumber", "ment met.", "government"),
    ],
)
def test_a_piece_inside_a_word_is_found_exactly(
    lang: str, before: str, piece: str, after: str, word: str
) -> None:
    text = before + piece + after
    (splice,) = find_splices(text, lang)
    assert text[splice.start : splice.end] == piece
    assert splice.word == word


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh-Hant", "昨天的會議很長，大家都累了。"),
        ("en", "Kowalczyk and Brandvold met Ferreira in Ljubljana."),
        ("it", "Le due decretassero pure, disse Bevilacqua."),
        ("tlh", "abcdefgh ijklmnop"),
        # 当…时 is a frame, and 马…西 part of one foreign name.
        ("zh-Hans", "当一切进展顺利时，大家都回家。"),
        ("zh-Hans", "他住在马塔努斯卡苏西特纳。"),
    ],
)
def test_sound_sentences_and_names_have_none(lang: str, text: str) -> None:
    assert find_splices(text, lang) == []


def test_halves_in_two_lines_are_not_one_word() -> None:
    assert find_splices("The govgarage\nrepairernment met.", "en") == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [("zh-Hans", "会水管维修" * 4000), ("en", "a" * 200_000), ("en", "qxzgov ernmentzq " * 3000)],
    ids=["no full stop", "one long word", "all unknown"],
)
def test_hostile_text_is_searched_in_bounded_steps(lang: str, text: str) -> None:
    assert len(find_splices(text, lang)) <= len(text)


@given(st.text(alphabet="会议水管维修的 governmtdrpai.", max_size=50))
def test_pieces_lie_in_order_inside_the_text(text: str) -> None:
    found = find_splices(text, "zh-Hans")
    assert all(0 < s.start < s.end < len(text) for s in found)
    assert all(s.end - s.start <= LONGEST_PIECE for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
