"""Which files are versions of one text, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.core import ConfigError, ReadError
from auditor.pipeline.config import configure
from auditor.pipeline.patterns import Pattern
from auditor.pipeline.tree import common_name, version_sets

RULES = ("drift/number", "drift/date", "spun/phrase")


def make(root: Path, *files: str) -> None:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("x", encoding="utf-8")


def names(root: Path, *inputs: str, **more: object) -> dict[str, list[str]]:
    sets = version_sets(root, inputs, **more)  # type: ignore[arg-type]
    return {one.name: [f"{lang}:{file}" for file, lang in one.files] for one in sets}


def test_files_that_differ_only_in_their_language_are_one_set(tmp_path: Path) -> None:
    make(tmp_path, "content/en/a.md", "content/fr/a.md", "content/fr/deep/er/b.md")
    make(tmp_path, "content/img/a.md", "content/en/note.txt", "content/en/.git/a.md")
    assert names(tmp_path, "content/{lang}/**/*.md", source="fr") == {
        "content/{lang}/a.md": ["fr:content/fr/a.md", "en:content/en/a.md"],
        "content/{lang}/deep/er/b.md": ["fr:content/fr/deep/er/b.md"],
    }


def test_a_name_may_hold_the_language(tmp_path: Path) -> None:
    make(tmp_path, "index.en.html", "index.zh_TW.html", "about.us.en.html", "index.html")
    assert names(tmp_path, "{name}.{lang}.html") == {
        "about.us.{lang}.html": ["en:about.us.en.html"],
        "index.{lang}.html": ["en:index.en.html", "zh-TW:index.zh_TW.html"],
    }


def test_a_language_that_stands_twice_must_be_the_same(tmp_path: Path) -> None:
    make(tmp_path, "en/page.en.md", "fr/page.fr.md", "it/page.en.md")
    assert list(names(tmp_path, "{lang}/page.{lang}.md")) == ["{lang}/page.{lang}.md"]


def test_named_languages_and_containers_without_one(tmp_path: Path) -> None:
    make(tmp_path, "s/en.json", "s/tw.json", "s/it.json", "shop.po")
    found = names(tmp_path, "s/{lang}.json", "*.po", languages={"en": "en", "tw": "zh-Hant"})
    assert found == {
        "s/{lang}.json": ["en:s/en.json", "zh-Hant:s/tw.json"],
        "shop.po": [":shop.po"],
    }


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (["nothing/{lang}.md"], "matches no file"),
        (["a.md"], "does not say which part is the language"),
        (["../{lang}.md"], "no pattern inside the root"),
        (["/etc/{lang}.md"], "no pattern inside the root"),
        (["page.{lang}.md"], "page.zh-Hant.md: page.ZH-TW.md is the version in ZH-TW already"),
    ],
)
def test_what_cannot_be_meant_is_an_error(tmp_path: Path, inputs: list[str], said: str) -> None:
    make(tmp_path, "a.md", "page.ZH-TW.md", "page.zh-Hant.md")
    with pytest.raises(ConfigError, match=r".") as raised:
        version_sets(tmp_path, inputs)
    text = str(raised.value)
    assert said in text or said.replace("in ZH-TW", "in zh-Hant") in text


def test_a_deleted_file_still_names_its_set() -> None:
    assert common_name("content/it/a.md", ["content/{lang}/*.md"], {}) == "content/{lang}/a.md"
    assert common_name("README.md", ["content/{lang}/*.md"], {}) is None


def test_links_inside_are_followed_and_circles_and_ways_out_are_errors(tmp_path: Path) -> None:
    site = tmp_path / "site"
    make(tmp_path, "outside/en/a.md", "site/content/en/a.md", "site/other/b.md")
    (site / "content" / "fr").symlink_to(site / "content" / "en")
    (site / "content" / "en" / "deep").symlink_to(site / "other")
    assert names(site, "content/{lang}/**/*.md") == {
        "content/{lang}/a.md": ["en:content/en/a.md", "fr:content/fr/a.md"],
        "content/{lang}/deep/b.md": ["en:content/en/deep/b.md", "fr:content/fr/deep/b.md"],
    }
    loop = site / "content" / "en" / "loop"
    loop.symlink_to(site / "content")
    with pytest.raises(ReadError, match="links lead in a circle"):
        names(site, "content/{lang}/**/*.md")
    assert names(site, "content/{lang}/**/*.md", exclude=["content/*/loop"])
    loop.unlink()
    loop.symlink_to(loop)
    with pytest.raises(ReadError, match="links lead in a circle"):
        names(site, "content/{lang}/**/*.md")
    loop.unlink()
    loop.symlink_to(tmp_path / "outside")
    with pytest.raises(ReadError, match="leads outside the folder"):
        names(site, "content/{lang}/**/*.md")
    loop.unlink()
    (site / "content" / "en" / "c.md").symlink_to(tmp_path / "outside" / "en" / "a.md")
    with pytest.raises(ReadError, match="leads outside the folder"):
        names(site, "content/{lang}/*.md")


def test_patterns_say_what_they_match() -> None:
    assert Pattern("content/**").matches("content/a/b.md")
    assert Pattern("**/*.md").matches("a.md")
    assert not Pattern("*.md").matches("a/b.md")
    assert Pattern("a?.md").matches("ab.md")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("preview = true", "inputs is missing"),
        ('input = ["{lang}.md"]', "unknown key 'input'; did you mean 'inputs'?"),
        ('inputs = "x"', "inputs = 'x' is not what this key takes"),
        ('inputs = ["{lang}.md"]\nselect = ["drift/numbers"]', "did you mean 'drift/number'?"),
        ('inputs = ["{lang}.md"]\nfail-on = "bad"', "fail-on = 'bad' is not what this key takes"),
        ('inputs = ["{lang}.md"]\n[[override]]\nignore = ["drift"]', "has no paths"),
        ('inputs = ["{lang}.md"]\n[[override]]\npath = ["x"]', "did you mean 'paths'?"),
        ('inputs = ["{lang}.md"]\nbaseline = "../x"', "lies elsewhere"),
        ("inputs = [", "is not valid TOML"),
    ],
)
def test_wrong_settings_are_errors_with_a_remedy(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "auditor.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r".") as raised:
        configure(tmp_path, RULES)
    assert said in str(raised.value)


def test_settings_stand_in_one_of_two_files(tmp_path: Path) -> None:
    project = tmp_path / "pyproject.toml"
    project.write_text('[tool.auditor]\ninputs = ["{lang}.md"]\n', encoding="utf-8")
    assert configure(tmp_path, RULES).inputs == ("{lang}.md",)
    (tmp_path / "auditor.toml").write_text('inputs = ["{lang}.html"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="hold settings"):
        configure(tmp_path, RULES)
    with pytest.raises(ConfigError, match="holds no settings"):
        configure(tmp_path / "nowhere", RULES)
