"""Words that deny: not, never, without, ne ... pas, 不; and those that deny by what they mean.

A phrase in which such a word denies nothing ("not only", 不仅) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, islice
from types import MappingProxyType
from typing import Any

from auditor.lang import base, load
from auditor.text.frequencies import common_words
from auditor.text.opposites import folded

_LETTER = r"[^\W\d_]"
_WORD = re.compile(r"n’(?=\w)|[^\W\d_]+(?:’t\b)?")
"""n’est is two words, didn’t is one."""
_WORDS = re.compile(f"({_WORD.pattern})")
_ORDINAL = re.compile(r"\.\s?\d")
"""No. 10 denies nothing."""
_HARD, _SOFT, _WEAK, _FIRST = "hard", "soft", "weak", "first"
"""What a word is; `first` begins a phrase and is nothing by itself."""
_COMPARED_WITHIN, _MORE_WITHIN = 6, 2
"""Words after a denial that make it a superlative: "could not have come at a worse time", "no more
beautiful place"; but not "did not respond to requests for more details"."""
_SINCE_WITHIN = 16
"""Words after a denial within which it may only set a time: "have not met since 1962" is "last met
in 1962" elsewhere, and "will not open until May" is "opens in May"."""
_EXPLETIVE_WITHIN = 4
"""Words before a denial that make it an empty one: "finché i soci non hanno pagato"."""
_IDIOM = 3
_OFTEN = frozenset("并从绝决永也都就却而毫尚仍已还更最很若如果因但且是会能再所")
"""Characters before a denial that belong to the clause: 并不, 从未, 也没有."""
_ROOT = 4
"""Letters that are left of a word without its denying affix: unable, but not `under`."""
_TOGETHER = 40
"""Code points between the two words of one denial: "ne l’a malheureusement pas"."""
UNSPACED = frozenset(("zh", "ja", "ko", "th"))
"""Words are not set apart there, or carry their particles."""
MAX_FOUND = 100
"""Of one segment."""
_SHORTEST = 4
"""Letters of a word that is no auxiliary and may yet have lost its denial."""
_AROUND = 6
_HAN_BEFORE, _HAN_AFTER = re.compile("[\u3400-\u9fff]+$"), re.compile("[\u3400-\u9fff]+")
_TOLD_BY_CHANCE = 4.0
"""Nats of mutual information: of 400 denials in sound lines none splits a word that has more, with
还有, 既有 and 但是 at 3.6 at most; nine in ten that were put into a word do."""
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
        weak: True for what seldom does (only, but, until, too): soft as well.
    """

    parts: tuple[tuple[int, int], ...]
    soft: bool
    weak: bool = False

    @property
    def start(self) -> int:
        """First code point."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """One past the last code point."""
        return self.parts[-1][1]


@lru_cache(maxsize=8192)  # as many sentences as `find_dates` remembers: the score asks again
def find_negations(text: str, lang: str) -> tuple[Negation, ...]:
    """What denies in a text, in order; empty for a language of which nothing is known.

    Args:
        text: a sentence or so.
        lang: BCP 47 tag.
    """
    if not knows_negation(lang):
        return ()
    plain, table = folded(text, lang), _table(base(lang))
    single = _unspaced if base(lang) in UNSPACED else _spaced
    found = _joined(single(plain, table), plain, table)
    return tuple(islice((n for n in found if not _is_number(text, lang, n)), MAX_FOUND))


def _is_number(text: str, lang: str, negation: Negation) -> bool:
    """True for the "No." of a number that was cut off with its sentence: "it peaked at No."."""
    start, end = negation.start, negation.end
    return (
        base(lang) == "en"
        and text[start:end] == "No"
        and text[:start].rstrip()[-1:].isalnum()
        and text[end:].rstrip() == "."
    )


def knows_negation(lang: str) -> bool:
    """True when the denying words of the language are known."""
    return bool(_known(lang))


def is_clausal(text: str, lang: str, negation: Negation) -> bool:
    """True when it denies a whole clause: not, ne ... pas, but neither `without` nor `no`."""
    plain = folded(text[negation.start : negation.end], lang)
    return len(negation.parts) > 1 or plain in _known(lang).get("clausal", ())


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
    if not kept and base(lang) not in UNSPACED and text[end : end + 1] == " ":
        end += 1
    return start, end, kept


def denials(text: str, lang: str) -> Iterator[tuple[int, int, str]]:
    """The words of a sentence with the denial that they may have lost: `est` as `ne est pas`.

    Words that usually bear one (auxiliaries) come first.
    """
    least = 1 if base(lang) in UNSPACED else _SHORTEST
    places = list(islice(word_places(text, lang), _MOST_WORDS))
    hosts = [p for p in places if bears_denial(text[slice(*p)], lang)]
    longer = [p for p in places if p not in hosts and p[1] - p[0] >= least]
    for start, end in (hosts + longer)[:MAX_PLACES]:
        for template in _known(lang).get("denied", ()):
            yield start, end, template.replace("{}", text[start:end])


def bears_denial(word: str, lang: str) -> bool:
    """True for an auxiliary or another word that is often denied."""
    return folded(word, lang) in _known(lang).get("hosts", ())


def with_its_word(text: str, lang: str, negation: Negation) -> int:
    """Where the word ends that a denial of one word belongs to: `non è`, 不会."""
    if len(negation.parts) > 1:
        return negation.end
    for start, end in word_places(text[: negation.end + _REACH], lang):
        if end > negation.end and start - negation.end <= 1:
            return end
    return negation.end


def splits_word(text: str, lang: str, negation: Negation) -> bool:
    """True for a denial put into a word, so that both halves mean nothing: 机|不|会, 安理|不|会.

    By mutual information: that what stands on both sides is one word explains it far better than
    that two words met. Verbs are split by rule before what they lead to: 看|不|见.
    """
    if base(lang) != "zh":
        return False
    from auditor.text.chinese_words import log_probability, segment

    plain = folded(text, lang)
    start, end, kept = affirmed(plain, lang, negation)
    left = _HAN_BEFORE.search(plain, max(0, start - _AROUND), start)
    right = _HAN_AFTER.match(plain, end, end + _AROUND)
    if kept or left is None or right is None:
        return False
    cut, at = len(left.group()), 0
    for word in segment(left.group() + right.group())[1]:
        first, last = word[: max(0, cut - at)], word[max(0, cut - at) :]
        at += len(word)
        if first and last:
            apart = log_probability(first) + log_probability(last)
            known = last in _known(lang).get("complements", ())
            return not known and log_probability(word) - apart > _TOLD_BY_CHANCE
    return False


def word_places(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Start and end of each word; of Chinese the likeliest ones."""
    if base(lang) != "zh":
        yield from (m.span() for m in re.finditer(rf"{_LETTER}+", text))
        return
    from auditor.text.chinese_words import segment

    for run in re.finditer("[\u3400-\u9fff]{1,400}", folded(text, lang)):
        start = run.start()
        for word in segment(run.group())[1]:
            yield start, start + len(word)
            start += len(word)


