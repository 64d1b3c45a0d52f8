"""A backup as it lies: what is altered, missing, half-written or of another product is not taken."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from embedded.preflight import HALF, CannotStart, hold
from safekeeping import sealing
from safekeeping.restoring import Backup, CannotRestoreError, into_home, opened, without_keys
from safekeeping.sealing import BackupWrongError
from schemas.backups import Manifest, ShelvedPart
from store.migrate import FOLDER

AT = datetime(2026, 11, 23, 9, 45, tzinfo=UTC)
DIGEST = "ab" + "0" * 62


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A small backup with one file of the shelf, as it would be after it was made."""
    return made(tmp_path / "2026-11-23T094500Z")


def made(folder: Path, *more_migrations: str) -> Path:
    """A backup in a folder."""
    lies = folder / sealing.SHELF / "ab" / DIGEST
    lies.parent.mkdir(parents=True)
    lies.write_bytes(b"minutes")
    (folder / sealing.DATABASE).write_bytes(b"PGDMP")
    part = sealing.part_of(folder / sealing.SHELF, f"ab/{DIGEST}")
    sealing.write_lines(folder / sealing.FILES, [ShelvedPart(**part.model_dump(), modified=AT)])
    sealing.write_lines(folder / sealing.HEADS, [])
    sealing.write_lines(folder / sealing.RUNS, [])
    names = (sealing.DATABASE, sealing.FILES, sealing.HEADS, sealing.RUNS)
    manifest = Manifest(
        product="0.1.0", began_at=AT, temporal_at=AT, postgres_at=AT, finished_at=AT, server="18.0",
        migrations=(*sorted(one.name for one in FOLDER.glob("*.sql")), *more_migrations, "walls.sql 0123"),
        tables={}, temporal="runs", namespace="default", queue="cycles", open_runs=0, keys=("k1",),
        not_in_it={"keys": "/safe/keys"}, chains=0, entries=0, files=1, files_bytes=7,
        parts=tuple(sealing.part_of(folder, one) for one in names),
    )  # fmt: skip
    sealing.seal(folder, manifest)
    return folder


def test_what_was_sealed_is_taken(backup: Path) -> None:
    """With the seal that somebody kept, too."""
    found = asyncio.run(opened(backup))
    assert asyncio.run(opened(backup, found.seal)) == found
    assert found.manifest.migration == max(one.name for one in FOLDER.glob("*.sql"))
    with pytest.raises(BackupWrongError, match="not the one that was sealed"):
        asyncio.run(opened(backup, "0" * 64))


@pytest.mark.parametrize("name", [sealing.DATABASE, sealing.FILES, sealing.MANIFEST, f"files/ab/{DIGEST}"])
def test_what_was_altered_is_not_taken(backup: Path, name: str) -> None:
    """A single letter in any part of it."""
    file = backup / name
    file.write_bytes(file.read_bytes().replace(b"m", b"n", 1).replace(b"P", b"Q", 1))
    with pytest.raises(BackupWrongError, match=r"Take another|take another"):
        asyncio.run(opened(backup))


@pytest.mark.parametrize(
    "name", [sealing.DATABASE, sealing.HEADS, sealing.SEAL, sealing.MANIFEST, f"files/ab/{DIGEST}"]
)
def test_what_is_missing_is_named(backup: Path, name: str) -> None:
    """A half-copied backup is not restored by halves."""
    (backup / name).unlink()
    with pytest.raises(BackupWrongError, match=rf"{Path(name).name} is missing|{name} or|or {name}"):
        asyncio.run(opened(backup))


def test_what_was_broken_off_is_no_backup(backup: Path) -> None:
    """It is listed by itself, and refused whatever it holds."""
    begun = backup.with_name(f"{sealing.BEGUN}{backup.name}")
    shutil.copytree(backup, begun)
    assert sealing.whole_backups(backup.parent) == [backup]
    assert sealing.broken_off(backup.parent) == [begun]
    with pytest.raises(BackupWrongError, match="broken off"):
        asyncio.run(opened(begun))


def test_a_newer_products_backup_is_refused(tmp_path: Path) -> None:
    """What this product does not know it would lose."""
    with pytest.raises(BackupWrongError, match=r"9999_later\.sql"):
        asyncio.run(opened(made(tmp_path / "later", "9999_later.sql")))


def test_another_kind_of_manifest_is_refused(backup: Path) -> None:
    """Sealed, and not what this product writes."""
    file = backup / sealing.MANIFEST
    file.write_text(file.read_text(encoding="utf-8").replace('"format": 1', '"format": 2'), encoding="utf-8")
    (backup / sealing.SEAL).write_text(sealing.digest_of(file), encoding="ascii")
    with pytest.raises(BackupWrongError, match="another kind"):
        asyncio.run(opened(backup))


def test_without_its_keys_it_is_not_restored(backup: Path) -> None:
    """The sentence says which key, and where it was."""
    manifest, _ = sealing.read(backup)
    assert without_keys(manifest, {"k1", "k2"}) is None
    assert "k1" in (said := without_keys(manifest, {"k2"}) or "")
    assert "/safe/keys" in said


def test_a_home_with_something_in_it_is_left_as_it_is(backup: Path, tmp_path: Path) -> None:
    """Nothing is written over."""
    home = tmp_path / "home"
    (home / "postgres").mkdir(parents=True)
    with pytest.raises(CannotRestoreError, match="not empty: it has postgres"):
        asyncio.run(into_home(Backup(backup, *sealing.read(backup)), home))
    assert sorted(one.name for one in home.iterdir()) == ["lock", "postgres"]


def test_a_restore_that_was_broken_off_opens_nothing_and_is_begun_again(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No product starts on half a home; the next restore clears away what the first had put there."""
    home = tmp_path / "home"
    (home / HALF).mkdir(parents=True)
    (home / "postgres").mkdir()
    with pytest.raises(CannotStart, match="broken off"):
        hold(home)
    monkeypatch.setattr("safekeeping.restoring.LEAST_LEFT", 2**60)
    with pytest.raises(CannotRestoreError, match="MB are needed"):
        asyncio.run(into_home(Backup(backup, *sealing.read(backup)), home))
    assert [one.name for one in home.iterdir()] == ["lock"]


def test_a_full_disk_is_said_before_anything_is_written(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With how much is free and how much is needed."""
    monkeypatch.setattr("safekeeping.restoring.LEAST_LEFT", 2**60)
    with pytest.raises(CannotRestoreError, match="MB are needed"):
        asyncio.run(into_home(Backup(backup, *sealing.read(backup)), tmp_path / "home"))
    assert [one.name for one in (tmp_path / "home").iterdir()] == ["lock"]
