"""The public site in memory: before anything is published, as it mostly is, and with sixty findings."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import httpx

from schemas.following import PublicQuestion
from tests.proving_memory import a_key, a_record, at_once
from tests.screens.stage import State, form_of
from tests.web.house import House, a_house
from tests.web_public import sample as s
from tests.web_public import stub
from tests.web_public.followers_stub import LATE, MemoryFollowers
from tests.web_public.test_site import to_come
from web.papers.archive import Archive, NotMadeError
from web.papers.bundle import Made

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2


def usual() -> stub.StubReads:
    """One record, one thing late, one meeting to come."""
    reads = stub.reads_of(s.told())
    reads.stories.append(to_come())
    reads.late = [LATE]
    reads.due = [stub.owed("session/1", s.day("12-09"))]
    return reads


def proved() -> stub.StubReads:
    """A record with three checkpoints."""
    reads = stub.reads_of(s.told())
    reads.proved = at_once(a_record([a_key()]))
    return reads


def nothing() -> stub.StubReads:
    """Nothing is published; the first findings are due on a day."""
    return stub.StubReads(due=[stub.owed("findings", s.day("12-04"))])


def many() -> stub.StubReads:
    """Sixty findings and sixty things late."""
    stories = [s.told(reference=f"HTA-2026-{number:02d}") for number in range(1, 61)]
    reads = stub.reads_of(*stories)
    reads.late = [LATE.model_copy(update={"cycle": one.reference}) for one in stories]
    return reads


def long_words() -> stub.StubReads:
    """Findings of long words without a space."""
    return stub.reads_of(
        s.told(body=f"## {LONG}\n\n{LONG}\n\n| {LONG} |\n|---|\n| {LONG} |\n", question=LONG)
    )


def corrected() -> stub.StubReads:
    """A second version beside the first."""
    story = s.told()
    first = story.publication()
    s.published(story, s.BODY, at=s.day("11-12"), answer="Mostly.")
    reads = stub.reads_of(story)
    reads.shown = [first, story.publication()]
    return reads


def withdrawn() -> stub.StubReads:
    """Findings that were taken back."""
    reads = stub.reads_of(s.told())
    row = reads.shown[0]
    reads.shown = [
        row.model_copy(update={"withdrawn_at": s.day("11-10"), "withdrawn_why": "It named a person."})
    ]
    return reads


def away() -> stub.StubReads:
    """The record cannot be reached."""

    class Away(stub.StubReads):
        def __getattribute__(self, name: str) -> Any:
            found = super().__getattribute__(name)
            if callable(found) and not name.startswith("_"):
                raise ConnectionRefusedError
            return found

    return Away()


def a_site(reads: Callable[[], stub.StubReads]) -> Callable[[Path], House]:
    """An office whose public pages stand over these reads."""

    def build(home: Path) -> House:
        bare = a_house(home)
        bare.memory.now = s.NOW
        rooms = replace(bare.rooms, reads=cast("Any", reads()), followers=MemoryFollowers())
        bare.app.state.rooms = rooms
        return replace(bare, rooms=rooms)

    return build


def public(
    name: str,
    path: str,
    reads: Callable[[], stub.StubReads] = usual,
    *,
    kind: str = "normal",
    status: int = 200,
    says: str = "",
) -> State:
    """A public page that is opened."""  # fmt: skip

    async def make(house: House) -> httpx.Response:
        return await house.browser.get(path)

    return State(name, kind, path.partition("?")[0], make, status, a_site(reads), says)


def archived(name: str, reads: Callable[[], stub.StubReads] = usual, *, kind: str = "normal") -> State:
    """The archive's page once a file was made."""

    async def make(house: House) -> httpx.Response:
        await house.browser.get("/archive")
        await house.rooms.archive.settled()
        return await house.browser.get("/archive")

    return State(name, kind, "/archive", make, 200, a_site(reads), "As of")


def archive_failed(name: str) -> State:
    """The archive's page where none can be made."""

    async def none() -> Made:
        raise NotMadeError("the disk is full")

    async def make(house: House) -> httpx.Response:
        here = replace(house.rooms, archive=Archive(none))
        house.app.state.rooms = here
        await house.browser.get("/archive")
        await here.archive.settled()
        return await house.browser.get("/archive")

    return State(name, "refused", "/archive", make, 200, a_site(usual), "could not be made")


def posted(
    name: str,
    path: str,
    *,
    kind: str = "wrong",
    status: int = 422,
    says: str = "",
    to: str = "",
    **typed: Any,
) -> State:
    """A public form that is filled in and sent."""

    async def make(house: House) -> httpx.Response:
        action, said = form_of((await house.browser.get(path)).text, typed)
        answer = await house.browser.post(action or path, data=said)
        return await house.browser.get(to) if to else answer

    return State(name, kind, to or path.partition("?")[0], make, status, a_site(usual), says)


def followed(name: str, ending: str = "", *, confirmed: bool = False) -> State:
    """The page behind the link of somebody who asked to be told."""

    async def make(house: House) -> httpx.Response:
        await house.browser.post("/follow", data={"address": "a@example.org", "what": "all"})
        kept = cast("MemoryFollowers", house.rooms.followers)
        token = next(iter(kept.kept))
        if confirmed:
            await kept.confirm(token)
        return await house.browser.get(f"/follow/{token}{ending}")

    return State(name, "normal", f"/follow/a-token{ending}", make, 200, a_site(usual))


def asked_by_all(name: str, *, none: bool = False) -> State:
    """What the public asked and nobody has dealt with yet."""

    async def make(house: House) -> httpx.Response:
        await house.browser.sign_in("policy-officer")
        kept = cast("MemoryFollowers", house.rooms.followers)
        if not none:
            kept.asked["k"] = PublicQuestion(key="k", meeting="hta-2026-30-1", held_at=s.NOW, question=LONG)
        return await house.browser.get("/meetings/questions")

    return State(name, "empty" if none else "normal", "/meetings/questions", make, 200, a_site(usual))
