"""Events over HTTP: signed, in every form, kept once; and whatever is wrong with them is one sentence."""

import asyncio
import base64
import json
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent
from standardwebhooks.webhooks import Webhook

from clients.shelf import Shelf
from engine.reading_events import BATCH, STRUCTURED
from engine.senders import Senders, attributes_digest
from store.pool import Pool
from store.sessions import Sessions
from tests import scenario as s
from tests.conftest import Office
from tests.events import Outside, outside_of
from tests.web.house import OFFICE, Browser
from web.app import create_app
from web.door.rooms import Rooms

pytestmark = pytest.mark.real
OLD, NEW, OTHER = ("whsec_" + base64.b64encode(letter * 32).decode() for letter in (b"a", b"b", b"c"))
SOURCE = "https://inspectorate.example/reports"
SENDERS = f"""
- id: inspectorate-feed
  sources: [https://inspectorate.example/]
  types: [answerable.inspection.published, weather.report]
  secrets: [{OLD}, {NEW}]
- id: measures
  sources: [urn:measures]
  secrets: [{OTHER}]
"""


@dataclass
class Door:
    """A browser at the door, and what stands behind it."""

    browser: Browser
    outside: Outside
    senders: Path

    async def deliver(
        self,
        body: bytes,
        secret: str = OLD,
        *,
        media: str = STRUCTURED,
        age: timedelta | None = None,
        ce: dict[str, str] | None = None,
    ) -> httpx.Response:
        """Sign and send."""
        headers = {"content-type": media, **(ce or {})}
        named = attributes_digest(headers) if any(name.startswith("ce-") for name in headers) else "msg-1"
        at = s.wall_now() - (age or timedelta(0))
        signed = {
            "webhook-id": named,
            "webhook-timestamp": str(int(at.timestamp())),
            "webhook-signature": Webhook(secret).sign(named, at, body.decode(errors="replace")),
        }
        return await self.browser.post("/api/v1/outside", content=body, headers={**signed, **headers})


@pytest.fixture
async def door(office: Office, pool: Pool, tmp_path: Path) -> AsyncIterator[Door]:
    """The app on a real record and a real engine."""
    senders = tmp_path / "senders.yaml"
    senders.write_text(SENDERS, encoding="utf-8")
    outside = outside_of(office, pool, f"PRG-test-{s.key()}")
    await outside.begin()
    rooms = Rooms(
        desk=office.desk,
        reads=office.reads,
        shelf=Shelf((tmp_path / "files").as_uri()),
        keeping=outside.records,
        office=OFFICE,
        standalone=True,
        home=tmp_path,
        intake=outside.intake,
        senders=Senders(senders),
        sessions=Sessions(pool),
    )
    transport = httpx.ASGITransport(create_app(rooms))
    async with Browser(transport=transport, base_url=OFFICE.public_url, timeout=60) as browser:
        yield Door(browser, outside, senders)


def report(name: str = "report-1", **more: Any) -> dict[str, Any]:
    """A report as a CloudEvent."""
    data = {"title": "Service to victims", "finding": "cause of concern"}
    facts = {"specversion": "1.0", "id": name, "source": SOURCE, "type": "answerable.inspection.published"}
    return {**facts, "data": data, **more}


def sent(facts: Any) -> bytes:
    """As it goes over the wire."""
    return json.dumps(facts).encode()


async def test_an_event_is_taken_in_both_forms_as_one_and_the_same(door: Door) -> None:
    """Structured first: 202; in binary form again: 200, with the same proposal; the office sees one line."""
    first = await door.deliver(sent(report()))
    assert (first.status_code, first.json()["proposal"]) == (202, 1)
    facts = report()
    data = facts.pop("data")
    event = CloudEvent({**facts, "datacontenttype": "application/json"}, data)
    message = to_binary_event(event)
    headers = {
        name: value for name, value in message.headers.items() if name not in ("content-type", "ce-time")
    }
    again = await door.deliver(message.body, NEW, media="application/json", ce=headers)
    assert (again.status_code, again.json()["again"], again.json()["proposal"]) == (200, True, 1)
    assert again.json()["said"] == first.json()["said"]
    assert len((await door.outside.programme()).proposals) == 1
    await door.browser.sign_in("policy-officer")
    page = await door.browser.get("/outside")
    assert "Proposal 1" in page.text
    assert "An inspection report with a cause of concern" in page.text
    one = await door.browser.get("/outside/event", params={"source": SOURCE, "id": "report-1"})
    assert "Delivered" in one.text
    assert "Twice" in one.text
    assert "Nine in ten" in (await door.browser.get("/outside/rules")).text
    assert "There is none of these" in (await door.browser.get("/outside?which=fed")).text
    assert (await door.browser.get("/outside/event", params={"source": "x", "id": "y"})).status_code == 404
    await door.browser.sign_in("acc-local-policing")
    assert (await door.browser.get("/outside")).status_code == 403


