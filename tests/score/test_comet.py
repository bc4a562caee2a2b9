"""A judge of COMET, loaded and asked by the library itself.

Needs the extra `judge`. The model is made here with random weights, so that nothing is downloaded:
its scores mean nothing, and that they are the library's own is the test.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from auditor.cli import auditor
from auditor.core import JudgeError
from auditor.score.comet import CometJudge
from auditor.score.learned import open_judge

# Read by the library when it is imported.
os.environ["HF_HUB_OFFLINE"] = "1"
tiny: Any = pytest.importorskip(
    "tiny_comet", reason="the extra `judge` is not installed", exc_type=ImportError
)
torch = tiny.torch

PAIRS = [
    ("The bridge opened in 1989.", "Le pont a ouvert en 1989."),
    ("It was closed again the next day, because of the wind.", "Il fut fermé."),
    ("Rain.", "La pluie tomba toute la journée sur la ville et sur le port."),
]

pytestmark = [
    # Of the libraries below COMET, told when they are imported or a model is saved.
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place: Path = tiny.save_model(tmp_path_factory.mktemp("comet") / "tiny")
    return place


@pytest.fixture(scope="module")
def judge(folder: Path) -> CometJudge:
    return CometJudge(str(folder))


def test_scores_are_those_of_the_library(judge: CometJudge, folder: Path) -> None:
    from comet import load_from_checkpoint

    model = load_from_checkpoint(str(folder / "checkpoints/model.ckpt"), local_files_only=True)
    samples = [{"src": source, "mt": target} for source, target in PAIRS]
    theirs = model.predict(samples, gpus=0, progress_bar=False, num_workers=0)["scores"]
    assert judge.judge(PAIRS) == pytest.approx(theirs, abs=1e-5)
    assert len({round(score, 4) for score in theirs}) == 3


def test_a_score_hardly_depends_on_the_pairs_beside_it(judge: CometJudge) -> None:
    alone = [judge.judge([pair])[0] for pair in PAIRS]
    assert judge.judge(PAIRS * 9) == pytest.approx(alone * 9, abs=1e-5)


def test_no_pairs_have_no_scores(judge: CometJudge) -> None:
    assert judge.judge([]) == []


def test_a_text_of_a_million_characters_is_cut(judge: CometJudge) -> None:
    assert len(judge.judge([("dog " * 250_000, "chien " * 250_000)])) == 1


def test_its_id_has_library_model_precision_and_device(judge: CometJudge, folder: Path) -> None:
    library, _, rest = judge.id.removeprefix("comet/").partition("/")
    assert library[0].isdigit()
    assert rest.startswith(f"{folder}@")
    assert rest.endswith(f"/float32/{'cuda' if torch.cuda.is_available() else 'cpu'}")


def test_a_model_trained_anew_has_another_id(judge: CometJudge, folder: Path) -> None:
    file = folder / "checkpoints" / "model.ckpt"
    before = file.stat()
    assert CometJudge(str(file)).id.rpartition("@")[2] == judge.id.rpartition("@")[2]
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    try:
        assert CometJudge(str(folder)).id != judge.id
    finally:
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


def test_a_model_that_gives_what_is_no_number_is_one_line(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "broken"
    shutil.copytree(folder, copy)
    file = copy / "checkpoints" / "model.ckpt"
    held = torch.load(file, weights_only=False)
    for name, weights in held["state_dict"].items():
        if name.startswith("estimator") and name.endswith("bias"):
            weights.fill_(float("nan"))
    torch.save(held, file)
    with pytest.raises(JudgeError, match=r"gave a score that is no number \(nan\) for .*--judge"):
        CometJudge(str(copy)).judge(PAIRS)


def test_a_model_that_needs_a_reference_is_refused(tmp_path: Path) -> None:
    place = tiny.save_model(tmp_path / "with", "regression_metric")
    with pytest.raises(JudgeError, match="needs a reference translation; name a model of quality"):
        CometJudge(str(place))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        pytest.param([], "holds 0 models", id="no model"),
        pytest.param(["a.ckpt", "b.ckpt"], "holds 2 models", id="two models"),
        pytest.param(["a.ckpt"], "the model cannot be loaded", id="no hparams"),
    ],
)
def test_a_folder_without_one_model_is_one_line(
    tmp_path: Path, files: list[str], said: str
) -> None:
    (tmp_path / "checkpoints").mkdir()
    for name in files:
        (tmp_path / "checkpoints" / name).write_bytes(b"x")
    with pytest.raises(JudgeError, match=said) as caught:
        open_judge(f"comet:{tmp_path}")
    assert "\n" not in str(caught.value)


def test_an_unknown_model_is_one_line_with_a_remedy() -> None:
    with pytest.raises(
        JudgeError, match=r"comet:nobody/none: the model cannot be loaded.*name the"
    ):
        open_judge("comet:nobody/none")


def test_an_audit_shows_its_scores_beside_fidelity(folder: Path, root: Path) -> None:
    story = root / "corpora" / "storm-barrier"
    asked = ["audit", str(story / "en.txt"), str(story / "fr.txt"), "--source", "en.txt"]
    asked += ["--no-cache", "--format", "json"]
    plain = json.loads(CliRunner().invoke(auditor, asked).stdout)
    done = CliRunner().invoke(auditor, [*asked, "--judge", f"comet:{folder}"])
    assert done.exit_code == 0
    judged = json.loads(done.stdout)
    scores = [bead.pop("judge") for bead in judged["beads"]]
    assert len(scores) > 5
    [metric] = judged["metrics"]
    assert (metric["name"], metric["document"]) == ("judge", "fr.txt")
    assert metric["score"] == pytest.approx(sum(scores) / len(scores), abs=1e-3)
    assert metric["signature"].startswith("comet/")
    # Never silently inside it.
    assert {bead.pop("judge") for bead in plain["beads"]} == {None}
    assert judged["beads"] == plain["beads"]
    assert judged["documents"] == plain["documents"]


def test_pairs_are_judged_and_an_empty_translation_is_not(folder: Path, tmp_path: Path) -> None:
    rows = [f"{n}\t{source}\t{target}" for n, (source, target) in enumerate(PAIRS)]
    path = tmp_path / "pairs.tsv"
    path.write_text("\n".join(["id\tsource\ttarget", *rows, "x\tRain.\t"]), encoding="utf-8")
    langs = ["--source-lang", "en", "--target-lang", "fr", "--no-cache"]
    done = CliRunner().invoke(auditor, ["pairs", str(path), *langs, "--judge", f"comet:{folder}"])
    scores = [json.loads(line)["judge"] for line in done.stdout.splitlines()]
    assert scores[:3] == pytest.approx(CometJudge(str(folder)).judge(PAIRS), abs=1e-4)
    assert scores[3] is None
