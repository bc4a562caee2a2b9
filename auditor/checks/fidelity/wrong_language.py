"""Sentences in a language that is not the document's.

What it finds:
    A sentence, or several, in another language or script, without quotation marks, where no
    other version of the story has these words.

Why it matters:
    Text of another page was pasted in, or a piece of a translation was never made.

Example:
    Le musée rouvre en mars. [[Our reporters followed the works for two years.]]

Leaves alone:
    Names, titles, slogans and loan words, quotations in quotation marks, Japanese with few
    kana, the two scripts of Chinese.

Source:
    Word frequencies of both languages (wordfreq), script and letter statistics (langdetect).
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.core import (
    Context,
    Document,
    Finding,
    Rule,
    Scope,
    Severity,
    Tier,
)
from auditor.text.foreign_words import Foreigner, foreigners

RULE_ID = "fidelity/wrong-language"
CERTAIN = 5
"""Telling words of the first sentence; fewer may be a headline or a title."""
SURE, UNSURE = 0.9, 0.5
"""Confidence in many telling words, and in few."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each run of sentences in another language."""
    for foreigner in foreigners(document, context):
        if foreigner.row.whole and foreigner.source is None:
            yield _finding(foreigner)


def _finding(foreigner: Foreigner) -> Finding:
    sure = foreigner.words >= CERTAIN
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if sure else Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=SURE if sure else UNSURE,
        message=f"This is in another language than the rest of the document ({foreigner.lang}).",
        spans=(foreigner.span(),),
        values=(foreigner.lang,),
    )


RULE = Rule(
    id=RULE_ID,
    name="Wrong language",
    mqm="Accuracy/Untranslated",
    severity=Severity.MAJOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    yields_to=("spam/injected", "fidelity/untranslated"),
)
