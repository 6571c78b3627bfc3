from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from cases import Intake, fill
from hypothesis import given, settings
from hypothesis import strategies as st
from processes import without_overrides

from pipeline.errors import MachineLacks, VerificationFailed, say
from pipeline.intake import Arrival, duplicates, natural, scan
from pipeline.model import digest_of


@pytest.fixture
def case(tmp_path: Path) -> Intake:
    (tmp_path / "case" / "inbox").mkdir(parents=True)
    return Intake(tmp_path / "case")


def test_files_become_exhibits_in_natural_order(case: Intake) -> None:
    fill(case.folder, {"b10.txt": "1", "b2.txt": "2", "a/z.txt": "3", "B1.txt": "4"})
    assert case.take() == ()
    assert case.names() == {"1": ["B1.txt"], "2": ["a/z.txt"], "3": ["b2.txt"], "4": ["b10.txt"]}
    first = case.exhibits()["1"]
    assert (first.digest, first.bytes, first.withdrawn, first.parent) == (digest_of(b"4"), 1, False, None)
    assert first.receipts[0].received == "2026-03-17T01:00:00Z"
    assert case.originals.path(first.digest).read_bytes() == b"4"


def test_nothing_new_records_nothing(case: Intake) -> None:
    case.drop(a_txt="1")
    case.take()
    before = (case.folder / "ledger.jsonl").read_bytes()
    case.take()
    assert (case.folder / "ledger.jsonl").read_bytes() == before


def test_a_later_file_gets_the_next_label_whatever_its_name(case: Intake) -> None:
    case.drop(m_txt="1")
    case.take()
    case.drop(a_txt="2")
    case.take()
    assert case.names() == {"1": ["m.txt"], "2": ["a.txt"]}


def test_the_same_bytes_twice_are_one_exhibit_with_two_receipts_and_a_note(case: Intake) -> None:
    case.drop(a_txt="1", b_txt="1", c_txt="2")
    case.take()
    assert case.names() == {"1": ["a.txt", "b.txt"], "2": ["c.txt"]}
    (note,) = duplicates(case.exhibits().values())
    assert (note.code, note.values) == ("same-bytes", {"label": "1", "names": "a.txt、b.txt"})


def test_a_file_that_is_gone_is_withdrawn_and_keeps_its_label_and_receipt(case: Intake) -> None:
    case.drop(a_txt="1", b_txt="2")
    case.take()
    (case.folder / "inbox" / "a.txt").unlink()
    case.take()
    assert case.exhibits()["1"].withdrawn
    assert case.names()["1"] == ["a.txt"]
    assert duplicates(case.exhibits().values()) == ()


def test_one_of_two_names_gone_withdraws_only_the_name(case: Intake) -> None:
    case.drop(a_txt="1", b_txt="1")
    case.take()
    (case.folder / "inbox" / "a.txt").unlink()
    case.take()
    assert not case.exhibits()["1"].withdrawn
    assert case.names()["1"] == ["b.txt"]


def test_a_changed_file_withdraws_the_old_and_gets_a_new_label(case: Intake) -> None:
    case.drop(a_txt="1")
    case.take()
    case.drop(a_txt="2")
    case.take()
    assert [(label, exhibit.withdrawn) for label, exhibit in case.exhibits().items()] == [("1", True), ("2", False)]
    assert case.originals.path(digest_of(b"1")).read_bytes() == b"1"


def test_what_comes_back_has_its_label_again_and_the_time_it_first_came(case: Intake) -> None:
    case.drop(a_txt="1", b_txt="2")
    case.take()
    (case.folder / "inbox" / "a.txt").unlink()
    case.take()
    case.drop(a_txt="1")
    case.take()
    back = case.exhibits()["1"]
    assert not back.withdrawn
    assert [receipt.received for receipt in back.receipts] == ["2026-03-17T01:00:00Z"]
    assert len(case.exhibits()) == 2


def test_a_renamed_file_keeps_its_label(case: Intake) -> None:
    case.drop(a_txt="1")
    case.take()
    (case.folder / "inbox" / "a.txt").rename(case.folder / "inbox" / "b.txt")
    case.take()
    assert case.names() == {"1": ["b.txt"]}


def test_a_label_is_never_used_again(case: Intake) -> None:
    for content in "123":
        case.drop(a_txt=content)
        case.take()
    assert list(case.exhibits()) == ["1", "2", "3"]


def test_links_and_special_files_are_refused_and_named(case: Intake, tmp_path: Path) -> None:
    case.drop(a_txt="1")
    inbox = case.folder / "inbox"
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key").write_text("key")
    (inbox / "link.txt").symlink_to(tmp_path / "secret" / "key")
    (inbox / "folder").symlink_to(tmp_path / "secret")
    os.mkfifo(inbox / "pipe")
    notes = case.take()
    assert [(note.code, note.values["name"]) for note in notes] == [
        ("special-file-refused", "pipe"),
        ("symlink-refused", "folder"),
        ("symlink-refused", "link.txt"),
    ]
    assert case.names() == {"1": ["a.txt"]}
    assert all("⟨" not in say(note.code, note.values, "zh-CN") for note in notes)


