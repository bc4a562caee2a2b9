"""Aligners are timed on files that all of them read."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from auditor.bench.peers import (
    WIDTH,
    Peers,
    Timing,
    time_aligners,
    timing_table,
    write_pair,
)
from auditor.core import ConfigError


def test_made_documents_have_a_vector_for_each_sentence_and_block(tmp_path: Path) -> None:
    write_pair(tmp_path, 50, blocks=True)
    for side, count in (("source", 50), ("target", 47)):
        lines = (tmp_path / f"{side}.txt").read_text(encoding="utf-8").splitlines()
        rows = np.load(tmp_path / f"{side}.npy")
        assert rows.shape == (len(lines), WIDTH)
        assert abs(len(lines) - count) < 10
        assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
        blocks = (tmp_path / f"{side}.overlaps").read_text(encoding="utf-8").splitlines()
        assert len(set(blocks)) == len(blocks) == 1 + sum(len(lines) - k for k in range(4))
        embedded = np.fromfile(tmp_path / f"{side}.emb", "<f4").reshape(-1, WIDTH)
        assert len(embedded) == len(blocks)
        assert np.allclose(embedded[1 : len(lines) + 1], rows, atol=1e-5)


def test_every_aligner_is_timed_and_one_that_fails_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "vecalign.py"
    broken.write_text("raise SystemExit(3)\n", encoding="utf-8")
    ours, other = time_aligners([20], Peers(vecalign=broken, python=sys.executable))
    assert (ours.aligner, ours.size, ours.error) == ("ours", 20, "")
    assert ours.seconds > 0
    assert ours.megabytes > 1
    assert other == Timing("vecalign", 20, error="  ended with exit code 3")
    assert "ended with exit code 3" in timing_table([ours, other])[-1]


def test_a_peer_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="is no file"):
        time_aligners([20], Peers(hunalign=tmp_path / "none"))
