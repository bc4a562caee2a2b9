"""Simplified characters in traditional Chinese, and the reverse.

What it finds:
    Single characters or words of the other script in a version that is written in one:
    characters that only the other script has, and those that both have but not in this
    word. A paragraph mostly in the other script is one finding.

Why it matters:
    Readers of Taiwan and Hong Kong see at once that text was converted by a machine or
    pasted from elsewhere, and search finds neither spelling.

Example:
    會議結束[[后]]，委員會[[并]]未公布結果。 Repair: 後, 並.

Leaves alone:
    Characters at home in both scripts (里, 台, 群, 秘, 布, 余, 着), names that keep their form
    (于, 范 and 游 as family names), titles cited as they were published, Japanese beside kana.

Source:
    OpenCC's dictionaries; Big5 level 1 and GB 2312 for what each script has; wordfreq.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from auditor.core import (
    Context,
    Document,
    Finding,
    Rule,
    Scope,
    Segment,
    Severity,
    Span,
    Tier,
)
from auditor.lang import base
from auditor.text.chinese import is_traditional, variant
from auditor.text.variants import Stray, counts, strays

RULE_ID = "variant/mixed-chinese"
CLEAR = 3
"""Times that a document's own script must outnumber the other before one is called stray."""
MOSTLY = 4
"""Characters of the other script from which on a paragraph can be in that script."""
CONFIDENCE = 0.9
NAMES = {True: "simplified", False: "traditional"}
"""What the other script is called, by whether the document is traditional."""


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each stray character, word or paragraph of a document."""
    segments = [s for s in context.segments(document.id) if base(s.lang) == "zh"]
    text = "\n".join(s.text for s in segments)
    lang = document.lang if "-" in document.lang else variant(text).lang
    if "-" not in lang:
        return
    whole = [list(block) for _, block in groupby(segments, lambda s: s.block)]
    foreign = [block for block in whole if _is_foreign(block, lang)]
    rest = [s for block in whole if block not in foreign for s in block]
    own, other = counts("\n".join(s.text for s in rest), lang)
    if own < CLEAR * other:
        return
    for block in foreign:
        yield _paragraph(block, lang)
    starts = list(accumulate((len(s.text) + 1 for s in rest), initial=0))
    for stray in strays("\n".join(s.text for s in rest), lang):
        at = bisect_right(starts, stray.start) - 1
        yield _finding(rest[at], stray, starts[at], lang)


def _is_foreign(block: Sequence[Segment], lang: str) -> bool:
    own, other = counts("".join(s.text for s in block), lang)
    return other >= MOSTLY and other > own


def _paragraph(block: Sequence[Segment], lang: str) -> Finding:
    _, other = counts("".join(s.text for s in block), lang)
    span = Span(block[0].document, block[0].span().start, block[-1].span().end)
    name = NAMES[is_traditional(lang)]
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE,
        severity=Severity.MINOR,
        confidence=CONFIDENCE,
        message=f"This paragraph is in {name} Chinese: {other} characters that only it has.",
        spans=(span,),
        values=(name,),
    )


def _finding(segment: Segment, stray: Stray, offset: int, lang: str) -> Finding:
    start, end = stray.start - offset, stray.end - offset
    found = segment.text[start:end]
    name = NAMES[is_traditional(lang)]
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE,
        severity=Severity.MINOR,
        confidence=CONFIDENCE,
        message=f"{found} is {name}; the rest of the text would have {stray.repair}.",
        spans=(segment.span(start, end),),
        repair=stray.repair,
        values=(found, stray.repair),
    )


RULE = Rule(
    id=RULE_ID,
    name="Mixed Chinese variants",
    mqm="Linguistic conventions/Spelling",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    yields_to=("spam/injected", "spun/phrase"),
    languages=("zh",),
)
