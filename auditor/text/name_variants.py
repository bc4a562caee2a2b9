"""Two spellings of one name inside a document: Tiananmen and Tienanmen, 悉尼 and 雪梨."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from auditor.core import Segment
from auditor.lang import base
from auditor.text.frequencies import all_words
from auditor.text.name_sound import is_han, sounds_alike
from auditor.text.names import find_names, folded, parts
from auditor.text.places import find_places

SHORTEST = 6
"""Letters of a name that is judged alone: below, one letter makes another name (Marie, Maria)."""
SHORTEST_BESIDE = 5
"""The same for a surname beside the same first name: Alan Price and Alan Pryce."""
SHORTEST_SWAPPED = 4
"""The same for a name that has the vowels of a full name in another order."""
_VOWELS = "aeiou"
_SOUND = 0.7
_SOUND_OF_PLACE = 0.65
"""Of two forms of one place: 雪梨 and 悉尼 are two transcriptions, 西贡 and 胡志明 two names."""
_WELL_KNOWN = 3e-7
"""Two forms that both are as frequent are two names: Johnson and Johnston."""
_MOST = 400
"""Names of one document that are compared: the cost is their square."""


@dataclass(frozen=True, slots=True)
class Place:
    """A form of a name where it stands."""

    segment: Segment
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The characters."""
        return self.segment.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Variant:
    """A rarer spelling of a name and the usual one of the same document.

    Attributes:
        places: where the rarer one stands.
        usual: where the other stands.
        sure: True when more than the likeness of the letters says that it is one name.
    """

    places: tuple[Place, ...]
    usual: tuple[Place, ...]
    sure: bool


def variants(segments: Sequence[Segment], lang: str) -> Iterator[Variant]:
    """The names that a document spells in two ways, the rarer one accused.

    Args:
        segments: of one document.
        lang: its BCP 47 tag.
    """
    yield from _places(segments)
    forms, beside = _forms(segments)
    common = dict(sorted(forms.items(), key=lambda item: -len(item[1]))[:_MOST])
    for one, other in _candidates(common):
        usual, rare = sorted((one, other), key=lambda f: (-len(common[f]), common[f][0].start))
        together = beside[usual] & beside[rare]
        if _is_one_name(usual, rare, bool(together), lang):
            sure = bool(together) or len(common[usual]) > 2 * len(common[rare])
            yield Variant(tuple(common[rare]), tuple(common[usual]), sure)
    for wrong, right in _with_vowels_swapped(common, beside):
        yield Variant(tuple(common[wrong]), tuple(common[right]), sure=False)


def _forms(
    segments: Sequence[Segment],
) -> tuple[Mapping[str, list[Place]], Mapping[str, frozenset[str]]]:
    """The words of names with their places, and what stands beside each in a name."""
    forms: dict[str, list[Place]] = {}
    beside: dict[str, set[str]] = {}
    for segment in segments:
        for fact in find_names(segment.text, segment.lang):
            own = parts(fact.value)
            at = fact.start
            for part in own:
                found = segment.text.find(part, at, fact.end)
                if found < 0:
                    continue
                at = found + len(part)
                forms.setdefault(part, []).append(Place(segment, found, at))
                beside.setdefault(part, set()).update(folded(p) for p in own if p != part)
    return forms, {form: frozenset(names) for form, names in beside.items()}


def _candidates(forms: Mapping[str, Sequence[Place]]) -> Iterator[tuple[str, str]]:
    """Pairs of forms that differ in one letter: those that are alike without one of theirs."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        low = folded(form)
        if is_han(form) or not SHORTEST_BESIDE <= len(low) <= 30:
            continue
        for key in {low, *(low[:i] + low[i + 1 :] for i in range(1, len(low)))}:
            groups.setdefault(key, []).append(form)
    seen: set[frozenset[str]] = set()
    for group in groups.values():
        for one, other in combinations(group, 2):
            if folded(one) != folded(other) and frozenset((one, other)) not in seen:
                seen.add(frozenset((one, other)))
                yield one, other


def _with_vowels_swapped(
    forms: Mapping[str, Sequence[Place]], beside: Mapping[str, frozenset[str]]
) -> Iterator[tuple[str, str]]:
    """Short surnames with two vowels in the wrong order: Zhuo, where the text has Zhou Fengsuo.

    The right one stands in a full name; the wrong one never does, so that it is nobody else's.
    """
    full = {folded(form): form for form in forms if beside[form] and not is_han(form)}
    for form in forms:
        low = folded(form)
        if beside[form] or is_han(form) or not SHORTEST_SWAPPED <= len(low) < SHORTEST:
            continue
        for i in range(1, len(low) - 1):
            right = full.get(f"{low[:i]}{low[i + 1]}{low[i]}{low[i + 2 :]}")
            # Palu is not Paul: only two vowels are mistaken for one another.
            if right is not None and low[i] in _VOWELS and low[i + 1] in _VOWELS:
                yield form, right


def _is_one_name(usual: str, rare: str, together: bool, lang: str) -> bool:  # noqa: FBT001
    one, other = folded(usual), folded(rare)
    if find_places(usual, lang) or find_places(rare, lang):
        return False  # Korea, Koreas, Koreans
    if min(len(one), len(other)) < (SHORTEST_BESIDE if together else SHORTEST):
        return False
    # Paul and Paula, Martin and Martini, Kowalski and Kowalska, plurals: the end is grammar.
    ends = [i for i, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b]
    if not ends or ends[0] == 0 or one.startswith(other) or other.startswith(one):
        return False
    if sounds_alike(usual, rare) < _SOUND:
        return False
    # Asked last, for the lists are long: two words that everybody knows are two names.
    known = (all_words(lang).get(w, all_words("en").get(w, 0.0)) for w in (one, other))
    return together or min(known) < _WELL_KNOWN


def _places(segments: Sequence[Segment]) -> Iterator[Variant]:
    """Cities and countries under two transcriptions: 悉尼 and 雪梨, 新西兰 and 紐西蘭."""
    known: dict[tuple[str, str], dict[str, list[Place]]] = {}
    for segment in segments:
        if base(segment.lang) != "zh":
            continue
        for fact in find_places(segment.text, segment.lang):
            if fact.hard and fact.end - fact.start > 1:
                place = Place(segment, fact.start, fact.end)
                known.setdefault((fact.kind, fact.value), {}).setdefault(place.quote, []).append(
                    place
                )
    for forms in known.values():
        counted = Counter({form: len(places) for form, places in forms.items()})
        usual = max(forms, key=lambda form: (counted[form], -forms[form][0].segment.index))
        for form, places in forms.items():
            if form != usual and _two_transcriptions(form, usual):
                yield Variant(tuple(places), tuple(forms[usual]), sure=True)


def _two_transcriptions(one: str, other: str) -> bool:
    """True unless one abbreviates the other or they are names of two kinds: 印尼, 华府."""
    short, long = sorted((one, other), key=len)
    abbreviates = set(short) <= set(long) or len(long) - len(short) > 1
    return not abbreviates and sounds_alike(one, other) >= _SOUND_OF_PLACE
