"""Finds names of persons, organisations and things, in Latin letters and in Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from auditor.core import Fact
from auditor.lang import base, load
from auditor.text.chinese import simplified_characters
from auditor.text.chinese_words import is_word
from auditor.text.frequencies import common_words
from auditor.text.places import find_places

NAME = "name"
KEPT = 1024
"""Texts whose names are remembered: a passage and its neighbours ask again and again."""
DOTS = "·‧•．・"
"""What stands between the parts of a foreign name: 约翰·肯尼迪, 約翰‧德默斯."""

_LETTER = r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]"
WORD = re.compile(rf"{_LETTER}+(?:['’\-\N{{HYPHEN}}]{_LETTER}+)*")
# Only what may begin a name: reading the words in small letters was most of the cost. The capital
# comes first in the pattern, so that the search may skip to it; then no letter stands before it.
_CAPITALISED = re.compile(
    rf"[A-ZÀ-ÖØ-ÞĀ-ɎḀ-Ỿ](?<![A-Za-zÀ-ɏḀ-ỿ].){_LETTER}*"
    rf"(?:['’\-\N{{HYPHEN}}]{_LETTER}+)*"
)
_ELISION = re.compile(
    r"(?:[ldjcnsmtLDJCNSMT]|qu|Qu|[dnsaDNSA]ell|[aA]ll|[sS]ull|[uU]n|lorsqu|puisqu)['’]"
)
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_PARTICLES = frozenset(
    ("de", "da", "di", "del", "della", "dello", "du", "dos", "das", "der", "den", "van", "von")
).union(("zu", "bin", "ibn", "al", "el", "la", "le", "ter", "ten", "y"))
# "Mike Pence", "J. Harper", "Ludwig van der Meer"
_SPACE = r"[ \N{NO-BREAK SPACE}]"
_GAP = re.compile(rf"\.?{_SPACE}(?:(?:{'|'.join(sorted(_PARTICLES))}){_SPACE}){{0,2}}")
_LONGEST_RUN = 8
"""Words of one name: more in a row is a headline."""
_LONGEST_WORD = 40

# No name has these, and they join it to what stands beside it: 约翰·肯尼迪和林赛·格雷厄姆.
_HAN = "(?:(?![和与與及跟或的是在由对對被说說称稱])[\u4e00-\u9fff]){1,8}"
_BETWEEN_PARTS = re.compile(rf"[{DOTS}\s\-\N{{HYPHEN}}]+")
_DOTTED = re.compile(rf"{_HAN}(?:[{DOTS}]{_HAN})+")
_GLOSS = re.compile(r"[\u4e00-\u9fff]{0,2}[》」』”]?\s?[（(]\s?([^()（）]{3,60})[)）]")

RARE = 2e-6
"""A word below this frequency is hardly a common word of its language."""
_SURE_RATIO = 0.1
_SHORTEST_ALONE = 4
_LONG_NOUN = 8
"""Letters from which an ending tells a noun: Hartung and Aung are names."""
_NAME_RATIO = 0.04
"""Names are used in all languages alike; "officers" is not used in French at all."""
_UNLISTED = 3e-7
_COMPARED = ("de", "en", "es", "fr", "it")


@lru_cache(maxsize=KEPT)
def find_names(text: str, lang: str) -> tuple[Fact, ...]:
    """The names in a text, in order; the value is the name as it stands.

    Args:
        text: one segment.
        lang: BCP 47 tag.

    Returns:
        Runs of capitalised words in Latin letters, without possessives and elided articles, and
        in Chinese the foreign names with dots between the parts.
    """
    found = list(_latin(text, lang))
    if base(lang) == "zh":
        found += _dotted(text)
    return tuple(sorted(found, key=lambda f: f.start))


@lru_cache(maxsize=1 << 14)  # every word of a text may be one
def parts(name: str) -> tuple[str, ...]:
    """The words of a name: of `Jean-Luc Martin` three, of `约翰·肯尼迪` two."""
    return tuple(p for p in _BETWEEN_PARTS.split(name) if p)


@cache
def folded(word: str) -> str:
    """A word without case and accents, with plain apostrophes."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def is_like_a_name(word: str, lang: str) -> bool:
    """True when a capitalised word is more probably a name than a word of its language.

    Args:
        word: without elision or possessive.
        lang: BCP 47 tag of the text.
    """
    return _name_rate(word, lang, 1) >= _NAME_RATIO


