"""What the cache keeps of a whole audit is the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.encode import open_encoder
from auditor.pipeline import Run, all_rules, audit_story
from auditor.pipeline.checking import read_set
from auditor.pipeline.kept import dumps, loads_brief, loads_whole
from auditor.pipeline.tree import VersionSet

RULES = {rule.id: rule for rule in all_rules()}
CHOSEN = ("drift/number", "fidelity/omission", "spun/document")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "en.md").write_text(
        "# The &amp; bridge\n\nIt is 40 *metres* long.\n\nNobody lives there.\n", encoding="utf-8"
    )
    (folder / "fr.md").write_text("# Le pont\n\nIl mesure 50 *mètres*.\n", encoding="utf-8")
    return folder


def test_an_audit_comes_back_as_it_was(site: Path) -> None:
    one = VersionSet("{lang}.md", (("en.md", "en"), ("fr.md", "fr")))
    story, problems = read_set(one, site, "en")
    run = Run(open_encoder("use"), rules=tuple(RULES[id] for id in CHOSEN))
    audit = audit_story(story, run, problems)
    assert audit.findings
    brief, whole = dumps(audit, ["a note"])

    def text(id: str) -> tuple[str, str]:
        document = audit.story.document(id)
        return document.raw, document.path

    kept = loads_brief(brief, text, RULES)
    assert kept is not None
    assert kept.notes == ("a note",)
    assert kept.audit.findings == audit.findings
    assert kept.audit.documents == audit.documents
    again = loads_whole(whole, kept.audit)
    assert again == audit
    # Segments are equal by their place: their texts and maps must be too.
    for id, segments in audit.segments.items():
        mine = again.segments[id]
        assert [(s.text, s.offsets, s.lang, s.block, s.kind) for s in mine] == [
            (s.text, s.offsets, s.lang, s.block, s.kind) for s in segments
        ]


@pytest.mark.parametrize("value", [b"", b"{}", b"[1, 2]", b'{"story": []}', b"\xff"])
def test_what_is_no_audit_is_computed_anew(value: bytes) -> None:
    assert loads_brief(value, lambda name: (name, name), RULES) is None
