"""The JSON report: a contract that other programs read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from report_samples import make_audit, make_clean, make_hostile

from auditor.core import Audit, DocumentScore
from auditor.report import schema, to_json, to_json_text

HOSTILE = "a\ud800\x1b[31m\u202eb\x00</script>"


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    return Draft202012Validator(schema(), format_checker=FormatChecker())


@pytest.mark.parametrize(
    "audit",
    [
        pytest.param(make_audit(), id="everything"),
        pytest.param(make_clean(make_audit()), id="nothing-found"),
        pytest.param(make_hostile(make_audit(), HOSTILE), id="hostile"),
        pytest.param(replace(make_audit(), passages=(), beads=()), id="no-passages"),
    ],
)
def test_every_report_is_valid_against_the_schema(
    audit: Audit, validator: Draft202012Validator
) -> None:
    validator.validate(to_json(audit))
    assert json.loads(to_json_text(audit)) == to_json(audit)


def test_schema_is_itself_valid() -> None:
    Draft202012Validator.check_schema(schema())


def _objects(node: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        yield at, node
        for key, value in node.items():
            yield from _objects(value, f"{at}/{key}")
    elif isinstance(node, list):
        for i, value in enumerate(node):
            yield from _objects(value, f"{at}/{i}")


def test_schema_describes_every_property_and_closes_every_object() -> None:
    for at, node in _objects(schema()):
        if node.get("type") == "object":
            assert "additionalProperties" in node, at
        for name, value in node.get("properties", {}).items():
            described = "description" in value or "$ref" in value
            assert described, f"{at}/{name}"


def test_unknown_key_is_refused_by_the_schema(validator: Draft202012Validator) -> None:
    report = to_json(make_audit())
    report["findings"][0]["line"] = 3
    with pytest.raises(ValidationError):
        validator.validate(report)


def test_finding_points_at_exact_code_points_with_its_text() -> None:
    audit = make_audit()
    first = to_json(audit)["findings"][0]
    raw = audit.story.document("fr.txt").raw
    assert first["rule"] == "drift/date"
    assert first["spans"] == [
        {
            "document": "fr.txt",
            "start": raw.index("2012"),
            "end": raw.index("2012") + 4,
            "text": "2012",
        }
    ]
    assert [e["document"] for e in first["evidence"]] == [
        "en.txt",
        "it.txt",
        "zh-Hant.txt",
        "autre/fr.txt",
    ]
    assert first["evidence"][3]["text"] == "4 mai 2021"
    assert first["evidence"][3]["note"] == "another article: 2021"
    assert first["repair"] == "2021"


def test_deletion_and_no_proposal_are_told_apart() -> None:
    repairs = {f["rule"]: f["repair"] for f in to_json(make_audit())["findings"]}
    assert repairs["spam/injected"] == ""
    assert repairs["fidelity/omission"] is None


def test_document_carries_scores_verdicts_and_what_was_not_checked() -> None:
    documents = {d["id"]: d for d in to_json(make_audit())["documents"]}
    english, other = documents["en.txt"], documents["autre/fr.txt"]
    assert english["verdicts"] == {"spun": 0.96}
    assert english["verdict_reasons"] == {"spun": "3 phrases in 2 of 6 passages, none in others"}
    assert english["fidelity"] == 71.4
    assert english["fidelity_parts"] == {"coverage": 0.83, "similarity": 0.712}
    assert other["fidelity"] is None
    assert other["coverage"] is None
    assert other["rules_not_run"] == [
        {"rule": "spun/document", "reason": "language fr not supported"}
    ]


def test_hash_is_that_of_the_file_in_utf8() -> None:
    audit = make_audit()
    raw = audit.story.document("zh-Hant.txt").raw
    held = next(d for d in to_json(audit)["documents"] if d["id"] == "zh-Hant.txt")
    assert held["sha256"] == sha256(raw.encode("utf-8")).hexdigest()
    assert held["length"] == len(raw)


def test_passage_leaves_out_the_version_that_lacks_it() -> None:
    audit = make_audit()
    passage = to_json(audit)["passages"][4]
    assert list(passage["spans"]) == ["en.txt", "it.txt", "zh-Hant.txt"]
    texts = [audit.text("en.txt", s["start"], s["end"]) for s in passage["spans"]["en.txt"]]
    assert texts[0] == "Not everyone is happy."
    assert texts[1].startswith("Fishermen say")


def test_counts_keep_tiers_apart() -> None:
    counts = to_json(make_audit())["counts"]
    assert counts["by_tier"] == {"stable": 8, "preview": 2}
    assert counts["by_severity"]["stable"] == {
        "critical": 2,
        "major": 3,
        "minor": 2,
        "neutral": 1,
    }
    assert counts["by_severity"]["preview"]["minor"] == 1
    assert counts["by_rule"]["spun/phrase"] == 3


def test_lone_surrogate_keeps_offsets_and_can_be_written() -> None:
    report = to_json(make_hostile(make_audit(), HOSTILE))
    to_json_text(make_hostile(make_audit(), HOSTILE)).encode("utf-8")
    evidence = report["findings"][0]["evidence"][0]
    assert len(evidence["text"]) == evidence["end"] - evidence["start"]
    assert evidence["text"].startswith("a\N{REPLACEMENT CHARACTER}\x1b")
    assert report["documents"][0]["id"].startswith("a\\ud800")


def test_value_that_is_no_number_becomes_null() -> None:
    audit = make_audit()
    first = audit.documents[0]
    broken = DocumentScore("en.txt", float("nan"), 1.0, "", {"similarity": float("inf")})
    held = replace(audit, documents=(replace(first, score=broken), *audit.documents[1:]))
    document = to_json(held)["documents"][0]
    assert document["fidelity"] is None
    assert document["fidelity_parts"] == {"similarity": None}


def test_same_audit_gives_the_same_bytes() -> None:
    assert to_json_text(make_audit()) == to_json_text(make_audit.__wrapped__())
