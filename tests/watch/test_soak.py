"""An hour of simulated arrivals with stops and kills."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.watch.soak import Soak


@pytest.mark.kill
def test_an_hour_of_arrivals_lose_nothing(tmp_path: Path) -> None:
    soak = Soak(tmp_path / "收件箱", seed=1)
    soak.run(1)
    soak.check()
    assert soak.counts["kill"] > 3
    assert soak.counts["stop"] > 0
    assert len(soak.drop.came) > 25
