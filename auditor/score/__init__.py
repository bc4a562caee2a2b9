"""Fidelity: how much of what the others say a version says, 0 to 100, with what went into it.

This is a first, hand-set index: it ranks passages and tells a wrong one from a right one.
It does not see a single wrong word; the findings do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from auditor.core import (
    BeadScore,
    Document,
    DocumentScore,
    Finding,
    Passage,
    Phrase,
    Rule,
    Segment,
    Severity,
    Story,
)
from auditor.lang import base

MIDDLE = 0.42
SLOPE = 9.0
"""Logistic of the cosine similarity: on clean news (en-fr, en-it, en-zh) a translation has a median
similarity of .8 and a neighbouring sentence .3; they come out at 97 and 25."""

LENGTH_TOLERANCE = 0.8
"""Natural logarithm of the ratio between two lengths that costs about a third of the score."""

COST = {Severity.NEUTRAL: 0.0, Severity.MINOR: 0.05, Severity.MAJOR: 0.25, Severity.CRITICAL: 0.5}
"""Share of a passage's fidelity that one finding in it takes away, by severity."""

ACCURACY = ("Accuracy", "Terminology")
"""MQM categories about what is said; the others are about how."""

MANNER = 0.2
"""Share of that cost for findings about how it is said: clumsy words seldom change the facts."""

Groups = tuple[Sequence[Segment], Sequence[Segment]]
Cosines = Callable[[Sequence[Groups]], Sequence[float]]
"""Cosine similarity, -1 to 1, of the mean vectors of each pair of groups of segments."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One passage of one version beside what it is measured against."""

    passage: int
    target: str
    source: str
    target_text: Phrase
    source_text: Phrase
    segments: tuple[Segment, ...]
    source_segments: tuple[Segment, ...]


def score(
    story: Story,
    segments: Mapping[str, Sequence[Segment]],
    passages: Sequence[Passage],
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    cosines_of: Cosines,
    can_compare: Callable[[str], bool],
) -> tuple[tuple[DocumentScore, ...], tuple[BeadScore, ...]]:
    """Measures each version against the declared source, or else against all the others.

    Args:
        story: with its relations.
        segments: the content segments of each document.
        passages: across the versions.
        findings: resolved; those of the stable tier lower the fidelity of their passage.
        rules: say which findings are about accuracy, and which about style and page.
        cosines_of: compares groups of segments by meaning.
        can_compare: whether the encoder knows a language.

    Returns:
        One score per document in story order, and one per passage, version and counterpart.
    """
    pairings = [
        pairing
        for document in story.documents
        for other in _references(story, document, can_compare)
        for pairing in _pairings(passages, document, other)
    ]
    cosines = cosines_of([(p.source_segments, p.segments) for p in pairings])
    damage = _damage(findings, {rule.id: rule.mqm.startswith(ACCURACY) for rule in rules})
    beads = tuple(
        _bead(pairing, cosine, _length_fit(pairing, ratio), damage)
        for pairing, cosine, ratio in zip(pairings, cosines, _ratios(pairings), strict=True)
    )
    weights = {(p.target, p.source, p.passage): len(p.target_text.text) for p in pairings}
    documents = tuple(
        _document(story, document, segments[document.id], beads, passages, weights, can_compare)
        for document in story.documents
    )
    return documents, beads


def _references(
    story: Story, document: Document, can_compare: Callable[[str], bool]
) -> tuple[Document, ...]:
    """The versions of the same text that a document is measured against."""
    if not can_compare(document.lang):
        return ()
    lineage = next((g for g in story.lineages() if document.id in g), ())
    others = [story.document(id) for id in lineage if id != document.id]
    others = [other for other in others if can_compare(other.lang)]
    source = [other for other in others if other.id == story.source]
    return tuple(source or others) if document.id != story.source else ()


def _pairings(passages: Sequence[Passage], document: Document, other: Document) -> list[Pairing]:
    found: list[Pairing] = []
    for passage in passages:
        mine, theirs = passage.of(document.id), passage.of(other.id)
        if mine and theirs:
            found.append(
                Pairing(
                    passage.index,
                    document.id,
                    other.id,
                    _phrase(mine, document.lang),
                    _phrase(theirs, other.lang),
                    mine,
                    theirs,
                )
            )
    return found


def _phrase(segments: Sequence[Segment], lang: str) -> Phrase:
    joiner = "" if base(lang) in ("zh", "ja", "th") else " "
    return Phrase(joiner.join(s.text for s in segments), lang)


def _ratios(pairings: Sequence[Pairing]) -> list[float]:
    """For each pairing the ratio of lengths (target / source) of its pair of documents."""
    totals: dict[tuple[str, str], list[int]] = {}
    for p in pairings:
        total = totals.setdefault((p.target, p.source), [0, 0])
        total[0] += len(p.target_text.text)
        total[1] += len(p.source_text.text)
    return [totals[p.target, p.source][0] / max(1, totals[p.target, p.source][1]) for p in pairings]


