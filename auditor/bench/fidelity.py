"""Fidelity against human judgment, planted errors and swapped neighbours.

Every pair of texts is audited as `auditor pairs` does, and its cosine similarity stands beside it:
what the index gains over the simple way is what it is for.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import correlation, fmean, stdev

from auditor.bench.bounds import Z, share_interval
from auditor.bench.clean import DOCUMENTS, TAGS, line_aligned
from auditor.bench.quality import Labelled, Ranked, Rated, Translation, labelled, ranked, rated
from auditor.bench.ranking import auc, auc_interval
from auditor.core import ConfigError
from auditor.pipeline import Run
from auditor.pipeline.pairwise import audit_pairs
from auditor.read.pairs import Pair

CLEAN = "ntrex-dev"
BINS = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """What is said of one pair of texts.

    Attributes:
        fidelity: 0 to 100; 0 where it could not be told.
        cosine: of the vectors of the two texts.
    """

    fidelity: float
    cosine: float


Readings = Mapping[Translation, Reading]


@dataclass(frozen=True, slots=True)
class Swapped:
    """The lines of a clean translation, and the same with neighbours in each other's place."""

    lang: str
    clean: tuple[Translation, ...]
    swapped: tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose fidelity is alike.

    Attributes:
        count: how many.
        fidelity: their mean, 0 to 100.
        rating: mean human adequacy, 0 to 100.
        margin: half of the 95 % interval of that mean; 0 where a single pair tells none.
    """

    count: int
    fidelity: float
    rating: float
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is measured on."""

    rated: tuple[Rated, ...]
    labelled: tuple[Labelled, ...]
    ranked: tuple[Ranked, ...]
    swapped: tuple[Swapped, ...]

    def translations(self) -> Iterable[Translation]:
        """Every pair of texts, as often as it is used."""
        for file in self.rated:
            yield from file.translations
        for labels in self.labelled:
            yield from labels.translations
        for kind in self.ranked:
            yield from (*kind.good, *kind.bad)
        for lang in self.swapped:
            yield from (*lang.clean, *lang.swapped)


def read_corpus(folder: Path, *, sample: int | None = None, seed: int = 1) -> Corpus:
    """Reads what a folder holds of rated, labelled, damaged and clean translations.

    Args:
        folder: holds `qe-dev/`, `demetr-dev/` and `ntrex-dev/`, or some of them.
        sample: rows of each file at most; None for all.
        seed: of the drawing.

    Raises:
        ConfigError: it holds none of them, or a file is something else.
    """
    draw = random.Random(seed)  # noqa: S311 - a sample to measure on, not a secret

    def some(count: int) -> list[int]:
        drawn = range(count) if sample is None else draw.sample(range(count), min(sample, count))
        return sorted(drawn)

    corpus = Corpus(
        tuple(_rated_sample(file, some(len(file.ratings))) for file in rated(folder)),
        tuple(_labelled_sample(file, some(len(file.wrong))) for file in labelled(folder)),
        tuple(_ranked_sample(kind, some(len(kind.good))) for kind in ranked(folder)),
        tuple(_swapped(folder / CLEAN, sample)) if (folder / CLEAN).is_dir() else (),
    )
    if not any(corpus.translations()):
        raise ConfigError(
            str(folder), "holds nothing to measure on", "name a folder with qe-dev/, demetr-dev/"
        )
    return corpus


def _rated_sample(file: Rated, rows: Sequence[int]) -> Rated:
    return Rated(
        file.name,
        tuple(file.translations[i] for i in rows),
        tuple(file.ratings[i] for i in rows),
        tuple(file.z_ratings[i] for i in rows),
    )


def _labelled_sample(file: Labelled, rows: Sequence[int]) -> Labelled:
    return Labelled(
        file.name,
        tuple(file.translations[i] for i in rows),
        tuple(file.wrong[i] for i in rows),
    )


