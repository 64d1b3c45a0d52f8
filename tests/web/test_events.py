"""The feed and the page of subscriptions, over the real store and the real engine."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from temporalio.testing import WorkflowEnvironment

from schemas.feed import Cursor
from store.feed import feeds
from store.pool import Pool
from tests.outside import Outside, outside_of
from tests.receiver import Receiver, receiving
from tests.rules import acts
from tests.rules.table import signed
from tests.store.put import as_of, corrected, put
from tests.web.house import OFFICE, Browser, a_house
from web.app import create_app

pytestmark = pytest.mark.real


@dataclass
class Door:
    """A browser at the door of an office whose events go outside, and a receiver."""

    browser: Browser
    outside: Outside
    receiver: Receiver

    async def read(self, path: str, **asked: Any) -> dict[str, Any]:
        """What the feed answers."""
        answer = await self.browser.get(path, params=asked)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
async def door(pool: Pool, engine: WorkflowEnvironment, tmp_path: Path) -> AsyncIterator[Door]:
    """An office with a worker; its pages ask memory, its feed and subscriptions the store."""
    async with outside_of(pool, engine) as outside, receiving() as receiver, outside.worker():
        followed = {one.source: one for one in feeds(pool)}
        rooms = replace(a_house(tmp_path).rooms, feeds=followed, subscribing=outside.arranged)
        transport = httpx.ASGITransport(create_app(rooms))
        async with Browser(transport=transport, base_url=OFFICE.public_url) as browser:
            yield Door(browser, outside, receiver)


def ids(said: dict[str, Any]) -> list[str]:
    """The ids of the events of an answer."""
    return [one["id"] for one in said["events"]]


async def test_everybody_reads_what_is_public_piece_by_piece(door: Door) -> None:
    """Without an account, in order, each event once; the cursor leads on to the end."""
    entries = corrected()
    await put(door.outside.pool, [*entries, *as_of(signed().entries, "HTA-2026-8888")])
    found, after = list[str](), "0"
    while True:
        said = await door.read("/events", after=after, limit=4)
        found += ids(said)
        after = said["next"]
        if not said["more"]:
            break
    assert found == [f"{acts.REF}/{one.version}" for one in entries if one.public]
    assert "text:" not in str(await door.read("/events", limit=500))


async def test_the_office_reads_all_and_others_what_is_public(door: Door) -> None:
    """The same address answers by who is signed in; nobody without an account."""
    entries = signed().entries
    await put(door.outside.pool, entries)
    assert (await door.browser.get("/api/v1/events")).status_code == 401
    await door.browser.sign_in("policy-officer")
    assert ids(await door.read("/api/v1/events")) == [f"{acts.REF}/{one.version}" for one in entries]
    some = await door.read("/api/v1/events", kind=["CycleOpened", "SlotOpened"], cycle=acts.REF)
    assert ids(some) == [f"{acts.REF}/1"]
    assert (await door.read("/api/v1/events", of="programmes"))["events"] == []
    await door.browser.sign_in("acc-local-policing")
    assert ids(await door.read("/api/v1/events")) == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"after": "one"}, "not a cursor"),
        ({"after": "99"}, "nothing at 99 yet"),
        ({"kind": "Nothing"}, "no kind of event Nothing"),
        ({"kind": "SensitivityClaimed"}, "never public"),
        ({"cycle": "HTA"}, "not a cycle"),
    ],
)
async def test_a_wrong_question_is_answered_with_a_sentence(
    door: Door, asked: dict[str, str], words: str
) -> None:
    """It says what to write instead."""
    answer = await door.browser.get("/events", params=asked)
    assert answer.status_code == 422
    assert words in answer.json()["message"]


async def test_a_subscription_is_made_on_the_page_and_its_secret_shown_once(door: Door) -> None:
    """The chief executive types it in; it hears what comes from then on."""
    await put(door.outside.pool, signed().entries[:3])
    await door.browser.sign_in("chief-executive")
    typed = {"name": "tracker", "url": door.receiver.url, "scope": "office", "reason": "A tracker"}
    page = await door.browser.fill("/subscriptions", **typed)
    assert page.status_code == 200, page.text
    secret = await door.outside.kept.secret("tracker")
    assert page.text.count(secret) == 1
    door.receiver.secret = secret
    await put(door.outside.pool, signed().entries[3:5])
    await door.receiver.has(2)
    assert door.receiver.ids() == [f"{acts.REF}/4", f"{acts.REF}/5"]
    await door.outside.caught_up("tracker")
    again = await door.browser.get("/subscriptions")
    assert secret not in again.text
    assert "It has everything" in again.text


async def test_each_button_does_what_it_says(door: Door) -> None:
    """Try, pause, resume, send again and end, and the page says what came of it."""
    await put(door.outside.pool, signed().entries[:3])
    await door.browser.sign_in("chief-executive")
    name = await door.outside.add(door.receiver)
    await door.receiver.has(3)

    async def press(what: str, **typed: str) -> str:
        await door.browser.fill("/subscriptions", to=f"/subscriptions/{name}/{what}", **typed)
        return (await door.browser.get("/subscriptions")).text

    assert "took the test delivery" in await press("test")
    assert "Paused." in await press("pause")
    assert (await door.outside.now(name)).state == "paused"
    assert "Resumed." in await press("resume")
    assert "It hears again" in await press("replay", after="1")
    assert (await door.outside.now(name)).cursors["cycles"] != Cursor()
    assert "Ended." in await press("end")
    assert (await door.outside.now(name)).state == "ended"
    gone = await door.browser.get("/subscriptions")
    assert f"/subscriptions/{name}/resume" not in gone.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "Not A Name"}, "small letters, digits and dashes"),
        ({"url": "http://tracker.example"}, "over https only"),
        ({"url": "https://10.0.0.8/x"}, "inside a private network"),
        ({"kinds": "Nothing"}, "no kind of event Nothing"),
        ({"cycle": "HTA-2026-9999"}, "no cycle HTA-2026-9999"),
        ({"cycle": "seven"}, "such as HTA-2026-07"),
        ({"scope": ""}, "Choose what they are to hear"),
        ({"reason": ""}, "Say why"),
    ],
)
async def test_what_cannot_be_meant_is_refused_beside_its_field(
    door: Door, typed: dict[str, str], words: str
) -> None:
    """What was typed stays, and nothing is made."""
    await door.browser.sign_in("chief-executive")
    good = {"name": "tracker", "url": door.receiver.url, "scope": "office", "reason": "A tracker"}
    page = await door.browser.fill("/subscriptions", **{**good, **typed})
    assert page.status_code == 422
    assert words in page.text
    assert await door.outside.kept.subscriptions() == []


async def test_who_may_not_arrange_it_is_not_offered_it(door: Door) -> None:
    """An officer arranges what is public; the force sees nothing of it."""
    name = await door.outside.add(door.receiver)
    await door.browser.sign_in("policy-officer")
    page = (await door.browser.get("/subscriptions")).text
    assert f"/subscriptions/{name}/pause" not in page
    assert 'value="office"' not in page
    typed = {"name": "sly", "url": door.receiver.url, "scope": "office", "reason": "A tracker"}
    refused = await door.browser.fill("/subscriptions", **typed)
    assert "arranged by a chief executive" in refused.text
    await door.browser.sign_in("acc-local-policing")
    assert (await door.browser.get("/subscriptions")).status_code == 403
