"""Finds years, months, days and weekdays that differ from the other versions of a story.

What it finds:
    A date in one version where the others have another one: a year, decade, century, month, day,
    weekday or the number of an anniversary; "last year" too, where the day of publication is known.
    Across different articles on the same events, a year that contradicts what the others give to
    the same named thing, or what an anniversary gives by arithmetic.

Why it matters:
    A wrong date looks as sound as a right one. No reader notices it, and it is quoted.

Example:
    "le 2 mai 1974" in a version whose other versions say May 2, 1971.

Leaves alone:
    A date that is missing or added (an omission); a date that moved to the next sentence; "last
    year" for a year it may be; decades for years; both readings of 06/04/2020; 1,500 metres against
    1500; months that are other words ("may", "mars"); a year that another article mentions too.

Source:
    Canonical values instead of digit strings: 2-4 flags in 1,000 clean segments against
    25-89, measured on NTREX-128. Names of months and days: Unicode CLDR.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from auditor.checks.encoding import GARBLED
from auditor.core import (
    Context,
    Evidence,
    Fact,
    Finding,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Story,
    Tier,
)
from auditor.text.date_notation import write_date, write_fact
from auditor.text.dates import find_dates
from auditor.text.relative_dates import DATELINE, counted_from, dateline
from auditor.text.witnesses import Dissent, dissents
from auditor.text.year_claims import Contradiction, contradictions, year_claims

ID = "drift/date"
KINDS = ("year", "month", "day", "decade", "century", "weekday", "anniversary")
CONFIDENCE = {"year": 0.93, "month": 0.93, "day": 0.9}
"""Share of planted conflicts among all flags on NTREX drift and clean pairs, rounded down."""
CONFIDENCE_OTHER = 0.8
WEAK_PASSAGE = 0.25
"""Below this the versions may not say the same at all."""
MAX_QUOTED = 4


def check(story: Story, context: Context) -> Iterable[Finding]:
    """Compares the dates of all passages, then the years of all articles."""

    @cache
    def find(segment: Segment) -> tuple[Fact, ...]:
        return find_dates(segment.text, segment.lang)

    days = {d.id: story.date or dateline(d) for d in story.documents}

    def counted(segment: Segment) -> tuple[Fact, ...]:
        return counted_from(find(segment), segment.text, segment.lang, days[segment.document])

    findings: dict[Span, Finding] = {}
    for passage in context.passages:
        for dissent in dissents(passage, context, counted, KINDS):
            finding = _within(dissent, passage.confidence)
            findings[finding.spans[0]] = finding
    segments = {d.id: context.segments(d.id) for d in story.documents}
    claims = year_claims(segments, story, find)
    for contradiction in contradictions(claims, context):
        finding = _across(contradiction)
        known = findings.get(finding.spans[0])
        if known is None or finding.severity.rank > known.severity.rank:
            findings[finding.spans[0]] = finding
    return tuple(findings.values())


def _within(dissent: Dissent, alignment: float) -> Finding:
    """The finding for a date that other versions of the same passage contradict."""
    statement, rival = dissent.statement, dissent.against[0]
    kind = statement.fact.kind
    counted = [s for s in (statement, *dissent.against) if s.fact.unit == DATELINE]
    weak = dissent.doubtful or alignment < WEAK_PASSAGE or any(s.fact.alternatives for s in counted)
    confidence = CONFIDENCE.get(kind, CONFIDENCE_OTHER) - (0.4 if weak else 0.0)
    by_quote: dict[str, list[str]] = {}
    for s in dissent.against:
        by_quote.setdefault(s.quote, []).append(s.segment.document)
    others = [f"“{quote}” in {_listed(ids)}" for quote, ids in by_quote.items()]
    told = [f"; from the day of publication “{s.quote}” is {s.fact.value}" for s in counted[:1]]
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW if weak else Tier.STABLE,
        severity=Severity.MINOR if kind == "weekday" else Severity.MAJOR,
        confidence=round(confidence + (0.04 if len(dissent.against) > 1 and not weak else 0), 2),
        message=f"The {kind} is “{statement.quote}” here, but {_listed(others)}{''.join(told)}.",
        spans=(statement.span,),
        evidence=tuple(Evidence(s.span, s.quote) for s in dissent.against),
        repair=write_fact(rival.fact, statement.quote, statement.segment.lang),
        values=(statement.fact.value, rival.fact.value),
    )


def _across(found: Contradiction) -> Finding:
    """The finding for a year that other articles, or arithmetic, contradict."""
    statement, year = found.claim.statement, str(found.year)
    certain = bool(found.texts and found.computed)
    sure = certain or found.texts > 1
    evidence = [Evidence(c.statement.span, year) for c in found.stated]
    reasons = [f"{year} in {_listed([c.document for c in found.stated])}"] if found.stated else []
    for c in found.computed:
        counted = f"anniversary {(n := int(c.statement.fact.value))} in {c.years[0] + n}"
        evidence.append(Evidence(c.statement.span, f"{counted}: {c.years[0]}"))
        reasons = [*reasons[: bool(found.stated)], f"{counted} points to {c.years[0]}"]
    return Finding(
        rule=ID,
        tier=Tier.STABLE if sure else Tier.PREVIEW,
        severity=Severity.CRITICAL if sure else Severity.MAJOR,
        confidence=0.95 if certain else 0.8 if sure else 0.4,
        message=f"The year is “{statement.quote}” here, but {'; '.join(reasons)}.",
        spans=(statement.span,),
        evidence=tuple(evidence),
        repair=write_date("year", found.year, statement.quote, statement.segment.lang),
        values=(statement.fact.value, year),
    )


def _listed(parts: Sequence[str]) -> str:
    shown = parts[:MAX_QUOTED]
    return " and ".join(filter(None, (", ".join(shown[:-1]), *shown[-1:])))


RULE = Rule(
    id=ID,
    name="Date drift",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.STORY,
    check=check,
    yields_to=(*GARBLED, "spam/injected", "spun/phrase"),
)