def _ranked_sample(kind: Ranked, rows: Sequence[int]) -> Ranked:
    return Ranked(kind.kind, tuple(kind.good[i] for i in rows), tuple(kind.bad[i] for i in rows))


def _swapped(folder: Path, sample: int | None) -> Iterable[Swapped]:
    """Each language: all lines, and each line beside the translation of its neighbour."""
    targets = [file for file in TAGS if file != "eng" and (folder / f"{file}.txt").is_file()]
    if not (folder / DOCUMENTS).is_file():
        return
    _, texts = line_aligned(folder, ["eng", *targets])
    for file in targets:
        size = min(sample or len(texts[file]), len(texts[file])) // 2 * 2
        rows = [i for i in range(size) if texts["eng"][i].strip() and texts[file][i].strip()]
        there = [texts[file][i + 1 if i % 2 == 0 else i - 1] for i in rows]
        yield Swapped(
            TAGS[file],
            tuple(Translation("en", TAGS[file], texts["eng"][i], texts[file][i]) for i in rows),
            tuple(
                Translation("en", TAGS[file], texts["eng"][i], text)
                for i, text in zip(rows, there, strict=True)
            ),
        )


def read_all(corpus: Corpus, run: Run) -> Readings:
    """Audits every distinct pair of texts once.

    Raises:
        ConfigError: a check crashed.
    """
    wanted = list(dict.fromkeys(corpus.translations()))
    found: dict[Translation, Reading] = {}
    for langs in dict.fromkeys((t.source_lang, t.target_lang) for t in wanted):
        own = [t for t in wanted if (t.source_lang, t.target_lang) == langs]
        pairs = [Pair(str(i), t.source, t.target) for i, t in enumerate(own)]
        audited = audit_pairs(pairs, run, source_lang=langs[0], target_lang=langs[1])
        for one, result in zip(own, audited, strict=True):
            for error in result.audit.errors:
                raise ConfigError(error.rule, f"crashed: {error.error}", f"see {one.target[:60]!r}")
            cosine = result.audit.beads[0].parts["cosine"] if result.audit.beads else 0.0
            found[one] = Reading(result.fidelity or 0.0, cosine)
    return found


def table(corpus: Corpus, readings: Readings) -> list[str]:
    """The figures as lines of text."""
    lines: list[str] = []
    if corpus.rated:
        lines += ["Pearson r with human adequacy"]
        lines += [_head("file", "pairs", "cosine", "fidelity", "95 %", "with z")]
        lines += [_rated_row(file, readings) for file in corpus.rated]
    if corpus.labelled:
        lines += ["", "critical errors told from the others, AUC"]
        lines += [_head("file", "pairs", "cosine", "fidelity", "95 %", "errors")]
        lines += [_labelled_row(file, readings) for file in corpus.labelled]
    if corpus.ranked:
        lines += ["", "good above bad for the same source, share of pairs (a tie is wrong)"]
        lines += [_head("planted", "pairs", "cosine", "fidelity", "95 %", "ties")]
        lines += [_ranked_row(kind, readings) for kind in corpus.ranked]
    if corpus.swapped:
        lines += ["", "clean lines told from swapped neighbours, AUC"]
        lines += [_head("language", "pairs", "cosine", "fidelity", "95 %", "median")]
        lines += [_swapped_row(lang, readings) for lang in corpus.swapped]
    for file in corpus.rated:
        own = bins(file, readings)
        lines += ["", f"calibration on {file.name}: mean fidelity and mean rating, {BINS} bins"]
        lines += [
            f"  {one.fidelity:5.1f} {one.rating:5.1f} {one.count:6d}  {'#' * round(one.rating / 2)}"
            for one in own
        ]
        lines += [f"calibration error {calibration_error(own):.3f}"]
    return lines


