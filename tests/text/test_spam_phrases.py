"""Key phrases of spam trades: which words are found, and exactly which piece was put in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.lang import languages
from auditor.text.junction import fold, gain, word_at
from auditor.text.spam import MAX_HITS, best_range, find_hits, names_trade
from auditor.text.spam_lexicon import contact_end, knows_spam, trades

SPLICED = [
    ("zh-Hant", "委員會的會", "百家樂破解", "議昨天結束。"),
    ("zh-Hans", "委员会的会", "娱乐城注册", "议昨天结束。"),
    ("zh-Hant", "天氣預", "線上老虎機", "報說下雨。"),
    ("zh-Hant", "我們", "百家樂教學", "昨天出發。"),
    ("en", "The gov", "online casino bonus", "ernment met."),
    ("en", "The minister met ", "free spins no deposit", " his colleagues."),
    ("fr", "Le gouver", "casino en ligne gratuit", "nement a décidé."),
    ("fr", "Les messag", "bonus sans dépôt", "es sont arrivés."),
    ("it", "Il gover", "slot machine gratis", "no ha deciso."),
    ("it", "Nel testo inglese ", "online casino", " si legge poco."),
]


@pytest.mark.parametrize(("lang", "before", "spam", "after"), SPLICED, ids=[s[2] for s in SPLICED])
def test_the_piece_that_was_put_in_is_found_without_its_neighbours(
    lang: str, before: str, spam: str, after: str
) -> None:
    text = before + spam + after
    (hit,) = find_hits(text, lang)
    start, end, _, _ = best_range(hit, lang)
    assert text[start:end] == spam


def test_a_word_made_whole_wins_over_words_that_no_list_has() -> None:
    text = "教育部的課百家樂雲彩程下週開始。"
    (hit,) = find_hits(text, "zh-Hant")
    start, end, better, _ = best_range(hit, "zh-Hant")
    assert text[start:end] == "百家樂雲彩"
    assert better > 5


def test_a_word_behind_the_phrase_is_not_torn_for_a_better_junction() -> None:
    text = "行动后德州扑克继续前进。"
    (hit,) = find_hits(text, "zh-Hans")
    start, end, _, _ = best_range(hit, "zh-Hans")
    assert text[start:end] == "德州扑克"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It is better to bet on the alphabet."),
        ("fr", "Le plat était prêt, le spécialiste aussi."),
        ("zh-Hans", "他的办事处在市中心，代表团周五到达。"),
    ],
)
def test_ordinary_sentences_have_nothing_that_advertises(lang: str, text: str) -> None:
    assert not [hit for hit in find_hits(text, lang) if hit.advertising or hit.contact]


@pytest.mark.parametrize(
    ("text", "trade", "named"),
    [
        ("Two casinos closed in May.", "gambling", True),
        ("Two casinos closed in May.", "pharma", False),
        ("A specialist spoke of commercialisation.", "pharma", False),
    ],
)
def test_a_trade_is_named_by_whole_words_only(text: str, trade: str, *, named: bool) -> None:
    assert names_trade(text, "en", trade) is named


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("加微信bz88612，", 10),
        (" QQ: 8836612 ", 12),
        (" www.example.com/slots now", 22),
        (" whatsapp +44 7700 900123.", 25),
        (" 電話很多", None),
        (" 免费电话116 123", None),
        (" and then", None),
    ],
)
def test_a_handle_or_address_belongs_to_the_phrase_before_it(text: str, end: int | None) -> None:
    assert contact_end(fold(text, "zh"), 0, "zh-Hans") == end


def test_a_phrase_never_crosses_a_line_end() -> None:
    text = "最後一句說到百家樂\n教學題目很多。"
    (hit,) = find_hits(text, "zh-Hant")
    assert text[hit.start : hit.rights[-1].at] == "百家樂"


def test_hits_are_bounded_on_hostile_text() -> None:
    assert len(find_hits("百家樂，" * 5000, "zh-Hant")) <= MAX_HITS


@pytest.mark.parametrize("lang", languages("spam"))
def test_every_list_is_complete_and_disjoint(lang: str) -> None:
    assert knows_spam(lang)
    for trade in trades(lang):
        assert trade.topic
        assert trade.terms | trade.ordinary
        assert trade.phrases
        assert not trade.terms & trade.ordinary, trade.name
        assert not trade.phrases & (trade.terms | trade.ordinary), trade.name


@pytest.mark.parametrize(
    ("lang", "text", "piece", "better"),
    [
        ("zh-Hans", "会XX议", "xx", True),
        ("zh-Hans", "他说XX我们", "xx", False),
        ("en", "governxxxxment", "xxxx", True),
        ("en", "the xxxx men", "xxxx", False),
        ("en", "specialist", "cialis", False),
    ],
)
def test_taking_a_piece_out_is_a_gain_only_where_a_word_becomes_whole(
    lang: str, text: str, piece: str, *, better: bool
) -> None:
    folded = fold(text, lang)
    start = folded.index(piece)
    assert (gain(folded, start, start + len(piece), lang) > 5) is better


def test_a_language_without_frequencies_gains_nothing() -> None:
    assert gain("abxxcd", 2, 4, "tlh") == 0


def test_the_word_around_a_character() -> None:
    assert word_at("他随后离开", 2) == (1, 3)


@given(st.text(max_size=60))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text, "zh")) == len(fold(text, "it")) == len(text)


@given(st.text(alphabet="百家樂教學議題 casinobonusl.,", max_size=40))
def test_ranges_lie_in_the_text_and_hold_something(text: str) -> None:
    for hit in find_hits(text, "zh-Hant"):
        start, end, better, _ = best_range(hit, "zh-Hant")
        assert 0 <= start < end <= len(text)
        assert better >= 0
