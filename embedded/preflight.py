"""What is looked at before anything starts, each with a sentence that says what to do."""

import fcntl
import shutil
import socket
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import IO

LEAST_FREE = 500 * 2**20
PORTS_TRIED = 50
HALF = "restoring.new"
"""In a home folder: a restore is under way there, or was broken off."""


class CannotStart(Exception):  # noqa: N818 - what is raised is the sentence for the person at the keyboard
    """The product cannot start here and now; the message says why and what to do."""


def hold(home: Path, *, restoring: bool = False) -> IO[str]:
    """Keep the folder for this process alone, until the file that is returned is closed.

    Raises:
        CannotStart: another copy of the product works in this folder, or a restore into it was broken off.
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
    if (home / HALF).exists() and not restoring:
        lock.close()
        raise CannotStart(
            f"A restore into {home} is under way, or was broken off. Then begin it again: "
            "starter.py backup restore, as before."
        )
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
    """Gives out ports on loopback, never the same one twice, for as long as it is there.

    Each is claimed by its name, which another copy on this machine sees at once: two that start together
    would both find a port free, and one would then take the other's server for its own.
    """

    def __init__(self) -> None:
        self._given: set[int] = set()
        self._claims: list[socket.socket] = []
        weakref.finalize(self, _let_go, self._claims)

    def exactly(self, port: int, variable: str) -> int:
        """The port that somebody asked for by name.

        Raises:
            CannotStart: it is taken.
        """
        if port in self._given or not self._take({port}):
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
            if not wanted & self._given and self._take(wanted):
                self._given |= wanted
                return first
        raise CannotStart(f"No port from {port} to {port + PORTS_TRIED - 1} is free on this machine.")

    def _take(self, ports: set[int]) -> bool:
        """Claim ports that are free, all of them or none."""
        claims = [found for one in ports if is_free(one) and (found := _claimed(one))]
        self._claims += claims
        if len(claims) == len(ports):
            return True
        for one in claims:
            self._claims.remove(one)
            one.close()
        return False


def _claimed(port: int) -> socket.socket | None:
    """The name of a port, held until the socket is closed or this process ends; None where another has it."""
    claim = socket.socket(socket.AF_UNIX)
    if sys.platform != "linux":  # elsewhere names of this kind are files, which would stay behind
        return claim
    try:
        claim.bind(f"\0answerable/port/{port}")
    except OSError:
        claim.close()
        return None
    return claim


def _let_go(claims: list[socket.socket]) -> None:
    for one in claims:
        one.close()


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
