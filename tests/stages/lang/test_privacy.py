"""Personal data in text: hidden so that it can still be compared, and nothing else touched."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.lang.privacy import mask, spans


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话15912349938", "电话159****9938"),
        ("159 1234 9938", "159****9938"),
        ("159-1234-9938", "159****9938"),
        ("+86 15912349938", "159****9938"),
        ("0571-88889999", "0571-****99"),
        ("身份证330106199003071234", "身份证330*************34"),
        ("写信到 lin.xia@example.cn 吧", "写信到 l***@example.cn 吧"),
        ("收货人：林小夏", "收货人：林**"),
        ("王小明 13912345678", "王** 139****5678"),
        ("王小明 139****5678", "王** 139****5678"),
        ("浙江省杭州市西湖区梧桐路88号3栋1202室", "浙江省杭州市西湖区***"),
        ("上海市浦东新区世纪大道1号", "上海市浦东新区***"),
        ("杭州市 西湖区 梧桐路 88 号 3 栋", "杭州市 西湖区 ***"),
        ("北京市朝阳区望京街道阜通东大街6号院3号楼1201", "北京市朝阳区***"),
    ],
)
def test_what_is_personal_is_hidden(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "P366374524942915524",
        "SF3006662992881",
        "订单 202603110123456789",
        "2026-03-12 08:35:21",
        "¥270.80",
        "王**",
        "159****9938",
        "客服说第3号仓库在路上，1号楼发货",
        "他知道7号才发货",
        "已到达杭州市西湖区文三路营业部",
        "下单一周都没发货，客服也不理人",
        "",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert mask(text) == text


def test_a_number_of_eighteen_digits_without_a_date_of_birth_is_no_id_card() -> None:
    assert mask("330106199913991234") == "330106199913991234"


def test_names_known_from_orders_are_hidden_wherever_they_stand() -> None:
    assert mask("林小夏说收到了，谢谢林小夏", names=["林小夏"]) == "林**说收到了，谢谢林**"


def test_a_name_that_is_masked_already_or_too_short_is_not_looked_for() -> None:
    assert mask("王**和林都来了", names=["王**", "林"]) == "王**和林都来了"


def test_a_known_address_is_hidden_from_the_house_on() -> None:
    assert mask("送到梧桐苑东门柜台", addresses=["杭州市西湖区梧桐苑东门柜台"]) == "送到***"


def test_a_long_piece_of_a_known_address_is_hidden() -> None:
    assert mask("梧桐苑东门柜台", addresses=["杭州市西湖区梧桐苑东门柜台右侧"]) == "***"


def test_what_is_kept_stays_even_if_it_looks_personal() -> None:
    assert mask("订单 15912349938", keep=["15912349938"]) == "订单 15912349938"
    assert mask("客服电话 13800001234，我的 15912349938", keep=["13800001234"]).endswith(
        "13800001234，我的 159****9938"
    )


def test_spans_say_where_and_what() -> None:
    (name, phone) = spans("林小夏 15912349938", names=["林小夏"])
    assert (name.start, name.end, name.kind) == (0, 3, "name")
    assert (phone.start, phone.end, phone.kind, phone.shown) == (4, 15, "phone", "159****9938")


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet="林小夏路号0123456789区市 -@.a", max_size=40),
    st.text(alphabet="林小夏路号0123456789区市 -@.a", max_size=40),
)
def test_hiding_is_done_once_and_hides_every_phone(before: str, after: str) -> None:
    text = f"{before}，15912349938，{after}"
    shown = mask(text, names=["林小夏"])
    assert "15912349938" not in shown
    assert "林小夏" not in shown
    assert mask(shown, names=["林小夏"]) == shown


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_places_are_ordered_and_do_not_overlap(text: str) -> None:
    found = spans(text, names=["林小夏"])
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


def test_long_texts_take_no_time_to_speak_of() -> None:
    assert mask("市路1" * 2000) is not None
