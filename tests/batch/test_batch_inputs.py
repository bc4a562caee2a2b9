"""Where stories come from: what is read, what is refused, and that nothing leads outside."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from auditor.batch.inputs.opened import entries_of
from auditor.batch.job import Job, Refused, Version
from auditor.batch.texts import at_hand, content_digest, load_job
from auditor.core import ConfigError, ReadError

TEXT = "The dam was opened on Sunday after heavy rain in the hills."


def stories(where: Path | str, root: Path | None = None) -> list[Job]:
    entries = list(entries_of(str(where), root))
    assert not [entry for entry in entries if isinstance(entry, Refused)]
    return [entry for entry in entries if isinstance(entry, Job)]


def refusals(where: Path, root: Path | None = None) -> list[str]:
    return [e.reason for e in entries_of(str(where), root) if isinstance(e, Refused)]


def put(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_every_folder_with_articles_or_a_manifest_is_a_story(tmp_path: Path) -> None:
    put(tmp_path / "b" / "one" / "en.txt")
    put(tmp_path / "b" / "two" / "deep" / "en.html", "<p>x</p>")
    put(tmp_path / "a" / "story.toml", "schema = 1")
    put(tmp_path / ".hidden" / "en.txt")
    put(tmp_path / "pictures" / "a.jpg")
    assert [job.key for job in stories(tmp_path)] == ["a", "b/one", "b/two/deep"]


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "outside" / "en.txt")
    put(tmp_path / "in" / "one" / "en.txt")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "outside")
    (tmp_path / "in" / "circle").symlink_to(tmp_path / "in")
    assert [job.key for job in stories(tmp_path / "in")] == ["one"]


def test_a_link_to_a_file_outside_its_story_is_refused(tmp_path: Path) -> None:
    secret = put(tmp_path / "secret.txt")
    (tmp_path / "in" / "one").mkdir(parents=True)
    (tmp_path / "in" / "one" / "en.txt").symlink_to(secret)
    (job,) = stories(tmp_path / "in")
    with pytest.raises(ReadError, match="a link that leads outside"):
        load_job(job)


def test_a_table_has_a_row_for_each_version(tmp_path: Path) -> None:
    table = put(
        tmp_path / "list.csv",
        "story,path,lang,source,date,outlet\r\n"
        "a,a/en.txt,en,1,2026-02-28,Post\r\n"
        "a,a/fr.txt,fr,,,\r\n"
        '"b, c","b/it.txt",,,2026-03-01T10:00:00Z,\r\n',
    )
    assert stories(table) == [
        Job(
            "a",
            root=str(tmp_path),
            versions=(Version("a/en.txt", "en"), Version("a/fr.txt", "fr")),
            source="a/en.txt",
            date="2026-02-28",
            outlet="Post",
        ),
        Job("b, c", root=str(tmp_path), versions=(Version("b/it.txt"),), date="2026-03-01"),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,../x.txt,en", "'../x.txt' is no path inside the root"),
        ("a,/etc/passwd,en", "'/etc/passwd' is no path inside the root"),
        ("a,,en", "'' is no path inside the root"),
        (",x.txt,en", "'story' is missing"),
        ("a,x.txt,12!", "lang '12!' is no language tag"),
        ("a,x.txt,en,spare", "'' is no path inside the root"),
    ],
)
def test_a_wrong_row_refuses_its_story_alone(tmp_path: Path, row: str, said: str) -> None:
    table = put(tmp_path / "list.csv", f"story,path,lang\n{row}\ngood,x.txt,en\n")
    entries = list(entries_of(str(table)))
    assert [entry.key for entry in entries if isinstance(entry, Job)] == ["good"]
    (reason,) = refusals(table)
    assert said in reason
    assert f"{table}:2" in reason


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("story,path,language", "unknown column 'language'; did you mean 'lang'"),
        ("story,lang", "has no column 'path'"),
        ("", "has no column 'story'"),
        ("story,path,path", "a column is named twice"),
    ],
)
def test_a_wrong_header_is_said_before_anything_is_read(
    tmp_path: Path, header: str, said: str
) -> None:
    table = put(tmp_path / "list.csv", f"{header}\na,b,c\n")
    with pytest.raises(ConfigError, match=said):
        list(entries_of(str(table)))


def test_lines_of_json_may_hold_the_texts(tmp_path: Path) -> None:
    line = {
        "story": "a",
        "source": "en",
        "versions": [{"id": "en", "text": TEXT, "lang": "en"}, {"path": "fr.txt"}],
    }
    lines = put(tmp_path / "list.jsonl", json.dumps(line) + "\n\n")
    (job,) = stories(lines)
    assert job.versions == (Version("en", "en", TEXT), Version("fr.txt"))
    put(tmp_path / "fr.txt")
    loaded = load_job(job)
    assert [document.id for document in loaded.story.documents] == ["en", "fr.txt"]
    assert loaded.story.source == "en"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "is no JSON object"),
        ("[" * 100_000, "is no JSON object"),
        ("3", "is no object"),
        ('{"story": "a", "texts": []}', "unknown key 'texts'"),
        ('{"story": "a", "versions": []}', "has no version"),
        ('{"story": "a", "versions": [{"text": "x"}]}', "has no id"),
        ('{"story": "a", "versions": [{"path": "a"}, {"path": "a"}]}', "a version twice"),
        ('{"story": "a", "versions": [{"path": "a"}], "source": "b"}', "'b' is no version"),
        ('{"story": "a", "versions": [{"path": "a"}], "date": "today"}', "'today' is no date"),
    ],
)
def test_a_wrong_line_refuses_its_story_alone(tmp_path: Path, line: str, said: str) -> None:
    good = '{"story": "good", "versions": [{"path": "x.txt"}]}'
    lines = put(tmp_path / "list.jsonl", f"{line}\n{good}\n")
    entries = list(entries_of(str(lines)))
    assert [entry.key for entry in entries if isinstance(entry, Job)] == ["good"]
    assert said in refusals(lines)[0]


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:xhtml="http://www.w3.org/1999/xhtml">
 <url><loc>https://example.org/en/dam</loc><lastmod>2026-02-27T08:00:00+00:00</lastmod>
  <xhtml:link rel="alternate" hreflang="en" href="https://example.org/en/dam"/>
  <xhtml:link rel="alternate" hreflang="fr" href="https://example.org/fr/barrage"/></url>
 <url><loc>https://example.org/fr/barrage</loc>
  <xhtml:link rel="alternate" hreflang="en" href="https://example.org/en/dam"/>
  <xhtml:link rel="alternate" hreflang="fr" href="https://example.org/fr/barrage"/></url>
 <url><loc>https://example.org/lost</loc></url>
 <url><loc>https://example.org/%2e%2e/secret.txt</loc></url>
</urlset>"""


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "gzipped"])
def test_a_sitemap_groups_its_alternates_and_reads_them_from_a_mirror(
    tmp_path: Path, *, packed: bool
) -> None:
    put(tmp_path / "secret.txt")
    root = tmp_path / "mirror"
    put(root / "example.org" / "en" / "dam.html", f"<p>{TEXT}</p>")
    put(root / "fr" / "barrage" / "index.html", f"<p>{TEXT}</p>")
    feed = tmp_path / "sitemap.xml"
    octets = SITEMAP.encode()
    feed.write_bytes(gzip.compress(octets) if packed else octets)
    entries = list(entries_of(str(feed), root))
    assert [entry for entry in entries if isinstance(entry, Job)] == [
        Job(
            "https://example.org/en/dam",
            root=str(root),
            versions=(
                Version("example.org/en/dam.html", "en"),
                Version("fr/barrage/index.html", "fr"),
            ),
            date="2026-02-27",
        )
    ]
    lost, secret = refusals(feed, root)
    assert f"no page of https://example.org/lost lies under {root}" in lost
    assert "no page of https://example.org/%2e%2e/secret.txt lies under" in secret


