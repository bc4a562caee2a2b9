"""Finds clock times: 8pm, 20h30, alle 14.00, 晚上8點."""

from __future__ import annotations

import re
from functools import cache

from auditor.core import Fact
from auditor.lang import load
from auditor.text.numerals import parse_numeral

_SIGN = re.compile(r"\d|[點点時时시]")
"""Without one of these no time is there: it is looked for first, for speed."""
_ZONE = re.compile(
    r"(?<![A-Za-z])(?:GMT|UTC|BST|CET|CEST|[ECMP][SD]?T|AEST|JST|HKT)(?![A-Za-z])"
    r"|[A-Za-z]+ time\b|heure de |heure locale|ora (?:italiana|locale|di )"
    r"|(?:北京|台北|臺北|當地|当地|東部|东部)[時时][間间]|現地時間"
)
ZONED = "zone"
_LOOK = 30
"""How far behind a time its zone is looked for."""


@cache
def _patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(p.replace(" ", r"\s"), re.IGNORECASE)
        for p in load(lang, "quantities").get("clock", ())
    )


def find_clocks(text: str, lang: str) -> list[Fact]:
    """The clock times of a text; kind `clock`, value `20:00`.

    "8:00" alone may be the evening: 20:00 is its other reading. A time beside the name of a zone
    has it as its unit: it may be another hour elsewhere. Impossible times (11:75) keep their
    value, for they are written as times.
    """
    facts: list[Fact] = []
    if not _SIGN.search(text):
        return facts
    used: set[int] = set()
    afternoon = load(lang, "quantities").get("afternoon", ())
    for pattern in _patterns(lang):
        for m in pattern.finditer(text):
            fact = _clock(m, _zone(text, m.end()), afternoon)
            if fact and used.isdisjoint(range(fact.start, fact.end)):
                used.update(range(fact.start, fact.end))
                facts.append(fact)
    return facts


def _zone(text: str, at: int) -> str:
    """The zone that is named behind a time: its abbreviation, or that there is one."""
    m = _ZONE.search(text, at, at + _LOOK)
    if m is None:
        return ""
    return m[0] if m[0].isupper() and m[0].isascii() else ZONED


def _clock(m: re.Match[str], zoned: str, afternoon: tuple[str, ...]) -> Fact | None:
    groups = m.groupdict()
    hour = parse_numeral(m["h"].replace("两", "二").replace("兩", "二"), "und")
    if hour is None:
        return None
    minutes = groups.get("m") or groups.get("m2") or "0"
    minute = 30 if minutes == "半" else parse_numeral(minutes, "und") or 0
    half, part = (groups.get("half") or "").lower(), groups.get("part")
    hours = {hour, (hour + 12) % 24} if hour <= 12 else {hour}
    if half or part:
        late = half == "p" or part in afternoon
        first = hour % 12 + 12 if late and hour <= 12 else hour
        # 晚上12點 is midnight, 12pm noon; nobody means the other half of the day otherwise.
        hours = {first, 0} if hour == 12 else {first}
    first = hour if hour in hours else min(hours)
    others = tuple(f"{h}:{minute:02d}" for h in sorted(hours - {first}))
    start = m.start("h")
    end = m.end(next((g for g in ("m2", "m") if groups.get(g)), "h"))
    hard = groups.get("lax") is None
    return Fact("clock", f"{first}:{minute:02d}", start, end, hard, others, zoned)


def write_clock(own: Fact, rival: Fact, like: str) -> str | None:
    """Writes a time in the notation of the one that it is to replace.

    Args:
        own: what stands in the text now.
        rival: what the other text says.
        like: its characters, such as `8`, `20:30`, `14.00`.

    Returns:
        The time on the half of the day, 12 or 24 hours, that the notation shows; None where both
        halves are possible, or where it has no minutes to change.
    """
    m = re.fullmatch(r"(\d{1,2})(?:(\D+)(\d{2}))?", like)
    hour, _, minute = rival.value.partition(":")
    if m is None or (m[3] is None and minute != "00"):
        return None
    own_hour = int(own.value.partition(":")[0])
    twelve = int(m[1]) != own_hour
    if (int(hour) >= 12) == (own_hour >= 12):
        # 8 for 20:00 stands with a word for the evening: the repair keeps that word.
        hour = str(int(hour) % 12 or 12) if twelve else hour
    elif twelve or own_hour <= 12 or rival.alternatives:
        return None
    return hour if m[3] is None else f"{hour}{m[2]}{minute}"
