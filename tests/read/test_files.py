"""Files and strings to documents, and one clear line for every file that is none."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.core import BlockKind, ReadError
from auditor.read import document_from_text, files, read_document


@pytest.fixture
def story(tmp_path: Path) -> Path:
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "a.txt").write_bytes("Les vannes.\r\n\r\nElles ont cédé.".encode())
    return tmp_path


def test_document_is_named_by_its_path_in_the_story(story: Path) -> None:
    document = read_document(story / "fr" / "a.txt", story, lang="fr")
    assert (document.id, document.lang, document.lang_declared) == ("fr/a.txt", "fr", True)
    assert document.raw == "Les vannes.\r\n\r\nElles ont cédé."
    assert [block.text for block in document.blocks] == ["Les vannes.", "Elles ont cédé."]
    assert document.encoding == "utf-8"


def test_language_is_open_where_nobody_says_it(story: Path) -> None:
    document = read_document(story / "fr" / "a.txt", story)
    assert (document.lang, document.lang_declared) == ("und", False)


def test_page_hints_at_its_language_without_declaring_it(tmp_path: Path) -> None:
    (tmp_path / "a.HTM").write_text("<html lang=it><p>Le paratoie.", encoding="utf-8")
    document = read_document(tmp_path / "a.HTM", tmp_path)
    assert (document.lang, document.lang_declared) == ("it", False)
    assert document.blocks[0].text == "Le paratoie."


def test_string_is_a_document_too() -> None:
    document = document_from_text("<p>A&amp;B", "x", lang="en", html=True)
    assert (document.id, document.path, document.blocks[0].text) == ("x", "x", "A&B")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "the file is empty; give a file with text"),
        ("a.txt", b" \n\t\xc2\xa0\n", "the file is empty"),
        ("a.html", b"<html><body></body></html>", "the page shows no text"),
        ("a.html", b"<p hidden>x</p>", "the page shows no text"),
        ("a.docx", b"PK\x03\x04", "a zip container, such as .docx"),
        ("a.po", b'msgid ""', r"files ending in \.po are not read; give plain text"),
        ("a.txt", b"\x00\x01\x02", "byte 1 is zero"),
    ],
)
def test_file_without_text_is_one_line(
    tmp_path: Path, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError, match=message) as caught:
        read_document(tmp_path / name, tmp_path)
    assert str(caught.value).startswith(str(tmp_path / name))


def test_missing_file_and_folder_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="there is no such file; check the path"):
        read_document(tmp_path / "none.txt", tmp_path)
    with pytest.raises(ReadError, match="this is a folder; give a file"):
        read_document(tmp_path, tmp_path)


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(ReadError, match="not a regular file"):
        read_document(tmp_path / "a.txt", tmp_path)


def test_link_out_of_the_story_is_not_followed(tmp_path: Path, story: Path) -> None:
    inside = tmp_path / "story"
    inside.mkdir()
    (inside / "a.txt").symlink_to(story / "fr" / "a.txt")
    with pytest.raises(ReadError, match="leads outside the folder"):
        read_document(inside / "a.txt", inside)
    with pytest.raises(ReadError, match="lies outside the folder"):
        read_document(story / "fr" / "a.txt", inside)


def test_link_within_the_story_keeps_its_name(story: Path) -> None:
    (story / "b.txt").symlink_to(story / "fr" / "a.txt")
    assert read_document(story / "b.txt", story).id == "b.txt"


def test_circle_of_links_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    with pytest.raises(ReadError, match=r"a circle|cannot be read|no such file"):
        read_document(tmp_path / "a.txt", tmp_path)


def test_endless_line_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Title\n\n" + b"word " * 2_000_000)
    with pytest.raises(ReadError, match="paragraph at line 3 has 9,999,999 characters"):
        read_document(tmp_path / "a.txt", tmp_path)


def test_file_over_the_bound_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 1024 * 1024)
    (tmp_path / "a.txt").write_bytes(b"word\n" * 300_000)
    with pytest.raises(ReadError, match="larger than 1 MiB; split it"):
        read_document(tmp_path / "a.txt", tmp_path)


def test_file_of_too_many_lines_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_LINES", 1000)
    (tmp_path / "a.txt").write_bytes(b"word\n" * 1001)
    with pytest.raises(ReadError, match=r"it has 1,001 lines, and 1,000 is the most; split it"):
        read_document(tmp_path / "a.txt", tmp_path)


def test_real_articles_keep_every_character(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        document = read_document(path, shared / "seeds")
        kept = "".join(block.text for block in document.blocks)
        assert "".join(kept.split()) == "".join(document.raw.split())
        assert all(block.kind is not BlockKind.HIDDEN for block in document.blocks)
