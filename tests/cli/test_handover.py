"""Handover packs at the command line: where they go, and what is refused."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.succession_store import TABLE, said, the_store

__all__ = ["the_store"]


@pytest.fixture
def with_shelf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A shelf in a folder."""
    monkeypatch.setenv("ANSWERABLE_FILES_URL", (tmp_path / "shelf").as_uri())
    monkeypatch.setattr("cli.office.Office.shelf", lambda _: None)
    return tmp_path


@pytest.mark.usefixtures("store")
def test_a_pack_is_written_as_a_zip_and_into_a_folder(
    with_shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One cycle, or all that are open, each in its folder."""
    ref = TABLE.cycle.reference
    found = said(f"handover {ref} --to {with_shelf}/one.zip", capsys)
    assert (found["cycles"], found["missing"]) == ([ref], {})
    with zipfile.ZipFile(with_shelf / "one.zip") as pack:
        assert "index.html" in pack.namelist()
    said(f"handover --all-open --to {with_shelf}/all", capsys)
    assert (with_shelf / "all" / ref / "index.html").exists()
    assert (with_shelf / "all" / "index.html").exists()
    said(f"handover {ref} --without-sensitive --to {with_shelf}/plain", capsys)
    assert "This pack is without" in (with_shelf / "plain" / "README.txt").read_text("utf8")


@pytest.mark.usefixtures("store")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("handover HTA-2026-99 --to {}/new", "There is no cycle HTA-2026-99"),
        ("handover --to {}/new", "Write a cycle's reference, or --all-open"),
        (
            f"handover {TABLE.cycle.reference} --all-open --to {{}}/new",
            "Write a cycle's reference, or --all-open",
        ),
        (f"handover {TABLE.cycle.reference} --to {{}}", "is not empty"),
        (f"handover {TABLE.cycle.reference} --to {{}}/new --as acc-local-policing", "made by the office"),
    ],
)
def test_a_pack_that_cannot_be_made_is_refused_and_nothing_is_written(
    with_shelf: Path, capsys: pytest.CaptureFixture[str], words: str, why: str
) -> None:
    """An unknown cycle, no cycle, a folder in use, somebody of the force."""
    (with_shelf / "mine.txt").touch()
    assert why in said(words.format(with_shelf), capsys, code=2)
    assert [one.name for one in with_shelf.iterdir()] == ["mine.txt"]
