"""Finds quotation marks of another language.

What it finds:
    A quotation between the marks of the source's language (“…”) that the language of the version
    does not use (« … », 「…」).

Why it matters:
    Readers see at once that a text was not written for them.

Example:
    Le maire a dit [[“]]oui”.

Leaves alone:
    Straight marks; apostrophes; the marks that a language uses inside a quotation; languages of
    which no marks are known.

Source:
    Unicode CLDR, delimiters of each locale.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import Context, Evidence, Finding, Rule, Scope, Segment, Severity, Tier
from auditor.lang import base, load

ID = "markup/quotes"
CONFIDENCE = 0.5
OPENING = "“„«「『"


def check(segment: Segment, context: Context) -> Iterator[Finding]:
    """Looks for opening marks that the language does not use and the source's does."""
    others = context.counterparts(segment)
    own = _marks(segment.lang)
    if not others or not own:
        return
    for at, mark in enumerate(segment.text):
        if mark not in OPENING or mark in own:
            continue
        witness = next((o for o in others if mark in _marks(o.lang) and mark in o.text), None)
        if witness is not None:
            yield Finding(
                rule=ID,
                tier=Tier.PREVIEW,
                severity=Severity.MINOR,
                confidence=CONFIDENCE,
                message=f"The mark {mark} is that of {witness.document}; here one writes {own[0]}.",
                spans=(segment.span(at, at + 1),),
                evidence=(Evidence(witness.span(), "the same mark"),),
                values=(mark, own[0]),
            )
            return


def _marks(lang: str) -> tuple[str, ...]:
    held = load("und", "quotes").get("marks", {})
    return tuple(held.get(lang) or held.get(base(lang)) or ())


RULE = Rule(
    id=ID,
    name="Quotation marks of another language",
    mqm="Locale conventions/Punctuation marks",
    severity=Severity.MINOR,
    tier=Tier.PREVIEW,
    scope=Scope.SEGMENT,
    check=check,
    needs_counterpart=True,
)
