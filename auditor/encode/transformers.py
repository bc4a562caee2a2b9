"""Any model of the sentence-transformers library, when that is installed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np

from auditor.core.errors import EncodeError
from auditor.encode.protocol import ANY_LANGUAGE, Vectors, checked

_LIBRARY = "sentence-transformers"
_BATCH = 32
_DEVICE_BATCH = 256
"""Texts that go through the network together, on the processor and on anything else: the library
sorts them by length first, so that little is padding; a GPU idles over 32 sentences."""

_CHARACTER_BUDGET = 32_768
"""Characters of a text that reach the tokenizer: models read 8,192 tokens at most, most of
them 512, and a line of 50 MB must not be tokenized to be cut."""


class TransformersEncoder:
    """A model by its name on the hub, or by its folder; loaded when first needed.

    Texts are padded to the longest of their batch, so that a vector may differ in its last
    bits (by 1e-6 or so) with the texts beside it.
    """

    def __init__(self, name: str, threads: int = 1, device: str = "") -> None:
        """Checks that the library is there.

        Args:
            name: the model, as `sentence-transformers/LaBSE` or a folder.
            threads: of the library; it has one setting for the whole process.
            device: torch's name of where it runs; the library's choice when empty.

        Raises:
            EncodeError: the library is not installed, or the name is empty.
        """
        self._where = f"encoder {_LIBRARY}:{name}"
        if not name.strip():
            raise EncodeError(self._where, "no model is named", f"write {_LIBRARY}:NAME")
        try:
            library = version(_LIBRARY)
        except PackageNotFoundError:
            raise EncodeError(
                self._where,
                f"{_LIBRARY} is not installed",
                "pip install 'translation-auditor[transformers]'",
            ) from None
        self._name = name
        self._threads = threads
        self._device = device or None
        self._id = f"{_LIBRARY}/{library}/{name}{_state(Path(name))}"

    @property
    def id(self) -> str:
        """Names the model, and what is in its folder when it is one."""
        return self._id

    @property
    def languages(self) -> frozenset[str]:
        """Not known: models do not say it in one way."""
        return ANY_LANGUAGE

    @property
    def details(self) -> str:
        """Precision of the model and the device that it runs on; loads it."""
        precision = next((str(p.dtype) for p in self._model.parameters()), "no weights")
        return f"{precision.removeprefix('torch.')}, {self._model.device.type}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encodes texts, as `Encoder.encode` says."""
        model = self._model
        if not texts:
            width = model.encode([""], show_progress_bar=False).shape[1]
            return np.empty((0, width), dtype=np.float32)
        heads = [text[:_CHARACTER_BUDGET] for text in texts]
        size = _BATCH if model.device.type == "cpu" else _DEVICE_BATCH
        try:
            vectors = model.encode(
                heads, batch_size=size, normalize_embeddings=True, show_progress_bar=False
            )
        except Exception as error:  # The model's own code runs here, whoever wrote it.
            remedy = "choose another model with --encoder"
            raise EncodeError(self._where, f"the model failed ({_said(error)})", remedy) from error
        return checked(vectors, len(texts), self._where)

    @cached_property
    def _model(self) -> Any:
        try:
            import torch
            from sentence_transformers import SentenceTransformer

            torch.set_num_threads(self._threads)
            return SentenceTransformer(self._name, device=self._device)
        except Exception as error:  # Hub, files and model code each have errors of their own.
            raise EncodeError(
                self._where,
                f"the model cannot be loaded ({_said(error)})",
                "check its name, the device and the network, or name the folder of a model",
            ) from error


def _said(error: Exception) -> str:
    """The first line of an error: the hub explains itself in paragraphs."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _state(folder: Path) -> str:
    """A digest of names, sizes and times of a model's files: trained anew, it is another model."""
    if not folder.is_dir():
        return ""
    digest = blake2b(digest_size=8)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        status = path.stat()
        entry = f"{path.relative_to(folder)}\0{status.st_size}\0{status.st_mtime_ns}\0"
        digest.update(entry.encode("utf-8", "surrogateescape"))
    return f"/{digest.hexdigest()}"
