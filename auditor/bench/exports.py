"""Writes what other aligners read, so that anyone can compare them on the same vectors.

For a document NAME of languages S and T:

- `NAME.S`, `NAME.T`: one sentence a line, read by vecalign, bertalign and hunalign;
- `NAME.gold`: the ladder, read by vecalign's `score.py`;
- `NAME.overlaps.S` and `.emb`: vecalign's blocks of up to `OVERLAPS` sentences and their
  vectors, float32 as `numpy.tofile` writes them, a row for each line;
- `NAME.bertalign.S.npy` and `.lens.npy`: the same vectors as bertalign holds them, float32
  (blocks, sentences, d), and the size of each block in bytes.

Blocks are encoded as they are, as these aligners do it, by the encoder of the run.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from auditor.bench.align import Aligned
from auditor.core import ConfigError, Phrase, Segment
from auditor.lang import base

if TYPE_CHECKING:
    from auditor.pipeline import Run
    from auditor.pipeline.context import Meaning

OVERLAPS = 4
"""Most sentences of a block: 4 on one side and 1 on the other make five, as elsewhere."""
PAD = "PAD"
"""What vecalign and bertalign write for a block that would begin before the document."""
_UNJOINED = frozenset({"zh", "ja"})


def blocks(texts: Sequence[str], lang: str) -> list[list[str]]:
    """All blocks of neighbouring sentences, as vecalign and bertalign make them.

    Args:
        texts: sentences of one document.
        lang: BCP 47 tag; Chinese and Japanese are joined without spaces.

    Returns:
        `OVERLAPS` lists, one for each number of sentences, with an entry for each last
        sentence; `PAD` where there are not enough before it.
    """
    glue = "" if base(lang) in _UNJOINED else " "
    clean = [text.strip() or "BLANK_LINE" for text in texts]
    return [
        [PAD] * min(size - 1, len(clean))
        + [glue.join(clean[at : at + size]) for at in range(len(clean) - size + 1)]
        for size in range(1, OVERLAPS + 1)
    ]


def export(one: Aligned, folder: Path, run: Run) -> None:
    """Writes the files of one document; see the module.

    Args:
        one: the document; its languages must be known.
        folder: made where it is missing.
        run: encodes the blocks.

    Raises:
        ConfigError: a language is not known, or the folder cannot be written.
        EncodeError: the encoder does not know a language.
    """
    from auditor.pipeline import encoder_of
    from auditor.pipeline.context import Meaning

    name = one.document.name
    if "und" in one.langs or one.langs[0] == one.langs[1]:
        raise ConfigError(
            name, "the languages are not known", "name them with --source-lang and --target-lang"
        )
    meaning = Meaning(encoder_of(run))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for segments, lang in zip(one.segments, one.langs, strict=True):
            _side(segments, lang, folder / name, meaning)
        ladder = "".join(f"{list(a)}:{list(b)}\n" for a, b in one.gold)
        (folder / f"{name}.gold").write_text(ladder, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(
            str(folder), f"cannot be written: {error.strerror or error}", "choose another place"
        ) from error


def _side(segments: Sequence[Segment], lang: str, stem: Path, meaning: Meaning) -> None:
    texts = [segment.text for segment in segments]
    _write(Path(f"{stem}.{lang}"), texts)
    made = blocks(texts, lang)
    # Equal blocks share a line and a vector: vecalign looks vectors up by their text.
    lines = list(dict.fromkeys(text for row in made for text in row))
    vectors = meaning.vectors([Phrase(line, lang) for line in lines])
    _write(Path(f"{stem}.overlaps.{lang}"), lines)
    vectors.astype("<f4").tofile(f"{stem}.overlaps.{lang}.emb")
    row_of = {line: number for number, line in enumerate(lines)}
    places = np.array([[row_of[text] for text in row] for row in made], np.intp)
    np.save(f"{stem}.bertalign.{lang}.npy", vectors[places])
    sizes = np.array([[len(text.encode()) for text in row] for row in made], np.int64)
    np.save(f"{stem}.bertalign.{lang}.lens.npy", sizes)


def _write(path: Path, lines: Sequence[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
