"""Finds the names that a project has decided on, in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.core import Fact, KnownName

KNOWN = "known-name"


@dataclass(frozen=True, slots=True)
class Index:
    """Forms as they are looked for.

    Attributes:
        forms: by their first two characters, the longest first.
        beginning: finds the places where one of those pairs stands; None for no forms.
    """

    forms: Mapping[str, Sequence[str]]
    beginning: re.Pattern[str] | None


def find_known(text: str, names: tuple[KnownName, ...]) -> tuple[Fact, ...]:
    """The known names in a text; the value is the canonical form.

    Args:
        text: one segment.
        names: from `names.toml`.
    """
    return find_forms(text, *allowed(names))


def find_forms(text: str, table: Mapping[str, str], index: Index) -> tuple[Fact, ...]:
    """The same for the forms of `allowed`: to look up hundreds of names costs more than to scan."""
    return tuple(Fact(KNOWN, table[form], at, at + len(form)) for at, form in _scan(text, index))


def find_forbidden(text: str, names: tuple[KnownName, ...]) -> Iterator[tuple[KnownName, int, int]]:
    """The forms in a text that the project never wants, with the name they stand for."""
    table, index = _forbidden(names)
    for at, form in _scan(text, index):
        yield table[form], at, at + len(form)


def excused(facts: Iterable[Fact], known: Sequence[Fact]) -> list[Fact]:
    """The facts, those that a known name covers as soft ones: the project answers for them."""
    return [
        replace(f, hard=f.hard and not any(f.start < k.end and k.start < f.end for k in known))
        for f in facts
    ]


@lru_cache(maxsize=16)
def allowed(names: tuple[KnownName, ...]) -> tuple[Mapping[str, str], Index]:
    """The forms that a text may use, each with its canonical form, and where they may begin.

    Args:
        names: of a project, or the organisations of a language.
    """
    table = {form: n.name for n in names for form in (n.name, *(form for _, form in n.forms))}
    return table, _index(table)


@lru_cache(maxsize=16)
def _forbidden(names: tuple[KnownName, ...]) -> tuple[Mapping[str, KnownName], Index]:
    table = {form: n for n in names for form in n.never}
    return table, _index(table)


def _index(forms: Iterable[str]) -> Index:
    index: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        index.setdefault(form[:2], []).append(form)
    seconds: dict[str, list[str]] = {}
    for pair in index:
        seconds.setdefault(pair[:1], []).append(pair[1:])
    branches = [
        re.escape(first) + ("" if "" in rest else f"[{re.escape(''.join(rest))}]")
        for first, rest in seconds.items()
        if first
    ]
    return Index(index, re.compile("|".join(branches)) if branches else None)


def _scan(text: str, index: Index) -> Iterator[tuple[int, str]]:
    # Character by character this was the dearest of all that looks for facts.
    found = index.beginning.search(text) if index.beginning else None
    while found and index.beginning:
        at = found.start()
        listed = (*index.forms.get(text[at : at + 2], ()), *index.forms.get(text[at], ()))
        form = next((f for f in listed if text.startswith(f, at) and _whole(text, at, f)), None)
        if form:
            yield at, form
        found = index.beginning.search(text, at + (len(form) if form else 1))


def _whole(text: str, at: int, form: str) -> bool:
    """川普 stands in a sentence without spaces; "Kiev" is not to be found in "Kievan"."""
    before, after = text[at - 1 : at] if at else "", text[at + len(form) : at + len(form) + 1]
    return not (_spaced(before) and _spaced(form[0])) and not (_spaced(form[-1]) and _spaced(after))


def _spaced(char: str) -> bool:
    return char.isalnum() and not "\u2e80" <= char <= "\uffdc"
