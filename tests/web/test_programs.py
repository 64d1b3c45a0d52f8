"""The interface for programs: its document is valid, and every operation answers as the document says."""

import json
import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.web.conftest import REF
from tests.web.house import House
from tests.web.programme_memory import MemoryProgrammeDesk
from web.programs.document import operations

FILLED = {"reference": REF, "key": "return/2"}
ASKED = {
    "/api/v1/explain": {"rule": "inspection-comments", "start": "2023-10-31"},
    "/api/v1/majority": {"rule": "precept-veto", "members": "17", "for": "12"},
}
ELSEWHERE = {"/events", "/api/v1/events", "/api/v1/tasks", "/api/v1/meetings/{reference}"}
"""What has tests of its own, or is not for an officer."""


async def the_document(house: House) -> dict[str, Any]:
    """The document as a program reads it."""
    made: dict[str, Any] = (await house.browser.get("/api/v1/openapi.json")).json()
    return made


def holds(value: Any, schema: dict[str, Any], made: dict[str, Any]) -> list[str]:
    """What of a value is not as its schema says."""
    whole = {**schema, "components": made["components"]}
    return [one.message[:200] for one in Draft202012Validator(whole).iter_errors(value)]


async def test_the_document_is_valid_and_says_something_of_everything(house: House) -> None:
    """OpenAPI 3.1; each operation has its summary, the one shape of refusals, and a schema of its answer."""
    made = await the_document(house)
    validate(made)
    for path, method, one in operations(made):
        assert len(one["summary"]) > 10, (method, path)
        if path.startswith("/api/v1/outside") or path == "/api/v1/mail/receipts":
            continue
        schemas = [
            said["content"]["application/json"]["schema"]
            for code, said in one["responses"].items()
            if code >= "4"
        ]
        assert schemas == [{"$ref": "#/components/schemas/Refused"}] * len(schemas)
        assert one["responses"]["200"]["content"]["application/json"]["schema"], (method, path)


async def test_every_operation_that_reads_answers_by_its_own_model(busy: House) -> None:
    """Asked as an officer with one cycle: 200 or 404, each in the shape that the document has for it."""
    made = await the_document(busy)
    await busy.browser.sign_in("policy-officer")
    asked = set()
    for path, method, one in operations(made):
        if method != "get" or path in ELSEWHERE:
            continue
        answer = await busy.browser.get(
            re.sub(r"\{(\w+)\}", lambda found: FILLED[found[1]], path), params=ASKED.get(path)
        )
        assert answer.status_code in (200, 404), (path, answer.text)
        schema = one["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
        assert not holds(answer.json(), schema, made), path
        asked.add((path, answer.status_code))
    assert len([path for path, status in asked if status == 200]) > 15


async def test_a_command_is_as_the_document_says(busy: House) -> None:
    """What the document has for a command is taken, its words said in place; its receipt is a Receipt."""
    made = await the_document(busy)
    await busy.browser.sign_in("policy-officer")
    body = {"kind": "SendBack", "cycle": REF, "key": "program-key-9", "request": 1, "gap": {"say": "Tables."},
            "due": {"kind": "working_days", "days": 5}}  # fmt: skip
    sent = made["paths"]["/api/v1/commands"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert not holds(body, sent, made)
    assert holds({**body, "request": "one"}, sent, made)
    answer = await busy.browser.post("/api/v1/commands", json=body)
    assert answer.status_code == 200, answer.text
    assert not holds(answer.json(), {"$ref": "#/components/schemas/Receipt"}, made)


async def test_files_are_uploaded_and_named_by_their_digests(busy: House) -> None:
    """What arrives is on the shelf; nothing is a refusal in the one shape."""
    await busy.browser.sign_in("acc-local-policing")
    answer = await busy.browser.post("/api/v1/files", files={"files": ("pack.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 200, answer.text
    assert answer.json()[0]["name"] == "pack.csv"
    nothing = await busy.browser.post("/api/v1/files", files={"files": ("", b"")})
    assert (nothing.status_code, nothing.json()["code"]) == (422, "wrong_input")


async def test_acts_on_the_programme_go_to_its_desk(house: House) -> None:
    """The rules refuse them as on the page; what is no command is refused in the one shape."""
    assert isinstance(house.programme, MemoryProgrammeDesk)
    await house.browser.sign_in("policy-officer")
    body = {
        "kind": "DropSlot",
        "key": "program-key-3",
        "slot": "2027/03",
        "reason": {"say": "Asked elsewhere."},
    }
    answer = await house.browser.post("/api/v1/programme/commands", json=body)
    assert set(answer.json()) == {"code", "message", "source", "field"}
    wrong = await house.browser.post("/api/v1/programme/commands", json={"kind": "Explode"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_input")


@pytest.mark.parametrize("body", [{}, {"kind": "Publish", "key": "k" * 9}, []])
async def test_a_meeting_takes_its_own_acts_alone(house: House, body: Any) -> None:
    """Anything else names those that there are; a meeting that is not there is not found."""
    await house.browser.sign_in("policy-officer")
    answer = await house.browser.post("/api/v1/meetings/MTG-2026-01/commands", content=json.dumps(body),
                                      headers={"Content-Type": "application/json"})  # fmt: skip
    assert answer.status_code == 422
    assert "MoveSession" in answer.json()["message"]
    good = {"kind": "CancelSession", "key": "program-key-4", "reason": {"say": "No room."}}
    assert (await house.browser.post("/api/v1/meetings/MTG-2026-01/commands", json=good)).status_code == 404


async def test_the_page_for_people_names_every_address(house: House) -> None:
    """Without scripts, and without signing in."""
    made, page = await the_document(house), (await house.browser.get("/api")).text
    assert [path for path in made["paths"] if path not in page] == []
