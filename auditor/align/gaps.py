"""What the versions of one text lack, or have alone, read off their passages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

import numpy as np
from numpy.typing import NDArray

from auditor.core import Document, Gap, Passage, Segment, Span, Story

Vectors = Mapping[str, NDArray[np.float32]]

FEW = 0.5
"""Usual similarity of versions that share no passage: that of clean news, a little less."""


@dataclass(frozen=True, slots=True)
class _Version:
    """One version beside those it is judged by."""

    document: Document
    judges: tuple[str, ...]
    source: str | None


def find_gaps(
    story: Story,
    segments: Mapping[str, Sequence[Segment]],
    passages: Sequence[Passage],
    vectors: Vectors,
) -> tuple[Gap, ...]:
    """Finds the stretches that one version lacks or has alone.

    A version is judged by the declared source of its text. Without one, what most of the
    other versions have and it has not is lacking, and what it alone has is added. Of two
    versions, the one without the text is named, and `judged` is False.

    Args:
        story: relations known.
        segments: the content segments of each document that was aligned.
        passages: across those documents, in reading order.
        vectors: unit rows for the segments of each document, shape (n, d).

    Returns:
        Gaps in the order of the documents, then in reading order.
    """
    found: list[Gap] = []
    for lineage in story.lineages():
        ids = tuple(id for id in lineage if id in vectors)
        if len(ids) < 2:
            continue
        own = [p for p in passages if set(p.documents) & set(ids)]
        source = story.source if story.source in ids else None
        for id in ids:
            if id != source:
                judges = tuple(other for other in ids if other != id)
                version = _Version(story.document(id), judges, source)
                found.extend(_gaps_of(version, own, segments, vectors))
    return tuple(found)


def _gaps_of(
    version: _Version,
    passages: Sequence[Passage],
    segments: Mapping[str, Sequence[Segment]],
    vectors: Vectors,
) -> Iterator[Gap]:
    usual = _usual(version, passages, vectors)
    before = _reached(version, passages)
    own = {s.index: passage for passage in passages for s in passage.of(version.document.id)}
    ways = [False]
    # Of two versions without a source, the other one names the difference.
    if version.source or len(version.judges) > 1:
        ways.append(True)
    for added in ways:
        for start, stop in _runs(version, passages, added=added):
            run = passages[start:stop]
            if added:
                beside = (*passages[max(0, start - 1) : start], *passages[stop : stop + 1])
                opposed = any(_lacks(version, passage) for passage in beside)
            else:
                opposed = any(
                    _has_none(own[at], run)
                    for at in (before[start], before[start] + 1)
                    if at in own
                )
            yield _gap(
                version,
                run,
                segments,
                vectors,
                usual=usual,
                before=before[start],
                opposed=opposed,
                added=added,
            )


def _has_none(passage: Passage, run: Sequence[Passage]) -> bool:
    """True when a passage has none of the versions that have the run."""
    return not {id for missing in run for id in missing.documents} & set(passage.documents)


def _reached(version: _Version, passages: Sequence[Passage]) -> list[int]:
    """For each passage the last segment of the version that stands before it, or -1."""
    result: list[int] = []
    last = -1
    for passage in passages:
        result.append(last)
        if version.document.id not in passage.moved:
            last = max([last, *(s.index for s in passage.of(version.document.id))])
    return result


def _lacks(version: _Version, passage: Passage) -> bool:
    having = set(passage.documents)
    if version.document.id in having:
        return False
    if version.source:
        return version.source in having
    return 2 * len(having & set(version.judges)) > len(version.judges)


def _runs(
    version: _Version, passages: Sequence[Passage], *, added: bool
) -> Iterator[tuple[int, int]]:
    """Where neighbouring passages begin and end that the version lacks, or has alone."""
    wanted = _alone if added else _without
    start = -1
    for number, passage in enumerate([*passages, None]):
        if passage is not None and wanted(version, passage):
            start = number if start < 0 else start
        elif start >= 0:
            run = passages[start:number]
            left, right = (0, len(run)) if added else _kernel(version, run)
            if left < right:
                yield start + left, start + right
            start = -1


def _without(version: _Version, passage: Passage) -> bool:
    """True when a version has nothing of a passage, whoever else has it."""
    return version.document.id not in passage.documents


def _kernel(version: _Version, run: Sequence[Passage]) -> tuple[int, int]:
    """The part of a run that is really lacking, with the rest of its own paragraphs.

    A tag such as `he said` that one judge has as a sentence of its own is in no majority, but it
    goes with the quotation before it.
    """
    lacking = [number for number, passage in enumerate(run) if _lacks(version, passage)]
    if not lacking:
        return 0, 0
    left, right = lacking[0], lacking[-1] + 1
    blocks = {(s.document, s.block) for passage in run[left:right] for s in passage.segments}

    def belongs(passage: Passage) -> bool:
        return all((s.document, s.block) in blocks for s in passage.segments)

    while left > 0 and belongs(run[left - 1]):
        left -= 1
    while right < len(run) and belongs(run[right]):
        right += 1
    return left, right


def _usual(version: _Version, passages: Sequence[Passage], vectors: Vectors) -> float:
    cosines: list[float] = []
    for passage in passages:
        mine = passage.of(version.document.id)
        if mine:
            own = _mean(mine, vectors)
            cosines += [
                float(own @ _mean(theirs, vectors))
                for judge in version.judges
                if (theirs := passage.of(judge))
            ]
    return round(median(cosines), 4) if cosines else FEW


def _mean(group: Sequence[Segment], vectors: Vectors) -> NDArray[np.float32]:
    """The unit vector of a group: that of its segment, or of the sum of several."""
    rows = vectors[group[0].document]
    unit: NDArray[np.float32] = rows[group[0].index]
    if len(group) > 1:
        total = rows[[s.index for s in group]].sum(axis=0)
        unit = total / (np.linalg.norm(total) or 1.0)
    return unit


def _gap(
    version: _Version,
    run: Sequence[Passage],
    segments: Mapping[str, Sequence[Segment]],
    vectors: Vectors,
    *,
    usual: float,
    before: int,
    opposed: bool,
    added: bool,
) -> Gap:
    id = version.document.id
    stretches = tuple(
        stretch
        for other in ((id,) if added else version.judges)
        if (stretch := tuple(s for passage in run for s in passage.of(other)))
    )
    judges = (version.source,) if version.source else version.judges
    # Several witnesses are asked for their mean: the maximum would rise with their number alone.
    nearest = mean(
        max(_nearest(stretch, segments[other], vectors) for other in (judges if added else (id,)))
        for stretch in stretches
    )
    return Gap(
        document=id,
        added=added,
        place=_extent(stretches[0]) if added else _point(segments[id], id, before),
        stretches=stretches,
        against=judges,
        whole_block=any(holds_block(s, segments[s[0].document]) for s in stretches),
        nearest=round(nearest, 4),
        usual=usual,
        opposed=opposed,
        judged=bool(version.source) or len(version.judges) > 1,
    )


def _nearest(stretch: Sequence[Segment], others: Sequence[Segment], vectors: Vectors) -> float:
    """How near a version comes to saying a stretch that it seems to lack.

    The mean over the segments of the best similarity, weighted by length: one sentence found
    again does not make a page present.
    """
    if not others:
        return 0.0
    rows = vectors[stretch[0].document][[s.index for s in stretch]]
    columns = vectors[others[0].document]
    best = [float((columns @ row).max()) for row in rows]
    return float(np.average(best, weights=[max(1, len(s.text)) for s in stretch]))


def _alone(version: _Version, passage: Passage) -> bool:
    """True when a version has a passage that none of its judges has."""
    having = set(passage.documents)
    judges = {version.source} if version.source else set(version.judges)
    return version.document.id in having and not having & judges


def _extent(stretch: Sequence[Segment]) -> Span:
    return Span(stretch[0].document, stretch[0].span().start, stretch[-1].span().end)


def _point(own: Sequence[Segment], id: str, before: int) -> Span:
    """The place right behind a segment; the first place of the text when it is -1."""
    place = own[before].span().end if before >= 0 else own[0].span().start if own else 0
    return Span(id, place, place)


def holds_block(stretch: Sequence[Segment], segments: Sequence[Segment]) -> bool:
    """True when a stretch holds every segment of some block of its document."""
    indices = {s.index for s in stretch}
    for block in {s.block for s in stretch}:
        if all(s.index in indices for s in _same_block(segments, stretch, block)):
            return True
    return False


def _same_block(
    segments: Sequence[Segment], stretch: Sequence[Segment], block: int
) -> Iterator[Segment]:
    """The segments of a block, found outwards from the stretch and not by reading them all."""
    first = next(s.index for s in stretch if s.block == block)
    position = first
    while position > 0 and segments[position - 1].block == block:
        position -= 1
    while position < len(segments) and segments[position].block == block:
        yield segments[position]
        position += 1
