"""The doors that clients come in by: the pages' interface for programs, and a Desk of their own."""

import json
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
from temporalio.client import Client
from temporalio.service import RPCError

from engine.connection import reach
from engine.desk import Desk
from engine.wiring import address_of
from schemas.commands import AnyCommand
from schemas.outcomes import Outcome, Receipt, Refused
from settings import RUNNING, load
from store.keeping import Keeping
from store.pool import Pool, connect
from store.reads import Reads
from tests.chaos.storm.notes import Told
from tests.scenario import WORDS
from tests.web.house import Browser

PATIENCE = timedelta(seconds=5)
AWAY = (OSError, RPCError, RuntimeError)
"""What a door may raise while a part behind it is away: the store, the engine."""


class Door(Protocol):
    """Where acts are handed in."""

    name: str

    async def send(self, command: AnyCommand) -> Told:
        """Hand in a command; never raises."""
        ...


class ByDesk:
    """A Desk in the client's own process, on its own connections, made anew where the product has moved."""

    name = "desk"

    def __init__(self, home: Path) -> None:
        self._home = home
        self._word = ""
        self._desk: Desk | None = None
        self._pool: Pool | None = None
        self.client: Client | None = None

    async def ready(self) -> Desk:
        """The Desk on what runs now."""
        word = (self._home / RUNNING).read_text(encoding="utf8")
        if self._desk is None or word != self._word:
            chosen = load().changed(**json.loads(word))
            if self._pool:
                await self._pool.close()
            self._pool = await connect(chosen.need("database_url"), most=4)
            self.client = await reach(address_of(chosen))
            reads = Reads(self._pool)
            self._desk = Desk(
                self.client, "cycles", Keeping(self._pool), reads, patience=PATIENCE, demonstration=True
            )
            self._word = word
        return self._desk

    async def send(self, command: AnyCommand) -> Told:
        """Hand in a command."""
        try:
            desk = await self.ready()
        except AWAY as away:
            return Told("unknown", why=type(away).__name__)
        try:
            return _told(await desk.send(command, WORDS))
        except OSError as away:
            return Told("unknown", why=type(away).__name__)
        except Exception as fault:  # noqa: BLE001 - whatever comes instead of an answer is what is looked for
            return Told("fault", why=f"{type(fault).__name__}: {fault}"[:300])


class ByPages:
    """The pages' interface for programs, as whoever acts signed in there."""

    name = "pages"

    def __init__(self, port: int) -> None:
        self._url = f"http://127.0.0.1:{port}"
        self._browsers: dict[str, Browser] = {}

    async def send(self, command: AnyCommand) -> Told:
        """Hand in a command as its actor."""
        try:
            answer = await self._sent(command)
        except (
            httpx.HTTPError,
            AssertionError,
        ) as away:  # the page to sign in at says so where it has no form
            return Told("unknown", why=type(away).__name__)
        with suppress(ValueError):
            return _answered(answer.status_code, answer.json())
        return Told("fault" if answer.status_code == httpx.codes.INTERNAL_SERVER_ERROR else "unknown",
                    why=f"{answer.status_code} without a word")  # fmt: skip

    async def _sent(self, command: AnyCommand) -> httpx.Response:
        person = command.actor.person
        facts = spoken(command.model_dump(mode="json", exclude={"actor"}))
        browser = self._browsers.get(person)
        if browser is None:
            browser = Browser(base_url=self._url, trust_env=False, timeout=20)
            self._browsers[person] = browser
        answer = await browser.post("/api/v1/commands", json=facts)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            await browser.sign_in(person)
            answer = await browser.post("/api/v1/commands", json=facts)
        return answer


def spoken(value: Any) -> Any:
    """The same value with the words in place of every text's reference."""
    if isinstance(value, str):
        return {"say": WORDS.kept[value]} if value in WORDS.kept else value
    if isinstance(value, list):
        return [spoken(one) for one in value]
    if isinstance(value, dict):
        return {name: spoken(one) for name, one in value.items()}
    return value


def _told(outcome: Outcome) -> Told:
    if isinstance(outcome, Receipt):
        return Told("receipt", outcome.version, outcome.happened)
    if isinstance(outcome, Refused):
        return Told("refused", why=outcome.code)
    return Told("unknown", why="not known yet")


def _answered(status: int, said: dict[str, Any]) -> Told:
    if status == httpx.codes.OK:
        return Told("receipt", said["version"], tuple(said["happened"]))
    if status in (httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.FORBIDDEN):
        return Told("refused", why=said["code"])
    if status == httpx.codes.INTERNAL_SERVER_ERROR:
        return Told("fault", why=f"500 {said.get('message', '')}"[:300])
    return Told("unknown", why=f"{status} {said.get('code', 'not known yet')}")
