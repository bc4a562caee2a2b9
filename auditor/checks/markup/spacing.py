r"""Finds strings that lost or gained the space or line end at one of their ends.

What it finds:
    White space at the beginning or the end of a source string (`"Name: "`) that its translation
    has not, and the other way round.

Why it matters:
    Programs put strings together: without the space, two words become one.

Example:
    "[[Totale:]]" for "Total: ", before an amount.

Leaves alone:
    Chinese, Japanese and Thai, which write no space there; a space that a full-width colon stands
    for; strings without quotation marks in their file.

Source:
    The checks of translation tools name it so: gettext's "\n" check, translate-toolkit's
    startwhitespace and endwhitespace.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import Context, Evidence, Finding, Rule, Scope, Severity, Story, Tier
from auditor.lang import UNSPACED, base
from auditor.text.strings import StringPair, edges, span_of, string_pairs

ID = "markup/spacing"
CONFIDENCE = 0.85


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Compares both ends of each string with those of the one it translates."""
    del context
    for pair in string_pairs(story):
        ours = edges(pair.document, pair.ours)
        theirs = [e for block in pair.theirs if (e := edges(pair.other, block)) is not None]
        if ours is None or not theirs or ours in theirs:
            continue
        for side, name in enumerate(("beginning", "end")):
            here, there = ours[side], theirs[-1][side]
            unspaced = base(pair.document.lang) in UNSPACED or base(pair.other.lang) in UNSPACED
            if unspaced:
                # A line end is one in every language.
                here, there = here.replace(" ", ""), there.replace(" ", "")
            if here != there:
                yield _finding(pair, side, name, here, there)


def _finding(pair: StringPair, side: int, name: str, here: str, there: str) -> Finding:
    what = "line end" if "\\n" in here + there else "space"
    said = "lacks" if len(here) < len(there) else "has"
    told = f"which {pair.other.id} has" if said == "lacks" else f"which {pair.other.id} has not"
    text = pair.ours.text
    place = (0, 1) if side == 0 else (len(text) - 1, len(text))
    theirs = pair.theirs[-1]
    at = (0, 1) if side == 0 else (len(theirs.text) - 1, len(theirs.text))
    return Finding(
        rule=ID,
        tier=Tier.STABLE,
        severity=Severity.MINOR,
        confidence=CONFIDENCE,
        message=f"This string {said} a {what} at its {name}, {told}.",
        spans=(span_of(pair.document, pair.ours, *place),),
        evidence=(Evidence(span_of(pair.other, theirs, *at), f"a {what} stands here"),),
        values=(name, here, there),
    )


RULE = Rule(
    id=ID,
    name="Space at the end of a string",
    mqm="Design and markup/Layout",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    needs_counterpart=True,
)
