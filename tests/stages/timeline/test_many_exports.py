"""Very many exports: only those that have words in common are compared, and the rest loses nothing by it."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import label_key
from stages.timeline import exports
from tests.stages.timeline.test_exports import drawn, export, spoken

WORDS = ("好的", "您好，包裹破损了", "今天就补发给您", "[图片]")
SPOKEN = st.tuples(
    st.sampled_from(["10:01", "10:02", "10:03"]), st.sampled_from(["self", "other"]), st.sampled_from(WORDS)
)


def test_exports_with_nothing_in_common_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_twins", lambda *_: pytest.fail("compared"))
    files = [export(f"{n}", spoken(((f"10:{n % 60:02}", "other", f"第 {n} 单发货了吗"),))) for n in range(1, 200)]
    assert len(drawn(*files).events) == 199


@settings(max_examples=60, deadline=None)
@given(talks=st.lists(st.lists(SPOKEN, min_size=1, max_size=4), min_size=2, max_size=5), dated=st.data())
def test_what_is_not_compared_has_no_twins(
    talks: list[list[tuple[str, str, str]]],
    dated: st.DataObject,
) -> None:
    files = []
    for number, talk in enumerate(talks, 9):
        changes = {} if dated.draw(st.booleans()) else {"at": None}
        files.append(export(str(number), spoken(talk, **changes)))  # type: ignore[arg-type]
    found = drawn(*files)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exports, "_comparable", lambda lines: list(combinations(sorted(lines, key=label_key), 2)))
        assert drawn(*files) == found
