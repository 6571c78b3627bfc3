"""A believable invented case for the tests of `assemble`: its pictures are drawn here, its readings made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from pipeline.contract import Custody, CustodyRecord, Inputs, Item
from pipeline.locate import Locator
from pipeline.model import (
    Amounts,
    Appeal,
    Applicant,
    Appraisal,
    Balance,
    Buyer,
    Case,
    Citation,
    Claim,
    Conflict,
    Dating,
    Digest,
    Event,
    Exhibit,
    Finding,
    Ingested,
    Kind,
    Line,
    Mark,
    Marks,
    Member,
    Message,
    Money,
    Note,
    Order,
    OrderItem,
    Quote,
    Reading,
    Reason,
    Receipt,
    ReviewClaim,
    Timeline,
    Times,
    Tracking,
    Unread,
    Word,
    bare,
    digest_of,
)
from pipeline.moment import Moment, Zone, moment
from stages.assemble import Params
from stages.assemble.fonts import find

ZONE = Zone(name="+08:00", basis="platform")
ORDER = "P366374524942915524"
PARCEL = "SF3006662992881"
BUYER, PHONE, HOUSE = "林小夏", "15912349938", "梧桐路88号3栋1202室"
DISTRICT = "浙江省杭州市西湖区"
INK, GREY, RED = (27, 29, 33), (140, 140, 140), (255, 36, 66)


@dataclass(frozen=True)
class Sample:
    inputs: Inputs
    params: Params


def at(said: str, *, grain: str = "second") -> Moment:
    day, _, clock = said.partition(" ")
    numbers = [int(part) for part in (*day.split("-"), *clock.split(":")) if part]
    return moment(said, *numbers, grain=grain, zone=ZONE)  # type: ignore[arg-type]


class Screen:
    """A picture with lines of text, and the lines as a reader of pictures would give them."""

    def __init__(self, width: int, height: int, ground: tuple[int, int, int] = (245, 245, 245)) -> None:
        self.image = Image.new("RGB", (width, height), ground)
        self.draw = ImageDraw.Draw(self.image)
        self.lines: list[Line] = []

    def text(self, x: int, y: int, text: str, size: int = 40, colour: tuple[int, int, int] = INK) -> Line:
        face = find()[0].regular
        font = ImageFont.truetype(face.path, size, index=face.number)
        self.draw.text((x, y), text, colour, font)
        words, left = [], float(x)
        for part in text.split(" "):
            width = font.getlength(part)
            words.append(Word(text=part, box=(left, y + size * 0.2, left + width, y + size * 1.3), confidence=0.95))
            left += width + font.getlength(" ")
        box = (float(x), y + size * 0.2, words[-1].box[2], y + size * 1.3)
        line = Line(where=Locator(box=box), text=text, box=box, confidence=0.95, words=tuple(words))
        self.lines.append(line)
        return line

    def card(self, top: int, bottom: int, colour: tuple[int, int, int] = (255, 255, 255)) -> None:
        self.draw.rounded_rectangle((24, top, self.image.width - 24, bottom), 24, colour)

    def line(self, text: str) -> Line:
        return next(line for line in self.lines if text in line.text)


def review_screen() -> Screen:
    screen = Screen(1080, 2340, (255, 255, 255))
    screen.text(60, 40, "21:20", 36)
    screen.text(160, 160, "momo酱", 44)
    screen.draw.ellipse((50, 150, 130, 230), (240, 180, 190))
    screen.text(160, 215, "2026-03-16 21:14", 32, GREY)
    screen.text(60, 320, "下单一周都没发货，客服也不理人，", 46)
    screen.text(60, 390, "包装有点皱，再也不会来了。", 46)
    screen.draw.rectangle((60, 500, 520, 960), (206, 190, 170))
    screen.text(60, 1000, "颜色：燕麦色 尺码：M", 32, GREY)
    screen.text(60, 1080, "初晴女装旗舰店：亲，有问题可以联系我们", 34, GREY)
    return screen


def order_screen() -> Screen:
    screen = Screen(1080, 2340)
    screen.text(60, 40, "20:52", 36)
    screen.draw.rectangle((0, 100, 1080, 320), RED)
    screen.text(60, 150, "交易成功", 56, (255, 255, 255))
    screen.card(350, 600)
    screen.text(70, 390, f"{BUYER} {PHONE}", 44)
    screen.text(70, 470, f"{DISTRICT}{HOUSE}", 34, GREY)
    screen.card(640, 1160)
    screen.text(70, 670, "初晴女装旗舰店", 44)
    screen.draw.rectangle((70, 750, 290, 970), (206, 190, 170))
    screen.text(330, 760, "燕麦色针织开衫", 40)
    screen.text(330, 830, "¥270.80 ×1", 36, GREY)
    screen.text(70, 1020, "实付款 ¥270.80", 44)
    screen.card(1200, 1900)
    rows = (
        f"订单编号 {ORDER}",
        "下单时间 2026-03-11 01:23:58",
        "付款时间 2026-03-11 01:26:48",
        "发货时间 2026-03-12 08:35:21",
        "签收时间 2026-03-13 18:40:16",
        "物流公司 顺丰速运",
        f"物流单号 {PARCEL}",
    )
    for place, row in enumerate(rows):
        screen.text(70, 1230 + 92 * place, row, 36)
    return screen


def chat_screen(height: int = 6000) -> Screen:
    screen = Screen(1080, height, (237, 237, 237))
    screen.text(430, 40, "momo酱", 44)
    said = (
        "在吗，什么时候发货呀",
        "亲，您的订单今天上午已经发出，单号稍后给您",
        "好的",
        "衣服收到了，包装有点皱",
        "给您补偿8元可以吗",
    )
    y, number = 200, 0
    while y < height - 260:
        own = number % 2 == 1
        text = said[number % len(said)]
        width = 46 * len(text)
        x = 1080 - 160 - width if own else 160
        screen.draw.rounded_rectangle(
            (x - 30, y, x + width + 20, y + 110), 16, (149, 236, 105) if own else (255, 255, 255)
        )
        screen.text(x, y + 18, text, 44)
        y, number = y + 220, number + 1
    return screen


def _balance(count: int) -> Balance:
    return Balance(unit="items", total=count, records=count)


def _ingested(media_type: str, kind: Kind, size: int) -> Ingested:
    return Ingested(media_type=media_type, kind=kind, balance=Balance(unit="bytes", total=size, records=size))


def _received(exhibit: Exhibit) -> CustodyRecord:
    at_time, name = exhibit.receipts[0].received, exhibit.name
    return CustodyRecord(at=at_time, action="received", label=exhibit.label, name=name, digest=exhibit.digest)


class _Builder:
    """Puts files into a folder and exhibits into a list."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: dict[Digest, Path] = {}
        self.items: list[Item] = []

    def file(self, name: str, data: bytes) -> Digest:
        digest = digest_of(data)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.paths[digest] = path
        return digest

    def add(self, label: str, name: str, data: bytes, **values: object) -> Item:
        digest = self.file(f"{label}-{name}", data)
        parent = values.pop("parent", None)
        twice = values.pop("twice", False)
        folder = "证据/" if parent is None else ""
        receipts = [Receipt(name=folder + name, received="2026-03-17T02:02:11Z")]
        if twice:
            receipts.append(Receipt(name=f"副本/{name}", received="2026-03-17T02:02:12Z"))
        exhibit = Exhibit(
            label=label,
            digest=digest,
            bytes=len(data),
            receipts=tuple(receipts),
            parent=parent,  # type: ignore[arg-type]
            withdrawn=values.get("status") == "withdrawn",
        )
        values.setdefault("status", "read")
        item = Item(exhibit=exhibit, **values)  # type: ignore[arg-type]
        self.items.append(item)
        return item

    def picture(
        self, label: str, name: str, screen: Screen, *extra: Dating, jpeg: bool = False, **values: object
    ) -> Item:
        path = self.folder / "drawn"
        if jpeg:
            screen.image.save(path, "JPEG", quality=88)
        else:
            screen.image.save(path, "PNG")
        reading = Reading(
            reader="tesseract@1",
            format="image",
            records=(*screen.lines, *extra),
            balance=_balance(len(screen.lines) + len(extra)),
        )
        ingested = Ingested(
            media_type="image/jpeg" if jpeg else "image/png",
            kind="image",
            balance=Balance(unit="pixel rows", total=screen.image.height, records=screen.image.height),
            width=screen.image.width,
            height=screen.image.height,
        )
        return self.add(label, name, path.read_bytes(), ingested=ingested, readings=(reading,), **values)


