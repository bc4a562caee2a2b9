"""What the finders of facts cost, as a share of reading the same text for meaning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import process_time
from types import MappingProxyType
from typing import Any

from auditor.bench.drift import Line
from auditor.encode import Encoder
from auditor.pipeline.context import prepared
from auditor.text.arithmetic import find_misfits
from auditor.text.dates import find_dates
from auditor.text.modality import find_hedges
from auditor.text.names import find_names
from auditor.text.negation import find_negations
from auditor.text.opposites import find_opposites
from auditor.text.organisations import find_organisations
from auditor.text.places import find_places
from auditor.text.quantities import find_quantities
from auditor.text.speakers import find_speakers

FINDERS: Mapping[str, Callable[[str, str], object]] = MappingProxyType(
    {
        "dates": find_dates,
        "quantities": find_quantities,
        "arithmetic": find_misfits,
        "places": find_places,
        "names": find_names,
        "organisations": find_organisations,
        "opposites": find_opposites,
        "negation": find_negations,
        "modality": find_hedges,
        "speakers": find_speakers,
    }
)
"""In this order: quantities ask for dates, which an audit finds once for both."""
_WARM = 20
"""Sentences encoded first, so that the model is loaded."""


def measure_finders(lines: Sequence[Line], encoder: Encoder) -> dict[str, dict[str, float]]:
    """Processor seconds of the encoder and of each finder on the same sentences.

    Args:
        lines: of the clean corpus; sources and targets are both read.
        encoder: opened without a cache.

    Returns:
        By language tag, and pooled as `all`: `sentences`, `encoder`, and each name of `FINDERS`.
    """
    texts: dict[str, dict[str, None]] = {}
    for line in lines:
        texts.setdefault("en", {})[line.source] = None
        texts.setdefault(line.lang, {})[line.target] = None
    measured: dict[str, dict[str, float]] = {}
    for lang, own in texts.items():
        sentences = list(own)
        row = {"sentences": float(len(sentences)), "encoder": _encoding(sentences, lang, encoder)}
        for name, find in FINDERS.items():
            row[name] = _finding(find, sentences, lang)
        measured[lang] = row
    names = ("sentences", "encoder", *FINDERS)
    measured["all"] = {n: sum(row[n] for row in measured.values()) for n in names}
    return measured


def _encoding(sentences: Sequence[str], lang: str, encoder: Encoder) -> float:
    ready = [prepared(text, lang) for text in sentences]
    encoder.encode(ready[:_WARM])
    start = process_time()
    encoder.encode(ready)
    return process_time() - start


def _finding(find: Any, sentences: Sequence[str], lang: str) -> float:
    # Once for nothing: tables of a language are loaded when a text needs them.
    for text in sentences:
        find(text, lang)
    if hasattr(find, "cache_clear"):
        find.cache_clear()
    start = process_time()
    for text in sentences:
        find(text, lang)
    return process_time() - start


def speed_table(measured: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The figures as lines of text: microseconds a sentence, and the share of the encoder's."""
    columns = ("encoder", *FINDERS)
    head = f"{'us a sentence':<14}{'sentences':>10}"
    lines = [head + "".join(f"{name:>11}" for name in columns) + f"{'finders':>11}{'share':>8}"]
    for lang, row in measured.items():
        total = sum(row[name] for name in FINDERS)
        size = max(row["sentences"], 1)
        cells = "".join(f"{1e6 * row[name] / size:>11.0f}" for name in columns)
        share = total / row["encoder"] if row["encoder"] else 0.0
        lines.append(
            f"{lang:<14}{size:>10.0f}{cells}{1e6 * total / size:>11.0f}{f'{share:.1%}':>8}"
        )
    return lines
