"""Token ids of the embedded encoder, by sentencepiece over the model in its wheel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

UNKNOWN, START, END = 0, 1, 2

TOKEN_BUDGET = 512
"""Tokens of a text that are encoded, start and end included: some 350 English words or
700 Chinese characters. What follows in the same text does not change its vector."""

_CHARACTER_BUDGET = 16 * TOKEN_BUDGET
"""Characters that are tokenized: a line of 50 MB must not take seconds to be cut."""


class Tokenizer:
    """Cuts texts into the ids that the model was trained on."""

    def __init__(self, model: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        self._model: Any = SentencePieceProcessor(model_file=str(model))

    @property
    def model(self) -> Any:
        """The pieces themselves."""
        return self._model

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The ids of each text, from START to END, at most `TOKEN_BUDGET` of them."""
        heads = [_head(text) for text in texts]
        encoded = self._model.encode(heads, add_bos=True, add_eos=True, num_threads=1)
        return [
            _within_budget(ids if _plain(ids) else self._spelled_out(head))
            for head, ids in zip(heads, encoded, strict=True)
        ]

    def _spelled_out(self, text: str) -> list[int]:
        """The ids as the model saw them in training: one UNKNOWN for each character.

        sentencepiece joins neighbouring unknown characters to one id.
        """
        ids = [START]
        for piece in self._model.encode(text, out_type=str):
            id = self._model.piece_to_id(piece)
            ids += [UNKNOWN] * len(piece) if id == UNKNOWN else [id]
        # A text of nothing but spaces has no piece; the model wants one all the same.
        return [*(ids if len(ids) > 1 else [START, UNKNOWN]), END]


def _head(text: str) -> str:
    """The part of a text that is tokenized."""
    head = text if len(text) <= _CHARACTER_BUDGET else text.lstrip()[:_CHARACTER_BUDGET]
    # Half of a surrogate pair, as JSON may hold one ("\ud83d"), is no character.
    return head.encode("utf-8", "replace").decode("utf-8")


def _plain(ids: Sequence[int]) -> bool:
    return len(ids) > 2 and UNKNOWN not in ids


def _within_budget(ids: list[int]) -> list[int]:
    return ids if len(ids) <= TOKEN_BUDGET else [*ids[: TOKEN_BUDGET - 1], END]