async def test_ten_deliveries_at_once_over_http(door: Door) -> None:
    """One of them is told that it was the first; there is one proposal."""
    answers = await asyncio.gather(*(door.deliver(sent(report("ten"))) for _ in range(10)))
    assert sum(not one.json()["again"] for one in answers) == 1
    assert {one.json()["proposal"] for one in answers} == {1}
    assert len((await door.outside.programme()).proposals) == 1


async def test_a_batch_is_answered_one_by_one_or_refused_whole(door: Door) -> None:
    """One that cannot be read keeps all of them out; one that changed is refused by itself."""
    bad = await door.deliver(sent([report("a"), {**report("b"), "type": "Not A Type"}]), media=BATCH)
    assert bad.status_code == 422
    assert bad.json()["detail"].startswith("Event 2 of the batch: ")
    assert await door.outside.records.outside() == []
    await door.deliver(sent(report("c")))
    changed = report("c", data={"title": "Another", "finding": "none"})
    mixed = await door.deliver(sent([report("a"), report("c"), changed]), media=BATCH)
    assert mixed.status_code == 409
    assert [one["status"] for one in mixed.json()["events"]] == [202, 200, 409]


async def test_an_event_without_a_rule_is_kept_with_its_line(door: Door) -> None:
    """202, and nothing is lost."""
    facts = report("rain", type="weather.report", data={})
    taken = await door.deliver(sent(facts))
    assert (taken.status_code, taken.json()["said"]) == (
        202,
        "Nothing follows: there is no rule for weather.report.",
    )
    assert [one.event_type for one in await door.outside.lines()] == ["weather.report"]


WRONG: list[tuple[dict[str, Any], int, str]] = [
    ({"body": b"{not json"}, 400, "This is not JSON"),
    ({"body": b"\xff\xfe"}, 401, "The signature is not that of a sender"),
    ({"body": b"[1]"}, 422, "This is no event"),
    ({"body": sent({**report(), "specversion": "0.3"})}, 422, "specversion has to be 1.0"),
    ({"body": sent({**report(), "id": ""})}, 422, "id has to be a text"),
    ({"body": sent({**report(), "type": "Unknown Kind!"})}, 422, "type has to be small words"),
    ({"body": sent({**report(), "time": "yesterday"})}, 422, "time has to be an instant"),
    ({"body": sent({**report(), "time": "2026-11-23T09:00:00"})}, 422, "time has to be an instant"),
    ({"body": sent({**report(), "data": {"a": {"b": 1}}})}, 422, "data has to be a flat JSON object"),
    ({"body": sent({**report(), "data": {"a": "x" * 5000}})}, 422, "data has to be a flat JSON object"),
    ({"body": sent({**report(), "data": {"a": "\x00"}})}, 422, "data has to be a flat JSON object"),
    ({"body": sent({**report(), "source": "urn:answerable:ledger"})}, 422, "is ours alone"),
    (
        {"body": sent({**report(), "source": "https://inspectorate.example.evil/"})},
        403,
        "may not send events",
    ),
    (
        {"body": sent({**report(), "type": "answerable.concern.gathered"})},
        403,
        "may not send answerable.concern",
    ),
    ({"body": b"x" * 70_000}, 413, "An event may have 64 KB"),
    ({"body": sent([report()] * 60), "media": BATCH}, 413, "A batch may hold 50 events"),
    ({"body": sent(report()), "media": "text/plain"}, 415, "Send an event as application/cloudevents+json"),
    ({"body": sent(report()), "secret": OTHER}, 403, "signed by measures, who may not send"),
    ({"body": sent(report()), "secret": "whsec_" + "Z" * 40}, 401, "not that of a sender who is known"),
    ({"body": sent(report()), "age": timedelta(minutes=6)}, 401, "more than five minutes old"),
    ({"body": sent(report()), "age": timedelta(minutes=-6)}, 401, "more than five minutes old or early"),
]


