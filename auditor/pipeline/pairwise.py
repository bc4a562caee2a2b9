"""Segment pairs that are already aligned, each audited as a story of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from auditor.core import (
    Alignment,
    Audit,
    Bead,
    Block,
    BlockKind,
    Document,
    OffsetMap,
    Passage,
    Phrase,
    Relation,
    RelationKind,
    Segment,
    Story,
)
from auditor.encode import for_languages
from auditor.lang import canonical
from auditor.normalise import normalise
from auditor.pipeline import Run, encoder_of, finish
from auditor.pipeline.compare import Compared
from auditor.pipeline.context import Meaning
from auditor.pipeline.prepare import language_of
from auditor.read import document_from_text
from auditor.read.pairs import Pair
from auditor.score.learned import judge_pairs
from auditor.score.nearby import outdone

SOURCE, TARGET = "source", "target"

BATCH = 2048
"""Pairs whose texts are encoded together: some ten megabytes of vectors."""


@dataclass(frozen=True, slots=True)
class AuditedPair:
    """One pair and what the audit says of it.

    Attributes:
        id: of the pair, as in the file.
        audit: of a story with two documents, `source` and `target`.
        fidelity: 0 to 100, or None when the pair could not be compared.
        judged: by the learned judge of the run, on its own scale; None without one, and where one
            of the texts is empty.
    """

    id: str
    audit: Audit
    fidelity: float | None
    judged: float | None = None


def audit_pairs(
    pairs: Sequence[Pair],
    run: Run,
    *,
    source_lang: str | None,
    target_lang: str | None,
    published: date | None = None,
) -> Iterator[AuditedPair]:
    """Audits segment pairs that are already aligned, each as a story of its own.

    Args:
        pairs: from `read_pairs`.
        run: encoder, cache and rules.
        source_lang: BCP 47 tag, or None to find it from all the sources together.
        target_lang: likewise.
        published: the day from which "last year" counts, if known.
    """
    langs = (
        _language([pair.source for pair in pairs], source_lang, run),
        _language([pair.target for pair in pairs], target_lang, run),
    )
    run = replace(run, encoder=for_languages(run.encoder, run.second, langs))
    meaning = Meaning(encoder_of(run))
    # Each pair is a story of a moment: its findings are not worth a place in the cache.
    plain = replace(run, store=None, progress=None, judge=None)
    for start in range(0, len(pairs), BATCH):
        batch = pairs[start : start + BATCH]
        if run.progress:
            run.progress("auditing pairs", start, len(pairs))
        ready = [(pair, _sides(pair, langs)) for pair in batch]
        meaning.prime(
            Phrase(segment.text, segment.lang)
            for _, sides in ready
            for _, segment in sides
            if segment.text and meaning.knows(segment.lang)
        )
        judged = _judged(batch, run)
        rivals = _rivals([sides for _, sides in ready], meaning)
        for (pair, sides), rival in zip(ready, rivals, strict=True):
            one = _audited(pair, sides, meaning, plain, published, rival)
            yield replace(one, judged=judged.get((pair.source, pair.target)))


def _judged(pairs: Sequence[Pair], run: Run) -> dict[tuple[str, str], float]:
    """The scores of the run's judge, none without one."""
    if run.judge is None:
        return {}
    texts = [(p.source, p.target) for p in pairs if p.source.strip() and p.target.strip()]
    return dict(zip(texts, judge_pairs(texts, run.judge, run.store), strict=True))


def _rivals(pairs: Sequence[Sequence[tuple[Document, Segment]]], meaning: Meaning) -> list[float]:
    """By how much the target of a pair nearby is nearer to each source than its own."""
    told = [0.0] * len(pairs)
    compared = [
        row
        for row, sides in enumerate(pairs)
        if all(segment.text.strip() and meaning.knows(segment.lang) for _, segment in sides)
    ]
    if compared:
        both = zip(*(pairs[row] for row in compared), strict=True)
        sides = [meaning.vectors([Phrase(s.text, s.lang) for _, s in side]) for side in both]
        for row, rival in zip(compared, outdone(np.hstack(sides)), strict=True):
            told[row] = float(rival)
    return told


def _language(texts: Sequence[str], declared: str | None, run: Run) -> str:
    """The language as declared; plain `zh` and nothing at all are decided by the texts."""
    lang = canonical(declared or "und")
    if lang not in ("und", "zh"):
        return lang
    sample = "\n\n".join(texts[:200])
    if not sample.strip():
        return "und"
    document = document_from_text(sample, "pairs")
    found = language_of(document, run.candidates, run.store)
    return "zh-Hans" if found == "zh" else found


def _sides(pair: Pair, langs: tuple[str, str]) -> tuple[tuple[Document, Segment], ...]:
    return tuple(
        _side(id, text, lang)
        for id, text, lang in zip((SOURCE, TARGET), (pair.source, pair.target), langs, strict=True)
    )


def _side(id: str, text: str, lang: str) -> tuple[Document, Segment]:
    block = Block(BlockKind.STRING, text, OffsetMap.identity(len(text)))
    document = normalise(Document(id, lang, text, id, (block,), lang_declared=True))
    shown = document.blocks[0] if document.blocks else Block(BlockKind.STRING, "", OffsetMap(()))
    return document, Segment(id, 0, shown.text, shown.offsets, lang, 0, BlockKind.STRING)


def _audited(
    pair: Pair,
    sides: Sequence[tuple[Document, Segment]],
    meaning: Meaning,
    run: Run,
    published: date | None,
    rival: float,
) -> AuditedPair:
    (source_document, source), (target_document, target) = sides
    story = Story(pair.id, (source_document, target_document), source=SOURCE, date=published)
    segments = {
        document.id: (segment,) if segment.text.strip() else () for document, segment in sides
    }
    known = all(meaning.knows(segment.lang) and segments[d.id] for d, segment in sides)
    relations: tuple[Relation, ...] = ()
    alignments: tuple[Alignment, ...] = ()
    passages: tuple[Passage, ...] = ()
    vectors = {}
    if known:
        rows = meaning.vectors([Phrase(s.text, s.lang) for s in (source, target)])
        vectors = {SOURCE: rows[:1], TARGET: rows[1:]}
        score = max(0.0, round(float(rows[0] @ rows[1]), 4))
        relations = (
            Relation(SOURCE, TARGET, RelationKind.TRANSLATION, declared=True, reason="given"),
        )
        alignments = (
            Alignment(SOURCE, TARGET, (Bead((source,), (target,), score),), monotone=True),
        )
        passages = (Passage(0, (source, target), score),)
    compared = Compared(relations, alignments, passages, (), ())
    audit = finish(story, segments, vectors, compared, meaning, run, outdone=rival)
    fidelity = audit.documents[1].score.fidelity
    if segments[SOURCE] and not segments[TARGET]:
        # Nothing says nothing of its source; a pair without a source has nothing to be true to.
        fidelity = 0.0
    return AuditedPair(pair.id, audit, fidelity)
