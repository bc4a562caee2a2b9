"""Finds tags that a translated string lost, gained or did not close.

What it finds:
    A tag (`<b>`, `<a href>`, `<br>`, a tag of a component) that the source string has and its
    translation has not, or has not as often; and the other way round.

Why it matters:
    A link that is gone, or a page that is bold to its end.

Example:
    "Lisez les <b>règles[[<b>]]" for "Read the <b>rules</b>".

Leaves alone:
    Tags in another order, `<br>` for `<br/>`, attributes; "<3" and "a < b".

Source:
    HTML Living Standard, section 13.1.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.core import Context, Evidence, Finding, Rule, Scope, Severity, Story, Tier
from auditor.text.strings import StringPair, span_of, string_pairs
from auditor.text.tags import find_tags

ID = "markup/tag"
CONFIDENCE = 0.95


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Compares the tags of each string with those of the one it translates."""
    del context
    for pair in string_pairs(story):
        ours = Counter(tag.name for tag in find_tags(pair.ours.text))
        sides = [Counter(tag.name for tag in find_tags(block.text)) for block in pair.theirs]
        if ours not in sides:
            yield _finding(pair, ours - sides[-1], sides[-1] - ours)


def _finding(pair: StringPair, extra: Counter[str], lost: Counter[str]) -> Finding:
    block, there = pair.ours, pair.theirs[-1]
    mine = [tag for tag in find_tags(block.text) if tag.name in extra]
    # Of several with one name the last is the one too many.
    place = (mine[-1].start, mine[-1].end) if mine else (0, len(block.text))
    parts = [f"lacks {_shown(lost)}"] if lost else []
    parts += [f"has {_shown(extra)} more"] if extra else []
    source = [tag for tag in find_tags(there.text) if tag.name in lost]
    at = (source[-1].start, source[-1].end) if source else (0, len(there.text))
    return Finding(
        rule=ID,
        tier=Tier.STABLE,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE,
        message=f"This string {' and '.join(parts)} than {pair.other.id}."
        if extra
        else f"This string {parts[0]}, which {pair.other.id} has.",
        spans=(span_of(pair.document, block, *place),),
        evidence=(Evidence(span_of(pair.other, there, *at), "the tags here"),),
        values=(*sorted(extra.elements()), "|", *sorted(lost.elements())),
    )


def _shown(tags: Counter[str]) -> str:
    return " and ".join(f"<{name}>" for name in sorted(tags))


RULE = Rule(
    id=ID,
    name="Tag lost or added",
    mqm="Design and markup/Markup tag",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    needs_counterpart=True,
)
