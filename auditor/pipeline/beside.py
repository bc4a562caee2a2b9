"""Two files beside each other: their beads, in whatever order they share their sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from auditor.align import align_versions, keeps_order, match
from auditor.align.given import given_alignment
from auditor.align.notation import PassageTable
from auditor.core import (
    Alignment,
    Bead,
    Block,
    BlockKind,
    ConfigError,
    Document,
    OffsetMap,
    Phrase,
    Segment,
)
from auditor.encode import Vectors, for_languages, remedy
from auditor.normalise import normalise
from auditor.pipeline import Run, encoder_of
from auditor.pipeline.context import Meaning
from auditor.pipeline.prepare import prepare
from auditor.read import read_document

SOURCE, TARGET = "source", "target"


class Order(StrEnum):
    """Whether two files say what they share in one order."""

    AUTO = "auto"
    """Decided by the sentences that match."""
    KEPT = "kept"
    """Versions of one text."""
    FREE = "free"
    """Articles that share sentences anywhere."""


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
    order: Order = Order.AUTO,
    given: PassageTable | None = None,
) -> AlignedFiles:
    """Aligns two files that are versions of one text, or articles that share sentences.

    Args:
        source: the file that comes first in the beads.
        target: the other.
        run: encoder and cache.
        source_lang: BCP 47 tag, or None to find it.
        target_lang: likewise.
        segmented: take each line as one sentence; empty lines count too.
        order: whether both files say what they share in one order.
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
    langs = [document.lang for document in prepared.documents]
    run = replace(run, encoder=for_languages(run.encoder, run.second, langs))
    meaning = Meaning(encoder_of(run))
    for document, path in zip(prepared.documents, (source, target), strict=True):
        if not meaning.knows(document.lang):
            raise ConfigError(
                str(path),
                f"its language ({document.lang}) is not one that {meaning.encoder.id} knows",
                "name it with --source-lang or --target-lang, or choose another --encoder"
                + remedy(document.lang),
            )
    vectors = meaning.vectors(
        [Phrase(s.text, d.lang) for d in prepared.documents for s in segments[d.id]]
    )
    cut = len(segments[SOURCE])
    sides = segments[SOURCE], segments[TARGET]
    found = _with_blanks(*sides, vectors[:cut], vectors[cut:], order)
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
    source: Sequence[Segment],
    target: Sequence[Segment],
    rows: Vectors,
    columns: Vectors,
    order: Order,
) -> Alignment:
    """Aligns what has text; an empty line translates nothing and stands alone."""
    said = [[at for at, s in enumerate(side) if s.text.strip()] for side in (source, target)]
    sides = [source[at] for at in said[0]], [target[at] for at in said[1]]
    left, right = rows[said[0]], columns[said[1]]
    if order is Order.FREE or (order is Order.AUTO and not keeps_order(left, right)):
        return _in_any_order(match(*sides, left, right), source, target)
    alignment = align_versions(*sides, left, right)
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


def _in_any_order(
    found: Alignment, source: Sequence[Segment], target: Sequence[Segment]
) -> Alignment:
    """The matches in the order of the source, and every other segment alone."""
    lefts = {s.index for bead in found.beads for s in bead.source}
    rights = {s.index for bead in found.beads for s in bead.target}
    lone = [Bead((s,), (), 0.0) for s in source if s.index not in lefts]
    beads = sorted((*found.beads, *lone), key=lambda bead: bead.source[0].index)
    beads += [Bead((), (t,), 0.0) for t in target if t.index not in rights]
    return Alignment(SOURCE, TARGET, tuple(beads), monotone=False)


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
