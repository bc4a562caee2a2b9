"""Factual drift: how much of what was planted is found, and what is flagged on sound lines.

Each planted row is a sound translation with one fact changed. It is audited as a pair of segments,
as `auditor pairs` does, and so are the sound rows and all lines of the clean corpus.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from auditor.bench.bounds import poisson_interval, share_interval
from auditor.bench.clean import DOCUMENTS, TAGS, line_aligned
from auditor.core import ConfigError, Finding, Tier
from auditor.lang import canonical
from auditor.pipeline import Run, all_rules
from auditor.pipeline.pairwise import TARGET, audit_pairs
from auditor.read.pairs import Pair

ROWS = "drift-dev.jsonl"
CLEAN = "ntrex-dev"
FAMILY = "drift/"
HALVES = ("dev", "test")

LARGEST = 3
UNIT = 8
"""A hit may be three times as long as what was changed, and hold a unit word besides: the finding
on "2,3 milliards de dollars" where only "milliards" was changed, 3億3,000萬 for 億."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sound translation and the same with one fact changed.

    Attributes:
        id: of the row.
        document: the document it was taken from.
        lang: BCP 47 tag of the translation.
        type: what was changed, such as `month`.
        source: the English line.
        good: the sound translation.
        bad: the changed one.
        old: what stood in `good` at `start`.
        new: what stands in `bad` there instead; empty for a deletion.
        start: code point in both.
    """

    id: str
    document: str
    lang: str
    type: str
    source: str
    good: str
    bad: str
    old: str
    new: str
    start: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the clean corpus: its number in the file, from 1, and the pair of texts."""

    number: int
    document: str
    lang: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is measured on.

    Attributes:
        rows: planted.
        lines: clean.
    """

    rows: tuple[Row, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """A corpus and what the drift rules say of it.

    Attributes:
        corpus: what was audited.
        findings: of each pair of texts, by (language, source, target).
    """

    corpus: Corpus
    findings: Mapping[tuple[str, str, str], tuple[Finding, ...]]

    def hits(self, row: Row) -> list[Finding]:
        """The findings on a planted row that mark what was changed."""
        return [f for f in self.findings[row.lang, row.source, row.bad] if is_hit(f, row)]

    def false(self, line: Line | Row) -> tuple[Finding, ...]:
        """The findings on a sound translation."""
        text = line.target if isinstance(line, Line) else line.good
        return self.findings[line.lang, line.source, text]


def is_hit(finding: Finding, row: Row) -> bool:
    """True when a place that the finding names holds the changed characters and little else.

    The changed characters are those in which old and new differ: what both begin and end with is
    left out ("Senator Bloom" for "Senator Flake" changed one word). The length that a place may
    have is measured by all that was put in. The place is the finding's own, or its evidence where
    the finding marks the source. For a deletion it must touch the point where something is gone.
    """
    same = _shared(row.old, row.new)
    behind = _shared(row.old[same:][::-1], row.new[same:][::-1])
    start, end = row.start + same, row.start + len(row.new) - behind
    longest = LARGEST * max(len(row.new), 0 if row.new else len(row.old)) + UNIT
    spans = (*finding.spans, *(evidence.span for evidence in finding.evidence))
    return any(
        s.document == TARGET and s.start <= start and end <= s.end and len(s) <= longest
        for s in spans
    )


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))


def read_corpus(
    folder: Path,
    *,
    langs: Sequence[str] = (),
    types: Sequence[str] = (),
    half: str | None = None,
    sample: int | None = None,
    seed: int = 1,
) -> Corpus:
    """Reads the planted rows and the clean lines of a folder.

    Args:
        folder: holds `drift-dev.jsonl` and `ntrex-dev/`.
        langs: languages to keep, as in the file names or as tags; all when empty.
        types: types of planted rows to keep; all when empty.
        half: `dev` or `test`: every other document, by its place in the list; None for both.
        sample: how many rows and lines to draw at most; None for all.
        seed: of the drawing.

    Raises:
        ConfigError: a file is missing or is something else.
    """
    wanted = {canonical(lang) for lang in langs}
    targets = [file for file, tag in TAGS.items() if (folder / CLEAN / f"{file}.txt").is_file()]
    targets = [f for f in targets if f != "eng" and (not wanted or TAGS[f] in wanted)]
    names, texts = line_aligned(folder / CLEAN, ["eng", *targets])
    place = {name: i for i, name in enumerate(dict.fromkeys(names))}
    lines = [
        Line(i, names[i - 1], TAGS[file], source, target)
        for file in targets
        for i, (source, target) in enumerate(zip(texts["eng"], texts[file], strict=True), start=1)
        if source.strip() and target.strip()
    ]
    rows = [
        row
        for row in _rows(folder / ROWS)
        if (not wanted or row.lang in wanted) and (not types or row.type in types)
    ]
    if half:
        odd = HALVES.index(half)
        lines = [line for line in lines if place[line.document] % 2 == odd]
        rows = [row for row in rows if place.get(row.document, 0) % 2 == odd]
    if sample is not None:
        draw = random.Random(seed)  # noqa: S311 - a sample to measure on, not a secret
        rows = draw.sample(rows, min(sample, len(rows)))
        lines = draw.sample(lines, min(sample, len(lines)))
    return Corpus(tuple(rows), tuple(lines))


def _rows(path: Path) -> Iterable[Row]:
    try:
        written = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ConfigError(
            str(path), "is missing", f"name a folder with {ROWS} and {CLEAN}/{DOCUMENTS}"
        ) from error
    for number, line in enumerate(written, start=1):
        try:
            row: dict[str, Any] = json.loads(line)
            yield Row(
                id=row["id"],
                document=row["doc"],
                lang=canonical(row["lang"]),
                type=row["type"],
                source=row["src"],
                good=row["good"],
                bad=row["bad"],
                old=row["old"],
                new=row["new"],
                start=row["start"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise ConfigError(
                f"{path}:{number}", "is no planted row", "see the fields of auditor.bench.drift.Row"
            ) from error


def measure(
    corpus: Corpus,
    run: Run,
    *,
    rules: Sequence[str] = (),
    whole: bool = False,
    published: date | None = None,
) -> Measured:
    """Audits every distinct pair of texts of a corpus once.

    Args:
        corpus: rows and lines.
        run: encoder and cache.
        rules: ids of the rules to run; all drift rules when empty.
        whole: run all rules beside them, to which drift rules may yield.
        published: the day from which "last year" counts.

    Raises:
        ConfigError: a rule is unknown.
    """
    known = {rule.id: rule for rule in all_rules()}
    for id in rules:
        if id not in known:
            raise ConfigError(f"--rule {id}", "is no rule", "see `auditor rules`")
    chosen = set(rules or [id for id in known if id.startswith(FAMILY)])
    run = replace(run, rules=tuple(r for r in known.values() if whole or r.id in chosen))
    wanted = [(r.lang, r.source, t) for r in corpus.rows for t in (r.good, r.bad)]
    wanted += [(line.lang, line.source, line.target) for line in corpus.lines]
    findings: dict[tuple[str, str, str], tuple[Finding, ...]] = {}
    for lang in dict.fromkeys(lang for lang, *_ in wanted):
        own = list(dict.fromkeys(key for key in wanted if key[0] == lang))
        pairs = [Pair(str(i), source, target) for i, (_, source, target) in enumerate(own)]
        for key, audited in zip(
            own,
            audit_pairs(pairs, run, source_lang="en", target_lang=lang, published=published),
            strict=True,
        ):
            for error in audited.audit.errors:
                raise ConfigError(error.rule, f"crashed: {error.error}", f"see {key[2][:60]!r}")
            findings[key] = tuple(f for f in audited.audit.findings if f.rule in chosen)
    return Measured(corpus, findings)


def table(measured: Measured) -> list[str]:
    """The figures as lines of text: recall by type and language, then clean findings by rule."""
    rows, lines = measured.corpus.rows, measured.corpus.lines
    out = []
    langs = list(dict.fromkeys([*(row.lang for row in rows), *(line.lang for line in lines)]))
    if rows:
        out += _recall(measured, langs)
    if lines:
        out += ["", *_clean(measured, langs)]
    return out


def _recall(measured: Measured, langs: Sequence[str]) -> list[str]:
    rows = measured.corpus.rows
    head = (
        f"{'planted':<12}{'rows':>6}{'found':>7}{'recall':>8}{'95 %':>12}{'stable':>8}{'95 %':>12}"
    )
    out = [head + "".join(f"{lang:>14}" for lang in langs) + f"{'sound rows':>12}"]
    for kind in dict.fromkeys(row.type for row in rows):
        own = [row for row in rows if row.type == kind]
        found = [bool(measured.hits(row)) for row in own]
        stable = [any(f.tier is Tier.STABLE for f in measured.hits(row)) for row in own]
        line = f"{kind:<12}{len(own):>6}{sum(found):>7}{_share(sum(found), len(own))}"
        line += _share(sum(stable), len(own))
        for lang in langs:
            here = [i for i, row in enumerate(own) if row.lang == lang]
            both = f"{_dot(sum(found[i] for i in here), len(here))}"
            line += f"{both + ' ' + _dot(sum(stable[i] for i in here), len(here)):>14}"
        out.append(line + f"{sum(bool(measured.false(row)) for row in own):>12}")
    return [*out, "each language: recall with preview, recall of the stable findings alone"]


def _dot(count: int, total: int) -> str:
    return f"{count / total:.3f}".replace("0.", ".", 1) if total else "-"


def _share(count: int, total: int) -> str:
    low, high = share_interval(count, total)
    return f"{_dot(count, total):>8}{f'{low:.2f}-{high:.2f}':>12}"


def _clean(measured: Measured, langs: Sequence[str]) -> list[str]:
    lines = measured.corpus.lines
    counts = Counter(
        (f.rule, lang, f.tier)
        for line in lines
        for f in measured.false(line)
        for lang in (line.lang, "all")
    )
    sizes = Counter(lang for line in lines for lang in (line.lang, "all"))
    head = f"{'clean lines':<22}{'lines':>7}{'found':>7}{'/1000':>8}{'95 %':>14}"
    out = [f"{head}{'stable':>8}{'/1000':>8}{'95 %':>14}"]
    rules = sorted({rule for rule, *_ in counts})
    for lang in ("all", *langs):
        for rule in (*rules, "") if lang == "all" else ("",):
            names = [rule] if rule else rules
            stable = sum(counts[name, lang, Tier.STABLE] for name in names)
            both = stable + sum(counts[name, lang, Tier.PREVIEW] for name in names)
            name = rule or ("all drift rules" if lang == "all" else f"all in {lang}")
            row = f"{name:<22}{sizes[lang]:>7}{_rate(both, sizes[lang])}"
            out.append(row + f" {_rate(stable, sizes[lang])}")
    return out


def _rate(count: int, size: int) -> str:
    low, high = (1000 * bound / max(size, 1) for bound in poisson_interval(count))
    return f"{count:>7}{1000 * count / max(size, 1):>8.2f}{f'{low:.2f}-{high:.2f}':>14}"


def missed(measured: Measured) -> list[str]:
    """The planted rows that no finding marks, with their texts and what was flagged instead."""
    out = []
    for row in measured.corpus.rows:
        if measured.hits(row):
            continue
        out += [
            f"{row.id} {row.type} {row.old!r} -> {row.new!r}",
            f"  {row.source}",
            f"  {row.bad[: row.start]}[[{row.new}]]{row.bad[row.start + len(row.new) :]}",
        ]
        out += [_told(f) for f in measured.findings[row.lang, row.source, row.bad]]
    return out


def false(measured: Measured) -> list[str]:
    """The findings on clean lines, with their texts."""
    out = []
    for line in measured.corpus.lines:
        found = measured.false(line)
        if found:
            out += [f"line {line.number} {line.lang}", f"  {line.source}", f"  {line.target}"]
            out += [_told(f) for f in found]
    return out


def _told(finding: Finding) -> str:
    repair = f" -> {finding.repair!r}" if finding.repair is not None else ""
    return (
        f"    {finding.rule} {finding.tier} {finding.confidence} "
        f"{finding.values}{repair}: {finding.message}"
    )
