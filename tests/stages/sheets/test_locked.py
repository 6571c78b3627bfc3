"""Workbooks with a password: told apart from damaged ones, whatever their age."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import python_calamine

from pipeline.contract import Made
from pipeline.model import Reading
from pipeline.model import Source as Declared
from stages.orders import STAGE, Params
from stages.sheets.container import Cannot, Table, open_table
from tests.stages.ole import compound, locked_xls, locked_xlsx, xls

LOCKED = [locked_xlsx(), locked_xls(), locked_xls(method=0), locked_xls(protected=True)]


@pytest.mark.parametrize("data", LOCKED, ids=["xlsx", "xls", "xls-xor", "xls-write-protected"])
def test_a_password_is_named_as_what_keeps_it_closed(data: bytes) -> None:
    assert open_table(data, bool) == Cannot("table-encrypted")


@pytest.mark.parametrize(("data", "name"), [(LOCKED[0], "a.xlsx"), (LOCKED[1], "a.xls")])
def test_the_library_tells_so_only_by_the_name_of_a_file(data: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(python_calamine.PasswordError):
        python_calamine.load_workbook(str(tmp_path / name))
    with pytest.raises(python_calamine.CalamineError, match="Cannot detect"):
        python_calamine.load_workbook(io.BytesIO(data))


def test_an_old_workbook_without_a_password_is_opened() -> None:
    assert open_table(xls(), bool) == Table(())


def test_an_ole_file_that_is_no_workbook_is_not_called_locked() -> None:
    assert open_table(compound({"WordDocument": b"hello"}), bool) == Cannot("table-broken")


@pytest.mark.parametrize("sources", [(), (Declared(file="orders.xls", columns={"order_id": "单号"}),)])
@pytest.mark.parametrize("data", LOCKED[:2])
def test_the_stage_says_what_to_do(perform: Callable[..., Made], data: bytes, sources: tuple[Declared, ...]) -> None:
    reading = perform(STAGE, data, "orders.xls", params=Params(sources=sources)).document
    assert isinstance(reading, Reading)
    assert ([span.code for span in reading.unread], reading.records) == (["table-encrypted"], ())
