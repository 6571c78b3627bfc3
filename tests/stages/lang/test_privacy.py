"""Personal data in text: hidden so that it can still be compared, and nothing else touched."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.lang.privacy import mask, names_in, spans


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


NAMES, ADDRESSES = ("林小夏", "欧阳明"), ("浙江省杭州市西湖区梧桐路88号3栋1202室", "上海市静安区 愚园路 1号")


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("打 13912345678 找我", "phone", "13912345678"),
        ("打 +86-139-1234-5678 找我", "phone", "+86-139-1234-5678"),
        ("座机 021-5555 1234", "phone", "021-5555 1234"),
        ("座机 0571-88889999", "phone", "0571-88889999"),
        ("证件 11010119900307123x", "id-card", "11010119900307123x"),
        ("邮箱a.b-c+d@mail.example.com.cn。", "mail", "a.b-c+d@mail.example.com.cn"),
        ("联系人 欧阳小雨", "name", "欧阳小雨"),
        ("真实姓名：阿依古丽·买买提", "name", "阿依古丽·买买提"),
        ("寄到广东省深圳市南山区科技路1号2栋", "address", "科技路1号2栋"),
        ("内蒙古自治区呼和浩特市新城区中山路12号", "address", "中山路12号"),
        ("家住长安街1号", "address", "家住长安街1号"),
    ],
)
def test_what_is_found_is_named_by_its_kind(text: str, kind: str, found: str) -> None:
    shown = [(one.kind, text[one.start : one.end]) for one in spans(text)]
    assert shown == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "1591234993",  # a digit short
        "159123499381",  # a digit long
        "A15912349938",
        "15912349938B",
        "25912349938",
        "12912349938",
        "0159-12349938",
        "a@b",
        "@momo",
        "姓名",
        "收货人：",
        "张贴海报 第3号",
        "订单：12345",
        "2026-03-11 01:26:48 付款 270.80 元",
        "第 3 号楼下的快递柜",
    ],
)
def test_what_only_resembles_personal_data_stays(text: str) -> None:
    assert mask(text) == text


def test_a_label_at_the_end_of_a_name_is_not_taken_for_one() -> None:
    assert mask("联系客服 13912345678") == "联系客服 139****5678"
    assert mask("电话 13912345678") == "电话 139****5678"


def test_a_mail_address_may_stand_right_after_chinese() -> None:
    assert mask("邮箱lin.xia@example.cn，林小夏lin.xia@example.cn", NAMES) == "邮箱l***@example.cn，林**l***@example.cn"


def test_several_of_a_kind_are_each_hidden() -> None:
    assert mask("13912345678、15912349938") == "139****5678、159****9938"
    assert mask("林小夏和欧阳明", NAMES) == "林**和欧**"


def test_names_may_be_written_with_blanks_around_them() -> None:
    assert mask("林小夏", [" 林小夏 "]) == "林**"


@pytest.mark.parametrize("house", ["梧桐路88号3栋1202室", "愚园路 1号"])
def test_the_house_of_a_known_address_is_hidden_anywhere(house: str) -> None:
    shown = mask(f"还是寄{house}吧", NAMES, ADDRESSES)
    assert house not in shown
    assert "***" in shown


def test_the_district_of_an_address_stays_to_be_compared() -> None:
    assert mask(ADDRESSES[0], NAMES, ADDRESSES) == "浙江省杭州市西湖区***"


def test_an_address_that_is_hidden_already_gives_nothing_away() -> None:
    assert mask("杭州市西湖区***", addresses=["杭州市西湖区***"]) == "杭州市西湖区***"
    assert mask("到了西湖区", addresses=["西湖区"]) == "到了西湖区"


def test_what_is_kept_protects_only_itself() -> None:
    assert mask("15912349938 13912345678", keep=["15912349938"]) == "15912349938 139****5678"
    assert mask("林小夏的店，林小夏", names=["林小夏"], keep=["林小夏的店"]) == "林小夏的店，林**"
    assert mask("159 1234 9938", keep=["1234"]) == "159****9938"
    assert mask("15912349938", keep=["", "*"]) == "159****9938"


def test_the_longer_of_two_readings_is_hidden() -> None:
    text = "330106199003071234"
    (one,) = spans(text)
    assert (one.kind, one.end - one.start) == ("id-card", 18)


PARTS = st.lists(
    st.sampled_from([
        "林小夏", "15912349938", "159 1234 9938", "330106199003071234", "lin.xia@example.cn", "，", " ", "电话",
        "收货人：", "浙江省杭州市西湖区", "梧桐路88号3栋1202室", "订单 P366374524942915524", "270.80",
        "2026-03-11 01:26:48", "好的", "\n",
    ]),
    max_size=10,
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(PARTS)
def test_hiding_what_is_hidden_changes_nothing(parts: list[str]) -> None:
    shown = mask("，".join(parts), NAMES, ADDRESSES)
    assert mask(shown, NAMES, ADDRESSES) == shown


@settings(max_examples=100, deadline=None)
@given(PARTS)
def test_apart_from_each_other_no_secret_is_left(parts: list[str]) -> None:
    shown = mask("，".join(parts), NAMES, ADDRESSES)
    for secret in ("林小夏", "15912349938", "159 1234 9938", "330106199003071234", "lin.xia@", "梧桐路88号"):
        assert secret not in shown


@settings(max_examples=100, deadline=None)
@given(PARTS)
def test_only_what_was_found_is_changed(parts: list[str]) -> None:
    text = "".join(parts)
    found = spans(text, NAMES, ADDRESSES)
    rest, at = [], 0
    for one in found:
        rest += [text[at : one.start], one.shown]
        at = one.end
    assert mask(text, NAMES, ADDRESSES) == "".join([*rest, text[at:]])
    assert all("*" in one.shown and text[one.start : one.end] != one.shown for one in found)


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 9), st.integers(0, 9999), st.integers(0, 9999), st.sampled_from(["", " ", "-"]))
def test_every_mobile_number_keeps_its_head_and_tail(second: int, middle: int, last: int, between: str) -> None:
    number = f"1{second}0{between}{middle:04}{between}{last:04}"
    assert mask(f"电话{number}。") == f"电话1{second}0****{last:04}。"


@settings(max_examples=60, deadline=None)
@given(
    st.dates().map(lambda day: day.replace(year=1900 + day.year % 130)),
    st.integers(0, 999),
    st.sampled_from("0123456789Xx"),
)
def test_every_id_card_is_hidden_whatever_its_day(day: object, number: int, check: str) -> None:
    card = f"330106{day:%Y%m%d}{number:03}{check}"
    shown = mask(card)
    assert shown[:3] == "330"
    assert set(shown[3:-2]) == {"*"}
    assert len(shown) == len(card)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("159.1234.9938", "159****9938"),
        ("tel15912349938", "tel159****9938"),
        ("TEL15912349938", "TEL159****9938"),
        ("１５９１２３４９９３８", "159****9938"),
        ("057188776655", "0571****55"),
        ("(0571)88776655", "(0571)****55"),
        ("+44 7700 900123", "+44****23"),
        ("(555) 123-4567", "555****67"),
        ("330106 19900307 2345", "330*************45"),
        ("330106900307234", "330*************34"),
        ("身份证330106199003071234a", "身份证330*************34a"),
        ("邮箱linxy@example.com", "邮箱l***@example.com"),
        ("linxy＠example.com", "l***@example.com"),
        ("银行卡号6222021234567890123", "银行卡号6222********0123"),
        ("6222 0212 3456 7890 123", "6222********0123"),
        ("4111111111111111", "4111********1111"),
    ],
)
def test_numbers_are_hidden_however_they_are_written(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "订单2847561903847561234",
        "2847561903847561234",
        "订单编号：6222021234567890123",
        "SF15912349938",
        "YT4111111111111111",
        "123-4567890-1234567",
        "159.12349938",
        "991341900307234",
        "6222021234567890124",
    ],
)
def test_numbers_of_orders_and_parcels_stay(text: str) -> None:
    assert mask(text) == text


def test_a_card_number_that_is_an_order_number_stays() -> None:
    assert mask("4111111111111111", keep=["4111111111111111"]) == "4111111111111111"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("王海涛15943199938", "王**159****9938"),
        ("15943199938王海涛", "159****9938王**"),
        ("王海涛_15943199938.jpg", "王**_159****9938.jpg"),
        ("收货：张伟", "收货：张**"),
        ("派件员：王海涛", "派件员：王**"),
        ("收件员:李强正在派送", "收件员:李**在派送"),
        ("Name: Priya Nair", "Name: P**"),
        ("Recipient Priya Nair", "Recipient P**"),
        ("Dear Priya, thank you", "Dear P**, thank you"),
        ("Ship to: Priya Nair\n12 Garden Street, Leeds LS1 4AB", "Ship to: P**\n***"),
        ("Deliver to: Priya Nair, Flat 2, 221B Baker Street, London NW1 6XE", "Deliver to: P**, ***"),
        ("1600 Pennsylvania Avenue, Washington, DC 20500", "***"),
    ],
)
def test_names_and_addresses_are_told_by_what_stands_beside_them(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "确认收货时间",
        "收货：已签收",
        "收货成功",
        "15912349938谢谢",
        "Dear Customer",
        "Product name: Linen Shirt",
        "签收人：本人",
    ],
)
def test_words_beside_labels_and_numbers_are_no_names(text: str) -> None:
    assert mask(text).replace("159****9938", "15912349938") == text


def test_a_known_latin_name_is_hidden_in_any_case_and_as_a_whole_word() -> None:
    assert mask("PRIYA NAIR and priya_nair.png, not Priya Nairobi", names=["Priya Nair"]) == (
        "P** and p**.png, not Priya Nairobi"
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("收货人：林小夏", {"林小夏"}),
        ("姓名 张伟", {"张伟"}),
        ("Ship to: Priya Nair, Leeds", {"Priya Nair"}),
        ("Deliver to London", set()),
        ("收货人：本人签收", set()),
        ("收件员：李强正在派送", set()),
    ],
)
def test_labels_tell_whole_names(text: str, names: set[str]) -> None:
    assert set(names_in(text)) == names


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["", " ", "-", "."]), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.booleans())
def test_a_mobile_number_is_hidden_in_every_grouping(blank: str, number: str, wide: bool) -> None:
    text = blank.join((number[:3], number[3:7], number[7:]))
    shown = mask(text.translate({48 + at: 0xFF10 + at for at in range(10)}) if wide else text)
    assert shown == f"{number[:3]}****{number[7:]}"
    assert mask(shown) == shown
