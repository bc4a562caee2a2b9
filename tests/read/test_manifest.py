from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from auditor.core import ConfigError, RelationKind
from auditor.read.manifest import read_manifest

SOUND = """
schema = 1
title = "Bridge"
date = 2026-03-02
source = "en.txt"
[[document]]
file = "en.txt"
lang = "en"
[[document]]
file = "fr.txt"
[[relation]]
documents = ["fr.txt", "en.txt"]
kind = "translation"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "story.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_manifest_says_what_it_says(tmp_path: Path) -> None:
    manifest = read_manifest(written(tmp_path, SOUND))
    assert manifest.date == date(2026, 3, 2)
    assert [d.file for d in manifest.documents] == ["en.txt", "fr.txt"]
    assert [d.lang for d in manifest.documents] == ["en", None]
    (relation,) = manifest.relations
    assert (relation.left, relation.right) == ("en.txt", "fr.txt")
    assert relation.kind is RelationKind.TRANSLATION


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SOUND.replace("title", "tittle"), ["unknown key 'tittle'", "did you mean 'title'"]),
        (SOUND.replace('lang = "en"', 'language = "en"'), ["unknown key 'language'"]),
        (SOUND.replace('"fr.txt"', '"../fr.txt"'), ["no path inside the root"]),
        (SOUND.replace('"fr.txt"', '"/etc/passwd"'), ["no path inside the root"]),
        (SOUND.replace("translation", "copy"), ["unknown relation 'copy'", "translation"]),
        (SOUND.replace('source = "en.txt"', 'source = "de.txt"'), ["'de.txt'", "en.txt"]),
        (SOUND.replace("schema = 1", "schema = 2"), ["schema", "schema = 1"]),
        (SOUND.replace('title = "Bridge"', "title = 3"), ["'title'", "is not a str"]),
        ("schema = 1\n", ["names no document"]),
        ("schema = \n", ["not valid TOML", "line 1"]),
        ('document = ["a"]\nschema = 1\n', ["not a table"]),
    ],
    ids=lambda value: value[0][:24] if isinstance(value, list) else "",
)
def test_a_wrong_manifest_is_named_with_place_and_remedy(
    tmp_path: Path, text: str, words: list[str]
) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        read_manifest(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    for word in words:
        assert word in message


def test_a_missing_manifest_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_manifest(tmp_path / "none.toml")


@pytest.mark.parametrize("lang", ["!!", "<b>", "the language of the moon", ""])
def test_a_language_that_is_no_tag_is_an_error(tmp_path: Path, lang: str) -> None:
    path = tmp_path / "story.toml"
    path.write_text(
        f'schema = 1\n[[document]]\nfile = "en.txt"\nlang = "{lang}"\n', encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=r"lang .* of en\.txt is no language tag"):
        read_manifest(path)
