from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest


@pytest.fixture
def unprivileged() -> Callable[[Path], AbstractContextManager[None]]:
    """Run without the rights of root, who passes every check, as the owner of a folder."""

    @contextmanager
    def as_owner(folder: Path) -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        above = [parent for parent in folder.parents if parent.stat().st_mode & 0o011 != 0o011]
        modes = [parent.stat().st_mode for parent in above]
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, 65534, -1)
        for parent, mode in zip(above, modes, strict=True):
            parent.chmod(mode | 0o011)
        os.seteuid(65534)
        try:
            yield
        finally:
            os.seteuid(0)
            for parent, mode in zip(above, modes, strict=True):
                parent.chmod(mode)

    return as_owner
