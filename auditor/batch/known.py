"""What a store knows by heart: which stories it has, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_DIGEST = 16


def short(key: str) -> int:
    """A key in eight bytes: millions of stories must be known by heart."""
    octets = key.encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(octets, digest_size=8).digest(), "little")


Piece = tuple[Sequence[str], Sequence[int], Sequence[str | None], Sequence[bool]]
"""Outcomes column by column: keys, sequences, digests in hexadecimal, and whether the story is
sound: audited, and nothing of it failed."""


class Known:
    """The digest of the latest outcome of each story, in 25 bytes: a dictionary takes 300."""

    def __init__(self, pieces: Iterable[Piece] = ()) -> None:
        """Takes the outcomes of a store, in any order."""
        columns = [_arrays(*piece) for piece in pieces] or [_arrays((), (), (), ())]
        keys = np.concatenate([piece.keys for piece in columns])
        sequences = np.concatenate([piece.sequences for piece in columns])
        order = np.lexsort((sequences, keys))
        keys = keys[order]
        # The last of equal keys is the latest.
        last = np.append(keys[1:] != keys[:-1], np.ones(min(1, len(keys)), dtype=bool))
        self._keys, order = keys[last], order[last]
        self._digests = np.concatenate([piece.digests for piece in columns])[order]
        self._sound = np.concatenate([piece.sound for piece in columns])[order]

    def __len__(self) -> int:
        """How many stories."""
        return len(self._keys)

    def digest(self, key: str) -> str:
        """The digest of a story in hexadecimal; empty where it is not known."""
        at = self.place(key)
        return "" if at is None else self._digests[at].tobytes().hex()

    def is_sound(self, key: str) -> bool:
        """False for a story that failed or is incomplete, and for one that is not known."""
        at = self.place(key)
        return at is not None and bool(self._sound[at])

    def forget_unsound(self) -> None:
        """Forgets what failed or is incomplete."""
        self._keys, self._digests = self._keys[self._sound], self._digests[self._sound]
        self._sound = self._sound[self._sound]

    def place(self, key: str) -> int | None:
        """The row of a story, from 0; None where it is not known."""
        wanted = np.uint64(short(key))
        at = int(np.searchsorted(self._keys, wanted))
        return at if at < len(self._keys) and self._keys[at] == wanted else None


class Seen:
    """Which stories an input has named already; a byte for each that the store knows."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._rows = np.zeros(len(known), np.bool_)
        self._others: set[int] = set()

    def again(self, key: str) -> bool:
        """True when the key was given before; it now has been."""
        row = self._known.place(key)
        if row is not None:
            before = bool(self._rows[row])
            self._rows[row] = True
            return before
        at = short(key)
        before = at in self._others
        self._others.add(at)
        return before


class _Arrays(NamedTuple):
    keys: NDArray[np.uint64]
    sequences: NDArray[np.int64]
    digests: NDArray[np.uint8]
    sound: NDArray[np.bool_]


def _arrays(
    keys: Sequence[str],
    sequences: Sequence[int],
    digests: Sequence[str | None],
    sound: Sequence[bool],
) -> _Arrays:
    octets = b"".join(bytes.fromhex(digest) if digest else bytes(_DIGEST) for digest in digests)
    return _Arrays(
        np.fromiter(map(short, keys), np.uint64, len(keys)),
        np.array(sequences, np.int64),
        np.frombuffer(octets, np.uint8).reshape(-1, _DIGEST),
        np.array(sound, np.bool_),
    )
