"""Engines that crash, hang, lie, are killed or are not there: each gives its own word, never an empty page."""

import os
import stat
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from pipeline.errors import Exit, MachineLacks
from pipeline.model import Line, Reading
from pipeline.wording import WORDINGS
from stages.ocr.engines.tesseract import Tesseract
from stages.ocr.read import read_picture
from stages.ocr.restack import cut, sheets
from stages.ocr.segment import segment

HEADER = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def picture(height: int = 100) -> Image.Image:
    """One word in every hundred rows."""
    image = Image.new("L", (200, height), 255)
    pen = ImageDraw.Draw(image)
    for top in range(0, height, 100):
        for left in range(40, 140, 4):
            pen.line((left, top + 42, left, top + 56), fill=0)
    return image


def page(letters: int) -> tuple[int, int]:
    """The size of the sheet on which that word reaches the program, its letters so high."""
    image = picture()
    (line,) = segment(image).lines
    strip = cut(image, line, letters)
    assert strip is not None
    (sheet,) = sheets([strip])
    return sheet.image.size


WIDTH, HEIGHT = page(24)
LARGE_WIDTH, LARGE_HEIGHT = page(36)
PAGE = f"1\t1\t0\t0\t0\t0\t0\t0\t{WIDTH}\t{HEIGHT}\t-1\t"
LARGE = f"1\t1\t0\t0\t0\t0\t0\t0\t{LARGE_WIDTH}\t{LARGE_HEIGHT}\t-1\t"
WORD = "5\t1\t1\t1\t1\t1\t20\t24\t50\t20\t95.5\tHello"
Fake = Callable[..., None]


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    """`fake(script)`: a tesseract that answers questions about itself and otherwise does what the script says."""

    def install(script: str, languages: str = "chi_sim eng") -> None:
        data = tmp_path / "tessdata"
        data.mkdir()
        for language in languages.split():
            (data / f"{language}.traineddata").write_bytes(language.encode())
        program = tmp_path / "bin" / "tesseract"
        program.parent.mkdir()
        listing = "\n".join(languages.split())
        program.write_text(
            "#!/bin/sh\n"
            'if [ "$1" = --version ]; then echo "tesseract 5.9.9"; echo " leptonica-9"; exit 0; fi\n'
            f'if [ "$1" = --list-langs ]; then cat <<END\n'
            f'List of available languages in "{data}" (2):\n{listing}\nEND\nexit 0; fi\n' + textwrap.dedent(script)
        )
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")

    return install


def table(*rows: str) -> str:
    """A script that writes these rows as its answer."""
    body = "\n".join((HEADER, *rows))
    return f'cat > "$2.tsv" <<END\n{body}\nEND\n'


def at_any_size(*rows: str) -> str:
    """The same answer to the common and to the large sheet: a row that is read unsurely is read once more, larger."""
    large = [LARGE if row == PAGE else row for row in rows]
    return f'if [ $(wc -c < "$1") -lt {LARGE_WIDTH * LARGE_HEIGHT} ]; then\n{table(*rows)}else\n{table(*large)}fi\n'


def read(scratch: Path, *, seconds: int = 60, height: int = 100, band: int = 100) -> Reading:
    image = picture(height)
    work = scratch / "scratch"
    work.mkdir()
    found = read_picture((Tesseract(("chi_sim", "eng"), seconds),), image, band, work)
    assert list(work.iterdir()) == []
    return found


def failure(found: Reading) -> str:
    (unread,) = found.unread
    assert unread.code in WORDINGS
    assert found.records == ()
    assert found.notes == ()
    assert (found.balance.unread, found.balance.total) == (100, 100)
    assert unread.where is not None
    assert unread.where.box == (0, 0, 200, 100)
    return unread.code


def test_a_fake_that_works(fake: Fake, tmp_path: Path) -> None:
    fake(table(PAGE, WORD))
    (line,) = read(tmp_path).records
    assert line.text == "Hello"


def test_it_crashes(fake: Fake, tmp_path: Path) -> None:
    fake("echo 'Segmentation fault' >&2; exit 139")
    found = read(tmp_path)
    assert failure(found) == "engine-crashed"
    assert found.unread[0].values["status"] == 139


def test_it_is_killed(fake: Fake, tmp_path: Path) -> None:
    fake(table(PAGE, WORD) + "kill -9 $$")
    found = read(tmp_path)
    assert failure(found) == "engine-crashed"
    assert found.unread[0].values["status"] == -9


def test_it_crashes_with_words_that_are_no_text(fake: Fake, tmp_path: Path) -> None:
    fake("printf '\\377\\376' >&2; exit 1")
    assert failure(read(tmp_path)) in {"engine-crashed", "engine-garbled"}


def test_it_hangs(fake: Fake, tmp_path: Path) -> None:
    fake("exec sleep 600")
    started = time.monotonic()
    found = read(tmp_path, seconds=1)
    assert failure(found) == "engine-timed-out"
    assert found.unread[0].values["seconds"] == 1
    assert time.monotonic() - started < 60


@pytest.mark.parametrize(
    "script",
    [
        "exit 0",
        ': > "$2.tsv"',
        'head -c 4000 /dev/urandom > "$2.tsv"',
        'echo hello > "$2.tsv"',
        table(),
        table(WORD),
        table(PAGE.replace(f"\t{WIDTH}\t", "\t9999\t"), WORD),
        table(PAGE, PAGE),
        table(PAGE, WORD.replace("\t20\t24\t", f"\t{WIDTH - 10}\t24\t")),
        table(PAGE, WORD.replace("95.5", "900")),
        table(PAGE, WORD.replace("95.5", "nan")),
        table(PAGE, WORD.replace("95.5", "much")),
        table(PAGE, WORD.replace("\t50\t", "\t-50\t")),
        table(PAGE, "5\t1\t1"),
        table(PAGE, WORD + "\tmore"),
    ],
    ids=[
        "silent", "empty", "random", "prose", "no-page", "no-page-but-words", "another-page", "two-pages", "outside",
        "confidence", "nan", "words-for-numbers", "negative", "short-row", "long-row",
    ],
)  # fmt: skip
def test_it_lies(fake: Fake, tmp_path: Path, script: str) -> None:
    fake(script)
    assert failure(read(tmp_path)) == "engine-garbled"


