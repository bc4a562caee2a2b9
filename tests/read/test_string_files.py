"""JSON and YAML string files: every character of a string leads back to what stands in the file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from auditor.core import Block, ReadError
from auditor.read import read_document
from auditor.read.json_strings import json_strings
from auditor.read.yaml_strings import yaml_strings

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
TREES = st.recursive(
    TEXTS | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


def strings(tree: object) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    inner = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [text for entry in inner for text in strings(entry)]


def there(raw: str, block: Block, quote: str) -> str:
    """What stands in the file where a block says `quote`."""
    at = block.text.index(quote)
    start, end = block.offsets.to_origin(at, at + len(quote))
    return raw[start:end]


@given(tree=TREES, ascii_only=st.booleans())
def test_every_string_of_json_is_found_and_each_character_leads_to_its_escape(
    *, tree: object, ascii_only: bool
) -> None:
    raw = json.dumps([tree], ensure_ascii=ascii_only, indent=1)
    blocks = json_strings(raw, "x.json")
    assert [block.text for block in blocks] == strings(tree)
    for block in blocks:
        start, end = block.offsets.to_origin(0, len(block.text))
        assert json.loads(f'"{raw[start:end]}"') == block.text
        for at, character in enumerate(block.text):
            start, end = block.offsets.to_origin(at, at + 1)
            assert json.loads(f'"{raw[start:end]}"') == character


@given(
    tree=TREES,
    ascii_only=st.booleans(),
    style=st.sampled_from(['"', "'", "|", ">", None]),
    width=st.integers(8, 80),
)
def test_every_string_of_yaml_is_found_whatever_its_style(
    *, tree: object, ascii_only: bool, style: str | None, width: int
) -> None:
    raw = yaml.safe_dump([tree], allow_unicode=not ascii_only, default_style=style, width=width)
    held = yaml.safe_load(raw)
    wanted = [text for text in strings(held) if text.strip()]
    assert [block.text for block in yaml_strings(raw, "x.yaml")] == wanted


def test_keys_name_the_strings_and_numbers_are_none() -> None:
    raw = '{"a": {"b": "one", "list": ["two", 3, {"c": "four"}]}, "d": true, "e": "five"}'
    found = {block.key: block.text for block in json_strings(raw, "x.json")}
    assert found == {"a.b": "one", "a.list.0": "two", "a.list.2.c": "four", "e": "five"}
    assert {b.key: b.text for b in yaml_strings(raw, "x.yaml")} == found


@pytest.mark.parametrize(
    ("raw", "quote", "wanted"),
    [
        ('a: "caf\\u00e9 fermé"\n', "é f", "\\u00e9 f"),
        ("a: 'it''s open'\n", "t's", "t''s"),
        ("a: plain\n  folded text\n", "plain folded", "plain\n  folded"),
        ("a: |\n  one\n  two\n", "e\nt", "e\n  t"),
        ("a: |\n    deeper\n  # no comment\n".replace("    ", "  "), "deeper", "deeper"),
        ("a: >-\n  one\n  two\n", "one two", "one\n  two"),
        ('a: "joined \\\n   here"\n', "joined here", "joined \\\n   here"),
        ("a: &name !!str anchored\n", "anchored", "anchored"),
        ("b: 1\r\na: |-\r\n  one\r\n  two\r\n", "two", "two"),
    ],
)
def test_each_style_of_yaml_leads_back(raw: str, quote: str, wanted: str) -> None:
    (block,) = yaml_strings(raw, "x.yaml")
    assert there(raw, block, quote) == wanted


def test_an_alias_says_nothing_twice() -> None:
    bomb = "a: &a [x, y]\n" + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert [block.text for block in yaml_strings(bomb, "x.yaml")] == ["x", "y"]


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("a.json", '{"a": "x",\n "b" "y"}', ":2:6: is not JSON"),
        ("a.json", '{"a": "x", "a": "y"}', "the key 'a' stands twice"),
        ("a.json", "[" * 100_000, "nested too deeply"),
        ("a.json", "[" * 500 + '"x"' + "]" * 500, "nested too deeply"),
        ("a.yaml", "a: [x\nb: y", ":2: is not YAML"),
        ("a.yaml", "a: x\na: y\n", ":2: the key 'a' stands twice"),
        ("a.yaml", "[" * 500 + "x" + "]" * 500, "nested too deeply"),
        ("a.yaml", "? [a, b]\n: x\n", "a key is no string"),
    ],
)
def test_what_is_no_string_file_is_an_error_with_its_place(
    tmp_path: Path, name: str, raw: str, said: str
) -> None:
    (tmp_path / name).write_text(raw, encoding="utf-8")
    with pytest.raises(ReadError, match=r".") as raised:
        read_document(tmp_path / name, tmp_path)
    assert said in str(raised.value)
