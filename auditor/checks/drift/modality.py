"""Finds what one version states as a fact and another only as alleged, suspected or reported.

What it finds:
    A word that says that something is not proven (alleged, reportedly, suspected; présumé,
    soupçonné; presunto, sospettato; 涉嫌, 據稱) in one version, where another has neither such a
    word nor anything that may stand for it. Where the word is missing the sentence is marked,
    where it was added the word.

Why it matters:
    Without its "alleged" a suspect is a culprit, and the newsroom a defendant.

Example:
    "警方逮捕了殺害三人的男子" where the English version says "the man suspected of killing three".

Leaves alone:
    Sentences with any word that may guard the statement in another way: a conditional (aurait,
    avrebbe), could, may, 可能; somebody who says, claims, is charged or stands trial; a guarding
    word in the sentence beside it; passages that hardly correspond.

Source:
    Measured on NTREX-128, and on the same lines with the word taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.core import Context, Evidence, Finding, Passage, Rule, Scope, Segment, Severity, Tier
from auditor.text.modality import find_hedges, is_guarded, knows_modality

ID = "drift/modality"
CONFIDENCE = 0.5
WEAK_PASSAGE = 0.25
"""Below this the versions may not say the same at all."""
LONGEST = 600
"""Characters of a passage that is compared: more is no sentence, and always guarded somewhere."""


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares how sure the versions of a passage are."""
    if passage.confidence < WEAK_PASSAGE:
        return ()
    versions = {d: passage.of(d) for d in passage.documents}
    known = {
        d: own
        for d, own in versions.items()
        if all(knows_modality(s.lang) for s in own) and sum(len(s.text) for s in own) <= LONGEST
    }
    hedged = {d: own for d, own in known.items() if any(_hedges(s) for s in own)}
    bare = {d: own for d, own in known.items() if d not in hedged and not _guarded(own, context)}
    if not hedged or not bare:
        return ()
    source = context.story.source
    first = source if source in known else next(d for d in known if d in hedged or d in bare)
    outvoted = len(bare) > len(hedged) and source not in hedged
    if first in bare or outvoted:
        return tuple(_added(own, bare) for own in hedged.values() if source not in hedged)
    return tuple(_lost(own, hedged) for own in bare.values())


def _hedges(segment: Segment) -> tuple[tuple[int, int], ...]:
    return tuple((f.start, f.end) for f in find_hedges(segment.text, segment.lang))


def _guarded(own: Sequence[Segment], context: Context) -> bool:
    """True when a version says in some way, here or in a neighbour, that it is not proven."""
    if any(is_guarded(s.text, s.lang) for s in own):
        return True
    segments = context.segments(own[0].document)
    beside = (
        *segments[max(0, own[0].index - 1) : own[0].index],
        *segments[own[-1].index + 1 :][:1],
    )
    return any(_hedges(s) for s in beside)


def _lost(own: Sequence[Segment], hedged: dict[str, tuple[Segment, ...]]) -> Finding:
    marks = [(s, *place) for others in hedged.values() for s in others for place in _hedges(s)[:1]]
    said = " and ".join(
        dict.fromkeys(f"“{s.text[start:end]}” in {s.document}" for s, start, end in marks)
    )
    return _finding(
        f"This is stated as a fact here, but guarded with {said}.",
        own[0],
        (0, len(own[0].text)),
        tuple(Evidence(s.span(start, end)) for s, start, end in marks),
        ("stated", "guarded"),
    )


def _added(own: Sequence[Segment], bare: dict[str, tuple[Segment, ...]]) -> Finding:
    segment = next(s for s in own if _hedges(s))
    start, end = _hedges(segment)[0]
    return _finding(
        f"“{segment.text[start:end]}” says that this is not proven; {', '.join(bare)} states it.",
        segment,
        (start, end),
        tuple(Evidence(s.span()) for others in bare.values() for s in others[:1]),
        ("guarded", "stated"),
    )


def _finding(
    message: str,
    segment: Segment,
    place: tuple[int, int],
    evidence: tuple[Evidence, ...],
    values: tuple[str, str],
) -> Finding:
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE,
        message=message,
        spans=(segment.span(*place),),
        evidence=evidence,
        values=values,
    )


RULE = Rule(
    id=ID,
    name="Modality",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.PREVIEW,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=("spam/injected", "spun/phrase", "drift/negation"),
    needs_counterpart=True,
)
