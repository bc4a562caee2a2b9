"""Finds words of another language in a sentence, by how often either language uses each word.

A loan word is used in both; a name in neither. What nobody writes in French is a row of words
that English uses a hundred times as often, function words among them. The row with the greatest
sum of such ratios is found in one pass, so that names and shared words inside it do no harm.

Source: word frequencies from wordfreq; the row of the greatest sum is Kadane's.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.core import Context, Document, Segment, Span
from auditor.lang import base
from auditor.text.frequencies import common_words
from auditor.text.language import script_counts, script_of

RAREST = 1e-6
"""Frequency of a word that is not on a list of common ones."""
MOST_TELLING = 5.0
"""Nats that one word can say: `the` alone is no English."""
TELLING = 2.0
"""Nats from which on a word belongs to one language."""
LEAST_WORDS = 3
"""Telling words of a row: two are a loan (`fake news`)."""
LEAST = 10.0
"""Nats of a row."""
WHOLE = 0.75
"""Share of a segment's letters from which on it is in the other language as a whole."""
SAME = 0.75
"""Share of the words of a row that a counterpart must have too to be its source."""
LEAST_HAN = 2
"""Chinese characters in a text with letters: one may be spoken about."""
NAMED, NAMED_WORD = 0.85, 5
"""Share of the longer words, from so many letters on, with a capital that make a row a title."""
LONGEST = 20_000
_WORD = re.compile(
    # `www.example.org/visit-us/tickets`: what hangs on a stroke or a dot is an address.
    r"(?<![/@_.\-\w])[^\W\d_]+(?:['’][^\W\d_]+)*(?![/@_\w]|\.\w|-\w)"
)
_HAN = re.compile(r"[\u3400-\u9fff](?:[\u3400-\u9fff，。、：；！？]*[\u3400-\u9fff])?")
_OPENING, _CLOSING = '"“‘«「『《〈（([', '"”’»」』》〉）)]'


@dataclass(frozen=True, slots=True)
class Foreign:
    """A row of words of another language.

    Attributes:
        start: first code point in the sentence.
        end: one past its last.
        lang: base tag of the other language.
        share: of the letters of the sentence, 0 to 1.
        words: telling words in it, or Chinese characters.
        quoted: it stands in quotation marks or brackets.
        named: it has the form of an English title or name, as `Journal of the Engineers`.
    """

    start: int
    end: int
    lang: str
    share: float
    words: int
    quoted: bool
    named: bool = False

    @property
    def whole(self) -> bool:
        """True when the sentence is little else."""
        return self.share >= WHOLE


def foreign_row(text: str, lang: str, others: Iterable[str]) -> Foreign | None:
    """The row of words in a sentence that another language says most clearly, or None.

    Args:
        text: a sentence.
        lang: BCP 47 tag of the document that holds it.
        others: tags of languages that it may have words of.
    """
    return _row(text[:LONGEST], base(lang), tuple(dict.fromkeys(map(base, others))))


def copied_from(row: Foreign, text: str, counterparts: Sequence[Segment]) -> Segment | None:
    """The counterpart in the language of a row that has its words too, or None.

    Args:
        row: found in `text`.
        text: the sentence.
        counterparts: what says the same in other versions.
    """
    own = _keys(text[row.start : row.end])
    for other in counterparts:
        if base(other.lang) == row.lang and own:
            there = set(_keys(other.text))
            if sum(word in there for word in own) >= SAME * len(own):
                return other
    return None


def _keys(text: str) -> list[str]:
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) > 1 or not _HAN.search(text):
        return words
    return [text[at : at + 2] for at in range(max(1, len(text) - 1))]


@lru_cache(maxsize=4096)
def _row(text: str, lang: str, others: tuple[str, ...]) -> Foreign | None:
    tokens = [match.span() for match in _WORD.finditer(text)]
    found = [row for other in others if other != lang for row in _rows(text, tokens, lang, other)]
    return max(found, key=lambda f: (f.words, -f.start), default=None)


def _rows(text: str, tokens: Sequence[tuple[int, int]], lang: str, other: str) -> list[Foreign]:
    if script_of(other) == "Hani":
        return _han_rows(text, lang)
    if script_of(other) != "Latn" and script_of(other) == script_of(lang):
        return []
    return _word_rows(text, tokens, lang, other)


def _han_rows(text: str, lang: str) -> list[Foreign]:
    """Chinese in a text of another script; Japanese and Korean write it themselves."""
    if script_of(lang) in (None, "Hani", "Kana", "Hang"):
        return []
    found = [m.span() for m in _HAN.finditer(text) if len(m[0]) >= LEAST_HAN]
    if not found or script_counts(text)["Kana"]:
        return []
    letters = _letters(text) or 1
    return [
        Foreign(a, b, "zh", _letters(text[a:b]) / letters, b - a, _is_quoted(text, a, b))
        for a, b in found
    ]


def _word_rows(
    text: str, tokens: Sequence[tuple[int, int]], lang: str, other: str
) -> list[Foreign]:
    """The best row of words that `other` uses far more often than `lang`."""
    if not common_words(other):
        return []
    weights = [
        _weight(text[a:b], other, lang) if not i or not text[a].isupper() else _of_name(text[a:b])
        for i, (a, b) in enumerate(tokens)
    ]
    # What most sentences lack is looked for first, for speed.
    if sum(weight >= TELLING for weight in weights) < LEAST_WORDS:
        return []
    best, start, total = (0.0, 0, 0), 0, 0.0
    for at, weight in enumerate(weights):
        if total <= 0:
            start, total = at, 0.0
        total += weight
        if total > best[0]:
            best = (total, start, at + 1)
    value, first, last = best
    telling = sum(weight >= TELLING for weight in weights[first:last])
    if value < LEAST or telling < LEAST_WORDS:
        return []
    letters = _letters(text) or 1
    wide = _span(tokens, *_stretched(weights, first, last))
    if _letters(text[slice(*wide)]) < WHOLE * letters:
        # `« the news of the week » a fermé`: what both languages use is not the row's at its ends.
        while weights[first] < TELLING:
            first += 1
        while weights[last - 1] < TELLING:
            last -= 1
        wide = _span(tokens, first, last)
    share = _letters(text[slice(*wide)]) / letters
    named = _is_named(text[slice(*wide)])
    return [Foreign(*wide, other, share, telling, _is_quoted(text, *wide), named)]