@lru_cache(maxsize=65536)
def _name_rate(word: str, lang: str, rank: int) -> float:
    """How frequent a word is elsewhere, compared with its own language.

    Args:
        word: in any case.
        lang: BCP 47 tag of its text.
        rank: 0 for the language that uses it least; 1 for the next: "police" is as common in
            French as in English, but not in Italian.
    """
    low = word.casefold()
    own = common_words(lang).get(low, 0.0)
    if own <= RARE:
        return 1.0
    rates = sorted(common_words(tag).get(low, _UNLISTED) for tag in _COMPARED if tag != base(lang))
    return rates[rank] / own


def _latin(text: str, lang: str) -> Iterator[Fact]:
    run: list[tuple[int, int]] = []
    for start, end in _capitalised(text, lang):
        joined = run and len(run) < _LONGEST_RUN and _GAP.fullmatch(text, run[-1][1], start)
        if run and not joined:
            yield from _run(text, run, lang)
            run = []
        run.append((start, end))
    if run:
        yield from _run(text, run, lang)


def _capitalised(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """The words that are written like a name, as ranges, without elision and possessive."""
    english = base(lang) == "en"
    for m in _CAPITALISED.finditer(text):
        start, end = m.span()
        if "'" in m[0] or "’" in m[0]:
            elided = _ELISION.match(text, start, end)
            start = elided.end() if elided and elided.end() < end else start
            if english and (tail := _POSSESSIVE.search(text, start, end)):
                end = tail.start()
        if 1 < end - start <= _LONGEST_WORD and text[start].isupper():
            yield start, end


def _run(text: str, run: Sequence[tuple[int, int]], lang: str) -> Iterator[Fact]:
    """The name that a run of words makes: without titles, offices and particles at its ends."""
    words = [(a, b, text[a:b]) for a, b in run]
    known = titles(lang)
    if len(words) == 1:
        # Most runs are the first word of a sentence.
        start, end, word = words[0]
        titled = word.casefold() in known
        if titled or is_like_a_name(word, lang):
            # Die Skythen, die Rettungsboote: German writes every noun like a name.
            hard = not capital_nouns(lang) and (titled or _stands_alone(text, words[0], lang))
            value = "" if word.casefold() in _PARTICLES else word
            yield Fact(NAME, value, start, end, hard=hard)
        return
    last = max((i for i, w in enumerate(words) if w[2].casefold() in known), default=-1)
    if last < len(words) - 1:
        words = words[last + 1 :]
    # "Die Torhüterin Maria Weber": what she is stands before her name.
    nouns = [i for i, w in enumerate(words[:-1]) if _is_noun(w[2], lang)]
    words = words[nouns[-1] + 1 if nouns else 0 :]
    like = [is_like_a_name(w, lang) for _, _, w in words]
    # "Mrs May": behind a title a word is a name whatever else it may be.
    if like and last >= 0:
        like[0] = True
    if any(like):
        first, stop = like.index(True), len(like) - like[::-1].index(True)
        kept = [w for _, _, w in words[first:stop] if w.casefold() not in _PARTICLES]
        several = sum(like[first:stop]) > 1
        titled = last >= 0 or _stands_alone(text, words[first], lang)
        # "König der Belgier": not even behind a title is one noun a name there.
        hard = several or (titled and not capital_nouns(lang))
        yield Fact(NAME, " ".join(kept), words[first][0], words[stop - 1][1], hard=hard)


def _stands_alone(text: str, word: tuple[int, int, str], lang: str) -> bool:
    """True when one word is surely a name: "Obama", not "Navy", "AI" or what opens a sentence."""
    start, _, name = word
    if base(lang) in {"zh", "ja", "ko", "th"}:
        return False  # what stands in Latin letters there is a brand: Zoom
    before = text[max(0, start - 3) : start].rstrip(" \N{NO-BREAK SPACE}«“\"'‘(—–-")
    if len(name) < _SHORTEST_ALONE or not name[1:].islower() or not before or before[-1] in ".!?:":
        return False
    return _name_rate(name, lang, 0) >= _SURE_RATIO and not find_places(name, lang)


def capital_nouns(lang: str) -> bool:
    """True for a language that writes every noun with a capital, as it writes names."""
    return bool(load(lang, "names").get("capital_nouns"))


def _is_noun(word: str, lang: str) -> bool:
    """True for a word that ends like a noun and no name: Torhüterin, Verwaltung."""
    endings = tuple(load(lang, "names").get("noun_endings", ()))
    return len(word) >= _LONG_NOUN and word.endswith(endings)


@cache
def titles(lang: str) -> frozenset[str]:
    """What may stand before a name in a language; English titles stand in any."""
    return frozenset(load(lang, "names").get("titles", ())) | frozenset(
        load("en", "names").get("titles", ())
    )


def _dotted(text: str) -> Iterator[Fact]:
    """Foreign names in Chinese, cut where the characters are none that transcribe sounds."""
    sounds, behind = transcribing(), tuple(load("zh", "names").get("titles", ()))
    for m in _DOTTED.finditer(text):
        plain = simplified_characters(m[0])
        dots = [i for i, c in enumerate(plain) if c in DOTS]
        first, last = dots[0] - 1, dots[-1] + 2
        while first > 0 and plain[first - 1] in sounds:
            first -= 1
        while last < len(plain) and plain[last] in sounds and not plain.startswith(behind, last):
            last += 1
        # 主席|蘿拉: what makes a word with its neighbour outside is no part of the name.
        if 0 < first < dots[0] - 1 and is_word(plain[first - 1 : first + 1]):
            first += 1
        if dots[-1] + 2 < last < len(plain) and is_word(plain[last - 1 : last + 1]):
            last -= 1
        # Where the name ends is a guess: what it may be as well excuses it. Before a full stop or a
        # bracket it ends for certain, but for a word such as 佩林|表示.
        sure = last == len(plain) and not is_word(plain[last - 2 : last])
        ends = (0,) if sure else (-1, 0, 1, 2)
        others = {plain[max(0, first - i) : last + j] for i in (0, 1) for j in ends}
        others -= {plain[first:last], ""}
        kept = sorted(o for o in others if o[-1] not in DOTS)
        yield Fact(
            NAME, plain[first:last], m.start() + first, m.start() + last, alternatives=tuple(kept)
        )


def glosses(text: str, lang: str) -> Iterator[tuple[Fact, Fact]]:
    """The foreign names in Chinese that are followed by their original: 約翰·戴利 (John Daley).

    Args:
        text: one segment.
        lang: BCP 47 tag.
    """
    if base(lang) != "zh" or ("(" not in text and "（" not in text):
        return
    for fact in _dotted(text):
        m = _GLOSS.match(text, fact.end)
        words = " ".join(w[0] for w in WORD.finditer(m[1]) if w[0][0].isupper()) if m else ""
        if m and words and not any("\u4e00" <= c <= "\u9fff" for c in words):
            yield fact, Fact(NAME, words, *m.span(1))


@cache
def transcribing() -> frozenset[str]:
    """The simplified characters that stand for sounds in foreign names."""
    data: Mapping[str, str] = load("zh", "names")
    return frozenset(data.get("sounds", ""))
