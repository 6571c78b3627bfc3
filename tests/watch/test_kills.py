"""kill -9 at any step of the watcher loses nothing: another run ends where one without the kill does."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from cases import zipped

from tests.watch.drops import Drop, apart, kill_before, layout, put, quick

EVERY = int(os.environ.get("DOSSIER_KILL_EVERY", "17"))
"""Each so manyth step is killed before. 1 takes minutes."""


def dropped(inbox: Path) -> Drop:
    """A known case, and everything that can come."""
    drop = Drop(inbox)
    drop.put("店A", {"inbox/a.txt": "1", "inbox/b.txt": "2", "case.toml": '[case]\ntitle = "一"\n'})
    drop.put("店B", {"a.txt": "failed", "case.toml": "[case"})
    drop.once(build=quick, quiet=0)
    drop.put(
        "店A", {"inbox/a.txt": "1", "inbox/b.txt": "new 2", "inbox/c.txt": "3", "case.toml": '[case]\ntitle = "二"\n'}
    )
    drop.put("店B", {"a.txt": "failed", "case.toml": "[case"})
    drop.put("同样", {"x.txt": "1", "y.txt": "2"})
    drop.put("新店", {"x.txt": "x", "inner/y.txt": "y"})
    drop.put("新建文件夹", {"外/店D/case.toml": "", "外/店D/v.txt": "v", "外/.DS_Store": "d", "desktop.ini": "i"})
    put(drop.inbox, {"散 1.txt": "s1", "散 2.txt": "s2"})
    put(drop.inbox, {"案.zip": zipped({"店C/case.toml": b"", "店C/z.txt": b"z"}), "包.zip": zipped({"w.txt": b"w"})})
    return drop


def settle(drop: Drop) -> dict[str, bytes]:
    for _ in range(3):
        drop.once(build=quick, quiet=0)
    return layout(drop.inbox)


@pytest.mark.kill
def test_killed_before_any_step_it_ends_the_same(tmp_path: Path) -> None:
    template = dropped(tmp_path / "template" / "收件箱").inbox
    whole = Drop(Path(shutil.copytree(template, tmp_path / "whole" / "收件箱")))
    expected = settle(whole)
    assert whole.exits() == {
        "done": ["包", "店A", "店C", "店D", "散 1 等2个文件", "新店"],
        "duplicate": ["同样", "店A", "店B"],
        "failed": ["店B"],
    }
    for step in range(1, 10_000, EVERY):
        drop = Drop(Path(shutil.copytree(template, tmp_path / str(step) / "收件箱")))

        def killed(drop: Drop = drop, step: int = step) -> None:
            kill_before(step, drop.inbox)
            drop.once(build=quick, quiet=0)

        code = apart(killed)
        assert code in (0, -9), f"step {step}"
        before = set(layout(drop.inbox).values())
        assert set(expected.values()) <= before | {b"z", b""}, f"step {step}"
        assert settle(drop) == expected, f"step {step}"
        assert [path.name for path in (drop.inbox / ".claims").iterdir() if path.is_dir()] == []
        shutil.rmtree(drop.inbox)
        if code == 0:
            assert step > 50
            return
