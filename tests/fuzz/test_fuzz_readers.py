"""Every reader against bytes that nobody meant for it: it reads them, or says why not.

A few hundred examples each run with the tests; `make fuzz` runs many more.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.batch.inputs.opened import entries_of
from auditor.batch.job import Job, Refused
from auditor.batch.texts import content_digest, load_job
from auditor.core import AuditorError, Document
from auditor.read import CONTAINER_SUFFIXES, read_container, read_document
from auditor.read.manifest import read_manifest
from auditor.read.names import read_names
from auditor.read.pairs import read_pairs

EXAMPLES = int(os.environ.get("AUDITOR_FUZZ", "60"))

PIECES: dict[str, tuple[bytes, ...]] = {
    "txt": (
        b"A line.",
        b"\r\n",
        b"\n\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\x00",
        "中文。".encode("big5"),
    ),
    "html": (
        b"<p>",
        b"</p>",
        b"<!--",
        b"-->",
        b"<script>",
        b"</script",
        b"&amp",
        b"&#x110000;",
        b"<div",
        b" lang='fr'",
        b"<![CDATA[",
        b"<table><td>",
        b"<style>",
        b"text",
        b"\x00",
        b"<title>",
    ),
    "md": (
        b"# h\n",
        b"```\n",
        b"- a\n",
        b"[a](b)",
        b"![",
        b"> ",
        b"|a|b|\n|-|-|\n",
        b"---\n",
        b"**",
        b"    ",
    ),
    "json": (
        b"{",
        b"}",
        b"[",
        b"]",
        b'"a"',
        b":",
        b",",
        b"1e999",
        b"null",
        b'"\\ud800"',
        b'"\\',
        b" ",
    ),
    "yaml": (
        b"a: b\n",
        b"- x\n",
        b"&a ",
        b"*a\n",
        b"|\n  t\n",
        b"!!python/object:os.system\n",
        b"? ",
        b"'",
        b"{",
        b"\t",
    ),
    "po": (
        b'msgid "a"\n',
        b'msgstr "b"\n',
        b'msgid_plural "c"\n',
        b'msgstr[0] "d"\n',
        b"#, fuzzy\n",
        b'"x\\n"\n',
        b"\n",
        b'"\\',
    ),
    "xml": (
        b"<?xml version='1.0'?>",
        b"<tmx>",
        b"<body>",
        b"<tu>",
        b"<tuv xml:lang='fr'>",
        b"<seg>a</seg>",
        b"</tuv></tu></body></tmx>",
        b"<xliff version='1.2'>",
        b"<file source-language='en'>",
        b"<trans-unit id='1'><source>a</source><target>b</target></trans-unit>",
        b"</file></xliff>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
        b"<xliff version='2.0'>",
        b"<unit id='u'><segment>",
    ),
    "feed": (
        b"<urlset>",
        b"<url><loc>http://a/b</loc></url>",
        b"</urlset>",
        b"<rss>",
        b"<channel>",
        b"<item>",
        b"<link>/x</link>",
        b"<pubDate>x</pubDate>",
        b"<description>t</description>",
        b"</item>",
        b"</channel></rss>",
        b"<feed>",
        b"<entry>",
        b"<link href='http://[' hreflang='q'/>",
        b"</entry></feed>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
        b"<?x?>",
        b"<!--x-->",
    ),
    "csv": (
        b"story,path\n",
        b"a,b.txt\n",
        b'"',
        b",",
        b"\r\n",
        b"\x00",
        b"../x",
        b"story,path,lang,date\n",
        b"\xff",
    ),
    "jsonl": (
        b'{"story": "a", "versions": [{"path": "b.txt"}]}\n',
        b'{"story": "a", "versions": [{"id": "x", "text": "t"}]}\n',
        b"{",
        b"}\n",
        b'"versions": 3',
        b"\n",
        b"[[",
        b"NaN",
    ),
    "toml": (
        b"schema = 1\n",
        b"[[document]]\n",
        b'file = "a"\n',
        b"[[name]]\n",
        b'name = "x"\n',
        b"date = 2020-01-01\n",
        b"= ",
        b'"',
        b"[",
        b"\xff",
    ),
    "warc": (
        b"WARC/1.0\r\n",
        b"WARC-Type: response\r\n",
        b"WARC-Target-URI: http://a/b\r\n",
        b"Content-Length: 40\r\n",
        b"Content-Length: -1\r\n",
        b"\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"Content-Type: text/html\r\n",
        b"<p>text</p>",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"zzzz",
        b"WARC-Type: conversion\r\n",
    ),
}


def hostile(kind: str) -> st.SearchStrategy[bytes]:
    """Pieces of a format in any order, with any bytes between them."""
    piece = st.one_of(st.sampled_from(PIECES[kind]), st.binary(max_size=6))
    return st.lists(piece, max_size=24).map(b"".join)


def many(function: Callable[..., None]) -> Callable[..., None]:
    checks = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
    return settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=checks)(function)


def told(read: Callable[[Path], object], name: str, octets: bytes) -> None:
    """Reads bytes from a file; only an error with a remedy may come out."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(octets)
        said = ""
        try:
            read(path)
        except AuditorError as error:
            said = str(error)
        assert "\n" not in said