def test_litter_is_never_evidence_wherever_it_lies(case: Intake) -> None:
    litter = [".DS_Store", "Thumbs.db", "~$orders.xlsx", "video.mp4.part", "photo.jpg.crdownload", "sub/.DS_Store"]
    fill(case.folder, {**dict.fromkeys(litter, "x"), "a.txt": "1"})
    assert case.take() == ()
    assert case.names() == {"1": ["a.txt"]}


def test_without_an_inbox_the_loose_files_are_the_evidence(tmp_path: Path) -> None:
    own = ["case.toml", "decisions.toml", "statement.md", "READY", "out/dossier.pdf", "work/x", "ledger.torn-00"]
    for name in [*own, "a.txt", "sub/out/b.txt", "sub/READY"]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    case = Intake(tmp_path)
    case.take()
    case.take()
    assert case.names() == {"1": ["a.txt"], "2": ["sub/READY"], "3": ["sub/out/b.txt"]}


def test_what_bears_an_own_name_inside_the_inbox_is_evidence(case: Intake) -> None:
    fill(case.folder, {"out/a.txt": "1", "statement.md": "2"})
    case.take()
    assert case.names() == {"1": ["out/a.txt"], "2": ["statement.md"]}


def test_names_are_compared_in_nfc(case: Intake) -> None:
    inbox = case.folder / "inbox"
    (inbox / unicodedata.normalize("NFD", "é订单.txt")).write_text("1")
    case.take()
    assert case.names() == {"1": ["é订单.txt"]}
    (inbox / unicodedata.normalize("NFD", "é订单.txt")).rename(inbox / "é订单.txt")
    before = (case.folder / "ledger.jsonl").read_bytes()
    case.take()
    assert (case.folder / "ledger.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("订单.txt".encode("gbk"), "订单.txt"), (b"\xff\xff.txt", "\\xff\\xff.txt")],
)
def test_a_name_that_is_not_utf8_keeps_its_bytes(case: Intake, raw: bytes, shown: str) -> None:
    inbox = os.fsencode(case.folder / "inbox")
    with open(os.path.join(inbox, raw), "wb") as stream:  # noqa: PTH118, PTH123
        stream.write(b"1")
    case.take()
    (receipt,) = case.exhibits()["1"].receipts
    assert (receipt.name, receipt.raw) == (shown, raw.hex())


def test_a_name_with_a_newline_is_a_name(case: Intake) -> None:
    fill(case.folder, {"a\nb.txt": "1"})
    case.take()
    assert case.names() == {"1": ["a\nb.txt"]}


def test_an_altered_original_is_named_and_never_used(case: Intake) -> None:
    case.drop(a_txt="1", b_txt="2")
    case.take()
    path = case.originals.path(digest_of(b"2"))
    path.chmod(0o644)
    path.write_bytes(b"3")
    with pytest.raises(VerificationFailed) as altered:
        case.take()
    assert altered.value.code == "original-altered"
    assert altered.value.values == {"label": "2", "name": "b.txt", "path": path}


def test_a_missing_original_is_taken_again_from_the_inbox(case: Intake) -> None:
    case.drop(a_txt="1")
    case.take()
    case.originals.path(digest_of(b"1")).unlink()
    case.take()
    assert case.originals.holds(digest_of(b"1"))


def test_the_original_of_a_withdrawn_exhibit_is_not_needed(case: Intake) -> None:
    case.drop(a_txt="1", b_txt="2")
    case.take()
    (case.folder / "inbox" / "a.txt").unlink()
    case.originals.path(digest_of(b"1")).unlink()
    case.take()
    assert case.exhibits()["1"].withdrawn


def test_a_file_that_cannot_be_opened_is_told_and_stays_what_it_was(case: Intake) -> None:
    case.drop(a_txt="1", b_txt="2")
    case.take()
    (case.folder / "inbox" / "a.txt").chmod(0)
    with without_overrides():
        (note,) = case.take()
    assert (note.code, note.values) == ("cannot-open", {"name": "a.txt"})
    assert not case.exhibits()["1"].withdrawn


def test_what_lies_in_a_folder_that_cannot_be_opened_stays(case: Intake) -> None:
    fill(case.folder, {"a.txt": "1", "closed/b.txt": "2", "closed2.txt": "3"})
    case.take()
    (case.folder / "inbox" / "closed").chmod(0)
    (case.folder / "inbox" / "closed2.txt").unlink()
    with without_overrides():
        (note,) = case.take()
    (case.folder / "inbox" / "closed").chmod(0o755)
    assert (note.code, note.values) == ("cannot-open", {"name": "closed"})
    assert {exhibit.name: exhibit.withdrawn for exhibit in case.exhibits().values()} == {
        "a.txt": False,
        "closed/b.txt": False,
        "closed2.txt": True,
    }


