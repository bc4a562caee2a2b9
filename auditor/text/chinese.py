"""Traditional or simplified Chinese: which one a text is, and which characters do not belong.

A character counts as evidence only when it cannot be written in the other script.
里, 群, 台, 秘 and 后 are simplified forms that are also at home in traditional text, so
that OpenCC's conversion alone would flag every clean article. What may be written is
taken from the national character sets: Big5 level 1 holds the 5,401 characters that
Taiwan calls common, GB 2312 the 6,763 of the mainland.

Source: OpenCC dictionaries; Big5 (1984) and GB/T 2312-1980 as Python's codecs have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from auditor.lang import base

# Level 1 of Big5 ends before C6A1; 体 (ben, now only "body" simplified) is level 2: CAD8.
_BIG5_LEVEL_1 = range(0xA440, 0xC67F)
# CJK Unified Ideographs and extension A: later ones are too rare to tell anything.
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


@dataclass(frozen=True, slots=True)
class Variant:
    """Which Chinese a text is written in, and on what evidence.

    Attributes:
        lang: `zh-Hant`, `zh-Hans`, or `zh` when nothing tells.
        traditional_count: characters that no simplified text has.
        simplified_count: characters that no traditional text has.
    """

    lang: str
    traditional_count: int
    simplified_count: int


@cache
def simplified_only() -> Mapping[str, str]:
    """Characters that traditional text never has, each with its traditional form.

    Left out, for instance: 里 (裏, but also "mile"), 后 (後, but also "empress"), 台, 群.
    """
    return MappingProxyType(
        {char: form for char, form in _changed("s2t") if not _in_big5_level_1(char)}
    )


@cache
def traditional_only() -> Mapping[str, str]:
    """Characters that simplified text never has, each with its simplified form.

    Left out: 乾 (乾坤) and 瞭, which GB 2312 keeps.
    """
    return MappingProxyType({char: form for char, form in _changed("t2s") if not _in_gb2312(char)})


def variant(text: str) -> Variant:
    """Which Chinese a text is written in, by counting characters that only one script has.

    Args:
        text: any text; what is not Chinese is ignored.

    Returns:
        The script with more evidence; `zh` when there is none or it is equal.
    """
    traditional, simplified = traditional_only(), simplified_only()
    hant = sum(char in traditional for char in text)
    hans = sum(char in simplified for char in text)
    lang = "zh" if hant == hans else "zh-Hant" if hant > hans else "zh-Hans"
    return Variant(lang, hant, hans)


def exclusive_simplified(text: str) -> list[tuple[int, str, str]]:
    """The characters of a text that cannot stand in traditional Chinese.

    Args:
        text: text that should be traditional.

    Returns:
        For each: its position, the character, and its traditional form as Taiwan writes it.
    """
    table = simplified_only()
    return [(at, char, table[char]) for at, char in enumerate(text) if char in table]


def exclusive_traditional(text: str) -> list[tuple[int, str, str]]:
    """The characters of a text that cannot stand in simplified Chinese.

    Args:
        text: text that should be simplified.

    Returns:
        For each: its position, the character, and its simplified form.
    """
    table = traditional_only()
    return [(at, char, table[char]) for at, char in enumerate(text) if char in table]


def to_simplified_phrases(text: str, lang: str) -> str:
    """Chinese as the encoder knows it best: simplified, with the mainland's words.

    It rewrites words (簡報 becomes 演示文稿) and so changes lengths: for vectors only, never
    for facts, quotes or positions.

    Args:
        text: any text.
        lang: its BCP 47 tag; only traditional Chinese is changed.

    Returns:
        The text converted with OpenCC's `tw2sp` (`hk2s` for Hong Kong and Macao), or as it is.
    """
    if base(lang) != "zh" or not is_traditional(lang):
        return text
    region = lang.rsplit("-", 1)[-1].upper()
    return _simplified(text, "hk2s" if region in {"HK", "MO"} else "tw2sp")


@lru_cache(maxsize=1 << 12)
def _simplified(text: str, conversion: str) -> str:
    return str(_converter(conversion).convert(text))


def to_script(text: str, lang: str) -> str:
    """Simplified words in the script of a version: traditional as its region writes it, or kept."""
    if base(lang) != "zh" or not is_traditional(lang):
        return text
    region = lang.rsplit("-", 1)[-1].upper()
    return str(_converter("s2hk" if region in {"HK", "MO"} else "s2tw").convert(text))


def is_traditional(lang: str) -> bool:
    """True for tags of traditional Chinese: `zh-Hant`, `zh-TW`, `zh-Hant-HK`, `zh-MO`."""
    parts = {part.casefold() for part in lang.split("-")[1:]}
    return "hant" in parts or ("hans" not in parts and bool(parts & {"tw", "hk", "mo"}))


@lru_cache(maxsize=4096)  # every finder of names asks for the same sentence
def simplified_characters(text: str) -> str:
    """A text of the same length in simplified characters: for tables of names, at a glance.

    Character by character, without the words that OpenCC knows: 乾坤 becomes 干坤.
    """
    return text.translate(_simplified_table())


@cache
def _simplified_table() -> Mapping[int, str]:
    return {ord(char): form for char, form in _changed("t2s") if len(form) == 1}


@cache
def _converter(name: str) -> Any:
    """An OpenCC converter, loaded once: it costs .2 s."""
    import opencc

    return opencc.OpenCC(name)


def _changed(conversion: str) -> list[tuple[str, str]]:
    """Every Han character that a conversion changes, with what it becomes.

    The forms are those readers know: OpenCC's own traditional standard has 羣 and 裏 where
    Taiwan writes 群 and 裡.
    """
    chars = [chr(code) for block in _HAN for code in block]
    forms = _each(conversion, chars)
    taiwan, hong_kong = (
        (_each("t2tw", forms), _each("t2hk", forms)) if conversion == "s2t" else (forms, forms)
    )
    return [
        (char, tw)
        for char, form, tw, hk in zip(chars, forms, taiwan, hong_kong, strict=True)
        if char not in (form, tw, hk)
    ]


def _each(conversion: str, chars: list[str]) -> list[str]:
    """Each character converted by itself: a line end keeps neighbours from being a word."""
    converted: str = _converter(conversion).convert("\n".join(chars))
    return converted.split("\n")


def _in_big5_level_1(char: str) -> bool:
    try:
        return int.from_bytes(char.encode("big5")) in _BIG5_LEVEL_1
    except UnicodeEncodeError:
        return False


def _in_gb2312(char: str) -> bool:
    try:
        return len(char.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False
