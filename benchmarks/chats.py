"""How fast chats are read and in how much memory, beside others in the same run: python -m benchmarks.chats.

Every reading is a process of its own, and the ways take turns, so that a busy machine is as hard on one as on the
other. What counts is the CPU of reading; importing is not in it. A peer that is not installed is left out with a word:
whatstk and chat-miner come with the extra `bench`, whatsapp-chat-parser is looked for by node (NODE_PATH).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from pipeline.usage import cpu_seconds, peak_memory

MEGABYTE = 1_000_000
COUNT, LONG = 100_000, 2_000_000
RUNS = 3
BARS = {"whatsapp-txt": 100_000, "wechat-share": 100_000, "qq-txt": 100_000, "telegram-json": 150_000,
        "telegram-html": 15_000}  # fmt: skip
"""Messages a second of CPU that are not to be undercut."""
MOST_MEMORY = 150
"""Megabytes of the process that reads 100,000 messages of a text."""
LINEAR = 1.5
"""A message of a file twenty times as long may cost so much more."""
SAID = "第 {} 条：请问这个包裹什么时候发货？ the parcel of order {} has not moved since Monday"
NODE = """
const {parseString} = require('whatsapp-chat-parser');
const text = require('fs').readFileSync(process.argv[1], 'utf8');
const start = process.cpuUsage();
const found = parseString(text);
const used = process.cpuUsage(start);
console.log(JSON.stringify({messages: found.length, cpu: (used.user + used.system) / 1e6,
                            memory: process.resourceUsage().maxRSS * 1024}));
