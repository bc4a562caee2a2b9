"""The index: what the numbers of a pair of texts say together, on the scale of human raters.

Evidence counts only in the direction that its name says, each piece by itself; what is learned of
how hard such sentences are for translators into Chinese stands beside it, where people have rated
translations (English into Chinese). A logistic curve turns the sum into 0 to 1.

Source: fitted on MLQE-PE (Fomicheva et al. 2022, CC0), DEMETR and NTREX-128: docs/fidelity.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from auditor.lang import base
from auditor.score.grams import gram_sum
from auditor.score.signals import NAMES, Floats, Texts

_BY_HAND = 0.13
"""What an unanswered denial and a copied word cost each: two points of a hundred. Who rated MLQE-PE
does not punish a lost `not` at all, so that a fit to ratings cannot say. It tells translations
apart that differ in nothing else, and moves r by .0005."""
_FALLING = ("source_lost", "target_alone", "source_lost_share", "target_alone_share", "foreign")
_TEXT = NAMES.index("source_words")
_PLACE = NAMES.index("outdone")
_USUAL_FLUENCY = -6.0
"""Nats a word of English; news has -5.5 to -7."""

PARTS = MappingProxyType(
    {
        "similarity": (0,),
        "coverage": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
        "language": (11, 14, 17),
        "fluency": (12,),
        "length": (13,),
        "place": (15,),
        "polarity": (16,),
    }
)
"""The columns of the evidence that each named part is made of."""


@dataclass(frozen=True, slots=True)
class Judgment:
    """What is said of one pair of texts.

    Attributes:
        sum: of all evidence, before the curve.
        parts: for each named part the share of fidelity that it leaves, 0 to 1: 1 costs nothing.
    """

    sum: float
    parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Model:
    landmarks: Floats
    landmark_gamma: float
    landmark_weights: Floats
    texts: Floats
    text_mean: Floats
    text_spread: Floats
    text_gamma: float
    text_weights: Floats
    grams: Floats
    column: NDArray[np.int64]
    knot: Floats
    weight: Floats
    constant: float
    learned_constant: float
    rated_scale: float
    calibration: Floats
    reference: Floats


def judge_all(
    numbers: Floats,
    langs: Sequence[tuple[str, str]],
    vectors: Floats | None,
    texts: Sequence[Texts] = (),
) -> list[Judgment]:
    """Judges pairs of texts.

    Args:
        numbers: of each pair, from `measure`.
        langs: source and target tag of each.
        vectors: of source and target side by side, of the embedded encoder; None for another.
        texts: what the numbers were measured on; needed with vectors.
    """
    if not langs:
        return []
    model = _model()
    evidence = _evidence(numbers, langs)
    # Where people have rated, ratings also say how much the evidence weighs beside what is learned.
    rated = _rated(langs) & (vectors is not None)
    scale = np.where(rated, model.rated_scale, 1)[:, None]
    weighed = _weighed(evidence, model) * scale
    at_best = _weighed(np.maximum(evidence, model.reference), model) * scale
    sums = model.constant * scale[:, 0] + weighed.sum(axis=1)
    if vectors is not None and rated.any():
        own = [text for text, known in zip(texts, rated, strict=True) if known]
        sums[rated] += _learned(numbers[rated], vectors[rated], own, model)
    spared = at_best - weighed
    kept = _curve(sums)
    shares = {
        name: kept / _curve(sums + spared[:, np.isin(model.column, columns)].sum(axis=1))
        for name, columns in PARTS.items()
    }
    rows = zip(*(left.tolist() for left in shares.values()), strict=True)
    return [
        Judgment(total, {name: round(left, 4) for name, left in zip(shares, row, strict=True)})
        for total, row in zip(sums.tolist(), rows, strict=True)
    ]


def share(sums: Sequence[float] | NDArray[np.floating]) -> list[float]:
    """The curve: sums of evidence as expected adequacy, 0 to 1 each."""
    shares: list[float] = _curve(np.asarray(sums, np.float64)).tolist() if len(sums) else []
    return shares


def _curve(sums: NDArray[np.floating]) -> NDArray[np.float64]:
    start, slope = _model().calibration
    values: NDArray[np.float64] = start + slope * sums.astype(np.float64)
    shares: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(values, -40, 40)))
    return shares


def _evidence(numbers: Floats, langs: Sequence[tuple[str, str]]) -> Floats:
    """One column for each kind of evidence, each the better the higher."""
    column = {name: numbers[:, at] for at, name in enumerate(NAMES)}
    rows = [(-1 if name in _FALLING else 1) * column[name] for name in NAMES[:12]]
    spoken = column["fluency"]
    rows.append(np.where(spoken == 0, 0, np.clip(spoken, -9, -3) - _USUAL_FLUENCY))
    rows.append(-np.abs(column["length"]))
    signs = np.array([base(target) in ("zh", "ja", "ko") for _, target in langs])
    rows.append(np.where(signs, -column["latin"], 0))
    rows += [-column["outdone"], -column["denied"], -column["copied"]]
    stacked: Floats = np.stack(rows, axis=1).astype(np.float32)
    return stacked


def _weighed(evidence: Floats, model: _Model) -> Floats:
    """What each piece of evidence adds: a line, or a line that is level from a knot on."""
    values = evidence[:, model.column]
    bent = np.minimum(0, values - model.knot)
    added: Floats = np.where(np.isnan(model.knot), values, bent) * model.weight
    return added


def _rated(langs: Sequence[tuple[str, str]]) -> NDArray[np.bool_]:
    """For which pairs of languages there were ratings of translations: English into Chinese."""
    return np.array([base(source) == "en" and base(target) == "zh" for source, target in langs])


def _learned(numbers: Floats, vectors: Floats, texts: Sequence[Texts], model: _Model) -> Floats:
    """What raters made of sentences like these."""
    text = np.clip((numbers[:, _TEXT:_PLACE] - model.text_mean) / model.text_spread, -3, 3)
    worded = [gram_sum(pair.source.text, pair.target.text, model.grams) for pair in texts]
    learned: Floats = np.array(worded, np.float32)
    learned += model.learned_constant
    learned += _near(vectors, model.landmarks, model.landmark_gamma) @ model.landmark_weights
    learned += _near(text, model.texts, model.text_gamma) @ model.text_weights
    return learned


def _near(rows: Floats, landmarks: Floats, gamma: float) -> Floats:
    squares = np.einsum("ij,ij->i", rows, rows)[:, None]
    squares = squares + np.einsum("ij,ij->i", landmarks, landmarks)[None] - 2 * rows @ landmarks.T
    near: Floats = np.exp(-gamma * np.maximum(squares, 0)).astype(np.float32)
    return near


@cache
def _model() -> _Model:
    path = files("auditor.score").joinpath("adequacy.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        return _Model(
            landmarks=kept["landmarks"].astype(np.float32) * kept["landmark_scale"],
            landmark_gamma=float(kept["landmark_gamma"]),
            landmark_weights=kept["landmark_weights"],
            texts=kept["texts"],
            text_mean=kept["text_mean"],
            text_spread=kept["text_spread"],
            text_gamma=float(kept["text_gamma"]),
            text_weights=kept["text_weights"],
            grams=kept["grams"].astype(np.float32) * kept["gram_scale"],
            column=np.append(kept["column"].astype(np.int64), (16, 17)),
            knot=np.append(kept["knot"], (np.nan, np.nan)),
            weight=np.append(kept["weight"], (_BY_HAND, _BY_HAND)),
            constant=float(kept["constant"]),
            learned_constant=float(kept["learned_constant"]),
            rated_scale=float(kept["rated_scale"]),
            calibration=kept["calibration"],
            reference=np.append(kept["reference"], (0, 0)).astype(np.float32),
        )
