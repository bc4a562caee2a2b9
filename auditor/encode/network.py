"""The forward pass of the embedded encoder, over token ids.

Source: Yang et al. 2019, Multilingual Universal Sentence Encoder for Semantic Retrieval: a
convolutional network over sub-word tokens, its features averaged and projected.

Where the time goes, and what is done about it: two thirds of the work up to the second
convolution depends on the token alone and is done once for each distinct token (`Lexicon`);
texts of one length are laid side by side, so that no step runs over padding; the last layer
norm is never applied to tokens, only its two numbers for each token are, inside the sum over
the text.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

import numpy as np
from numpy.typing import NDArray

from auditor.encode.lexicon import CAPACITY, Lexicon
from auditor.encode.seating import Seating, seated
from auditor.encode.tokens import TOKEN_BUDGET
from auditor.encode.weights import BRANCH, EMBEDDING, Convolution, Floats, Weights

_ROW_MULTIPLE = 4
"""Rows of the product for one text: 32 take less time than 31 (OpenBLAS on AVX2)."""

_BLOCK_TOKENS = 512
"""Tokens of a block of texts: its arrays, 5 MB at most, stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Texts of one length.

    Attributes:
        members: which of the texts they are, shape (n,).
        ids: their tokens, shape (n, length).
    """

    members: NDArray[np.int64]
    ids: NDArray[np.int64]


class _Workspace:
    """Memory for one block, used again and again: new pages cost as much as the sums in them.

    Attributes:
        places: for 1280 numbers a token.
        hidden: for 256.
        features: for 768.
    """

    def __init__(self) -> None:
        tokens = max(_BLOCK_TOKENS, TOKEN_BUDGET)
        self.places = np.empty(tokens * 5 * BRANCH, dtype=np.float32)
        self.hidden = np.empty(tokens * BRANCH, dtype=np.float32)
        self.features = np.empty(tokens * 3 * BRANCH, dtype=np.float32)


class Network:
    """Encodes lists of token ids; one call at a time."""

    def __init__(self, weights: Weights, threads: int = 1) -> None:
        self._weights = weights
        self._lexicon = Lexicon(weights)
        self._threads = threads
        self._workspaces: SimpleQueue[_Workspace] = SimpleQueue()
        for _ in range(threads):
            self._workspaces.put(_Workspace())

    @property
    def weights(self) -> Weights:
        """What it knows."""
        return self._weights

    def encode(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The vectors of texts, each row the same whatever the other texts.

        Args:
            texts: the ids of each text, 1 to TOKEN_BUDGET ids.

        Returns:
            Rows of length 1, shape (len(texts), 512).
        """
        with ThreadPoolExecutor(self._threads) as pool:
            pooled = self._pool(texts, pool)
            lengths = np.array([[len(ids)] for ids in texts], dtype=np.float32)
            seatings = list(seated(np.array([sum(ids) for ids in texts], dtype=np.int64)))
            vectors = np.empty((len(texts), EMBEDDING), dtype=np.float32)

            def project(seating: Seating) -> Floats:
                some, tokens = pooled[seating.members], lengths[seating.members]
                table = _projected(seating.table(some), seating.table(tokens), self._weights)
                return seating.rows(table)

            for seating, rows in zip(seatings, pool.map(project, seatings), strict=True):
                vectors[seating.members] = rows
        return vectors

    def _pool(self, texts: Sequence[Sequence[int]], pool: Executor) -> Floats:
        """The sums over the tokens of each text, shape (len(texts), 1280)."""
        pooled = np.empty((len(texts), len(self._weights.token_norm.gain)), dtype=np.float32)
        for part in _parts(texts):
            blocks = list(_blocks(texts, part))
            self._lexicon.learn(np.concatenate([block.ids.ravel() for block in blocks]), pool)
            for block, rows in zip(blocks, pool.map(self._summed, blocks), strict=True):
                pooled[block.members] = rows
        return pooled

    def _summed(self, block: _Block) -> Floats:
        """The normalised features of the tokens of each text, summed: shape (n, 1280)."""
        workspace = self._workspaces.get()
        try:
            return self._summed_in(workspace, self._lexicon.rows(block.ids))
        finally:
            self._workspaces.put(workspace)

    def _summed_in(self, workspace: _Workspace, rows: NDArray[np.int64]) -> Floats:
        norm, lexicon = self._weights.token_norm, self._lexicon
        features = self._convolved(workspace, rows)
        embeddings = _taken(lexicon.embeddings, rows, workspace.places)
        width = len(norm.gain)
        mean = (lexicon.sums[rows] + features.sum(axis=-1)) / width
        squares = lexicon.squares[rows] + np.einsum("ijk,ijk->ij", features, features)
        variance = squares / width - mean * mean
        scale = 1 / np.sqrt(variance + np.float32(self._weights.epsilon))
        total = np.empty((len(rows), width), dtype=np.float32)
        by_token = scale[:, None, :]
        total[:, :EMBEDDING] = (by_token @ embeddings)[:, 0]
        total[:, EMBEDDING:] = (by_token @ features)[:, 0]
        total -= np.einsum("ij,ij->i", scale, mean)[:, None]
        total *= norm.gain
        total += np.float32(rows.shape[1]) * norm.bias
        return total

    def _convolved(self, workspace: _Workspace, rows: NDArray[np.int64]) -> Floats:
        """The features of the three branches, shape (n, length, 768)."""
        count, length = rows.shape
        features = _taken(self._lexicon.features, rows, workspace.features)
        padded = length + -length % _ROW_MULTIPLE
        hidden = _shaped(workspace.hidden, count, padded, BRANCH)
        hidden[:, length:] = 0
        inner = hidden[:, :length]
        for branch, windows in zip(self._weights.branches, self._lexicon.windows, strict=True):
            outer = features[..., branch.columns]
            _add_windows(_taken(windows, rows, workspace.places), branch, inner)
            np.maximum(inner, 0, out=inner)
            inner += outer
            places = _shaped(workspace.places, count, padded, branch.window * BRANCH)
            # One product for each text: see `seating`.
            np.matmul(hidden, branch.second, out=places)
            _add_windows(places[:, :length], branch, outer)
            outer += branch.second_bias
            np.maximum(outer, 0, out=outer)
            outer += inner
        return features


