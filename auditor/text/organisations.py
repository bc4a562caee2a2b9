"""Finds organisations that every language calls otherwise: WHO, OMS, 世卫组织."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from auditor.core import Fact, KnownName
from auditor.lang import base, load
from auditor.text.chinese import is_traditional, simplified_characters
from auditor.text.chinese_words import traditional
from auditor.text.known_names import Index, allowed, find_forms

ORGANISATION = "organisation"


@lru_cache(maxsize=1024)
def find_organisations(text: str, lang: str) -> tuple[Fact, ...]:
    """The organisations in a text by acronym or full name; the value is the English acronym.

    Args:
        text: one segment.
        lang: BCP 47 tag: FMI is the fund in French, but a firm in English.
    """
    plain = simplified_characters(text) if base(lang) == "zh" else text
    forms, index, values = _named(base(lang))
    return tuple(
        replace(f, kind=ORGANISATION, value=values[f.value])
        for f in find_forms(plain, forms, index)
    )


def written_organisation(value: str, quote: str, lang: str) -> str | None:
    """An organisation as a language writes it: by acronym where the other one was.

    Args:
        value: the English acronym or name.
        quote: what it is to replace.
        lang: BCP 47 tag.
    """
    forms: Sequence[str] = load("und", "organisations").get(value, {}).get(base(lang), ())
    if not forms:
        return None
    alike = [form for form in forms if form.isupper() == quote.isupper()]
    form = (alike or list(forms))[0]
    return traditional(form) if is_traditional(lang) else form


@cache
def _named(lang: str) -> tuple[Mapping[str, str], Index, Mapping[str, str]]:
    """The forms of a language, where they begin, and the English acronym of each first form."""
    table = load("und", "organisations")
    spoken = {name: forms[lang] for name, forms in table.items() if lang in forms}
    names = tuple(KnownName(f[0], tuple((lang, form) for form in f)) for f in spoken.values())
    return *allowed(names), {forms[0]: name for name, forms in spoken.items()}
