"""Compares the names of two texts: by form, by sound across scripts, part by part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import product

from auditor.core import Fact
from auditor.lang import load
from auditor.text.chinese import simplified_characters
from auditor.text.matching import PLAIN, Comparison, Conflict, Stated
from auditor.text.name_sound import consonants, is_han, sounds_alike
from auditor.text.names import NAME, WORD, folded, parts, transcribing

SAME_SOUND = {1: 0.85, 2: 0.72}
"""By consonants of the shorter: few of them agree by chance (Bill and 本)."""
SAME_SOUND_LONG = 0.62
"""Across scripts: 9 of 10 parts of names in professional translations reach it, 3 of 10 of
unrelated ones do (the best of all names in the line)."""
SAME_FORM = 0.72
"""Share of letters in common: Gorbachev and Gorbatchev, parliament and parlement."""
SAME_SPOKEN = 0.8
"""Likeness in sound of two spellings in Latin letters."""
OTHER_SOUND = 0.55
"""Beside a part that is the same, the other part must sound as unlike as this to be another."""
OTHER_FIRST = 0.25
"""The same for first names, which are short and have short forms: 欧嘉 for Olga."""
_WINDOW = 6
"""Characters of the longest transcription of one word: 斯图尔特."""
_LONGEST = 4000
"""Characters of a passage that is compared: a longer one was not cut into sentences."""
_REMEMBERED = 1024
"""Texts of passages: each is compared with those of all other versions."""
_MOST = 24
"""Names of one passage that are compared: more is a list, or no prose."""


def name_conflicts(
    left: Stated, right: Stated, _kinds: Iterable[str] = (), _how: Comparison = PLAIN
) -> tuple[Conflict, ...]:
    """Names that stand in each other's place and are not the same.

    Two cases. Beside a part that is the same stands another one (Todd Palin, Todd Jones); or no
    part of either name has a like in the other text (Mike Pence, Ovie Marin). A name that
    merely is missing is no conflict.

    Args:
        left: the first text with its names.
        right: the second.
    """
    if max(len(left.text), len(right.text)) > _LONGEST:
        return ()
    ours = [f for f in left.facts if f.kind == NAME]
    theirs = [f for f in right.facts if f.kind == NAME]
    if not ours or not theirs or max(len(ours), len(theirs)) > _MOST:
        return ()
    unlike = strange(ours, theirs, right), strange(theirs, ours, left)
    found: list[Conflict] = []
    taken: set[Fact] = set()
    ours, theirs = ([f for f in side if len(parts(f.value)) > 1] for side in (ours, theirs))
    for a, b in product(*([f for f in side if f.hard] for side in (ours, theirs))):
        if a.value in right.text or b.value in left.text:
            continue  # letter by letter there too, whatever else it looks like
        if a not in taken and b not in taken and _beside(a, b, ours, theirs):
            found.append(Conflict(a, b))
            taken |= {a, b}
    free = [[f for f in side if f not in taken] for side in unlike]
    for a, b in _by_place(free[0], free[1], left, right):
        found.append(Conflict(a, b, doubtful=True))
    return tuple(found)


def names_agree(one: Fact, other: Fact) -> bool:
    """True when one name may be the other: all parts of the shorter are in the longer."""
    short, long = sorted((parts(one.value), parts(other.value)), key=len)
    if len(short) == len(long) == 2 and is_han(one.value) != is_han(other.value):
        # With a dot between, the order is that of the original.
        return all(map(alike, short, long))
    return bool(short) and all(any(alike(p, q) for q in long) for p in short)


def gloss_contradicts(name: Fact, gloss: Fact) -> bool:
    """True when a name and the original behind it in brackets each have a part of their own."""
    return all(_contradicts(parts(v.value), parts(gloss.value)) for v in _variants(name))


def _contradicts(one: Sequence[str], other: Sequence[str]) -> bool:
    if len(one) == len(other):
        return _differs(one, other, list(map(alike, one, other)))
    return not any(alike(p, q) for p, q in product(one, other))


def unlike_parts(one: str, other: str) -> tuple[str, str]:
    """What each of two names has that the other has not, as phrases; empty for nothing."""
    left, right = parts(one), parts(other)
    return (
        " ".join(p for p in left if not any(alike(p, q) for q in right)),
        " ".join(q for q in right if not any(alike(q, p) for p in left)),
    )


def alike(one: str, other: str) -> bool:
    """True when two parts of names may be one: by form in one script, else by sound."""
    if is_han(one) != is_han(other):
        return _across(*((other, one) if is_han(one) else (one, other)))
    if is_han(one):
        return simplified_characters(one) == simplified_characters(other) or _same_sound(one, other)
    left, right = folded(one), folded(other)
    if left == right:
        return True
    if left.startswith(right) or right.startswith(left) or _short_forms(left) & _short_forms(right):
        return True  # J. for John, Stu for Stuart; Bill for William
    return common_letters(left, right) >= SAME_FORM or sounds_alike(left, right) >= SAME_SPOKEN


@cache
def _nicknames() -> Mapping[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, forms in enumerate(load("en", "names").get("nicknames", ())):
        for form in forms:
            groups.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in groups.items()}


@cache
def _full_forms(word: str) -> tuple[str, ...]:
    """The other forms of a first name: Alex may be 亚历山大."""
    numbers = _short_forms(word)
    return tuple(form for form, own in _nicknames().items() if own & numbers and form != word)


def _short_forms(word: str) -> frozenset[int]:
    return _nicknames().get(word, frozenset())


@lru_cache(maxsize=8192)
def common_letters(one: str, other: str) -> float:
    """Letters in common and in order, as a share of both words, 0 to 1."""
    from difflib import SequenceMatcher

    if not one or not other or 2 * min(len(one), len(other)) < SAME_FORM * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _across(latin: str, han: str) -> bool:
    forms = (latin, *_full_forms(folded(latin)))
    return any(_same_sound(form, cut) for form in forms for cut in _cuts(han))


def _same_sound(one: str, other: str) -> bool:
    few = min(consonants(one), consonants(other))
    return sounds_alike(one, other) >= SAME_SOUND.get(few, SAME_SOUND_LONG)


def _cuts(han: str) -> Iterator[str]:
    """A part and itself without a last character or a first: 法 of 卡瓦诺法官 was no sound."""
    yield han
    if len(han) > 2:
        yield han[:-1]
        yield han[1:]


def _beside(a: Fact, b: Fact, ours: Sequence[Fact], theirs: Sequence[Fact]) -> bool:
    """Whether two names are anchored whatever the exact ends of a Chinese one are."""
    return all(_anchored(x, y, ours, theirs) for x, y in product(_variants(a), _variants(b)))


def _variants(name: Fact) -> list[Fact]:
    return [name, *(replace(name, value=value, alternatives=()) for value in name.alternatives)]


def _anchored(a: Fact, b: Fact, ours: Sequence[Fact], theirs: Sequence[Fact]) -> bool:
    """True when one part of two names is the same and another is not, in either."""
    one, other = parts(a.value), parts(b.value)
    if min(len(one), len(other)) < 2 or abs(len(one) - len(other)) > 2:
        return False
    # Bill Gates is not accused by Bill Clinton when he is named there too.
    return _other_beside_same(one, other, across=is_han(a.value) != is_han(b.value)) and not (
        any(names_agree(a, f) for f in theirs) or any(names_agree(b, f) for f in ours)
    )


def _other_beside_same(one: Sequence[str], other: Sequence[str], *, across: bool) -> bool:
    if across:
        # The dots part a Chinese name reliably; an office may stand before the other one:
        # "Business Secretary Greg Clark".
        few = min(len(one), len(other))
        one, other = one[-few:], other[-few:]
        same = list(map(alike, one, other))
        return any(same) and _differs(one, other, same)
    rest = [p for p in one if not any(alike(p, q) for q in other)]
    left = [q for q in other if not any(alike(p, q) for p in one)]
    # "Fashion Week" and "Paris Fashion" share a word, but not where a first name or surname stands.
    if not rest or not left or not (alike(one[0], other[0]) or alike(one[-1], other[-1])):
        return False
    return not any(_closeness(p, q) > OTHER_SOUND for p, q in product(rest, left))


def _differs(one: Sequence[str], other: Sequence[str], same: Sequence[bool]) -> bool:
    """True when parts in one place sound unlike, enough for a part of few consonants."""
    return any(
        not alike_here and _closeness(p, q) <= (OTHER_SOUND if at else OTHER_FIRST)
        for at, (p, q, alike_here) in enumerate(zip(one, other, same, strict=True))
    )


def _closeness(one: str, other: str) -> float:
    if is_han(one) == is_han(other) and not is_han(one):
        return common_letters(folded(one), folded(other))
    return sounds_alike(one, other)


def strange(facts: Sequence[Fact], others: Sequence[Fact], other: Stated) -> list[Fact]:
    """The hard names no part of which has a like in another text.

    Args:
        facts: names.
        others: the names of the other text.
        other: that text.
    """
    known = {p for f in (*others, *other.around) if f.kind == NAME for p in parts(f.value)}
    words = _words(other.text)
    runs = transcriptions(other.text)
    chars = [c for run in runs for c in run]
    found = []
    for fact in facts:
        own = [p for v in _variants(fact) for p in parts(v.value)] if fact.hard else []
        if not own:
            continue
        if len(own) == 1 and any(_same_sound(own[0], c) for c in chars if not is_han(own[0])):
            continue  # 梅 is Mrs May
        if any(folded(p) in words for p in own if not is_han(p)):
            continue
        if any(alike(p, q) for p in own for q in known):
            continue
        if any(_in_words(p, words) or _in_runs(p, runs) for p in own):
            continue
        found.append(fact)
    return found


@lru_cache(maxsize=_REMEMBERED)
def _words(text: str) -> frozenset[str]:
    """The words that may be parts of names, folded."""
    return frozenset(folded(w) for m in WORD.finditer(text) for w in parts(m[0]))


def _in_words(part: str, words: Iterable[str]) -> bool:
    if is_han(part):
        return False  # against every word of a sentence something always sounds alike
    plain = folded(part)
    return any(common_letters(plain, w) >= SAME_FORM for w in words)


def _in_runs(part: str, runs: Iterable[str]) -> bool:
    if is_han(part):
        return any(part in run for run in runs)
    return any(
        _same_sound(part, run[i:j])
        for run in runs
        for i in range(len(run) - 1)
        for j in range(i + 2, min(len(run), i + _WINDOW) + 1)
    )


@lru_cache(maxsize=_REMEMBERED)
def transcriptions(text: str) -> tuple[str, ...]:
    """Stretches of two or more characters that may transcribe sounds, simplified."""
    if not is_han(text):
        return ()
    sounds = transcribing()
    kept = "".join(c if c in sounds else " " for c in simplified_characters(text))
    return tuple(run for run in re.findall(r"\S{2,}", kept))


def _by_place(
    ours: Sequence[Fact], theirs: Sequence[Fact], left: Stated, right: Stated
) -> list[tuple[Fact, Fact]]:
    """Pairs of strange names, each with the one nearest to its own place in its text."""
    pairs = []
    free = list(theirs)
    for fact in ours:
        place = fact.start / max(1, len(left.text))
        # A surname alone against a full name is rather another mention of somebody.
        like = [f for f in free if _of_one_kind(f, fact)]
        if not like:
            continue
        near = min(like, key=lambda f: abs(f.start / max(1, len(right.text)) - place))
        free.remove(near)
        pairs.append((fact, near))
    return pairs


def _of_one_kind(one: Fact, other: Fact) -> bool:
    single = {len(parts(f.value)) > 1 for f in (one, other)}
    # Chinese writes 特雷莎·梅 where English has "Mrs May".
    return len(single) == 1 or is_han(one.value) != is_han(other.value)
