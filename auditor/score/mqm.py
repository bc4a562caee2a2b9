"""MQM: what the findings cost a version, as a score with its interval.

Source: MQM (themqm.org), linear scoring model without calibration: severity weights 0, 1, 5 and 25;
score = (1 - penalty / words) * 100. Other variants exist, so a score names its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from auditor.core import ConfigError, Finding, MqmScore, Rule, Segment, Severity, Tier
from auditor.lang import UNSPACED, base

SEVERITY_WEIGHTS = MappingProxyType(
    {Severity.NEUTRAL: 0.0, Severity.MINOR: 1.0, Severity.MAJOR: 5.0, Severity.CRITICAL: 25.0}
)
"""Source: MQM, default severity multipliers."""

CORE = (
    "Terminology",
    "Accuracy",
    "Linguistic conventions",
    "Style",
    "Locale conventions",
    "Audience appropriateness",
    "Design and markup",
    "Custom",
)
"""Source: MQM core, the top of its typology."""

FEW_WORDS = 300
"""Below this a single minor error moves the score by a third of a point and a major one by two:
such a score says little, and the report says so."""

PER_WORD = 1.7
"""Characters of a word in scripts without spaces. NTREX-128 has 1.7 Chinese characters for each
word of its English source."""

DRAWS = 1000
SEED = 1
"""Of the bootstrap: the same findings give the same interval."""

_WORD = re.compile(r"\w+(?:['’\N{HYPHEN}-]\w+)*")
_SIGN = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Weights:
    """What an error costs.

    Attributes:
        severities: penalty points by severity, 0 or more.
        types: by what the points of an MQM core type are multiplied; 1 where it is not named.
    """

    severities: Mapping[Severity, float] = field(default_factory=lambda: SEVERITY_WEIGHTS)
    types: Mapping[str, float] = field(default_factory=dict)

    @property
    def variant(self) -> str:
        """The formula with its numbers, so that a score can be told from one of another kind."""
        severities = " ".join(f"{s}={self.severities[s]:g}" for s in Severity)
        types = "".join(f" {name}*{weight:g}" for name, weight in sorted(self.types.items()))
        return f"MQM linear, (1 - penalty/words) * 100, {severities}{types}"


def read_weights(settings: Sequence[str]) -> Weights:
    """The weights of a project.

    Args:
        settings: `major=10` for a severity, `Style=0.5` for an MQM core type.

    Raises:
        ConfigError: a name is unknown, or a weight is no number of 0 or more.
    """
    severities = dict(SEVERITY_WEIGHTS)
    types: dict[str, float] = {}
    for setting in settings:
        name, _, written = setting.partition("=")
        name = name.strip()
        try:
            weight = float(written)
        except ValueError:
            weight = -1.0
        if not 0 <= weight < 1e6:
            raise ConfigError(
                f"weight {setting}", "is no number of 0 or more", "write it as major=5 or Style=0.5"
            )
        if name.lower() in set(Severity):
            severities[Severity(name.lower())] = weight
        elif core := next((c for c in CORE if c.lower() == name.lower()), None):
            types[core] = weight
        else:
            known = ", ".join([*Severity, *CORE])
            raise ConfigError(f"weight {setting}", "names no severity or MQM type", f"use {known}")
    return Weights(severities, types)


def mqm(
    document: str,
    segments: Sequence[Segment],
    findings: Sequence[Finding],
    rules: Sequence[Rule],
    weights: Weights | None = None,
) -> MqmScore | None:
    """The MQM score of one version.

    Args:
        document: its id.
        segments: its content segments.
        findings: resolved; those of the stable tier that nobody accepted count, each where it
            stands first.
        rules: say which type of MQM a finding is of.
        weights: of the project; those of MQM when None.

    Returns:
        The score, or None for a version without words.
    """
    weights = weights or Weights()
    words = [count_words(segment.text, segment.lang) for segment in segments]
    total = sum(words)
    if not total:
        return None
    types = {rule.id: rule.mqm.partition("/")[0] for rule in rules}
    counts: Counter[tuple[str, Severity]] = Counter()
    penalties = [0.0] * len(segments)
    starts = sorted(segment.span().start for segment in segments)
    for finding in findings:
        place = finding.spans[0]
        if finding.tier is not Tier.STABLE or finding.suppression or place.document != document:
            continue
        kind = types.get(finding.rule, "Custom")
        counts[kind, finding.severity] += 1
        cost = weights.severities[finding.severity] * weights.types.get(kind, 1.0)
        # In the last segment that begins at or before it: a finding on furniture counts too.
        penalties[max(0, bisect_right(starts, place.start) - 1)] += cost
    penalty = sum(penalties)
    low, high = _interval(words, penalties)
    return MqmScore(
        words=total,
        penalty=round(penalty, 2),
        score=_score(penalty, total),
        low=low,
        high=high,
        enough=total >= FEW_WORDS,
        variant=weights.variant,
        errors=tuple(
            (kind, severity.value, count)
            for (kind, severity), count in sorted(
                counts.items(), key=lambda item: (CORE.index(item[0][0]), -item[0][1].rank)
            )
        ),
    )


def count_words(text: str, lang: str) -> int:
    """The words of a text; where they are written without spaces, by its characters.

    `台灣有23` counts three signs as two words, and the number as one.
    """
    if base(lang) not in UNSPACED:
        return sum(1 for _ in _WORD.finditer(text))
    others = sum(1 for _ in _NUMBER.finditer(text))
    signs = sum(1 for match in _SIGN.finditer(text) if not match.group().isascii())
    return others + round(signs / PER_WORD)


def _score(penalty: float, words: int) -> float:
    """0 at the lowest: more penalty than words tells nothing more."""
    return round(max(0.0, (1 - penalty / words) * 100), 2)


def _interval(words: Sequence[int], penalties: Sequence[float]) -> tuple[float, float]:
    """The 95 % interval of the score over texts made of segments like these.

    Source: Efron 1979, the percentile bootstrap, with a fixed seed.
    """
    if not any(penalties):
        return 100.0, 100.0  # whatever is drawn
    import numpy as np

    lengths, costs = np.array(words, dtype=float), np.array(penalties)
    count = len(lengths)
    draw = np.random.default_rng(SEED)
    scores = np.empty(DRAWS)
    for start in range(0, DRAWS, 50):
        picked = draw.integers(0, count, (50, count))
        total = np.maximum(lengths[picked].sum(axis=1), 1)
        scores[start : start + 50] = (1 - costs[picked].sum(axis=1) / total) * 100
    low, high = np.quantile(np.maximum(scores, 0), (0.025, 0.975))
    return round(float(low), 2), round(float(high), 2)
