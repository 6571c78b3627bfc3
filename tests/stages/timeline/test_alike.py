"""Misread wordings found by the runs they share are those that comparing each with each finds."""

from __future__ import annotations

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from stages.timeline.alike import LONG, Alike

LETTERS = "请看图盒子扁"
WORDINGS = st.text(LETTERS[:2], max_size=24) | st.text(LETTERS, min_size=6, max_size=40)


@st.composite
def changed(draw: st.DrawFn, wording: str) -> str:
    """A wording in which characters came, went or changed."""
    letters = list(wording)
    for _ in range(draw(st.integers(0, 1 + len(letters) // 8))):
        at = draw(st.integers(0, len(letters)))
        letters[at : at + draw(st.integers(0, 1))] = draw(st.text(LETTERS, max_size=1))
    return "".join(letters)


@given(
    st.lists(WORDINGS, max_size=4).flatmap(
        lambda some: st.tuples(*(st.lists(changed(one), max_size=5) for one in some))
    )
)
def test_none_that_is_like_is_missed_and_none_that_is_not_found(families: tuple[list[str], ...]) -> None:
    wordings = {one for family in families for one in family}
    alike = Alike(wordings)
    for words in wordings:
        like = {
            other
            for other in wordings - {words}
            if SequenceMatcher(None, other, words, autojunk=False).ratio() >= 0.9 and len(words) >= LONG
        }
        assert alike.of(words) == like