def _length_fit(pairing: Pairing, ratio: float) -> float:
    """1 when the lengths are as usual for the pair of documents, falling on both sides."""
    expected = max(1.0, len(pairing.source_text.text) * ratio)
    off = math.log(max(1, len(pairing.target_text.text)) / expected) / LENGTH_TOLERANCE
    # A short passage varies freely: `Yes.` against `Das stimmt.` is no sign of anything.
    freedom = min(1.0, expected / 40)
    return round(math.exp(-0.4 * freedom * off * off), 4)


def _damage(
    findings: Sequence[Finding], accurate: Mapping[str, bool]
) -> dict[str, list[tuple[int, int, float]]]:
    """The stretches of each document that hold defects, with what they cost."""
    found: dict[str, list[tuple[int, int, float]]] = {}
    for finding in findings:
        place = finding.spans[0]
        if finding.tier.value == "stable" and len(place) < 2000:
            found.setdefault(place.document, []).append(
                (
                    place.start,
                    place.end,
                    COST[finding.severity] * (1 if accurate.get(finding.rule, True) else MANNER),
                )
            )
    return found


def _bead(
    pairing: Pairing,
    cosine: float,
    length: float,
    damage: Mapping[str, Sequence[tuple[int, int, float]]],
) -> BeadScore:
    similarity = 1 / (1 + math.exp(-SLOPE * (cosine - MIDDLE)))
    sound = 1.0
    start, end = pairing.segments[0].span().start, pairing.segments[-1].span().end
    for left, right, cost in damage.get(pairing.target, ()):
        if left < end and start < right:
            sound *= 1 - cost
    parts = {
        "cosine": round(cosine, 4),
        "similarity": round(similarity, 2),
        "length": round(length, 2),
        "soundness": round(sound, 2),
    }
    languages = (pairing.source_text.lang, pairing.target_text.lang)
    if base(languages[0]) == base(languages[1]):
        parts["chrf"] = round(_chrf(pairing) / 100, 2)
    fidelity = round(100 * similarity * length * sound, 1)
    return BeadScore(pairing.source, pairing.target, pairing.passage, fidelity, parts)


def _chrf(pairing: Pairing) -> float:
    """chrF++ of two texts in one language, 0 to 100, Chinese in one script.

    Source: Popović 2017, as computed by sacrebleu with word order 2.
    """
    from sacrebleu.metrics.chrf import CHRF

    from auditor.text.chinese import to_simplified_phrases

    hypothesis, reference = (
        to_simplified_phrases(p.text, p.lang) if base(p.lang) == "zh" else p.text
        for p in (pairing.target_text, pairing.source_text)
    )
    return float(CHRF(word_order=2).sentence_score(hypothesis, [reference]).score)


def _document(
    story: Story,
    document: Document,
    segments: Sequence[Segment],
    beads: Sequence[BeadScore],
    passages: Sequence[Passage],
    weights: Mapping[tuple[str, str, int], int],
    can_compare: Callable[[str], bool],
) -> DocumentScore:
    others = _references(story, document, can_compare)
    mine = [bead for bead in beads if bead.target == document.id]
    if not others or not mine:
        against = "it is the declared source" if document.id == story.source else ""
        return DocumentScore(document.id, None, None, against, {})
    by_passage: dict[int, list[BeadScore]] = {}
    for bead in mine:
        by_passage.setdefault(bead.passage, []).append(bead)
    weight = {
        number: weights[document.id, group[0].source, number]
        for number, group in by_passage.items()
    }
    total = sum(weight.values())

    # The median over the counterparts: one damaged version does not pull the others down.
    def mean(values: Mapping[int, list[float]]) -> float:
        return sum(weight[n] * median(group) for n, group in values.items()) / total

    parts = {
        name: round(mean({n: [b.parts[name] for b in g] for n, g in by_passage.items()}), 2)
        for name in ("similarity", "length", "soundness")
    }
    return DocumentScore(
        document.id,
        round(mean({n: [b.fidelity for b in g] for n, g in by_passage.items()}), 1),
        _coverage(document, others, segments, passages),
        _against(story, others),
        parts,
    )


def _coverage(
    document: Document,
    others: Sequence[Document],
    segments: Sequence[Segment],
    passages: Sequence[Passage],
) -> float:
    """The share of a version's characters whose passage another version has too."""
    ids = {other.id for other in others}
    total = sum(len(s.text) for s in segments) or 1
    covered = sum(
        len(s.text)
        for passage in passages
        if ids & set(passage.documents)
        for s in passage.of(document.id)
    )
    return round(covered / total, 2)


def _against(story: Story, others: Sequence[Document]) -> str:
    if story.source in {other.id for other in others}:
        return f"source {story.source}"
    if len(others) == 1:
        return f"the only other version, {others[0].id}"
    return f"consensus of {len(others)} other versions"