def _joined(found: Iterable[Negation], plain: str, table: _Table) -> Iterator[Negation]:
    """The denials with those of two words as one."""
    open_: Negation | None = None
    for negation in found:
        word = plain[negation.start : negation.end]
        if open_ is not None:
            second = table.together[plain[open_.start : open_.end]]
            if word in second and negation.start - open_.end <= _TOGETHER:
                empty = negation.weak
                yield Negation(open_.parts + negation.parts, soft=empty, weak=empty)
                open_ = None
                continue
            yield open_
            open_ = None
        if word in table.together:
            open_ = negation
        elif not (word in table.seconds and negation.soft):
            yield negation
    if open_ is not None:
        yield open_


def _spaced(plain: str, table: _Table) -> Iterator[Negation]:
    # What stands between the words and the words, in turn.
    pieces = _WORDS.split(plain)
    words = pieces[1::2]
    kinds = [_kind(word, table.lang) for word in words]
    if not any(kinds):
        return
    ends = list(accumulate(map(len, pieces)))
    places = list(zip(ends[::2], ends[1::2], strict=False))
    passed = 0
    for at, kind in enumerate(kinds):
        if kind is None or at < passed:
            continue
        start, end = places[at]
        for phrase, may_deny in table.phrases.get(words[at], ()):
            if phrase == tuple(words[at : at + len(phrase)]):
                passed = at + len(phrase)
                if may_deny:
                    weak = " ".join(phrase) in table.weak_phrases
                    yield Negation(((start, places[passed - 1][1]),), soft=True, weak=weak)
                break
        else:
            if kind == _FIRST or (words[at] == "no" and _ORDINAL.match(plain, end)):
                continue
            weak = kind == _WEAK or (kind == _HARD and _empty(words, at, table))
            yield Negation(((start, end),), soft=kind != _HARD or weak, weak=weak)


