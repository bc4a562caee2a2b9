"""Bytes to text: what a file was encoded in, or one clear line that it cannot be told."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from auditor.core import ReadError

# The four-byte mark first: UTF-32-LE begins with the mark of UTF-16-LE.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a file that is no text begins with, and what to do about it.
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip container, such as .docx, .odt or .epub"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_SAVE_AS = "save it as plain text or HTML in UTF-8"
# Encodings of news text that is not UTF-8; charset-normalizer chooses among them by the
# letters and syllables they give. GB 18030 holds GBK and GB 2312.
_LEGACY = (
    "gb18030",
    "big5",
    "big5hkscs",
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1254",
    "cp1256",
    "koi8_r",
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "cp874",
)
_SIBLINGS = frozenset({"cp1252", "cp1250", "cp1254"})
# Other languages of Latin letters are written in the Western one.
_CENTRAL = ("cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq")
_WRITTEN_IN = dict.fromkeys(_CENTRAL, "cp1250") | {"tr": "cp1254"}
# <meta charset=big5>, <?xml encoding="gb2312"?>
_DECLARED = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{1,40})")
_DECLARED_WITHIN = 2048
# Enough for statistics; guessing on 64 MiB would take minutes.
_GUESS_FROM = 100_000
# Control characters other than tab, line ends, form feed and the escape of ISO 2022.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MAX_CONTROLS = 0.02
# In the right byte order every text has spaces, line ends or full stops in these ranges; in
# the wrong one U+0020 is U+2000 and U+3002 is U+0230.
_PLAIN_CHARACTERS = re.compile("[\t\n\r -~\u3001-\u3011\uff01-\uff5e]")
_MIN_PLAIN_SHARE = 0.01
# 一 and 开 are letters of ASCII in the wrong one.
_MARGIN = 2


def decode(data: bytes, where: str) -> tuple[str, str]:
    """The text of a file and the encoding it was read with.

    A byte-order mark decides; then strict UTF-8; then UTF-16 by where its zero bytes lie;
    then the encoding that an HTML or XML file declares; then the legacy encoding whose
    letters look most like language.

    Args:
        data: the whole file.
        where: its name, for messages.

    Returns:
        The text without its byte-order mark, line ends untouched, and the name of the codec.

    Raises:
        ReadError: the file is not text, or cannot be decoded.
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise ReadError(where, f"this is {name}, not text", _SAVE_AS)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, mark, encoding, where), encoding
    if b"\0" in data:
        return _without_mark(data, where)
    _refuse_controls(data, where)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        for encoding in _legacy(data):
            text = _try(data, encoding)
            if text is not None:
                return text, encoding
        byte = data[error.start]
        raise ReadError(
            where,
            f"byte {error.start + 1} (0x{byte:02x}) is not UTF-8, and no other encoding fits",
            "save it in UTF-8",
        ) from error


def _strictly(data: bytes, mark: bytes, encoding: str, where: str) -> str:
    try:
        return data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            where,
            f"it begins with the mark of {encoding.upper()}"
            f" but byte {len(mark) + error.start + 1} does not fit",
            "save it in UTF-8",
        ) from error


def _without_mark(data: bytes, where: str) -> tuple[str, str]:
    """UTF-16 without a mark: in one byte order it has punctuation, in the other hardly any."""
    texts = [(text, code) for code in ("utf-16-le", "utf-16-be") if (text := _try(data, code))]
    plain = [len(_PLAIN_CHARACTERS.findall(text[:_GUESS_FROM])) for text, _ in texts]
    for number, (text, encoding) in enumerate(texts):
        others = max(plain[:number] + plain[number + 1 :], default=0)
        enough = plain[number] > _MIN_PLAIN_SHARE * len(text[:_GUESS_FROM])
        if enough and plain[number] > _MARGIN * others and _is_text(text):
            return text, encoding
    at = data.index(b"\0")
    raise ReadError(where, f"byte {at + 1} is zero: this is a binary file, not text", _SAVE_AS)


def _refuse_controls(data: bytes, where: str) -> None:
    controls = len(_CONTROLS.findall(data))
    if controls > max(_MAX_CONTROLS * len(data), 1):
        share = f"{controls / len(data):.0%}"
        raise ReadError(where, f"{share} of its bytes are control characters, not text", _SAVE_AS)


def _legacy(data: bytes) -> Iterator[str]:
    """Legacy encodings in the order to try: what the file says, then what its letters say."""
    from charset_normalizer import from_bytes

    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    if declared:
        yield declared.group(1).decode("ascii")
    # A sample must not end inside a two-byte character: cut it at a line end or a space.
    sample = data[:_GUESS_FROM]
    if len(data) > _GUESS_FROM:
        sample = sample[: max(sample.rfind(b"\n"), sample.rfind(b" ")) + 1] or sample
    encodings = [match.encoding for match in from_bytes(sample, cp_isolation=list(_LEGACY))]
    if encodings and encodings[0] in _SIBLINGS:
        yield _most_like_language(sample)
    yield from encodings


def _most_like_language(sample: bytes) -> str:
    """Which of the Latin encodings gives words: é and ü are the same bytes in all of them."""
    from auditor.text.language import identify

    best, most = "cp1252", 0.0
    for code in ("cp1252", "cp1250", "cp1254"):
        guess = identify(sample.decode(code, "replace"))
        # Turkish with ý for ı is still the likeliest language: what it is written in decides.
        if _WRITTEN_IN.get(guess.lang, "cp1252") == code and guess.confidence > most:
            best, most = code, guess.confidence
    return best


def _is_text(text: str) -> bool:
    """True when what was decoded has no zeros, controls or characters that do not exist."""
    sample = text[:_GUESS_FROM]
    odd = sum(unicodedata.category(c) in ("Cc", "Cn", "Co") and not c.isspace() for c in sample)
    return "\0" not in text and odd <= _MAX_CONTROLS * len(sample)


def _try(data: bytes, encoding: str) -> str | None:
    """The text, or None where the encoding does not fit, is unknown, or is no text encoding."""
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
    return text
