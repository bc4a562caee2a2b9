"""Units of measure and currencies: their names in each language, and what converts into what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from auditor.lang import base, load

_SIZES: dict[str, dict[str, float]] = {
    "duration": {
        "second": 1,
        "minute": 60,
        "hour": 3600,
        "day": 86400,
        "week": 604800,
        "month": 2629746,
        "year": 31556952,
        "decade": 315569520,
        "century": 3155695200,
    },
    "length": {
        "millimeter": 0.001,
        "centimeter": 0.01,
        "meter": 1,
        "kilometer": 1000,
        "inch": 0.0254,
        "foot": 0.3048,
        "yard": 0.9144,
        "mile": 1609.344,
        "nautical-mile": 1852,
    },
    "area": {
        "square-meter": 1,
        "square-kilometer": 1e6,
        "hectare": 1e4,
        "acre": 4046.856,
        "square-foot": 0.092903,
        "square-mile": 2589988,
    },
    "mass": {
        "gram": 0.001,
        "kilogram": 1,
        "tonne": 1000,
        "ton": 907.185,
        "ounce": 0.0283495,
        "pound": 0.453592,
        "stone": 6.35029,
    },
    "speed": {
        "kilometer-per-hour": 1,
        "mile-per-hour": 1.609344,
        "meter-per-second": 3.6,
        "knot": 1.852,
    },
    "volume": {
        "milliliter": 0.001,
        "liter": 1,
        "cubic-meter": 1000,
        "gallon": 3.785412,
        "pint": 0.473176,
        "barrel": 158.987,
    },
    "power": {"watt": 1, "kilowatt": 1e3, "megawatt": 1e6, "gigawatt": 1e9},
}
"""Factors to the first unit of a dimension. Source: SI; international yard and pound of 1959; US
liquid gallon; mean Gregorian year."""
_SIZE = {
    unit: (kind, Decimal(str(f))) for kind, units in _SIZES.items() for unit, f in units.items()
}
_DEGREES = frozenset({"celsius", "fahrenheit", "degree"})
"""A bare "80 degrees" is Fahrenheit in one country and Celsius in the next."""
CURRENCIES = MappingProxyType(
    {
        "dollar": "USD",
        "euro": "EUR",
        "pound": "GBP",
        "yen": "JPY",
        "yuan": "CNY",
        "won": "KRW",
        "rupee": "INR",
        "rouble": "RUB",
        "franc": "CHF",
        "peso": "MXN",
        "real": "BRL",
        "lira": "ITL",
        "cent": "",
    }
)
"""Families of currencies: "dollars" does not say whose. The code only names one in a repair."""
MONEY = "money:"
SIGNS = MappingProxyType(
    {
        "$": ("dollar",),
        "＄": ("dollar",),
        "€": ("euro",),
        "£": ("pound",),
        "￡": ("pound",),
        "¥": ("yen", "yuan"),
        "￥": ("yen", "yuan"),
        "₩": ("won",),
        "₹": ("rupee",),
        "₽": ("rouble",),
        "USD": ("dollar",),
        "EUR": ("euro",),
        "GBP": ("pound",),
        "JPY": ("yen",),
        "CNY": ("yuan",),
        "CHF": ("franc",),
    }
)
_SYMBOLS = MappingProxyType(
    {
        "km/h": "kilometer-per-hour",
        "km / h": "kilometer-per-hour",
        "kph": "kilometer-per-hour",
        "mph": "mile-per-hour",
        "km": "kilometer",
        "cm": "centimeter",
        "mm": "millimeter",
        "m": "meter",
        "kg": "kilogram",
        "km²": "square-kilometer",
        "m²": "square-meter",
        "ha": "hectare",
        "°C": "celsius",
        "℃": "celsius",
        "°F": "fahrenheit",
        "MW": "megawatt",
        "GW": "gigawatt",
        "kW": "kilowatt",
    }
)
"""Symbols that every language writes; "in", "a" and "t" are words."""
_COUNTS = (1, 2, 5, 1.5)
"""One of each plural form of the languages we read: год, года, лет."""
_DEGREES_NEAR = 6
"""Fahrenheit: "almost 30" for 80."""
TOLERANCE = Decimal("0.1")
"""Between a converted value and the exact one: 30 yards as 30 metres, 385 miles as 620 km."""


def dimension(unit: str) -> str:
    """What a unit measures: `length`, `money`, `percent`; empty for no unit."""
    if unit.startswith(MONEY):
        return "money"
    if unit in _DEGREES:
        return "temperature"
    return _SIZE[unit][0] if unit in _SIZE else unit


def converts(value: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    """True when two values in different units of one dimension are about the same."""
    if unit in _DEGREES and other_unit in _DEGREES:
        low, high = min(value, other), max(value, other)
        return abs(low * 9 / 5 + 32 - high) <= _DEGREES_NEAR
    if unit == other_unit or dimension(unit) != dimension(other_unit):
        return False
    if unit not in _SIZE or other_unit not in _SIZE:
        return False
    left, right = value * _SIZE[unit][1], other * _SIZE[other_unit][1]
    return abs(left - right) <= TOLERANCE * max(left, right)


@cache
def unit_words(lang: str) -> Mapping[str, tuple[str, ...]]:
    """The names of units and currencies of a language, in lower case, and what each may mean.

    Currencies are `money:dollar` and so on, several where the word does not decide.
    """
    topic = load(lang, "quantities")
    words: dict[str, tuple[str, ...]] = {}
    for unit in (*_SIZE, "celsius", "fahrenheit"):
        for name in _cldr_names(lang, unit):
            words[name.casefold()] = (unit,)
    for name, unit in topic.get("units", {}).items():
        words[name] = (unit,) if unit else ()
    for name, families in topic.get("currencies", {}).items():
        named = families.split("|")
        money = tuple(MONEY + f for f in named if f != "unit")
        words[name] = (*money, "pound") if "unit" in named else money
    for symbol, unit in _SYMBOLS.items():
        words.setdefault(symbol.casefold(), (unit,))
    words |= dict.fromkeys((*(w.casefold() for w in topic.get("degrees", ())), "°"), ("degree",))
    words |= dict.fromkeys(topic.get("points", ()), ("point",))
    words |= dict.fromkeys((*topic.get("percent", ()), "%", "％"), ("percent",))
    return MappingProxyType({name: units for name, units in words.items() if units})


def _cldr_names(lang: str, unit: str) -> Iterator[str]:
    """The long forms of a unit in CLDR: singular and plurals."""
    from babel.units import UnknownUnitError

    locale = _locale(lang)
    if locale is None:
        return
    for count in _COUNTS:
        try:
            name = _written(count, unit, locale)
        except UnknownUnitError:  # pragma: no cover - a unit that CLDR gave up
            return
        if name and (len(name) > 1 or not name.isascii()):
            yield name


def _written(count: float, unit: str, locale: Any) -> str | None:
    """The name of a unit behind a count."""
    from babel.units import format_unit

    id = f"{dimension(unit)}-{unit}"
    written = str(format_unit(count, id, length="long", locale=locale))
    if id in written:
        # Where the long form is only an alias, as in Chinese, babel gives the id.
        written = str(format_unit(count, id, length="short", locale=locale))
    return None if id in written else _behind(written)


def _behind(written: str) -> str | None:
    """What stands behind the number; None where something stands before it."""
    if not written[:1].isdigit():
        return None
    last = max(i for i, c in enumerate(written) if c.isdigit())
    return written[last + 1 :].replace("\N{NO-BREAK SPACE}", " ").strip() or None


def _locale(lang: str) -> Any:
    from babel import Locale, UnknownLocaleError

    for tag in (lang, base(lang)):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return None


def unit_name(unit: str, value: Decimal, lang: str) -> str | None:
    """The name of a unit in a language, as it stands behind a value; None where CLDR has none."""
    from babel.numbers import get_currency_name
    from babel.units import UnknownUnitError

    locale = _locale(lang)
    if locale is None:
        return None
    count = int(value) if value == value.to_integral_value() else float(value)
    if unit.startswith(MONEY):
        family = unit.removeprefix(MONEY)
        listed: Mapping[str, str] = load(lang, "quantities").get("currencies", {})
        names = [word for word, f in listed.items() if f == family]
        # The plural stands behind its singular in the tables.
        if names:
            return names[1 if len(names) > 1 and value >= 2 and names[1][:3] == names[0][:3] else 0]
        return str(get_currency_name(CURRENCIES[family], count, locale=locale)) or None
    if unit == "percent":
        return "%"
    try:
        return _written(count, unit, locale)
    except (UnknownUnitError, ValueError):
        return None
