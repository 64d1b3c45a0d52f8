"""The interface for programs: the same desk, the same refusals, the actor from the session."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from schemas.commands import OpenCycle
from schemas.outcomes import NotKnownYet
from tests.rules import session_acts
from tests.web.conftest import REF
from tests.web.house import House

ACCEPT = {"kind": "AcceptReturn", "cycle": REF, "key": "program-key-1", "request": 1}
OPEN = {
    "kind": "OpenCycle",
    "key": "program-key-2",
    "title": {"say": "Quarterly"},
    "standards": "thematic",
    "commitments": ["SWM-VICTIMS-01"],
    "question": {"say": "Is it better?"},
    "requests": [
        {
            "title": {"say": "Pack"},
            "lead": "acc-local-policing",
            "due": {"kind": "working_days", "days": 10},
        }
    ],
}


async def send(house: House, body: Any) -> httpx.Response:
    """Hand in a command as JSON."""
    return await house.browser.post("/api/v1/commands", json=body)


async def test_a_command_gets_its_receipt(busy: House) -> None:
    """An accepted command answers 200 with what happened."""
    await busy.browser.sign_in("policy-officer")
    answer = await send(busy, ACCEPT)
    assert answer.status_code == 200
    assert answer.json()["happened"] == ["ReturnAccepted"]


async def test_the_actor_is_the_one_who_is_signed_in(busy: House) -> None:
    """An actor in the body is ignored."""
    await busy.browser.sign_in("policy-officer")
    await send(busy, {**ACCEPT, "actor": {"person": "commissioner", "role": "commissioner"}})
    assert busy.desk.sent[-1].actor.person == "policy-officer"


async def test_texts_are_kept_and_the_office_fills_in_the_rest(house: House) -> None:
    """A cycle is opened with words in place, without standards, calendar or reference."""
    await house.browser.sign_in("policy-officer")
    answer = await send(house, OPEN)
    assert answer.status_code == 200, answer.text
    command = house.desk.sent[-1]
    assert isinstance(command, OpenCycle)
    assert house.memory.words[command.title] == "Quarterly"


async def test_not_known_yet_is_202(busy: House) -> None:
    """Where the engine is silent the program is told to ask again with the same key."""
    await busy.browser.sign_in("policy-officer")
    busy.desk.told.append(NotKnownYet(cycle=REF, key="program-key-1"))
    answer = await send(busy, ACCEPT)
    assert (answer.status_code, answer.json()["key"]) == (202, "program-key-1")


@pytest.mark.parametrize(
    ("change", "status", "code", "field"),
    [
        ({"request": 9}, 422, "no_such_request", "request"),
        ({"request": 2}, 409, "request_state", "request"),
        ({"kind": "Publish", "version": 1}, 409, "not_your_role", None),
        ({"kind": "Explode"}, 422, "wrong_input", None),
        ({"request": "<secret>"}, 422, "wrong_input", "request"),
        ({"key": "<secret>"}, 422, "wrong_input", "key"),
        ({"marking": "SECRET <secret>"}, 422, "wrong_input", "marking"),
        ({"cycle": None}, 422, "wrong_input", "cycle"),
    ],
)
async def test_every_refusal_has_one_shape(
    busy: House, change: dict[str, Any], status: int, code: str, field: str | None
) -> None:
    """Code, message, source and field; never what was sent."""
    await busy.browser.sign_in("policy-officer")
    answer = await send(busy, {**ACCEPT, **change})
    told = answer.json()
    assert (answer.status_code, told["code"], told["field"]) == (status, code, field)
    assert set(told) == {"code", "message", "source", "field"}
    assert "<secret>" not in answer.text


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"[" * 100_000, b'"x"', b"\xff\xfe"])
async def test_what_is_not_json_is_refused_in_the_same_shape(busy: House, body: bytes) -> None:
    """Broken input is a refusal, never a fault."""
    await busy.browser.sign_in("policy-officer")
    answer = await busy.browser.post(
        "/api/v1/commands", content=body, headers={"Content-Type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "wrong_input")


async def test_a_form_cannot_pose_as_a_program(busy: House) -> None:
    """Another site's form cannot send JSON's content type, so nothing else is taken."""
    await busy.browser.sign_in("policy-officer")
    answer = await busy.browser.post("/api/v1/commands", data={"kind": "AcceptReturn"})
    assert answer.status_code == 400
    assert not busy.desk.sent


async def test_reading(busy: House) -> None:
    """Cycles, one cycle, its timeline and the deadlines can be read."""
    await busy.browser.sign_in("policy-officer")
    assert [one["reference"] for one in (await busy.browser.get("/api/v1/cycles")).json()] == [REF]
    assert (await busy.browser.get(f"/api/v1/cycles/{REF}")).json()["stage"] == "gathering"
    assert len((await busy.browser.get(f"/api/v1/cycles/{REF}/timeline")).json()) == 6
    assert (await busy.browser.get("/api/v1/deadlines", params={"cycle": REF})).json()
    missing = await busy.browser.get("/api/v1/cycles/HTA-2026-99")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")


async def test_meetings_are_read_as_json(busy: House) -> None:
    """All of them, and one with the session of each cycle; a meeting that is not there is not found."""
    at = busy.memory.now + timedelta(days=70)
    fixed = session_acts.fix(at, "holding_to_account", meeting="MTG-2026-05")
    await busy.desk.send(fixed.model_copy(update={"cycle": REF}))
    await busy.browser.sign_in("policy-officer")
    [row] = (await busy.browser.get("/api/v1/meetings")).json()
    assert (row["meeting"], row["parts"][0]["cycle"]) == ("MTG-2026-05", REF)
    assert (await busy.browser.get("/api/v1/meetings/MTG-2026-05")).json() == row
    assert (await busy.browser.get("/api/v1/meetings/MTG-2026-77")).status_code == 404
