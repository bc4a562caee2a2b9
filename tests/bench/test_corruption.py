from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from auditor.bench.corruption import parallel_documents
from auditor.cli.bench import command
from auditor.core import ConfigError


def folder(path: Path) -> Path:
    (path / "document_ids.txt").write_text("a\na\nb\n", encoding="utf-8")
    (path / "eng.txt").write_text("One.\nTwo.\nThree.\n", encoding="utf-8")
    (path / "zho-TW.txt").write_text("一。\n二。\n三。\n", encoding="utf-8")
    return path


def test_lines_are_grouped_by_document_and_language(tmp_path: Path) -> None:
    first, second = parallel_documents(folder(tmp_path))
    assert first.text("en") == "One.\n\nTwo."
    assert second.texts == {"en": ("Three.",), "zh-Hant": ("三。",)}


def test_files_of_other_lengths_are_refused(tmp_path: Path) -> None:
    (folder(tmp_path) / "fra.txt").write_text("Un.\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="another number of lines"):
        parallel_documents(tmp_path)


def test_figures_come_a_second_time_without_what_the_articles_hold(tmp_path: Path) -> None:
    made = CliRunner().invoke(
        command, ["corruption", str(folder(tmp_path)), "--part=spam", "--no-cache", "--quiet"]
    )
    assert made.exit_code == 0, made.output
    first, second = made.output.split("spam without the entries that the articles of the tests")
    name = "spam zh-Hant, alone: known terms as a sentence"
    assert name in first
    assert name in second
