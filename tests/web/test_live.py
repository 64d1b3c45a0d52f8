"""The stream: topics only, to those who may see the page; nothing is piled up for a slow one."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from schemas.viewing import Viewer
from store.viewing import looking
from tests import scenario as s
from tests.web.conftest import REF
from tests.web.house import House
from tests.web.live_memory import MemoryAnnouncements
from tests.web.memory import Memory
from web.live.hub import AGAIN, LOST, MOST_WAITING, FullError, Hub
from web.live.seeing import may_hear

OTHER = "HTA-2026-02"
SILENT = MemoryAnnouncements(Memory())


class Heard:
    """What one browser's stream was sent."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.text = ""
        self.news = asyncio.Event()

    async def take(self, message: Any) -> None:
        """Take a piece of the answer."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        self.text += message.get("body", b"").decode()
        self.news.set()

    async def until(self, words: str) -> None:
        """Wait until something was sent."""
        async with asyncio.timeout(5):
            while words not in self.text:
                self.news.clear()
                await self.news.wait()

    @property
    def topics(self) -> list[str]:
        """The topics that were sent."""
        found = [json.loads(line[6:]) for line in self.text.splitlines() if line.startswith("data: ")]
        return [one["topic"] for one in found if one]


@asynccontextmanager
async def listening(house: House, query: str = "") -> AsyncIterator[Heard]:
    """A browser that follows the stream for as long as the block runs."""
    heard, gone = Heard(), asyncio.Event()
    cookie = "; ".join(f"{name}={value}" for name, value in house.browser.cookies.items())

    async def receive() -> dict[str, str]:
        await gone.wait()
        return {"type": "http.disconnect"}

    scope = {
        "type": "http", "method": "GET", "path": "/live", "raw_path": b"/live", "root_path": "",
        "query_string": query.encode(), "scheme": "http", "http_version": "1.1", "asgi": {"version": "3.0"},
        "server": ("office.test", 80), "client": ("127.0.0.1", 1),
        "headers": [(b"host", b"office.test"), (b"cookie", cookie.encode())],
    }  # fmt: skip
    app = house.app
    task = asyncio.create_task(app(scope, receive, heard.take))
    try:
        yield heard
    finally:
        gone.set()
        await asyncio.wait_for(task, 5)


def hub_of(house: House) -> Hub:
    """The hub of a house, which hears."""
    assert house.rooms.live
    house.rooms.live.hearing = True
    return house.rooms.live


async def test_a_browser_hears_topics_and_nothing_of_what_they_say(busy: House) -> None:
    """Each with a sentence to be read out; the answer is not to be stored or held up on its way."""
    await busy.browser.sign_in("policy-officer")
    async with listening(busy) as heard:
        await heard.until("beat")
        hub_of(busy).tell(f"cycle:{REF}")
        await heard.until(REF)
        assert heard.status == 200
        assert heard.headers["content-type"].startswith("text/event-stream")
        assert (heard.headers["cache-control"], heard.headers["x-accel-buffering"]) == ("no-store", "no")
        assert f'{{"topic": "cycle:{REF}", "say": "Something new in cycle {REF}."}}' in heard.text
        assert hub_of(busy).open == 1
    assert hub_of(busy).open == 0


async def test_the_force_hears_of_its_own_cycles_and_the_public_of_none(busy: House) -> None:
    """A lead who was asked hears of the cycle, another lead does not; nobody signed in, no stream."""
    cycle = busy.memory.cycle(REF)
    assert cycle
    lead = cycle.requests[0].draft.lead
    people = await busy.rooms.reads.people()
    other = next(
        one for one in people.values() if one.role.value == "thematic_lead"
        and one.id not in {it.draft.lead for it in cycle.requests}
    )  # fmt: skip
    for who, told in ((lead, [f"cycle:{REF}", AGAIN]), (other.id, [AGAIN])):
        await busy.browser.sign_in(who)
        hub_of(busy)
        async with listening(busy) as heard:
            await heard.until("beat")
            for topic in (f"cycle:{REF}", f"room:{REF}/1", "mail", "programme:2026"):
                hub_of(busy).tell(topic)
            await asyncio.sleep(0.05)
            hub_of(busy).tell(AGAIN)
            await heard.until('"*"')
            assert heard.topics == told
    busy.browser.cookies.clear()
    answer = await busy.browser.get("/live")
    assert answer.status_code == 303


async def test_a_session_for_one_task_hears_of_its_cycle_alone(busy: House) -> None:
    """Whatever its person could see with an account of their own."""
    await busy.done(s.open_cycle(OTHER, busy.memory.now, 1, session=None))
    cycle = busy.memory.cycle(REF)
    assert cycle
    person = (await busy.rooms.reads.people())[cycle.requests[0].draft.lead]
    told = {
        f"cycle:{REF}": True,
        f"cycle:{OTHER}": False,
        "cycle:HTA-2026-77": False,
        "mail": False,
        AGAIN: True,
    }
    here = {"person": person.id, "role": person.role, "organisation": person.organisation}
    with looking(Viewer(**here, on=busy.memory.now.date(), task=f"{REF}/1")):
        keys = await busy.rooms.reads.own_keys()
    for topic, hears in told.items():
        assert await may_hear(hub_of(busy), person, keys, topic) is hears, topic


async def test_who_finds_no_place_is_told_when_to_ask_again(busy: House) -> None:
    """Too many streams of one person, or of all: a 503 that says that the pages work all the same."""
    await busy.browser.sign_in("policy-officer")
    hub = hub_of(busy)
    async with hub.stream("policy-officer"):
        hub._each = 1
        answer = await busy.browser.get("/live")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert "too many browsers at once" in answer.text
    small = Hub(SILENT, most=1)
    async with small.stream("one"):
        with pytest.raises(FullError, match="As many pages"):
            async with small.stream("two"):
                pass
    async with small.stream("two"):
        assert small.open == 1


async def test_a_slow_stream_is_told_to_look_again() -> None:
    """However much is announced, no more than the limit waits; the same topic waits once."""
    hub = Hub(SILENT)
    hub.hearing = True
    async with hub.stream("slow") as slow, hub.stream("quick") as quick:
        for _ in range(5):
            hub.tell("cycle:HTA-2026-01")
        assert await quick.next(0) == ("cycle:HTA-2026-01",)
        for number in range(MOST_WAITING + 1):
            hub.tell(f"cycle:HTA-2026-{number:04d}")
            if number < MOST_WAITING:
                assert await quick.next(0) == (f"cycle:HTA-2026-{number:04d}",)
        assert await slow.next(0) == (AGAIN,)
        assert await slow.next(0) == ()


async def test_a_page_that_was_made_before_its_stream_misses_nothing() -> None:
    """What was announced since is told first; where that is not known any more, it is to look again."""
    now = 100.0
    hub = Hub(SILENT, clock=lambda: now)
    async with hub.stream("early") as early:
        assert await early.next(0) == (LOST,)
        hub._found()
        assert await early.next(0) == (AGAIN,)
        now += 60
        hub.tell("mail")
        now += 5
    for ago, told in ((10, ("mail",)), (3, ()), (70, (AGAIN,)), (None, ())):
        async with hub.stream("late", ago) as late:
            assert await late.next(0) == told, ago


async def test_who_sees_a_cycle_is_asked_once_for_all_streams() -> None:
    """Again after the next piece of news of it, and of nothing else."""
    asked: list[str] = []

    class Counting(MemoryAnnouncements):
        async def openers(self, cycle: str) -> frozenset[str]:
            asked.append(cycle)
            return frozenset({"office"})

    hub = Hub(Counting(Memory()))
    for topic in (f"cycle:{REF}", "mail", f"room:{REF}/1"):
        hub.tell(topic)
        found = await asyncio.gather(*(hub.openers(REF) for _ in range(5)))
        assert found == [{"office"}] * 5
    assert asked == [REF, REF]
