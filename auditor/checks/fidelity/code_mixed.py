"""Words of another language inside a sentence.

What it finds:
    A row of words that another language uses and this one does not, function words among them,
    or Chinese characters in text with letters, in a sentence that is otherwise sound.

Why it matters:
    Half a sentence was not translated, or machine translation left it.

Example:
    Il ministro ha detto che [[the new rules will apply from]] gennaio.

Leaves alone:
    Loan words and slogans of two words, names of bodies and works, glosses in brackets, what
    stands in quotation marks.

Source:
    Word frequencies of both languages (wordfreq). A row that another version has word for word
    is shown by default; without one it takes more words, and names are told on request.
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

RULE_ID = "fidelity/code-mixed"
CERTAIN = 5
"""Telling words that need no other version to say where they are from."""
SURE, UNSURE = 0.9, 0.5
"""Confidence with many telling words or their source, and without."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each sentence that holds a row of foreign words."""
    for foreigner in foreigners(document, context):
        if not foreigner.row.whole:
            yield _finding(foreigner)


def _finding(foreigner: Foreigner) -> Finding:
    source = foreigner.source
    sure = (source is not None or foreigner.words >= CERTAIN) and not foreigner.row.named
    where = f", as in {source.document}" if source else ""
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if sure else Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=SURE if sure else UNSURE,
        message=f"These words are of another language ({foreigner.lang}) than the rest{where}.",
        spans=(foreigner.span(),),
        evidence=(Evidence(source.span(), "the same words"),) if source else (),
        values=(foreigner.lang,),
    )


RULE = Rule(
    id=RULE_ID,
    name="Mixed languages",
    mqm="Accuracy/Untranslated",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    yields_to=("spam/injected", "spun/phrase"),
)