"""


class Cost(NamedTuple):
    """What a reading gave and took: seconds of CPU, bytes of memory of its process."""

    messages: int
    cpu: float
    memory: int

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.cpu if self.cpu else 0.0


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.chats", description=__doc__)
    parser.add_argument("--messages", type=int, default=COUNT)
    parser.add_argument("--long", type=int, default=LONG, help="messages of the long file, 0 for none")
    parser.add_argument("--one", nargs=2, metavar=("WAY", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(_measured(*options.one)._asdict()))
        return
    for line in table(options.messages, options.long):
        print(line, flush=True)


def table(count: int = COUNT, long: int = LONG) -> Iterator[str]:
    """The lines of the table: each format with its peers, then how its cost grows."""
    yield f"{'chats, ' + format(count, ',') + ' messages':<32}{'messages/s':>12}{'MB':>7}{'ours : peer':>13}"
    with tempfile.TemporaryDirectory() as folder:
        for format_, (write, peers) in FORMATS.items():
            path = write(Path(folder), count)
            costs = _in_turn([format_, *peers], path)
            ours = costs.pop(format_)
            if ours is None:
                yield f"{format_:<32}{'no reader':>12}"
                continue
            yield _row(format_, ours, count)
            yield from (_peer_row(peer, cost, ours) for peer, cost in costs.items())
            if long and format_ != "telegram-html":
                yield _growth(format_, ours, _run(format_, write(Path(folder), long)), long)


def _in_turn(ways: list[str], path: Path) -> dict[str, Cost | None]:
    """The best of some runs of each way."""
    best: dict[str, Cost | None] = dict.fromkeys(ways)
    for _ in range(RUNS):
        for way in ways:
            cost, known = _run(way, path), best[way]
            if cost is not None and (known is None or cost.cpu < known.cpu):
                best[way] = cost
    return best


def _run(way: str, path: Path) -> Cost | None:
    """A reading in a process of its own; None where the way is not installed."""
    command = ["node", "-e", NODE, str(path)] if way == "whatsapp-chat-parser" else [
        sys.executable, "-m", "benchmarks.chats", "--one", way, str(path)
    ]  # fmt: skip
    environment = {**os.environ, "MPLBACKEND": "agg"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
        return Cost(**json.loads(done.stdout.splitlines()[-1]))
    except (OSError, subprocess.CalledProcessError, IndexError, ValueError):
        return None


def _row(format_: str, ours: Cost, count: int) -> str:
    missed = [word for word, held in (
        ("MISSED speed", ours.rate >= BARS[format_]),
        ("MISSED memory", format_ == "telegram-html" or count > COUNT or ours.memory <= MOST_MEMORY * MEGABYTE),
        ("MISSED messages", ours.messages == count),
    ) if not held]  # fmt: skip
    return f"{format_:<32}{ours.rate:>12,.0f}{ours.memory / MEGABYTE:>7.0f}  {' '.join(missed)}".rstrip()


def _peer_row(peer: str, cost: Cost | None, ours: Cost) -> str:
    if cost is None:
        return f"  {peer:<30}{'not here':>12}"
    ratio = ours.rate / cost.rate if cost.rate else float("inf")
    return f"  {peer:<30}{cost.rate:>12,.0f}{cost.memory / MEGABYTE:>7.0f}{ratio:>12.1f}x"


def _growth(format_: str, short: Cost, long: Cost | None, count: int) -> str:
    """What a message of a long file costs beside one of a short."""
    if long is None:
        return f"  {format_}, {count:,}: failed"
    grows = short.rate / long.rate if long.rate else float("inf")
    missed = "  MISSED" if grows > LINEAR else ""
    return (
        f"  {f'of {count:,}':<30}{long.rate:>12,.0f}{long.memory / MEGABYTE:>7.0f}{grows:>10.2f} times the cost{missed}"
    )


def _measured(way: str, path: str) -> Cost:
    """One reading, in this process."""
    read = PEERS[way]() if way in PEERS else _ours(way)
    before = cpu_seconds()
    found = read(path)
    return Cost(found, cpu_seconds() - before, peak_memory())


def _ours(id_: str) -> Callable[[str], int]:
    from pipeline.contract import Source
    from stages.chats.formats import READERS

    reader = next(reader for reader in READERS if reader.id == id_)
    return lambda path: len(reader.read(Source(data=Path(path).read_bytes(), name=Path(path).name)).records)


def _whatstk() -> Callable[[str], int]:
    from whatstk import WhatsAppChat

    return lambda path: len(WhatsAppChat.from_source(path).df)


def _chat_miner(parser: str) -> Callable[[str], int]:
    from chatminer import chatparsers

    def read(path: str) -> int:
        found = getattr(chatparsers, parser)(path)
        found.parse_file()
        return len(found.parsed_messages.get_df())

    return read


PEERS: dict[str, Callable[[], Callable[[str], int]]] = {
    "whatstk": _whatstk,
    "chat-miner": lambda: _chat_miner("WhatsAppParser"),
    "chat-miner (Telegram)": lambda: _chat_miner("TelegramJsonParser"),
}


def _said(count: int) -> Iterator[tuple[int, datetime, str, str]]:
    """The messages of a made-up chat: every tenth has two lines."""
    start = datetime(2024, 1, 15, 8)
    for number in range(count):
        text = SAID.format(number, number * 7)
        who = "林小姐" if number % 3 else "Harbor Silk"
        yield number, start + timedelta(seconds=20 * number), who, text + ("\nsecond line" if not number % 10 else "")


def _written(path: Path, head: str, parts: Iterator[str], tail: str = "") -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        file.writelines(parts)
        file.write(tail)
    return path


def _whatsapp(folder: Path, count: int) -> Path:
    lines = (f"{when:%d/%m/%Y, %H:%M} - {who}: {text}\n" for _, when, who, text in _said(count))
    return _written(folder / "WhatsApp Chat with Lin.txt", "", lines)


def _wechat(folder: Path, count: int) -> Path:
    def parts() -> Iterator[str]:
        day = ""
        for _, when, who, text in _said(count):
            if f"{when:%Y-%m-%d}" != day:
                day = f"{when:%Y-%m-%d}"
                yield f"—————  {day}  —————\n\n\n"
            yield f"{who}  {when:%H:%M}\n\n{text}\n\n"

    return _written(folder / "wechat.txt", "林小姐 和 Harbor Silk 在微信上的聊天记录如下，请查收。\n\n", parts())


def _qq(folder: Path, count: int) -> Path:
    rule = "=" * 64
    head = (
        f"\ufeff消息记录（此消息记录为文本格式，不支持重新导入）\n\n{rule}\n消息分组:我的好友\n{rule}\n"
        f"消息对象:林小姐\n{rule}\n\n"
    )
    return _written(
        folder / "qq.txt", head, (f"{when:%Y-%m-%d %H:%M:%S} {who}\n{text}\n\n" for _, when, who, text in _said(count))
    )


def _telegram_json(folder: Path, count: int) -> Path:
    def parts() -> Iterator[str]:
        for number, when, who, text in _said(count):
            item = {
                "id": number, "type": "message", "date": f"{when:%Y-%m-%dT%H:%M:%S}",
                "date_unixtime": str(1_705_305_600 + 20 * number), "from": who,
                "from_id": "user123" if number % 3 else "user900",
                "text": text, "text_entities": [{"type": "plain", "text": text}],
            }  # fmt: skip
            yield (",\n" if number else "") + json.dumps(item, ensure_ascii=False)

    head = '{"name": "林小姐", "type": "personal_chat", "id": 123, "messages": [\n'
    return _written(folder / "result.json", head, parts(), "]}")


def _telegram_html(folder: Path, count: int) -> Path:
    def part(number: int, when: datetime, who: str, text: str) -> str:
        return (
            f'     <div class="message default clearfix" id="message{number}">\n\n      <div class="body">\n\n'
            f'       <div class="pull_right date details" title="{when:%d.%m.%Y %H:%M:%S} UTC+08:00">\n{when:%H:%M}\n'
            f'       </div>\n\n       <div class="from_name">\n{who} \n       </div>\n\n       <div class="text">\n'
            f"{text.replace(chr(10), '<br>')}\n       </div>\n\n      </div>\n\n     </div>\n\n"
        )

    head = '<html><body><div class="page_wrap"><div class="page_body chat_page"><div class="history">\n'
    return _written(
        folder / "messages.html", head, (part(*said) for said in _said(count)), "</div></div></div></body></html>\n"
    )


FORMATS: dict[str, tuple[Callable[[Path, int], Path], tuple[str, ...]]] = {
    "whatsapp-txt": (_whatsapp, ("whatstk", "chat-miner", "whatsapp-chat-parser")),
    "wechat-share": (_wechat, ()),
    "qq-txt": (_qq, ()),
    "telegram-json": (_telegram_json, ("chat-miner (Telegram)",)),
    "telegram-html": (_telegram_html, ()),
}

if __name__ == "__main__":
    main()
