"""`auditor align` on files that share their sentences in no common order."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from auditor.align import keeps_order
from auditor.cli import auditor

SHARED = [
    ("The museum will open again in June.", "Le musée rouvrira ses portes en juin."),
    ("Regional trains run on a single track.", "Les trains régionaux roulent sur une seule voie."),
    ("The mayor has promised new benches.", "Le maire a promis de nouveaux bancs."),
    ("Nobody was hurt in the fire.", "Personne n’a été blessé dans l’incendie."),
    ("Milk prices fell for the third time.", "Le prix du lait a baissé pour la troisième fois."),
    ("The bridge is closed to lorries.", "Le pont est fermé aux camions."),
    ("She won the race by two seconds.", "Elle a gagné la course de deux secondes."),
    ("The library lends tools as well.", "La bibliothèque prête aussi des outils."),
    ("Snow is expected above 800 metres.", "De la neige est attendue au-dessus de 800 mètres."),
    ("The court will hear the case in May.", "Le tribunal examinera l’affaire en mai."),
    ("Bees are returning to the old orchard.", "Les abeilles reviennent dans le vieux verger."),
    ("The choir is looking for tenors.", "La chorale cherche des ténors."),
    ("The harbour pool has been heated.", "La piscine du port est désormais chauffée."),
    ("Teachers have called a strike.", "Les enseignants ont appelé à la grève."),
]
ALONE = ("The bakery moved to Mill Street.", "Un chat dort devant la pharmacie.")


def _ladder(folder: Path, source: list[str], target: list[str], *options: str) -> list[str]:
    paths = folder / "en.txt", folder / "fr.txt"
    for path, lines in zip(paths, (source, target), strict=True):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    given = ["--segmented", "--format", "ladder", "--no-cache", "--source-lang", "en"]
    given += ["--target-lang", "fr", *options]
    result = CliRunner().invoke(auditor, ["align", *map(str, paths), *given])
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def _shuffled() -> tuple[list[str], list[str], list[str]]:
    source, target = [*(a for a, _ in SHARED), ALONE[0]], [*(b for _, b in SHARED), ALONE[1]]
    order = np.random.default_rng(4).permutation(len(target)).tolist()
    gold = [f"[{i}]:[{order.index(i)}]" for i in range(len(SHARED))]
    gold += [f"[{len(SHARED)}]:[]", f"[]:[{order.index(len(SHARED))}]"]
    return source, [target[i] for i in order], gold


def test_sentences_in_no_common_order_are_matched_one_by_one(tmp_path: Path) -> None:
    source, target, gold = _shuffled()
    assert _ladder(tmp_path, source, target) == gold


def test_order_can_be_declared_kept(tmp_path: Path) -> None:
    source, target, gold = _shuffled()
    beads = _ladder(tmp_path, source, target, "--order", "kept")
    assert beads != gold
    for side in (0, 1):
        numbers = [n for b in beads for n in b.split(":")[side].strip("[]").split(",") if n]
        assert sorted(map(int, numbers)) == list(range(len(source)))


def test_versions_in_order_stay_in_order(tmp_path: Path) -> None:
    source, target = [a for a, _ in SHARED], [b for _, b in SHARED]
    assert _ladder(tmp_path, source, target) == [f"[{i}]:[{i}]" for i in range(len(SHARED))]


@pytest.mark.parametrize(
    ("order", "kept"),
    [
        (list(range(40)), True),
        ([*range(20, 40), *range(20)], True),
        (list(np.random.default_rng(5).permutation(40)), False),
        (list(np.random.default_rng(5).permutation(9)), True),
    ],
    ids=["as it was", "halves exchanged", "shuffled", "too few to tell"],
)
def test_only_a_random_order_is_no_order(order: list[int], *, kept: bool) -> None:
    vectors = np.eye(40, dtype=np.float32)[: len(order)]
    assert keeps_order(vectors, vectors[order]) is kept


def test_a_document_without_sentences_keeps_any_order() -> None:
    assert keeps_order(np.zeros((0, 8), np.float32), np.eye(8, dtype=np.float32))
