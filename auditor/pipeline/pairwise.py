"""Two files beside each other: their beads, and segment pairs that are already aligned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auditor.align import align_versions
from auditor.align.given import given_alignment
from auditor.align.notation import PassageTable
from auditor.core import (
    Alignment,
    Audit,
    Bead,
    Block,
    BlockKind,
    ConfigError,
    Document,
    OffsetMap,
    Passage,
    Phrase,
    Relation,
    RelationKind,
    Segment,
    Story,
)
from auditor.encode import Vectors
from auditor.lang import canonical
from auditor.normalise import normalise
from auditor.pipeline import Run, encoder_of, finish
from auditor.pipeline.compare import Compared
from auditor.pipeline.context import Meaning
from auditor.pipeline.prepare import language_of, prepare
from auditor.read import document_from_text, read_document
from auditor.read.pairs import Pair

SOURCE, TARGET = "source", "target"

BATCH = 2048
"""Pairs whose texts are encoded together: some ten megabytes of vectors."""


@dataclass(frozen=True, slots=True)
class AlignedFiles:
    """Two files and their beads.

    Attributes:
        source: its document, with the id `source`.
        target: likewise, `target`.
        alignment: of these two.
    """

    source: Document
    target: Document
    alignment: Alignment


def align_files(
    source: Path,
    target: Path,
    run: Run,
    *,
    source_lang: str | None,
    target_lang: str | None,
    segmented: bool,
    given: PassageTable | None = None,
) -> AlignedFiles:
    """Aligns two files that are versions of one text.

    Args:
        source: the file that comes first in the beads.
        target: the other.
        run: encoder and cache.
        source_lang: BCP 47 tag, or None to find it.
        target_lang: likewise.
        segmented: take each line as one sentence; empty lines count too.
        given: passages that a person made, to be taken as they are; it names both files.

    Raises:
        ReadError: a file cannot be read.
        ConfigError: the encoder does not know a language.
    """
    documents = (
        replace(
            read_document(source, source.parent, lang=source_lang, any_ending=segmented), id=SOURCE
        ),
        replace(
            read_document(target, target.parent, lang=target_lang, any_ending=segmented), id=TARGET
        ),
    )
    prepared = prepare(documents, run.candidates, run.store)
    segments = dict(prepared.segments)
    if segmented:
        segments = {d.id: _lines(d) for d in prepared.documents}
    if given is not None:
        found = _as_given(given, prepared.documents, segments)
        return AlignedFiles(prepared.documents[0], prepared.documents[1], found)
    meaning = Meaning(encoder_of(run))
    for document, path in zip(prepared.documents, (source, target), strict=True):
        if not meaning.knows(document.lang):
            raise ConfigError(
                str(path),
                f"its language ({document.lang}) is not one that {meaning.encoder.id} knows",
                "name it with --source-lang or --target-lang, or choose another --encoder",
            )
    vectors = meaning.vectors(
        [Phrase(s.text, d.lang) for d in prepared.documents for s in segments[d.id]]
    )
    cut = len(segments[SOURCE])
    sides = segments[SOURCE], segments[TARGET]
    found = _with_blanks(*sides, vectors[:cut], vectors[cut:])
    return AlignedFiles(prepared.documents[0], prepared.documents[1], found)


def _as_given(
    table: PassageTable, documents: Sequence[Document], segments: Mapping[str, Sequence[Segment]]
) -> Alignment:
    """The beads of two files that a table of passages gives.

    Raises:
        ConfigError: the table does not name a file, or names it twice; a range ends behind the
            file; or the file has no text.
    """
    names = list(table.documents)
    for document in documents:
        path = Path(document.path)
        columns = [at for at, name in enumerate(table.documents) if Path(name).name == path.name]
        if len(columns) != 1:
            raise ConfigError(
                str(path),
                "is not named in the table" if not columns else "is named twice in the table",
                f"the table has {', '.join(table.documents)}",
            )
        (column,) = columns
        last = max((span.end for row in table.rows for span in row.spans[column]), default=0)
        if last > len(document.raw):
            raise ConfigError(
                str(path),
                f"a range of the table ends at {last}, behind its {len(document.raw)} characters",
                "align the file as it is now",
            )
        if not segments[document.id]:
            raise ConfigError(str(path), "has no text", "name a version with text")
        names[column] = document.id
    return given_alignment(
        replace(table, documents=tuple(names)), segments[SOURCE], segments[TARGET]
    )


def _with_blanks(
    source: Sequence[Segment], target: Sequence[Segment], rows: Vectors, columns: Vectors
) -> Alignment:
    """Aligns what has text; an empty line translates nothing and stands alone."""
    said = [[at for at, s in enumerate(side) if s.text.strip()] for side in (source, target)]
    alignment = align_versions(
        [source[at] for at in said[0]],
        [target[at] for at in said[1]],
        rows[said[0]],
        columns[said[1]],
    )
    lefts = [s for s in source if not s.text.strip()][::-1]
    rights = [s for s in target if not s.text.strip()][::-1]
    beads: list[Bead] = []
    for bead in alignment.beads:
        while lefts and bead.source and lefts[-1].index < bead.source[0].index:
            beads.append(Bead((lefts.pop(),), (), 0.0))
        in_order = bead.target and not bead.moved
        while rights and in_order and rights[-1].index < bead.target[0].index:
            beads.append(Bead((), (rights.pop(),), 0.0))
        beads.append(bead)
    beads += [Bead((s,), (), 0.0) for s in reversed(lefts)]
    beads += [Bead((), (s,), 0.0) for s in reversed(rights)]
    return Alignment(SOURCE, TARGET, tuple(beads), monotone=True)


def _lines(document: Document) -> tuple[Segment, ...]:
    """Each line of the file as one segment, so that numbers in the beads are line numbers."""
    found: list[Segment] = []
    position = 0
    for line in document.raw.splitlines(keepends=True):
        text = line.rstrip("\r\n")
        block = Block(BlockKind.STRING, text, OffsetMap.identity(len(text), position))
        plain = normalise(replace(document, blocks=(block,))).blocks
        shown = plain[0] if plain else Block(BlockKind.STRING, "", OffsetMap(()))
        found.append(
            Segment(document.id, len(found), shown.text, shown.offsets, document.lang, len(found))
        )
        position += len(line)
    return tuple(found)


def bead_rows(alignment: Alignment) -> list[dict[str, object]]:
    """The beads as plain values: numbers of the segments, places in the files, the score."""
    return [
        {
            "source": [s.index for s in bead.source],
            "target": [s.index for s in bead.target],
            "source_spans": [[s.span().start, s.span().end] for s in bead.source],
            "target_spans": [[s.span().start, s.span().end] for s in bead.target],
            "score": round(bead.score, 3),
            **({"moved": True} if bead.moved else {}),
        }
        for bead in alignment.beads
    ]


@dataclass(frozen=True, slots=True)
class AuditedPair:
    """One pair and what the audit says of it.

    Attributes:
        id: of the pair, as in the file.
        audit: of a story with two documents, `source` and `target`.
        fidelity: 0 to 100, or None when the pair could not be compared.
    """

    id: str
    audit: Audit
    fidelity: float | None


def audit_pairs(
    pairs: Sequence[Pair], run: Run, *, source_lang: str | None, target_lang: str | None
) -> Iterator[AuditedPair]:
    """Audits segment pairs that are already aligned, each as a story of its own.

    Args:
        pairs: from `read_pairs`.
        run: encoder, cache and rules.
        source_lang: BCP 47 tag, or None to find it from all the sources together.
        target_lang: likewise.
    """
    langs = (
        _language([pair.source for pair in pairs], source_lang, run),
        _language([pair.target for pair in pairs], target_lang, run),
    )
    meaning = Meaning(encoder_of(run))
    # Each pair is a story of a moment: its findings are not worth a place in the cache.
    plain = replace(run, store=None, progress=None)
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
        for pair, sides in ready:
            yield _audited(pair, sides, meaning, plain)


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
    pair: Pair, sides: Sequence[tuple[Document, Segment]], meaning: Meaning, run: Run
) -> AuditedPair:
    (source_document, source), (target_document, target) = sides
    story = Story(pair.id, (source_document, target_document), source=SOURCE)
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
    audit = finish(story, segments, vectors, compared, meaning, run)
    return AuditedPair(pair.id, audit, audit.documents[1].score.fidelity)