def order_record() -> Order:
    return Order(
        where=Locator(sheet="订单列表", rows=(17,)),
        order_id=ORDER,
        tracking=(Tracking(carrier="顺丰速运", number=PARCEL),),
        buyer=Buyer(nick="momo酱", name=BUYER, phone=PHONE, address=DISTRICT + HOUSE),
        items=(
            OrderItem(title="燕麦色针织开衫", spec="M", quantity="1", unit_price=Money(value="270.80", currency="CNY")),
        ),
        amounts=Amounts(goods=Money(value="270.80", currency="CNY"), paid=Money(value="270.80", currency="CNY")),
        status="已完成",
        times=Times(
            created=at("2026-03-11 01:23:58"),
            paid=at("2026-03-11 01:26:48"),
            shipped=at("2026-03-12 08:35:21"),
            signed=at("2026-03-13 18:40:16"),
        ),
        cells=(
            ("订单号", ORDER),
            ("付款时间", "2026-03-11 01:26:48"),
            ("发货时间", "2026-03-12 08:35:21"),
            ("收货人", BUYER),
            ("手机", PHONE),
        ),
    )


def messages(picture: Digest) -> tuple[Message, ...]:
    from pipeline.model import Attachment

    said: tuple[tuple[str | None, str | None, Any, str], ...] = (
        ("2026-03-11 20:14", "momo酱", "other", "在吗，什么时候发货呀"),
        ("2026-03-11 20:16", "初晴小助手", "self", "亲，明天上午安排发出，发出后单号会自动更新。"),
        ("2026-03-12 09:02", "初晴小助手", "self", f"已经发出啦，顺丰 {PARCEL}，预计后天到。"),
        ("2026-03-12 09:05", "momo酱", "other", f"地址是{DISTRICT}{HOUSE}对吧，电话{PHONE}"),
        ("2026-03-13 19:02", "momo酱", "other", "衣服收到了，包装有点皱"),
        ("2026-03-13 19:06", "初晴小助手", "self", "抱歉给您带来不便，给您补偿8元可以吗？"),
        ("2026-03-13 19:08", "momo酱", "other", "可以 😀"),
        (None, None, "system", "以上是打招呼的内容"),
    )
    found = [
        Message(
            where=Locator(lines=(1 + 3 * n, 2 + 3 * n)),
            at=at(when, grain="minute") if when else None,
            sender=who,
            text=text,
            side=side,
        )
        for n, (when, who, side, text) in enumerate(said)
    ]
    attached = Attachment(name="IMG_0312.png", found=True, sha256=bare(picture))
    found.append(
        Message(
            where=Locator(lines=(40, 41)),
            at=at("2026-03-13 19:10", grain="minute"),
            sender="momo酱",
            text="[IMG_0312.png]",
            side="other",
            type="image",
            attachments=(attached,),
        )
    )
    return tuple(found)


