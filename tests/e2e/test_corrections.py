"""A misread number: check prints the block, a person fills it in, and every build from then on says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont
from pypdfium2 import PdfDocument

from pipeline.cli.app import run

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
READ, MEANT = "SF3006662992881", "SF3006662992887"
CASE = f"""\
[case]
platform = "xiaohongshu_shop_review"

[review]
text = "一直没有发货"

[[claims]]
says = "一直没有发货"
answer = "已经发出"
stance = "contradicted"
evidence = ["物流.png"]
quotes = ["{MEANT}"]
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A picture that shows one number, and a claim that quotes another, one digit away: as if it were misread."""
    (tmp_path / "inbox").mkdir()
    (tmp_path / "case.toml").write_text(CASE, "utf-8")
    image = Image.new("RGB", (720, 300), "white")
    font = ImageFont.truetype(FONT, 34, index=2)
    ImageDraw.Draw(image).text((40, 120), f"运单号 {READ}", font=font, fill="black")
    image.save(tmp_path / "inbox" / "物流.png")
    return tmp_path


def ruled(case: Path, printed: str) -> str:
    """The block as `check` printed it, with what the person sees filled in."""
    block = re.search(r"\[\[readings\]\]\n(?:.+\n?)+", printed)
    assert block is not None, printed
    text = re.sub(r'text = "".*', f'text = "{MEANT}"', block[0])
    (case / "decisions.toml").write_text(text, "utf-8")
    return text


def certainties(case: Path) -> Iterator[tuple[str, str, str | None]]:
    for claim in json.loads((case / "out" / "findings.json").read_text("utf-8"))["claims"]:
        for reason in claim["because"]:
            for quote in reason["quotes"]:
                cite: dict[str, Any] = quote["citation"]
                yield cite["quote"], cite["certainty"], cite["other"]


def printed(case: Path) -> str:
    with PdfDocument(case / "out" / "dossier.pdf") as document:
        pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    return "".join("".join(pages).split())


def test_a_correction_by_hand_from_check_to_the_dossier_and_back(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["check", str(case), "--jobs", "1"])
    ruled(case, capsys.readouterr().out)
    assert run(["build", str(case), "--jobs", "1"]) == 0
    assert list(certainties(case)) == [(MEANT, "corrected", READ)]
    text = printed(case)
    assert f"经人工更正，程序读作“{READ}”" in text
    assert f"“{READ}”→“{MEANT}”" in text
    head = json.loads((case / "out" / "manifest.json").read_text("utf-8"))["evidence_head"]

    (case / "case.toml").write_text(CASE.replace("已经发出", "早已发出"), "utf-8")
    assert run(["build", str(case), "--jobs", "1"]) == 0
    assert list(certainties(case)) == [(MEANT, "corrected", READ)]
    assert json.loads((case / "out" / "manifest.json").read_text("utf-8"))["evidence_head"] == head
    assert run(["verify", str(case)]) == 0

    (case / "decisions.toml").unlink()
    assert run(["build", str(case), "--jobs", "1"]) == 0
    assert list(certainties(case)) == []
    assert "撤回更正" in printed(case)


def test_a_block_that_nobody_filled_in_is_refused(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (case / "decisions.toml").write_text('[[readings]]\nexhibit = "1"\nmachine = "x"\ntext = ""\n', "utf-8")
    assert run(["build", str(case)]) == 2
    assert "decisions.toml 第 2 行" in capsys.readouterr().err


def test_a_correction_that_fits_nothing_is_said_and_the_dossier_made(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (case / "decisions.toml").write_text('[[readings]]\nexhibit = "1"\nmachine = "没有的字"\ntext = "别的"\n', "utf-8")
    assert run(["build", str(case), "--jobs", "1"]) == 0
    assert "没有读到“没有的字”" in capsys.readouterr().out
