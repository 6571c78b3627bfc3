"""An engine's process that crashes, hangs, lies or is killed: its own word each time, the other engine reads, and the
worker lives on.
"""

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from processes import alive, until

from pipeline.model import Line
from pipeline.pools import opened
from pipeline.wording import WORDINGS
from stages.ocr.engines import EngineFailed
from stages.ocr.engines.rapidocr import RapidOcr
from stages.ocr.engines.service import Service
from stages.ocr.engines.tesseract import Tesseract
from stages.ocr.read import read_picture

LINE = '["ab", [1, 1, 9, 9], 0.9, []]'
Fake = Callable[..., str]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """`fake(body)`: a module that answers every question as `body` says; `answer(text)` and `number` are at hand."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def write(body: str) -> str:
        name = f"fake_{tmp_path.name.replace('-', '_')}"
        (tmp_path / f"{name}.py").write_text(
            "import os, signal, struct, sys, time\n"
            "from stages.ocr.engines.service import receive, send\n"
            "from pathlib import Path\n"
            "def answer(text):\n    send(sys.stdout.buffer, text if isinstance(text, bytes) else text.encode())\n"
            "number = 0\n"
            "while receive(sys.stdin.buffer) and receive(sys.stdin.buffer):\n"
            "    number += 1\n" + textwrap.indent(textwrap.dedent(body), "    ")
        )
        return name

    return write


def lines_text(name: str, seconds: int = 60) -> list[str]:
    return [line.text for line in RapidOcr(seconds, name).read(Image.new("RGB", (10, 10)), Path())]


def failure(name: str, seconds: int = 60) -> EngineFailed:
    with pytest.raises(EngineFailed) as caught:
        lines_text(name, seconds)
    assert caught.value.code in WORDINGS
    return caught.value


def test_a_fake_that_works(fake: Fake) -> None:
    assert lines_text(fake(f"answer('[{LINE}]')")) == ["ab"]


def test_it_ends(fake: Fake) -> None:
    failed = failure(fake("sys.exit(3)"))
    assert (failed.code, failed.values) == ("engine-crashed", {"engine": "rapidocr", "status": 3})


def test_it_is_killed(fake: Fake) -> None:
    failed = failure(fake("os.kill(os.getpid(), signal.SIGKILL)"))
    assert (failed.code, failed.values["status"]) == ("engine-crashed", -9)


def test_it_is_killed_in_the_middle_of_its_answer(fake: Fake) -> None:
    half = "sys.stdout.buffer.write(struct.pack('>I', 100) + b'[{'); sys.stdout.flush(); os.kill(os.getpid(), 9)"
    assert failure(fake(half)).values["status"] == -9


def test_it_does_not_start() -> None:
    assert failure("no.such.module").code == "engine-crashed"


def test_it_hangs(fake: Fake) -> None:
    started = time.monotonic()
    failed = failure(fake("time.sleep(600)"), seconds=1)
    assert (failed.code, failed.values["seconds"]) == ("engine-timed-out", 1)
    assert time.monotonic() - started < 60


def test_it_does_not_listen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deaf.py").write_text("import time; time.sleep(600)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(EngineFailed) as caught:
        RapidOcr(1, "deaf").read(Image.new("RGB", (1000, 1000)), Path())
    assert caught.value.code == "engine-timed-out"


@pytest.mark.parametrize(
    "body",
    [
        "answer('')",
        "answer('hello')",
        "answer(b'\\xff\\xfe')",
        "answer('null')",
        "answer('{}')",
        "answer('[1]')",
        "sys.stdout.buffer.write(b'Segmentation fault, core dumped'); sys.stdout.flush()",
        f"answer('[{LINE}]'.replace('9, 9', '99, 9'))",
        f"answer('[{LINE}]'.replace('[1,', '[-1,'))",
        f"answer('[{LINE}]'.replace('9, 9', '0, 0'))",
        f"answer('[{LINE}]'.replace('0.9', '1.5'))",
        f"answer('[{LINE}]'.replace('0.9', 'NaN'))",
        f"answer('[{LINE}]'.replace('ab', ' '))",
        f"answer('[{LINE}]'.replace(', []', ', [[1]]'))",
    ],
    ids=[
        "silent", "prose", "no-text", "null", "object", "numbers", "noise", "outside", "negative", "inside-out",
        "too-sure", "nan", "blank", "words",
    ],
)  # fmt: skip
def test_it_lies(fake: Fake, body: str) -> None:
    assert failure(fake(body)).code == "engine-garbled"


@pytest.mark.parametrize("answer", ["[]", f"[{LINE}, {LINE}]"])
def test_it_reads_more_or_fewer_boxes_than_asked(fake: Fake, answer: str) -> None:
    with pytest.raises(EngineFailed, match="engine-garbled"):
        RapidOcr(60, fake(f"answer('{answer}')")).reread(Image.new("RGB", (10, 10)), [(0, 0, 9, 9)], Path())


def test_the_next_question_gets_a_fresh_process(fake: Fake, tmp_path: Path) -> None:
    body = f"""
        once = Path({str(tmp_path / "once")!r})
        if not once.exists():
            once.touch()
            os.kill(os.getpid(), 9)
        answer('[]')
    """
    name = fake(body)
    assert failure(name).code == "engine-crashed"
    assert lines_text(name) == []


def test_one_process_serves_every_question(fake: Fake) -> None:
    name = fake("answer('[[\"%d\", [0, 0, 1, 1], 1, []]]' % number)")
    assert [lines_text(name) for _ in range(3)] == [["1"], ["2"], ["3"]]


def test_its_words_on_standard_error_are_nobodys(fake: Fake, capfd: pytest.CaptureFixture[str]) -> None:
    assert lines_text(fake("print('noise' * 99999, file=sys.stderr); answer('[]')")) == []
    assert capfd.readouterr() == ("", "")


def test_an_interrupted_question_leaves_no_stale_answer(fake: Fake, tmp_path: Path) -> None:
    once = tmp_path / "once"
    slow = f"""
        if not Path({str(once)!r}).exists():
            Path({str(once)!r}).touch()
            time.sleep(600)
            answer('stale')
        answer('fresh')
    """
    service = Service("fake", fake(slow), (), 60)

    def alarm(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, alarm)
    signal.setitimer(signal.ITIMER_REAL, 1)
    try:
        with pytest.raises(KeyboardInterrupt):
            service.ask(b"{}", b"x")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    once.touch()
    assert service.ask(b"{}", b"x") == b"fresh"
    service.close()


def test_it_ends_with_the_worker(fake: Fake, tmp_path: Path) -> None:
    name = fake(f"Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid())); answer('[]')")
    worker = (
        "import os, sys; from stages.ocr.engines.service import Service;"
        f"Service('fake', {name!r}, (), 60).ask(b'{{}}', b'x'); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", worker], check=False)
    child = int((tmp_path / "pid").read_text())
    assert until(lambda: not alive(child)), "it ends with its worker"


def test_it_has_ended_when_a_pool_has(fake: Fake, tmp_path: Path) -> None:
    name = fake(f"Path({str(tmp_path / 'pid')!r}).write_text(str(os.getpid())); answer('[]')")
    with opened(1, apart=True) as pool:
        pool.submit(RapidOcr(60, name).read, Image.new("RGB", (10, 10)), tmp_path).result()
        child = int((tmp_path / "pid").read_text())
        assert alive(child)
    assert not alive(child)


def test_the_other_engine_reads_what_it_fails_on(fake: Fake, tmp_path: Path) -> None:
    image = Image.new("RGB", (700, 120), "white")
    font = ImageFont.truetype("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 40, index=2)
    ImageDraw.Draw(image).text((40, 30), "P366374524942915524", fill="black", font=font)
    engines = (RapidOcr(60, fake("os.kill(os.getpid(), 9)")), Tesseract(("chi_sim", "eng"), 60))
    found = read_picture(engines, image, 1000, tmp_path)
    assert [record.text for record in found.records if isinstance(record, Line)] == ["P366374524942915524"]
    assert [note.code for note in found.notes] == ["engine-stood-in"]
    assert (found.reader, found.unread) == ("tesseract@3", ())
