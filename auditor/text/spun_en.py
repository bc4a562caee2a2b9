"""Spun English: candidates from tells, month names and near words, gated by the language model."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from auditor import lang as languages
from auditor.text import doubts
from auditor.text import english_lm as lm
from auditor.text.english_lm import Form, Token
from auditor.text.spun_months import misnamed_months
from auditor.text.substitution import Kind, Reading, Substitution, apart, chosen, joined

GATES = {"always": -math.inf, "phrases": -0.5, "openings": 2.0, "names": 3.0, "words": 3.0}
"""Least gain in nats by section of the tells. Measured on 1,007 clean sentences and 149 raw
machine translations: none of the first three passes, of the words 1 in 1,000 words."""
FAINT_GATE = 0.0
"""Least gain and bonus of a tell that is weighed in a spun text only."""
FREQUENCY = 0.7
"""Nats of bonus for each nat that a repair is likelier than the phrase by itself."""
IDIOM = 1.8
"""Nats of bonus for phrases of several words, and for words inside names."""
NEAR_GATE = 4.0
"""Least gain of a word by its neighbour in meaning; 8 in 1,000 clean words pass, so that
it never counts as a tell, and only the aligned version can confirm it."""
LOOSE = 2.0
"""Nats: words that fit their context better than this are not replaced by neighbours."""
_STRONG = frozenset(("always", "phrases", "openings", "names"))
_OWNERS = ("'s", "\N{RIGHT SINGLE QUOTATION MARK}s")
_BLATANT = frozenset(("always", "phrases"))
"""What a spun text holds against the words around it: of 1,000 in it, none was written so."""
_RANK = {"always": 5.0, "phrases": 4.0, "openings": 3.0, "names": 2.0, "words": 1.0}


@dataclass(frozen=True, slots=True)
class Tell:
    """An entry of `lang/en/spun.toml`.

    Attributes:
        words: lower case, as tokens.
        repairs: what it may have stood for.
        section: of the file.
        hyphenated: True when it may hold a hyphen: "thirty-first" is English.
    """

    words: tuple[str, ...]
    repairs: tuple[str, ...]
    section: str
    hyphenated: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """A candidate at tokens `[first, last)` with its best repair."""

    first: int
    last: int
    repair: str
    forms: tuple[Form, ...]
    gain: float
    section: str
    bonus: float


def read(text: str) -> Reading:
    """What one piece of English shows: substitutions, and how doubtful its words are."""
    tokens = lm.tokenise(text)
    forms = [token.form for token in tokens]
    ranked = [
        (_RANK[p.section], p.first, p.last, _substitution(text, tokens, p))
        for p in _tells(text, tokens, forms)
    ]
    months = [(9.0, *place) for place in misnamed_months(tokens)]
    sure = [place for place in ranked if place[3].kind is Kind.TELL]
    told = joined(text, chosen([*sure, *months]), across=2, gap=" -", parted=_parted())
    # Not joined: each is weighed by itself, and in sound text would widen what is told there.
    faint = [(p[3].gain + p[3].bonus, *p[1:]) for p in ranked if p[3].kind is Kind.FAINT]
    faint_ones = apart(chosen(faint), told)
    near = _near(tokens, forms)
    everything = [*told, *faint_ones, *apart(near, [*told, *faint_ones])]
    words = sum(token.text[0].isalpha() for token in tokens)
    signs = list(doubts.english(tokens))
    ordered = tuple(sorted(everything, key=lambda s: s.start))
    return Reading(words, ordered, doubts.doubts(signs, "en"))


def _tells(text: str, tokens: Sequence[Token], forms: Sequence[Form]) -> list[_Place]:
    """The tells that pass the gate, with spun neighbours already repaired.

    In "regulation enforcement businesses" each half hides the other: what passes in a
    first round stands repaired as context in the second.
    """
    lowered = [token.text.lower().replace("’", "'") for token in tokens]
    table = _table(languages.left_out("en", "spun"))
    matches = [
        (at, at + len(tell.words), tell)
        for at, word in enumerate(lowered)
        for tell in table.get(word, ())
        if tuple(lowered[at : at + len(tell.words)]) == tell.words
        and (tell.section != "names" or _in_name(tokens, at, at + len(tell.words)))
        and (
            tell.hyphenated
            or "-" not in text[tokens[at].start : tokens[at + len(tell.words) - 1].end]
        )
    ]
    places: list[_Place] = []
    faint: list[_Place] = []
    for _ in range(2 if matches else 0):
        repaired = {k: place for place in places for k in range(place.first, place.last)}
        found = [_judged(forms, repaired, *match) for match in matches]
        places = [place for place in found if place.gain >= GATES[place.section]]
        faint = [place for place in found if place.gain < GATES[place.section] and _open(place)]
    return [*places, *faint]


def _open(place: _Place) -> bool:
    """True where a spun text could decide for the repair."""
    return place.section in _BLATANT or place.gain + place.bonus >= FAINT_GATE


def _judged(
    forms: Sequence[Form], repaired: Mapping[int, _Place], first: int, last: int, tell: Tell
) -> _Place:
    before, after = _before(forms, repaired, first), _after(forms, repaired, last)
    base = lm.fit(before, forms[first:last], after)
    gain, repair, repair_forms = max(
        (
            (lm.fit(before, repair_forms, after) - base, repair, repair_forms)
            for repair in tell.repairs
            for repair_forms in (_forms(repair),)
        ),
        key=lambda judged: judged[:2],
    )
    bonus = FREQUENCY * (lm.chain(repair_forms) - lm.chain(forms[first:last]))
    bonus += IDIOM * (last - first > 1 or tell.section == "names")
    return _Place(first, last, repair, repair_forms, gain, tell.section, bonus)


def _near(tokens: Sequence[Token], forms: Sequence[Form]) -> list[Substitution]:
    """Words whose neighbour in meaning fits far better."""
    found: list[Substitution] = []
    for at, word in enumerate(forms):
        neighbours = _neighbours().get(word) if word else None
        if not word or not neighbours:
            continue
        before, after = forms[max(0, at - 2) : at], forms[at + 1 : at + 3]
        base = lm.fit(before, (word,), after)
        if base >= LOOSE:
            continue
        gain, best = max((lm.fit(before, (other,), after) - base, other) for other in neighbours)
        if gain >= NEAR_GATE:
            token = tokens[at]
            repair = _cased(best, token.text)
            found.append(
                Substitution(token.start, token.end, repair, Kind.NEAR, gain, strong=False)
            )
    return found


def _before(forms: Sequence[Form], repaired: Mapping[int, _Place], at: int) -> list[Form]:
    """Two words before a place, repaired where they were."""
    words: list[Form] = []
    at -= 1
    while at >= 0 and len(words) < 2:
        place = repaired.get(at)
        words[:0] = place.forms if place else (forms[at],)
        at = place.first - 1 if place else at - 1
    return words[-2:]


def _after(forms: Sequence[Form], repaired: Mapping[int, _Place], at: int) -> list[Form]:
    """Two words behind a place, repaired where they were."""
    words: list[Form] = []
    while at < len(forms) and len(words) < 2:
        place = repaired.get(at)
        words.extend(place.forms if place else (forms[at],))
        at = place.last if place else at + 1
    return words[:2]


def _in_name(tokens: Sequence[Token], first: int, last: int) -> bool:
    """True for a capitalised word beside another: `Wall Avenue`, never a sentence's first."""
    if not first or not tokens[first].text[0].isupper():
        return False
    beside = [tokens[first - 1], *tokens[last : last + 1]]
    return any(token.text[0].isupper() for token in beside)


