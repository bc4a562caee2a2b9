"""What ends a sentence in one language, as `lang/<language>/sentences.toml` says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from auditor.lang import load

# What ends a sentence by itself, in scripts that write no spaces between sentences.
WIDE_STOPS = "。！？｡"
_STOPS = ".!?…"
_CLOSERS = "\"'”’»›)]"
_WIDE_CLOSERS = "」』》〉）】〕］｝＂＇"
# Marks that may begin a sentence before its first letter.
OPENERS = "\"'“‘«‹„‚([{¿¡「『《〈（【〔—–-•·*"
# English names and companies stand in texts of every language: "St. Martin's", "Apple Inc.".
_NAMES = ("Mr", "Mrs", "Ms", "Dr", "St", "Mt", "vs")
_COMPANIES = ("Inc", "Corp", "Ltd", "Co", "Jr", "Sr")
# A sentence of 2,000 characters is no sentence: a list without full stops, or a wall of text.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Rules:
    """How sentences end in one language.

    Attributes:
        stop: finds a run of full stops with the closing marks behind it; group `stops` is the
            run alone.
        before_name: abbreviations, without their full stop, that never end a sentence.
        before_number: those that do not where a number follows.
        either: those that do where a starter follows.
        starters: function words in lower case; they often begin sentences.
        spaced: True where a space stands between sentences.
        ordinals: True where `18.` is "eighteenth".
        cased: True where sentences begin with capitals.
        continues_with: matches what follows a quotation that ends inside a sentence, or None.
        longest: characters of the longest sentence; longer ones are cut.
    """

    stop: re.Pattern[str]
    before_name: frozenset[str]
    before_number: frozenset[str]
    either: frozenset[str]
    starters: frozenset[str]
    spaced: bool
    ordinals: bool
    cased: bool
    continues_with: re.Pattern[str] | None
    longest: int


@cache
def rules_for(lang: str) -> Rules:
    """The rules of a language; general ones for a language without data.

    Args:
        lang: BCP 47 tag.
    """
    known = load(lang, "sentences")
    stops = known.get("stops", _STOPS)
    closers = re.escape(known.get("closers", _CLOSERS) + _WIDE_CLOSERS)
    spaced = known.get("spaced_closers", "")
    # French: "fin. » Suite", with a no-break space that `normalise` has made a space.
    behind_space = rf"(?: ?[{re.escape(spaced)}])*" if spaced else ""
    follows = known.get("continues_with")
    return Rules(
        # Possessive: "....." is tried once, not once from each of its stops.
        stop=re.compile(
            rf"(?P<stops>[{re.escape(stops + WIDE_STOPS)}]++)"
            rf"[{closers}]*+{behind_space}[{closers}]*"
        ),
        before_name=frozenset((*_NAMES, *known.get("before_name", ()))),
        before_number=frozenset(known.get("before_number", ())),
        either=frozenset((*_COMPANIES, *known.get("either", ()))),
        starters=frozenset(known.get("starters", ())),
        spaced=known.get("spaced", True),
        ordinals=known.get("ordinals", False),
        cased=known.get("cased", True),
        continues_with=re.compile(f"[{follows}]") if follows else None,
        longest=known.get("longest", _LONGEST),
    )
