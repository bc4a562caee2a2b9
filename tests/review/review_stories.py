"""A small audited story for the tests of the review, and one full of hostile text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from auditor.review.given import Given

ENGLISH = "The gate opened in 1987. It cost 90 million.\n"
FRENCH = "La porte fut ouverte en 1981. Elle a coûté 80 millions.\n"
HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> "
    "[a](javascript:alert(1)) \N{RIGHT-TO-LEFT OVERRIDE}evil </textarea><svg onload=alert(1)> "
    "1999.\n"
)


def finding(
    document: str, text: str, marked: str, *, fingerprint: str, **changed: Any
) -> dict[str, Any]:
    """A finding at the first place of `marked`."""
    start = text.index(marked)
    span = {"document": document, "start": start, "end": start + len(marked), "text": marked}
    return {
        "rule": "drift/date",
        "tier": "stable",
        "severity": "critical",
        "confidence": 0.9,
        "message": f"“{marked}” differs.",
        "spans": [span],
        "evidence": [],
        "repair": None,
        "values": [marked],
        "fingerprint": fingerprint,
        "suppression": None,
        "baseline": None,
        **changed,
    }


def report(
    name: str, texts: Mapping[str, tuple[str, str]], findings: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """A report of schema audit-1, as far as the review reads it; one passage a text."""
    spans = {id: [{"start": 0, "end": len(text.rstrip())}] for id, (_, text) in texts.items()}
    return {
        "schema_version": "1.1",
        "tool": {"name": "translation-auditor", "version": "0"},
        "story": {"name": name, "source": None, "date": "2024-11-12", "outlet": "Courier",
                  "relations": []},
        "encoder": "none",
        "documents": [
            {"id": id, "lang": lang, "length": len(text), "fidelity": 90.0,
             "sha256": sha256(text.encode()).hexdigest()}
            for id, (lang, text) in texts.items()
        ],
        "passages": [{"index": 0, "confidence": 1.0, "spans": spans}],
        "findings": list(findings),
    }  # fmt: skip


def gates(name: str = "Gates", *, findings: Sequence[Mapping[str, Any]] | None = None) -> Given:
    """Two versions with two findings: a year with a repair, and a sum without."""
    held = (
        [
            finding("fr.txt", FRENCH, "1981", fingerprint="1:a:0", repair="1987"),
            finding(
                "fr.txt", FRENCH, "80", fingerprint="1:b:0", severity="major", rule="drift/number"
            ),
        ]
        if findings is None
        else findings
    )
    texts = {"en.txt": ("en", ENGLISH), "fr.txt": ("fr", FRENCH)}
    return Given(report(name, texts, held), {"en.txt": ENGLISH, "fr.txt": FRENCH})


def many(name: str, count: int) -> Given:
    """One version of `count` numbered sentences, each with a finding that has a repair."""
    sentences = [f"Sentence {n} has a fault{n}." for n in range(count)]
    text = " ".join(sentences) + "\n"
    findings = [
        finding(
            "en.txt",
            text,
            f"fault{n}.",
            fingerprint=f"1:{n}:0",
            repair=f"virtue{n}.",
            confidence=round(0.99 - n / 1000, 3),
        )
        for n in range(count)
    ]
    return Given(report(name, {"en.txt": ("en", text)}, findings), {"en.txt": text})


def hostile() -> Given:
    """A story in which everything is hostile: name, text, message, values and repair."""
    name = "<script>document.title='owned'</script>"
    found = finding(
        "en.txt",
        HOSTILE,
        "1999",
        fingerprint="1:<b>:0",
        message=HOSTILE.strip(),
        repair="</textarea><script>document.title='owned'</script>",
        rule="drift/<i>",
        values=["<img src=x onerror=alert(1)>"],
    )
    marked = finding("en.txt", HOSTILE, HOSTILE[:80], fingerprint="1:c:0")
    held = report(name, {"en.txt": ("en", HOSTILE)}, [found, marked])
    return Given(held, {"en.txt": HOSTILE})
