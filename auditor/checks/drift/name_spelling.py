"""Finds names that one document spells in two ways, or as the project never does.

What it finds:
    The rarer of two spellings of one name inside a document; a short surname with two vowels
    swapped (Zhuo, where the text has Zhou Fengsuo); two transcriptions of one place; a form that
    the project's `names.toml` lists as `never`.

Why it matters:
    A reader takes Tienanmen for another place than Tiananmen, and a search finds only one.

Example:
    "Sulivan" in a text that has "Andrew Sullivan" elsewhere.

Leaves alone:
    Names that are both well known (Johnson, Johnston); short names; endings (Paul and Paula,
    plurals, cases); accents; forms that the project's `names.toml` lists as equal;
    abbreviations of places (印尼 for 印度尼西亚).

Source:
    How frequent names are: wordfreq (Apache-2.0, data CC BY-SA 4.0).
"""

from __future__ import annotations

from collections.abc import Iterable

from auditor.checks.encoding import GARBLED
from auditor.core import (
    Context,
    Document,
    Evidence,
    Finding,
    KnownName,
    Rule,
    Scope,
    Segment,
    Severity,
    Tier,
)
from auditor.text.known_names import find_forbidden, find_known
from auditor.text.name_variants import Variant, variants

ID = "drift/name-spelling"
CONFIDENCE = {True: 0.75, False: 0.5}
MAX_SHOWN = 4


def check(document: Document, context: Context) -> Iterable[Finding]:
    """Looks for forbidden forms, then for two spellings of one name."""
    segments, names = context.segments(document.id), context.story.names
    for segment in segments:
        for name, start, end in find_forbidden(segment.text, names):
            yield _forbidden(segment, name, start, end)
    for variant in variants(segments, document.lang):
        rare, usual = variant.places[0], variant.usual[0]
        listed = [{f.value for f in find_known(p.quote, names)} for p in (rare, usual)]
        if not listed[0] & listed[1]:
            yield _finding(variant)


def _forbidden(segment: Segment, name: KnownName, start: int, end: int) -> Finding:
    quote, wanted = segment.text[start:end], name.written(segment.lang)
    return Finding(
        rule=ID,
        tier=Tier.STABLE,
        severity=Severity.MINOR,
        confidence=0.95,
        message=f"The list of names has “{wanted}”, and never “{quote}”.",
        spans=(segment.span(start, end),),
        repair=wanted,
        values=(quote, wanted),
    )


def _finding(variant: Variant) -> Finding:
    rare, usual = variant.places[0].quote, variant.usual[0].quote
    times = f"{len(variant.usual)} times" if len(variant.usual) > 1 else "once"
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW,
        severity=Severity.MINOR,
        confidence=CONFIDENCE[variant.sure],
        message=f"The name is “{rare}” here and “{usual}” {times} elsewhere in this text.",
        spans=tuple(p.segment.span(p.start, p.end) for p in variant.places),
        evidence=tuple(
            Evidence(p.segment.span(p.start, p.end), usual) for p in variant.usual[:MAX_SHOWN]
        ),
        repair=usual,
        values=(rare, usual),
    )


RULE = Rule(
    id=ID,
    name="Name in two spellings",
    mqm="Terminology/Inconsistent with terminology resource",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    yields_to=(
        *GARBLED,
        *("drift/name", "drift/place", "spam/injected", "spun/phrase"),
    ),
)
