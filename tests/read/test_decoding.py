"""Bytes to text: the right characters, or one line that says why not."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.core import ReadError
from auditor.read import decode

FRENCH = "Le maire a promis que l’école rouvrirait dès février, « coûte que coûte ».\n" * 3
POLISH = "Rząd ogłosił wczoraj nowe przepisy, które wejdą w życie w przyszłym roku.\n" * 3
TURKISH = "Hükümet dün yeni bir yasa tasarısını açıkladı; işçiler görüşlerini bildirdi.\n" * 3
RUSSIAN = "Правительство объявило вчера о новом законе, подробности не сообщаются.\n" * 3
SIMPLIFIED = "市政府昨天宣布，大桥将于明年春天重新开放，总投资为三亿元。\n" * 3
TRADITIONAL = "市政府昨天宣布，大橋將於明年春天重新開放，總投資為三億元。\n" * 3
JAPANESE = "市は昨日、橋を来年の春に再開すると発表しました。\n" * 3


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        pytest.param(FRENCH, "utf-8", "utf-8", id="utf-8"),
        pytest.param(FRENCH, "cp1252", "cp1252", id="Western European"),
        pytest.param(POLISH, "cp1250", "cp1250", id="Central European"),
        pytest.param(TURKISH, "cp1254", "cp1254", id="Turkish"),
        pytest.param(RUSSIAN, "cp1251", "cp1251", id="Cyrillic"),
        pytest.param(SIMPLIFIED, "gb18030", "gb18030", id="GB 18030"),
        pytest.param(TRADITIONAL, "big5", "big5", id="Big5"),
        pytest.param(JAPANESE, "shift_jis", "shift_jis", id="Shift JIS"),
        pytest.param(FRENCH, "utf-16-le", "utf-16-le", id="UTF-16 without mark"),
        pytest.param(SIMPLIFIED, "utf-16-be", "utf-16-be", id="Chinese UTF-16 without mark"),
        pytest.param(TRADITIONAL, "utf-16-le", "utf-16-le", id="traditional UTF-16 without mark"),
    ],
)
def test_encoding_is_found_by_its_characters(text: str, codec: str, encoding: str) -> None:
    assert decode(text.encode(codec), "a.txt") == (text, encoding)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_decides_and_is_not_counted(mark: bytes, codec: str) -> None:
    assert decode(mark + "統一".encode(codec), "a.txt") == ("統一", codec)


def test_line_ends_are_left_as_they_are() -> None:
    assert decode(b"one\r\ntwo\rthree\n", "a.txt")[0] == "one\r\ntwo\rthree\n"


def test_declared_encoding_is_believed_before_guessing() -> None:
    page = '<meta charset="koi8-r"><p>Да</p>'.encode("koi8_r")
    assert decode(page, "a.html") == ('<meta charset="koi8-r"><p>Да</p>', "koi8-r")


@pytest.mark.parametrize("name", ["no-such-codec", "base64", "rot13", "idna"])
def test_declared_encoding_that_is_none_is_passed_over(name: str) -> None:
    text = f"<meta charset={name}>{FRENCH}"
    assert decode(text.encode("cp1252"), "a.html") == (text, "cp1252")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"%PDF-1.7\n...", r"a\.x: this is a PDF, not text; save it as", id="PDF"),
        pytest.param(b"PK\x03\x04rest", "a zip container", id="docx"),
        pytest.param(bytes(range(256)) * 40, "byte 1 is zero: this is a binary file", id="zeros"),
        pytest.param(b"\x7fMZ\x90\x00\x03\x01" * 99, "byte 5 is zero", id="program"),
        pytest.param(
            b"\x01\x02 abc" * 50, "33% of its bytes are control characters", id="controls"
        ),
        pytest.param(
            codecs.BOM_UTF16_LE + b"a\x00b",
            "mark of UTF-16-LE but byte 5 does not fit",
            id="odd UTF-16",
        ),
        pytest.param(
            codecs.BOM_UTF8 + b"caf\xe9", "mark of UTF-8 but byte 7 does not fit", id="bad UTF-8"
        ),
    ],
)
def test_what_is_no_text_is_refused_with_place_and_remedy(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        decode(data, "a.x")


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_line(data: bytes) -> None:
    try:
        text, encoding = decode(data, "a.txt")
    except ReadError as error:
        line = str(error)
    else:
        line = f"a.txt: {codecs.lookup(encoding).name}, {len(text)} characters"
    assert line.startswith("a.txt: ")
    assert line.isprintable()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=200))
def test_utf_8_is_never_taken_for_anything_else(text: str) -> None:
    data = text.encode()
    # What begins like an image or an archive is another matter.
    if not data.startswith((b"PK", b"GIF8", b"%PDF-", b"{\\rtf", b"SQLite", codecs.BOM_UTF8)):
        assert decode(data, "a.txt") == (text, "utf-8")
