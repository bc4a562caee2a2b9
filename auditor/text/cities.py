"""The cities of the world by their names in one script: `lang/und/cities.tsv`.

Every language that writes in Latin letters shares one table: one for each took .3 s and 20 MB.

Source: GeoNames (CC BY 4.0) as made by `make_cities`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from auditor.text.chinese import simplified_characters

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_]+")
"""A word of a name. "U.S." is one; "Hong-Kong" and "L'Aia" are two each."""
PAIR = 2
"""Characters by which names without spaces are looked up."""


class City(NamedTuple):
    """One row of the table.

    Attributes:
        name: in English.
        size: inhabitants in thousands.
        han: names in Chinese characters, split by `|`.
        kana: in kana.
        hangul: in Hangul.
        latin: other names in Latin letters.
    """

    name: str
    size: int
    han: str = ""
    kana: str = ""
    hangul: str = ""
    latin: str = ""


@cache
def cities() -> tuple[City, ...]:
    """The rows of the table, the largest city first."""
    path = files("auditor.lang") / "und" / "cities.tsv"
    found: list[City] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, size, *forms = line.split("\t")
            found.append(City(name, int(size), *forms[:4]))
    return tuple(found)


def forms_of(city: City, language: str) -> Sequence[str]:
    """What a city is called in a language; Chinese in simplified characters.

    Args:
        city: a row of the table.
        language: base language tag.
    """
    if language == "zh":
        return simplified_characters(city.han).split("|") if city.han else ()
    if language == "ja":
        return [form for form in (*city.kana.split("|"), *city.han.split("|")) if form]
    if language == "ko":
        return city.hangul.split("|") if city.hangul else ()
    return (city.name, *city.latin.split("|")) if city.latin else (city.name,)


def named(language: str) -> Mapping[str, tuple[City, ...]]:
    """The cities that each name may mean, the largest first.

    Args:
        language: base language tag.
    """
    return _named(_script(language))


def beginning(language: str, *, spaced: bool) -> Mapping[str, Sequence[str]]:
    """The names by what they begin with: their first word, or their first two characters.

    Args:
        language: base language tag.
        spaced: True where spaces part the words.
    """
    return _beginning(_script(language), spaced=spaced)


def _script(language: str) -> str:
    return language if language in {"zh", "ja", "ko"} else ""


@cache
def _named(script: str) -> Mapping[str, tuple[City, ...]]:
    found: dict[str, tuple[City, ...]] = {}
    for city in cities():
        for form in forms_of(city, script):
            known = found.get(form, ())
            if city not in known:
                found[form] = (*known, city)
    return found


@cache
def _beginning(script: str, *, spaced: bool) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for form in _named(script):
        first = WORD.search(form) if spaced else None
        if first or not spaced:
            found.setdefault(first[0] if first else form[:PAIR], []).append(form)
    return found