@pytest.mark.parametrize(("delivery", "status", "words"), WRONG)
async def test_what_cannot_be_taken_is_refused_with_one_sentence(
    door: Door, delivery: dict[str, Any], status: int, words: str
) -> None:
    """As problem+json, and nothing is kept."""
    answer = await door.deliver(**delivery)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert words in answer.json()["detail"]
    assert answer.json()["status"] == status
    assert await door.outside.records.outside() == []


async def test_without_a_signature_or_with_headers_that_it_does_not_cover(door: Door) -> None:
    """Also where somebody changes a ce- header of a delivery that was signed."""
    unsigned = await door.browser.post(
        "/api/v1/outside", content=sent(report()), headers={"content-type": STRUCTURED}
    )
    assert (unsigned.status_code, "webhook-id is missing" in unsigned.json()["detail"]) == (401, True)
    message = to_structured_event(CloudEvent({k: v for k, v in report().items() if k != "data"}, {}))
    garbled = await door.browser.post(
        "/api/v1/outside",
        content=message.body,
        headers={
            "webhook-id": "m",
            "webhook-timestamp": "soon",
            "webhook-signature": "v2;what",
            **message.headers,
        },
    )
    assert garbled.status_code == 401
    at, body = s.wall_now(), b"{}"
    headers = {"ce-id": "1", "ce-source": SOURCE, "ce-type": "weather.report", "ce-specversion": "1.0"}
    named = attributes_digest(headers)
    signed = {
        "webhook-id": named,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(OLD).sign(named, at, body.decode()),
        "content-type": "application/json",
    }
    changed = {**signed, **headers, "ce-type": "answerable.inspection.published"}
    forged = await door.browser.post("/api/v1/outside", content=body, headers=changed)
    assert (forged.status_code, "ce- headers" in forged.json()["detail"]) == (401, True)
    assert (
        await door.browser.post("/api/v1/outside", content=body, headers={**signed, **headers})
    ).status_code == 202


async def test_secrets_are_exchanged_while_it_runs_and_a_spoilt_file_stops_all(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    """Both count while both stand there; a file that cannot be used is said in the log, without a secret."""
    assert (await door.deliver(sent(report("one")), OLD)).status_code == 202
    assert (await door.deliver(sent(report("two")), NEW)).status_code == 202
    door.senders.write_text(SENDERS.replace(f"{OLD}, ", ""), encoding="utf-8")
    assert (await door.deliver(sent(report("three")), OLD)).status_code == 401
    assert (await door.deliver(sent(report("three")), NEW)).status_code == 202
    door.senders.write_text(SENDERS.replace("whsec_", "whisper_"), encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        spoilt = await door.deliver(sent(report("four")), NEW)
    assert (spoilt.status_code, "Send the same event again" in spoilt.json()["detail"]) == (503, True)
    assert "line 5, sender 1, secrets 1: this secret cannot be used" in caplog.text
    assert NEW[6:] not in caplog.text
    door.senders.write_text("[]", encoding="utf-8")
    nobody = await door.deliver(sent(report("four")), NEW)
    assert (nobody.status_code, "Nobody may send events" in nobody.json()["detail"]) == (401, True)


async def test_what_an_event_says_is_never_logged(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    """Neither where it is taken nor where it is refused."""
    with caplog.at_level(logging.DEBUG):
        await door.deliver(sent(report(data={"title": "Mrs Somebody of 4 High Street", "finding": "x"})))
        await door.deliver(sent(report(data={"title": {"Mrs": "Somebody"}})))
    assert "Somebody" not in caplog.text
    assert "Somebody" not in str([one.args for one in caplog.records])
