from __future__ import annotations

import pytest

from auditor.bench.corruption_variant import KINDS, PLANTED, plant

TRADITIONAL = (
    "港務局週一表決通過，舊水閘冬季關閉，船隻須改走北側航道。隨後委員會並未公布結果，後來也沒有。"
)
SIMPLIFIED = "港务局周一表决通过，旧水闸冬季关闭，船只须改走北侧航道。"


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_places_named_are_changed(kind: str) -> None:
    made = plant(TRADITIONAL, "zh-Hant", kind, 7)
    assert 0 < len(made.places) <= PLANTED
    changed = {at for at, char in enumerate(made.text) if char != TRADITIONAL[at]}
    assert changed == set(made.places)
    assert all(TRADITIONAL[at] == was for at, was in made.places.items())


def test_the_two_kinds_of_characters_are_kept_apart() -> None:
    only = plant(TRADITIONAL, "zh-Hant", KINDS[0], 1)
    both = plant(TRADITIONAL, "zh-Hant", KINDS[1], 1)
    assert not {TRADITIONAL[at] for at in only.places} & {"後", "並"}
    assert {TRADITIONAL[at] for at in both.places} & {"後", "並", "週", "隻"}


def test_the_same_seed_gives_the_same_text() -> None:
    assert plant(SIMPLIFIED, "zh-Hans", KINDS[0], 3) == plant(SIMPLIFIED, "zh-Hans", KINDS[0], 3)


def test_text_without_such_characters_is_left_as_it_is() -> None:
    assert plant("人山人海", "zh-Hans", KINDS[0], 1).text == "人山人海"