def _substitution(text: str, tokens: Sequence[Token], place: _Place) -> Substitution:
    start, end = tokens[place.first].start, tokens[place.last - 1].end
    repair = _cased(place.repair, text[start:end])
    if repair.endswith("'s") and text[start:end].endswith(_OWNERS):
        # As we speak's -> today's: the owner is replaced, its ending is not.
        end, repair = end - 2, repair[:-2]
    kind = Kind.TELL if place.gain >= GATES[place.section] else Kind.FAINT
    strong = place.section in (_STRONG if kind is Kind.TELL else _BLATANT)
    return Substitution(start, end, repair, kind, place.gain, strong, place.bonus)


def _cased(repair: str, found: str) -> str:
    """The repair with the capitals of what it replaces.

    A repair that is a name keeps its own: `white home` -> `White House`.
    """
    letters = [c for c in found if c.isalpha()]
    if not repair.islower() or not letters or not found[0].isupper():
        return repair
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return repair.upper()
    return repair[0].upper() + repair[1:]


@cache
def _parted() -> frozenset[str]:
    return frozenset(languages.load("en", "spun")["parted"]["words"])


@cache
def _table(left_out: frozenset[str]) -> Mapping[str, tuple[Tell, ...]]:
    """The tells by their first word, without some."""
    table: dict[str, list[Tell]] = {}
    for section, found, repairs in _entries():
        if found in left_out:
            continue
        words = tuple(word.lower() for word in lm.words_and_signs(found))
        table.setdefault(words[0], []).append(Tell(words, repairs, section, "-" in found))
    return {word: tuple(tells) for word, tells in table.items()}


@lru_cache(maxsize=1 << 12)
def _forms(repair: str) -> tuple[Form, ...]:
    """The words of a repair as the language model writes them: asked for where a tell stands."""
    return tuple(token.form for token in lm.tokenise(repair))


def _entries() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    lexicon = languages.load("en", "spun")
    for section in GATES:
        if section == "words":
            yield from ((section, found, repairs) for found, repairs in _words(lexicon[section]))
            continue
        for found, repair in lexicon[section].items():
            yield section, found, (repair,) if isinstance(repair, str) else tuple(repair)


def _words(swaps: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The `words` by what is found, with all that it may have stood for."""
    repairs: dict[str, list[str]] = {}
    for original, replacements in swaps.items():
        for found in replacements:
            repairs.setdefault(found, []).append(original)
    return ((found, tuple(originals)) for found, originals in repairs.items())


@cache
def _neighbours() -> Mapping[str, tuple[str, ...]]:
    """Words near in meaning, made by `tools/make_near_words.py`."""
    table = (files(languages) / "en" / "near.tsv").read_text(encoding="utf-8")
    return {word: tuple(near) for word, *near in (row.split("\t") for row in table.splitlines())}
