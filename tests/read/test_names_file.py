from __future__ import annotations

from pathlib import Path

import pytest

from auditor.core import ConfigError, KnownName
from auditor.read.names import read_names
from auditor.text.known_names import find_forbidden, find_known

GOOD = """\
schema = 1

[[name]]
name = "Mariupol"
never = ["Mariopol"]
forms = { fr = "Marioupol", zh-Hant = ["馬里烏波爾", "馬立波"] }
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "names.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_names_file_gives_names_with_forms_and_forbidden_forms(tmp_path: Path) -> None:
    (name,) = read_names(written(tmp_path, GOOD))
    assert name == KnownName(
        "Mariupol",
        (("fr", "Marioupol"), ("zh-Hant", "馬里烏波爾"), ("zh-Hant", "馬立波")),
        ("Mariopol",),
    )
    assert [name.written(tag) for tag in ("fr", "zh-Hant", "it")] == [
        "Marioupol",
        "馬里烏波爾",
        "Mariupol",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("schema = 1\n[[name]]\nnmae = 'A'\n", ":2: unknown key 'nmae' in [[name]]; did you mean"),
        ("schema = 1\n\n[[name]]\nname = ''\n", ":3: 'name' is missing or no text"),
        ("[[name]]\nname = 'A'\n", "schema is missing or unknown; write: schema = 1"),
        ("schema = 1\nname = 3\n", "write each name as [[name]]"),
        ("schema = 1\n[[name]]\nname = 'A'\nforms = {'!!' = 'B'}\n", "is no language tag"),
        ("schema = 1\n[[name]]\nname = 'A'\nnever = ['A']\n", "both a form of A and never one"),
        ("schema = 1\n[[name]]\nname = 'A'\nnever = 'B'\n", "write: never = "),
        ("schema = 1\n[[name]\n", "is not valid TOML"),
        ("schema = 1\n[[name]]\nname = '" + "A" * 300 + "'\n", "is longer than 200"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_remedy(
    tmp_path: Path, text: str, told: str
) -> None:
    with pytest.raises(ConfigError) as error:
        read_names(written(tmp_path, text))
    assert told in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_names(tmp_path / "names.toml")


def test_forms_are_found_as_whole_words(tmp_path: Path) -> None:
    names = read_names(written(tmp_path, GOOD))
    text = "Marioupol, Mariupols, 在馬立波市"
    facts = find_known(text, names)
    assert [(f.value, text[f.start : f.end]) for f in facts] == [
        ("Mariupol", "Marioupol"),
        ("Mariupol", "馬立波"),
    ]


def test_forbidden_forms_are_found(tmp_path: Path) -> None:
    names = read_names(written(tmp_path, GOOD))
    assert [(n.name, a, b) for n, a, b in find_forbidden("in Mariopol", names)] == [
        ("Mariupol", 3, 11)
    ]
    assert list(find_forbidden("in Mariopol", ())) == []
