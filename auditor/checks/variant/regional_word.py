"""Words of another Chinese-speaking region.

What it finds:
    Words that only the mainland uses in traditional text, and words that only Taiwan or Hong
    Kong uses in simplified text, with the word of the text's own region. Where the other words
    of a text say whether it is for Taiwan or for Hong Kong, also words of the other one.

Why it matters:
    Conversion by character leaves the words as they were: readers see where the text is from.

Example:
    公司把資料存放在國外的[[服務器]]。 Repair: 伺服器.

Leaves alone:
    Names of people, words that a region has taken over (人工智能, 互聯網) or uses in another sense
    (文件, 程序), titles and quotations, and where it is not clear, what one of Taiwan and Hong Kong
    writes.

Source:
    A list written for this project, checked against OpenCC's regional phrases.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from auditor.core import Context, Document, Finding, Rule, Scope, Segment, Severity, Tier
from auditor.lang import base
from auditor.text.regions import Regional, regional_words

RULE_ID = "variant/regional-word"
SURE, UNSURE = 0.9, 0.6
"""Confidence in words that no region of the script uses, and that the text's region does not."""
MOST = 100
"""Findings of a document: more is a text for another region."""
NAMES = {"CN": "the mainland", "TW": "Taiwan", "HK": "Hong Kong"}


def check(document: Document, context: Context) -> Iterator[Finding]:
    """Yields one finding for each word of another region."""
    segments = [s for s in context.segments(document.id) if base(s.lang) == "zh"]
    if "-" not in document.lang:
        return
    starts = list(accumulate((len(s.text) + 1 for s in segments), initial=0))
    found = regional_words("\n".join(s.text for s in segments), document.lang)
    for regional in found[:MOST]:
        at = bisect_right(starts, regional.start) - 1
        yield _finding(segments[at], regional, starts[at])


def _finding(segment: Segment, regional: Regional, offset: int) -> Finding:
    start, end = regional.start - offset, regional.end - offset
    word, home = segment.text[start:end], NAMES[regional.region]
    return Finding(
        rule=RULE_ID,
        tier=Tier.STABLE if regional.everywhere else Tier.PREVIEW,
        severity=Severity.MINOR,
        confidence=SURE if regional.everywhere else UNSURE,
        message=f"{word} is a word of {home}; readers of this text say {regional.repair}.",
        spans=(segment.span(start, end),),
        repair=regional.repair,
        values=(word, regional.repair),
    )


RULE = Rule(
    id=RULE_ID,
    name="Word of another region",
    mqm="Locale conventions/Regional vocabulary",
    severity=Severity.MINOR,
    tier=Tier.STABLE,
    scope=Scope.DOCUMENT,
    check=check,
    yields_to=("spam/injected", "spun/phrase", "variant/mixed-chinese"),
    languages=("zh",),
)
