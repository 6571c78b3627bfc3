"""decisions.toml: strict as case.toml, addressed to exhibits, and written down in the ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
import tiny_stages
from cases import EPOCH, FILES, fill

from pipeline.case import load
from pipeline.contract import Settings
from pipeline.decisions import addressed, load_rulings
from pipeline.errors import UsageError
from pipeline.ledger import Ledger
from pipeline.model import Ruling
from pipeline.run import Built, build, clock_from
from tests.made import exhibit

CLOCK = clock_from({"SOURCE_DATE_EPOCH": EPOCH})
ONE = """\
# 更正
[[readings]]
exhibit = "{exhibit}"
box = [120, 340, 560, 380]
machine = "P36637452494291552A"
text = "P366374524942915524"
"""


def rulings(folder: Path, text: str) -> tuple[Ruling, ...]:
    (folder / "decisions.toml").write_text(text, "utf-8")
    return load_rulings(folder)


def test_without_the_file_there_is_no_ruling(tmp_path: Path) -> None:
    assert load_rulings(tmp_path) == ()
    assert load(tmp_path, {}).rulings == ()


def test_a_ruling_is_loaded_with_the_line_it_stands_on(tmp_path: Path) -> None:
    (found,) = rulings(tmp_path, ONE.format(exhibit="3"))
    assert found == Ruling(
        exhibit="3", text="P366374524942915524", machine="P36637452494291552A", box=(120, 340, 560, 380), line=3
    )
    assert load(tmp_path, {}).rulings == (found,)


def test_a_ruling_on_a_page_of_a_pdf(tmp_path: Path) -> None:
    (found,) = rulings(tmp_path, '[[readings]]\nexhibit = "发票.pdf"\npage = 2\nmachine = "l00.00"\ntext = "100.00"\n')
    assert (found.page, found.box, found.exhibit) == (2, None, "发票.pdf")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[[readings]]\nexhibit = "3"\nmachine = "甲"\ntext = ""\n', "decision-without-text", 2),
        ('[[readings]]\nexhibit = "3"\nmachine = "甲"\ntext = "  "\n', "decision-without-text", 2),
        ('\n\n[[readings]]\nexhibit = "3"\ntext = "乙"\n', "decision-without-place", 4),
        ('[[readings]]\nexhibit = "3"\nbox = [9, 1, 2, 4]\ntext = "乙"\n', "decision-wrong-box", 2),
        ('[[readings]]\nexhibit = "3"\nbox = [1, 2]\ntext = "乙"\n', "case-wrong-type", 3),
        ('[[readings]]\nexhibit = "3"\ntekst = "乙"\n', "case-unknown-key", 3),
        ('[[readings]]\nexhibit = "3"\n', "case-missing-key", 1),
        ("[[readings]]\nexhibit = “3”\n", "case-quotes", 2),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(tmp_path: Path, text: str, code: str, line: int) -> None:
    with pytest.raises(UsageError) as raised:
        rulings(tmp_path, text)
    assert raised.value.code == code
    assert raised.value.values["line"] == line
    for language in ("zh-CN", "en"):
        assert "decisions.toml" in raised.value.say(language)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["2", "证据2", "聊天/截图.png", "截图.png", "inbox/聊天/截图.png"])
def test_an_exhibit_goes_by_its_label_or_its_name(name: str) -> None:
    exhibits = [exhibit("1", "订单.xlsx"), exhibit("2", "聊天/截图.png")]
    found, lost = addressed([Ruling(exhibit=name, text="x", machine="y", line=3)], exhibits)
    assert ([ruling.digest for ruling in found], lost) == ([exhibits[1].digest], ())


@pytest.mark.parametrize(("name", "code"), [("7", "decision-without-exhibit"), ("a.png", "decision-exhibit-twice")])
def test_a_ruling_that_fits_no_exhibit_is_said_and_not_used(name: str, code: str) -> None:
    exhibits = [exhibit("1", "一/a.png"), exhibit("2", "二/a.png")]
    found, lost = addressed([Ruling(exhibit=name, text="x", machine="y", line=3)], exhibits)
    assert found == ()
    assert [(note.code, note.values) for note in lost] == [(code, {"line": 3, "exhibit": name})]


def run(folder: Path) -> Built:
    case = load(folder, {})
    return build(folder, case, tiny_stages.ORDER, Settings(), jobs=1, clock=CLOCK)


def decisions(folder: Path) -> list[tuple[str, bool]]:
    return [
        (entry.body["text"], bool(entry.body.get("taken_back")))
        for entry in Ledger(folder / "ledger.jsonl", CLOCK).entries
        if entry.kind == "decision"
    ]


def test_the_ledger_holds_every_ruling_once_and_every_one_taken_back(tmp_path: Path) -> None:
    folder = fill(tmp_path / "case", FILES)
    run(folder)
    heads = [Ledger(folder / "ledger.jsonl", CLOCK).evidence_head]
    rulings(folder, ONE.format(exhibit="1"))
    for _ in range(2):
        run(folder)
        assert decisions(folder) == [("P366374524942915524", False)]
        heads.append(Ledger(folder / "ledger.jsonl", CLOCK).evidence_head)
    assert heads[0] != heads[1] == heads[2]
    (folder / "decisions.toml").unlink()
    run(folder)
    assert decisions(folder) == [("P366374524942915524", False), ("P366374524942915524", True)]
    rulings(folder, ONE.format(exhibit="1"))
    run(folder)
    assert [back for _, back in decisions(folder)] == [False, True, False]


def test_custody_tells_what_was_ruled(tmp_path: Path) -> None:
    folder = fill(tmp_path / "case", FILES)
    rulings(folder, ONE.format(exhibit="1"))
    run(folder)
    record = Ledger(folder / "ledger.jsonl", CLOCK).custody("case", "").records[-1]
    assert (record.action, record.label, record.name) == ("decision", "1", "chat.txt")
    assert (record.machine, record.text) == ("P36637452494291552A", "P366374524942915524")


def test_a_ruling_on_an_exhibit_that_is_not_there_is_a_note_of_the_build(tmp_path: Path) -> None:
    folder = fill(tmp_path / "case", FILES)
    rulings(folder, ONE.format(exhibit="99"))
    assert [note.code for note in run(folder).notes] == ["decision-without-exhibit"]
    assert decisions(folder) == []
