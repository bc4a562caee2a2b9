"""How a phrase sits among the words beside it: as part of their sentence, or thrown between them.

What is thrown into a sentence at random parts words that expect each other: `In [instant loan] an
interview`. A word that the sentence uses is expected by them itself, and they stand badly without
it: `worked as a [bookmaker] before the war`.

Source: for English the trigram model of `english_lm`. Elsewhere the words of grammar beside it, by
their share in front of nouns in use and in front of places drawn at random in news.
"""

from __future__ import annotations

import re

from auditor import lang as languages
from auditor.text import english_lm
from auditor.text.frequencies import all_words
from auditor.text.junction import fold, is_han

PER_NAT, LEVEL, MOST = 0.5, 1.0, 2.0
"""Log odds for each nat by which the neighbours expect each other more than the phrase, from which
level on, and how much they say at most."""
TIED, FREE, BEFORE_ARTICLE = -0.6, 0.6, 0.5
"""Behind an article or preposition; behind another word, where a noun of French or Italian hardly
stands; right before an article, which nouns have behind them in `ogni giovedì` only."""
ENDS, BETWEEN = -1.0, 0.6
"""Chinese: at the end of a clause, where it may be the object, and between two other words."""
LINKED, LINKS = -0.3, frozenset("的之和与及或")
"""Chinese: before what links a noun to the next one."""
COMPOUND = -2.0
"""Chinese: with the next character or two it is a word of its own: 博彩业."""
NEAR = 40
"""Characters on each side that are read."""
_CONTEXT = 2
_LAST_WORD = re.compile(r"[^\W\d_]+['’]?$")
_FIRST_WORD = re.compile(r"[^\W\d_]+['’]?")


def seat(text: str, start: int, end: int, lang: str) -> float:
    """The log odds that a phrase was thrown between the words beside it.

    Args:
        text: a sentence.
        start: first code point of the phrase.
        end: one past its last.
        lang: BCP 47 tag of the sentence.

    Returns:
        Between -`MOST` and `MOST`; 0 where nothing can be told.
    """
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    tag = languages.base(lang)
    if tag == "en":
        return _expected(before, text[start:end], after)
    if tag == "zh":
        return _between_characters(before, fold(text[start:end], lang), fold(after, lang))
    return _after_article(before.lower(), after.lower(), tag)


def _expected(before: str, phrase: str, after: str) -> float:
    left = [token.form for token in english_lm.tokenise(before)][-_CONTEXT:]
    right = [token.form for token in english_lm.tokenise(after)][:_CONTEXT]
    own = [token.form for token in english_lm.tokenise(phrase)]
    joined = english_lm.chain(right, left) - english_lm.chain(right)
    odds = PER_NAT * (joined - english_lm.fit(left, own, right) - LEVEL)
    return max(-MOST, min(MOST, odds))


def _between_characters(before: str, phrase: str, after: str) -> float:
    if any(is_han(after[:1] or " ") and phrase + after[:n] in all_words("zh") for n in (1, 2)):
        return COMPOUND
    if after[:1] in LINKS:
        return LINKED
    if before[-1:].isalnum():
        return BETWEEN if after[:1].isalnum() else ENDS
    return 0.0


def _after_article(before: str, after: str, tag: str) -> float:
    known = languages.load(tag, "spam")
    determiners, prepositions = known.get("determiners", ()), known.get("prepositions", ())
    last, following = _LAST_WORD.search(before.rstrip()), _FIRST_WORD.match(after.lstrip())
    odds = 0.0
    if last and last.group() in (*determiners, *prepositions):
        odds += TIED
    elif last and determiners:
        odds += FREE
    if following and following.group() in determiners:
        odds += BEFORE_ARTICLE
    return odds
