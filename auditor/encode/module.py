"""The embedded encoder as a module of the sentence-transformers library.

    from sentence_transformers import SentenceTransformer
    from auditor.encode.module import UseModule

    model = SentenceTransformer(modules=[UseModule()])
    model.save("use")
    SentenceTransformer("use", trust_remote_code=True)  # this module is not of the library

Needs the extra `transformers`. The weights stay in their wheel: a saved model is a few lines.
"""

from __future__ import annotations

from typing import Any

from sentence_transformers.models import InputModule

from auditor.encode.use import UseEncoder


class UseModule(InputModule):  # type: ignore[misc]  # untyped where the extra is absent
    """Texts in, sentence embeddings out; trained no further here."""

    config_keys: list[str] = ["threads"]  # noqa: RUF012 - the library reads a list of this class
    save_in_root = True

    def __init__(self, threads: int = 1) -> None:
        super().__init__()
        self.threads = threads
        self._encoder = UseEncoder(threads)

    def tokenize(self, texts: list[Any], **_: Any) -> dict[str, Any]:
        """Hands the texts on: the encoder cuts them itself."""
        return {"texts": [str(text) for text in texts]}

    def preprocess(self, inputs: list[Any], *_: Any, **__: Any) -> dict[str, Any]:
        """The same, by its name in version 5.3 and later."""
        return self.tokenize(inputs)

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Adds `sentence_embedding`, shape (texts, 512), rows of length 1."""
        import torch

        vectors = torch.from_numpy(self._encoder.encode(features["texts"]))
        return {**features, "sentence_embedding": vectors}

    def get_sentence_embedding_dimension(self) -> int:
        """The size of a vector."""
        return 512

    get_embedding_dimension = get_sentence_embedding_dimension

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Writes what it was made with."""
        self.save_config(output_path)
