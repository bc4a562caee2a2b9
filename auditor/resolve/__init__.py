"""Keeps one finding per defect, gives each its fingerprint, and ranks them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from auditor.core import Document, Finding, Rule, Span, Story, Tier

SCHEME = "1"
"""Version of the fingerprint scheme: a new one opens every baseline again."""

CONTEXT = 24
"""Letters and digits on each side that tell two equal quotes apart: about four words."""

BREAKING = ("encoding/", "spam/")
"""Families that mark characters which broke what stood there."""
LONGEST_VALUE = 40
"""Characters of a place that is a value: a sentence is not broken by what stands in it."""

_NOT_WORD = re.compile(r"[\W_]+")


def resolve(
    findings: Iterable[Finding], rules: Sequence[Rule], story: Story
) -> tuple[Finding, ...]:
    """Keeps one finding per defect, in the order in which people should read them.

    A finding is dropped when the same rule marks the same characters with more
    confidence, when it lies inside a wider finding of its own rule, or when a rule
    that its rule yields to marks characters of its place, or has broken that value or all
    that contradict it. Whole-document findings never displace others: they group them.

    Args:
        findings: what the checks found, in any order.
        rules: the rules that ran; names a finding's `yields_to`.
        story: for the quotes that go into the fingerprints.

    Returns:
        Ranked by tier, severity, confidence and place, fingerprints set. The order of
        `findings` changes nothing.
    """
    yields = {rule.id: frozenset(rule.yields_to) for rule in rules}
    kept = _without_weaker(_without_doubles(sorted(findings, key=_reading_order)), yields, story)
    return tuple(sorted(_with_fingerprints(kept, story), key=_rank))


def _reading_order(finding: Finding) -> tuple[object, ...]:
    place = finding.spans[0]
    return (place.document, place.start, -place.end, finding.rule, -finding.confidence,
            finding.message)  # fmt: skip


def _rank(finding: Finding) -> tuple[object, ...]:
    return (
        finding.tier is not Tier.STABLE,
        -finding.severity.rank,
        -finding.confidence,
        *_reading_order(finding),
    )


def _without_doubles(findings: Sequence[Finding]) -> list[Finding]:
    """Drops what the same rule already says of the same place, or of a wider one.

    `findings` come in reading order, wider ones first, so one look back is enough.
    """
    kept: dict[tuple[str, str], Finding] = {}
    result: list[Finding] = []
    for finding in findings:
        key = (finding.rule, finding.spans[0].document)
        before = kept.get(key)
        if before and before.spans[0].covers(finding.spans[0]) and len(finding.spans[0]):
            continue
        kept[key] = finding
        result.append(finding)
    return result


def _is_verdict(finding: Finding, story: Story) -> bool:
    """True for a finding about most of a document: it groups, it does not compete."""
    place = finding.spans[0]
    return story.document(place.document).is_whole(place)


def _without_weaker(
    findings: Sequence[Finding], yields: Mapping[str, frozenset[str]], story: Story
) -> list[Finding]:
    wanted = frozenset().union(*yields.values())
    winners: dict[tuple[str, str, bool], list[Span]] = {}
    for finding in findings:
        if finding.rule in wanted and not _is_verdict(finding, story):
            place = finding.spans[0]
            # What is only shown on request cannot take the place of what is shown.
            for shown in {False, finding.tier is Tier.STABLE}:
                winners.setdefault((place.document, finding.rule, shown), []).append(place)
    taken = {key: _joined(places) for key, places in winners.items()}
    return [f for f in findings if not _displaced(f, taken, yields.get(f.rule, frozenset()))]


def _joined(places: Sequence[Span]) -> tuple[list[int], list[int]]:
    """Starts and ends of the stretches that some places of one document cover, in order."""
    starts: list[int] = []
    ends: list[int] = []
    for place in sorted(places, key=lambda span: (span.start, span.end)):
        # Places that only touch stay apart: a point between them is in neither.
        if ends and place.start < ends[-1]:
            ends[-1] = max(ends[-1], place.end)
        else:
            starts.append(place.start)
            ends.append(place.end)
    return starts, ends


def _displaced(
    finding: Finding,
    taken: Mapping[tuple[str, str, bool], tuple[list[int], list[int]]],
    stronger: frozenset[str],
) -> bool:
    """True when a rule that a finding's rule yields to marks its characters, as surely.

    What is left of a broken value says nothing: where one version has `1&amp;#44;250` for 1,250,
    neither the 1 nor the 250 contradicts the other versions, nor do they contradict it.
    """
    place, shown = finding.spans[0], finding.tier is Tier.STABLE
    breaking = [rule for rule in stronger if rule.startswith(BREAKING)]

    def is_broken(value: Span) -> bool:
        return any(_touches(taken.get((value.document, rule, shown)), value) for rule in breaking)

    if is_broken(place) or (
        finding.evidence and all(is_broken(one.span) for one in finding.evidence)
    ):
        return True
    for rule in stronger:
        starts, ends = taken.get((place.document, rule, shown), ((), ()))
        at = bisect_right(ends, place.start)
        if at < len(ends) and starts[at] < place.end:
            return True
    return False


def _touches(places: tuple[list[int], list[int]] | None, value: Span) -> bool:
    """True when one of some places overlaps or touches a value."""
    if places is None or len(value) > LONGEST_VALUE:
        return False
    starts, ends = places
    at = bisect_left(ends, value.start)
    return at < len(ends) and starts[at] <= value.end


def _with_fingerprints(findings: Sequence[Finding], story: Story) -> list[Finding]:
    seen: Counter[tuple[str, str]] = Counter()
    blocks: dict[str, list[tuple[int, int]]] = {}
    result: list[Finding] = []
    for finding in sorted(findings, key=_reading_order):
        place = finding.spans[0]
        raw = story.document(place.document).raw
        if place.document not in blocks:
            blocks[place.document] = _block_ranges(story.document(place.document))
        first, last = _surroundings(place, blocks[place.document], len(raw))
        quote = "" if _is_verdict(finding, story) else _letters(raw[place.start : place.end])
        before = _letters(raw[max(first, place.start - 4 * CONTEXT) : place.start])[-CONTEXT:]
        after = _letters(raw[place.end : min(last, place.end + 4 * CONTEXT)])[:CONTEXT]
        if _is_verdict(finding, story):
            before = after = ""
        parts = (SCHEME, finding.rule, quote, *finding.values, before, after)
        stem = blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8)
        occurrence = seen[place.document, stem.hexdigest()]
        seen[place.document, stem.hexdigest()] += 1
        mark = f"{SCHEME}:{stem.hexdigest()}:{occurrence}"
        result.append(replace(finding, fingerprint=mark))
    return result


def _block_ranges(document: Document) -> list[tuple[int, int]]:
    """Where the blocks of a document lie in its file, in order."""
    return sorted(
        block.offsets.to_origin(0, len(block.offsets)) for block in document.blocks if block.text
    )


def _surroundings(place: Span, blocks: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The range whose words tell a place from others: its own block.

    A paragraph that is inserted above must not open what was accepted below.
    """
    start, end = place.start, place.end
    for point in {place.start, max(place.start, place.end - 1)}:
        at = bisect_right(blocks, (point, length)) - 1
        if at >= 0 and blocks[at][1] >= point:
            start, end = min(start, blocks[at][0]), max(end, blocks[at][1])
    return start, end


def _letters(text: str) -> str:
    """The text without case, width, spacing and punctuation: what an editor's touch leaves."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())
