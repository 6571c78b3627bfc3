"""The mail twin's markup as lines."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.chats.wechat_share.markup import lines_in


def texts(markup: str) -> list[str]:
    return [line.text for line in lines_in(markup)]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>一</p><p>二</p>", ["一", "二"]),
        ("<p>一<br>二<br/>三</p>", ["一", "二", "三"]),
        ("<P CLASS=x>一</P>\n  <div>二</div>", ["一", "二"]),
        ("<p>&nbsp;</p><p>一</p>", ["", "一"]),
        ("<p><br></p><p>一</p>", ["", "一"]),
        ("<p></p><p>一</p>", ["一"]),
        ("<p>阿青&nbsp;&nbsp;9:03</p>", ["阿青  9:03"]),
        ("<p>&mdash;&hellip;&amp;&lt;b&gt;&#20320;</p>", ["—…&<b>你"]),
        ("<p>  一\n   二  </p>", ["一 二"]),
        ("<p>一<span> 二</span> 三</p>", ["一 二 三"]),
        ("<style>p { x }</style><title>题</title><p>一</p><script>var a = '<p>二</p>'</script>", ["一"]),
        ("<!-- <p>一</p> --><p>二</p>", ["二"]),
        ("<!-- 没完<p>二</p>", ["<!-- 没完", "二"]),
        ("<p>1 < 2 且 3 > 2</p>", ["1 < 2 且 3 > 2"]),
        ('<p><img src="cid:a.jpg"></p>', ["[图片: a.jpg]"]),
        ("<p><img src='dir/b.png?x=1' alt=''></p>", ["[图片: b.png]"]),
        ('<p><img src="data:image/png;base64,AAAA"></p>', ["[图片]"]),
        ("<style>没有结束<p>一</p>", ["没有结束", "一"]),
        ("一", ["一"]),
        ("", []),
    ],
)
def test_lines(markup: str, lines: list[str]) -> None:
    assert texts(markup) == lines


@pytest.mark.parametrize(
    ("markup", "bold"),
    [
        ("<p><strong>阿青  9:03</strong></p>", 7),
        ("<p><b>阿青</b> 9:03</p>", 2),
        ("<p><b>阿青</b> <b>9:03</b></p>", 2),
        ("<p>阿青 <b>9:03</b></p>", 0),
        ("<p><strong>阿青</p><p>9:03</p>", 2),
    ],
)
def test_how_much_is_bold_from_the_first_character_on(markup: str, bold: int) -> None:
    assert lines_in(markup)[0].bold == bold
    assert all(line.bold == 0 for line in lines_in(markup)[1:])


def test_a_line_alone_in_its_block() -> None:
    assert [line.alone for line in lines_in("<p>一</p><p>二<br>三</p>")] == [True, False, False]


def test_places() -> None:
    markup = "<body>\n<p>一</p>\n<p>二<br>\n三</p>\n</body>"
    found = lines_in(markup)
    assert [(line.first, line.last) for line in found] == [(1, 1), (2, 2), (3, 3)]
    assert [markup[slice(*line.span)] for line in found] == ["一", "二", "三"]


@pytest.mark.parametrize("piece", ["<!--", "<style>", "<p ", '<p a="', "<", "&", "<strong>", "<br>"])
def test_what_repeats_a_hundred_thousand_times_is_still_read_at_once(piece: str) -> None:
    lines_in(piece * 100_000)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<br>", "<strong>", "</strong>", "甲", " ", "\n", "&nbsp;", "<", "<!--", "-->"]
        ),
        max_size=30,
    )
)
@settings(max_examples=120, deadline=None)
def test_any_markup(parts: list[str]) -> None:
    markup = "".join(parts)
    last = 0
    for line in lines_in(markup):
        assert last <= line.span[0] <= line.span[1] <= len(markup)
        assert 0 <= line.first <= line.last <= markup.count("\n")
        assert 0 <= line.bold <= len(line.text)
        last = line.span[0]
