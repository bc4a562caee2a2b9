"""Finds persons and other names that differ from the other versions of a story.

What it finds:
    A name of several parts in one version where the others have another one: beside a first name
    that is the same another surname, or a name no part of which stands in the other version.
    Across scripts by sound: 卡瓦諾 is Kavanaugh.

Why it matters:
    Words are put into the mouth of someone who never said them.

Example:
    "Christine Bjorn" in a version whose other versions speak of Christine Blasey.

Leaves alone:
    A name that is missing or shortened; titles and offices; translated names of institutions;
    other transliterations of the same sound; order of family and given name; initials; a single
    noun in German, which writes all of them with a capital.

Source:
    Measured on NTREX-128. Readings of Chinese characters: pypinyin (MIT).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import ge

from auditor.checks.encoding import GARBLED
from auditor.core import (
    Context,
    Evidence,
    Fact,
    Finding,
    KnownName,
    Passage,
    Phrase,
    Rule,
    Scope,
    Segment,
    Severity,
    Tier,
)
from auditor.text.contradicted import contradicted, is_sure, told
from auditor.text.known_names import KNOWN, excused, find_known
from auditor.text.matching import Comparison
from auditor.text.name_matching import (
    gloss_contradicts,
    name_conflicts,
    names_agree,
    unlike_parts,
)
from auditor.text.names import NAME, capital_nouns, find_names, glosses
from auditor.text.organisations import find_organisations
from auditor.text.witnesses import Dissent, dissents

ID = "drift/name"
HOW = Comparison(agree=names_agree)
TRANSLATED = 0.65
"""Two names that mean so much the same are each other's translation: Supreme Court."""
TRANSLATED_PART = 0.5
"""The same for the parts in which two names differ, where nouns are written like names:
Brückenkopf, bridgehead. Of 600 pairs of different surnames 97 in 100 are below."""
CONFIDENCE = 0.75
CONFIDENCE_WEAK = 0.45


def check(passage: Passage, context: Context) -> Iterable[Finding]:
    """Compares the names of a passage: those of the project's own list first, then all others."""
    known = context.story.names

    def listed(segment: Segment) -> Sequence[Fact]:
        return find_known(segment.text, known)

    def other(segment: Segment) -> Sequence[Fact]:
        text, lang = segment.text, segment.lang
        return excused(find_names(text, lang), [*listed(segment), *find_organisations(text, lang)])

    if known:
        for dissent in dissents(passage, context, listed, (KNOWN,)):
            yield _finding(dissent, sure=is_sure(dissent, passage), known=known)
    for dissent in dissents(passage, context, other, (NAME,), HOW, name_conflicts):
        # Beside a first name that is the same, two surnames always mean something alike.
        if not _translated(dissent, context):
            yield _finding(dissent, sure=is_sure(dissent, passage))
    for segment in passage.segments:
        for name, gloss in glosses(segment.text, segment.lang):
            if gloss_contradicts(name, gloss):
                yield _glossed(segment, name, gloss)


def _translated(dissent: Dissent, context: Context) -> bool:
    """True when the encoder takes two names, or the nouns in which they differ, for one thing."""
    here = dissent.statement
    whole, unlike = [], []
    for there in dissent.against:
        langs = here.segment.lang, there.segment.lang
        if not all(map(context.can_compare, langs)):
            continue
        if dissent.doubtful:
            whole.append((Phrase(here.quote, langs[0]), Phrase(there.quote, langs[1])))
        left, right = unlike_parts(here.fact.value, there.fact.value)
        if left and right and any(map(capital_nouns, langs)):  # Radfahrer Paul Moor
            unlike.append((Phrase(left, langs[0]), Phrase(right, langs[1])))
    least = [TRANSLATED] * len(whole) + [TRANSLATED_PART] * len(unlike)
    return any(map(ge, context.similarities([*whole, *unlike]), least))


def _glossed(segment: Segment, name: Fact, gloss: Fact) -> Finding:
    quote, original = (segment.text[f.start : f.end] for f in (name, gloss))
    return Finding(
        rule=ID,
        tier=Tier.PREVIEW,
        severity=Severity.MAJOR,
        confidence=CONFIDENCE,
        message=f"The name reads “{quote}” here, but the original beside it is “{original}”.",
        spans=(segment.span(name.start, name.end),),
        evidence=(Evidence(segment.span(gloss.start, gloss.end), original),),
        values=(name.value, gloss.value),
    )


def _finding(dissent: Dissent, *, sure: bool, known: Sequence[KnownName] = ()) -> Finding:
    statement, rival = dissent.statement, dissent.against[0]
    listed = (n.written(statement.segment.lang) for n in known if n.name == rival.fact.value)
    return contradicted(
        ID,
        dissent,
        f"The name is “{statement.quote}” here, but {told(dissent)}.",
        # What the project itself has listed is no guess.
        sure=bool(known) and sure,
        confidence=CONFIDENCE if sure else CONFIDENCE_WEAK,
        repair=next(listed, None),
    )


RULE = Rule(
    id=ID,
    name="Name drift",
    mqm="Accuracy/Mistranslation",
    severity=Severity.MAJOR,
    tier=Tier.PREVIEW,
    scope=Scope.PASSAGE,
    check=check,
    yields_to=(
        *GARBLED,
        *("drift/organisation", "drift/place", "spam/injected", "spun/phrase"),
    ),
    needs_counterpart=True,
)
