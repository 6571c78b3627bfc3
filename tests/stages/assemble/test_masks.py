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
    assert 70 < right <= 80
    assert [text for _, text in found.text] == [" 你好"]


def test_part_of_a_word_takes_its_share_of_the_box() -> None:
    words = (Word(text="找林小夏吧", box=(0, 0, 100, 20), confidence=0.9),)
    (found,) = seen([line("找林小夏吧", words=words)], RULES)
    ((left, _, right, _),) = found.hidden
    assert (left, right) == (20 - 2, 80 + 2)
    assert [text for _, text in found.text] == ["找", "吧"]


def test_words_that_do_not_add_up_to_the_line_are_not_trusted() -> None:
    words = (Word(text="其他", box=(500, 0, 540, 20), confidence=0.9),)
    (found,) = seen([line("林小夏", words=words)], RULES)
    assert [*found.hidden] == [(-3, -3, 63, 23)]
    assert not found.text


def test_an_address_that_runs_on_is_hidden_in_both_lines() -> None:
    first, second = seen([line("浙江省杭州市西湖区梧桐路"), line("88号3栋1202室", top=24)], Privacy())
    assert first.hidden
    assert [text for _, text in first.text] == ["浙江省杭州市西湖区"]
    assert second.text == ()


def test_lines_that_stand_apart_are_not_read_as_one() -> None:
    first, second = seen([line("浙江省杭州市西湖区梧桐路"), line("88号货架", top=400)], Privacy())
    assert not first.hidden
    assert not second.hidden


def test_words_that_cover_part_of_the_line_are_not_trusted() -> None:
    words = (Word(text="159", box=(0, 0, 60, 20), confidence=0.9),)
    (found,) = seen([line("159 1234 9938", words=words)], RULES)
    ((left, _, right, _),) = found.hidden
    assert (left, right) == (-3, 263)
    assert found.text == ()


def test_a_mask_takes_the_height_of_its_line() -> None:
    words = (Word(text="林小夏", box=(10, 5, 70, 12), confidence=0.9),)
    (found,) = seen([line("林小夏", words=words)], RULES)
    ((_, top, _, bottom),) = found.hidden
    assert (top, bottom) == (-3, 23)


def test_letters_before_a_name_widen_its_mask_by_what_they_may_take() -> None:
    (chinese,), (latin,) = (seen([line(text)], RULES)[0].hidden for text in ("一一林小夏", "iiii林小夏"))
    assert 20 < chinese[0] < 40
    assert latin[0] < 35  # likely would be 59, and the reach a little less
    assert (chinese[2], latin[2]) == (103, 143)


def test_a_line_without_anything_personal_is_left_whole() -> None:
    (found,) = seen([line("下单一周都没发货")], RULES)
    assert found.hidden == ()
    assert [text for _, text in found.text] == ["下单一周都没发货"]


def test_an_empty_line_is_nothing() -> None:
    (found,) = seen([line("")], RULES)
    assert (found.hidden, found.text) == ((), ())


def test_no_lines_are_no_lines() -> None:
    assert seen([], RULES) == ()


def test_an_address_does_not_run_on_to_the_other_side() -> None:
    first, second = seen([line("浙江省杭州市西湖区梧桐路"), line("88号3栋1202室", top=24, left=600)], Privacy())
    assert not first.hidden
    assert not second.hidden


def test_what_stays_has_its_own_place() -> None:
    (found,) = seen([line("电话15912349938好的")], RULES)
    (first, before), (last, after) = found.text
    assert (before, after) == ("电话", "好的")
    assert first[0] == 0
    assert first[2] < last[0] < last[2] == 300


def test_every_masked_wording_is_said_by_the_rules_too() -> None:
    assert RULES.mask("林小夏") == "林**"
    assert [one.kind for one in RULES.spans("林小夏 15912349938")] == ["name", "phone"]


def spread(text: str, em: float) -> tuple[Word, ...]:
    """One word for each character, `em` wide where the line has 20."""
    return tuple(Word(text=char, box=(20.0 * at, 0, 20 * at + em, 20), confidence=0.9) for at, char in enumerate(text))


def test_even_words_keep_a_mask_off_the_neighbours() -> None:
    (found,) = seen([line("一一林小夏一", words=spread("一一林小夏一", 20))], RULES)
    ((left, _, right, _),) = found.hidden
    assert (left, right) == (40 - 2, 100 + 2)


def test_uneven_words_let_it_reach_less_than_half_a_character() -> None:
    (found,) = seen([line("一一林小夏一", words=spread("一一林小夏一", 8))], RULES)
    ((left, _, right, _),) = found.hidden
    assert 30 < left < 40
    assert 100 < right < 110


def test_a_name_below_its_label_is_hidden() -> None:
    label, name = seen([line("Ship to:"), line("Priya Nair", top=24)], Privacy())
    assert not label.hidden
    assert name.text == ()


def test_a_name_that_a_label_tells_is_hidden_wherever_it_stands() -> None:
    told = line("收货人：林小夏")
    reading = Reading(reader="r@1", format="f", records=(told,), balance=Balance(unit="lines", total=1, records=1))
    item = order_item()
    told_item = Item(exhibit=item.exhibit, status="read", readings=(reading,))
    rules = privacy_of(Case(), [told_item])
    assert rules.mask("林小夏的聊天记录.txt") == "林**的聊天记录.txt"
