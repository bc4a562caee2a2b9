"""Finds letters of one script inside words of another that look the same.

`pаypal` with a Cyrillic `а` reads as the name and is none: search and filters do not know it. A
word in two scripts is nothing by itself (`iPhone’ом`, `TGFβ`, `5 µm`): every letter of the
strange script must have a double in the other one, and the word written in one script must be a
word.

Source: the letters of UTS #39 (confusables) that are doubles in common fonts, chosen by hand;
word frequencies from wordfreq.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from auditor.lang import base
from auditor.text.frequencies import all_words, common_words
from auditor.text.junction import fold

CYRILLIC = {
    **dict(zip("АВЕЅІЈКМНОРСТУХҮаеѕіјорсухԁԛԝһ", "ABESIJKMHOPCTYXYaesijopcyxdqwh", strict=True)),
    "ё": "ë",
    "Ё": "Ë",
    "ї": "ï",
    "Ї": "Ï",
}
GREEK = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϳν", "ABEZHIKMNOPTYXojv", strict=True))
_OTHERS = {
    # Latin letters of phonetics and Cherokee that pass for plain ones.
    "ɑ": "a", "ɡ": "g", "ɩ": "i", "ո": "n", "օ": "o", "ѵ": "v", "Ꭰ": "D", "Ꭱ": "R",
    "Ꮪ": "S", "Ꮤ": "W", "Ꮇ": "M", "Ꮃ": "W", "Ꮯ": "C", "Ꮲ": "P", "Ꭲ": "T",
}  # fmt: skip
_TO_LATIN = {**CYRILLIC, **GREEK, **_OTHERS}
_TO_CYRILLIC = {latin: own for own, latin in CYRILLIC.items() if own not in "ЅЈҮѕјԁԛԝһ"}
_TO_GREEK = {latin: own for own, latin in GREEK.items() if own != "ϳ"}
_KANA = dict(zip("ニロカトハタエー", "二口力卜八夕工一", strict=True))
SHORTEST = 3
"""Letters of a word in which a stranger is looked for: `Δt` and `πr` are formulas."""
LONGEST = 60
SHORTEST_WHOLE = 4
"""Letters of a word wholly in look-alikes: `СССР` cited in Latin text is Cyrillic."""
COMMON = 1e-6
_WORD = re.compile(rf"[^\W\d_]{{{SHORTEST},{LONGEST}}}")
_HAN = "[\u4e00-\u9fff]"
_KANA_BESIDE = re.compile(f"(?<={_HAN})[{''.join(_KANA)}]|[{''.join(_KANA)}](?={_HAN})")
_ANY_KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9f]")
_STRANGE = re.compile(f"[{re.escape(''.join(_TO_LATIN))}]")


@dataclass(frozen=True, slots=True)
class Disguise:
    """A word with letters of another script in it.

    Attributes:
        start: first code point in the searched text.
        end: one past its last.
        repair: the word in one script.
        strangers: names of the strange letters, each once.
        known: the repaired word is a word of the language or of English.
    """

    start: int
    end: int
    repair: str
    strangers: tuple[str, ...]
    known: bool


def find_disguises(text: str, lang: str) -> Iterator[Disguise]:
    """Yields the words of a text that are written in two scripts and look like one.

    Args:
        text: a paragraph, normalised.
        lang: its BCP 47 tag.
    """
    if base(lang) == "zh":
        yield from _kana(text)
    if text.isascii() or not (_STRANGE.search(text)):
        return
    genuine: bool | None = None
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii():
            continue
        scripts = {_script(char) for char in word}
        repair, strangers = _in_one_script(word, scripts)
        if not repair:
            continue
        known = _is_known(repair, lang)
        if len(scripts) == 1:
            # A whole word of doubles: only where it is a word here, and no Cyrillic is cited.
            if not known or len(word) < SHORTEST_WHOLE or _script(word[0]) == _own(lang):
                continue
            genuine = _cites(text) if genuine is None else genuine
            if genuine:
                continue
        names = tuple(dict.fromkeys(unicodedata.name(char, "?") for char in strangers))
        yield Disguise(*match.span(), repair, names[:3], known)


def _in_one_script(word: str, scripts: set[str]) -> tuple[str, str]:
    """The word in the script of most of its letters, and the letters that were strange."""
    if scripts in ({"LATIN", "CYRILLIC"}, {"LATIN", "GREEK"}):
        foreign = "CYRILLIC" if "CYRILLIC" in scripts else "GREEK"
        own = sum(_script(char) == foreign for char in word)
        back = _TO_CYRILLIC if foreign == "CYRILLIC" else _TO_GREEK
        ways = [("LATIN", back), (foreign, _TO_LATIN)]
        # The fewer strangers, the likelier; where one way does not work the other may.
        for strange, table in ways if own * 2 > len(word) else ways[::-1]:
            letters = [char for char in word if _script(char) == strange]
            if all(char in table for char in letters):
                repair = "".join(table[char] if _script(char) == strange else char for char in word)
                return repair, "".join(letters)
        return "", ""
    if scripts in ({"CYRILLIC"}, {"GREEK"}) or any(char in _OTHERS for char in word):
        strangers = [char for char in word if char in _TO_LATIN]
        whole = all(char in _TO_LATIN or _script(char) == "LATIN" for char in word)
        if whole and strangers:
            return "".join(_TO_LATIN.get(char, char) for char in word), "".join(strangers)
    return "", ""


def _is_known(word: str, lang: str) -> bool:
    low = word.lower()
    return any(
        low in common_words(tag) or low in all_words(tag)
        for tag in dict.fromkeys((base(lang), "en"))
    )


def _cites(text: str) -> bool:
    """True when a paragraph holds Cyrillic or Greek that is no disguise."""
    return any(
        _script(char) in ("CYRILLIC", "GREEK") and char not in _TO_LATIN
        for char in text
        if not char.isascii() and char.isalpha()
    )


def _own(lang: str) -> str:
    tag = base(lang)
    if tag in ("ru", "uk", "bg", "mk", "sr", "be", "kk", "ky", "mn", "tg"):
        return "CYRILLIC"
    return "GREEK" if tag == "el" else "LATIN"


@cache
def _script(char: str) -> str:
    """The script of a letter by its name; accents and other marks go with any."""
    return unicodedata.name(char, "? ").split(" ", 1)[0]


def _kana(text: str) -> Iterator[Disguise]:
    """Katakana for the Chinese character that looks the same: `人ロ` for 人口."""
    matches = list(_KANA_BESIDE.finditer(text))
    if not matches or len(_ANY_KANA.findall(text)) > len(matches):
        return
    words = common_words("zh")
    for match in matches:
        at, char = match.start(), _KANA[match[0]]
        for start, end in ((at - 1, at + 1), (at, at + 2)):
            word = text[max(0, start) : at] + char + text[at + 1 : end]
            if len(word) == 2 and words.get(fold(word, "zh"), 0.0) >= COMMON:
                yield Disguise(at, at + 1, char, (unicodedata.name(match[0]),), known=True)
                break
