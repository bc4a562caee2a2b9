"""Finds the versions of each story in a pile of articles that nothing sorts.

Articles are near in meaning as a whole (the mean of their sentences), share numbers and names in
capitals, and lie within days of each other; what remains are a few candidates for each, and of
these `relate` says whether they are versions of one text, as it does inside a story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from auditor.align import relate
from auditor.batch.job import Job, Refused, Version
from auditor.core import AuditorError, ConfigError, Segment
from auditor.pipeline.load import SUFFIXES

if TYPE_CHECKING:
    from auditor.pipeline.context import Meaning

Halves = NDArray[np.float16]

NEAREST = 8
"""Candidates of each article that are looked at closely."""
LEAST = 0.35
"""Mean similarity below which nothing is: of NTREX translations the lowest is higher."""
NAMES_WEIGHT = 0.25
"""What shared numbers and names add to the similarity, when all of them are shared."""
SENTENCES = 40
"""Of an article, from its beginning: enough to tell whether two are one text."""
DAYS = 7
"""Between two versions of one text, where the dates of both are known."""
BLOCK = 2048
"""Rows of the similarity matrix in memory at a time."""
MOST = 100_000
"""Articles of a pile; all are compared with all."""

# 2024, 1.500, 37: numbers are written alike in all languages; NATO, Merkel in most of Latin ones.
_MARKS = re.compile(r"\d{2,9}|\b[A-Z][A-Za-z]{2,20}\b")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a pile.

    Attributes:
        version: what goes into a job.
        lang: BCP 47 tag, as found.
        day: of publication, or None.
        segments: the first of its sentences.
        vectors: one unit row for each, in half the bytes.
        marks: hashes of its numbers and names.
    """

    version: Version
    lang: str
    day: date | None
    segments: tuple[Segment, ...]
    vectors: Halves
    marks: frozenset[int]


def matched_stories(pile: Sequence[Job | Refused], meaning: Meaning) -> Iterator[Job | Refused]:
    """The articles of a pile, sorted into stories; one without a counterpart is a story alone.

    Args:
        pile: jobs of one version each.
        meaning: the encoder.

    Raises:
        ConfigError: there are more than can be compared.
    """
    if len(pile) > MOST:
        what = f"{len(pile):,} articles are more than can be matched"
        raise ConfigError("--match", what, f"match at most {MOST:,} at a time, by day for instance")
    articles: list[Article] = []
    jobs: list[Job] = []
    for entry in pile:
        if isinstance(entry, Refused):
            yield entry
            continue
        try:
            articles.append(article_of(entry, meaning))
            jobs.append(entry)
        except AuditorError as error:
            yield Refused(entry.key, str(error))
    for group in groups(articles):
        members = [jobs[at] for at in group]
        first = min(members, key=lambda job: job.key)
        days = sorted(job.date for job in members if job.date)
        yield Job(
            first.key,
            root=first.root,
            versions=tuple(job.versions[0] for job in members),
            date=days[0] if days else "",
            outlet=first.outlet,
        )


