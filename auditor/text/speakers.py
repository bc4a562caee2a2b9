"""Who says it: the names that stand beside a word of saying, as in "said Horn" and 霍恩表示."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from auditor.core import Fact
from auditor.lang import load
from auditor.text.chinese import simplified_characters
from auditor.text.chinese_words import is_word
from auditor.text.matching import PLAIN, Comparison, Conflict, Stated
from auditor.text.name_matching import alike
from auditor.text.names import NAME, find_names, parts, transcribing
from auditor.text.said import telling_words, words_of

SPEAKER = "speaker"
_LOOK = 120
"""Characters beside a name in which its verb may stand."""
_APPOSITION = r"(?:,\s[^.;:!?«»“”\"]{2,100})?"
"""Horn|, head of the office in Vellano, Pratania,| said."""
_OWNER = re.compile(
    r"(?<!\w)(?:of|de|du|des|di|del|della|dello|dei|degli|for|pour|per|in|à|at)\s(?:the\s|la\s)?\Z"
    r"|[dl][’']\Z",
    re.IGNORECASE,
)
"""Before a name that somebody works for or lives in."""
_TITLE = r"(?:(?!(?:{stop})(?!\w))[\w’'.\-]+\s+){{0,5}}"
"""said |the retired colonel| Horn; not said |that| Horn."""


def find_speakers(text: str, lang: str) -> tuple[Fact, ...]:
    """The names to which a text gives what is said, in order of their words of saying.

    Args:
        text: a sentence or so.
        lang: BCP 47 tag; without data for its verbs nothing is found.

    Returns:
        One fact for each word of saying: the name beside it, or the first of a group with the
        others as alternatives ("Horn, of the office in Vellano, said"). Where no name stands
        beside it, the value is empty and the place that of the word.
    """
    telling = _telling(lang)
    if not knows_speakers(lang) or (telling and words_of(text).isdisjoint(telling)):
        return ()
    unspaced = load(lang, "quotation").get("unspaced")
    named: dict[int, list[Fact]] = {}
    for verb, name in _han(text, lang) if unspaced else _latin(text, lang):
        named.setdefault(verb, []).append(name)
    plain = simplified_characters(text) if unspaced else text
    return tuple(
        _speaker(named.get(m.start(), ()), m.span()) for m in _patterns(lang)[2].finditer(plain)
    )


def _speaker(names: Sequence[Fact], verb: tuple[int, int]) -> Fact:
    # "the head of Horn's office, Marin, said": what belongs to another name does not speak.
    speaker = next((name for name in names if name.hard), None)
    if speaker is None:
        return Fact(SPEAKER, "", *verb)
    others = tuple(name.value for name in names if name is not speaker)
    return Fact(SPEAKER, speaker.value, speaker.start, speaker.end, alternatives=others)


def knows_speakers(lang: str) -> bool:
    """True when the verbs by which a language says who says it are known."""
    return bool(load(lang, "quotation").get("verbs"))


def speaker_conflicts(
    left: Stated, right: Stated, _kinds: Sequence[str] = (), _how: Comparison = PLAIN
) -> tuple[Conflict, ...]:
    """The speaker of each of two texts, when they cannot be the same person.

    Only where each text has one word of saying, with a name beside it: a speaker who is a pronoun
    or an office on one side is no conflict, and of two nobody knows who answers to whom.
    """
    ours, theirs = ([f for f in side.facts if f.kind == SPEAKER] for side in (left, right))
    if len(ours) != 1 or len(theirs) != 1 or not (ours[0].value and theirs[0].value):
        return ()
    return () if may_be(ours[0], theirs[0]) else (Conflict(ours[0], theirs[0]),)


def may_be(one: Fact, other: Fact) -> bool:
    """True when two names may be of one person: they share a part, by form or by sound."""
    left, right = ([p for name in f.readings for p in parts(name)] for f in (one, other))
    return any(alike(p, q) for p in left for q in right)


def _latin(text: str, lang: str) -> Iterator[tuple[int, Fact]]:
    """Each name with the place of its word of saying."""
    behind, before, _ = _patterns(lang)
    for name in find_names(text, lang):
        if not name.value or name.value.isupper():
            continue  # an acronym is another one in each language
        begin = max(0, name.start - _LOOK)
        after = behind.match(text, name.end, name.end + _LOOK)
        led = None if after else before.search(text[begin : name.start])
        if after:
            belongs = _OWNER.search(text, begin, name.start)
            yield after.start("verb"), replace(name, hard=not belongs)
        elif led:
            yield begin + led.start(led.lastgroup or 0), replace(name, hard=True)


def _han(text: str, lang: str) -> Iterator[tuple[int, Fact]]:
    plain = simplified_characters(text)
    named = {f.end: f for f in find_names(text, lang) if f.value}
    sounds = transcribing()
    told = tuple(load(lang, "quotation").get("told_to", ()))
    for m in _patterns(lang)[0].finditer(plain):
        start = end = m.start()
        while start > 0 and plain[start - 1] in sounds:
            start -= 1
        if end in named:
            name = replace(named[end], hard=True)
        elif end - start > _SHORTEST or (
            end - start == _SHORTEST and not is_word(plain[start:end])
        ):
            name = Fact(NAME, plain[start:end], start, end)
        else:
            continue
        if not plain.endswith(told, 0, name.start):
            yield m.start("verb"), name


_SHORTEST = 2
"""Characters of a transcribed surname: of one alone nobody can tell, and many words have two."""


@cache
def _telling(lang: str) -> frozenset[str] | None:
    """The words without which nobody says anything; None where words do not stand apart."""
    known = load(lang, "quotation")
    said = [*known.get("verbs", ()), *known.get("by", ())]
    return None if known.get("unspaced") else telling_words(said)


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands behind a name that speaks, what stands before one, and the words alone."""
    known = load(lang, "quotation")
    never = known.get("never", ())
    verbs = rf"{f'(?!{_any(never)})' if never else ''}(?:{_any(known['verbs'])})"
    between = _any(known.get("between", ()))
    if known.get("unspaced"):
        titles = _any(load(lang, "names").get("titles", ()))
        behind = rf"(?:{titles})?(?:{between})?(?P<verb>{verbs})"
        return re.compile(behind), re.compile("(?!)"), re.compile(verbs)
    between = rf"(?:(?:{between})\s+){{0,3}}"
    by = rf"(?:{_any(known['by'])})(?!\w)"
    title = _TITLE.format(stop=_any(known["stop"]))
    behind = rf"{_APPOSITION},?\s+{between}(?P<verb>{verbs})(?!\w)"
    # “…,” said Horn; « … », a déclaré Horn; selon Horn
    told = rf"[,»”\"’!?…]\s*{between}(?P<verb>{verbs})"
    before = rf"(?:{told}|(?<!\w)(?P<by>{by}))\s+{title}\Z"
    alone = rf"(?<!\w)(?:{verbs}|{by})(?!\w)"
    return (
        re.compile(behind, re.IGNORECASE),
        re.compile(before, re.IGNORECASE),
        re.compile(alone, re.IGNORECASE),
    )


def _any(words: Sequence[str]) -> str:
    listed = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(w).replace(r"\ ", r"\s") for w in listed)
