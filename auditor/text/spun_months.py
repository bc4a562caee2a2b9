"""Words that stand for the name of a month: `Could 31`, `in Could and June`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from auditor import lang as languages
from auditor.text.english_lm import Token
from auditor.text.substitution import Kind, Substitution

_MONTHS = frozenset(
    (
        *("january", "february", "march", "april", "june", "july", "august"),
        *("september", "october", "november", "december"),
        *("jan", "feb", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"),
    )
)
"""May is left out: it is what is looked for."""
_BEFORE = frozenset(
    (
        *("in", "on", "of", "since", "until", "till", "by", "from", "through", "during", "between"),
        *("before", "after", "early", "late", "mid", "this", "last", "next"),
    )
)
"""No verb follows these: "in Could", never "in could"."""
_JOINED = frozenset(("and", "to", "or", "through", "until", ",", "–", "—", "/"))
_LAST_DAY = 31
GAIN = 10.0
"""Nats: no clean sentence of 1,997 has the pattern, so the odds are beyond what a model says."""


def misnamed_months(tokens: Sequence[Token]) -> Iterator[tuple[int, int, Substitution]]:
    """The dates in which a capitalised word can only be a month, as tokens `[first, last)`.

    A day or a year beside it belongs to the date: `Could 31`, `4 Could 2019`.
    """
    for at, token in enumerate(tokens):
        month = _homographs().get(token.text.lower())
        if month and token.text[0].isupper() and _is_month(tokens, at):
            first, last = _date(tokens, at)
            words = [month if k == at else tokens[k].text for k in range(first, last)]
            start, end = tokens[first].start, tokens[last - 1].end
            found = Substitution(start, end, " ".join(words), Kind.MONTH, GAIN, strong=True)
            yield first, last, found


def _date(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The tokens of a date around its month: a day before, a day or a year behind."""
    first, last = at, at + 1
    if at and _is_day(tokens[at - 1].text) and _adjoin(tokens, at - 1):
        first -= 1
    if last < len(tokens) and _adjoin(tokens, at) and _is_day_or_year(tokens[last].text):
        last += 1
    return first, last


def _adjoin(tokens: Sequence[Token], at: int) -> bool:
    """True for a token with one character, a space, between it and the next."""
    return tokens[at + 1].start - tokens[at].end == 1


def _is_day_or_year(text: str) -> bool:
    return _is_day(text) or (len(text) == 4 and text.isdecimal() and text.isascii())


def _is_month(tokens: Sequence[Token], at: int) -> bool:
    """True where only the name of a month can stand.

    Left alone: "Could 31 people be wrong?" (a sentence may open with a verb), "What Could
    31 Seats Mean" (a headline capitalises every word), "Right and Might".
    """
    word = tokens[at].text.lower()
    before = tokens[at - 1].text if at else ""
    after = [token.text for token in tokens[at + 1 : at + 3]]
    day = bool(after) and _is_day(after[0])
    beside_month = len(after) == 2 and after[0] in _JOINED and after[1].lower() in _MONTHS
    ends_range = at > 1 and before in _JOINED and tokens[at - 2].text.lower() in _MONTHS
    if beside_month or ends_range:
        return True
    day_first = bool(before) and _is_day(before) and before != tokens[at].text
    if before.lower() in _BEFORE:
        year = bool(after) and after[0].isdigit() and len(after[0]) == 4
        return day or year or (word == "could" and before.islower())
    if day_first and len(after) > 0 and after[0].isdigit() and len(after[0]) == 4:
        return True
    return day and at > 0 and before[:1].islower()


def _is_day(text: str) -> bool:
    digits = text.rstrip("stndrh")
    return digits.isdecimal() and digits.isascii() and 1 <= int(digits[:3]) <= _LAST_DAY


@cache
def _homographs() -> Mapping[str, str]:
    return dict(languages.load("en", "spun")["months"])
