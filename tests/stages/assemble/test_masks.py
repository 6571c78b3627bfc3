"""What is hidden in pictures, and what stays to be found."""

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import (
    Applicant,
    Balance,
    Buyer,
    Case,
    Exhibit,
    Line,
    Order,
    Reading,
    Receipt,
    ReviewClaim,
    Tracking,
    Word,
    digest_of,
)
from stages.assemble.masks import Privacy, privacy_of, seen

RULES = Privacy(names=("林小夏",))


def line(text: str, top: float = 0, words: tuple[Word, ...] = (), left: float = 0) -> Line:
    box = (left, top, left + 20.0 * len(text), top + 20)
    return Line(where=Locator(box=box), text=text, box=box, confidence=0.9, words=words)


def order_item() -> Item:
    order = Order(
        where=Locator(sheet="s", rows=(2,)),
        order_id="15912340000",
        tracking=(Tracking(carrier=None, number="13900001111"),),
        buyer=Buyer(name="林小夏", address="杭州市西湖区梧桐路88号"),
    )
    reading = Reading(reader="r@1", format="f", records=(order,), balance=Balance(unit="items", total=1, records=1))
    receipt = Receipt(name="a.csv", received="2026-03-17T02:00:00Z")
    exhibit = Exhibit(label="1", digest=digest_of(b""), bytes=0, receipts=(receipt,))
    return Item(exhibit=exhibit, status="read", readings=(reading,))


def test_names_and_addresses_come_from_orders_and_numbers_stay() -> None:
    rules = privacy_of(Case(), [order_item()])
    assert rules.names == ("林小夏",)
    assert rules.mask("林小夏 15912340000 13900001111 15912349938") == "林** 15912340000 13900001111 159****9938"


def test_the_review_author_and_the_shop_stay() -> None:
    case = Case(review=ReviewClaim(author="林小夏"), applicant=Applicant(name="店", contact="15912349938"))
    rules = privacy_of(case, [order_item()])
    assert rules.names == ()
    assert rules.mask("林小夏说") == "林小夏说"
    assert rules.mask("致电 15912349938") == "致电 15912349938"


def test_a_hidden_word_takes_its_box_and_leaves_the_text() -> None:
    words = (
        Word(text="林小夏", box=(10, 0, 70, 20), confidence=0.9),
        Word(text="你好", box=(90, 0, 130, 20), confidence=0.9),
    )
    (found,) = seen([line("林小夏 你好", words=words)], RULES)
    ((left, top, right, bottom),) = found.hidden
    assert (left, top, bottom) == (7, -3, 23)
    assert 73 < right <= 90
    assert [text for _, text in found.text] == [" 你好"]


def test_part_of_a_word_takes_its_share_of_the_box() -> None:
    words = (Word(text="找林小夏吧", box=(0, 0, 100, 20), confidence=0.9),)
    (found,) = seen([line("找林小夏吧", words=words)], RULES)
    ((left, _, right, _),) = found.hidden
    assert (left, right) == (20 - 12, 80 + 12)
    assert [text for _, text in found.text] == ["找", "吧"]


def test_words_that_do_not_add_up_to_the_line_are_not_trusted() -> None:
    words = (Word(text="其他", box=(500, 0, 540, 20), confidence=0.9),)
    (found,) = seen([line("林小夏", words=words)], RULES)
    assert found.hidden == ((-3, -3, 63, 23),)
    assert found.text == ()


def test_an_address_that_runs_on_is_hidden_in_both_lines() -> None:
    first, second = seen([line("浙江省杭州市西湖区梧桐路"), line("88号3栋1202室", top=24)], Privacy())
    assert first.hidden
    assert [text for _, text in first.text] == ["浙江省杭州市西湖区"]
    assert second.text == ()


def test_lines_that_stand_apart_are_not_read_as_one() -> None:
    first, second = seen([line("浙江省杭州市西湖区梧桐路"), line("88号货架", top=400)], Privacy())
    assert not first.hidden
    assert not second.hidden
