"""String metrics against a reference, with the signature that makes them repeatable.

Source: BLEU (Papineni et al. 2002), chrF++ (Popović 2017) and TER (Snover et al. 2006), all as
computed by sacrebleu (Post 2018).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from auditor.core import ConfigError, Metric
from auditor.lang import base, joiner
from auditor.text.word_list import word_list

MOST_WORDS = 400
"""Words of a text that are compared one by one."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a rewrite says otherwise: words of the original and what stands for them.

    Attributes:
        original: words, one space between them; empty for an insertion.
        rewrite: likewise; empty for a deletion.
    """

    original: str
    rewrite: str


def corpus_metrics(
    hypotheses: Sequence[str], references: Sequence[str], lang: str
) -> tuple[Metric, ...]:
    """chrF++, BLEU and TER of many texts together.

    Args:
        hypotheses: the translations; at least one.
        references: one for each.
        lang: BCP 47 tag of both, which says how BLEU cuts words.

    Raises:
        ConfigError: there are more of one than of the other, or none.
    """
    if len(hypotheses) != len(references):
        raise ConfigError(
            "reference",
            f"has {len(references)} segments for {len(hypotheses)} translations",
            "give one reference for each segment, in their order",
        )
    if not hypotheses:
        raise ConfigError("reference", "is empty", "give one reference for each segment")
    found = []
    for name, metric in _metrics(lang).items():
        score = metric.corpus_score(list(hypotheses), [list(references)])
        found.append(Metric(name, round(float(score.score), 2), str(metric.get_signature())))
    return tuple(found)


def segment_metrics(hypothesis: str, reference: str, lang: str) -> dict[str, float]:
    """The same of one segment, by name; BLEU with the effective order of short texts."""
    return {
        name: round(float(metric.sentence_score(hypothesis, [reference]).score), 2)
        for name, metric in _metrics(lang).items()
    }


def in_one_script(text: str, lang: str) -> str:
    """A text as metrics compare it: Chinese in simplified characters, others as they are."""
    from auditor.text.chinese import to_simplified_phrases

    return to_simplified_phrases(text, lang) if base(lang) == "zh" else text


def _metrics(lang: str) -> dict[str, Any]:
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    asian = base(lang) in ("zh", "ja", "ko", "th")
    cut = "zh" if base(lang) == "zh" else "char" if asian else "13a"
    return {
        "chrf": CHRF(word_order=2),
        "bleu": BLEU(tokenize=cut, effective_order=True),
        "ter": TER(normalized=asian, asian_support=asian),
    }


def replacements(original: str, rewrite: str, lang: str) -> tuple[Replacement, ...]:
    """What was replaced in a rewrite, phrase by phrase, in the order of the original.

    Args:
        original: a passage.
        rewrite: the same passage of the rewrite, in the same language.
        lang: their BCP 47 tag.
    """
    left, right = (word_list(text, lang)[:MOST_WORDS] for text in (original, rewrite))
    matcher = SequenceMatcher(
        None,
        [word.casefold() for word in left],
        [word.casefold() for word in right],
        autojunk=False,
    )
    between = joiner(lang)
    return tuple(
        Replacement(between.join(left[i1:i2]), between.join(right[j1:j2]))
        for kind, i1, i2, j1, j2 in matcher.get_opcodes()
        if kind != "equal"
    )
