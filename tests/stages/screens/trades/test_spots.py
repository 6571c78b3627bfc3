"""Whatever a record of a trade states stands in the lines that its spots cite, on every labelled page."""

from __future__ import annotations

import pytest

from pipeline.model import Trade
from stages.screens.read import read_page
from tests.stages.screens.pages import ANCHORED, DEV, truth_of
from tests.stages.screens.trades.drawn import lines_at

PAGES = sorted(path.stem for path in DEV.glob("*.json") if path.stem[:1] in "3456")


@pytest.mark.parametrize("name", PAGES)
def test_every_field_stands_where_its_spot_says(name: str) -> None:
    page, _ = truth_of(name)
    for record in read_page(page, ANCHORED).records:
        if not isinstance(record, Trade):
            continue
        for spot in record.spots:
            assert spot.text.strip()
            assert spot.where.box is not None
            cited = "".join("".join(line.text.split()) for line in lines_at(page, spot.where.box))
            assert all(char in cited for char in "".join(spot.text.split())), (spot.field, spot.text, cited)


@pytest.mark.parametrize("name", PAGES)
def test_every_time_is_said_as_a_spot_says_it(name: str) -> None:
    page, _ = truth_of(name)
    for record in read_page(page, ANCHORED).records:
        if isinstance(record, Trade):
            said = {spot.field.removeprefix("times."): spot.text for spot in record.spots if "times." in spot.field}
            for field, text in said.items():
                moment = getattr(record.times, field)
                assert moment is not None
                assert "".join(moment.said.split()) in "".join(text.split())
