"""Finds a bracket that nothing closes or opens, where the source has both.

What it finds:
    A string or a passage with a bracket that stands alone, whose source has its brackets in pairs.

Why it matters:
    It shows that something was cut off, or typed wrongly.

Example:
    "La torre [[(]]42 metri" for "The tower (42 metres)".

Leaves alone:
    "a)" before an item; faces such as :-); what the source has alone too; half-width brackets
    closed by full-width ones.

Source:
    UAX #9, paired brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.core import Context, Evidence, Finding, Passage, Rule, Scope, Severity, Tier
from auditor.text.tags import Part, unbalanced

ID = "markup/bracket"
CONFIDENCE = 0.85
_FREE = re.compile(r"(?:^|\s)\(?[0-9A-Za-z]{1,3}[)）]|[:;=8][-']?[()\[\]]")


def check(passage: Passage, context: Context) -> Iterator[Finding]:
    """Compares the brackets of all versions of a passage."""
    source = context.story.source
    sides = {id: _alone(passage, id) for id in passage.documents}
    if source in sides:
        sound = [source] if not sides[source] else []
    else:
        sound = [id for id, alone in sides.items() if not alone]
    for id, alone in sides.items():
        if len(alone) == 1 and sound and id != source and len(sound) >= len(sides) - 1:
            index, part = alone[0]
            segment = passage.of(id)[index]
            witness = passage.of(sound[0])[0]
            yield Finding(
                rule=ID,
                tier=Tier.STABLE,
                severity=Severity.MINOR,
                confidence=CONFIDENCE,
                message=f"Nothing belongs to this bracket; {sound[0]} has its brackets in pairs.",
                spans=(segment.span(part.start, part.end),),
                evidence=(Evidence(witness.span(), "brackets in pairs"),),
                values=(part.name,),
            )


def _alone(passage: Passage, id: str) -> list[tuple[int, Part]]:
    """The brackets without partner, each with the number of its segment.

    A bracket that opens in one sentence may close in the next.
    """
    segments = passage.of(id)
    text = "\n".join(segment.text for segment in segments)
    free = [match.span() for match in _FREE.finditer(text)]
    found: list[tuple[int, Part]] = []
    for part in unbalanced(text):
        if any(start <= part.start < end for start, end in free):
            continue
        index = text.count("\n", 0, part.start) if len(segments) > 1 else 0
        before = sum(len(s.text) + 1 for s in segments[:index])
        found.append((index, Part(part.name, part.start - before, part.end - before)))
    return found


RULE = Rule(
    id=ID,
    name="Bracket without its partner",
    mqm="Linguistic conventions/Punctuation",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.PASSAGE,
    check=check,
    needs_counterpart=True,
)
