"""Fits `auditor/lang/<tag>/doubts.toml`: what each sign of a replaced word weighs.

Run by hand, when the signs change:

    python tools/fit_doubts.py FOLDER TAG=THESAURUS...

FOLDER holds clean documents as `auditor bench corruption` reads them; of these every second one
is used, and a spinner replaces 10, 20 and 40 % of its words by the thesaurus. `--more TAG=FILE`,
as often as wanted, adds clean text of another kind, so that rare words alone do not decide: one
sentence a line, a TSV with a column `source`, a JSON list with `mt_sent` (DEMETR), or quotations
parted by lines of `%` as `fortune` has them. Logistic regression with a ridge of 1.

The weights of a word whose translation is at hand are fitted after that, line for line, on the
same documents with another language of FOLDER beside them.

What it prints at the end is the same for whole texts, on those that the words were fitted on:
the bias and the weight of the strength for `text/spun.py`, where as many are spun as not.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from auditor.bench.corruption import Parallel, parallel_documents
from auditor.bench.corruption_spun import BESIDE
from auditor.bench.spinner import Spun, spin
from auditor.bench.thesaurus import Thesaurus, read_thesaurus
from auditor.core import OffsetMap, Passage, Segment, Story
from auditor.encode import open_encoder
from auditor.lang import base
from auditor.pipeline.context import Meaning, RunContext
from auditor.text import chinese_words, english_lm
from auditor.text import doubts as doubt
from auditor.text.doubts_beside import above_usual

LANG = Path(__file__).resolve().parent.parent / "auditor" / "lang"
SHARES = (0.1, 0.2, 0.4)
RIDGE = 1.0
ROUNDS = 30
CHARACTERS = {"en": 1500, "zh": 500}
MOST_PIECES = 30
LEVELS = {"en": 0.4, "zh": 0.3}
"""See `level` in `text/doubts.py`; the best of tenths on texts that nothing was fitted on."""
TAGS = {"zh": ("zh-Hans", "zh-Hant")}
BESIDE_WEIGHTS = ("constant", "odds", "cover")


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


def more_texts(path: Path, lang: str) -> list[str]:
    """Text of another kind in pieces as long as a news document, every second one of them."""
    with path.open(encoding="utf-8", newline="", errors="replace") as file:
        if path.suffix == ".tsv":
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            lines = [row["target" if base(lang) == "zh" else "source"] for row in reader]
        elif path.suffix == ".json":
            lines = [row["mt_sent"] for row in json.load(file)]
        else:
            text = file.read()
            lines = text.split("\n%\n") if "\n%\n" in text else text.splitlines()
    pieces: list[str] = []
    kept: list[str] = []
    for line in lines:
        kept.append(" ".join(line.split()))
        if sum(map(len, kept)) >= CHARACTERS[base(lang)]:
            pieces.append("\n\n".join(kept))
            kept = []
    return pieces[: 2 * MOST_PIECES : 2]


def fit(values: np.ndarray, labels: np.ndarray, counts: np.ndarray | float = 1.0) -> np.ndarray:
    """Logistic regression by Newton's method, each row counted so many times."""
    weights = np.zeros(values.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-values @ weights))
        gradient = values.T @ (counts * (p - labels)) + RIDGE * weights
        curved = (values * (counts * p * (1 - p))[:, None]).T @ values + RIDGE * np.eye(
            len(weights)
        )
        weights -= np.linalg.solve(curved, gradient)
    return weights


@dataclass(frozen=True, slots=True)
class Sample:
    """The words of one text: their values, and which were put in."""

    values: np.ndarray
    labels: np.ndarray

    @property
    def is_spun(self) -> bool:
        """True when any word was replaced."""
        return bool(self.labels.any())


def fit_beside(
    documents: Sequence[Parallel], tag: str, thesaurus: Thesaurus, meaning: Meaning
) -> np.ndarray:
    """The weights of a word with a sound version beside it: constant, odds, cover."""
    values: list[tuple[float, ...]] = []
    labels: list[bool] = []
    for own in TAGS.get(tag, (tag,)):
        for at, document in enumerate(documents):
            for share in (0.0, *SHARES):
                spun = spin(document.text(own), own, share, thesaurus, at)
                found = beside_rows(spun, own, document.texts[BESIDE[own]], meaning)
                values += [row for row, _ in found]
                labels += [put_in for _, put_in in found]
    marks = np.array(labels, float)
    *weights, _repeated = fit(np.array(values), marks)
    rate = math.log(marks.mean() / (1 - marks.mean()))
    return np.array([weights[0] - rate, *weights[1:]])