def _empty(words: Sequence[str], at: int, table: _Table) -> bool:
    """True for a denial that makes a superlative, counts the time, or is one in form only."""
    after = words[at + 1 : at + 1 + _SINCE_WITHIN]
    return not (
        table.compared.isdisjoint(after[:_COMPARED_WITHIN])
        and table.more.isdisjoint(after[:_MORE_WITHIN])
        and table.since.isdisjoint(after)
        and table.expletive.isdisjoint(words[max(0, at - _EXPLETIVE_WITHIN) : at])
    )


@lru_cache(maxsize=20_000)
def _kind(word: str, lang: str) -> str | None:
    table = _table(lang)
    if word in table.kinds:
        return table.kinds[word]
    if len(word) > _ROOT and (word.startswith(table.prefixes) or word.endswith(table.suffixes)):
        return _SOFT if _rooted(word, table) else None
    return None


def _rooted(word: str, table: _Table) -> bool:
    """True when a word is left without its affix: `able` of unable, nothing of `interest`."""
    words = common_words(table.lang)
    roots = [word[len(p) :] for p in table.prefixes if word.startswith(p)]
    roots += [word[: -len(s)] for s in table.suffixes if word.endswith(s)]
    return any(len(root) >= _ROOT and root in words for root in roots)


def _unspaced(plain: str, table: _Table) -> Iterator[Negation]:
    passed = 0
    for at, first in enumerate(plain):
        if at < passed or first not in table.phrases:
            continue
        for (entry,), _ in table.phrases[first]:
            if not plain.startswith(entry, at):
                continue
            passed = at + len(entry)
            kind = table.kinds.get(entry, "")
            if kind == _HARD and table.lang == "zh" and _inside_word(plain, at):
                kind = ""
            if kind:
                yield Negation(((at, passed),), soft=kind != _HARD, weak=kind == _WEAK)
            break


def _inside_word(plain: str, at: int) -> bool:
    """True for a character of a longer word that denies nothing by it: 那不勒斯, 坚定不移.

    At the end of a word (并不, 从未) and at its beginning (不会) it denies.
    """
    from auditor.text.chinese_words import LONGEST, frequencies

    known = frequencies()
    for start in range(max(0, at - LONGEST + 2), at):
        for end in range(start + LONGEST, max(at + 1, start + 2), -1):
            if plain[start:end] in known and end - start >= _IDIOM and plain[start] not in _OFTEN:
                return True
    return any(
        plain[at : at + length] in known and plain[at + 2] in "不无没未"
        for length in (_IDIOM + 1,)
        if at + length <= len(plain)
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of a language, ready to be looked up."""

    lang: str
    kinds: Mapping[str, str]
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], bool]]]
    """By first word (or character): phrases, longest first, and whether they may deny."""
    prefixes: tuple[str, ...]
    suffixes: tuple[str, ...]
    compared: frozenset[str]
    more: frozenset[str]
    since: frozenset[str]
    expletive: frozenset[str]
    together: Mapping[str, frozenset[str]]
    seconds: frozenset[str]
    weak_phrases: frozenset[str]


@cache
def _known(lang: str) -> Mapping[str, Any]:
    return load(base(lang), "negation")


@cache
def _table(lang: str) -> _Table:
    known = _known(lang)
    together = {first: frozenset(s) for first, s in known["together"].items()}
    seconds = frozenset(w for words in together.values() for w in words)
    kinds = dict.fromkeys((*seconds, *known["soft"]), _SOFT)
    kinds |= dict.fromkeys(known.get("weak", ()), _WEAK)
    kinds |= dict.fromkeys(known["words"], _HARD)
    listed: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    if lang in UNSPACED:
        for entry in (*kinds, *known["phrases"]):
            listed.setdefault(entry[0], []).append(((entry,), False))
        by = {k: sorted(v, key=lambda e: (-len(e[0][0]), e)) for k, v in listed.items()}
    else:
        several = [(w, True) for w in kinds if len(_WORD.findall(w)) > 1]
        for phrase, may in (*((p, False) for p in known["phrases"]), *several):
            words = tuple(_WORD.findall(folded(phrase)))
            listed.setdefault(words[0], []).append((words, may))
            kinds.setdefault(words[0], _FIRST)
        by = {k: sorted(v, key=lambda e: (-len(e[0]), e)) for k, v in listed.items()}
    return _Table(
        lang,
        MappingProxyType(kinds),
        MappingProxyType(by),
        tuple(known["prefixes"]),
        tuple(known["suffixes"]),
        frozenset(known.get("compared", ())),
        frozenset(known.get("more", ())),
        frozenset(known.get("since", ())),
        frozenset(known.get("expletive", ())),
        MappingProxyType(together),
        seconds,
        frozenset(" ".join(_WORD.findall(folded(w))) for w in known.get("weak", ()) if " " in w),
    )
