"""From segments to passages: vectors, relations, alignments, gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from auditor.align import align_versions, match, passages, relate
from auditor.align.gaps import find_gaps
from auditor.align.given import given_alignment
from auditor.align.moved import find_moves
from auditor.align.notation import PassageTable
from auditor.core import (
    Alignment,
    Gap,
    Move,
    Passage,
    Phrase,
    Relation,
    RelationKind,
    Segment,
    Story,
)
from auditor.encode import Store, Vectors
from auditor.pipeline.context import Meaning
from auditor.pipeline.stored import remembered_beads


@dataclass(frozen=True, slots=True)
class Compared:
    """How the versions of a story lie beside each other.

    Attributes:
        relations: one for each pair of documents that could be compared.
        alignments: of each related pair.
        passages: across versions of one text.
        gaps: what versions lack or have alone.
        moves: what stands elsewhere in a version.
    """

    relations: tuple[Relation, ...]
    alignments: tuple[Alignment, ...]
    passages: tuple[Passage, ...]
    gaps: tuple[Gap, ...]
    moves: tuple[Move, ...]


def segment_vectors(
    story: Story, segments: Mapping[str, Sequence[Segment]], meaning: Meaning
) -> dict[str, Vectors]:
    """Unit vectors of the segments of every document whose language the encoder knows.

    All documents are encoded in one go, each distinct text once.
    """
    known = [d for d in story.documents if segments[d.id] and meaning.knows(d.lang)]
    phrases = [Phrase(s.text, d.lang) for d in known for s in segments[d.id]]
    rows = meaning.vectors(phrases)
    result: dict[str, Vectors] = {}
    position = 0
    for document in known:
        count = len(segments[document.id])
        result[document.id] = rows[position : position + count]
        position += count
    return result


def compare(
    story: Story,
    segments: Mapping[str, Sequence[Segment]],
    vectors: Mapping[str, Vectors],
    store: Store | None,
    given: PassageTable | None = None,
) -> Compared:
    """Relates, aligns and groups the documents of a story.

    Args:
        story: relations as far as they are declared.
        segments: the content segments of each document.
        vectors: from `segment_vectors`; documents without vectors are left out.
        store: keeps the alignments, or None.
        given: passages that a person made; their documents are not aligned anew.
    """
    relations: list[Relation] = []
    alignments: list[Alignment] = []
    for left, right in combinations([d.id for d in story.documents if d.id in vectors], 2):
        if given and {left, right} <= set(given.documents):
            relations.append(_given_relation(story, left, right))
            alignments.append(given_alignment(given, segments[left], segments[right]))
            continue
        relation = story.relation(left, right) or relate(
            segments[left],
            segments[right],
            vectors[left],
            vectors[right],
            left_id=left,
            right_id=right,
            left_lang=story.document(left).lang,
            right_lang=story.document(right).lang,
        )
        relations.append(relation)
        if relation.kind is not RelationKind.UNRELATED:
            way = align_versions if relation.kind.same_text else match
            first, second = (right, left) if right == story.source else (left, right)
            sides = segments[first], segments[second]
            rows = vectors[first], vectors[second]
            alignments.append(
                way(*sides, *rows) if store is None else remembered_beads(store, way, *sides, rows)
            )
    order = [d.id for d in story.documents if d.id in vectors]
    monotone = [alignment for alignment in alignments if alignment.monotone]
    grouped = passages(order, {id: segments[id] for id in order}, monotone)
    related = _with(story, relations)
    gaps = find_gaps(related, segments, grouped, vectors)
    moves = find_moves(related, segments, grouped)
    return Compared(tuple(relations), tuple(alignments), grouped, gaps, moves)


def _given_relation(story: Story, left: str, right: str) -> Relation:
    one, other = story.document(left).lang, story.document(right).lang
    kind = RelationKind.REWRITE if one == other else RelationKind.TRANSLATION
    return Relation(left, right, kind, declared=True, reason="aligned by hand")


def _with(story: Story, relations: Sequence[Relation]) -> Story:
    return replace(story, relations=tuple(relations))
