"""The names of countries and cities in each language, with what they may mean.

Source: Unicode CLDR (territories, exemplar cities of time zones) through babel; GeoNames
(CC BY 4.0) as made by `make_cities`; the project's own `lang/<tag>/places.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from auditor.lang import base, load
from auditor.text.chinese import is_traditional, simplified_characters
from auditor.text.chinese_words import traditional

CITY, COUNTRY = "city", "country"

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+")
"""A word of a name. "U.S." is one; "Hong-Kong" and "L'Aia" are two each."""

_LARGE = 300
"""Thousands of inhabitants from which a bare name in Latin letters is taken for the city."""
_METROPOLIS = 1000
"""Thousands from which two Chinese characters are: 大理 and 三明 begin many words."""
_UNSPACED = frozenset({"zh", "ja", "ko", "th"})
_PARTS = {"GB": ("GB-ENG", "GB-SCT", "GB-WLS", "GB-NIR")}
"""A British minister may be called English elsewhere, but never both Scottish and Welsh."""
_COLUMNS = {"zh": 2, "ja": 3, "ko": 4}


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


@cache
def place_names(lang: str) -> Mapping[str, Sequence[PlaceName]]:
    """Every name known in a language; Chinese in simplified characters.

    Args:
        lang: BCP 47 tag.
    """
    names: Names = {}
    tag, spaced = base(lang), base(lang) not in _UNSPACED
    data = load(lang, "places")
    own = set(data.get("cities", ())) | set(data.get("countries", ()))
    weak = frozenset(data.get("weak", ()))
    for form, codes in data.get("countries", {}).items():
        _add(names, form, COUNTRY, _codes(codes), hard=form not in weak)
    for code, form in _territories(lang).items():
        _add(names, form, COUNTRY, _codes(code), hard=form not in weak)
    for form, values in data.get("cities", {}).items():
        _add(names, form, CITY, tuple(values.split("|")), hard=form not in weak)
    for form, value in _exemplars(lang).items():
        if form not in own:
            _add(names, form, CITY, (value,), hard=form not in weak)
    for city in _cities():
        for form in _forms(city, tag):
            # The bare name of a small place, or a form of any language, may be a word of this one.
            sure = city[1] >= _LARGE if spaced else len(form) > 2 or city[1] >= _METROPOLIS
            hard = sure and (not spaced or form == city[0]) and form not in weak
            _add(names, form, CITY, (city[0],), hard=hard)
    _add_origins(names, data.get("adjectives", {}), tag)
    return MappingProxyType(names)


@cache
def by_first_word(lang: str) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """The names of a language that writes spaces, as words, the longest first, by first word."""
    index: dict[str, list[tuple[str, ...]]] = {}
    for name in place_names(lang):
        words = tuple(WORD.findall(name))
        if words:
            index.setdefault(words[0], []).append(words)
    return MappingProxyType(
        {first: tuple(sorted(found, key=len, reverse=True)) for first, found in index.items()}
    )


@cache
def by_words(lang: str) -> Mapping[tuple[str, ...], Sequence[PlaceName]]:
    """What each name means, by its words."""
    return MappingProxyType(
        {tuple(WORD.findall(name)): meant for name, meant in place_names(lang).items()}
    )


@cache
def by_first_characters(lang: str) -> Mapping[str, tuple[str, ...]]:
    """The names of a language without spaces, the longest first, by their first two characters."""
    index: dict[str, list[str]] = {}
    for name in place_names(lang):
        index.setdefault(name[:2], []).append(name)
    return MappingProxyType(
        {first: tuple(sorted(found, key=len, reverse=True)) for first, found in index.items()}
    )


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
        forms = (_forms(c, base(lang)) for c in _cities() if c[0] == value)
        return next((f for known in forms for f in known), None)
    return value


def _codes(codes: str) -> tuple[str, ...]:
    listed = tuple(codes.split("|"))
    return listed + tuple(part for code in listed for part in _PARTS.get(code, ()))


def _add(names: Names, form: str, kind: str, values: tuple[str, ...], *, hard: bool) -> None:
    known = names.setdefault(form, [])
    for i, other in enumerate(known):
        if other.kind == kind:
            merged = tuple(dict.fromkeys((*other.values, *values)))
            known[i] = PlaceName(kind, merged, other.hard)
            return
    # Singapore, Luxembourg: the country is the likelier one, the city can confirm.
    known.append(PlaceName(kind, values, hard and not known))


def _add_origins(names: Names, adjectives: Mapping[str, str], tag: str) -> None:
    for form, codes in adjectives.items():
        origin = PlaceName(COUNTRY, _codes(codes), adjective=True)
        for inflected in _inflected(form, tag):
            listed = names.setdefault(inflected.casefold(), [])
            if origin not in listed:
                listed.append(origin)


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
    known = {city[0] for city in _cities()} | set(load("en", "places").get("cities", ()))
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


City = tuple[str, int, str, str, str, str]


@cache
def _cities() -> tuple[City, ...]:
    """The rows of `lang/und/cities.tsv`, the largest city first."""
    path = files("auditor.lang") / "und" / "cities.tsv"
    found: list[City] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, size, *forms = line.split("\t")
            found.append((name, int(size), *(*forms, "", "", "", "")[:4]))  # type: ignore[arg-type]
    return tuple(found)


def _forms(city: City, tag: str) -> Sequence[str]:
    if tag in _COLUMNS:
        forms = [f for f in str(city[_COLUMNS[tag]]).split("|") if f]
        if tag == "ja":
            forms += [f for f in city[2].split("|") if f]
        return [simplified_characters(f) for f in forms] if tag == "zh" else forms
    return [city[0], *(f for f in city[5].split("|") if f)]


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
