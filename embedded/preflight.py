"""What is looked at before anything starts, each with a sentence that says what to do."""

import fcntl
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import IO

LEAST_FREE = 500 * 2**20
PORTS_TRIED = 50


class CannotStart(Exception):  # noqa: N818 - what is raised is the sentence for the person at the keyboard
    """The product cannot start here and now; the message says why and what to do."""


def hold(home: Path) -> IO[str]:
    """Keep the folder for this process alone, until the file that is returned is closed.

    Raises:
        CannotStart: another copy of the product works in this folder.
    """
    home.mkdir(parents=True, exist_ok=True)
    lock = (home / "lock").open("a", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise CannotStart(
            f"Another copy is already running in {home}. Stop it first (Ctrl-C where it runs), "
            "or start this one in another folder with --home."
        ) from None
    return lock


def room(home: Path, free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free) -> None:
    """Refuse a disk that would soon be full.

    Raises:
        CannotStart: less than 500 MB is free.
    """
    if (left := free(home)) < LEAST_FREE:
        raise CannotStart(
            f"Only {left // 2**20} MB are free on the disk of {home}, and at least {LEAST_FREE // 2**20} MB "
            "are needed. Make room, or choose a folder on another disk with --home."
        )


class Ports:
    """Gives out ports on loopback, never the same one twice."""

    def __init__(self) -> None:
        self._given: set[int] = set()

    def exactly(self, port: int, variable: str) -> int:
        """The port that somebody asked for by name.

        Raises:
            CannotStart: it is taken.
        """
        if port in self._given or not is_free(port):
            raise CannotStart(f"Port {port} is taken by another program. Set {variable} to a free port.")
        self._given.add(port)
        return port

    def near(self, port: int, span: int = 1) -> int:
        """The port, or the next one that is free, with the ones after it that make up the span.

        Raises:
            CannotStart: none of the next ones is free.
        """
        for first in range(port, min(port + PORTS_TRIED, 65537 - span)):
            wanted = set(range(first, first + span))
            if not wanted & self._given and all(is_free(one) for one in wanted):
                self._given |= wanted
                return first
        raise CannotStart(f"No port from {port} to {port + PORTS_TRIED - 1} is free on this machine.")


def is_free(port: int) -> bool:
    """Whether this machine's loopback address would let us listen there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def missing_assets(root: Path) -> str | None:
    """The sentence for pages without styles, or None; they can be read all the same."""
    if (root / "web" / "static" / "vendor" / "ui.css").exists():
        return None
    return "The pages have no styles and scripts yet: stop, run `make assets` and start again."
