"""Running one stage on one file, as the machinery would."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from pipeline.contract import Inputs, Made, Settings, Stage
from pipeline.model import Case, Exhibit, Receipt, digest_of

Perform = Callable[..., Made]


@pytest.fixture
def perform(tmp_path_factory: pytest.TempPathFactory) -> Perform:
    """`perform(stage, bytes, *names, params=None)`: what the stage makes of an exhibit with these bytes and names."""

    def run(stage: Stage, data: bytes, *names: str, params: Any = None) -> Made:
        folder = tmp_path_factory.mktemp("exhibit")
        path, scratch = folder / "blob", folder / "scratch"
        path.write_bytes(data)
        path.chmod(0o444)
        scratch.mkdir()
        made = stage.run(
            Inputs(exhibit=_exhibit(data, names or ("file",)), path=lambda _: path, scratch=scratch),
            params if params is not None else stage.configure(Case(), Settings()),
        )
        assert path.read_bytes() == data
        return made

    return run


def _exhibit(data: bytes, names: Sequence[str]) -> Exhibit:
    receipts = tuple(Receipt(name=name, received="2026-03-20T08:00:00Z") for name in names)
    return Exhibit(label="1", digest=digest_of(data), bytes=len(data), receipts=receipts)
