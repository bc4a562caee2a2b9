"""What is injected lies where it is said to lie, and the lexicon knows none of the unseen terms."""

from __future__ import annotations

import pytest

from auditor.bench.injector import Mode, inject, known_terms, unseen_terms
from auditor.text.spam import find_hits

TEXTS = {
    "en": "The government raised the issue on Monday.\n\nNobody in the parliament answered it.",
    "fr": "Le gouvernement a soulevé la question lundi.\n\nPersonne au parlement n’a répondu.",
    "it": "Il governo ha sollevato la questione lunedì.\n\nNessuno in parlamento ha risposto.",
    "zh-Hans": "政府周一提出了这个问题。\n\n议会里没有人回答。",
    "zh-Hant": "政府週一提出了這個問題。\n\n議會裡沒有人回答。",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_unseen_terms_are_not_in_the_lexicon(lang: str) -> None:
    terms = unseen_terms(lang)
    assert len(terms) >= 25
    assert [term for term in terms if find_hits(term, lang)] == []


@pytest.mark.parametrize("lang", TEXTS)
def test_known_terms_are(lang: str) -> None:
    terms = known_terms(lang)
    assert len(terms) >= 100
    assert all(find_hits(term, lang) for term in terms[::10])


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize("mode", Mode)
def test_taking_out_what_was_put_in_gives_the_text_back(lang: str, mode: Mode) -> None:
    text = TEXTS[lang]
    for seed in range(5):
        made = inject(text, lang, unseen_terms(lang), mode, seed)
        assert made is not None
        assert made.text[made.start : made.end] == made.term
        rest = made.text[: made.start] + made.text[made.end :]
        assert rest.replace(" ", "") == text.replace(" ", "")
        assert made == inject(text, lang, unseen_terms(lang), mode, seed)


def test_a_text_without_such_a_place_gets_nothing() -> None:
    assert inject("a b c", "en", unseen_terms("en"), Mode.WORD, 1) is None
