"""The cache never fails: what it cannot read is absent, what it cannot write is lost."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from auditor import cache as cache_module
from auditor.cache import Cache, default_path

KEY, VALUE = b"key", b"value"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "cache.sqlite3"


def test_values_outlive_the_cache_that_kept_them(file: Path) -> None:
    with Cache(file) as cache:
        cache.put_many({KEY: VALUE, b"": b""})
    with Cache(file) as cache:
        assert cache.get_many([KEY, b"absent", b"", KEY]) == {KEY: VALUE, b"": b""}
        assert cache.problem is None


def test_a_later_value_takes_the_place_of_an_earlier_one(file: Path) -> None:
    with Cache(file) as cache:
        cache.put_many({KEY: b"old"})
        cache.put_many({KEY: VALUE})
        assert cache.get_many([KEY]) == {KEY: VALUE}


def test_without_a_file_values_live_as_long_as_the_cache() -> None:
    with Cache(None) as cache:
        cache.put_many({KEY: VALUE})
        assert cache.get_many([KEY]) == {KEY: VALUE}
    assert cache.get_many([KEY]) == {}
    assert Cache(None).get_many([KEY]) == {}


def test_more_keys_than_sqlite_takes_at_a_time(file: Path) -> None:
    entries = {index.to_bytes(4, "big"): bytes([index % 256]) for index in range(3_210)}
    with Cache(file) as cache:
        cache.put_many(entries)
        assert cache.get_many(list(entries)) == entries


def test_two_caches_share_a_file(file: Path) -> None:
    with Cache(file) as one, Cache(file) as other:
        one.put_many({b"1": VALUE})
        other.put_many({b"2": VALUE})
        assert one.get_many([b"1", b"2"]) == other.get_many([b"1", b"2"])
        assert len(one.get_many([b"1", b"2"])) == 2


def test_threads_share_a_cache(file: Path) -> None:
    with Cache(file) as cache, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda i: cache.put_many({bytes([i]): VALUE}), range(50)))
        assert len(cache.get_many([bytes([i]) for i in range(50)])) == 50


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"x", id="a letter"),
        pytest.param(b"An article that was named by mistake.\n" * 100, id="a text"),
    ],
)
def test_an_article_named_by_mistake_is_left_alone(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with Cache(file) as cache:
        cache.put_many({KEY: VALUE})
        assert cache.get_many([KEY]) == {}
        assert cache.problem is not None
        assert "this is no cache" in cache.problem
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.read_bytes() == content


def test_a_damaged_database_is_set_aside_and_kept(file: Path) -> None:
    content = b"SQLite format 3\0" + b"\xff" * 5_000
    file.parent.mkdir()
    file.write_bytes(content)
    with Cache(file) as cache:
        cache.put_many({KEY: VALUE})
        assert cache.get_many([KEY]) == {KEY: VALUE}
    assert file.with_name("cache.sqlite3.damaged").read_bytes() == content


def test_damage_found_while_reading_is_absence_and_the_next_run_starts_anew(file: Path) -> None:
    entries = {bytes([index]): bytes(2_000) for index in range(100)}
    with Cache(file) as cache:
        cache.put_many(entries)
    content = file.read_bytes()
    file.write_bytes(content[:4_096] + b"\xff" * (len(content) - 4_096))
    with Cache(file) as cache:
        assert cache.get_many(list(entries)) == {}
        cache.put_many({KEY: VALUE})
    with Cache(file) as cache:
        assert cache.problem is None
        cache.put_many({KEY: VALUE})
        assert cache.get_many([KEY]) == {KEY: VALUE}


def test_a_database_of_another_program_is_left_alone(file: Path) -> None:
    file.parent.mkdir()
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE entry (mine)")
    other.close()
    before = file.read_bytes()
    with Cache(file) as cache:
        cache.put_many({KEY: VALUE})
        assert cache.get_many([KEY]) == {}
        assert cache.problem is not None
        assert "another program" in cache.problem
    assert file.read_bytes() == before


def test_entries_of_another_schema_are_dropped(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Cache(file) as cache:
        cache.put_many({KEY: VALUE})
    monkeypatch.setattr(cache_module, "_SCHEMA", 99)
    with Cache(file) as cache:
        assert cache.get_many([KEY]) == {}
        cache.put_many({KEY: b"new"})
        assert cache.get_many([KEY]) == {KEY: b"new"}


def test_a_locked_file_is_worked_without(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache_module, "_WAIT_SECONDS", 0.01)
    with Cache(file) as cache:
        cache.put_many({KEY: VALUE})
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        cache.put_many({b"lost": VALUE})
        assert cache.get_many([KEY]) == {}
        assert cache.problem is not None
        assert "locked" in cache.problem
        with Cache(file) as late:
            assert late.get_many([KEY]) == {}
        other.close()
    with Cache(file) as cache:
        assert cache.get_many([KEY, b"lost"]) == {KEY: VALUE}


@pytest.mark.parametrize("place", ["a file/cache.sqlite3", "a folder"])
def test_a_place_that_cannot_hold_a_file_is_worked_without(tmp_path: Path, place: str) -> None:
    (tmp_path / "a file").write_text("text", encoding="utf-8")
    (tmp_path / "a folder").mkdir()
    with Cache(tmp_path / place) as cache:
        cache.put_many({KEY: VALUE})
        assert cache.get_many([KEY]) == {}
        assert cache.problem is not None
        assert str(tmp_path / place) in cache.problem


def test_a_full_cache_drops_the_oldest_entries(file: Path) -> None:
    limit = 400_000
    with Cache(file, limit=limit) as cache:
        keys = [index.to_bytes(2, "big") for index in range(1_000)]
        for start in range(0, 1_000, 50):
            cache.put_many(dict.fromkeys(keys[start : start + 50], bytes(2_000)))
        kept = cache.get_many(keys)
        assert keys[-1] in kept
        assert keys[0] not in kept
        assert list(kept) == keys[-len(kept) :]
        assert limit // 2 < len(kept) * 2_000 < limit
    assert file.stat().st_size < 2 * limit


def test_a_value_larger_than_the_cache_is_lost(file: Path) -> None:
    with Cache(file, limit=100_000) as cache:
        cache.put_many({KEY: bytes(200_000)})
        assert cache.get_many([KEY]) == {}
        assert cache.problem is None


@pytest.mark.parametrize(
    ("value", "path"),
    [("", None), ("off", None), ("/some/where.sqlite3", Path("/some/where.sqlite3"))],
)
def test_the_environment_names_the_place(
    monkeypatch: pytest.MonkeyPatch, value: str, path: Path | None
) -> None:
    monkeypatch.setenv("AUDITOR_CACHE", value)
    assert default_path() == path


def test_the_default_place_is_the_folder_of_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUDITOR_CACHE", raising=False)
    path = default_path()
    assert path is not None
    assert path.name == "cache.sqlite3"
    assert "translation-auditor" in path.parts[-2]