def test_items_of_rss_are_read_from_the_feed_where_no_page_lies(tmp_path: Path) -> None:
    feed = put(
        tmp_path / "news.rss",
        '<rss version="2.0"><channel><title>t</title><link>https://e.org/</link>'
        "<language>fr-FR</language><item><title>Un</title><link>https://e.org/1</link>"
        "<pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate>"
        "<description>&lt;p&gt;Le barrage a été ouvert.&lt;/p&gt;</description></item>"
        "</channel></rss>",
    )
    assert stories(feed) == [
        Job(
            "https://e.org/1",
            root=str(tmp_path),
            versions=(
                Version("https://e.org/1", "fr-FR", "<p>Le barrage a été ouvert.</p>", html=True),
            ),
            date="2026-03-01",
        )
    ]


def test_entries_of_atom_have_alternates_and_a_language(tmp_path: Path) -> None:
    put(tmp_path / "e.org" / "1", TEXT)
    feed = put(
        tmp_path / "news.atom",
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><link href="https://e.org/"/>'
        '<entry><id>tag:1</id><link href="https://e.org/1"/><link rel="edit" href="https://x"/>'
        "<updated>2026-03-01T00:00:00Z</updated></entry>"
        "<entry><id>tag:2</id><content>Only here.</content></entry></feed>",
    )
    assert [(job.key, job.versions[0]) for job in stories(feed)] == [
        ("https://e.org/1", Version("e.org/1", "en")),
        ("tag:2", Version("tag:2", "en", "Only here.", html=True)),
    ]


