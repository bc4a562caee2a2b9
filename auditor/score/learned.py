"""What a learned judge says of the passages of a story, beside their fidelity and never in it."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from statistics import fmean, median
from typing import Protocol

from auditor.core import BeadScore, JudgeError, Metric

_COMET = "comet:"

Pair = tuple[str, str]
"""A source text and a target text."""


class Judge(Protocol):
    """Says how good a translation is, from both texts and nothing else."""

    @property
    def id(self) -> str:
        """Names model, version, precision and device: one id gives the same scores."""

    def judge(self, pairs: Sequence[Pair]) -> list[float]:
        """One score for each pair, the better the higher, on the judge's own scale.

        Args:
            pairs: any number of sources with their translations.

        Raises:
            JudgeError: the model failed, or gave what is no number.
        """


class Store(Protocol):
    """Where scores are kept, by key: `auditor.cache.Cache` is one."""

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are there."""

    def put_many(self, entries: Mapping[bytes, bytes]) -> None:
        """Keeps values for later runs."""


def open_judge(name: str, threads: int = 1) -> Judge:
    """The judge of that name, its model loaded.

    Args:
        name: `comet:NAME`, with the folder, file or hub name of a model of COMET.
        threads: how many threads may work at once, 1 or more.

    Raises:
        JudgeError: there is no judge of that name, or what it needs is not installed.
    """
    if name.startswith(_COMET):
        from auditor.score.comet import CometJudge

        return CometJudge(name.removeprefix(_COMET), threads)
    known = f"write `{_COMET}NAME` with the name or folder of a model"
    raise JudgeError(f"judge {name}", "there is no judge of that name", known)


def judge_pairs(pairs: Sequence[Pair], judge: Judge, store: Store | None) -> list[float]:
    """Judges pairs of texts, each distinct one once, four decimals.

    Args:
        pairs: any number.
        judge: what judges those that the store lacks.
        store: keeps the scores between runs, or None.
    """
    keys = {pair: _key(judge.id, pair) for pair in pairs}
    held = store.get_many(list(keys.values())) if store is not None else {}
    scores = {
        pair: struct.unpack("<d", held[key])[0]
        for pair, key in keys.items()
        if len(held.get(key, b"")) == 8
    }
    missing = [pair for pair in keys if pair not in scores]
    # The last bits depend on the texts beside a text: they are cut off.
    fresh = dict(zip(missing, (round(s, 4) for s in judge.judge(missing)), strict=True))
    if store is not None and fresh:
        store.put_many({keys[pair]: struct.pack("<d", score) for pair, score in fresh.items()})
    return [{**scores, **fresh}[pair] for pair in pairs]


def judge_beads(
    beads: Sequence[BeadScore], texts: Sequence[Pair], judge: Judge, store: Store | None
) -> tuple[tuple[BeadScore, ...], tuple[Metric, ...]]:
    """The beads with what a judge says of each, and of each version the mean over its passages.

    Args:
        beads: measured.
        texts: source and target of each.
        judge: any.
        store: keeps the scores, or None.

    Returns:
        The beads, and one metric for each version that has any. Of several counterparts the
        median counts, as in fidelity.
    """
    scores = judge_pairs(texts, judge, store)
    judged = tuple(replace(b, judged=s) for b, s in zip(beads, scores, strict=True))
    by_place: dict[str, dict[int, list[float]]] = {}
    for bead, score in zip(beads, scores, strict=True):
        by_place.setdefault(bead.target, {}).setdefault(bead.passage, []).append(score)
    metrics = tuple(
        Metric("judge", round(fmean(median(own) for own in places.values()), 4), judge.id, target)
        for target, places in by_place.items()
    )
    return judged, metrics


def _key(judge: str, pair: Pair) -> bytes:
    model = blake2b(judge.encode("utf-8", "surrogateescape")).digest()
    source, target = pair
    content = f"{len(source)} {source}{target}".encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=20, key=model, person=b"judged").digest()
