"""How alike two names sound, within and across scripts: 卡瓦諾 and Kavanaugh, Tienanmen and 天安門.

A name is reduced to its consonants, each in a class of sounds, with vowels between. Chinese
characters are read in pinyin. The distance is a weighted edit distance of these frames: a vowel,
an r at the end of a syllable or an h cost little, since transliterations drop or add them.

Source: Xinhua's tables of transliteration (the correspondence of syllables, from general
knowledge); pypinyin (MIT) for the reading of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import accumulate

from auditor.text.chinese import simplified_characters
from auditor.text.pinyin import reading

LONGEST = 24
"""Letters of a name that are compared: no surname is longer, and the cost is their square."""

_RULES: tuple[tuple[str, str], ...] = (
    ("sch", "S"),
    ("tch", "S"),
    ("tsch", "S"),
    ("ch", "S"),
    ("sh", "S"),
    ("zh", "S"),
    ("cz", "S"),
    ("sz", "S"),
    ("ph", "F"),
    ("th", "T"),
    ("ght", "T"),
    ("gh", ""),
    ("ck", "K"),
    ("qu", "KW"),
    ("wh", "W"),
    ("wr", "L"),
    ("kn", "N"),
    ("ng", "N"),
    ("mb", "MB"),
    ("ts", "S"),
    ("tz", "S"),
    ("dg", "S"),
    ("ce", "SE"),
    ("ci", "SI"),
    ("cy", "SI"),
    ("ge", "SE"),
    ("gi", "SI"),
    ("x", "KS"),
    ("b", "P"),
    ("p", "P"),
    ("d", "T"),
    ("t", "T"),
    ("g", "K"),
    ("k", "K"),
    ("q", "K"),
    ("c", "K"),
    ("f", "F"),
    ("v", "V"),
    ("w", "W"),
    ("l", "L"),
    ("r", "R"),
    ("m", "M"),
    ("n", "N"),
    ("s", "S"),
    ("z", "S"),
    ("j", "J"),
    ("h", "H"),
    ("ee", "I"),
    ("ea", "I"),
    ("oo", "U"),
    ("ou", "U"),
    ("au", "O"),
    ("aw", "O"),
    ("ai", "E"),
    ("ay", "E"),
    ("ei", "E"),
    ("ey", "E"),
    ("ow", "O"),
    ("y", "I"),
    ("a", "A"),
    ("e", "E"),
    ("i", "I"),
    ("o", "O"),
    ("u", "U"),
)
_FRAME = re.compile("|".join(re.escape(k) for k, _ in sorted(_RULES, key=lambda r: -len(r[0]))))
_CLASS = dict(_RULES)
_HARD_NG = re.compile("ng(?=[aeioulr])")
"""The g of English is heard, that of Stirling is not."""

_PINYIN_INITIALS: Mapping[str, str] = {
    "zh": "S", "ch": "S", "sh": "S", "b": "P", "p": "P", "m": "M", "f": "F", "d": "T", "t": "T",
    "n": "N", "l": "L", "g": "K", "k": "K", "h": "H", "j": "J", "q": "J", "x": "S", "r": "R",
    "z": "S", "c": "S", "s": "S", "y": "I", "w": "W",
}  # fmt: skip
_PINYIN_FINALS: Mapping[str, str] = {
    "a": "A", "o": "O", "e": "E", "i": "I", "u": "U", "v": "U", "ai": "AI", "ei": "E", "ui": "UE",
    "ao": "AO", "ou": "O", "iu": "IU", "ie": "IE", "ue": "UE", "ve": "UE", "er": "R", "an": "AN",
    "en": "EN", "in": "IN", "un": "UN", "vn": "UN", "ang": "AN", "eng": "EN", "ing": "IN",
    "ong": "ON", "ia": "IA", "iao": "IAO", "ian": "IAN", "iang": "IAN", "iong": "ION", "ua": "UA",
    "uo": "O", "uai": "UAI", "uan": "UAN", "uang": "UAN",
}  # fmt: skip
_VOWELS = "AEIOU"


def _pairs(table: str) -> dict[str, str]:
    listed = table.split()
    return dict(zip(listed[::2], listed[1::2], strict=True))


def _costs(table: str) -> dict[frozenset[str], float]:
    return {frozenset(sounds): float(cost) for sounds, cost in _pairs(table).items()}


_KNOWN = _pairs("""
希 HI 休 HIU 怀 WAI 约 JO 乔 JO 琼 JON 简 JEN 尤 JU 亚 IA 娅 IA 强 JON 胡 HU 特 T 德 T 斯 S 克 K
格 K 夫 F 弗 F 普 P 布 P 姆 M 尔 R 勒 L 兹 S 茨 S 什 S 奇 J 治 J 伯 P
""")
"""Characters as names use them: 希 is the Hi of Hillary, the vowel of 特 is hardly heard."""


_NEAR = _costs("""
FV 0.1 VW 0.2 FW 0.5 LR 0.15 ST 0.6 JS 0.25 HK 0.4 JK 0.5 MN 0.35 PV 0.4 FP 0.5 FH 0.5
HW 0.4 IJ 0.3 UW 0.1 OW 0.3 JT 0.5 KS 0.7 JR 0.6 HJ 0.5 PT 0.8 KT 0.8 LN 0.6 PW 0.6 RS
0.7
""")
"""What it costs to take one consonant, or one half-vowel, for another."""
_VOWEL_SWAP = _costs("EI 0.1 AE 0.15 OU 0.1 AO 0.15")
_GAP = _costs("H 0.35 R 0.4 W 0.45 J 0.7 T 0.75 E 0.1 I 0.15 U 0.15 A 0.2 O 0.2")
"""What it costs to leave a sound out: r and h at the end of a syllable are not written."""
_GAP_OTHER = 0.9
_WEIGHT = {"vowel": 0.35, "consonant": 1.0}


@lru_cache(maxsize=8192)
def sounds_alike(one: str, other: str) -> float:
    """How alike two words sound, 0 to 1.

    Args:
        one: a word or a part of a name in Latin letters or Chinese characters.
        other: likewise; the scripts may differ.
    """
    return max(_likeness(left, right) for left in _frames(one) for right in _frames(other))


def _frames(word: str) -> tuple[str, ...]:
    """The ways in which a word may sound: the ch of Michael is a k, the th of Heather an s."""
    low = word[:LONGEST].casefold()
    other = low.replace("ch", "k").replace("th", "s")
    return (frame(word), frame(other)) if other != low else (frame(word),)


def _likeness(left: str, right: str) -> float:
    if not left or not right:
        return 0.0
    whole = sum(map(_weight, left + right)) / 2
    return max(0.0, 1.0 - _distance(left, right) / whole)


def consonants(word: str) -> int:
    """The number of consonants that a word sounds with."""
    return sum(c not in _VOWELS for c in frame(word))


def is_han(word: str) -> bool:
    """True when a word has Chinese characters."""
    return any("\u4e00" <= c <= "\u9fff" for c in word)


@lru_cache(maxsize=8192)
def frame(word: str) -> str:
    """The sounds of a word as classes; empty for scripts that are not read."""
    if is_han(word):
        return "".join(map(_syllable, simplified_characters(word[:LONGEST])))
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", word[:LONGEST].casefold()) if c.isascii()
    )
    if not plain.isascii() or len(plain) < 0.5 * len(word[:LONGEST]):
        return ""
    plain = _HARD_NG.sub("nk", plain)
    classes = "".join(_CLASS[m[0]] for m in _FRAME.finditer(plain))
    classes = re.sub(r"(.)\1+", r"\1", classes)
    # The last e is mute in English and French.
    return (
        classes[:-1] if plain.endswith("e") and len(classes) > 3 and classes[-1] == "E" else classes
    )


@cache
def _syllable(char: str) -> str:
    if char in _KNOWN:
        return _KNOWN[char]
    said = reading(char)
    start = next((i for i in ("zh", "ch", "sh") if said.startswith(i)), said[:1])
    if start not in _PINYIN_INITIALS:
        return _PINYIN_FINALS.get(said, said[:1].upper())
    final = said[len(start) :]
    sound = _PINYIN_INITIALS[start] + _PINYIN_FINALS.get(final, final[:1].upper())
    return re.sub(r"(.)\1+", r"\1", sound)


@cache
def _weight(sound: str) -> float:
    return _WEIGHT["vowel"] if sound in _VOWELS else _WEIGHT["consonant"]


def _distance(left: str, right: str) -> float:
    gaps = [_gap(c) for c in right]
    previous = list(accumulate(gaps, initial=0.0))
    for a in left:
        lost = _gap(a)
        here = previous[0] + lost
        row = [here]
        for j, b in enumerate(right):
            here = min(previous[j] + _swap(a, b), previous[j + 1] + lost, here + gaps[j])
            row.append(here)
        previous = row
    return previous[-1]


@cache
def _gap(sound: str) -> float:
    return _GAP.get(frozenset(sound), _GAP_OTHER)


@cache
def _swap(a: str, b: str) -> float:
    if a == b:
        return 0.0
    pair = frozenset((a, b))
    if a in _VOWELS and b in _VOWELS:
        return _VOWEL_SWAP.get(pair, 0.25)
    return _NEAR.get(pair, 1.0 if a not in _VOWELS and b not in _VOWELS else 1.2)
