"""Reads quantities in Han numerals and in digits with 百 千 萬 億: 三十五, 2.3萬, 3億3,000萬."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
SMALL = {"十": 10, "百": 100, "千": 1000, "천": 1000, "백": 100}
LARGE = {
    "萬": 10**4,
    "万": 10**4,
    "만": 10**4,
    "億": 10**8,
    "亿": 10**8,
    "억": 10**8,
    "兆": 10**12,
    "조": 10**12,
}
_CHUNK = re.compile(r"\d[\d,]*(?:\.\d+)?|\S")
LONGEST = 40
"""Characters of the longest quantity that is read; no newspaper writes a longer one."""


def parse_amount(text: str) -> Decimal | None:
    """The value of a quantity.

    Args:
        text: such as `三十五`, `2.3 萬`, `6百萬`, `1万亿`, `3億3,000萬`; blanks are allowed.

    Returns:
        The value, or None when the signs make no number.
    """
    if not text or len(text) > LONGEST:
        return None
    if all(c in DIGITS for c in text):
        return _in_row(text)
    reading = _Reading()
    if all(reading.takes(m[0]) for m in _CHUNK.finditer(text)):
        return reading.value
    return None


class _Reading:
    """A quantity that is read sign by sign."""

    def __init__(self) -> None:
        self._total = self._section = Decimal(0)
        self._digit: Decimal | None = None
        self._smallest: int | None = None

    @property
    def value(self) -> Decimal:
        """What was read so far."""
        return self._total + self._section + (self._digit or 0)

    def takes(self, sign: str) -> bool:
        """Reads one sign, or a row of digits; False where it cannot stand there."""
        if sign[0].isdecimal() or sign in DIGITS:
            # 二三 in one number are two numbers; 一百零五 has a zero of its own.
            if self._digit:
                return False
            self._digit = Decimal(DIGITS[sign] if sign in DIGITS else sign.replace(",", ""))
            return True
        if sign in SMALL:
            if self._smallest is not None and SMALL[sign] >= self._smallest:
                return False
            self._section += (Decimal(1) if self._digit is None else self._digit) * SMALL[sign]
            self._digit, self._smallest = None, SMALL[sign]
            return True
        if sign not in LARGE:
            return False
        part = self._section + (self._digit or 0)
        # 1万亿: nothing stands between, so that the units multiply.
        multiplied = self._total * LARGE[sign]
        self._total = (
            multiplied if not part and self._total else self._total + (part or 1) * LARGE[sign]
        )
        self._section, self._digit, self._smallest = Decimal(0), None, None
        return True


def _in_row(text: str) -> Decimal | None:
    # 一三 is no number, 二〇 and 一九八九 are.
    if len(text) > 1 and len(text) < 4 and not set(text) & {"〇", "零"}:
        return None
    return Decimal("".join(str(DIGITS[c]) for c in text))


def write_amount(value: Decimal, like: str) -> str | None:
    """Writes a value as `like` is written.

    Args:
        value: zero or more.
        like: what stands in the text, such as `2.3 萬`, `六百萬`, `三十五`.

    Returns:
        The value with the signs of `like`, in digits with the same unit where there are digits;
        None where that notation cannot carry it exactly.
    """
    unit = re.search(r"(\s?)([十百千萬万億亿兆만억조천백]+)\Z", like)
    if like[:1].isdecimal():
        if unit is None:
            return None
        signs = unit[2]
        exact = _in_unit(value, signs)
        # 90 億 rather than 900 千萬.
        if exact is None or (len(signs) > 1 and Decimal(exact) >= 10):
            own = "萬億兆" if set("萬億") & set(like) else "万亿兆"
            own = "만억조" if set("만억조") & set(like) else own
            signs = own[1] if value >= 10**8 else own[0]
            exact = _in_unit(value, signs)
        return f"{exact}{unit[1]}{signs}" if exact else None
    return _spelled(value, like)


def _in_unit(value: Decimal, signs: str) -> str | None:
    factor = parse_amount(f"1{signs}")
    if not factor:
        return None
    written = format((value / factor).normalize(), "f")
    whole, _, rest = written.partition(".")
    return written if whole != "0" and len(whole) <= 4 and len(rest) <= 3 else None


def _spelled(value: Decimal, like: str) -> str | None:
    if value != value.to_integral_value() or not 0 < value < 10**12:
        return None
    large = ("億", "萬") if set("億萬") & set(like) else ("亿", "万")
    rest = int(value)
    out = ""
    for factor, sign in ((10**8, large[0]), (10**4, large[1]), (1, "")):
        part, rest = divmod(rest, factor)
        if not part:
            continue
        gap = "零" if out and part < 1000 else ""
        out += gap + _thousands(part, leads=not out) + sign
    return out


def _thousands(value: int, *, leads: bool) -> str:
    signs = "零一二三四五六七八九"
    out = ""
    for factor, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, factor)
        if digit:
            # 十五, but 一百一十五.
            one = "" if digit == 1 and factor == 10 and leads and not out else signs[digit]
            out += one + sign
        elif out and value and not out.endswith("零"):
            out += "零"
    return out
