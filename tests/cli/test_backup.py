"""Backups from the shell: what is listed, and what is typed wrongly."""

import json
from pathlib import Path

import pytest

from cli.caller import REFUSED, WRONG_USAGE
from safekeeping import sealing
from settings import Settings
from tests.safekeeping.test_sealing import made
from tests.shell import Printed, typed


async def line(capsys: pytest.CaptureFixture[str], words: str, code: int = 0) -> Printed:
    """What is said to these words, where no product runs."""
    return await typed(Settings(), capsys, words.split(), code)


def left_in(folder: Path) -> list[str]:
    """What there is in a folder."""
    return sorted(one.name for one in folder.iterdir())


async def test_a_list_names_what_is_whole_and_what_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Oldest first, each with its seal; what was broken off or altered is named beside."""
    one = made(tmp_path / "2026-11-22T094500Z")
    two = made(tmp_path / "2026-11-23T094500Z")
    (two / sealing.SEAL).write_text("0" * 64, encoding="ascii")
    (tmp_path / f"{sealing.BEGUN}2026-11-24T094500Z").mkdir()
    said = json.loads((await line(capsys, f"backup list --in {tmp_path} --json")).out)
    assert [(row["backup"], row["seal"]) for row in said["backups"]] == [(str(one), sealing.read(one)[1])]
    assert sorted(said["wrong"]) == sorted([str(two), str(tmp_path / f"{sealing.BEGUN}2026-11-24T094500Z")])
    assert "Make one" in (await line(capsys, f"backup list --in {tmp_path / 'none'}")).out


@pytest.mark.parametrize("words", ["backup verify {0}", "backup restore {0} --home {0}/home"])
async def test_what_is_no_backup_is_refused_in_a_sentence(
    words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is written."""
    said = await line(capsys, words.format(tmp_path), REFUSED)
    assert "is no whole backup" in said.err
    assert left_in(tmp_path) == []


async def test_a_backup_is_not_restored_without_its_keys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence says which key, and no folder is made."""
    backup, home = made(tmp_path / "2026-11-22T094500Z"), tmp_path / "home"
    said = await line(capsys, f"backup restore {backup} --home {home}", REFUSED)
    assert "needs the key k1" in said.err
    assert left_in(tmp_path) == [backup.name]


async def test_what_is_typed_wrongly_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """An instant that is none; an answer without a reason."""
    assert "instant such as" in (await line(capsys, "backup reconcile --until noon", WRONG_USAGE)).err
    assert "--reason" in (await line(capsys, "backup acknowledge", WRONG_USAGE)).err