def pile_of(folder: Path) -> Iterator[Job]:
    """Every article below a folder as a job of its own; links are not followed."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if path.suffix.lower() in SUFFIXES and not hidden and not path.is_symlink():
            id = inside.as_posix()
            yield Job(id, root=str(folder), versions=(Version(id),))


def article_of(job: Job, meaning: Meaning) -> Article:
    """Reads an article as far as matching needs it.

    Raises:
        AuditorError: it cannot be read.
    """
    from auditor.batch.texts import load_job
    from auditor.core import Phrase
    from auditor.pipeline.prepare import prepare

    prepared = prepare(load_job(job).story.documents, None, None)
    document = prepared.documents[0]
    segments = prepared.segments[document.id][:SENTENCES]
    phrases = [Phrase(s.text, document.lang) for s in segments if meaning.knows(document.lang)]
    rows = meaning.vectors(phrases)
    # A pile may be large: what was encoded is not kept.
    meaning.prime(())
    marks = {
        int.from_bytes(blake2b(mark.encode(), digest_size=8).digest())
        for segment in segments
        for mark in _MARKS.findall(segment.text)
    }
    day = date.fromisoformat(job.date) if job.date else None
    halves = rows.astype(np.float16)
    return Article(job.versions[0], document.lang, day, segments, halves, frozenset(marks))


def groups(articles: Sequence[Article]) -> list[list[int]]:
    """Which articles are versions of one text, by their places in the sequence, sorted.

    Pairs are taken from the likeliest on. Two groups are joined while no more than one article of
    each language would be in the whole: a newsroom has one version in a language, and rewrites of
    it are near it anyway.

    Args:
        articles: any number.
    """
    group = {at: [at] for at in range(len(articles))}
    for score, left, right in sorted(_pairs(articles), key=lambda pair: (-pair[0], pair[1:])):
        del score
        one, other = group[left], group[right]
        if one is other:
            continue
        langs = [articles[at].lang for at in (*one, *other)]
        if len(set(langs)) == len(langs):
            one += other
            for at in other:
                group[at] = one
    distinct = {min(members): sorted(members) for members in group.values()}
    return [distinct[at] for at in sorted(distinct)]


def _pairs(articles: Sequence[Article]) -> Iterator[tuple[float, int, int]]:
    """Pairs that are versions of one text, with how near they are."""
    for left, right, near in _candidates(articles):
        one, other = articles[left], articles[right]
        if one.day and other.day and abs((one.day - other.day).days) > DAYS:
            continue
        relation = relate(
            one.segments,
            other.segments,
            one.vectors.astype(np.float32),
            other.vectors.astype(np.float32),
            left_id="left",
            right_id="right",
            left_lang=one.lang,
            right_lang=other.lang,
        )
        if relation.kind.same_text:
            yield near, left, right


def _candidates(articles: Sequence[Article]) -> Iterator[tuple[int, int, float]]:
    """The nearest articles in other languages of each, once for each pair."""
    rows = [at for at, article in enumerate(articles) if len(article.vectors)]
    if len(rows) < 2:
        return
    means = np.stack([articles[at].vectors.astype(np.float32).mean(axis=0) for at in rows])
    # What all articles share says nothing: news are news.
    centred = means - means.mean(axis=0) if len(rows) > 20 else means
    unit = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-6)
    langs = np.array([hash_of(articles[at].lang) for at in rows])
    seen: set[tuple[int, int]] = set()
    for start in range(0, len(rows), BLOCK):
        near = unit[start : start + BLOCK] @ unit.T
        near[langs[start : start + BLOCK, None] == langs[None, :]] = -1
        for offset, row in enumerate(near):
            left = rows[start + offset]
            count = min(4 * NEAREST, len(row) - 1)
            likely = np.argpartition(-row, count)[:count]
            scored = [
                (float(row[k]) + NAMES_WEIGHT * _shared(articles[left], articles[rows[k]]), rows[k])
                for k in likely
            ]
            for score, right in sorted(scored, key=lambda pair: (-pair[0], pair[1]))[:NEAREST]:
                pair = min(left, right), max(left, right)
                if score >= LEAST and pair not in seen:
                    seen.add(pair)
                    yield *pair, score


def _shared(one: Article, other: Article) -> float:
    """Share of the numbers and names of the article with fewer that the other has too, 0 to 1."""
    fewer = min(len(one.marks), len(other.marks))
    return len(one.marks & other.marks) / fewer if fewer else 0.0


def hash_of(lang: str) -> int:
    """A number for a language."""
    return int.from_bytes(blake2b(lang.encode(), digest_size=6).digest())


def pairs_of(groups: Iterable[Sequence[int]]) -> set[tuple[int, int]]:
    """All pairs of members of one group."""
    return {(a, b) for group in groups for a in group for b in group if a < b}
