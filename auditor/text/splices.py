"""Finds text spliced into a word, whatever it says: no list of terms is needed.

A spam phrase thrown into a page at random often lands inside a word. What is left of the
word stands on both sides: 議 and 題, or `gov` and `ernment`, each of which nobody writes
alone.

Source: word frequencies from wordfreq.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from auditor.lang import base
from auditor.text.frequencies import all_words, common_words
from auditor.text.junction import RAREST, cut, fold, is_han

WEAKEST = 6.0
"""Nats by which the word is likelier than its halves: below, chance joins are common."""
LONGEST_PIECE = 9
"""Chinese characters of a piece: spam phrases have two to eight."""
LONGEST_WORD = 4
LONGEST_TEXT = 20_000
"""Characters of a sentence that are searched: more is no sentence."""
LONGEST_RUN = 200
"""Chinese characters cut into words at a time."""
MOST_WORDS = 5
"""Words of a piece between the halves of a word with letters."""
SHORTEST_HALF, SHORTEST_WORD = 2, 5
SHORTEST_INNER = 6
"""Letters of a single word inside another: Italian `creta` is in `decretassero`."""
_TOKEN = re.compile(r"(?<![^\W\d_])[^\W\d_]{4,40}(?![^\W\d_])")


@dataclass(frozen=True, slots=True)
class Splice:
    """A piece inside a word.

    Attributes:
        start: first code point of the piece in the searched text.
        end: one past its last.
        word: what stands there without it, folded.
        gain: nats by which the word is likelier than its halves.
    """

    start: int
    end: int
    word: str
    gain: float


def find_splices(text: str, lang: str) -> list[Splice]:
    """The pieces of a text that stand inside a word, in order.

    Args:
        text: any text.
        lang: its BCP 47 tag.
    """
    folded = fold(text[:LONGEST_TEXT], lang)
    if base(lang) != "zh":
        return list(_in_letters(folded, base(lang)))
    words = common_words("zh")
    found: list[Splice] = []
    for start, end in _runs(folded):
        tokens = [(start + a, start + b) for a, b in cut(folded[start:end])]
        for index in range(len(tokens)):
            best = max(_from(folded, tokens, index, words), key=lambda s: s.gain, default=None)
            if best and (not found or best.start >= found[-1].end):
                found.append(best)
    return found


def _runs(folded: str) -> Iterator[tuple[int, int]]:
    """Stretches of Chinese characters, long ones in pieces."""
    start = 0
    while start < len(folded):
        end = start
        while end < len(folded) and end - start < LONGEST_RUN and is_han(folded[end]):
            end += 1
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _from(
    folded: str, tokens: Sequence[tuple[int, int]], index: int, words: Mapping[str, float]
) -> Iterator[Splice]:
    """Pieces behind one token that make it a word with a later token."""
    left = folded[tokens[index][0] : tokens[index][1]]
    start = tokens[index][1]
    for at in range(index + 2, len(tokens)):
        end, stop = tokens[at]
        if end - start > LONGEST_PIECE:
            return
        right = folded[end:stop]
        whole = left + right
        # Two sound words on both sides are a compound by chance: 平 安队 is rare, 北京 大学 is not.
        if min(len(left), len(right)) > 1 or len(whole) > LONGEST_WORD or whole not in words:
            continue
        gain = math.log(words[whole]) - _log(left, words) - _log(right, words)
        if gain >= WEAKEST and any(b - a > 1 for a, b in tokens[index + 1 : at]):
            yield Splice(start, end, whole, gain)


def _log(word: str, words: Mapping[str, float]) -> float:
    return math.log(words.get(word, RAREST))


def _in_letters(folded: str, lang: str) -> Iterator[Splice]:
    """Pieces between two unknown tokens whose outer halves are one word."""
    common = common_words(lang)
    if not common:
        return
    tokens = [m.span() for m in _TOKEN.finditer(folded)]
    unknown = [i for i, (a, b) in enumerate(tokens) if folded[a:b] not in common]
    for here, index in enumerate(unknown):
        for other in unknown[here : here + MOST_WORDS]:
            between = folded[tokens[index][1] : tokens[other][0]]
            if other - index >= MOST_WORDS or "\n" in between:
                break
            splice = _halves(folded, tokens[index], tokens[other], common)
            if splice and _is_unknown(folded, tokens[index], lang):
                yield splice
                break


def _halves(
    folded: str, first: tuple[int, int], last: tuple[int, int], common: Mapping[str, float]
) -> Splice | None:
    """The piece between a beginning of the first token and an end of the last one."""
    starts = range(first[0] + SHORTEST_HALF, first[1])
    ends = range(last[0] + 1, last[1] - SHORTEST_HALF + 1)
    if first == last:
        pairs = [(a, b) for a in starts for b in ends if b - a >= SHORTEST_INNER]
        inner: dict[tuple[int, int], tuple[str, ...]] = {
            (a, b): (folded[a:b],) for a, b in pairs if folded[a:b] in common
        }
    else:
        heads = [(a, folded[a : first[1]]) for a in starts if folded[a : first[1]] in common]
        tails = [(b, folded[last[0] : b]) for b in ends if folded[last[0] : b] in common]
        inner = {(a, b): (head, tail) for a, head in heads for b, tail in tails}
    found = []
    for (start, end), words in inner.items():
        whole = folded[first[0] : start] + folded[end : last[1]]
        if len(whole) >= SHORTEST_WORD and whole in common:
            gain = math.log(common[whole]) - 2 * math.log(RAREST)
            # Among several cuts the one whose inner words are used most.
            value = gain + sum(math.log(common[word]) for word in words) / 10
            found.append((value, Splice(start, end, whole, gain)))
    return max(found, key=lambda f: f[0])[1] if found else None


def _is_unknown(folded: str, token: tuple[int, int], lang: str) -> bool:
    word = folded[token[0] : token[1]]
    return word not in common_words(lang) and word not in all_words(lang)
