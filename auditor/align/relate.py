"""Decides how two documents relate: versions of one text, articles on one story, or neither.

Sentences that are each other's nearest in the other document come in the same order in two
versions of one text, and in any order in two articles on the same events. Deleted paragraphs
leave the order of the rest alone, so the share is taken of the shorter document.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from auditor.align.nearest import longest_rise, nearest
from auditor.align.vectors import Vectors, unit_pair
from auditor.core import Relation, RelationKind, Segment
from auditor.lang import base

SAMPLE = 400
"""Segments of the shorter document that are looked for in the longer one, spread evenly over it:
more would decide nothing, and the head alone may be a preface that only one version has."""
LEAST = 0.42
"""Similarity from which mutual nearest neighbours count."""
ORDERED_SHARE = 0.45
"""Share of the shorter document matched in order, from which both are one text.

Versions with every third paragraph gone reach .67 and more, other articles on the same topic
.40 at most, both counted over news documents of 3 to 30 sentences.
"""
SHARED = 0.15
"""Share of the shorter document found again in any order, from which two articles share a story:
of news documents and their neighbours in the same collection none reaches .01."""
SHARED_LEAST = 2
"""One sentence found again may be a set phrase."""
TINY = 3
"""Documents below this many segments prove nothing by order: their match must be close."""
CLOSE = 0.5
"""Mean similarity of the matches that makes tiny documents one text; similarity from which a
sentence is found again where order does not help."""
CHANCE = 2.3
"""Matches in order, as a multiple of the root of all matches, that chance alone reaches: the
longest rise in a random order of n is about two roots of n (Logan and Shepp 1977)."""
TELLING = 10
"""Matches from which that can be told."""
SAME_SUBJECT = 0.55
"""Similarity of the mean vectors from which two documents are on one subject."""


def relate(
    left: Sequence[Segment],
    right: Sequence[Segment],
    left_vectors: Vectors,
    right_vectors: Vectors,
    *,
    left_id: str,
    right_id: str,
    left_lang: str,
    right_lang: str,
) -> Relation:
    """Finds how two documents relate.

    Args:
        left: content segments of the document that comes first in the story.
        right: content segments of the other.
        left_vectors: one unit row per segment, float32 (n, d).
        right_vectors: float32 (m, d).
        left_id: id of the first document.
        right_id: id of the other.
        left_lang: BCP 47 tag of the first document.
        right_lang: BCP 47 tag of the other.

    Returns:
        The relation with its reason in words. Two scripts of one language are a
        translation; one language in one script is a rewrite.

    Raises:
        AlignError: see `align_monotone`.
    """
    mine, theirs = unit_pair(left, right, left_vectors, right_vectors)
    if not left or not right:
        empty = left_id if not left else right_id
        return Relation(left_id, right_id, RelationKind.UNRELATED, reason=f"{empty} has no text")
    shorter, longer = (mine, theirs) if len(mine) <= len(theirs) else (theirs, mine)
    kind, reason = _judged(shorter, longer)
    if kind is RelationKind.TRANSLATION and _is_one_language(left_lang, right_lang):
        kind = RelationKind.REWRITE
    return Relation(left_id, right_id, kind, reason=reason)


def keeps_order(left: Vectors, right: Vectors) -> bool:
    """False when sentences stand in both documents that are in no common order.

    Args:
        left: unit rows (n, d).
        right: unit rows (m, d).

    Returns:
        True also where too few sentences match to tell.
    """
    shorter, longer = (left, right) if len(left) <= len(right) else (right, left)
    if not len(shorter):
        return True
    near = nearest(_sample(shorter), longer)
    rows, columns = near.mutual(CLOSE)
    return len(rows) < TELLING or longest_rise(columns) > CHANCE * len(rows) ** 0.5


def _sample(vectors: Vectors) -> Vectors:
    if len(vectors) <= SAMPLE:
        return vectors
    return vectors[np.linspace(0, len(vectors) - 1, SAMPLE).round().astype(np.intp)]


def _judged(shorter: Vectors, longer: Vectors) -> tuple[RelationKind, str]:
    sample = _sample(shorter)
    near = nearest(sample, longer)
    rows, columns = near.mutual(LEAST)
    ordered, matched, size = longest_rise(columns), len(rows), len(sample)
    # Few in order among many matched is chance, so order counts twice.
    share = ordered**2 / max(matched, 1) / size
    sure = size >= TINY or (matched > 0 and float(near.similarity[rows].mean()) >= CLOSE)
    sentences = "sentence" if size == 1 else "sentences"
    if size < len(shorter):
        sentences = f"sentences, taken evenly from {len(shorter)},"
    found = f"{ordered} of {size} {sentences} matched in order"
    if share >= ORDERED_SHARE and sure:
        return RelationKind.TRANSLATION, found
    shared = int((near.similarity[rows] >= CLOSE).sum())
    if shared >= SHARED_LEAST and shared >= SHARED * size:
        return RelationKind.COMPARABLE, f"{found}, but {shared} found again in any order"
    subject = round(_subject(shorter, longer), 2)
    if subject >= SAME_SUBJECT:
        return RelationKind.COMPARABLE, f"{found}, but the subject is shared ({subject:.2f})"
    return RelationKind.UNRELATED, f"{found}, and the subjects differ ({subject:.2f})"


def _subject(mine: Vectors, theirs: Vectors) -> float:
    """Cosine of the mean vectors, -1 to 1."""
    one, other = mine.mean(axis=0), theirs.mean(axis=0)
    norm = float(np.linalg.norm(one) * np.linalg.norm(other))
    return float(one @ other) / norm if norm else 0.0


def _is_one_language(left: str, right: str) -> bool:
    """True for one language in one script: nobody translates en-GB into en-US."""
    return base(left) == base(right) and _script(left) == _script(right)


def _script(tag: str) -> str:
    """The four-letter subtag of a BCP 47 tag, or nothing."""
    return next((part.title() for part in tag.split("-")[1:] if len(part) == 4), "")
