"""Rewrites: two versions of one text in one language, held against each other word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.core import Metric, Passage, Relation, RelationKind, Segment, Story
from auditor.lang import joiner
from auditor.score.metrics import corpus_metrics, in_one_script


def rewrite_metrics(story: Story, passages: Sequence[Passage]) -> tuple[Metric, ...]:
    """chrF++, BLEU and TER of each rewrite against its original, over the passages of both.

    The original is the declared source, or else the version that comes first in the story. What
    only one of them has is not in it: that is `coverage`.

    Args:
        story: with its relations.
        passages: across the versions.
    """
    found: list[Metric] = []
    for relation in story.relations:
        if relation.kind is RelationKind.REWRITE:
            found += _metrics(story, relation, passages)
    return tuple(found)


def _metrics(story: Story, relation: Relation, passages: Sequence[Passage]) -> list[Metric]:
    original, rewrite = relation.left, relation.right
    if rewrite == story.source:
        original, rewrite = rewrite, original
    lang = story.document(rewrite).lang
    shared = [(p.of(original), p.of(rewrite)) for p in passages]
    pairs = [(_text(was, lang), _text(now, lang)) for was, now in shared if was and now]
    if not pairs:
        return []
    metrics = corpus_metrics([now for _, now in pairs], [was for was, _ in pairs], lang)
    return [replace(metric, document=rewrite, against=original) for metric in metrics]


def _text(segments: Sequence[Segment], lang: str) -> str:
    return in_one_script(joiner(lang).join(s.text for s in segments), lang)
