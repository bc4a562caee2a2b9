"""Fidelity: how much of what the others say a version says, 0 to 100, with what went into it.

The scale is that of people who rate translations, 0 to 100 for adequacy: good news translations
come out around 73, a passage beside the wrong one around 15. It does not see a single wrong word;
the findings do, and each of them costs the passage that it is in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

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
from auditor.lang import base, joiner
from auditor.score.adequacy import PARTS, Judgment, judge_all, share
from auditor.score.metrics import in_one_script, replacements
from auditor.score.nearby import outdone
from auditor.score.signals import Floats, Know, Texts, measure

COST = {
    Severity.NEUTRAL: 0.0,
    Severity.MINOR: 0.2,
    Severity.MAJOR: 1.0,
    Severity.CRITICAL: 2.0,
}
"""What one finding in a passage takes from its sum of evidence, by severity. Set by hand: one major
error takes a passage of 74 to 57, a critical one to 39."""

WEAK = 0.4
"""Share of that for a preview finding: evidence that is not told by default still is evidence."""

ACCURACY = ("Accuracy", "Terminology")
"""MQM categories about what is said; the others are about how."""

MANNER = 0.2
"""Share of that cost for findings about how it is said: clumsy words seldom change the facts."""

_LONGEST = 2000
"""Code points of a finding that costs its passages: a longer one is about the document."""

Groups = tuple[Sequence[Segment], Sequence[Segment]]
Sides = Callable[[Sequence[Groups]], Floats]
"""The mean unit vectors of the two groups of segments side by side, shape (n, 2 d)."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the encoder lends to the index.

    Attributes:
        sides: vectors of groups of segments.
        prepared: a text as the encoder reads it.
        know: vectors of words; None where the encoder has none.
        outdone: by how much a target nearby, outside the story, is nearer to its source: for one
            pair of a file of pairs; None where the passages of the story are each other's.
    """

    sides: Sides
    prepared: Callable[[str, str], str]
    know: Know | None
    outdone: float | None = None


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
    knowledge: Knowledge,
    can_compare: Callable[[str], bool],
) -> tuple[tuple[DocumentScore, ...], tuple[BeadScore, ...]]:
    """Measures each version against the declared source, or else against all the others.

    Args:
        story: with its relations.
        segments: the content segments of each document.
        passages: across the versions.
        findings: resolved; they lower the fidelity of their passage.
        rules: say which findings are about accuracy, and which about style and page.
        knowledge: compares groups of segments, and their words.
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
    sides = knowledge.sides([(p.source_segments, p.segments) for p in pairings])
    judged = _judged(pairings, sides, knowledge)
    damage = _damage(findings, {rule.id: rule.mqm.startswith(ACCURACY) for rule in rules})
    half = sides.shape[1] // 2
    cosines = np.einsum("ij,ij->i", sides[:, :half], sides[:, half:])
    sound = [judgment.sum for judgment in judged]
    costs = [_cost(pairing, damage) for pairing in pairings]
    shares = zip(share(sound), share(np.subtract(sound, costs)), strict=True)
    beads = tuple(
        _bead(pairing, judgment, round(float(cosine), 4), told)
        for pairing, judgment, cosine, told in zip(pairings, judged, cosines, shares, strict=True)
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


def bead_texts(
    story: Story, passages: Sequence[Passage], beads: Sequence[BeadScore]
) -> list[tuple[str, str]]:
    """Source and target of each bead as one text each."""
    by_index = {passage.index: passage for passage in passages}

    def text(bead: BeadScore, id: str) -> str:
        return _phrase(by_index[bead.passage].of(id), story.document(id).lang).text

    return [(text(bead, bead.source), text(bead, bead.target)) for bead in beads]


def _phrase(segments: Sequence[Segment], lang: str) -> Phrase:
    return Phrase(joiner(lang).join(s.text for s in segments), lang)


def _judged(pairings: Sequence[Pairing], sides: Floats, knowledge: Knowledge) -> list[Judgment]:
    if not pairings:
        return []
    half = sides.shape[1] // 2
    cosines = np.einsum("ij,ij->i", sides[:, :half], sides[:, half:])
    rivals = _rivals(pairings, sides, knowledge)
    texts = [
        Texts(
            Phrase(knowledge.prepared(p.source_text.text, p.source_text.lang), p.source_text.lang),
            Phrase(knowledge.prepared(p.target_text.text, p.target_text.lang), p.target_text.lang),
            float(cosine),
            float(rival),
        )
        for p, cosine, rival in zip(pairings, cosines, rivals, strict=True)
    ]
    langs = [(p.source_text.lang, p.target_text.lang) for p in pairings]
    known = knowledge.know is not None
    numbers = measure(texts, knowledge.know)
    return judge_all(numbers, langs, sides if known else None, texts)


def _rivals(pairings: Sequence[Pairing], sides: Floats, knowledge: Knowledge) -> Floats:
    """By how much each target is outdone by one nearby in the same version."""
    found = np.full(len(pairings), knowledge.outdone or 0.0, np.float32)
    if knowledge.outdone is None:
        rows: dict[tuple[str, str], list[int]] = {}
        for row, pairing in enumerate(pairings):
            rows.setdefault((pairing.target, pairing.source), []).append(row)
        for own in rows.values():
            found[own] = outdone(sides[own])
    return found


def _damage(
    findings: Sequence[Finding], accurate: Mapping[str, bool]
) -> dict[str, list[tuple[int, int, float]]]:
    """The stretches of each document that hold defects, in order, with what they cost."""
    found: dict[str, list[tuple[int, int, float]]] = {}
    for finding in findings:
        place = finding.spans[0]
        if len(place) < _LONGEST and not finding.suppression:
            cost = COST[finding.severity] * (1 if accurate.get(finding.rule, True) else MANNER)
            cost *= 1 if finding.tier.value == "stable" else WEAK
            found.setdefault(place.document, []).append((place.start, place.end, cost))
    return {document: sorted(places) for document, places in found.items()}


def _cost(pairing: Pairing, damage: Mapping[str, Sequence[tuple[int, int, float]]]) -> float:
    """What the findings in the target take from the sum of evidence."""
    found = damage.get(pairing.target)
    if not found:
        return 0.0
    start, end = pairing.segments[0].span().start, pairing.segments[-1].span().end
    near = found[bisect_left(found, (start - _LONGEST,)) : bisect_left(found, (end,))]
    return sum(cost for _, right, cost in near if start < right)


def _bead(
    pairing: Pairing, judgment: Judgment, cosine: float, shares: tuple[float, float]
) -> BeadScore:
    """The score of a pairing, of its share before its findings and after them."""
    before, fidelity = shares
    parts = {
        "cosine": cosine,
        **judgment.parts,
        "soundness": round(fidelity / before, 4),
    }
    if base(pairing.source_text.lang) == base(pairing.target_text.lang):
        parts["chrf"] = round(_chrf(pairing) / 100, 2)
    return BeadScore(
        pairing.source,
        pairing.target,
        pairing.passage,
        round(100 * fidelity, 2),
        parts,
        _replaced(pairing) if "chrf" in parts else (),
    )


def _replaced(pairing: Pairing) -> tuple[tuple[str, str], ...]:
    """What differs between two texts of one language, phrase by phrase."""
    was, now = _one_script(pairing)
    found = replacements(was, now, pairing.target_text.lang)
    return tuple((one.original, one.rewrite) for one in found)


def _one_script(pairing: Pairing) -> tuple[str, str]:
    """Source and target, Chinese in one script."""
    source, target = pairing.source_text, pairing.target_text
    return in_one_script(source.text, source.lang), in_one_script(target.text, target.lang)


def _chrf(pairing: Pairing) -> float:
    """chrF++ of two texts in one language, 0 to 100, Chinese in one script.

    Source: Popović 2017, as computed by sacrebleu with word order 2.
    """
    from sacrebleu.metrics.chrf import CHRF

    reference, hypothesis = _one_script(pairing)
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
        for name in (*PARTS, "soundness")
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
