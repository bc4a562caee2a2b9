from __future__ import annotations

from pathlib import Path

import pytest

from auditor.core import ReadError
from auditor.read.pairs import Pair, read_pairs


def written(folder: Path, text: str, name: str = "pairs.tsv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_columns_are_found_by_name_and_quotes_are_text(tmp_path: Path) -> None:
    text = 'target\tscore\tid\tsource\n"Oui" dit-il\t3\t7\tHe said "yes"\n'
    assert read_pairs(written(tmp_path, text)) == (Pair("7", 'He said "yes"', '"Oui" dit-il'),)


def test_empty_sides_and_windows_line_ends_are_kept(tmp_path: Path) -> None:
    text = "id\tsource\ttarget\r\n1\tGone.\t\r\n"
    assert read_pairs(written(tmp_path, text)) == (Pair("1", "Gone.", ""),)


@pytest.mark.parametrize(
    ("text", "name", "words"),
    [
        ("a\tb\n1\t2\n", "pairs.tsv", "header row with id, source, target"),
        ("id\tsource\ttarget\n1\tonly\n", "pairs.tsv", "line 2 has 2 columns"),
        ("id\tsource\ttarget\n", "pairs.docx", "tab-separated values"),
    ],
    ids=["no-header", "short-row", "other-format"],
)
def test_a_wrong_file_is_named_with_its_remedy(
    tmp_path: Path, text: str, name: str, words: str
) -> None:
    with pytest.raises(ReadError, match=words):
        read_pairs(written(tmp_path, text, name))


def test_a_missing_file_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="cannot be read"):
        read_pairs(tmp_path / "none.tsv")
