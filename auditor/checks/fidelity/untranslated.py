"""Sentences that were left in the language of another version.

What it finds:
    A sentence, or several, in the language of another version, with the words that this
    version has in the same place.

Why it matters:
    The reader of the translation cannot read it, and measures of similarity give an
    untranslated copy the highest score there is.

Example:
    Il museo riapre a marzo. [[Tickets will be sold at the gate from nine o'clock.]]

Leaves alone:
    Names, titles, addresses and codes, which are the same in every language; slogans of two
    words; quotations in quotation marks; a sentence that no other version has (that is
    `fidelity/wrong-language`). What has the form of a title, all words with capitals, is told on
    request: sources are cited in their own language.

Source:
    Word frequencies of both languages (wordfreq): function words tell where names do not.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import (
    Context,
    Document,
    Evidence,
    Finding,
    Rule,
    Scope,
    Severity,
    Tier,
)
from auditor.text.foreign_words import Foreigner, foreigners

RULE_ID = "fidelity/untranslated"
CONFIDENCE, NAMED = 0.95, 0.5
"""None in 5,035 clean lines of five languages; most titles of works stay as they are."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each run of sentences that nobody translated."""
    for foreigner in foreigners(document, context):
        if foreigner.row.whole and foreigner.source is not None:
            yield _finding(foreigner)


def _finding(foreigner: Foreigner) -> Finding:
    source = foreigner.source
    named = source.document if source else "another version"
    return Finding(
        rule=RULE_ID,
        tier=Tier.PREVIEW if foreigner.row.named else Tier.STABLE,
        severity=Severity.MAJOR,
        confidence=NAMED if foreigner.row.named else CONFIDENCE,
        message=f"This was left in the language of {named} ({foreigner.lang}), word for word.",
        spans=(foreigner.span(),),
        evidence=(Evidence(source.span(), "the same words"),) if source else (),
        values=(foreigner.lang,),
    )


RULE = Rule(
    id=RULE_ID,
    name="Untranslated text",
    mqm="Accuracy/Untranslated",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    yields_to=("spam/injected",),
    needs_counterpart=True,
)
