"""The whole product on one machine: what it is made of, in the order in which it starts."""

import asyncio
import logging
import os
import secrets
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx

from embedded import leftovers, preflight
from embedded.catcher import catching
from embedded.children import Child, Children, GaveUp, Probe
from embedded.postgres import Postgres
from embedded.preflight import CannotStart
from embedded.temporal import TemporalServer
from rules.proving.signing import new_signing_key
from sealing.keys import KeyRing, keep, new_key
from settings import RUNNING, Settings
from store.pool import connect
from store.restores import NotAcknowledgedError, Restores

ROOT = Path(__file__).resolve().parent.parent
Say = Callable[[str], None]


@dataclass
class Product:
    """One start of the product: every service that the settings do not name is started here."""

    settings: Settings
    log: logging.Logger
    say: Say
    times: dict[str, float] = field(default_factory=dict)

    async def run(self, *, demonstration: bool, announce: Callable[["Product"], None]) -> str:
        """Start everything and keep it until something cannot be kept; the sentence that says what.

        Cancelling it is the way to stop it: it then ends all that it started, the database last.
        """
        home = self.settings.home
        if old := leftovers.clear(home / "children.json"):
            self.say(f"Ended {old} processes that an earlier start had left behind.")
        async with AsyncExitStack() as stack:
            postgres = self._postgres(stack)
            children = Children(self.log, home / "children.json", ROOT)
            stack.push_async_callback(children.stop)
            await self._services(stack, postgres, children)
            self._say_where(stack)
            await self._doors(children)
            announce(self)
            if demonstration:
                await self._demonstration(children)
            return await children.fallen()

    def _say_where(self, stack: AsyncExitStack) -> None:
        """Leave word for the command line of where everything runs, for as long as it runs."""
        word = self.settings.home / RUNNING
        given = self.settings.model_dump_json(exclude_unset=True, exclude_none=True)
        word.unlink(missing_ok=True)
        with os.fdopen(os.open(word, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(given)
        stack.callback(word.unlink, missing_ok=True)

    def _postgres(self, stack: AsyncExitStack) -> Postgres | None:
        if self.settings.database_url:
            return None
        postgres = Postgres(self.settings.home)
        stack.push_async_callback(asyncio.to_thread, postgres.stop)
        return postgres

    async def _services(self, stack: AsyncExitStack, postgres: Postgres | None, children: Children) -> None:
        ports = preflight.Ports()
        stack.callback(lambda: ports)  # they are ours until the last of it has stopped
        self._claim_web_ports(ports)
        await together(self._database(stack, postgres, children), self._temporal(ports, children))
        await self._mail(stack, ports)
        self.settings = self.settings.changed(
            session_secret_file=self._session_secret(),
            keys_file=self._keys(),
            ledger_key_file=self._ledger_key(),
        )

    def _claim_web_ports(self, ports: preflight.Ports) -> None:
        """Take the ports of the pages and of the worker; one that nobody named may move."""
        for name in ("web_port", "worker_http_port", "web_metrics_port"):
            wanted = getattr(self.settings, name) or self.settings.worker_http_port + 2
            if name in self.settings.model_fields_set:
                ports.exactly(
                    wanted, f"ANSWERABLE_{name.upper()}" + (" or --port" if name == "web_port" else "")
                )
                continue
            port = ports.near(
                wanted, 2 if name == "worker_http_port" else 1
            )  # the worker measures on the next one up
            if name == "web_port" and port != wanted:
                self.say(f"Port {wanted} is taken by another program; the pages are on {port}.")
            self.settings = self.settings.changed(**{name: port})

    async def _database(self, stack: AsyncExitStack, postgres: Postgres | None, children: Children) -> None:
        if postgres is None:
            return
        with self.timed("PostgreSQL"):
            address = await asyncio.to_thread(postgres.start)
        self.settings = self.settings.changed(database_url=address)
        keeper = asyncio.create_task(self._keep(postgres, children))
        stack.callback(keeper.cancel)

    async def _keep(self, postgres: Postgres, children: Children) -> None:
        try:
            children.give_up(await postgres.keep(self.log))
        except CannotStart as reason:
            children.give_up(str(reason))

    async def _temporal(self, ports: preflight.Ports, children: Children) -> None:
        if self.settings.temporal_address:
            return
        port, ui = ports.near(7233), ports.near(8233)
        codec = f"{self.settings.public_url}/api/v1/codec"
        server = TemporalServer(self.settings.home, port, ui, self.settings.environment(), codec)
        with self.timed("Temporal"):
            await server.start(children)
        self.settings = self.settings.changed(
            temporal_address=server.address, temporal_ui_url=f"http://127.0.0.1:{ui}"
        )

    async def _mail(self, stack: AsyncExitStack, ports: preflight.Ports) -> None:
        if self.settings.carrier:
            return
        port = ports.near(8025)
        await stack.enter_async_context(catching(self.settings.home / "mail", port))
        self.settings = self.settings.changed(smtp_host="127.0.0.1", smtp_port=port)

    async def _doors(self, children: Children) -> None:
        """Bring the database's shape up to date, then start the worker and the pages together."""
        environment = self.settings.environment()
        with self.timed("database shape"):
            if await children.once("migrate", python("starter.py", "migrate"), environment):
                raise GaveUp("The database could not be brought up to date.")
        await self._unless_restored()
        host, port = self.settings.web_host, self.settings.web_port
        web = python("-m", "uvicorn", "web.app:create_app", "--factory", "--host", host, "--port", str(port))
        web += ["--timeout-graceful-shutdown", "3", "--no-access-log"]
        here = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - read, not listened on
        worker = Child("worker", python("worker.py"), environment, healthy(self.settings.worker_http_port))
        with self.timed("worker and pages"):
            pages = Child("web", web, environment, healthy(port, here))
            await together(children.start(worker), children.start(pages))

    async def _unless_restored(self) -> None:
        """Open no door on a database that was restored until somebody has answered for what was lost."""
        settings = self.settings
        url, password = settings.need("database_url"), settings.database_password
        async with await connect(url, most=1, password=password) as pool:
            try:
                await Restores(pool).unless_waiting()
            except NotAcknowledgedError as why:
                raise CannotStart(str(why)) from None

    async def _demonstration(self, children: Children) -> None:
        self.say("Loading the demonstration (once; later starts find it there) …")
        with self.timed("demonstration"):
            words = python("starter.py", "demonstration", "load")
            code = await children.once("demonstration", words, self.settings.environment())
        if code:
            self.say("The demonstration could not be loaded; the product runs without it. The log says why.")
        else:
            self.say(f"The demonstration is there ({self.times['demonstration']:.1f} s).")

    def _session_secret(self) -> Path:
        """The file with the secret that signs cookies, made at the first start."""
        if self.settings.session_secret_file:
            return self.settings.session_secret_file
        return self._made_once("session.secret", lambda: secrets.token_urlsafe(48))

    def _ledger_key(self) -> Path:
        """The file with the key that signs the ledger's checkpoints, made at the first start."""
        return self.settings.ledger_key_file or self._made_once("ledger.key", new_signing_key)

    def _made_once(self, name: str, make: Callable[[], str]) -> Path:
        """A file of the home folder that is ours alone to read, made where it is not there."""
        path = self.settings.home / name
        if not path.exists():
            new = path.with_suffix(".new")
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(make())
            new.replace(path)
        return path

    def _keys(self) -> Path:
        """The file with the keys that files and the engine's memory are encrypted with."""
        path = self.settings.keys_file or self.settings.home / "keys"
        if not path.exists():
            today = datetime.now(UTC).date().isoformat()  # noqa: TID251 - the day on which a key is made
            keep(path, KeyRing((new_key(today),)))
        return path

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        """Note how long the block took, in seconds."""
        began = time.monotonic()
        yield
        self.times[what] = time.monotonic() - began


def python(*words: str) -> list[str]:
    """A command of this same Python."""
    return [sys.executable, "-u", *words]


def healthy(port: int, host: str = "127.0.0.1") -> Probe:
    """A probe that asks a process for its health."""

    async def probe() -> bool:
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=2) as client:
                answer = await client.get(f"http://{host}:{port}/healthz")
        except httpx.HTTPError:
            return False
        return answer.status_code == httpx.codes.OK

    return probe


async def together(*starts: Awaitable[None]) -> None:
    """Wait for all of them, then raise the first thing that went wrong: none is left half-started."""
    for outcome in await asyncio.gather(*starts, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome
