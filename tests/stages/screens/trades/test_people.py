"""Recipients without a label, and who is who."""

from __future__ import annotations

import pytest

from pipeline.model import Person
from stages.screens.page import Context
from stages.screens.trades.people import contact_in, contact_on, side_of
from stages.screens.trades.values import whole
from tests.stages.screens.pages import At, line_of, page_of

PEOPLE = Context(
    people=(
        Person(name="鹿鸣茶业", aliases=("杭州鹿鸣茶业有限公司",), side="applicant"),
        Person(name="郭女士", aliases=("郭**",), side="customer"),
        Person(name="重名", side="customer"),
        Person(name="另一位", aliases=("重名",), side="other"),
    )
)


@pytest.mark.parametrize(
    ("text", "name", "phone", "address"),
    [
        ("王海涛 159****9938", "王海涛", "159****9938", None),
        ("159****9938 王海涛", "王海涛", "159****9938", None),
        ("王** 86-15912349938", "王**", "86-15912349938", None),
        ("15912349938", None, "15912349938", None),
        ("王海涛 159****9938 浙江省杭州市青年路6号", "王海涛", "159****9938", "浙江省杭州市青年路6号"),
    ],
)
def test_a_name_beside_a_telephone(text: str, name: str | None, phone: str, address: str | None) -> None:
    found = contact_in(whole(line_of(At(text, 0, 0))))
    assert found is not None
    assert (found.name.text if found.name else None) == name
    assert found.phone.text == phone
    assert (found.address.text if found.address else None) == address


@pytest.mark.parametrize(
    "text",
    ["派件员 李** 159****9938", "官方电话 15912349938", "订单号 6959821345671234", "王海涛", "请15912349938联系"],
)
def test_what_is_no_recipient(text: str) -> None:
    assert contact_in(whole(line_of(At(text, 0, 0)))) is None


ADDRESSED = ("王海涛 159****9938", "浙江省杭州市青年路6号院", "3栋")


def test_the_address_under_the_contact() -> None:
    page = page_of(
        At("王海涛 159****9938", 60, 100, 40), At("浙江省杭州市青年路6号院", 60, 150, 40), At("3栋", 60, 200, 40)
    )
    found = contact_on(page.lines)
    assert found is not None
    assert "".join(part.text for part in found[1]) == "浙江省杭州市青年路6号院3栋"


def test_the_name_in_a_line_of_its_own() -> None:
    page = page_of(At("王海涛", 60, 100, 40), At("159****9938", 200, 100, 40))
    found = contact_on(page.lines)
    assert found is not None
    assert found[0].name is not None
    assert found[0].name.text == "王海涛"


def test_of_several_contacts_none_is_taken() -> None:
    page = page_of(At("王海涛 159****9938", 60, 100, 40), At("李四 138****0000", 60, 400, 40))
    assert contact_on(page.lines) is None


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("鹿鸣茶业", "applicant"),
        ("杭州鹿鸣茶业有限公司", "applicant"),
        ("郭**", "customer"),
        ("重名", None),
        ("张三", None),
    ],
)
def test_who_is_who(name: str, side: str | None) -> None:
    assert side_of(name, PEOPLE) == side
