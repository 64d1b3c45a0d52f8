"""An office in memory, and a browser without a screen at its door."""

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from engine.task_links import TaskLinks
from schemas.commands import AnyCommand
from schemas.outcomes import Receipt
from tests import scenario as s
from tests.web.directory_memory import MemoryDirectory
from tests.web.drafts_memory import MemoryDrafts
from tests.web.link_memory import MemoryLetters, MemoryLinks
from tests.web.live_memory import MemoryAnnouncements, MemorySittings
from tests.web.memory import NOW, Memory, MemoryDesk
from tests.web.posting_memory import MemoryPost, kept_in
from tests.web.programme_memory import MemoryProgrammeDesk
from tests.web.seen_memory import MemorySeen
from tests.web.session_memory import MemoryAccounts, MemorySessions
from tests.web.shelf import MemoryShelf
from tests.web.token_memory import MemoryTokens
from tests.web.tracker_memory import MemoryTrackers
from tests.web.walls_memory import MemoryWalls, WalledReads
from web.app import Doorway, create_app
from web.door.rooms import Office, Rooms
from web.live.hub import Hub

CALLBACK = "a bearer token of this test"
OFFICE = Office("Office of the Commissioner", "The office", "#1d3461", None, "http://office.test")
__all__ = ["NOW", "OFFICE", "Browser", "House", "a_house", "hidden_of"]


class Browser(httpx.AsyncClient):
    """Goes through pages as a person without scripts does: reads a form, fills it in, sends it."""

    async def sign_in(self, person: str) -> httpx.Response:
        """Sign in as one of the demonstration's people."""
        return await self.fill("/sign-in", person=person)

    async def fill(self, path: str, files: Any = None, to: str | None = None, **typed: Any) -> httpx.Response:
        """Open a page, take over its hidden inputs, type the rest and send it."""
        page = await self.get(path)
        hidden = hidden_of(page.text, to or path.split("?", maxsplit=1)[0])
        return await self.post(to or path, data={**hidden, **typed}, files=files)


def hidden_of(page: str, action: str) -> dict[str, str]:
    """The hidden inputs of the form that goes to an address."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page, re.DOTALL)
    assert form, f"there is no form to {action}"
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[1])
    return {name: unescape(value) for name, value in found}


@dataclass
class House:
    """The app with everything that stands behind it."""

    memory: Memory
    desk: MemoryDesk
    shelf: MemoryShelf
    rooms: Rooms
    browser: Browser
    programme: MemoryProgrammeDesk
    app: FastAPI

    async def done(self, *commands: AnyCommand, cycle: str | None = None) -> None:
        """Carry out commands that must be allowed; all of one cycle where it is named."""
        for command in commands:
            one = command.model_copy(update={"cycle": cycle}) if cycle else command
            outcome = await self.desk.send(one, s.WORDS)
            assert isinstance(outcome, Receipt), outcome


def a_house(
    home: Path, *, standalone: bool = True, doorway: Doorway | None = None, limit: int = 1_000_000
) -> House:
    """An office in memory and a browser at its door."""
    memory = Memory()
    desk, shelf = MemoryDesk(memory), MemoryShelf()
    programme = MemoryProgrammeDesk(memory)
    walls = MemoryWalls()
    reads = WalledReads(memory, walls)
    rooms = Rooms(
        desk=desk,
        reads=reads,
        sessions=MemorySessions(reads),
        walls=walls,
        accounts=MemoryAccounts(reads),
        tokens=MemoryTokens(reads),
        trackers=MemoryTrackers(over=memory.closed),
        shelf=shelf,
        keeping=shelf,
        programme=programme,
        drafts=MemoryDrafts(),
        directory=MemoryDirectory(reads),
        post=kept_in(MemoryPost(), CALLBACK),
        scans=memory.scanned,
        nudges=memory.scanned,
        seen=MemorySeen(),
        live=Hub(MemoryAnnouncements(memory)),
        sittings=MemorySittings(reads),
        succeeding=memory.changed,
        standards=memory.changed,
        office=OFFICE,
        links=TaskLinks(MemoryLinks(), "a secret of this test"),
        link_letters=MemoryLetters(),
        standalone=standalone,
        home=home,
        upload_limit=limit,
        now=lambda: memory.now,
    )
    app = create_app(rooms, doorway)
    browser = Browser(transport=httpx.ASGITransport(app), base_url=OFFICE.public_url)
    return House(memory, desk, shelf, rooms, browser, programme, app)
