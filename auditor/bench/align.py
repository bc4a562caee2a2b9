"""Measures the aligner against gold ladders: precision, recall, F1, nulls, trust, seconds, memory.

A folder holds for each document, one sentence a line:

- `NAME.source.txt`, `NAME.target.txt` and `NAME.gold.ladder`, or
- `NAME.de`, `NAME.fr` and `NAME.defr`, as Text+Berg and Bleualign have them.

Beside the first kind may lie vectors from any encoder, `NAME.source.npy` and
`NAME.target.npy`; all else is encoded. Folders inside the folder are sets of their own; one
named like `en-zh-TW` names its languages.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from auditor.align import align_monotone
from auditor.bench.gold import Counts, Measure, Pair, count, read_ladder, read_lines
from auditor.core import Alignment, ConfigError, OffsetMap, Phrase, ReadError, Segment
from auditor.lang import base, canonical, is_tag

if TYPE_CHECKING:
    from auditor.pipeline import Run

EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
"""Bounds of the bands of trust in the reliability table."""
_GOLD = ".gold.ladder"
_SIDES = ("source", "target")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Files of one document: both sides, their vectors where there are any, and the gold.

    Attributes:
        name: for messages and exports.
        sides: source and target, one sentence a line.
        vectors: `.npy` files of both sides, or None.
        gold: the ladder.
        langs: BCP 47 tags of both sides; None where the names do not tell.
    """

    name: str
    sides: tuple[Path, Path]
    vectors: tuple[Path, Path] | None
    gold: Path
    langs: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class Aligned:
    """One document, aligned.

    Attributes:
        document: its files.
        segments: of both sides.
        langs: BCP 47 tags of both sides; `und` where vectors were given.
        vectors: of both sides, float32 (n, d) and (m, d).
        found: the beads.
        scores: the trust in each bead, 0 to 1.
        gold: the beads that a person made.
        seconds: of the aligner alone.
        encoding: seconds of the encoder; 0 where vectors were given.
    """

    document: GoldDocument
    segments: tuple[list[Segment], list[Segment]]
    langs: tuple[str, str]
    vectors: tuple[NDArray[np.float32], NDArray[np.float32]]
    found: list[Pair]
    scores: list[float]
    gold: list[Pair]
    seconds: float
    encoding: float


