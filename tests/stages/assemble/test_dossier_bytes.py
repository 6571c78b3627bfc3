"""The same case gives the same bytes, wherever and whenever it is built; and long pictures are cut between lines."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from pipeline.contract import Settings
from pipeline.model import Case
from stages.assemble import STAGE, Params
from stages.assemble.images import Pictures
from stages.assemble.masks import Privacy
from tests.stages.assemble import sample
from tests.stages.assemble.conftest import Build

ROOT = Path(__file__).parents[3]
BUILD = """
import hashlib, sys
from pathlib import Path
from stages.assemble import STAGE
from tests.stages.assemble import sample
case = sample.make(Path(sys.argv[1]), attach="all")
made = STAGE.run(case.inputs, case.params)
print(hashlib.sha256(made.files["dossier.pdf"].read_bytes()).hexdigest())
"""


def test_the_bytes_depend_on_the_case_alone(build: Build, tmp_path: Path) -> None:
    surroundings = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "77", "TZ": "America/New_York", "LC_ALL": "C",
    }  # fmt: skip
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(build(attach="all").pdf.read_bytes()).hexdigest()


def test_no_line_of_text_is_cut(tmp_path: Path) -> None:
    screen = sample.chat_screen()
    path = tmp_path / "long.png"
    screen.image.save(path)
    builder = sample._Builder(tmp_path / "more")
    (tmp_path / "more").mkdir()
    item = builder.picture("1", "long.png", screen)
    shot = Pictures(Privacy()).shot(item, path)
    assert shot is not None
    assert len(shot.pieces) > 2
    cuts = [piece.bottom for piece in shot.pieces[:-1]]
    assert not [line for line in screen.lines for cut in cuts if line.box[1] < cut < line.box[3]]
    assert [piece.top for piece in shot.pieces[1:]] == cuts


def test_the_stage_reads_its_settings() -> None:
    assert STAGE.configure(Case(), Settings(attach="all")) == Params(case=Case(), attach="all")
    assert STAGE.configure(Case(), Settings(attach="none")) == Params(case=Case(), attach="none")
    assert STAGE.configure(Case(), Settings()) == Params(case=Case(), attach="manifest", language="zh-CN")
    english = Case(language="en")
    assert STAGE.configure(english, Settings()) == Params(case=english, language="en")
    assert STAGE.configure(english, Settings(language="zh-CN")) == Params(case=english, language="zh-CN")
    assert STAGE.configure(Case(), Settings(language="en")) == Params(case=Case(), language="en")
    assert STAGE.needs == ("timeline", "appraise", "annotate")
    assert [tool.name for tool in STAGE.tools(None)][:1] == ["font-regular"]
