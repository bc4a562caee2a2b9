"""What is known of each language, as data: `lang/<language>/<topic>.toml`.

A new language needs data here, not code elsewhere. Each file names the source of
what it holds in a comment at its head.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import tomli

_TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,4}")

UNSPACED = frozenset({"zh", "ja", "th"})
"""Languages written without spaces between words."""


def is_tag(text: str) -> bool:
    """True for what may be a language tag: `fr`, `zh-Hant`, `pt_BR`; not for `!!` or a name."""
    return bool(_TAG.fullmatch(text))


@lru_cache(maxsize=512)
def base(tag: str) -> str:
    """The language of a BCP 47 tag without script or region: `zh` for `zh-Hant`."""
    return tag.split("-", 1)[0].lower()


def joiner(tag: str) -> str:
    """What stands between two sentences or words: nothing where a language writes no spaces."""
    return "" if base(tag) in UNSPACED else " "


def canonical(tag: str) -> str:
    """A language tag in the form that the project uses: `zh-Hant` for `zh-TW`, `fr` for `fr_FR`.

    Chinese keeps its script only, because that decides how it is read; plain `zh` stays `zh`. Other
    languages keep nothing but the language.
    """
    parts = tag.replace("_", "-").lower().split("-")
    if parts[0] not in ("zh", "yue", "cmn"):
        return parts[0]
    if {"hant", "tw", "hk", "mo"} & set(parts):
        return "zh-Hant"
    return "zh-Hans" if {"hans", "cn", "sg", "my"} & set(parts) else "zh"


@cache
def load(lang: str, topic: str) -> Mapping[str, Any]:
    """The data of one language on one topic; empty when there is none.

    `zh-Hant` is looked up as such first, then as `zh`.

    Args:
        lang: BCP 47 tag.
        topic: file name without its ending, such as `sentences`.
    """
    for name in dict.fromkeys((lang, base(lang))):
        if not name.replace("-", "").isalnum():
            continue
        path = files(__name__) / name / f"{topic}.toml"
        if path.is_file():
            return MappingProxyType(tomli.loads(path.read_text(encoding="utf-8")))
    return MappingProxyType({})


@cache
def languages(topic: str) -> tuple[str, ...]:
    """The languages that have data on a topic, sorted."""
    return tuple(
        sorted(
            entry.name
            for entry in files(__name__).iterdir()
            if entry.is_dir() and (entry / f"{topic}.toml").is_file()
        )
    )


WITHOUT_SEEN = "AUDITOR_WITHOUT_SEEN"
"""Set in the environment of a measurement, it leaves out entries that known articles hold."""
_NOTHING: frozenset[str] = frozenset()


def left_out(lang: str, topic: str) -> frozenset[str]:
    """Entries not to be used: those that `[seen]` lists, where a measurement asks for that.

    What is kept of a word list is kept by this set, so that one process can do both.

    Args:
        lang: BCP 47 tag.
        topic: as `load` takes it.
    """
    return _seen(lang, topic) if os.environ.get(WITHOUT_SEEN) else _NOTHING


@contextmanager
def without_seen() -> Iterator[None]:
    """Leaves out within it what known articles hold; processes started within it do too."""
    before = os.environ.get(WITHOUT_SEEN, "")
    os.environ[WITHOUT_SEEN] = "1"
    try:
        yield
    finally:
        os.environ[WITHOUT_SEEN] = before


@cache
def _seen(lang: str, topic: str) -> frozenset[str]:
    return frozenset(load(lang, topic).get("seen", {}).get("words", ()))
