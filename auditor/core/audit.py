"""The result of an audit, as reports read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.core.alignment import Alignment, Passage
from auditor.core.document import Segment
from auditor.core.finding import Finding, Verdict
from auditor.core.rule import Rule
from auditor.core.story import Story


@dataclass(frozen=True, slots=True)
class BeadScore:
    """The fidelity of one bead and what it was made of.

    Attributes:
        source: id of the document it is measured against.
        target: id of the document that is measured.
        passage: index of the passage.
        fidelity: 0 to 100, one decimal.
        parts: what went into it by name, such as `similarity` and `coverage`, 0 to 1.
        replaced: of two texts in one language the words that differ, first those of the source.
        judged: what a learned judge says of it, on that judge's own scale; None without one.
    """

    source: str
    target: str
    passage: int
    fidelity: float
    parts: Mapping[str, float]
    replaced: tuple[tuple[str, str], ...] = ()
    judged: float | None = None


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """How faithful one version is, and how much of it could be compared.

    Attributes:
        document: its id.
        fidelity: 0 to 100, one decimal; None where it has no counterpart.
        coverage: share of its characters that have a counterpart, 0 to 1; None as above.
        against: what it was measured against: `source <id>`, `consensus of <n> versions`
            or empty.
        parts: what went into `fidelity` by name, 0 to 1.
    """

    document: str
    fidelity: float | None
    coverage: float | None
    against: str
    parts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Metric:
    """What another measure than fidelity says of one version, or of some texts.

    Attributes:
        name: `judge`, `chrf` (chrF++), `bleu` or `ter`.
        score: of the last three 0 to 100 (of TER less is better, and it may be more than 100); of
            a judge on that judge's own scale.
        signature: the judge's model, version, precision and device, or settings and version by
            sacrebleu: what repeats the score.
        document: id of the version; empty for texts that are in none.
        against: id of the version, or path of the reference, that it was compared with.
    """

    name: str
    score: float
    signature: str
    document: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class MqmScore:
    """What the findings cost one version, by MQM.

    Attributes:
        words: of its content.
        penalty: points of all errors together.
        score: 0 to 100, two decimals.
        low: lower end of its 95 % interval.
        high: upper end.
        enough: False where there are too few words for the score to say much.
        variant: the formula with its weights.
        errors: for each MQM core type and severity how many there are.
    """

    words: int
    penalty: float
    score: float
    low: float
    high: float
    enough: bool
    variant: str
    errors: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that did not run on a document, and why: not checked is not clean."""

    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What is known of one version after the audit.

    Attributes:
        document: its id.
        score: fidelity and coverage.
        verdicts: probabilities about the whole document.
        rules_run: ids of the rules that ran on it, sorted.
        rules_not_run: the others, each with its reason, sorted by rule.
        mqm: what its findings cost; None where it has no words.
    """

    document: str
    score: DocumentScore
    verdicts: tuple[Verdict, ...]
    rules_run: tuple[str, ...]
    rules_not_run: tuple[NotRun, ...]
    mqm: MqmScore | None = None


@dataclass(frozen=True, slots=True)
class CheckError:
    """A check that crashed: an error of the tool, never a finding and never silence."""

    rule: str
    document: str
    error: str


@dataclass(frozen=True, slots=True)
class Audit:
    """Everything a report may show.

    Attributes:
        story: the versions and their relations.
        segments: content segments of each document, by id.
        alignments: beads of each related pair.
        passages: across all versions of one text.
        findings: resolved, ranked: severity, then confidence, then place.
        documents: one result per document, in story order.
        beads: the fidelity of each bead measured.
        errors: checks that crashed.
        problems: input that could not be audited, one line each (file and remedy).
        rules: what was to be run, sorted by id.
        encoder: model, version, precision and device, such as
            `use-multilingual-v3/0.2.1/1 (8-bit embeddings, float32, cpu)`.
        version: of the auditor.
        metrics: what other measures say, beside fidelity and never in it.
    """

    story: Story
    segments: Mapping[str, tuple[Segment, ...]]
    alignments: tuple[Alignment, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    documents: tuple[DocumentResult, ...]
    beads: tuple[BeadScore, ...]
    errors: tuple[CheckError, ...]
    problems: tuple[str, ...]
    rules: tuple[Rule, ...]
    encoder: str
    version: str
    metrics: tuple[Metric, ...] = ()

    def text(self, document: str, start: int, end: int) -> str:
        """The characters of a document's file."""
        return self.story.document(document).raw[start:end]