@dataclass(slots=True)
class AlignRow:
    """The result of one set; documents are added one by one.

    Attributes:
        name: of its folder.
        documents: how many.
        counts: summed over the documents.
        trust: for each bead its score and whether it is in the gold as it stands.
        seconds: in the aligner alone.
        encoding: seconds in the encoder.
        peak: largest memory of the process so far, in bytes.
    """

    name: str
    documents: int = 0
    counts: Counts = field(default_factory=Counts)
    trust: list[tuple[float, bool]] = field(default_factory=list)
    seconds: float = 0.0
    encoding: float = 0.0
    peak: int = 0

    def add(self, one: Aligned) -> None:
        """Counts one more document."""
        known = set(one.gold)
        nulls = {("s", i) for a, b in one.gold if not b for i in a}
        nulls |= {("t", j) for a, b in one.gold if not a for j in b}
        self.documents += 1
        self.counts += count(one.found, one.gold)
        for (source, target), score in zip(one.found, one.scores, strict=True):
            # A gold null may hold several sentences; ours holds one.
            lone = nulls & {*(("s", i) for i in source), *(("t", j) for j in target)}
            right = (source, target) in known or bool(lone and not (source and target))
            self.trust.append((score, right))
        self.seconds += one.seconds
        self.encoding += one.encoding
        # Linux counts in kilobytes, macOS in bytes.
        unit = 1 if sys.platform == "darwin" else 1024
        self.peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def gold_documents(folder: Path) -> dict[str, list[GoldDocument]]:
    """The documents with gold in a folder and the folders in it, by set.

    Raises:
        ConfigError: there is no gold.
    """
    sets: dict[str, list[GoldDocument]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        document = _by_name(path) if path.name.endswith(_GOLD) else _by_suffix(path)
        if document is not None:
            home = path.parent
            name = str(home.relative_to(folder)) if home != folder else home.resolve().name
            sets.setdefault(name, []).append(document)
    if not sets:
        raise ConfigError(str(folder), f"no file ends in {_GOLD}", "name a folder with gold")
    return sets


def aligned(
    documents: Sequence[GoldDocument], run: Run, source_lang: str | None, target_lang: str | None
) -> Iterator[Aligned]:
    """Aligns documents one by one.

    Args:
        documents: from `gold_documents`.
        run: encoder and cache; neither is touched where vectors are given.
        source_lang: BCP 47 tag of all sources; told by names or found when None.
        target_lang: likewise.

    Raises:
        ReadError: a file is missing or holds something else.
        ConfigError: a line of the gold is no bead, or the encoder does not know a language.
        AlignError: vectors do not fit the sentences.
    """
    for document in documents:
        source, target = (_segments(path) for path in document.sides)
        given = (source_lang or document.langs[0], target_lang or document.langs[1])
        before = time.perf_counter()
        rows, langs = _vectors(document, (source, target), given, run)
        between = time.perf_counter()
        alignment = align_monotone(source, target, *rows)
        after = time.perf_counter()
        yield Aligned(
            document,
            (source, target),
            langs,
            rows,
            _pairs(alignment),
            [bead.score for bead in alignment.beads],
            read_ladder(document.gold),
            after - between,
            0.0 if document.vectors else between - before,
        )


def table(rows: Sequence[AlignRow]) -> list[str]:
    """The figures as lines of text, with a line for all sets together where there are several."""
    head = ("docs", "beads", *(f"{kind} {m}" for kind in ("strict", "lax", "null") for m in "PRF"))
    width = max(20, *(len(row.name) + 2 for row in rows))
    lines = [
        f"{'set':<{width}}"
        + "".join(f"{name:>9}" for name in (*head, "align s", "encode s", "peak MB"))
    ]
    for row in [*rows, *([_together(rows)] if len(rows) > 1 else [])]:
        figures = [_shown(m) for m in (row.counts.strict, row.counts.lax, row.counts.null)]
        cells = [
            str(row.documents),
            str(row.counts.found),
            *(c for three in figures for c in three),
        ]
        cells += [f"{row.seconds:.2f}", f"{row.encoding:.2f}", f"{row.peak / 1e6:.0f}"]
        lines.append(f"{row.name:<{width}}" + "".join(f"{cell:>9}" for cell in cells))
    return lines


def reliability(rows: Sequence[AlignRow]) -> list[str]:
    """What the trust in a bead is worth: for bands of it, how many beads are strictly right."""
    held = [pair for row in rows for pair in row.trust]
    lines = [f"{'trust in a bead':<20}{'beads':>9}{'mean':>9}{'right':>9}"]
    off = 0.0
    for low, high in pairwise(EDGES):
        own = [(t, r) for t, r in held if low <= t < high or high == t == EDGES[-1]]
        if own:
            mean, right = (sum(values) / len(own) for values in zip(*own, strict=True))
            off += abs(mean - right) * len(own)
            band = f"{low:.2f} to {high:.2f}"
            lines.append(f"{band:<20}{len(own):>9}{mean:>9.3f}{right:>9.3f}")
    lines.append(f"expected calibration error: {off / max(len(held), 1):.3f}")
    return lines


def _together(rows: Sequence[AlignRow]) -> AlignRow:
    total = AlignRow("all")
    for row in rows:
        total.documents += row.documents
        total.counts += row.counts
        total.seconds += row.seconds
        total.encoding += row.encoding
        total.peak = max(total.peak, row.peak)
    return total


def _shown(measure: Measure) -> tuple[str, str, str]:
    return f"{measure.precision:.4f}", f"{measure.recall:.4f}", f"{measure.f1:.4f}"


def _by_name(gold: Path) -> GoldDocument:
    stem = gold.name.removesuffix(_GOLD)
    source, target = (gold.with_name(f"{stem}.{side}.txt") for side in _SIDES)
    vectors = tuple(gold.with_name(f"{stem}.{side}.npy") for side in _SIDES)
    langs = _named_langs(gold.parent.name)
    held = (vectors[0], vectors[1]) if any(path.exists() for path in vectors) else None
    return GoldDocument(stem, (source, target), held, gold, langs)


def _by_suffix(path: Path) -> GoldDocument | None:
    """`NAME.defr` beside `NAME.de` and `NAME.fr`."""
    ending = path.suffix.removeprefix(".")
    for cut in range(2, len(ending) - 1):
        sides = (path.with_suffix(f".{ending[:cut]}"), path.with_suffix(f".{ending[cut:]}"))
        if all(side.is_file() for side in sides):
            langs = (canonical(ending[:cut]), canonical(ending[cut:]))
            return GoldDocument(path.stem, sides, None, path, langs)
    return None


def _named_langs(name: str) -> tuple[str | None, str | None]:
    """The languages of a folder named like `en-fr`, `it-zh-TW` or `zh-CN-en`."""
    parts = name.split("-")
    for cut in range(1, len(parts)):
        source, target = "-".join(parts[:cut]), "-".join(parts[cut:])
        if _is_language(source) and _is_language(target):
            return canonical(source), canonical(target)
    return None, None


def _is_language(tag: str) -> bool:
    from auditor.text.language import script_of

    return is_tag(tag) and len(base(tag)) == 2 and script_of(canonical(tag)) is not None


def _vectors(
    document: GoldDocument,
    sides: tuple[list[Segment], list[Segment]],
    given: tuple[str | None, str | None],
    run: Run,
) -> tuple[tuple[NDArray[np.float32], NDArray[np.float32]], tuple[str, str]]:
    """The vectors of both sides, and the languages that they were encoded as."""
    if document.vectors is not None:
        source, target = (_loaded(path) for path in document.vectors)
        return (source, target), (given[0] or "und", given[1] or "und")
    from auditor.pipeline import encoder_of
    from auditor.pipeline.context import Meaning
    from auditor.text.language import identify

    meaning = Meaning(encoder_of(run))
    langs: list[str] = []
    for segments, lang, path in zip(sides, given, document.sides, strict=True):
        text = "\n".join(segment.text for segment in segments)
        known = canonical(lang) if lang else identify(text, run.candidates).lang
        if segments and not meaning.knows(known):
            raise ConfigError(
                str(path),
                f"its language ({known}) is not one that {meaning.encoder.id} knows",
                "name it with --source-lang or --target-lang, or choose another --encoder",
            )
        langs.append(known)
    rows = meaning.vectors(
        [Phrase(s.text, lang) for side, lang in zip(sides, langs, strict=True) for s in side]
    )
    cut = len(sides[0])
    return (rows[:cut], rows[cut:]), (langs[0], langs[1])


def _pairs(alignment: Alignment) -> list[Pair]:
    return [
        (tuple(s.index for s in bead.source), tuple(t.index for t in bead.target))
        for bead in alignment.beads
    ]


def _segments(path: Path) -> list[Segment]:
    return [
        Segment(path.name, number, line, OffsetMap.identity(len(line)), "und")
        for number, line in enumerate(read_lines(path))
    ]


def _loaded(path: Path) -> NDArray[np.float32]:
    try:
        return np.asarray(np.load(path, allow_pickle=False), np.float32)
    except (OSError, ValueError) as error:
        raise ReadError(str(path), "holds no vectors", "write them with numpy.save") from error
