"""A cache that is written once for each story: workers that share a file wait for each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.encode import Store


class Gathered:
    """A cache with the entries of one story in memory; an audit writes forty times."""

    def __init__(self, cache: Store) -> None:
        self._cache = cache
        self._new: dict[bytes, bytes] = {}

    def get_many(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are in memory or in the cache."""
        found = {key: self._new[key] for key in keys if key in self._new}
        missing = [key for key in keys if key not in found]
        return {**found, **self._cache.get_many(missing)} if missing else found

    def put_many(self, entries: Mapping[bytes, bytes]) -> None:
        """Keeps values until `flush`."""
        self._new.update(entries)

    def flush(self) -> None:
        """Hands what is in memory to the cache."""
        new, self._new = self._new, {}
        if new:
            self._cache.put_many(new)
