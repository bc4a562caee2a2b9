"""Finds text spliced into a word, whatever it says: no list of terms is needed.

A spam phrase thrown into a page at random often lands inside a word. What is left of the
word stands on both sides: 議 and 題, or `gov` and `ernment`, each of which nobody writes
alone.

Source: word frequencies from wordfreq.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from auditor.lang import base
from auditor.text.frequencies import Frequencies, all_words, common_words
from auditor.text.junction import RAREST, cost, fold, is_han

WEAKEST, WEAKEST_SHORT = 2.0, {2: 4.0, 3: 2.5}
"""Nats gained by taking a piece out, and one of two or three characters: below, chance joins are
common, and what else is known of a piece makes up for no more."""
COMMON = 1e-6
"""Use of the word that a piece was put into: once in a million."""
AROUND = 5
"""Characters on each side that can be part of a word across the place."""
FUNCTION = frozenset(
    "的了在是和会给不这那也都就与被把让到对为他她我你们说有个着过于将则及所之其很最已但而并又任或"
)
"""Characters of grammar: advertising is a row of nouns, and a sentence is not."""
COUNTS = frozenset("一二两三四五六七八九十几双各诸等")
"""A piece that ends with one counts what follows: 中[美两]国 is two countries."""
FRAMES = frozenset("当因此每尽但向为以")
"""They begin a frame around a phrase: 当…时, 因…而, 但…是 are 当时, 因而, 但是 by chance."""
NUMERALS = frozenset("一二两三四五六七八九十百千万亿几0123456789")
"""What they count stands before the thing: 12本[精装]书 is no 本书, 一棵[棕榈]树 no 一棵树."""
HALVES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
"""Characters of a broken word before and behind a piece. Two sound words on both sides are a
compound by chance: 平 安队 is rare, 北京 大学 is not."""
SHORTEST_NAME = 3
"""Characters of sound in a row that are a foreign name."""
LONGEST_PIECE = 9
"""Chinese characters of a piece: spam phrases have two to eight."""
LONGEST_TEXT = 600
"""Characters of a sentence that are searched: more is no sentence."""
MOST_WORDS = 5
"""Words of a piece between the halves of a word with letters."""
SHORTEST_HALF, SHORTEST_WORD = 2, 5
COMPOUNDING = frozenset(("de", "nl", "sv", "da", "no", "fi"))
"""Languages that join words: German nord|pazifisch|en has `norden` outside by chance."""
SHORTEST_HALF_JOINED = 4
"""Letters of a half there: two or three are an ending."""
SHORTEST_INNER = 6
"""Letters of a single word inside another: Italian `creta` is in `decretassero`."""
SHORTEST_RARE = 4
"""Letters of a rare word at either end of a piece."""
SOUNDS = frozenset(
    "阿埃艾爱安奥巴贝比布查达戴德迪丁杜多厄恩尔法菲弗福盖戈格古哈汉赫霍吉加伽杰卡凯坎科克肯库拉莱兰朗"
    "劳勒雷里利莉列林琳卢鲁伦罗洛马玛麦曼梅米莫姆穆纳内尼妮诺努欧帕佩皮普奇恰乔切琼萨塞桑瑟沙舍什施"
    "史舒斯丝苏索塔泰坦汤特蒂提图托瓦威韦维温沃乌希夏谢辛雅亚扬耶伊因尤约泽詹珍兹佐卓西顿敦"
)
"""Characters that write the sounds of foreign names: 布[莱卡斯亚]克 is one name."""
Halves = Mapping[tuple[str, int], frozenset[str]]
"""By the first half of words and the characters of the second one what that may be."""
NO_NAMES: Halves = MappingProxyType({})
_NAME = re.compile(f"[{''.join(sorted(SOUNDS))}]{{{SHORTEST_NAME},12}}")
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


def foreign_names(texts: Iterable[str], lang: str) -> Halves:
    """The foreign names of a Chinese document, by three of their sounds in a row: 卡瓦诺.

    Args:
        texts: its sentences.
        lang: BCP 47 tag.
    """
    if base(lang) != "zh":
        return NO_NAMES
    runs = (run for text in texts for run in _NAME.findall(fold(text, lang)))
    threes = range(SHORTEST_NAME)
    return _halved(
        {"".join(name) for run in runs for name in zip(*(run[n:] for n in threes), strict=False)}
    )


def find_splices(text: str, lang: str, names: Halves = NO_NAMES) -> list[Splice]:
    """The pieces of a text that stand inside a word, in order.

    Args:
        text: any text.
        lang: its BCP 47 tag.
        names: the names of its document, see `foreign_names`: what breaks one is found too.
    """
    folded = fold(text[:LONGEST_TEXT], lang)
    if base(lang) != "zh":
        return list(_in_letters(folded, base(lang)))
    found: list[Splice] = []
    for splice in sorted(_in_characters(folded, names), key=lambda s: (-s.gain, s.start)):
        if all(splice.end <= held.start or held.end <= splice.start for held in found):
            found.append(splice)
    return sorted(found, key=lambda splice: splice.start)


def _in_characters(folded: str, names: Halves) -> Iterator[Splice]:
    """Pieces without which the characters around them are one word.

    The gain is what the cheapest cut into words costs with the piece, less what it costs
    without it and for the piece alone: a piece of a sentence shares words with its neighbours,
    and costs more when it is cut out of them.
    """
    held = [is_han(char) for char in folded]
    pieces = [[folded[at : at + length] for at in range(len(folded))] for length in range(1, 4)]
    for start in range(1, len(folded)):
        if not (held[start - 1] and held[start]):
            continue
        halves = _second_halves(folded, start, names)
        if not halves:
            continue
        for end in range(start + 2, min(start + LONGEST_PIECE + 1, len(folded))):
            if not (held[end - 1] and held[end]):
                break
            whole = _word_across(halves, [row[end] for row in pieces])
            if not whole:
                continue
            if _belongs(folded, start, end):
                continue
            gain = _gain(folded, start, end)
            # 恪[尽职]守 is an idiom. Asked last: most texts never load the long list.
            weakest = WEAKEST_SHORT.get(end - start, WEAKEST)
            if gain >= weakest and folded[start - 1 : end + 1] not in all_words("zh"):
                yield Splice(start, end, whole, gain)


def _second_halves(folded: str, start: int, names: Halves) -> list[tuple[str, int, frozenset[str]]]:
    """What words and names begin with right before a place, and how they may go on behind a piece.

    Returns:
        The first half, the characters of the second one, and the second halves, common words
        first, in the order of `HALVES`; without those that begin nothing.
    """
    known = (
        (folded[start - left : start], right, table.get((folded[start - left : start], right)))
        for table in (_broken(), names)
        for left, right in HALVES
        if left <= start
    )
    return [(first, right, seconds) for first, right, seconds in known if seconds]


@cache
def _broken() -> Halves:
    return _halved(word for word, use in common_words("zh").items() if use >= COMMON)


def _halved(words: Iterable[str]) -> Halves:
    found: dict[tuple[str, int], set[str]] = {}
    for word in words:
        for left, right in HALVES:
            if len(word) == left + right:
                found.setdefault((word[:left], right), set()).add(word[left:])
    return {key: frozenset(seconds) for key, seconds in found.items()}


def _word_across(halves: Sequence[tuple[str, int, frozenset[str]]], behind: Sequence[str]) -> str:
    """The common word that the characters before and behind a piece make, or an empty string.

    Args:
        halves: from `_second_halves`.
        behind: one, two and three characters behind the piece.
    """
    for first, right, seconds in halves:
        if behind[right - 1] in seconds:
            whole = first + behind[right - 1]
            # Two sounds are a name by chance: 弗利[特伍德或莫利纳]里.
            if not (len(whole) == 2 and SOUNDS.issuperset(whole)):
                return "" if whole[0] in FRAMES else whole
    return ""


def _gain(folded: str, start: int, end: int) -> float:
    left, right = start, end
    while left > max(0, start - AROUND) and is_han(folded[left - 1]):
        left -= 1
    while right < min(len(folded), end + AROUND) and is_han(folded[right]):
        right += 1
    without = folded[left:start] + folded[end:right]
    return cost(folded[left:right]) - cost(without) - cost(folded[start:end])


def _belongs(folded: str, start: int, end: int) -> bool:
    """True where the piece has its place: it holds grammar, a name, or is said again."""
    around = folded[start - 1 : end + 1]
    return (
        bool(FUNCTION & set(folded[start:end]))
        or folded[end - 1] in COUNTS
        or folded[max(0, start - 3) : start - 1].rstrip()[-1:] in NUMERALS
        or set(around) <= SOUNDS
        or _in_name(folded, start)
        or _in_name(folded, end)
        or folded.count(around) > 1
    )


def _in_name(folded: str, at: int) -> bool:
    """True where an edge cuts a foreign name: 贝尔法[斯特餐厅刀刺]案, 探[长克鲁]索."""
    left = right = at
    while left > 0 and folded[left - 1] in SOUNDS:
        left -= 1
    while right < len(folded) and folded[right] in SOUNDS:
        right += 1
    return left < at < right and right - left >= SHORTEST_NAME


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
            splice = _halves(folded, tokens[index], tokens[other], lang)
            if splice and all(_is_unknown(folded, tokens[at], lang) for at in (index, other)):
                yield splice
                break


def _halves(folded: str, first: tuple[int, int], last: tuple[int, int], lang: str) -> Splice | None:
    """The piece between a beginning of the first token and an end of the last one."""
    common = common_words(lang)
    known: Frequencies = common
    shortest = SHORTEST_HALF_JOINED if lang in COMPOUNDING else SHORTEST_HALF
    starts = range(first[0] + shortest, first[1])
    ends = range(last[0] + 1, last[1] - shortest + 1)
    if first == last:
        pairs = [(a, b) for a in starts for b in ends if b - a >= SHORTEST_INNER]
        inner: dict[tuple[int, int], tuple[str, ...]] = {
            (a, b): (folded[a:b],) for a, b in pairs if folded[a:b] in common
        }
    else:
        inner = {
            (a, b): (folded[a : first[1]], folded[last[0] : b])
            for a in starts
            for b in ends
            if folded[first[0] : a] + folded[b : last[1]] in common
        }
        # The long list is only loaded where two unknown tokens do hold the halves of a word;
        # of its short entries many are no words.
        known = all_words(lang) if inner else common
        inner = {
            place: words
            for place, words in inner.items()
            if all(w in common or (len(w) >= SHORTEST_RARE and w in known) for w in words)
        }
    found = []
    for (start, end), words in inner.items():
        whole = folded[first[0] : start] + folded[end : last[1]]
        if len(whole) >= SHORTEST_WORD and whole in common:
            gain = math.log(common[whole]) - 2 * math.log(RAREST)
            # Among several cuts the one whose inner words are used most.
            value = gain + sum(math.log(known[word]) for word in words) / 10
            found.append((value, Splice(start, end, whole, gain)))
    return max(found, key=lambda f: f[0])[1] if found else None


def _is_unknown(folded: str, token: tuple[int, int], lang: str) -> bool:
    word = folded[token[0] : token[1]]
    return word not in common_words(lang) and word not in all_words(lang)
