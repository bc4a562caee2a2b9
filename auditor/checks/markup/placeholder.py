"""Finds placeholders that a translation lost, changed, or put in an order its program cannot use.

What it finds:
    `%s`, `%1$d`, `%(name)s`, `{name}`, `{{name}}`, `${name}` or an ICU argument that the source
    string has and its translation has not, or the other way round.

Why it matters:
    The program puts nothing there, puts a value in the wrong place, or stops.

Example:
    "Votre billet [[%(jour)s]]" where the source has %(date)s.

Leaves alone:
    Another order of named or numbered placeholders; the number in a singular form ("un fichier"
    for "%d file"); the branches of an ICU plural, which each language has of its own.

Source:
    printf of POSIX, str.format and % of Python, ICU MessageFormat; GNU gettext checks its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import Context, Evidence, Finding, Rule, Scope, Severity, Story, Tier
from auditor.text.placeholders import Placeholder, find_placeholders
from auditor.text.strings import StringPair, span_of, string_pairs

ID = "markup/placeholder"
CONFIDENCE = 0.95
PLURAL = "\N{END OF TRANSMISSION}plural"


def check(story: Story, context: Context) -> Iterator[Finding]:
    """Compares each string with the one it translates."""
    del context
    plurals = {b.key for d in story.documents for b in d.blocks if b.key.endswith(PLURAL)}
    for pair in string_pairs(story):
        ours = find_placeholders(pair.ours.text)
        theirs = [p for block in pair.theirs for p in find_placeholders(block.text)]
        extra = [p for p in ours if p.name not in {t.name for t in theirs}]
        lost = [p for p in theirs if p.name not in {o.name for o in ours}]
        if f"{pair.ours.key}{PLURAL}" in plurals:
            # "un fichier" for "%d file", and "%d fichier" for "one file".
            extra = [p for p in extra if not p.name.startswith("%")]
            lost = [p for p in lost if not p.name.startswith("%")]
        if extra or lost:
            yield _finding(pair, extra, lost)


def _finding(pair: StringPair, extra: list[Placeholder], lost: list[Placeholder]) -> Finding:
    block, there = pair.ours, pair.theirs[-1]
    place = extra[0] if extra else Placeholder("", 0, len(block.text))
    source = next(
        (p for p in find_placeholders(there.text) if lost and p.name == lost[0].name), None
    )
    repair = None
    if len(extra) == len(lost) == 1 and source:
        repair = there.text[source.start : source.end]
    span = span_of(pair.document, block, place.start, place.end)
    where = pair.other.id
    if sorted(p.name[-1] for p in extra) == sorted(p.name[-1] for p in lost) and len(lost) > 1:
        message = f"The placeholders stand in another order than in {where}: number them (%2$s)."
        repair = None
    elif extra and lost:
        message = f"{where} has {_listed(lost, pair)} here, not {_listed(extra, pair)}."
    elif lost:
        message = f"The placeholder {_listed(lost, pair)} of {where} is missing here."
    else:
        message = f"The placeholder {_listed(extra, pair)} is not in {where}."
    at = (source.start, source.end) if source else (0, len(there.text))
    return Finding(
        rule=ID,
        tier=Tier.STABLE,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE,
        message=message,
        spans=(span,),
        evidence=(Evidence(span_of(pair.other, there, *at), "the placeholders here"),),
        repair=repair,
        values=(*(p.name for p in extra), "|", *(p.name for p in lost)),
    )


def _listed(placeholders: list[Placeholder], pair: StringPair) -> str:
    """As they are written, each once."""
    texts = [block.text for block in (pair.ours, *pair.theirs)]
    names = []
    for one in placeholders:
        found = (
            t[p.start : p.end] for t in texts for p in find_placeholders(t) if p.name == one.name
        )
        shown = next(found, one.name)
        names.append(shown if len(shown) <= 40 else one.name)
    return " and ".join(dict.fromkeys(names))


RULE = Rule(
    id=ID,
    name="Placeholder lost or changed",
    mqm="Design and markup/Markup tag",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    needs_counterpart=True,
)
