"""The figures of corrupted text, part by part, each a second time without what articles hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from auditor.bench import corruption_spam, corruption_spun, corruption_variant
from auditor.bench.corruption import Parallel, Row, table
from auditor.bench.thesaurus import Thesaurus
from auditor.lang import without_seen
from auditor.pipeline import Run, encoder_of

LANGUAGES = ("en", "fr", "it", "zh-Hans", "zh-Hant")
PARTS = ("spun", "spam", "variant")
LISTED = ("spun", "spam")
"""Parts with word lists that hold something of the articles of the tests."""


def lines(
    documents: Sequence[Parallel],
    run: Run,
    seed: int,
    thesauri: Mapping[str, Thesaurus],
    parts: Sequence[str] = PARTS,
    languages: Sequence[str] = LANGUAGES,
    *,
    only_without: bool = False,
) -> Iterator[str]:
    """What is printed, a table after the other as they are ready.

    Args:
        documents: clean ones.
        run: encoder and cache.
        seed: of every draw.
        thesauri: by base tag, for the spinner.
        parts: some of `PARTS`.
        languages: some of `LANGUAGES`.
        only_without: leave out the first printing, with all entries.
    """
    asked = [part for part in PARTS if part in parts]
    known: dict[str, tuple[Sequence[str], Callable[..., Iterator[Row]]]] = {
        "spun": (corruption_spun.LANGUAGES, partial(corruption_spun.rows, thesauri=thesauri)),
        "spam": (corruption_spam.LANGUAGES, corruption_spam.rows),
        "variant": (corruption_variant.LANGUAGES, corruption_variant.rows),
    }

    def measured(part: str, run: Run) -> list[str]:
        own, count = known[part]
        chosen = [tag for tag in own if tag in languages]
        return table(list(count(documents, run, seed, languages=chosen)))

    for part in asked if not only_without else ():
        yield from measured(part, run)
    # Vectors may come from the cache; what it holds of findings was found with all entries.
    vectors_kept = replace(run, encoder=encoder_of(run), store=None)
    with without_seen():
        for part in asked:
            if part in LISTED:
                yield f"{part} without the entries that the articles of the tests hold:"
                yield from measured(part, vectors_kept)
