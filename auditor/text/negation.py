"""Words that deny: not, never, without, ne ... pas, 不; and those that deny by what they mean.

A phrase in which such a word denies nothing ("not only", 不仅) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from auditor.lang import base, load
from auditor.text.opposites import folded

_LETTER = r"[^\W\d_]"
_AFFIXED = 6
"""Letters that a word with a denying affix has at least: unable, but not `under` or `inch`."""
_UNSPACED = frozenset(("zh", "ja", "ko", "th"))
MAX_FOUND = 100
"""Of one segment."""


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that denies.

    Attributes:
        start: first code point.
        end: one past the last.
        soft: True for what denies by its meaning (refuse, lack, unable) and may be no denial.
    """

    start: int
    end: int
    soft: bool


def find_negations(text: str, lang: str) -> tuple[Negation, ...]:
    """What denies in a text, in order; empty for a language of which nothing is known.

    Args:
        text: a sentence or so.
        lang: BCP 47 tag.
    """
    pattern = _pattern(base(lang))
    if pattern is None:
        return ()
    found: list[Negation] = []
    for m in pattern.finditer(folded(text, lang)):
        if m.lastgroup != "phrase":
            found.append(Negation(m.start(), m.end(), m.lastgroup == "soft"))
        if len(found) == MAX_FOUND:
            break
    return tuple(found)


def knows_negation(lang: str) -> bool:
    """True when the denying words of the language are known."""
    return _pattern(base(lang)) is not None


@cache
def _pattern(lang: str) -> re.Pattern[str] | None:
    known = load(lang, "negation")
    if not known:
        return None
    apart = lang not in _UNSPACED
    branches = [f"(?P<phrase>{_any(known['phrases'], apart=apart)})"] if known["phrases"] else []
    branches.append(f"(?P<hard>{_any(known['words'], apart=apart)})")
    soft = [_any(known["soft"], apart=apart)] if known["soft"] else []
    if known["prefixes"]:
        soft.append(rf"\b(?:{_alternatives(known['prefixes'])})-?{_LETTER}{{{_AFFIXED - 2},30}}\b")
    if known["suffixes"]:
        soft.append(rf"\b{_LETTER}{{{_AFFIXED - 3},30}}(?:{_alternatives(known['suffixes'])})\b")
    if soft:
        branches.append(f"(?P<soft>{'|'.join(soft)})")
    return re.compile("|".join(branches), re.IGNORECASE)


def _any(words: Sequence[str], *, apart: bool) -> str:
    if not apart:
        return f"(?:{_alternatives(words)})"
    # n’ stands before its verb without a space.
    return rf"\b(?:{_alternatives(words)})(?:(?<=’)|\b)"


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(re.escape(w.casefold()) for w in sorted(words, key=lambda w: (-len(w), w)))
