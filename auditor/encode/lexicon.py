"""What the network knows of each token by itself, computed once for each distinct token."""

from __future__ import annotations

from concurrent.futures import Executor

import numpy as np
from numpy.typing import NDArray

from auditor.encode.seating import Seating, seated
from auditor.encode.weights import BRANCH, EMBEDDING, Floats, Weights, layer_norm

CAPACITY = 6144
"""Distinct tokens that are remembered at a time, 15 kB each; a thousand sentences of news in
one language hold some 4,000."""


class Lexicon:
    """Rows of features by token, filled as tokens are met.

    When it is full it forgets everything: a row depends on its token only.

    Attributes:
        embeddings: shape (CAPACITY, 512).
        features: projected and normalised, shape (CAPACITY, 768).
        windows: for each branch what the token adds, in the first convolution, to each place
            of a window, shape (CAPACITY, 256 * window).
        sums: of the embedding, shape (CAPACITY,).
        squares: sum of squares of the embedding, shape (CAPACITY,).
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._rows = np.full(len(weights.codes), -1, dtype=np.int64)
        self._used = 0
        width = len(weights.projection_bias)
        self.embeddings = np.empty((CAPACITY, EMBEDDING), dtype=np.float32)
        self.features = np.empty((CAPACITY, width), dtype=np.float32)
        self.windows = tuple(
            np.empty((CAPACITY, branch.window * BRANCH), dtype=np.float32)
            for branch in weights.branches
        )
        self.sums = np.empty(CAPACITY, dtype=np.float32)
        self.squares = np.empty(CAPACITY, dtype=np.float32)

    def learn(self, ids: NDArray[np.int64], pool: Executor) -> None:
        """Makes sure that every token has a row.

        Args:
            ids: tokens, at most CAPACITY distinct ones.
            pool: computes the rows that are new.
        """
        distinct = np.unique(ids)
        new = distinct[self._rows[distinct] < 0]
        if self._used + len(new) > CAPACITY:
            self._rows.fill(-1)
            self._used = 0
            new = distinct
        tables = []
        for seating in seated(new):
            tables.append((new[seating.members], seating, self._used))
            self._used += len(seating.members)
        # Each table fills rows of its own. Asking for the results raises what went wrong, so
        # that no token has a row before the row is filled.
        for done in [pool.submit(self._fill, *table) for table in tables]:
            done.result()
        for group, _, first in tables:
            self._rows[group] = np.arange(first, first + len(group))

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of tokens that were learned, in the shape of `ids`."""
        return self._rows[ids]

    def _fill(self, ids: NDArray[np.int64], seating: Seating, first: int) -> None:
        weights = self._weights
        rows = slice(first, first + len(ids))
        embeddings = weights.embeddings(ids)
        self.embeddings[rows] = embeddings
        self.sums[rows] = embeddings.sum(axis=1)
        self.squares[rows] = np.einsum("ij,ij->i", embeddings, embeddings)

        features = seating.table(embeddings) @ weights.projection
        features += weights.projection_bias
        layer_norm(features, weights.branch_norm, weights.epsilon)
        self.features[rows] = seating.rows(features)
        for branch, windows in zip(weights.branches, self.windows, strict=True):
            added: Floats = np.matmul(features[..., branch.columns], branch.first)
            own = slice(branch.left * BRANCH, (branch.left + 1) * BRANCH)
            # Every window holds the token that it is for: the bias goes with that place.
            added[..., own] += branch.first_bias
            windows[rows] = seating.rows(added)
