"""Where a key phrase stands: in which sentence, how it sits there, what else is said.

Nothing here compares meanings; that is for the check.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from auditor import lang as languages
from auditor.core import Segment
from auditor.text.frequencies import common_words
from auditor.text.junction import fold, is_han, word_at
from auditor.text.spam import Hit, best_range, find_hits, is_word
from auditor.text.spam_lexicon import ALWAYS
from auditor.text.spam_seat import seat

ALONE = 0.4
"""Letters that a sentence has beside the phrase, by those of the phrase, to be called alone."""
SPECIFIC = 4
"""Chinese characters of a compound: 网上赌场, where 赌场 is one word."""
OFTEN = 1e-5
"""Use of a word that says nothing."""
MODIFIERS = 2
"""Words beside a term that make it advertising; one may be its everyday neighbour: `play poker`."""
ORDINARY = 0.25
"""What a word of every day counts among the terms that a text uses."""
WHOLE_HIDDEN = 400
"""Length up to which a hidden element is spam as a whole; in a longer one the phrase is."""
NEAR = 40
"""Characters that hold the words beside a phrase."""
WINDOW = 300
"""Characters on each side that are compared: a line without a full stop can be a megabyte."""
_OPENING, _CLOSING = "\"'“‘«「『《〈（(", "\"'”’»」』》〉）)"
_LAST_WORD = re.compile(r"[^\W\d_]+['’]?$")
_FIRST_WORD = re.compile(r"[^\W\d_]+['’]?")


@dataclass(frozen=True, slots=True)
class Place:
    """A key phrase in a sentence.

    Attributes:
        hit: the phrase.
        segment: the sentence.
        start: first code point in the sentence of the piece to take out.
        end: one past its last.
        gain: nats gained by taking it out, see `junction.gain`.
        advertises: it is advertising, or two modifiers or a contact make it so.
        joined: one modifier stands beside it.
    """

    hit: Hit
    segment: Segment
    start: int
    end: int
    gain: float
    advertises: bool
    joined: bool

    @property
    def around(self) -> str:
        """The sentence, or what is near in a very long one."""
        return self.segment.text[max(0, self.start - WINDOW) : self.end + WINDOW]

    @property
    def rest(self) -> str:
        """The same without the piece."""
        text = self.segment.text
        return text[max(0, self.start - WINDOW) : self.start] + text[self.end : self.end + WINDOW]

    @property
    def alone(self) -> bool:
        """True when the sentence is little else."""
        return sum(map(str.isalnum, self.rest)) <= ALONE * (self.end - self.start)

    @property
    def specific(self) -> bool:
        """True for a term of more than one word, or of four Chinese characters or more."""
        return " " in self.hit.term or sum(map(is_han, self.hit.term)) >= SPECIFIC

    @property
    def rare(self) -> float:
        """How little one word is used, from 0, once in 100,000, to 1, once in a million."""
        term = self.hit.term
        if " " in term:
            return 0.0
        tags = (languages.base(self.segment.lang), ALWAYS)
        most = max(common_words(tag).get(term, 0.0) for tag in tags)
        return max(0.0, min(1.0, math.log10(OFTEN / most))) if most else 1.0

    @property
    def quoted(self) -> bool:
        """True when it stands in quotation marks."""
        return is_quoted(self.segment.text, self.start, self.end)

    @property
    def seat(self) -> float:
        """How it sits among the words beside it, see `seat`."""
        return seat(self.segment.text, self.start, self.end, self.segment.lang)

    @property
    def needed(self) -> bool:
        """True when the sentence would break off without it."""
        return is_needed(self.segment.text, self.start, self.end, self.segment.lang)


def find_places(segments: Sequence[Segment], lang: str) -> list[Place]:
    """Every key phrase of a document, in order.

    The sentences are searched as one text: looking for a thousand terms costs by call.

    Args:
        segments: sentences in order.
        lang: BCP 47 tag of the document.
    """
    starts = list(accumulate((len(s.text) + 1 for s in segments), initial=0))
    places = []
    for hit in find_hits("\n".join(s.text for s in segments), lang):
        start, end, gain, weight = best_range(hit, lang)
        if gain == 0 and (not is_word(hit) or _cuts_word(hit, start, end, lang)):
            continue
        at = bisect_right(starts, start) - 1
        own = (start - starts[at], end - starts[at])
        advertises = hit.advertising or hit.contact or weight >= MODIFIERS
        places.append(Place(hit, segments[at], *own, gain, advertises, weight >= 1))
    return places


def _cuts_word(hit: Hit, start: int, end: int, lang: str) -> bool:
    """True where a Chinese word crosses an edge: 台球 is no part of 阳[台球]拍."""
    if languages.base(lang) != "zh":
        return False
    return word_at(hit.folded, start)[0] < start or word_at(hit.folded, end - 1)[1] > end


def advertising_ranges(text: str, lang: str) -> list[tuple[Hit, int, int]]:
    """The advertising in a hidden element: a short one is spam as a whole.

    Args:
        text: what the element says.
        lang: BCP 47 tag of the document.

    Returns:
        A phrase with the first code point and one past the last of what to take out.
    """
    hits = [hit for hit in find_hits(text, lang) if hit.advertising or hit.contact]
    if hits and len(text) <= WHOLE_HIDDEN:
        return [(hits[0], 0, len(text))]
    return [(hit, *best_range(hit, lang)[:2]) for hit in hits]


def other_terms(place: Place, places: Sequence[Place]) -> float:
    """How many other terms of the trade other sentences use in passing: the text is about it.

    A word of every day counts little: `prêt` is *ready* too, and `sex` stands in every report on
    health.
    """
    others = {
        (other.hit.term, other.hit.ordinary)
        for other in places
        if other.hit.trade.name == place.hit.trade.name
        and other.segment != place.segment
        and other.hit.term != place.hit.term
        and not (other.advertises or other.joined)
        and other.gain == 0
    }
    return sum(ORDINARY if ordinary else 1.0 for _, ordinary in others)


def is_quoted(text: str, start: int, end: int) -> bool:
    """True when quotation marks stand around a span: it is cited, not put in."""
    before, after = text[max(0, start - 2) : start].rstrip()[-1:], text[end : end + 2].lstrip()[:1]
    return bool(before and after) and before in _OPENING and after in _CLOSING


def is_needed(text: str, start: int, end: int, lang: str) -> bool:
    """True when taking a span out leaves an article or preposition in the air.

    `lost it at a [casino] in Nevada` would become `at a in`, while a splice leaves whole
    what was there: `lost it [casino bonus] in May.`
    """
    before, after = text[max(0, start - NEAR) : start].rstrip(), text[end : end + NEAR].lstrip()
    known = languages.load(lang, "spam")
    determiners, prepositions = known.get("determiners", ()), known.get("prepositions", ())
    if languages.base(lang) == "zh":
        hanging = tuple(fold(word, lang) for word in prepositions)
        return not after[:1].isalnum() and fold(before, lang).endswith(hanging)
    last, following = _LAST_WORD.search(before.lower()), _FIRST_WORD.match(after.lower())
    if last is None or last.group() not in (*determiners, *prepositions):
        return False
    if following is None:
        return not after[:1].isalnum()
    clash = (*determiners, *prepositions) if last.group() in determiners else prepositions
    return following.group() in clash
