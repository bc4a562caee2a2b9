"""What every encoder is: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from auditor.core.errors import EncodeError
from auditor.lang import base

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
"""Called with the number of texts done and the number of texts in all."""

ANY_LANGUAGE = frozenset({"*"})
"""The `languages` of an encoder that does not say which ones it knows."""

_UNIT_TOLERANCE = 1e-3


class Encoder(Hashable, Protocol):
    """Turns texts into vectors whose dot product is their similarity in meaning.

    Hashable, since what it says of some texts is kept for as long as the process lasts.
    """

    @property
    def id(self) -> str:
        """Names model, weights and code: two encoders of one id give the same vectors."""

    @property
    def languages(self) -> frozenset[str]:
        """Base language tags that it knows, or `ANY_LANGUAGE`."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encodes texts, each as if it were alone.

        Args:
            texts: any number of texts; none, empty and very long ones are allowed.

        Returns:
            One row of length 1 for each text, shape `(len(texts), d)`.

        Raises:
            EncodeError: the model cannot be loaded or gave unusable vectors.
        """


def knows(encoder: Encoder, lang: str) -> bool:
    """True when the encoder was trained on the language of a BCP 47 tag."""
    return encoder.languages == ANY_LANGUAGE or base(lang) in encoder.languages


@runtime_checkable
class Detailed(Protocol):
    """An encoder that says how it computes."""

    @property
    def details(self) -> str:
        """Precision and device, such as `float32, cpu`."""


def described(encoder: Encoder) -> str:
    """An encoder for reports: model and version, and in brackets precision and device."""
    plain = encoder
    while (inner := getattr(plain, "plain", None)) is not None:
        plain = inner
    return f"{encoder.id} ({plain.details})" if isinstance(plain, Detailed) else encoder.id


def checked(vectors: object, count: int, encoder: str) -> Vectors:
    """The vectors of a model as float32, once they are known to be usable.

    Args:
        vectors: what the model returned.
        count: how many texts it was given.
        encoder: its name, for the message.

    Returns:
        The same vectors, shape `(count, d)`, every row of length 1 within .001.

    Raises:
        EncodeError: they are no such matrix, not finite, or not of length 1.
    """
    remedy = "choose another model with --encoder, or report this as a bug of the model"
    try:
        matrix = np.asarray(vectors, dtype=np.float32)
    except (TypeError, ValueError) as error:
        # Rows of several sizes are no matrix.
        what = f"gave vectors of several sizes, or what are no vectors, for {count} texts"
        raise EncodeError(f"encoder {encoder}", what, remedy) from error
    if matrix.ndim != 2 or matrix.shape[0] != count or matrix.shape[1] == 0:
        what = f"gave an array of shape {matrix.shape} for {count} texts"
        raise EncodeError(f"encoder {encoder}", what, remedy)
    lengths = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))
    # A comparison with NaN is False, so that this also finds what is not a number.
    bad = np.flatnonzero(~(np.abs(lengths - 1) <= _UNIT_TOLERANCE))
    if bad.size:
        what = f"gave a vector of length {lengths[bad[0]]:g} instead of 1 for text {bad[0] + 1}"
        raise EncodeError(f"encoder {encoder}", what, remedy)
    return matrix