def _cite(item: Item, where: Locator, quote: str, certainty: Any = "single") -> Citation:
    return Citation(
        exhibit=item.exhibit.label,
        sha256=bare(item.exhibit.digest),
        where=where,
        quote=quote,
        reader="test@1",
        certainty=certainty,
    )


def case() -> Case:
    return Case(
        title="关于“momo酱”不实评价的申诉",
        platform="xiaohongshu_shop_review",
        applicant=Applicant(name="初晴女装旗舰店", account="chuqing_store", contact="13800001234"),
        review=ReviewClaim(
            author="momo酱",
            posted="2026-03-16 21:14",
            exhibit="review.png",
            order_id=ORDER,
            text="下单一周都没发货，客服也不理人，包装有点皱，再也不会来了。",
        ),
        appeal=Appeal(
            ground="contrary-to-facts", request="请核实并处理该条评价中“下单一周都没发货，客服也不理人”的不实陈述。"
        ),
        claims=(
            Claim(says="下单一周都没发货", answer="付款后 31 小时 8 分发货，3 月 13 日签收。", stance="contradicted"),
        ),
        declared=True,
    )


def make(folder: Path, *, attach: str = "manifest", language: str = "zh-CN", declared: bool = True) -> Sample:
    """The whole case below a folder."""
    build = _Builder(folder / "originals")
    (folder / "originals").mkdir(parents=True, exist_ok=True)
    review, order, chat = review_screen(), order_screen(), chat_screen()
    dated = Dating(
        where=Locator(tag="file name"),
        role="screenshot.captured",
        at=at("2026-03-16 21:20:03"),
        text="截屏",
        basis="Screenshot_20260316-212003",
    )
    one = build.picture("1", "review.png", review, dated, twice=True)
    table = Reading(
        reader="xhs-orders@1", format="xhs-orders", records=(order_record(),), balance=_balance(1),
        notes=(Note(code="glyph-missing", values={"character": "U+E000", "shown": "〔U+E000〕"}),),
    )  # fmt: skip
    two = build.add("2", "orders.csv", b"orders", readings=(table,), ingested=_ingested("text/csv", "table", 6))
    three = build.picture("3", "order.png", order)
    build.picture("4", "chat-long.png", chat)
    member = Screen(800, 600, (220, 210, 200))
    member.text(40, 40, "包装照片", 48)
    archive_data = b"PK archive"
    build.folder.joinpath("drawn").write_bytes(b"")
    photo = build.picture("5-2", "IMG_0312.jpg", member, jpeg=True, parent="5")
    talk = Reading(
        reader="wechat-share@1",
        format="wechat-share",
        records=messages(photo.exhibit.digest),
        balance=_balance(9),
        declared={"messages": 12},
    )
    five_one = build.add(
        "5-1", "chat.txt", b"chat", readings=(talk,), parent="5", ingested=_ingested("text/plain", "text", 4)
    )
    build.add(
        "5", "微信记录.zip", archive_data,
        ingested=Ingested(
            media_type="application/zip", kind="archive", balance=Balance(unit="members", total=2, records=2),
            members=tuple(
                Member(name=part.exhibit.name, digest=part.exhibit.digest, bytes=part.exhibit.bytes)
                for part in (five_one, photo)
            ),
        ),
    )  # fmt: skip
    build.add(
        "6",
        "broken.png",
        b"\x89PNG broken",
        status="unread",
        failed=(Unread(code="task-failed", values={"name": "broken.png", "stage": "ingest", "error": "IDAT"}),),
    )
    build.add("7", "old.png", b"old", status="withdrawn")
    build.add("10", "empty.txt", b"", status="unread")
    timeline, appraisal, marks = _documents(one, two, three, five_one, review, order)
    custody = Custody(
        evidence_head=digest_of(b"head"), made="2026-03-17T02:07:30Z", case="momo-review",
        records=tuple(_received(item.exhibit) for item in build.items),
    )  # fmt: skip
    scratch = folder / "scratch"
    scratch.mkdir(exist_ok=True)
    inputs = Inputs(
        items=tuple(build.items),
        documents={"timeline": timeline, "appraise": appraisal if declared else _neutral(appraisal), "annotate": marks},
        custody=custody,
        path=build.paths.__getitem__,
        scratch=scratch,
    )
    return Sample(inputs, Params(case=case() if declared else Case(), attach=attach, language=language))  # type: ignore[arg-type]