def bins(file: Rated, readings: Readings) -> list[Bin]:
    """The pairs of a file in bins of ten points of fidelity, the empty ones left out."""
    groups: dict[int, list[tuple[float, float]]] = {}
    for one, rating in zip(file.translations, file.ratings, strict=True):
        fidelity = readings[one].fidelity
        groups.setdefault(min(BINS - 1, int(fidelity * BINS / 100)), []).append((fidelity, rating))
    return [
        Bin(
            len(group),
            fmean(f for f, _ in group),
            fmean(r for _, r in group),
            Z * stdev(r for _, r in group) / math.sqrt(len(group)) if len(group) > 1 else 0.0,
        )
        for _, group in sorted(groups.items())
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """The mean distance of fidelity and rating over the bins, weighted by their pairs, 0 to 1.

    Source: Naeini et al. 2015, expected calibration error.
    """
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.fidelity - one.rating) for one in found) / total / 100


def _head(*names: str) -> str:
    return f"{names[0]:<24}" + "".join(f"{name:>12}" for name in names[1:])


def _row(name: str, count: int, simple: float, own: float, *more: str) -> str:
    cells = "".join(f"{cell:>12}" for cell in more)
    return f"{name:<24}{count:>12}{simple:>12.3f}{own:>12.3f}{cells}"


def _span(low: float, high: float) -> str:
    return f"{low:.2f}-{high:.2f}"


def _rated_row(file: Rated, readings: Readings) -> str:
    fidelities = [readings[one].fidelity for one in file.translations]
    cosines = [readings[one].cosine for one in file.translations]
    own = _pearson(fidelities, file.ratings)
    half = Z / math.sqrt(max(1, len(fidelities) - 3))
    middle = math.atanh(min(0.999, max(-0.999, own)))
    interval = _span(math.tanh(middle - half), math.tanh(middle + half))
    z = _pearson(fidelities, file.z_ratings)
    return _row(file.name, len(cosines), _pearson(cosines, file.ratings), own, interval, f"{z:.3f}")


def _pearson(left: Sequence[float], right: Sequence[float]) -> float:
    if len(left) < 2 or len(set(left)) < 2 or len(set(right)) < 2:
        return 0.0
    return correlation(left, right)


def _labelled_row(file: Labelled, readings: Readings) -> str:
    sides = {
        wrong: [
            readings[one]
            for one, label in zip(file.translations, file.wrong, strict=True)
            if label is wrong
        ]
        for wrong in (True, False)
    }
    counts = len(sides[True]), len(sides[False])
    if not all(counts):
        return f"{file.name:<24}{sum(counts):>12}  without one of the two labels"
    simple = auc([-r.cosine for r in sides[True]], [-r.cosine for r in sides[False]])
    own = auc([-r.fidelity for r in sides[True]], [-r.fidelity for r in sides[False]])
    interval = _span(*auc_interval(own, *counts))
    return _row(file.name, sum(counts), simple, own, interval, str(counts[0]))


def _ranked_row(kind: Ranked, readings: Readings) -> str:
    pairs = [(readings[g], readings[b]) for g, b in zip(kind.good, kind.bad, strict=True)]
    right = sum(good.fidelity > bad.fidelity for good, bad in pairs)
    simple = sum(good.cosine > bad.cosine for good, bad in pairs)
    ties = sum(good.fidelity == bad.fidelity for good, bad in pairs)
    interval = _span(*share_interval(right, len(pairs)))
    shares = simple / len(pairs), right / len(pairs)
    return _row(kind.kind, len(pairs), *shares, interval, str(ties))


def _swapped_row(lang: Swapped, readings: Readings) -> str:
    clean = [readings[one] for one in lang.clean]
    swapped = [readings[one] for one in lang.swapped]
    simple = auc([r.cosine for r in clean], [r.cosine for r in swapped])
    own = auc([r.fidelity for r in clean], [r.fidelity for r in swapped])
    interval = _span(*auc_interval(own, len(clean), len(swapped)))
    middles = [sorted(r.fidelity for r in side)[len(side) // 2] for side in (clean, swapped)]
    return _row(
        lang.lang, len(clean), simple, own, interval, " / ".join(f"{m:.0f}" for m in middles)
    )