def test_an_inbox_that_cannot_be_listed_stops_the_build_and_withdraws_nothing(case: Intake) -> None:
    case.drop(a_txt="1")
    case.take()
    (case.folder / "inbox").chmod(0)
    with without_overrides(), pytest.raises(MachineLacks) as closed:
        case.take()
    (case.folder / "inbox").chmod(0o755)
    assert (closed.value.code, closed.value.values) == ("no-rights-read", {"path": case.folder / "inbox"})
    assert not case.exhibits()["1"].withdrawn


def test_an_original_copied_before_a_kill_is_used_afterwards(case: Intake) -> None:
    case.drop(a_txt="1")
    case.originals.keep(case.folder / "inbox" / "a.txt")
    inode = case.originals.path(digest_of(b"1")).stat().st_ino
    case.take()
    assert case.originals.path(digest_of(b"1")).stat().st_ino == inode
    assert case.names() == {"1": ["a.txt"]}


def members(parent: str, *names: str) -> list[Arrival]:
    return [
        Arrival(name=f"a.zip/{name}", digest=digest_of(name.encode()), bytes=len(name), parent=parent) for name in names
    ]


def test_members_get_labels_below_their_archive(case: Intake) -> None:
    case.drop(a_zip="PK")
    case.take()
    case.register.reconcile(members("1", "z.txt", "b.txt"), "archive")
    case.register.reconcile(members("1", "z.txt", "b.txt", "c.txt"), "archive")
    assert case.names() == {"1": ["a.zip"], "1-1": ["a.zip/z.txt"], "1-2": ["a.zip/b.txt"], "1-3": ["a.zip/c.txt"]}
    member = case.exhibits()["1-1"]
    assert (member.parent, member.receipts[0].channel) == ("1", "archive")
    case.take()
    assert not any(exhibit.withdrawn for exhibit in case.exhibits().values())


def test_a_member_with_known_bytes_is_one_more_receipt(case: Intake) -> None:
    fill(case.folder, {"a.zip": "PK", "b.txt": "b.txt"})
    case.take()
    case.register.reconcile(members("1", "b.txt"), "archive")
    assert case.names() == {"1": ["a.zip"], "2": ["b.txt", "a.zip/b.txt"]}
    (case.folder / "inbox" / "b.txt").unlink()
    case.take()
    assert not case.exhibits()["2"].withdrawn


def test_bytes_first_seen_in_an_archive_keep_that_label(case: Intake) -> None:
    case.drop(a_zip="PK")
    case.take()
    case.register.reconcile(members("1", "b.txt"), "archive")
    fill(case.folder, {"loose.txt": "b.txt"})
    case.take()
    assert case.names() == {"1": ["a.zip"], "1-1": ["a.zip/b.txt", "loose.txt"]}


def test_members_go_with_their_archive_unless_it_could_not_be_listed(case: Intake) -> None:
    case.drop(a_zip="PK")
    case.take()
    case.register.reconcile(members("1", "b.txt"), "archive")
    case.register.reconcile([], "archive", ["a.zip"])
    assert not case.exhibits()["1-1"].withdrawn
    case.register.reconcile([], "archive")
    assert case.exhibits()["1-1"].withdrawn


def test_labels_sort_by_number() -> None:
    labels = ["10", "2-10", "2", "2-2", "1"]
    assert sorted(labels, key=natural) == ["1", "2", "2-2", "2-10", "10"]


@settings(max_examples=100, deadline=None)
@given(one=st.text(st.sampled_from("ab019./²٣")), other=st.text(st.sampled_from("ab019./²٣")))
def test_the_natural_order_is_total(one: str, other: str) -> None:
    assert (natural(one) < natural(other)) + (natural(other) < natural(one)) + (one == other) == 1


@settings(max_examples=40, deadline=None)
@given(steps=st.lists(st.dictionaries(st.sampled_from("abcd"), st.sampled_from("1234"), max_size=4), max_size=5))
def test_whatever_happens_to_an_inbox_a_label_means_the_same_bytes(
    steps: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    case = Intake(tmp_path_factory.mktemp("case"))
    inbox = case.folder / "inbox"
    inbox.mkdir()
    meant: dict[str, str] = {}
    for step in steps:
        for path in inbox.iterdir():
            path.unlink()
        fill(case.folder, step)
        case.take()
        exhibits = case.exhibits()
        for label, exhibit in exhibits.items():
            assert meant.setdefault(label, exhibit.digest) == exhibit.digest
        assert list(exhibits) == [str(number) for number in range(1, len(exhibits) + 1)]
        live = {(receipt.name, x.digest) for x in exhibits.values() if not x.withdrawn for receipt in x.receipts}
        assert live == {(name, digest_of(content.encode())) for name, content in step.items()}


def test_a_scan_lists_paths_in_order(case: Intake) -> None:
    fill(case.folder, {"10.txt": "", "9.txt": "", "a/1.txt": ""})
    found, notes = scan(case.folder)
    assert [file.name for file in found] == ["9.txt", "10.txt", "a/1.txt"]
    assert notes == []
