"""How a phrase sits among the words beside it."""

from __future__ import annotations

import pytest

from auditor.text.spam_seat import seat

THROWN_IN = [
    ("en", "In [[instant loan]] an interview, he said so."),
    ("en", "They moved north at 12 miles [[roulette]] per hour."),
    ("it", "Quando [[scommesse]] le persone ne parlano."),
    ("fr", "Il voulait être [[porno]] assis au premier rang."),
    ("zh-Hans", "工程师[[老虎机]]已经更换了钢梁。"),
]
IN_ITS_PLACE = [
    ("en", "The novelist worked as a [[bookmaker]] before the war."),
    ("en", "A [[payday loan]] had started the trouble."),
    ("it", "Due senatori giocano a [[poker]] ogni giovedì."),
    ("fr", "Le patient recevait du [[tramadol]] depuis trois semaines."),
    ("zh-Hans", "酒店里还摆着一台旧[[老虎机]]。"),
    ("zh-Hant", "他飾演沉迷[[六合彩]]的郵差。"),
    ("zh-Hans", "澳门[[博彩]]业去年增长了两成。"),
]


def odds(marked: str, lang: str) -> float:
    start, end = marked.index("[["), marked.index("]]") - 2
    return seat(marked.replace("[[", "").replace("]]", ""), start, end, lang)


@pytest.mark.parametrize(("lang", "marked"), THROWN_IN, ids=[m for _, m in THROWN_IN])
def test_a_phrase_parts_words_that_belong_together(lang: str, marked: str) -> None:
    assert odds(marked, lang) > 0


@pytest.mark.parametrize(("lang", "marked"), IN_ITS_PLACE, ids=[m for _, m in IN_ITS_PLACE])
def test_a_word_that_its_sentence_uses_is_expected(lang: str, marked: str) -> None:
    assert odds(marked, lang) < 0


def test_nothing_is_told_in_a_language_without_lists() -> None:
    assert odds("Der Ingenieur [[Casino]] kam.", "de") == 0