def sound(documents: Iterable[Document]) -> None:
    """Every character of every block has a place in the file."""
    for document in documents:
        for block in document.blocks:
            start, end = block.offsets.to_origin(0, len(block.text))
            assert 0 <= start <= end <= len(document.raw)


@pytest.mark.parametrize(
    ("kind", "suffix"),
    [("txt", ".txt"), ("html", ".html"), ("md", ".md"), ("json", ".json"), ("yaml", ".yaml")],
)
def test_documents(kind: str, suffix: str) -> None:
    @many
    @given(hostile(kind))
    def run(octets: bytes) -> None:
        told(lambda path: sound([read_document(path, path.parent)]), f"a{suffix}", octets)

    run()


@pytest.mark.parametrize("suffix", sorted(CONTAINER_SUFFIXES))
def test_containers(suffix: str) -> None:
    @many
    @given(hostile("po" if suffix == ".po" else "xml"))
    def run(octets: bytes) -> None:
        told(lambda path: sound(read_container(path, path.parent)), f"a{suffix}", octets)

    run()


@pytest.mark.parametrize(
    ("kind", "suffix"), [("csv", ".tsv"), ("xml", ".tmx"), ("xml", ".xlf"), ("po", ".po")]
)
def test_pairs(kind: str, suffix: str) -> None:
    @many
    @given(hostile(kind))
    def run(octets: bytes) -> None:
        told(read_pairs, f"a{suffix}", octets)

    run()


@many
@given(hostile("toml"))
def test_manifests_and_names(octets: bytes) -> None:
    told(read_manifest, "story.toml", octets)
    told(read_names, "names.toml", octets)


def _read_all(path: Path) -> None:
    """The stories of an input, and their texts."""
    for entry in entries_of(str(path)):
        if isinstance(entry, Refused):
            assert "\n" not in entry.reason
            continue
        assert Job.from_json(entry.to_json()) == entry
        content_digest(entry)
        with suppress(AuditorError):
            sound(load_job(entry).story.documents)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("csv", "a.csv"),
        ("csv", "a.tsv"),
        ("jsonl", "a.jsonl"),
        ("feed", "a.xml"),
        ("warc", "a.warc"),
        ("toml", "story.toml"),
    ],
)
def test_inputs_of_many_stories(kind: str, name: str) -> None:
    @many
    @given(hostile(kind), st.booleans())
    def run(octets: bytes, packed: bool) -> None:  # noqa: FBT001 - drawn
        if name == "story.toml":
            told(lambda path: _read_all(path.parent), name, octets)
        elif packed and kind in ("feed", "warc"):
            told(_read_all, f"{name}.gz", gzip.compress(octets)[: len(octets) + 12])
        else:
            told(_read_all, name, octets)

    run()
