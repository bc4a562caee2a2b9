"""Finds countries and cities that differ from the other versions of a story.

What it finds:
    A country or a city in one version where the others name another one.

Why it matters:
    "Liverpool" for "Washington" is a sound sentence and a false report.

Example:
    "le maire de Barcelone" in a version whose other versions speak of the mayor of Madrid.

Leaves alone:
    A place that is missing or added; the capital for the government or the country; Britain for
    England, but not Scotland for Wales; 雪梨 and 悉尼 for Sydney; adjectives ("French",
    "chinoise"), which can only confirm a country by default; names that are also words or
    persons (Nice, Bath, Victoria).

Source:
    Names: Unicode CLDR, GeoNames (CC BY 4.0) and the project's own lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.checks.encoding import GARBLED
from auditor.core import (
    Context,
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
from auditor.text.contradicted import contradicted, is_sure, told
from auditor.text.known_names import excused, find_known
from auditor.text.place_names import CITY, COUNTRY, written
from auditor.text.places import (
    find_places,
    is_adjective,
    knows_origins,
    numbered,
    place_conflicts,
)
from auditor.text.witnesses import Dissent, Find, dissents

ID = "drift/place"
KINDS = (COUNTRY, CITY)
CONFIDENCE = 0.9
CONFIDENCE_WEAK = 0.5


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares the places of a passage: by name first, then with adjectives of origin."""
    found: dict[Span, Finding] = {}
    counted = _counting(passage)
    for find in (_named, _named_or_belonging, counted):
        own = _but_known(find, context)
        for dissent in dissents(passage, context, own, KINDS, compare=place_conflicts):
            values = dissent.statement.fact.value, dissent.against[0].fact.value
            if find is counted and all(value[-1].isdigit() for value in values):
                continue
            finding = _finding(dissent, sure=find is _named and is_sure(dissent, passage))
            found.setdefault(finding.spans[0], finding)
    return tuple(found.values())


def _but_known(find: Find, context: Context) -> Find:
    """The same places, but those that the project's own list of names covers accuse nobody."""
    names = context.story.names
    if not names:
        return find
    return lambda segment: excused(find(segment), find_known(segment.text, names))


def _counting(passage: Passage) -> Find:
    """Finds places by mention: of "UK" twice, one may have become another country."""
    listed: dict[Segment, list[Fact]] = {}
    for document in passage.documents:
        found = [(s, f) for s in passage.of(document) for f in _named_or_belonging(s)]
        for (segment, _), fact in zip(found, numbered(f for _, f in found), strict=True):
            listed.setdefault(segment, []).append(fact)

    def find(segment: Segment) -> Sequence[Fact]:
        return listed.get(segment, ()) if segment in passage.segments else _named(segment)

    return find


def _named(segment: Segment) -> Sequence[Fact]:
    return find_places(segment.text, segment.lang)


def _named_or_belonging(segment: Segment) -> Sequence[Fact]:
    """The same, with "Chinese" as sure as "China"."""
    text, lang = segment.text, segment.lang
    return [
        replace(f, hard=f.hard or (f.kind == COUNTRY and is_adjective(f, text, lang)))
        for f in find_places(text, lang)
    ]


def _finding(dissent: Dissent, *, sure: bool) -> Finding:
    statement, rival = dissent.statement, dissent.against[0]
    langs = {s.segment.lang for s in (statement, *dissent.against)}
    # Where "alemana" is not known for German, a country may be meant that was not found.
    sure = sure and (statement.fact.kind != COUNTRY or all(map(knows_origins, langs)))
    ours, theirs = (s.fact.value.rstrip(" 0123456789") for s in (statement, rival))
    return contradicted(
        ID,
        dissent,
        f"The {statement.fact.kind} is “{statement.quote}” here, but {told(dissent)}.",
        sure=sure,
        confidence=CONFIDENCE if sure else CONFIDENCE_WEAK,
        repair=written(rival.fact.kind, theirs, statement.segment.lang),
        values=(ours, theirs),
    )


RULE = Rule(
    id=ID,
    name="Place drift",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=(
        *GARBLED,
        *("spam/injected", "spun/phrase"),
    ),
    needs_counterpart=True,
)