def _neutral(appraisal: Appraisal) -> Appraisal:
    return Appraisal(headline="", statements=(), claims=(), facts=appraisal.facts, for_customer=(), advice="gather")


def _documents(
    one: Item, two: Item, three: Item, talk: Item, review: Screen, order: Screen
) -> tuple[Timeline, Appraisal, Marks]:
    row = Locator(sheet="订单列表", rows=(17,))
    spots = {
        name: order.line(name).where
        for name in ("下单时间", "付款时间", "发货时间", "签收时间", "订单编号", "物流单号")
    }
    posted = review.line("2026-03-16 21:14").where
    events = []

    def event(number: int, role: Any, when: Moment, text: str, *cites: Citation, actors: tuple[str, ...] = ()) -> str:
        name = f"{number:016x}"
        labels = tuple(dict.fromkeys(cite.exhibit for cite in cites))
        events.append(
            Event(
                id=name,
                number=number,
                role=role,
                at=when,
                text=text,
                citations=cites,
                actors=actors,
                exhibits=labels,
                order_id=ORDER,
            )
        )
        return name

    for number, (role, name, said) in enumerate((
        ("order.created", "下单时间", "2026-03-11 01:23:58"),
        ("order.paid", "付款时间", "2026-03-11 01:26:48"),
        ("order.shipped", "发货时间", "2026-03-12 08:35:21"),
    ), 1):  # fmt: skip
        event(number, role, at(said), f"订单 {ORDER}", _cite(two, row, said, "exact"), _cite(three, spots[name], said))
    texts: list[Any] = [record for reading in talk.readings for record in reading.records]
    for number, place in ((4, 0), (5, 1), (6, 2), (8, 4), (9, 5)):
        spoken = texts[place]
        event(
            number,
            "chat.message",
            spoken.at,
            spoken.text,
            _cite(talk, spoken.where, spoken.text, "exact"),
            actors=(spoken.sender,),
        )
    event(
        7,
        "order.signed",
        at("2026-03-13 18:40:16"),
        f"订单 {ORDER}",
        _cite(two, row, "2026-03-13 18:40:16", "exact"),
        _cite(three, spots["签收时间"], "2026-03-13 18:40:16"),
    )
    event(
        10,
        "review.posted",
        at("2026-03-16 21:14", grain="minute"),
        "评价发布",
        _cite(one, posted, "2026-03-16 21:14"),
        actors=("momo酱",),
    )
    events.sort(key=lambda one: one.number)
    ids = {one.number: one.id for one in events}
    timeline = Timeline(
        zone="+08:00", events=tuple(events), order_unknown=((ids[8], ids[9]),),
        conflicts=(Conflict(code="times-differ", message="发货时间在证据 2 与证据 3 中相差 1 秒。", events=(ids[3],)),),
    )  # fmt: skip
    quote = Quote(says="2026-03-12 08:35:21", citation=_cite(three, spots["发货时间"], "2026-03-12 08:35:21", "agreed"))
    shipped = Reason(
        text="3 月 11 日 01:26 付款，3 月 12 日 08:35 发货，相隔 31 小时 8 分。",
        side="applicant",
        events=(ids[2], ids[3]),
        exhibits=("2", "3"),
        sources=2,
        quotes=(quote,),
    )
    signed = Reason(
        text="3 月 13 日 18:40 本人签收，早于评价三天。",
        side="applicant",
        events=(ids[7],),
        exhibits=("2", "3"),
        sources=2,
    )
    answered = Reason(
        text="买家三次咨询，首次回复用时 2 分钟。",
        side="applicant",
        events=(ids[4], ids[5]),
        exhibits=("5-1",),
        sources=1,
    )
    crumpled = Reason(
        text="申诉人认可包装有褶皱，已补偿 8 元。",
        side="customer",
        events=(ids[8], ids[9]),
        exhibits=("5-1",),
        sources=1,
    )
    findings = (
        Finding(
            says="下单一周都没发货",
            finding="contradicted",
            claimed="contradicted",
            agrees=True,
            because=(shipped, signed),
            answer="付款后 31 小时 8 分发货，3 月 13 日签收。",
        ),
        Finding(says="客服也不理人", finding="contradicted", claimed="partly", agrees=False, because=(answered,)),
        Finding(says="包装有点皱", finding="supported", claimed="accepted", agrees=True, because=(crumpled,)),
        Finding(says="再也不会来了", finding="opinion", claimed="opinion", agrees=True),
    )
    appraisal = Appraisal(
        headline="下单后 31 小时发货、三天送达，“一周没发货”与记录不符", statements=findings, claims=findings[:1],
        facts=(shipped, signed, answered), for_customer=(crumpled,), advice="appeal",
        review_at=at("2026-03-16 21:14", grain="minute"), review_event=ids[10],
    )  # fmt: skip
    pair = spots["付款时间"].box, spots["发货时间"].box
    both = Locator(box=(min(pair[0][0], pair[1][0]), pair[0][1], max(pair[0][2], pair[1][2]), pair[1][3]))  # type: ignore[index]
    marks = (
        Mark(
            number=1,
            exhibit="1",
            where=review.line("下单一周").where,
            title="“下单一周都没发货，客服也不理人”",
            text="被申诉的陈述。",
        ),
        Mark(number=2, exhibit="1", where=posted, title="2026-03-16 21:14", text="评价发布时间。"),
        Mark(
            number=1,
            exhibit="2",
            where=row,
            title="付款 2026-03-11 01:26:48，发货 2026-03-12 08:35:21",
            text="相隔 31 小时 8 分。与证据 3 一致。",
        ),
        Mark(
            number=1, exhibit="3", where=spots["订单编号"], title="订单编号", text=f"{ORDER}，与证据 2 第 17 行一致。"
        ),
        Mark(
            number=2,
            exhibit="3",
            where=both,
            title="付款 01:26:48，发货次日 08:35:21",
            text="相隔 31 小时 8 分。与证据 2 一致。\n两套识别程序读数相同",
        ),
        Mark(number=3, exhibit="3", where=spots["物流单号"], title="物流单号", text=f"{PARCEL}，与证据 5-1 一致。"),
        Mark(number=1, exhibit="5-1", where=Locator(lines=(4, 5)), title="2 分钟内回复", text="与“客服也不理人”不符。"),
    )
    return timeline, appraisal, Marks(marks=marks)
