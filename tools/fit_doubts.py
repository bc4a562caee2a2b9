"""Fits `auditor/lang/<tag>/doubts.toml`: what each sign of a replaced word weighs.

Run by hand, when the signs change:

    python tools/fit_doubts.py FOLDER TAG=THESAURUS...

FOLDER holds clean documents as `auditor bench corruption` reads them; of these every second one
is used, and a spinner replaces 10, 20 and 40 % of its words by the thesaurus. `--more FILE`
adds clean English of another kind (one sentence a line, or a TSV with a column `source`), so that
rare words alone do not decide. Logistic regression with a ridge of 1.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from auditor.bench.corruption import parallel_documents
from auditor.bench.spinner import Spun, spin
from auditor.bench.thesaurus import Thesaurus, read_thesaurus
from auditor.lang import base
from auditor.text import chinese_words, english_lm
from auditor.text import doubts as doubt

LANG = Path(__file__).resolve().parent.parent / "auditor" / "lang"
SHARES = (0.1, 0.2, 0.4)
RIDGE = 1.0
ROUNDS = 30
PER_DOCUMENT = 20
TAGS = {"zh": ("zh-Hans", "zh-Hant")}


def signs(text: str, lang: str) -> Iterator[doubt.Signs]:
    """The signs of all words of a text."""
    if base(lang) == "en":
        yield from doubt.english(english_lm.tokenise(text))
    elif base(lang) == "zh":
        plain = chinese_words.simplified(text)
        for start, end in chinese_words.stretches(plain):
            yield from doubt.chinese(start, chinese_words.segment(plain[start:end])[1])
    else:
        yield from doubt.letters(text, lang)


def rows(spun: Spun, lang: str) -> tuple[list[tuple[float, ...]], list[bool]]:
    """The values of each word, the repetition last, and whether it was put in."""
    put_in = {at for swap in spun.swaps for at in range(swap.start, swap.end)}
    found = list(signs(spun.text, lang))
    times = Counter(sign.form for sign in found)
    values = [(*sign.values, float(times[sign.form] > 1)) for sign in found]
    return values, [not put_in.isdisjoint(range(sign.start, sign.end)) for sign in found]


def more_texts(path: Path | None) -> list[str]:
    """Sentences of another kind, every second group of them."""
    if path is None:
        return []
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".tsv":
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            lines = [row["source"] for row in reader]
        else:
            lines = file.read().splitlines()
    lines = lines[: PER_DOCUMENT * 40]
    grouped = range(0, len(lines), PER_DOCUMENT)
    return ["\n\n".join(lines[at : at + PER_DOCUMENT]) for at in grouped][::2]


def fit(values: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method."""
    weights = np.zeros(values.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-values @ weights))
        gradient = values.T @ (p - labels) + RIDGE * weights
        curved = (values * (p * (1 - p))[:, None]).T @ values + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(curved, gradient)
    return weights


def fitted(texts: Sequence[tuple[str, str]], thesaurus: Thesaurus) -> tuple[np.ndarray, float]:
    """The weights and the base rate from texts with their tags."""
    values: list[tuple[float, ...]] = []
    labels: list[bool] = []
    for at, (text, lang) in enumerate(texts):
        for share in (0.0, *SHARES):
            more, which = rows(spin(text, lang, share, thesaurus, at), lang)
            values += more
            labels += which
    rate = float(np.mean(labels))
    return fit(np.array(values), np.array(labels, float)), float(np.log(rate / (1 - rate)))


def main() -> None:
    """Writes one file for each language named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("thesauri", nargs="+", metavar="TAG=FILE")
    parser.add_argument("--more", type=Path)
    arguments = parser.parse_args()
    documents = parallel_documents(arguments.folder)[::2]
    for given in arguments.thesauri:
        tag, _, file = given.partition("=")
        texts = [(d.text(t), t) for t in TAGS.get(tag, (tag,)) for d in documents]
        if tag == "en":
            texts += [(text, tag) for text in more_texts(arguments.more)]
        weights, rate = fitted(texts, read_thesaurus(Path(file), tag))
        *own, repeated = (round(float(w), 3) for w in weights)
        lines = [
            "# Made by tools/fit_doubts.py: what each sign says, in nats, of a word having been",
            f"# put in. {len(texts)} clean texts, with 0, 10, 20 and 40 % of their words replaced",
            f"# from {Path(file).name}.",
            f"rate = {rate:.3f}",
            f"repeated = {repeated}",
            "",
            "[weights]",
            *(f"{name} = {w}" for name, w in zip(doubt.features(tag), own, strict=True)),
        ]
        (LANG / tag / "doubts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
