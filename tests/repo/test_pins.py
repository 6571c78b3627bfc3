"""A stage whose source changed must raise its version, or be pinned again on purpose: `python -m tests.repo.pin`."""

from __future__ import annotations

import json

import pytest

from stages import ORDER
from tests.repo.pin import PINS, pin_of


@pytest.mark.parametrize("name", [stage.name for stage in ORDER])
def test_the_source_is_the_pinned_one(name: str) -> None:
    pinned = json.loads(PINS.read_text("utf-8"))
    assert pin_of(name) == pinned[name], f"stage {name} changed: raise its version, then run python -m tests.repo.pin"


def test_every_stage_is_pinned_and_no_other() -> None:
    assert set(json.loads(PINS.read_text("utf-8"))) == {stage.name for stage in ORDER}
