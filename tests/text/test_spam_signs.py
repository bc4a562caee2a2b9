"""What speaks for and against an injection, weighed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.core import OffsetMap, Segment
from auditor.text.spam_place import (
    advertising_ranges,
    find_places,
    is_needed,
    is_quoted,
    other_terms,
)
from auditor.text.spam_signs import PREVIEW, STABLE, Signs, confidence, reasons, weigh

NEUTRAL = Signs(
    gain=0.0,
    ordinary=False,
    advertises=False,
    specific=False,
    joined=False,
    rare=0.0,
    share=0.1,
    alone=False,
    quoted=False,
    cited=False,
    needed=False,
    topic=0.12,
    rest=0.06,
    sells=0.0,
    seat=0.0,
    others=0,
    named=None,
    closer=0.0,
)


def sentences(*texts: str, lang: str = "en") -> list[Segment]:
    found, at = [], 0
    for index, text in enumerate(texts):
        found.append(Segment("d", index, text, OffsetMap.identity(len(text), at), lang))
        at += len(text) + 1
    return found


def test_a_word_of_the_trade_alone_is_no_finding() -> None:
    assert weigh(NEUTRAL) < PREVIEW


@pytest.mark.parametrize(
    "signs",
    [
        replace(NEUTRAL, gain=9.0),
        replace(NEUTRAL, gain=9.0, ordinary=True),
        replace(NEUTRAL, advertises=True),
        replace(NEUTRAL, named=False, closer=0.05),
        replace(NEUTRAL, specific=True, alone=True),
        replace(NEUTRAL, specific=True, seat=2.0),
        replace(NEUTRAL, specific=True, sells=0.3),
    ],
    ids=[
        "broken word",
        "broken by an ordinary word",
        "advertising",
        "not in the other",
        "alone",
        "thrown between words",
        "in a sentence that sells",
    ],
)
def test_what_is_shown(signs: Signs) -> None:
    assert weigh(signs) >= STABLE


@pytest.mark.parametrize(
    "signs",
    [
        replace(NEUTRAL, advertises=True, quoted=True),
        replace(NEUTRAL, advertises=True, cited=True),
        replace(NEUTRAL, advertises=True, named=True),
        replace(NEUTRAL, advertises=True, others=2),
        replace(NEUTRAL, specific=True, needed=True),
        replace(NEUTRAL, specific=True, seat=-1.0),
        replace(NEUTRAL, gain=1.0),
        replace(NEUTRAL, named=False, closer=0.05, ordinary=True),
        replace(NEUTRAL, specific=True, topic=0.5, rest=0.2),
        replace(NEUTRAL, rare=1.0, topic=0.5, rest=0.2),
        replace(NEUTRAL, rare=1.0, needed=True),
    ],
    ids=[
        "quoted",
        "cited",
        "other version",
        "on topic",
        "needed",
        "expected by its neighbours",
        "a chance join",
        "ordinary",
        "its sentence",
        "rare in its sentence",
        "rare and needed",
    ],
)
def test_what_is_left_alone(signs: Signs) -> None:
    assert weigh(signs) < PREVIEW


def test_a_word_that_hardly_anybody_writes_is_told_on_request_where_the_rest_is_about_else() -> (
    None
):
    assert PREVIEW <= weigh(replace(NEUTRAL, rare=1.0)) < STABLE


@pytest.mark.parametrize(
    ("lang", "text", "rare"),
    [
        ("en", "He saw the tadalafil on the shelf.", 1.0),
        ("en", "He saw the blackjack table.", 0.84),
        ("en", "He saw the casino on the hill.", 0.0),
        ("en", "He saw the online casino on the screen.", 0.0),
        ("zh-Hant", "他們說薦股群很熱鬧。", 1.0),
        ("zh-Hant", "他們說老虎機很熱鬧。", 1.0),
        ("zh-Hant", "他們說百家樂很熱鬧。", 0.55),
    ],
)
def test_a_word_is_rare_by_how_little_it_is_used(lang: str, text: str, rare: float) -> None:
    (place,) = find_places(sentences(text, lang=lang), lang)
    assert place.rare == pytest.approx(rare, abs=0.01)


def test_one_modifier_joins_and_two_advertise() -> None:
    (one,) = find_places(sentences("Two senators play poker on Thursdays."), "en")
    assert (one.joined, one.advertises) == (True, False)
    (two,) = find_places(sentences("The best poker tips are here."), "en")
    assert (two.joined, two.advertises) == (True, True)


def test_reasons_name_the_strongest_first() -> None:
    said = reasons(replace(NEUTRAL, gain=9.0, advertises=True))
    assert said[0].startswith("without it the characters around it")
    assert said[1] == "it is an advertising key phrase"


def test_confidence_is_a_probability() -> None:
    assert confidence(0.0) == 0.5
    assert confidence(3.0) == 0.95


@pytest.mark.parametrize(
    ("text", "piece", "needed"),
    [
        ("He lost it at a casino.", "casino", True),
        ("He lost it at a casino in Reno.", "casino", True),
        ("He lost it casino in Reno.", "casino", False),
        ("He lost it in casino Reno.", "casino", False),
        ("casino", "casino", False),
    ],
)
def test_a_phrase_is_needed_where_its_article_would_hang(
    text: str, piece: str, *, needed: bool
) -> None:
    at = text.index(piece)
    assert is_needed(text, at, at + len(piece), "en") is needed


def test_a_chinese_phrase_is_needed_behind_a_preposition_at_the_end_of_a_clause() -> None:
    text = "他沉迷於百家樂，輸光了錢。"
    assert is_needed(text, 4, 7, "zh-Hant")
    assert not is_needed("文件百家樂顯示", 2, 5, "zh-Hant")


def test_a_phrase_in_quotation_marks_is_cited() -> None:
    assert is_quoted("稱為「百家樂」的遊戲", 3, 6)
    assert not is_quoted("稱為「百家樂的遊戲", 3, 6)


def test_a_place_is_told_in_its_own_sentence() -> None:
    (place,) = find_places(sentences("First one.", "The pla online casino nts grew."), "en")
    assert place.segment.index == 1
    assert place.segment.text[place.start : place.end] == "online casino"


def test_other_terms_of_the_trade_count_once_each_and_not_in_the_same_sentence() -> None:
    places = find_places(
        sentences("A casino opened.", "Baccarat and poker tables are full.", "A casino closed."),
        "en",
    )
    assert other_terms(places[0], places) == 2
    assert other_terms(places[1], places) == 1


def test_a_word_of_every_day_counts_little_among_the_other_terms() -> None:
    places = find_places(
        sentences("Les débuts crédit rapide approchent.", "Il sera prêt.", lang="fr"), "fr"
    )
    assert [other_terms(p, places) for p in places if not p.hit.ordinary] == [0.25]


def test_a_short_hidden_element_is_spam_as_a_whole_and_a_long_one_by_phrase() -> None:
    short = "play online slots free spins"
    assert [r[1:] for r in advertising_ranges(short, "en")] == [(0, len(short))]
    long = "menu entry, " * 50 + "free spins"
    ((_, start, end),) = advertising_ranges(long, "en")
    assert long[start:end] == "free spins"


def test_a_hidden_menu_is_not_spam() -> None:
    assert advertising_ranges("Home News Sport Weather Contact us by email", "en") == []
