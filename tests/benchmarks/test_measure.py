"""The benchmark measures what it says, the whole tree of processes, tesseract apart; its pictures never change."""

import sys
from pathlib import Path

import pytest
from PIL import Image

from benchmarks import screenshots
from benchmarks.__main__ import Row, bar, expect
from benchmarks.measure import Cost, run

HUNGRY = "import time; kept = bytearray(60_000_000); time.sleep(1)"
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {HUNGRY!r}])"
READER = "import subprocess; subprocess.run(['tesseract', '--list-langs'], capture_output=True, check=True)"


def test_a_command_is_run_to_its_end(tmp_path: Path) -> None:
    cost = run([sys.executable, "-c", "print('made'); raise SystemExit(3)"], tmp_path)
    assert (cost.status, cost.output) == (3, "made\n")
    assert cost.cpu > 0
    assert cost.tesseract == 0


def test_memory_is_told_apart_by_driver_and_worker(tmp_path: Path) -> None:
    alone = run([sys.executable, "-c", HUNGRY], tmp_path)
    assert alone.driver > 60_000_000
    assert alone.worker == 0
    below = run([sys.executable, "-c", PARENT], tmp_path)
    assert below.worker > 60_000_000 > below.driver


def test_what_tesseract_costs_is_booked_once_a_call(tmp_path: Path) -> None:
    cost = run([sys.executable, "-c", READER], tmp_path)
    assert cost.status == 0
    assert len((tmp_path / "times").read_text().splitlines()) == 2
    assert 0 <= cost.tesseract <= cost.cpu


def test_an_engine_that_was_never_called_has_no_overhead_to_state() -> None:
    cost = Cost(wall=1, cpu=1, tesseract=0, driver=1, worker=0, status=0, output="")
    assert cost.own != cost.own


def test_own_cpu_is_a_part_of_tesseracts() -> None:
    assert Cost(wall=1, cpu=5, tesseract=4, driver=1, worker=0, status=0, output="").own == 0.25


def test_a_failed_command_is_no_measurement() -> None:
    with pytest.raises(SystemExit, match="ended with 3"):
        expect(Cost(wall=1, cpu=1, tesseract=0, driver=1, worker=0, status=3, output="broken"), 0)


def test_a_bar_is_kept_below_and_missed_at_it() -> None:
    assert bar("help", 0.249, 0.25, "s") == Row("help", "0.25 s", "< 0.25 s", True)
    assert bar("memory", 400, 400, "MB").kept is False


def test_pictures_are_alike_in_every_run_and_differ_from_each_other(tmp_path: Path) -> None:
    first = screenshots.draw(tmp_path / "first", 3)
    second = screenshots.draw(tmp_path / "second", 3)
    assert [path.name for path in first] == [path.name for path in second]
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert len({path.read_bytes() for path in first}) == 3


def test_pictures_are_phone_screens_below_the_limit(tmp_path: Path) -> None:
    (path,) = screenshots.draw(tmp_path / "pictures", 1)
    assert path.stat().st_size <= screenshots.LARGEST
    with Image.open(path) as image:
        assert image.size == (screenshots.WIDTH, screenshots.HEIGHT)
