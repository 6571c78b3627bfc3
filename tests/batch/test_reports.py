"""What is told of a batch."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch import CaseRun
from pipeline.batch.reports import Report, name_of
from pipeline.errors import Exit, UsageError, worst

ROOT = Path("/cases")
SUMMARY = {"dossier": "d.pdf", "out": "out", "exhibits": 3, "events": 4, "pages": 12, "made": 9, "reused": 0}


def run(name: str, code: int, **more: object) -> CaseRun:
    made = {"summary": {**SUMMARY, "unread": []}} if code in (0, 3) else {}
    return CaseRun(case=ROOT / name, exit=Exit(code), **(made | more))  # type: ignore[arg-type]


def report(*runs: CaseRun, **more: object) -> Report:
    about = {"loose": (), "closed": (), "seconds": 9.0, "jobs": 2, "language": "zh-CN"}
    return Report(root=ROOT, runs=runs, **(about | more))  # type: ignore[arg-type]


WRONG = run("b", 2, error=UsageError("not-a-case", case="b"))


def test_json_counts_and_names_all() -> None:
    told = report(run("a", 0), WRONG, run("c/d", 3), run("e", 1, bug="KeyError")).json()
    assert told["exit"] == 1
    assert told["counts"] == {"0": 1, "1": 1, "2": 1, "3": 1}
    assert [case["case"] for case in told["cases"]] == ["a", "b", "c/d", "e"]
    assert told["cases"][0] == {
        "case": "a", "exit": 0, "seconds": 0.0, "cpu": 0.0, "memory": 0, **SUMMARY, "unread": [], "error": None,
    }  # fmt: skip
    assert told["cases"][1]["error"]["code"] == "not-a-case"
    assert told["cases"][1]["pages"] is None
    assert told["cases"][3]["error"]["code"] == "bug"


def test_junit_tells_failures_errors_and_what_was_skipped() -> None:
    suites = Xml.fromstring(report(run("a", 0), WRONG, run("c", 3), run("d", 7), run("e", 130)).junit())
    assert suites.attrib | {"time": ""} == {"tests": "5", "failures": "2", "errors": "1", "skipped": "1", "time": ""}
    (suite,) = suites
    assert [(case.get("name"), [(child.tag, child.get("type")) for child in case]) for case in suite] == [
        ("a", []),
        ("b", [("failure", "exit-2")]),
        ("c", [("failure", "exit-3")]),
        ("d", [("error", "exit-7")]),
        ("e", [("skipped", None)]),
    ]
    assert all(child.get("message") for case in suite for child in case)


@given(name=st.text(min_size=1).filter(lambda text: "/" not in text and "\0" not in text and text not in (".", "..")))
def test_any_name_gives_xml_that_can_be_read(name: str) -> None:
    case = run(name.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape"), 0)
    (suite,) = Xml.fromstring(report(case).junit())
    assert suite[0].get("name") == name_of(case.case, ROOT).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert "\n" not in name_of(case.case, ROOT)


def test_in_lines_only_what_needs_a_look_is_named() -> None:
    lines = list(report(run("a", 0), WRONG, run("c", 3), loose=(ROOT / "x.png",), closed=(ROOT / "shut",)).lines())
    assert "3" in lines[0]
    assert [line.split()[1] for line in lines[1:3]] == ["b", "c"]
    assert "x.png" in lines[3]
    assert "shut" in lines[4]
    assert len(lines) == 5


@pytest.mark.parametrize(
    ("codes", "code"),
    [((0, 3), 3), ((3, 4, 0), 4), ((4, 2), 2), ((2, 75), 75), ((75, 7), 7), ((7, 5), 5), ((5, 1), 1), ((1, 130), 130),
     ((0, 6), 6), ((6, 3), 3), ((), 0)],
)  # fmt: skip
def test_the_exit_code_is_that_of_the_worst(codes: tuple[int, ...], code: int) -> None:
    assert worst(map(Exit, codes)) == code


def test_a_folder_that_could_not_be_looked_into_is_no_success() -> None:
    assert report(run("a", 0), closed=(ROOT / "shut",)).exit == Exit.LACKING
