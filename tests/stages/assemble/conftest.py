"""The sample case, built once in each way that the tests look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.model import Layout
from stages.assemble import STAGE
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts, find
from stages.assemble.layout import Book
from tests.stages.assemble import drawing, sample


class Built(NamedTuple):
    layout: Layout
    pdf: Path
    manifest: bytes


Build = Callable[..., Built]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """`build(attach=…, language=…, declared=…)`: the finished dossier."""

    @cache
    def made(attach: str, language: str, declared: bool) -> Built:
        folder = tmp_path_factory.mktemp("case")
        case = sample.make(folder, attach=attach, language=language, declared=declared)
        done = STAGE.run(case.inputs, case.params)
        manifest = done.files["evidence-manifest.json"]
        path = done.files["dossier.pdf"]
        assert isinstance(done.document, Layout)
        assert isinstance(manifest, bytes)
        assert isinstance(path, Path)
        return Built(done.document, path, manifest)

    def make(attach: str = "manifest", language: str = "zh-CN", *, declared: bool = True) -> Built:
        return made(attach, language, declared)

    return make


@pytest.fixture(scope="session")
def fonts() -> Iterator[Fonts]:
    """The fonts of this machine, opened once."""
    with Fonts(*find()) as fonts:
        yield fonts


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """What the parts of the sample case draw from."""
    return drawing.content_of(sample.make(tmp_path_factory.mktemp("content")))


@pytest.fixture(scope="session")
def undeclared(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The same evidence without case.toml."""
    return drawing.content_of(sample.make(tmp_path_factory.mktemp("undeclared"), declared=False))


@pytest.fixture
def book(fonts: Fonts) -> Book:
    """A book with one empty page."""
    return drawing.a_book(fonts)
