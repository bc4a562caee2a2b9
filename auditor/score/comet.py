"""Learned quality estimation by a model of COMET, when that is installed.

Source: Rei et al. 2020, COMET, and Rei et al. 2022, CometKiwi; the package unbabel-comet. A model
sees the whole of both texts, so it sees what similarity cannot; it is also a hundred times slower,
and its scale is its own.
"""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Generator, Sequence
from contextlib import contextmanager, redirect_stdout
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from math import isfinite
from pathlib import Path
from typing import Any

from auditor.core import JudgeError

_LIBRARY = "unbabel-comet"
_BATCH = 16

_CHARACTER_BUDGET = 8192
"""Characters of a text that reach the tokenizer: the models read 512 tokens of both texts."""

_LOUD = ("pytorch_lightning", "lightning.pytorch", "transformers", "huggingface_hub", "comet")
"""Loggers that tell their progress where the report of an audit should stand alone."""


class CometJudge:
    """A model by its folder, its file, or its name on the hub.

    A checkpoint is a pickle: loading one runs what its maker put in, as with every model of the
    library. Only a name on the hub is fetched, and only by being named.
    """

    def __init__(self, name: str, threads: int = 1) -> None:
        """Loads the model, so that a wrong name is told before the audit.

        Args:
            name: `Unbabel/wmt20-comet-qe-da`, a folder with `hparams.yaml` and
                `checkpoints/model.ckpt`, or such a file.
            threads: of the library; it has one setting for the whole process.

        Raises:
            JudgeError: the library or the model is not there, or the model needs a reference.
        """
        self._where = f"judge comet:{name}"
        if not name.strip():
            raise JudgeError(self._where, "no model is named", "write comet:NAME")
        try:
            library = version(_LIBRARY)
        except PackageNotFoundError:
            raise JudgeError(
                self._where,
                f"{_LIBRARY} is not installed",
                "pip install 'translation-auditor[judge]'",
            ) from None
        checkpoint = _checkpoint(Path(name), self._where)
        try:
            with _quiet():
                import torch

                torch.set_num_threads(threads)
                self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
                found = checkpoint or _fetched(name)
                self._model = _loaded(found, local=checkpoint is not None).to(self._device)
        except Exception as error:  # Hub, files and model code each have errors of their own.
            raise JudgeError(
                self._where,
                f"the model cannot be loaded ({_said(error)})",
                "check its name and the network, or name the folder of a downloaded model",
            ) from error
        if self._model.requires_references():
            raise JudgeError(
                self._where,
                "the model needs a reference translation",
                "name a model of quality estimation, such as Unbabel/wmt20-comet-qe-da",
            )
        precision = str(next(self._model.parameters()).dtype).removeprefix("torch.")
        state = f"{name}{_state(found)}"
        self._id = f"comet/{library}/{state}/{precision}/{self._device.type}"

    @property
    def id(self) -> str:
        """Names the library, the model with its state, its precision, and the device."""
        return self._id

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Judges pairs of source and target, as `Judge.judge` says."""
        scores = [0.0] * len(pairs)
        # Texts of one length together: less padding.
        order = sorted(range(len(pairs)), key=lambda i: len(pairs[i][0]) + len(pairs[i][1]))
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            for i, score in zip(batch, self._scores([pairs[i] for i in batch]), strict=True):
                scores[i] = score
        return scores

    def _scores(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        samples = [
            {"src": source[:_CHARACTER_BUDGET], "mt": target[:_CHARACTER_BUDGET]}
            for source, target in pairs
        ]
        remedy = "choose another model with --judge"
        try:
            import torch

            with _quiet(), torch.inference_mode():
                self._model.eval()
                ready = self._model.prepare_for_inference(samples)
                ready = self._model.transfer_batch_to_device(ready, self._device, 0)
                scores = [float(s) for s in self._model.predict_step(ready)["scores"].cpu()]
        except Exception as error:  # The model's own code runs here, whoever wrote it.
            raise JudgeError(self._where, f"the model failed ({_said(error)})", remedy) from error
        if len(scores) != len(pairs):
            what = f"gave {len(scores)} scores for {len(pairs)} pairs of texts"
            raise JudgeError(self._where, what, remedy)
        for score, (_, target) in zip(scores, pairs, strict=True):
            if not isfinite(score):
                what = f"gave a score that is no number ({score}) for \u201c{target[:40]}\u201d"
                raise JudgeError(self._where, what, remedy)
        return scores


def _checkpoint(path: Path, where: str) -> Path | None:
    """The file of a model on this machine; None for a name on the hub.

    Raises:
        JudgeError: the folder holds none, or several.
    """
    if path.is_file():
        return path
    if not path.is_dir():
        return None
    found = sorted(path.glob("checkpoints/*.ckpt"))
    if len(found) != 1:
        what = f"holds {len(found)} models (checkpoints/*.ckpt) and not one"
        raise JudgeError(where, what, "name the file itself")
    return found[0]


def _fetched(name: str) -> Path:
    from comet import download_model

    return Path(download_model(name))


def _loaded(checkpoint: Path, *, local: bool) -> Any:
    from comet import load_from_checkpoint

    # A model on this machine brings its own tokenizer, or one that was fetched before.
    return load_from_checkpoint(str(checkpoint), local_files_only=local)


@contextmanager
def _quiet() -> Generator[None]:
    """Keeps the libraries from standard output, and from telling what nobody asked."""
    loggers = [logging.getLogger(name) for name in _LOUD]
    levels = [logger.level for logger in loggers]
    with warnings.catch_warnings(), redirect_stdout(sys.stderr):
        warnings.simplefilter("ignore")
        for logger in loggers:
            logger.setLevel(logging.ERROR)
        try:
            yield
        finally:
            for logger, level in zip(loggers, levels, strict=True):
                logger.setLevel(level)


def _said(error: Exception) -> str:
    """The first line of an error: the hub explains itself in paragraphs."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _state(checkpoint: Path) -> str:
    """A digest of size and time of a model's file: trained anew, it is another model."""
    status = checkpoint.stat()
    entry = f"{status.st_size}\0{status.st_mtime_ns}".encode()
    return f"@{blake2b(entry, digest_size=8).hexdigest()}"
