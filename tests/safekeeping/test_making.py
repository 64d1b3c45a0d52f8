"""Making a backup: whatever goes wrong, nothing half-made is left that could be taken for whole."""

import asyncio
import errno
import fcntl
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from safekeeping import making, sealing
from safekeeping.making import CannotMakeError, Product, make

AT = datetime(2026, 11, 23, 9, 45, tzinfo=UTC)


class Usage(NamedTuple):
    """A disk."""

    total: int
    used: int
    free: int


@pytest.fixture
def product(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Product:
    """A product whose database takes a megabyte; nothing of it is asked for more here."""

    async def megabyte(_pool: object) -> int:
        return 2**20

    monkeypatch.setattr(making, "size_of", megabyte)
    nothing: Any = object()
    return Product(
        pool=nothing, url="", password=None, tools=tmp_path, client=nothing, queue="cycles", files="",
        home=tmp_path / "home", keys=(), apart={}, version="0.1.0", now=lambda: AT,
    )  # fmt: skip


def test_a_disk_that_fills_up_half_way_leaves_nothing(
    product: Product, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the backup nor what was written of it; the one before stays as it is."""

    async def fills(_product: object, part: Path, *_: object) -> None:
        (part / sealing.DATABASE).write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(making, "_filled", fills)
    before = tmp_path / "backups" / "2026-11-22T094500Z"
    before.mkdir(parents=True)
    (before / sealing.MANIFEST).touch()
    (tmp_path / "backups" / f"{sealing.BEGUN}2026-11-21T094500Z").mkdir()
    with pytest.raises(OSError, match="No space left"):
        asyncio.run(make(product, tmp_path / "backups"))
    assert sorted(one.name for one in (tmp_path / "backups").iterdir()) == [".lock", before.name]


def test_a_disk_that_would_fill_up_is_refused_before(
    product: Product, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With how much is free and how much may be needed."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(2**30, 2**30 - 2**20, 2**20))
    with pytest.raises(CannotMakeError, match=r"Only 1 MB are free .* 201 MB may be needed"):
        asyncio.run(make(product, tmp_path / "backups"))
    assert sealing.broken_off(tmp_path / "backups") == []


def test_one_is_made_at_a_time(product: Product, tmp_path: Path) -> None:
    """The second is told to wait, and takes nothing of the first away."""
    begun = tmp_path / f"{sealing.BEGUN}2026-11-23T094459Z"
    begun.mkdir()
    with (tmp_path / ".lock").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with pytest.raises(CannotMakeError, match="Another backup is being made"):
            asyncio.run(make(product, tmp_path))
    assert begun.exists()


def test_a_name_that_is_taken_is_left_as_it_is(product: Product, tmp_path: Path) -> None:
    """Two within a second."""
    (tmp_path / "2026-11-23T094500Z").mkdir()
    with pytest.raises(CannotMakeError, match="is there already"):
        asyncio.run(make(product, tmp_path))
