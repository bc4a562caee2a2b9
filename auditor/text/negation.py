"""Words that deny: not, never, without, ne ... pas, 不; and those that deny by what they mean.

A phrase in which such a word denies nothing ("not only", 不仅) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from auditor.lang import base, load
from auditor.text.frequencies import common_words
from auditor.text.opposites import folded

_LETTER = r"[^\W\d_]"
_BEGINNING = r"\b(?=\w)"
_ROOT = 3
"""Letters that are left of a word without its denying affix: unable, but not `under`."""
_TOGETHER = 40
"""Code points between the two words of one denial: "ne l’a malheureusement pas"."""
_UNSPACED = frozenset(("zh", "ja", "ko", "th"))
MAX_FOUND = 100
"""Of one segment."""
_REACH = 30
_MOST_WORDS = 200
MAX_PLACES = 30
"""Where a denial may be tried in one sentence."""


@dataclass(frozen=True, slots=True)
class Negation:
    """A denial, of one word or of two that belong together.

    Attributes:
        parts: start and end of each word.
        soft: True for what denies by its meaning (refuse, lack, unable) and may be no denial.
    """

    parts: tuple[tuple[int, int], ...]
    soft: bool

    @property
    def start(self) -> int:
        """First code point."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.parts[-1][1]


def find_negations(text: str, lang: str) -> tuple[Negation, ...]:
    """What denies in a text, in order; empty for a language of which nothing is known.

    Args:
        text: a sentence or so.
        lang: BCP 47 tag.
    """
    if not knows_negation(lang):
        return ()
    plain = folded(text, lang)
    return tuple(islice(_joined(_single(plain, base(lang)), plain, _known(lang)), MAX_FOUND))


def knows_negation(lang: str) -> bool:
    """True when the denying words of the language are known."""
    return bool(_known(lang))


def affirmed(text: str, lang: str, negation: Negation) -> tuple[int, int, str]:
    """What a sentence says without a denial: the stretch to replace, and its replacement."""
    words: Mapping[str, str] = _known(lang).get("affirmed", {})
    plain = folded(text, lang)
    start, end = negation.start, negation.end
    if len(negation.parts) == 1:
        word = plain[start:end]
        kept = words.get(word, text[start : end - 3] if word.endswith("n’t") else "")
    else:
        kept = text[negation.parts[0][1] : negation.parts[1][0]].strip()
    if not kept and base(lang) not in _UNSPACED and text[end : end + 1] == " ":
        end += 1
    return start, end, kept


def denials(text: str, lang: str) -> Iterator[tuple[int, int, str]]:
    """The words of a sentence with the denial that they may have lost: `est` as `ne est pas`.

    Where it has words that usually bear one (auxiliaries), only those.
    """
    known = _known(lang)
    plain = folded(text, lang)
    places = list(islice(_places(text, lang), _MOST_WORDS))
    hosts = [p for p in places if plain[slice(*p)] in known.get("hosts", ())]
    for start, end in (hosts or places)[:MAX_PLACES]:
        for template in known.get("denied", ()):
            yield start, end, template.replace("{}", text[start:end])


def with_its_word(text: str, lang: str, negation: Negation) -> int:
    """Where the word ends that a denial of one word belongs to: `non è`, 不会."""
    if len(negation.parts) > 1:
        return negation.end
    for start, end in _places(text[: negation.end + _REACH], lang):
        if end > negation.end and start - negation.end <= 1:
            return end
    return negation.end


def _places(text: str, lang: str) -> Iterator[tuple[int, int]]:
    if base(lang) != "zh":
        yield from (m.span() for m in re.finditer(rf"{_LETTER}+", text))
        return
    from auditor.text.chinese_words import segment

    for run in re.finditer("[\u3400-\u9fff]{1,400}", folded(text, lang)):
        start = run.start()
        for word in segment(run.group())[1]:
            yield start, start + len(word)
            start += len(word)


def _joined(found: Iterator[Negation], plain: str, known: Mapping[str, Any]) -> Iterator[Negation]:
    """The denials with those of two words as one."""
    together: Mapping[str, Sequence[str]] = known.get("together", {})
    open_: Negation | None = None
    for negation in found:
        word = plain[negation.start : negation.end]
        if open_ is not None:
            second = together[plain[open_.start : open_.end]]
            if word in second and negation.start - open_.end <= _TOGETHER:
                yield Negation(open_.parts + negation.parts, soft=False)
                open_ = None
                continue
            yield open_
            open_ = None
        if word in together:
            open_ = negation
        elif not (word in _seconds(known) and negation.soft):
            yield negation
    if open_ is not None:
        yield open_


def _seconds(known: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(w for words in known.get("together", {}).values() for w in words)


def _single(plain: str, lang: str) -> Iterator[Negation]:
    for m in _pattern(lang).finditer(plain):
        if m.lastgroup == "affix" and not _rooted(m.group(), lang):
            continue
        if m.lastgroup != "phrase":
            yield Negation((m.span(),), soft=m.lastgroup != "hard")


def _rooted(word: str, lang: str) -> bool:
    """True when a word is left without its affix: `able` of unable, nothing of `interest`."""
    known, words = _known(lang), common_words(lang)
    for prefix in known["prefixes"]:
        if word.startswith(prefix) and word[len(prefix) :].lstrip("-") in words:
            return len(word) >= len(prefix) + _ROOT
    return any(
        word.endswith(suffix) and word[: -len(suffix)] in words for suffix in known["suffixes"]
    )


@cache
def _known(lang: str) -> Mapping[str, Any]:
    return load(base(lang), "negation")


@cache
def _pattern(lang: str) -> re.Pattern[str]:
    known = _known(lang)
    apart = lang not in _UNSPACED
    seconds = {w for words in known.get("together", {}).values() for w in words}
    soft = [*known["soft"], *sorted(seconds - {*known["words"], *known["soft"]})]
    branches = {"phrase": known["phrases"], "hard": known["words"], "soft": soft}
    parts = [f"(?P<{name}>{_any(words, apart=apart)})" for name, words in branches.items() if words]
    affixes = [
        *(rf"{re.escape(p)}-?{_LETTER}{{{_ROOT},30}}\b" for p in known["prefixes"]),
        *(rf"{_LETTER}{{{_ROOT},30}}{re.escape(s)}\b" for s in known["suffixes"]),
    ]
    if affixes:
        parts.append(f"(?P<affix>{'|'.join(affixes)})")
    # Tried at the beginning of words only, for speed.
    return re.compile(rf"{_BEGINNING if apart else ''}(?:{'|'.join(parts)})")


def _any(words: Sequence[str], *, apart: bool) -> str:
    listed = "|".join(re.escape(w.lower()) for w in sorted(words, key=lambda w: (-len(w), w)))
    # n’ stands before its verb without a space.
    return rf"(?:{listed})(?:(?<=’)|\b)" if apart else f"(?:{listed})"
