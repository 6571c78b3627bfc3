"""The sample case, built once in each way that the tests look at."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.model import Layout
from stages.assemble import STAGE
from tests.stages.assemble import sample


class Built(NamedTuple):
    layout: Layout
    pdf: Path
    manifest: bytes


Build = Callable[..., Built]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """`build(attach=…, language=…, declared=…)`: the finished dossier."""

    @cache
    def make(attach: str = "manifest", language: str = "zh-CN", *, declared: bool = True) -> Built:
        folder = tmp_path_factory.mktemp("case")
        case = sample.make(folder, attach=attach, language=language, declared=declared)
        made = STAGE.run(case.inputs, case.params)
        manifest = made.files["evidence-manifest.json"]
        path = made.files["dossier.pdf"]
        assert isinstance(made.document, Layout)
        assert isinstance(manifest, bytes)
        assert isinstance(path, Path)
        return Built(made.document, path, manifest)

    return make
