"""The names of countries and cities in each language, with what they may mean.

Source: Unicode CLDR (territories, exemplar cities of time zones) through babel; GeoNames
(CC BY 4.0) as made by `make_cities`; the project's own `lang/<tag>/places.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from auditor.lang import base, load
from auditor.text import cities
from auditor.text.chinese import is_traditional, simplified_characters
from auditor.text.chinese_words import traditional
from auditor.text.cities import WORD

CITY, COUNTRY = "city", "country"

_LARGE = 300
"""Thousands of inhabitants from which a bare name in Latin letters is taken for the city."""
_METROPOLIS = 1000
"""Thousands from which two Chinese characters are: 大理 and 三明 begin many words."""
_UNSPACED = frozenset({"zh", "ja", "ko", "th"})
_PARTS = {"GB": ("GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR")}
"""A British minister may be called English elsewhere, but never both Scottish and Welsh."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """What a name may mean.

    Attributes:
        kind: `city` or `country`.
        values: canonical values, the likeliest first: the English name of a city, the code of
            a country.
        hard: True when the name alone is enough to say that the place is meant.
        adjective: True for what comes from or belongs to the place: `French`, `chinoise`.
    """

    kind: str
    values: tuple[str, ...]
    hard: bool = True
    adjective: bool = False


Names = dict[str, list[PlaceName]]


@lru_cache(maxsize=4096)
def meanings(form: str, lang: str) -> tuple[PlaceName, ...]:
    """What a name may mean in a language; nothing when it is not listed.

    Args:
        form: as listed; Chinese in simplified characters.
        lang: BCP 47 tag.
    """
    tag, spaced = base(lang), is_spaced(lang)
    known = list(_own_names(lang).get(form, ()))
    for city in cities.named(tag).get(form, ()):
        # The bare name of a small place, or a form of any language, may be a word of this one.
        sure = city.size >= _LARGE if spaced else len(form) > 2 or city.size >= _METROPOLIS
        hard = sure and (not spaced or form == city.name) and form not in _weak(lang)
        _add(known, CITY, (city.name,), hard=hard)
    known += [origin for origin in _origins(lang).get(form, ()) if origin not in known]
    return tuple(known)


@cache
def beginnings(lang: str) -> frozenset[str]:
    """What names begin with: words, or two characters where no spaces are written.

    Args:
        lang: BCP 47 tag.
    """
    return frozenset(_by_beginning(lang)).union(
        cities.beginning(base(lang), spaced=is_spaced(lang))
    )


@lru_cache(maxsize=4096)
def forms_beginning(first: str, lang: str) -> tuple[str, ...]:
    """The names that begin with one of the `beginnings`, the longest first.

    Args:
        first: the beginning.
        lang: BCP 47 tag of a language without spaces.
    """
    theirs = cities.beginning(base(lang), spaced=is_spaced(lang)).get(first, ())
    forms = dict.fromkeys((*_by_beginning(lang).get(first, ()), *theirs))
    return tuple(sorted(forms, key=len, reverse=True))


@lru_cache(maxsize=4096)
def words_beginning(first: str, lang: str) -> Mapping[tuple[str, ...], str]:
    """The names that begin with a word, by their words, those of most words first.

    Args:
        first: the word.
        lang: BCP 47 tag of a language that writes spaces.
    """
    theirs = cities.beginning(base(lang), spaced=True).get(first, ())
    own = _by_beginning(lang).get(first, ())
    found = {tuple(WORD.findall(form)): form for form in (*own, *theirs)}
    return MappingProxyType(dict(sorted(found.items(), key=lambda item: -len(item[0]))))


@cache
def origin_words(lang: str) -> frozenset[tuple[str, ...]]:
    """The adjectives of origin of a language in small letters, each as its words.

    Args:
        lang: BCP 47 tag.
    """
    return frozenset(tuple(WORD.findall(form)) for form in _origins(lang))


def is_spaced(lang: str) -> bool:
    """True when a language writes spaces between words."""
    return base(lang) not in _UNSPACED


@cache
def _own_names(lang: str) -> Names:
    """The names that are known of one language alone: countries and well-known cities."""
    names: Names = {}
    data, weak = load(lang, "places"), _weak(lang)

    def add(form: str, kind: str, values: tuple[str, ...]) -> None:
        _add(names.setdefault(form, []), kind, values, hard=form not in weak)

    for form, codes in data.get("countries", {}).items():
        add(form, COUNTRY, _codes(codes))
    for code, form in _territories(lang).items():
        for case in _declined(form, data):
            add(case, COUNTRY, _codes(code))
    for form, values in data.get("cities", {}).items():
        add(form, CITY, tuple(values.split("|")))
    own = set(data.get("cities", ())) | set(data.get("countries", ()))
    for form, value in _exemplars(lang).items():
        if form not in own:
            add(form, CITY, (value,))
    return names


def _declined(form: str, known: Mapping[str, Any]) -> Iterator[str]:
    """A name in its cases: Britische Jungferninseln, auf den Britischen Jungferninseln."""
    yield form
    endings = known.get("declined", {})
    *first, last = form.split(" ")
    for end, others in endings.items():
        for other in others:
            case = [w.removesuffix(end) + other if w.endswith(end) else w for w in first]
            if case != first:
                yield " ".join((*case, last))


@cache
def _by_beginning(lang: str) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    spaced = is_spaced(lang)
    for form in {**_own_names(lang), **_origins(lang)}:
        first = WORD.search(form) if spaced else None
        if first or not spaced:
            found.setdefault(first[0] if first else form[: cities.PAIR], []).append(form)
    return found


@cache
def _weak(lang: str) -> frozenset[str]:
    return frozenset(load(lang, "places").get("weak", ()))


def written(kind: str, value: str, lang: str) -> str | None:
    """A place as a language calls it, for repairs; None when no name is known.

    Args:
        kind: `city` or `country`.
        value: canonical.
        lang: BCP 47 tag.
    """
    name = _written(kind, value, lang)
    if name is None or base(lang) != "zh":
        return name
    return (
        traditional(simplified_characters(name))
        if is_traditional(lang)
        else simplified_characters(name)
    )


@cache
def _written(kind: str, value: str, lang: str) -> str | None:
    data = load(lang, "places")
    if kind == COUNTRY:
        known = _territories(lang).get(value)
        own = data.get("countries", {})
        return known or next((form for form, code in own.items() if code == value), None)
    for form, known in _exemplars(lang).items():
        if known == value:
            return form
    for form, values in data.get("cities", {}).items():
        if values == value:
            return str(form)
    if base(lang) in _UNSPACED:
        forms = (cities.forms_of(c, base(lang)) for c in cities.cities() if c.name == value)
        return next((f for known in forms for f in known), None)
    return value


def _codes(codes: str) -> tuple[str, ...]:
    listed = tuple(codes.split("|"))
    return listed + tuple(part for code in listed for part in _PARTS.get(code, ()))


def _add(known: list[PlaceName], kind: str, values: tuple[str, ...], *, hard: bool) -> None:
    for i, other in enumerate(known):
        if other.kind == kind:
            merged = tuple(dict.fromkeys((*other.values, *values)))
            known[i] = PlaceName(kind, merged, other.hard)
            return
    # Singapore, Luxembourg: the country is the likelier one, the city can confirm.
    known.append(PlaceName(kind, values, hard and not known))


@cache
def _origins(lang: str) -> Names:
    names: Names = {}
    for form, codes in load(lang, "places").get("adjectives", {}).items():
        origin = PlaceName(COUNTRY, _codes(codes), adjective=True)
        for inflected in _inflected(form, base(lang)):
            listed = names.setdefault(inflected.casefold(), [])
            if origin not in listed:
                listed.append(origin)
    return names


@cache
def _territories(lang: str) -> Mapping[str, str]:
    """The CLDR names of countries by ISO 3166 code; Chinese in simplified characters."""
    locale = _locale(lang)
    if locale is None:
        return {}
    found = {
        code: str(name)
        for code, name in locale.territories.items()
        if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ"}
    }
    if base(lang) != "zh":
        return found
    # 中国香港特别行政区 is called 香港 by everyone, and listed so.
    return {code: simplified_characters(name) for code, name in found.items() if "特" not in name}


@cache
def _exemplars(lang: str) -> Mapping[str, str]:
    """The exemplar cities of CLDR's time zones: the name in a language to the English one."""
    locale = _locale(lang)
    if locale is None:
        return {}
    known = {city.name for city in cities.cities()} | set(load("en", "places").get("cities", ()))
    own = load("en", "places").get("cities", {})
    found = {}
    for zone, names in locale.time_zones.items():
        english = zone.rsplit("/", 1)[-1].replace("_", " ")
        if english in known and "city" in names:
            form = simplified_characters(names["city"]) if base(lang) == "zh" else names["city"]
            found[form] = own.get(english, english)
    return MappingProxyType(found)


