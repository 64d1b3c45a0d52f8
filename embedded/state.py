"""The development server's state file: copied while it is written to, and looked at."""

import sqlite3
from contextlib import closing
from pathlib import Path

NAME = "state.db"


def copy_state(home: Path, to: Path) -> None:
    """Copy the state as it stands at one instant (SQLite's online backup); the server goes on meanwhile.

    Raises: sqlite3.Error, OSError: it cannot be read or written.
    """
    to.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(sqlite3.connect(f"file:{state_of(home)}?mode=ro", uri=True, timeout=60)) as state,
        closing(sqlite3.connect(to)) as copy,
    ):
        state.backup(copy, pages=-1)  # in one step: what is written meanwhile cannot make it begin again
    if wrong := wrong_with(to):
        raise sqlite3.DatabaseError(wrong)


def wrong_with(file: Path) -> str | None:
    """What is wrong with a copied state; None where nothing is."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            [found] = copy.execute("pragma integrity_check(1)").fetchone()
    except sqlite3.Error as why:
        return str(why)
    return None if found == "ok" else str(found)


def state_of(home: Path) -> Path:
    """Where the state of the server in a home folder is."""
    return home / "temporal" / NAME