def _blocks(texts: Sequence[Sequence[int]], members: Sequence[int]) -> Iterator[_Block]:
    """Some of the texts by length, shortest first, in blocks of some _BLOCK_TOKENS tokens."""
    by_length: dict[int, list[int]] = {}
    for index in members:
        by_length.setdefault(len(texts[index]), []).append(index)
    for length, own in sorted(by_length.items()):
        size = max(1, _BLOCK_TOKENS // (length + -length % _ROW_MULTIPLE))
        for start in range(0, len(own), size):
            some = own[start : start + size]
            yield _Block(np.array(some), np.array([texts[i] for i in some], dtype=np.int64))


def _parts(texts: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The texts, as they follow one another, in parts whose tokens the lexicon can hold.

    Neighbours share a subject and a language, and so their words.
    """
    part: list[int] = []
    met: set[int] = set()
    for index, ids in enumerate(texts):
        new = set(ids) - met
        if len(met) + len(new) > CAPACITY:
            yield part
            part, met, new = [], set(), set(ids)
        met |= new
        part.append(index)
    if part:
        yield part


def _add_windows(places: Floats, branch: Convolution, total: Floats) -> None:
    """Sums over the windows of a convolution; what lies outside a text counts nothing.

    Args:
        places: what each token adds to each place, shape (n, length, 256 * window).
        branch: the convolution.
        total: receives the sums, shape (n, length, 256).
    """
    own = branch.left * BRANCH
    np.copyto(total, places[..., own : own + BRANCH])
    for place in range(branch.window):
        ahead = place - branch.left
        added = places[..., place * BRANCH : (place + 1) * BRANCH]
        if ahead > 0:
            total[:, :-ahead] += added[:, ahead:]
        elif ahead < 0:
            total[:, -ahead:] += added[:, :ahead]


def _taken(table: Floats, rows: NDArray[np.int64], memory: Floats) -> Floats:
    """The rows of a table, shape `(*rows.shape, table.shape[1])`, laid out in `memory`."""
    taken = _shaped(memory, *rows.shape, table.shape[1])
    # Any mode but the default writes to `out` without a copy in between.
    np.take(table, rows, axis=0, out=taken, mode="clip")
    return taken


def _shaped(memory: Floats, *shape: int) -> Floats:
    """The beginning of a flat array in another shape."""
    return memory[: math.prod(shape)].reshape(shape)


def _projected(pooled: Floats, tokens: Floats, weights: Weights) -> Floats:
    """The vectors of pooled texts.

    Args:
        pooled: shape (rounds, SEATS, 1280).
        tokens: the length of each text, shape (rounds, SEATS, 1); 0 for an empty seat.
        weights: of the network.

    Returns:
        Rows of length 1, shape (rounds, SEATS, 512).
    """
    dense = weights.dense
    mean = pooled @ dense.pooled
    mean += tokens * dense.pooled_bias
    mean /= np.sqrt(np.maximum(tokens, 1))
    first = np.maximum(mean @ dense.first, 0)
    second = np.maximum(mean @ dense.first_skip + first @ dense.second, 0)
    third = np.maximum(second @ dense.third, 0)
    vectors: Floats = np.tanh(second @ dense.third_skip + third @ dense.fourth)
    squares = np.einsum("ijk,ijk->ij", vectors, vectors)
    vectors /= np.sqrt(np.maximum(squares, np.float32(weights.epsilon)))[..., None]
    return vectors
