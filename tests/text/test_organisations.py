from __future__ import annotations

import pytest

from auditor.lang import load
from auditor.text.organisations import find_organisations, written_organisation


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "The UN and the World Health Organization", ["UN", "WHO"]),
        ("fr", "selon l’OMS et l’Otan", ["WHO", "NATO"]),
        ("zh-Hant", "聯合國教科文組織與世衛組織", ["UNESCO", "WHO"]),
        ("zh-Hans", "联合国表示", ["UN"]),
        ("en", "FMI and OMS are firms; UNO too", []),
    ],
)
def test_organisations_are_found_as_each_language_calls_them(
    lang: str, text: str, expected: list[str]
) -> None:
    assert [f.value for f in find_organisations(text, lang)] == expected


def test_an_acronym_is_replaced_by_an_acronym_in_the_script_of_the_version() -> None:
    assert written_organisation("WHO", "OMC", "fr") == "OMS"
    assert written_organisation("WHO", "Banque mondiale", "fr") == (
        "Organisation mondiale de la santé"
    )
    assert written_organisation("WHO", "北約", "zh-Hant") == "世衛組織"
    assert written_organisation("WHO", "北約", "ko") is None


def test_no_form_stands_for_two_organisations_of_one_language() -> None:
    seen: dict[tuple[str, str], str] = {}
    for name, forms in load("und", "organisations").items():
        for lang, listed in forms.items():
            for form in listed:
                assert seen.setdefault((lang, form), name) == name
