"""False alarms: findings on professional translations, a story per document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.bench.bounds import poisson_interval, share_interval
from auditor.core import Audit, ConfigError, Finding, Story, Tier
from auditor.pipeline import Run, audit_story
from auditor.read import document_from_text

DOCUMENTS = "document_ids.txt"
"""Names the document of each line; every other `.txt` file is one language, line by line."""

TAGS = {
    "eng": "en",
    "fra": "fr",
    "ita": "it",
    "deu": "de",
    "spa": "es",
    "por": "pt",
    "nld": "nl",
    "pol": "pl",
    "rus": "ru",
    "tur": "tr",
    "arb": "ar",
    "tha": "th",
    "jpn": "ja",
    "kor": "ko",
    "zho-CN": "zh-Hans",
    "zho-TW": "zh-Hant",
}
"""File names of NTREX-128 and the BCP 47 tags of what they hold."""


@dataclass(frozen=True, slots=True)
class CleanStory:
    """One audited document of one pair of languages."""

    pair: str
    name: str
    segments: int
    audit: Audit

    def findings(self, tier: Tier) -> list[Finding]:
        """Its findings of one tier."""
        return [finding for finding in self.audit.findings if finding.tier is tier]


def clean_stories(
    folder: Path, source: str, targets: Sequence[str], run: Run, *, together: bool = False
) -> Iterator[CleanStory]:
    """Audits each document of a folder as a story of two versions, or of all of them.

    Args:
        folder: line-aligned files and `document_ids.txt`.
        source: file name of the source without its ending, such as `eng`.
        targets: likewise; every other file when empty.
        run: what to audit with.
        together: one story of all versions for each document, instead of pairs.

    Raises:
        ConfigError: files are missing or differ in length.
    """
    files = sorted(p.stem for p in folder.glob("*.txt") if p.name != DOCUMENTS and p.stem != source)
    names, texts = line_aligned(folder, [source, *(targets or files)])
    others = [file for file in texts if file != source]
    for group in [tuple(others)] if together else [(other,) for other in others]:
        for name in dict.fromkeys(names):
            rows = [i for i, n in enumerate(names) if n == name]
            documents = tuple(
                document_from_text("\n\n".join(texts[file][i] for i in rows), file)
                for file in (source, *group)
            )
            audit = audit_story(Story(name, documents), run)
            segments = sum(len(audit.segments[file]) for file in group)
            yield CleanStory("-".join((source, *group)), name, segments, audit)


def line_aligned(folder: Path, files: Sequence[str]) -> tuple[list[str], dict[str, list[str]]]:
    """The document of each line, and the lines of each file by its name.

    Args:
        folder: line-aligned files and `document_ids.txt`.
        files: names without their ending.

    Raises:
        ConfigError: files are missing or differ in length.
    """
    names = _lines(folder / DOCUMENTS)
    texts = {file: _lines(folder / f"{file}.txt") for file in files}
    for file, lines in texts.items():
        if len(lines) != len(names):
            raise ConfigError(str(folder / file), "has another number of lines", "realign it")
    return names, texts


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    except OSError as error:
        raise ConfigError(
            str(path), "is missing", f"name a folder with line-aligned files and {DOCUMENTS}"
        ) from error


def table(stories: Sequence[CleanStory]) -> list[str]:
    """The figures as lines of text: by pair and pooled, with 95 % bounds."""
    heads = ("pair", "stories", "segments", "stable", "per 1000", "95 %", "no finding", "95 %")
    widths = (-33, 8, 9, 7, 9, 14, 11, 14)
    head = "".join(
        f"{h:{'<' if w < 0 else '>'}{abs(w)}}" for h, w in zip(heads, widths, strict=True)
    )
    lines = [f"{head}{'preview/1000':>13}"]
    pairs = list(dict.fromkeys(story.pair for story in stories))
    for pair in [*pairs, "all"] if len(pairs) > 1 else pairs:
        own = [story for story in stories if pair in (story.pair, "all")]
        lines.append(_row(pair, own))
    lines += ["", "findings by rule (stable, preview)"]
    rules = Counter((f.rule, f.tier) for story in stories for f in story.audit.findings)
    for rule in sorted({rule for rule, _ in rules}):
        lines.append(f"  {rule:<24}{rules[rule, Tier.STABLE]:>5}{rules[rule, Tier.PREVIEW]:>6}")
    return lines


def _row(pair: str, stories: Sequence[CleanStory]) -> str:
    segments = sum(story.segments for story in stories)
    stable = sum(len(story.findings(Tier.STABLE)) for story in stories)
    preview = sum(len(story.findings(Tier.PREVIEW)) for story in stories)
    clear = sum(not story.findings(Tier.STABLE) for story in stories)
    low, high = (1000 * bound / segments for bound in poisson_interval(stable))
    left, right = share_interval(clear, len(stories))
    return (
        f"{pair:<33}{len(stories):>8}{segments:>9}{stable:>7}{1000 * stable / segments:>9.2f}"
        f"{f'{low:.2f}-{high:.2f}':>14}{clear / len(stories):>11.1%}"
        f"{f'{left:.1%}-{right:.1%}':>14}{1000 * preview / segments:>13.2f}"
    )
