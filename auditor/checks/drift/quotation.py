"""Finds what one version quotes and another states in its own voice.

What it finds:
    A claim in quotation marks in one version where another has no mark of a quotation, in that
    passage or near it, and no word by which somebody says it. Where the marks are missing the
    sentence is marked, where they were added the quotation.

Why it matters:
    Without its quotation marks somebody's claim is the newsroom's own.

Example:
    "La police connaissait le danger" where the English version says: Police “knew of the danger”.

Leaves alone:
    One or two words in marks, names and titles; marks of another kind (« », 「」) or in a
    neighbouring sentence; a colon or dash of direct speech; indirect speech (said that, selon,
    表示); a version that uses no quotation marks at all; passages that hardly correspond.

Source:
    Measured on NTREX-128, and on the same lines with the marks taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.core import (
    Context,
    Evidence,
    Fact,
    Finding,
    Passage,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Tier,
)
from auditor.text.quotations import find_claims, is_marked, is_told

ID = "drift/quotation"
CONFIDENCE = 0.5
WEAK_PASSAGE = 0.25
"""Below this the versions may not say the same at all."""
LONGEST = 600
"""Characters of a passage that is compared: more is no sentence, and told by somebody somewhere."""
REACH = 2
"""Sentences on either side where the marks may stand: a quotation goes on over some sentences."""
AROUND = 20
MANY = 3
"""With so many claims quoted around and no mark here, marks were stripped."""


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares what the versions of a passage quote."""
    if passage.confidence < WEAK_PASSAGE:
        return ()
    known = {d: passage.of(d) for d in passage.documents}
    known = {d: own for d, own in known.items() if sum(len(s.text) for s in own) <= LONGEST}
    quoting = {d: own for d, own in known.items() if any(_claims(s) for s in own)}
    if not quoting:
        return ()
    bare = {d: own for d, own in known.items() if d not in quoting and _is_bare(own, context)}
    bare = {d: own for d, own in bare.items() if not _is_stripped(own, quoting, context)}
    if not bare:
        return ()
    source = context.story.source
    first = source if source in known else next(d for d in known if d in quoting or d in bare)
    outvoted = len(bare) > len(quoting) and source not in quoting
    if first in bare or outvoted:
        return tuple(_added(own, bare) for d, own in quoting.items() if d != source)
    return tuple(_lost(own, quoting) for d, own in bare.items() if d != source)


def _claims(segment: Segment) -> tuple[Fact, ...]:
    return find_claims(segment.text, segment.lang)


def _window(own: Sequence[Segment], context: Context, reach: int) -> Sequence[Segment]:
    segments = context.segments(own[0].document)
    return segments[max(0, own[0].index - reach) : own[-1].index + 1 + reach]


def _is_bare(own: Sequence[Segment], context: Context) -> bool:
    """True when nothing in a version says that somebody else says this."""
    if any(is_told(s.text, s.lang) for s in own):
        return False
    return not any(is_marked(s.text) for s in _window(own, context, REACH))


def _is_stripped(
    own: Sequence[Segment], quoting: dict[str, tuple[Segment, ...]], context: Context
) -> bool:
    """True when a version never has marks where another quotes again and again: its style."""
    if any(is_marked(s.text) for s in _window(own, context, AROUND)):
        return False
    return any(
        sum(len(_claims(s)) for s in _window(others, context, AROUND)) >= MANY
        for others in quoting.values()
    )


def _lost(own: Sequence[Segment], quoting: dict[str, tuple[Segment, ...]]) -> Finding:
    claims = [(s, c) for others in quoting.values() for s in others for c in _claims(s)[:1]]
    return _finding(
        f"This is stated in the text's own voice here, but quoted in {', '.join(quoting)}.",
        own[0].span(0, len(own[0].text)),
        tuple(Evidence(s.span(c.start, c.end)) for s, c in claims),
        ("stated", "quoted"),
    )


def _added(own: Sequence[Segment], bare: dict[str, tuple[Segment, ...]]) -> Finding:
    segment, claim = next((s, c) for s in own for c in _claims(s))
    return _finding(
        f"This is quoted here, but {', '.join(bare)} states it in its own voice.",
        segment.span(claim.start, claim.end),
        tuple(Evidence(s.span()) for others in bare.values() for s in others[:1]),
        ("quoted", "stated"),
    )


def _finding(
    message: str, place: Span, evidence: tuple[Evidence, ...], values: tuple[str, str]
) -> Finding:
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE,
        message=message,
        spans=(place,),
        evidence=evidence,
        values=values,
    )


RULE = Rule(
    id=ID,
    name="Quotation",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.PREVIEW,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=("spam/injected", "spun/phrase", "drift/negation", "drift/modality"),
    needs_counterpart=True,
)
