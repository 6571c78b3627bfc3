"""Names of carriers."""

from __future__ import annotations

import pytest

from stages.screens.trades.carriers import carrier_in, names_carrier
from stages.screens.trades.values import whole
from tests.stages.screens.pages import At, line_of


def named(text: str) -> str | None:
    found = carrier_in(whole(line_of(At(text, 0, 0))))
    return found.text if found is not None else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("中通快递 75812345678901", "中通快递"),
        ("顺丰", "顺丰"),
        ("邮政EMS", "邮政EMS"),
        ("中国邮政 9755679916820", "中国邮政"),
        ("邮政快递包裹", "邮政快递包裹"),
        ("承运：京东物流", "京东物流"),
        ("德邦快递", "德邦快递"),
        ("極兔", None),
        ("蓝鲸快递 88812345678", "蓝鲸快递"),
        ("Royal Mail · Tracking number LZ471809316GB", "Royal Mail"),
        ("UPS Ground", "UPS Ground"),
        ("查看物流", None),
        ("申请快递", None),
        ("标准快递", None),
        ("您的快递", None),
        ("cups", None),
    ],
)
def test_carriers_are_known_by_name_or_build(text: str, name: str | None) -> None:
    assert named(text) == name


@pytest.mark.parametrize("text", ["顺丰", "中通快递", "邮政EMS", " 申通快递 ", "圆通速递 YT3971103609165", "FedEx"])
def test_a_wording_that_is_a_carrier_and_its_number_at_most(text: str) -> None:
    assert names_carrier(text)


@pytest.mark.parametrize("text", ["免运费", "¥6.00", "快递", "已由顺丰揽收", "中通快递已签收", "包邮", ""])
def test_a_wording_that_says_more_or_less(text: str) -> None:
    assert not names_carrier(text)