def _is_named(row: str) -> bool:
    """True where all words but those of grammar have a capital: sources are cited as they are."""
    longer = [word for word in _WORD.findall(row) if len(word) >= NAMED_WORD]
    capital = sum(word[0].isupper() and not word.isupper() for word in longer)
    return bool(longer) and capital >= NAMED * len(longer)


def _letters(text: str) -> int:
    """Letters; a Chinese character says as much as three."""
    return sum(map(str.isalpha, text)) + 2 * sum(map(len, _HAN.findall(text)))


def _stretched(weights: Sequence[float], first: int, last: int) -> tuple[int, int]:
    """The row with the names at its ends: they belong to the sentence that it makes."""
    while first and weights[first - 1] == 0:
        first -= 1
    while last < len(weights) and weights[last] == 0:
        last += 1
    return first, last


def _span(tokens: Sequence[tuple[int, int]], first: int, last: int) -> tuple[int, int]:
    return tokens[first][0], tokens[last - 1][1]


@lru_cache(maxsize=1 << 15)
def _weight(word: str, other: str, lang: str) -> float:
    """Nats by which a word is rather of the other language."""
    if _script_of_first(word) != "Latn":
        return -MOST_TELLING
    theirs, ours = common_words(other), common_words(lang)
    low = word.casefold().replace("’", "'")
    parts = [low] if low in theirs or "'" not in low else low.split("'")
    value = sum(
        math.log(_frequency(part, theirs)) - math.log(_frequency(part, ours)) for part in parts
    )
    return max(-MOST_TELLING, min(MOST_TELLING, value))


def _of_name(word: str) -> float:
    """The same for a word with a capital within a sentence: names say nothing."""
    return 0.0 if _script_of_first(word) == "Latn" else -MOST_TELLING


def _script_of_first(word: str) -> str:
    """`Latn`, or another script, by the first letter: lists hold Latin words only here."""
    return "Latn" if word[0] < "\u0250" or "\u1e00" <= word[0] <= "\u1eff" else "other"


def _frequency(word: str, words: Mapping[str, float]) -> float:
    return words.get(word, RAREST)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """True inside a pair of quotation marks or brackets, not far from either."""
    before, after = text[max(0, start - 80) : start], text[end : end + 80]
    opened = max(before.rfind(mark) for mark in _OPENING)
    closed = max(before.rfind(mark) for mark in _CLOSING.replace('"', ""))
    return opened > closed and any(mark in after for mark in _CLOSING)


@dataclass(frozen=True, slots=True)
class Foreigner:
    """Neighbouring sentences of a document in another language, or a part of one.

    Attributes:
        segments: the sentences, in order; one where only a part of it is foreign.
        row: the part, or the row of the first sentence.
        source: the counterpart that the first was left untranslated from, or None.
    """

    segments: tuple[Segment, ...]
    row: Foreign
    source: Segment | None

    @property
    def lang(self) -> str:
        """Base tag of the other language."""
        return self.row.lang

    @property
    def words(self) -> int:
        """Telling words of the first sentence."""
        return self.row.words

    def span(self) -> Span:
        """Its place in the file."""
        first, last = self.segments[0], self.segments[-1]
        if self.row.whole:
            return Span(first.document, first.span().start, last.span().end)
        return first.span(self.row.start, self.row.end)


def foreigners(document: Document, context: Context) -> list[Foreigner]:
    """What is not in the language of its document, neighbours of one kind joined.

    Args:
        document: its content is searched.
        context: gives sentences, counterparts and the languages of the story.
    """
    langs = dict.fromkeys(base(d.lang) for d in context.story.documents if d.lang != "und")
    found: list[Foreigner] = []
    for segment in context.segments(document.id):
        row = _of_segment(segment, document.lang, (*langs, "en"))
        if row is None or row.quoted:
            continue
        new = Foreigner(
            (segment,), row, copied_from(row, segment.text, context.counterparts(segment))
        )
        held = found[-1] if found else None
        if held and row.whole and _continues(held, new):
            found[-1] = replace(held, segments=(*held.segments, segment))
        else:
            found.append(new)
    return found


def _continues(held: Foreigner, new: Foreigner) -> bool:
    return (
        held.row.whole
        and held.lang == new.lang
        and (held.source is None) == (new.source is None)
        and held.segments[-1].index + 1 == new.segments[0].index
    )


def _of_segment(segment: Segment, lang: str, others: Sequence[str]) -> Foreign | None:
    row = foreign_row(segment.text, lang, (*others, segment.lang))
    if row is None and base(segment.lang) != base(lang):
        # Sentences are told by script and letter statistics when they are cut.
        text, last = segment.text, len(segment.text)
        words = len(_WORD.findall(text[:LONGEST]))
        quoted = text[0] in _OPENING and text[-1] in _CLOSING
        return Foreign(0, last, base(segment.lang), 1.0, max(words, LEAST_WORDS), quoted)
    return row