def beside_rows(
    spun: Spun, lang: str, other: Sequence[str], meaning: Meaning
) -> list[tuple[tuple[float, ...], bool]]:
    """For each word a one, its odds, its cover and whether it comes again; and if it was put in."""
    put_in = {at for swap in spun.swaps for at in range(swap.start, swap.end)}
    lines = spun.text.split("\n\n")
    own, there = _segments("own", lines, lang), _segments("other", other, BESIDE[lang])
    context = RunContext(
        Story("", ()),
        {"own": own, "other": there},
        (),
        [Passage(at, pair, 1.0) for at, pair in enumerate(zip(own, there, strict=True))],
        (),
        (),
        meaning,
    )
    words = [doubt.doubts(list(signs(line, lang)), lang) for line in lines]
    forms = [[word.form for word in found] for found in words]
    covers = above_usual(own, forms, context, frozenset(["other"]))
    times = Counter(form for found in forms for form in found)
    rows = []
    start = 0
    for line, found, above in zip(lines, words, covers, strict=True):
        for word, cover in zip(found if above else (), above, strict=True):
            put = not put_in.isdisjoint(range(start + word.start, start + word.end))
            rows.append(((1.0, word.odds, cover, float(times[word.form] > 1)), put))
        start += len(line) + 2
    return rows


def _segments(document: str, lines: Sequence[str], lang: str) -> list[Segment]:
    return [
        Segment(document, at, line, OffsetMap.identity(len(line)), lang)
        for at, line in enumerate(lines)
    ]


def samples(texts: Sequence[tuple[str, str]], thesaurus: Thesaurus) -> list[Sample]:
    """Each text with its tag, clean and at each share."""
    found: list[Sample] = []
    for at, (text, lang) in enumerate(texts):
        for share in (0.0, *SHARES):
            values, labels = rows(spin(text, lang, share, thesaurus, at), lang)
            if values:
                found.append(Sample(np.array(values), np.array(labels, float)))
    return found


def document_fit(found: Sequence[Sample], tag: str) -> np.ndarray:
    """The bias and the weight of the strength, from the file that was just written."""
    strengths = []
    for sample in found:
        # The repetition is what `strength` counts itself, by the form.
        times = sample.values[:, -1]
        signs = [
            doubt.Signs(0, 1, "again" if again else str(at), tuple(row[:-1]))
            for at, (row, again) in enumerate(zip(sample.values, times, strict=True))
        ]
        strengths.append([1.0, doubt.strength(doubt.doubts(signs, tag), tag)])
    labels = np.array([sample.is_spun for sample in found], float)
    return fit(np.array(strengths), labels, balanced(labels))


def balanced(labels: np.ndarray) -> np.ndarray:
    """Weights by which clean and spun count alike."""
    share = labels.mean()
    counts: np.ndarray = np.where(labels > 0, 0.5 / share, 0.5 / (1 - share))
    return counts


def middle(found: Sequence[Sample], weights: np.ndarray, rate: float) -> float:
    """The odds of the middle word of a clean text, the median of them."""
    clean = [sample.values @ weights - rate for sample in found if not sample.is_spun]
    return float(np.median([np.median(odds) for odds in clean]))


def main() -> None:
    """Writes one file for each language named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("thesauri", nargs="+", metavar="TAG=FILE")
    parser.add_argument("--more", action="append", default=[], metavar="TAG=FILE")
    arguments = parser.parse_args()
    documents = parallel_documents(arguments.folder)[::2]
    meaning = Meaning(open_encoder("use"))
    for given in arguments.thesauri:
        tag, _, file = given.partition("=")
        thesaurus = read_thesaurus(Path(file), tag)
        news = [(d.text(t), t) for t in TAGS.get(tag, (tag,)) for d in documents]
        others = [
            path for lang, _, path in (m.partition("=") for m in arguments.more) if lang == tag
        ]
        more = [(text, tag) for path in others for text in more_texts(Path(path), tag)]
        found = samples(news, thesaurus)
        usual = list(found)
        found += samples(more, thesaurus)
        values = np.vstack([sample.values for sample in found])
        labels = np.concatenate([sample.labels for sample in found])
        base_rate = float(labels.mean())
        rate = math.log(base_rate / (1 - base_rate))
        weights = fit(values, labels)
        *own, repeated = (round(float(w), 3) for w in weights)
        lines = [
            "# Made by tools/fit_doubts.py: what each sign says, in nats, of a word having been",
            f"# put in. {len(news) + len(more)} clean texts, with 0, 10, 20 and 40 % of their",
            f"# words replaced from {Path(file).name}.",
            f"rate = {rate:.3f}",
            f"repeated = {repeated}",
            f"middle = {middle(usual, weights, rate):.3f}",
            f"level = {LEVELS.get(tag, 0.0)}",
            "",
            "[weights]",
            *(f"{name} = {w}" for name, w in zip(doubt.features(tag), own, strict=True)),
        ]
        (LANG / tag / "doubts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        # Now that the odds of the words alone can be read.
        fitted = fit_beside(documents, tag, thesaurus, meaning)
        lines += ["", "# With a sound version beside it.", "[beside]"]
        lines += [f"{n} = {w:.3f}" for n, w in zip(BESIDE_WEIGHTS, fitted, strict=True)]
        (LANG / tag / "doubts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        bias, strength = document_fit(found, tag)
        sys.stdout.write(f"{tag}: bias {bias:.2f}, strength {strength:.2f}\n")


if __name__ == "__main__":
    main()