BILLION = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<urlset><url><loc>&b;</loc></url></urlset>"
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BILLION, "declares entities"),
        ('<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]><urlset/>', "declares entities"),
        ("<urlset><url>", "is no sound XML"),
        ("", "is no sound XML"),
        ("<a>" * 5000, "is no sound XML"),
    ],
    ids=["bomb", "external", "cut", "empty", "deep"],
)
def test_hostile_feeds_are_refused(tmp_path: Path, text: str, said: str) -> None:
    feed = put(tmp_path / "feed.xml", text)
    with pytest.raises(ReadError, match=said):
        list(entries_of(str(feed)))


def test_a_gzip_bomb_is_refused_where_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.batch.inputs.feeds.LARGEST", 1 << 20)
    feed = tmp_path / "sitemap.xml.gz"
    feed.write_bytes(gzip.compress(b"<urlset>" + b" " * (5 << 20) + b"</urlset>"))
    assert feed.stat().st_size < 10_000
    with pytest.raises(ReadError, match="is larger than 1 MiB"):
        list(entries_of(str(feed)))


def archive(pages: dict[str, tuple[str, bytes]], kind: str = "response") -> bytes:
    """Records as the WARC standard writes them, each packed by itself."""
    records: list[bytes] = []
    for address, (media, octets) in pages.items():
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n".encode()
        block = http + octets if kind == "response" else octets
        told = "application/http; msgtype=response" if kind == "response" else media
        head = (
            f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n"
            f"WARC-Date: 2026-03-01T00:00:00Z\r\nContent-Type: {told}\r\n"
            f"WARC-Record-ID: <urn:uuid:{len(records)}>\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    return b"".join(records)


def test_pages_of_an_archive_are_stories(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    page = f"<html><p>{TEXT}</p></html>"
    path.write_bytes(
        archive(
            {
                "https://e.org/a": ("text/html; charset=utf-8", page.encode()),
                "https://e.org/b.png": ("image/png", b"\x89PNG"),
            }
        )
    )
    assert stories(path) == [
        Job(
            "https://e.org/a",
            versions=(Version("https://e.org/a", None, page, html=True),),
            date="2026-03-01",
            outlet="e.org",
        )
    ]


def test_texts_of_a_wet_file_are_stories(tmp_path: Path) -> None:
    path = tmp_path / "crawl.wet.gz"
    path.write_bytes(archive({"https://e.org/a": ("text/plain", TEXT.encode())}, "conversion"))
    (job,) = stories(path)
    assert job.versions == (Version("https://e.org/a", None, TEXT),)
    assert load_job(job).story.documents[0].raw == TEXT


def test_a_page_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.batch.inputs.archives.MAX_HTML", 1 << 16)
    path = tmp_path / "crawl.warc.gz"
    small = ("text/html", TEXT.encode())
    path.write_bytes(
        archive({"https://e.org/bomb": ("text/html", b"<p>" * 100_000), "https://e.org/a": small})
    )
    entries = list(entries_of(str(path)))
    assert [(type(entry), entry.key) for entry in entries] == [
        (Refused, "https://e.org/bomb"),
        (Job, "https://e.org/a"),
    ]


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"this is no archive\r\n\r\n" * 10)
    with pytest.raises(ReadError, match="is no sound archive"):
        list(entries_of(str(path)))


def test_stories_of_another_file_system_are_fetched_where_they_are_audited(tmp_path: Path) -> None:
    put(tmp_path / "one" / "en.txt")
    put(tmp_path / "one" / "notes.pdf")
    put(tmp_path / "two" / "story.toml", 'schema = 1\n[[document]]\nfile = "texts/en.txt"\n')
    put(tmp_path / "two" / "texts" / "en.txt")
    jobs = stories(f"file://{tmp_path}")
    assert [job.key for job in jobs][:2] == ["one", "two"]
    for job in jobs[:2]:
        with at_hand(job) as here:
            assert load_job(here).story.documents[0].raw == TEXT
            assert not (Path(here.folder) / "notes.pdf").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("zip://x::file:///tmp/bomb.zip", "goes through another address"),
        ("nothing://x", "Protocol not known"),
    ],
)
def test_addresses_of_no_use_are_refused(address: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        list(entries_of(address))


def test_a_story_that_is_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.batch.texts.LARGEST_STORY", 1000)
    put(tmp_path / "one" / "en.txt", "a" * 600)
    put(tmp_path / "one" / "fr.txt", "b" * 600)
    (job,) = stories(tmp_path)
    with pytest.raises(ReadError, match="its versions are larger than"):
        load_job(job)


def test_the_digest_changes_with_every_part_that_decides(tmp_path: Path) -> None:
    put(tmp_path / "one" / "en.txt")
    (job,) = stories(tmp_path)
    digests = [content_digest(job)]
    put(tmp_path / "one" / "fr.txt")
    digests.append(content_digest(job))
    put(tmp_path / "one" / "names.toml", "schema = 1")
    digests.append(content_digest(job))
    (tmp_path / "one" / "fr.txt").rename(tmp_path / "one" / "it.txt")
    digests.append(content_digest(job))
    assert len(set(digests)) == 4
    put(tmp_path / "one" / "picture.png")
    assert content_digest(job) == digests[-1]


def test_jobs_travel_as_json() -> None:
    job = Job("k\ud800", versions=(Version("a", None, "t\n\x00\u2028"),), date="2026-03-01")
    assert Job.from_json(job.to_json()) == job
    assert "\n" not in job.to_json()


def test_a_document_of_100_megabytes_is_refused_unread(tmp_path: Path) -> None:
    story = tmp_path / "one"
    story.mkdir()
    with (story / "en.txt").open("wb") as stream:
        stream.truncate(100 << 20)
    (job,) = stories(tmp_path)
    with pytest.raises(ReadError, match="its versions are larger than 64 MiB"):
        load_job(job)


def test_a_list_of_stories_is_read_as_it_is_needed(tmp_path: Path) -> None:
    lines = tmp_path / "list.csv"
    with lines.open("w", encoding="utf-8") as stream:
        stream.write("story,path\n")
        stream.writelines(f"story-{number},{number}.txt\n" for number in range(5_000))
    tracemalloc.start()
    try:
        count = sum(1 for _ in entries_of(str(lines)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 5_000
    assert peak < 200_000