def _locale(lang: str) -> Any:
    from babel import Locale, UnknownLocaleError

    name = base(lang)
    if name == "zh" and is_traditional(lang):
        name = "zh_Hant"
    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None


def _inflected(form: str, tag: str) -> Iterator[str]:
    """The forms of an adjective in the masculine singular, by the rules of the language."""
    yield form
    if tag == "en":
        yield form + "s"
    elif tag == "fr":
        yield from (form + end for end in ("s", "e", "es"))
        if form.endswith("n"):
            yield from (form + end for end in ("ne", "nes"))
    elif tag == "de":
        # chinesische, chinesischen; Italieners, Italienerin, Italienerinnen
        yield from (form + end for end in ("e", "er", "es", "en", "em", "s", "n", "in", "innen"))
    elif tag in {"es", "pt"}:
        yield from _iberian(form)
    elif tag == "it" and form[-1] in "oea":
        ends = {"o": "aie", "e": "i", "a": "ie"}[form[-1]]
        yield from (form[:-1] + end for end in ends)
        if form[-2:] in {"co", "ca"}:
            yield from (form[:-1] + "hi", form[:-1] + "he")


def _iberian(form: str) -> Iterator[str]:
    """The forms of a Spanish or Portuguese adjective: chileno, chilena; francés, francesas."""
    yield form + "s"
    if form.endswith("o"):
        yield from (form[:-1] + end for end in ("a", "as"))
        return
    yield from (form + end for end in ("es", "a", "as"))
    bare = form[:-2] + {"é": "e", "ê": "e", "á": "a", "ó": "o"}.get(form[-2], form[-2]) + form[-1]
    yield from (bare + end for end in ("es", "a", "as"))
