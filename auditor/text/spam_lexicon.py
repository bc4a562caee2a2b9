"""The words of the trades that inject advertising, and the contacts that follow them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from auditor import lang as languages
from auditor.text.junction import fold

ALWAYS = "en"
"""English key phrases are injected into text of every language: `bet365`, `online casino`."""
_HANDLE = re.compile(
    # `QQ: 8836612`, `WhatsApp +44 7700 900123`
    r"[ :：是号群搜加@/-]{0,4}(?:\+?\d(?:[ .-]?\d){6,15}"
    # `加微信abc_889`, `Telegram: @bac_888`
    r"|[A-Za-z0-9_][A-Za-z0-9_.-]{4,30}[A-Za-z0-9_])"
)
_ADDRESS = re.compile(
    # `https://t.me/example`
    r"[ :：(（-]{0,3}(?:https?://[\w./?=&%#-]{4,80}"
    # `www.example.com/slots`, `bac888.vip`
    r"|(?:[\w-]{2,40}\.){1,3}(?:com|net|org|vip|top|xyz|me|cc|io|club|bet|win|online|site)\b"
    r"(?:/[\w./?=&%#-]{0,60})?)"
)


@dataclass(frozen=True, slots=True)
class Trade:
    """The words of one trade in one language, folded.

    Attributes:
        name: such as `gambling`.
        topic: a few words for comparison by meaning.
        terms: name the trade; news may use them.
        ordinary: terms that also have another meaning, or that news uses every day.
        phrases: advertising by themselves.
        modifiers: join a term or phrase beside them.
        common: join it too, but are ordinary words elsewhere.
    """

    name: str
    topic: str
    terms: frozenset[str]
    ordinary: frozenset[str]
    phrases: frozenset[str]
    modifiers: tuple[str, ...]
    common: tuple[str, ...]


def knows_spam(lang: str) -> bool:
    """True when there are key phrases of this language itself."""
    return bool(trades(languages.base(lang)))


def trades(lang: str) -> tuple[Trade, ...]:
    """The trades known in a language, from `lang/<tag>/spam.toml`."""
    return _trades(lang, languages.left_out(lang, "spam"))


@cache
def _trades(lang: str, left_out: frozenset[str]) -> tuple[Trade, ...]:
    found = []
    for name, words in languages.load(lang, "spam").items():
        if isinstance(words, Mapping) and name != "seen":
            parts = {
                part: sorted(
                    {fold(w, lang) for w in words[part] if w not in left_out},
                    key=lambda w: (-len(w), w),
                )
                for part in ("terms", "ordinary", "phrases", "modifiers", "common")
            }
            found.append(
                Trade(
                    name,
                    words["topic"],
                    frozenset(parts["terms"]),
                    frozenset(parts["ordinary"]),
                    frozenset(parts["phrases"]),
                    tuple(parts["modifiers"]),
                    tuple(parts["common"]),
                )
            )
    return tuple(found)


def contact_end(folded: str, at: int, lang: str) -> int | None:
    """The end of a handle or address that follows a key phrase, or None.

    Args:
        folded: text as `fold` gives it.
        at: where the key phrase ends.
        lang: BCP 47 tag of the text.
    """
    address = _ADDRESS.match(folded, at)
    if address:
        return address.end()
    for gap in range(4):
        for name in _contacts(lang):
            if folded.startswith(name, at + gap):
                handle = _HANDLE.match(folded, at + gap + len(name))
                if handle:
                    return handle.end()
    return None


def find_contact(folded: str, lang: str) -> tuple[int, int] | None:
    """The first name of a service with a handle behind it, or None.

    Args:
        folded: text as `fold` gives it.
        lang: its BCP 47 tag.
    """
    for name in _contacts(lang):
        at = folded.find(name)
        while at >= 0:
            # `call` is in `recall`; 微信 stands in the middle of a row of characters.
            whole = not (name.isascii() and folded[at - 1 : at].isalpha())
            handle = _HANDLE.match(folded, at + len(name)) if whole else None
            if handle and any(map(str.isdigit, handle[0])):
                return at, handle.end()
            at = folded.find(name, at + 1)
    return None


@cache
def _contacts(lang: str) -> tuple[str, ...]:
    """What stands before a handle, the longest first."""
    names = {
        fold(name, lang)
        for tag in (languages.base(lang), ALWAYS)
        for name in languages.load(tag, "spam").get("contacts", ())
    }
    return tuple(sorted(names, key=lambda name: (-len(name), name)))
