"""The engine's state file copied while it is written to."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from embedded.state import copy_state, state_of, wrong_with


def state(home: Path, rows: int) -> Path:
    """A state file of some size."""
    file = state_of(home)
    file.parent.mkdir(parents=True)
    with closing(sqlite3.connect(file)) as one:
        one.execute("create table runs (id integer, state blob)")
        one.executemany("insert into runs values (?, zeroblob(1000))", [(number,) for number in range(rows)])
        one.commit()
    return file


def test_a_copy_has_what_was_committed_and_nothing_half_written(tmp_path: Path) -> None:
    """A writer in the middle of its transaction is not waited for, and not seen."""
    file = state(tmp_path, 50)
    with closing(sqlite3.connect(file)) as writer:
        writer.execute("insert into runs values (99, 'half')")
        copy_state(tmp_path, tmp_path / "copy" / "state.db")
        writer.commit()
    with closing(sqlite3.connect(tmp_path / "copy" / "state.db")) as copy:
        assert copy.execute("select count(*) from runs").fetchone() == (50,)
    assert wrong_with(tmp_path / "copy" / "state.db") is None


def test_a_broken_state_is_found(tmp_path: Path) -> None:
    """Cut off in the middle, or no state at all."""
    file = state(tmp_path, 200)
    file.write_bytes(file.read_bytes()[:60_000])
    assert wrong_with(file)
    with pytest.raises(sqlite3.Error):
        copy_state(tmp_path / "nowhere", tmp_path / "copy" / "state.db")
