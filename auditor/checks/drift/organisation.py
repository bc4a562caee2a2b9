"""Finds organisations that differ from the other versions of a story.

What it finds:
    An organisation of international news in one version where the others name another one, by
    acronym or in full: OMS, WHO and 世卫组织 are one.

Why it matters:
    OMS and OMC differ by a letter, and a reader believes what is written.

Example:
    "selon l'OMC" in a version whose other versions quote the World Health Organization.

Leaves alone:
    An organisation that is missing, added or only described ("the fund"); its acronym in one
    version and its full name in the other; what the project's `names.toml` covers.

Source:
    The project's own list, `lang/und/organisations.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
    Tier,
)
from auditor.text.contradicted import contradicted, is_sure, told
from auditor.text.known_names import excused, find_known
from auditor.text.organisations import ORGANISATION, find_organisations, written_organisation
from auditor.text.witnesses import Dissent, dissents

ID = "drift/organisation"
CONFIDENCE = 0.85
CONFIDENCE_WEAK = 0.5


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares the organisations of a passage."""
    names = context.story.names

    def find(segment: Segment) -> Sequence[Fact]:
        found = find_organisations(segment.text, segment.lang)
        return excused(found, find_known(segment.text, names)) if names else found

    for dissent in dissents(passage, context, find, (ORGANISATION,)):
        yield _finding(dissent, sure=is_sure(dissent, passage))


def _finding(dissent: Dissent, *, sure: bool) -> Finding:
    statement, rival = dissent.statement, dissent.against[0]
    return contradicted(
        ID,
        dissent,
        f"The organisation is “{statement.quote}” here, but {told(dissent)}.",
        sure=sure,
        confidence=CONFIDENCE if sure else CONFIDENCE_WEAK,
        repair=written_organisation(rival.fact.value, statement.quote, statement.segment.lang),
    )


RULE = Rule(
    id=ID,
    name="Organisation drift",
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
