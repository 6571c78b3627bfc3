"""timeline.json and timeline.csv."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from stages.timeline.line import draw
from stages.timeline.tables import files, safe
from tests.made import item, message, order
from tests.stages.timeline.test_line import PARAMS


def test_json_prints_every_key_of_the_interface() -> None:
    made = json.loads(files(draw((item("3", "o.xlsx", order(paid="2026-03-11 01:26:48")),), PARAMS))["timeline.json"])
    assert set(made) == {"zone", "events", "untimed", "order_unknown", "conflicts", "gaps"}
    event = made["events"][0]
    keys = "id number role at text actors amount order_id exhibits citations agrees disputes"
    assert set(event) == set(keys.split())
    assert set(event["citations"][0]) == {
        "exhibit",
        "sha256",
        "where",
        "quote",
        "reader",
        "certainty",
        "confidence",
        "other",
    }
    assert len(event["citations"][0]["sha256"]) == 64
    assert event["at"] == {
        "said": "2026-03-11 01:26:48",
        "start": "2026-03-11T01:26:48+08:00",
        "end": "2026-03-11T01:26:48+08:00",
        "grain": "second",
        "zone": "platform",
        "date": "stated",
        "anchor": None,
    }


def test_csv_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    chat = message(1, "2026-03-12 10:00", "@林小姐", '=HYPERLINK("http://x")\n第二行')
    data = files(draw((item("1", "chat.txt", chat),), PARAMS))["timeline.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0]["text"] == '\'=HYPERLINK("http://x")\n第二行'
    assert rows[0]["actors"] == "'@林小姐"
    assert rows[0]["start"] == "2026-03-12T10:00:00+08:00"


@given(st.text(max_size=20))
@settings(deadline=None)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    assert not safe(text).startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert safe(text) in (text, "'" + text)