def test_one_bad_piece_does_not_take_the_others_with_it(fake: Fake, tmp_path: Path) -> None:
    fake(f'if [ ! -e "{tmp_path}/once" ]; then : > "{tmp_path}/once"; exit 1; fi\n' + table(PAGE, WORD))
    found = read(tmp_path, height=200)
    assert [unread.code for unread in found.unread] == ["engine-crashed"]
    assert len(found.records) == 1
    assert (found.balance.records, found.balance.unread) == (100, 100)
    (line,) = found.records
    assert line.where.box is not None
    assert 130 < line.where.box[1] < 150


@pytest.mark.parametrize("bad", [0, 1, 2])
def test_any_one_of_three_pieces_may_fail(fake: Fake, tmp_path: Path, bad: int) -> None:
    count = f'echo x >> "{tmp_path}/calls"; if [ $(wc -l < "{tmp_path}/calls") -eq {bad + 1} ]; then exit 1; fi\n'
    fake(count + table(PAGE, WORD))
    found = read(tmp_path, height=300)
    assert [unread.where and unread.where.box for unread in found.unread] == [(0, 100 * bad, 200, 100 * bad + 100)]
    assert [int(record.where.box[1]) // 100 for record in found.records if record.where.box] == [
        piece for piece in range(3) if piece != bad
    ]
    assert (found.balance.records, found.balance.unread) == (200, 100)


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        ((PAGE,), []),
        ((PAGE, WORD.replace("Hello", " ")), []),
        ((PAGE, WORD.replace("95.5", "-1")), []),
        ((PAGE, WORD.replace("95.5", "35")), ["Hello"]),
        ((PAGE, WORD, WORD.replace("\t20\t24\t50", "\t75\t24\t50").replace("Hello", "world")), ["Hello world"]),
        ((PAGE, WORD, "5\t1\t2\t1\t1\t1\t75\t30\t50\t9\t95.5\tagain"), ["Hello again"]),
        ((PAGE, WORD.replace("Hello", "a\u2028b\u0085c")), ["a\u2028b\u0085c"]),
        ((PAGE, WORD.replace("Hello", '"quoted')), ['"quoted']),
    ],
    ids=["nothing", "a-blank", "noise", "unsure", "two-words", "two-blocks", "separators", "quotation-mark"],
)  # fmt: skip
def test_odd_but_honest_answers_are_readings(
    fake: Fake, tmp_path: Path, rows: tuple[str, ...], texts: list[str]
) -> None:
    fake(at_any_size(*rows))
    found = read(tmp_path)
    assert [record.text for record in found.records if isinstance(record, Line)] == texts
    assert (found.unread, found.balance.unread) == ((), 0)
    # What the segmentation saw and the engine left out is counted; that is all there is to say of a sound answer.
    codes = [note.code for note in found.notes if note.code != "shapes-left-out"]
    assert codes == ([] if texts else ["no-text"])
    assert all(record.confidence >= 0 for record in found.records if isinstance(record, Line))


def test_it_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    engine = Tesseract(("chi_sim", "eng"), 60)
    for call in (engine.fingerprint, lambda: engine.read(Image.new("L", (9, 9)), tmp_path)):
        with pytest.raises(MachineLacks) as caught:
            call()
        assert (caught.value.code, caught.value.exit) == ("tesseract-missing", Exit.LACKING)
    assert "apt-get install" in caught.value.say("zh-CN")
    assert "brew install" in caught.value.say("en")


def test_a_language_is_not_there(fake: Fake, tmp_path: Path) -> None:
    fake(table(PAGE, WORD), languages="eng osd")
    with pytest.raises(MachineLacks) as caught:
        Tesseract(("chi_sim", "eng"), 60).read(Image.new("L", (9, 9)), tmp_path)
    assert (caught.value.code, caught.value.values["languages"]) == ("language-missing", "chi_sim")
    assert "tesseract-ocr-chi-sim" in caught.value.say("en")


def test_the_data_of_a_language_was_deleted(fake: Fake, tmp_path: Path) -> None:
    fake(table(PAGE, WORD))
    (tmp_path / "tessdata" / "eng.traineddata").unlink()
    with pytest.raises(MachineLacks) as caught:
        Tesseract(("chi_sim", "eng"), 60).fingerprint()
    assert caught.value.code == "language-missing"


def test_it_does_not_even_say_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\nexit 127\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(MachineLacks) as caught:
        Tesseract(("chi_sim", "eng"), 60).fingerprint()
    assert caught.value.code == "tesseract-broken"


def test_other_data_give_another_fingerprint(fake: Fake, tmp_path: Path) -> None:
    real = Tesseract(("chi_sim", "eng"), 60).fingerprint()
    fake(table(PAGE, WORD))
    other = Tesseract(("chi_sim", "eng"), 60).fingerprint()
    assert [tool.name for tool in other] == [tool.name for tool in real]
    assert all(one.version != two.version for one, two in zip(real, other, strict=True))


def test_one_thread_a_process(fake: Fake, tmp_path: Path) -> None:
    fake(f'echo "$OMP_THREAD_LIMIT" > "{tmp_path}/threads"\n' + table(PAGE, WORD))
    read(tmp_path)
    assert (tmp_path / "threads").read_text() == "1\n"
