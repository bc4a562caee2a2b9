"""The embedded encoder as a module of sentence-transformers; needs the extra `transformers`."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

# Read by the library when it is imported.
os.environ["HF_HUB_OFFLINE"] = "1"
pytest.importorskip("sentence_transformers", reason="the extra `transformers` is not installed")

TEXTS = ["The dam broke in the night.", "La diga cedette nella notte.", ""]


def test_it_gives_the_encoders_own_vectors_and_is_saved_and_loaded_back(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    from auditor.encode import open_encoder
    from auditor.encode.module import UseModule

    model = SentenceTransformer(modules=[UseModule(threads=2)])
    vectors = model.encode(TEXTS)
    assert np.array_equal(vectors, open_encoder("use").encode(TEXTS))
    model.save(str(tmp_path / "use"))
    again = SentenceTransformer(str(tmp_path / "use"), trust_remote_code=True)
    assert again[0].threads == 2
    assert np.array_equal(again.encode(TEXTS), vectors)
