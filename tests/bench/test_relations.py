"""The table of relations says what was found for what."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from auditor.bench.relations import CASES, confusion, relation_table
from auditor.core import ConfigError, RelationKind
from auditor.encode import open_encoder
from auditor.pipeline import Run


def test_the_share_of_right_answers_is_that_of_the_relation_wanted() -> None:
    counts = Counter({RelationKind.UNRELATED: 3, RelationKind.COMPARABLE: 1})
    head, row = relation_table({"neighbour": counts})
    assert head.split() == ["case", *(kind.value for kind in RelationKind), "right"]
    assert row.split() == ["neighbour", "0", "0", "1", "3", "75.0%"]


def test_news_documents_are_told_apart(shared: Path, tmp_path: Path) -> None:
    source = shared / "bench" / "ntrex-dev"
    names = (source / "document_ids.txt").read_text(encoding="utf-8").splitlines()
    first = list(dict.fromkeys(names))[:4]
    kept = [at for at, name in enumerate(names) if name in first]
    for file in ("document_ids", "eng", "zho-TW"):
        lines = (source / f"{file}.txt").read_text(encoding="utf-8").split("\n")
        written = "".join(f"{lines[at]}\n" for at in kept)
        (tmp_path / f"{file}.txt").write_text(written, encoding="utf-8")
    found = confusion(tmp_path, Run(open_encoder("use")))
    assert list(found) == list(CASES)
    assert found["same text"] == {RelationKind.TRANSLATION: 4}
    assert found["a third lost"] == {RelationKind.TRANSLATION: 4}
    assert found["half shared"] == {RelationKind.COMPARABLE: 4}
    assert found["neighbour"] == {RelationKind.UNRELATED: 4}


def test_one_document_has_no_neighbour(tmp_path: Path) -> None:
    for file in ("document_ids", "eng", "fra"):
        (tmp_path / f"{file}.txt").write_text("a\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="holds one document"):
        confusion(tmp_path, Run(open_encoder("use")))
