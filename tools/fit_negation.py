"""Fits `auditor/lang/und/denied.toml`: what each sign of a lone denial weighs.

Run by hand, when the signs or the words of `auditor/lang/*/negation.toml` change:

    python tools/fit_negation.py FOLDER [--extra 2] [--missing 2]

FOLDER is what `auditor bench drift` reads; of its clean lines the half `dev` is used and of its
planted rows none. To every second line a denial is put at a word drawn by lot, and each denial of a
translation is taken away. Logistic regression with a ridge of 1, both classes of one weight; the
thresholds let through so many clean lines in 1,000, counted on lines that the fit has not seen.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from auditor.bench.drift import Line, read_corpus
from auditor.core import Phrase, Segment
from auditor.core.span import OffsetMap
from auditor.encode import open_encoder
from auditor.pipeline.context import Meaning
from auditor.text.denied import SIGNS, Case, measured, side
from auditor.text.denied_place import replaced
from auditor.text.negation import affirmed, bears_denial, denials, find_negations

OUT = Path(__file__).resolve().parent.parent / "auditor" / "lang" / "und" / "denied.toml"
RIDGE, ROUNDS, FOLDS = 1.0, 40, 5
KEEP_AWAY = 8
"""Code points between a denial that is put in and one that stands there."""


class Similar:
    """The one question of a context that is asked here."""

    def __init__(self) -> None:
        self.meaning = Meaning(open_encoder("use"))
        self.asked: dict[Phrase, None] | None = {}

    def similarities(self, pairs: Sequence[tuple[Phrase, Phrase]]) -> Sequence[float]:
        """As the context of an audit answers it; before `prime` nothing but noted."""
        if self.asked is not None:
            self.asked |= dict.fromkeys(phrase for pair in pairs for phrase in pair)
            return [0.0] * len(pairs)
        if not pairs:
            return ()
        vectors = self.meaning.vectors([phrase for pair in pairs for phrase in pair])
        return [round(float(c), 4) for c in np.einsum("ij,ij->i", vectors[0::2], vectors[1::2])]

    def prime(self) -> None:
        """Encodes all that was asked for together, which takes a third of the time."""
        self.meaning.prime(self.asked or ())
        self.asked = None


def planted(line: Line, draw: random.Random) -> Iterator[str]:
    """Translations of a line with a denial more or less."""
    text, lang = line.target, line.lang
    hard = [n for n in find_negations(text, lang) if not n.soft]
    for negation in hard:
        yield replaced(text, affirmed(text, lang, negation))
    free = [
        place
        for place in denials(text, lang)
        if all(place[1] + KEEP_AWAY < n.start or n.end + KEEP_AWAY < place[0] for n in hard)
        and bears_denial(text[place[0] : place[1]], lang)
    ]
    if free and draw.random() < 1 / 2:
        yield replaced(text, draw.choice(free))


def segment(text: str, lang: str) -> Segment:
    """A line as a sentence."""
    return Segment(lang, 0, text, OffsetMap.identity(len(text)), lang)


def case(source: str, target: str, lang: str) -> Case | None:
    """The two as a case; None when both deny as often."""
    left, right = side(segment(source, "en")), side(segment(target, lang))
    if len(left.hard) == len(right.hard):
        return None
    if len(left.hard) > len(right.hard):
        return Case((left,), (right,), missing=True)
    return Case((right,), (left,), missing=False)


def fit(values: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method, both classes of one weight."""
    share = np.where(labels, (~labels).sum() / max(labels.sum(), 1), 1.0)
    weights = np.zeros(values.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-values @ weights))
        gradient = values.T @ (share * (p - labels)) + RIDGE * weights
        curved = (values * (share * p * (1 - p))[:, None]).T @ values
        weights -= np.linalg.solve(curved + RIDGE * np.eye(len(weights)), gradient)
    return weights


def main() -> None:
    """Reads, fits, prints what was found at several rates, writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--extra", type=float, default=2.0)
    parser.add_argument("--missing", type=float, default=2.0)
    given = parser.parse_args()
    lines = read_corpus(given.folder, types=("none",), half="dev").lines
    draw, similar = random.Random(1), Similar()  # noqa: S311 - a sample to fit on, not a secret
    cases = []
    for line in lines:
        texts = [(line.target, False), *((text, True) for text in planted(line, draw))]
        for text, wrong in texts:
            if (found := case(line.source, text, line.lang)) is not None:
                cases.append((found, wrong, line.number))
                measured([found], similar)
    similar.prime()
    rows = [
        (case.missing, wrong, number, [values for _, values in found])
        for (case, wrong, number), found in zip(
            cases, measured([c for c, _, _ in cases], similar), strict=True
        )
    ]
    langs = ", ".join(sorted({line.lang for line in lines}))
    out = [
        "# What each sign of auditor.text.denied.SIGNS weighs; `least` is the lowest sum flagged.",
        "# Source: fitted by `tools/fit_negation.py` on half of the documents of NTREX-128 in",
        f"# {langs}, with denials put in and taken out by rule.",
    ]
    for name, missing, rate in (("extra", False, given.extra), ("missing", True, given.missing)):
        own = [row for row in rows if row[0] == missing]
        out += ["", f"[{name}]", *section(own, rate * len(lines) / 1000, name)]
    OUT.write_text("\n".join(out) + "\n", encoding="utf-8")


def section(rows: Sequence[tuple], allowed: float, name: str) -> list[str]:
    """The weights of one kind of case as lines of TOML."""
    labels = np.array([wrong for _, wrong, _, _ in rows])
    folds = np.array([number % FOLDS for _, _, number, _ in rows])
    everything = np.arange(len(rows))
    scores = np.zeros(len(rows))
    for fold in range(FOLDS):
        weights = learned(rows, labels, everything[folds != fold])
        for i in everything[folds == fold]:
            scores[i] = max(np.dot(values, weights) for values in rows[i][3])
    clean = np.sort(scores[~labels])[::-1]
    for count in (2, 4, 6, 8, 10, 12, 16):
        found = (scores[labels] > clean[count]).mean()
        sys.stdout.write(f"{name}: {count} clean above {clean[count]:.2f}, planted {found:.3f}\n")
    least = clean[min(round(allowed), len(clean) - 1)]
    weights = learned(rows, labels, everything)
    named = [f"{sign} = {weight:.3f}" for sign, weight in zip(SIGNS, weights, strict=True)]
    return [*named, f"least = {least:.3f}"]


def learned(rows: Sequence[tuple], labels: np.ndarray, chosen: np.ndarray) -> np.ndarray:
    """Fits twice: which denial of a sentence speaks for it is known after the first time."""
    weights = np.array([0.0, 1.0, 1.0, *([0.0] * (len(SIGNS) - 3))])
    for _ in range(2):
        best = np.array([max(rows[i][3], key=lambda v: float(np.dot(v, weights))) for i in chosen])
        weights = fit(best, labels[chosen])
    return weights


if __name__ == "__main__":
    main()
