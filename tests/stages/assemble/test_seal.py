"""The seal: any changed byte is found."""

import hashlib
import re
from pathlib import Path

import pytest

from stages.assemble.pdf.seal import TAIL, seal_file

BODY = b"%PDF-1.7\nsome objects\n" * 50


def sealed(path: Path) -> bytes:
    path.write_bytes(BODY + TAIL.format(digest="0" * 64, start=12).encode())
    seal_file(path)
    return path.read_bytes()


def holds(data: bytes) -> bool:
    found = re.search(rb"%dossier-seal sha256 ([0-9a-f]{64})\nstartxref\n\d+\n%%EOF\n\Z", data)
    if found is None:
        return False
    blank = data[: found.start(1)] + b"0" * 64 + data[found.end(1) :]
    return hashlib.sha256(blank).hexdigest() == found[1].decode()


def test_the_seal_is_the_digest_of_the_file_without_it(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    data = sealed(path)
    assert holds(data)
    assert len(data) == len(BODY) + len(TAIL.format(digest="0" * 64, start=12))


def test_every_flipped_byte_and_every_added_one_breaks_it(tmp_path: Path) -> None:
    data = sealed(tmp_path / "a.pdf")
    for at in range(len(data)):
        assert not holds(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    assert not holds(data + b"\n")
    assert not holds(data[:-1])


@pytest.mark.parametrize("tail", [b"", b"%%EOF\n", TAIL.format(digest="a" * 64, start=1).encode()])
def test_a_file_without_an_empty_seal_is_refused(tmp_path: Path, tail: bytes) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(BODY + tail)
    with pytest.raises(ValueError, match="seal"):
        seal_file(path)
    assert path.read_bytes() == BODY + tail
