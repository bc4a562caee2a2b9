from __future__ import annotations

from pathlib import Path

import pytest

from auditor.core import Finding, Tier
from auditor.encode import Encoder, open_encoder
from auditor.pipeline import Run, all_rules, audit_story, load_story

NAMES = """\
schema = 1

[[name]]
name = "Orla Finnegan"
forms = { fr = "Orla Finnegan", zh-Hans = ["奥拉·芬尼根", "欧拉"] }

[[name]]
name = "Petra Novak"
never = ["Petra Nowack"]
forms = { zh-Hans = "佩特拉·诺瓦克" }
"""


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder("use")


def audited(folder: Path, encoder: Encoder, names: str, **versions: str) -> list[Finding]:
    for tag, text in versions.items():
        (folder / f"{tag}.txt").write_text(text, encoding="utf-8")
    (folder / "names.toml").write_text(names, encoding="utf-8")
    languages = {f"{tag}.txt": {"zh": "zh-Hans"}.get(tag, tag) for tag in versions}
    story = load_story([folder], languages=languages, source="en.txt").story
    rules = tuple(rule for rule in all_rules() if rule.id.startswith("drift/name"))
    return list(audit_story(story, Run(encoder, rules=rules)).findings)


def test_one_listed_name_in_the_place_of_another_is_repaired_from_the_list(
    tmp_path: Path, encoder: Encoder
) -> None:
    findings = audited(
        tmp_path,
        encoder,
        NAMES,
        en="Petra Novak opened the exhibition of modern glass on Friday evening.",
        zh="欧拉周五晚上为现代玻璃展览揭幕。",
    )
    assert [(f.rule, f.tier, f.repair) for f in findings] == [
        ("drift/name", Tier.STABLE, "佩特拉·诺瓦克")
    ]


def test_listed_forms_are_one_name_however_they_sound(tmp_path: Path, encoder: Encoder) -> None:
    findings = audited(
        tmp_path,
        encoder,
        NAMES,
        en="Orla Finnegan opened the exhibition of modern glass on Friday evening.",
        zh="欧拉周五晚上为现代玻璃展览揭幕。",
    )
    assert findings == []


def test_a_form_that_the_project_never_writes_is_found(tmp_path: Path, encoder: Encoder) -> None:
    findings = audited(
        tmp_path,
        encoder,
        NAMES,
        en="Petra Novak opened the exhibition of modern glass on Friday evening.",
        fr="Petra Nowack a inauguré vendredi soir l’exposition de verre moderne.",
    )
    assert [(f.rule, f.tier, f.repair, f.spans[0].start, f.spans[0].end) for f in findings] == [
        ("drift/name-spelling", Tier.STABLE, "Petra Novak", 0, 12)
    ]
