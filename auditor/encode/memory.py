"""An encoder that remembers: no text is encoded twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Protocol

import numpy as np

from auditor.encode.protocol import Encoder, Progress, Vectors

BATCH = 512
"""Texts encoded between two calls of the progress callback and two writes to the cache:
an interrupted run keeps what it has done."""


class Store(Protocol):
    """Where vectors are kept, by key: `auditor.cache.Cache` is one."""

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are there."""

    def put_many(self, entries: Mapping[bytes, bytes]) -> None:
        """Keeps values for later runs."""


def cached(encoder: Encoder, cache: Store, progress: Progress | None = None) -> Encoder:
    """The same encoder, which asks `cache` first and encodes each distinct text once.

    Args:
        encoder: what encodes the texts that the cache lacks.
        cache: keeps the vectors, by encoder and text.
        progress: called while texts are encoded, never when all are in the cache.
    """
    return _CachedEncoder(encoder, cache, progress)


class _CachedEncoder:
    def __init__(self, encoder: Encoder, cache: Store, progress: Progress | None) -> None:
        self._encoder = encoder
        self._cache = cache
        self._progress = progress

    @property
    def id(self) -> str:
        return self._encoder.id

    @property
    def languages(self) -> frozenset[str]:
        return self._encoder.languages

    @property
    def plain(self) -> Encoder:
        """The encoder behind the cache."""
        return self._encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return self._encoder.encode(texts)
        keys = [_key(self._encoder.id, text) for text in texts]
        rows = _usable(self._cache.get_many(list(dict.fromkeys(keys))))
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in rows}
        for batch in self._batches(list(missing.items())):
            rows.update(batch)
        if len({row.size for row in rows.values()}) > 1:
            # Vectors of two sizes under one id: the kept ones are of another model.
            return self._encoder.encode(texts)
        return np.stack([rows[key] for key in keys])

    def _batches(self, missing: Sequence[tuple[bytes, str]]) -> Iterator[dict[bytes, Vectors]]:
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            vectors = self._encoder.encode([text for _, text in batch])
            fresh = dict(zip((key for key, _ in batch), vectors, strict=True))
            self._cache.put_many({k: row.astype("<f4").tobytes() for k, row in fresh.items()})
            if self._progress:
                self._progress(start + len(batch), len(missing))
            yield fresh


def _key(encoder: str, text: str) -> bytes:
    model = blake2b(encoder.encode("utf-8", "surrogateescape")).digest()
    # Half of a surrogate pair cannot be written as UTF-8, but makes a text of its own.
    content = text.encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=20, key=model, person=b"vector").digest()


def _usable(entries: Mapping[bytes, bytes]) -> dict[bytes, Vectors]:
    """The vectors of those entries that hold one: a damaged value is encoded again."""
    rows = {}
    for key, value in entries.items():
        if value and len(value) % 4 == 0:
            row = np.frombuffer(value, dtype="<f4").astype(np.float32)
            if abs(float(row @ row) - 1) < 1e-3:
                rows[key] = row
    return rows
