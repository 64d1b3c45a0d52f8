"""Receipts, letters that came back, and how somebody wants mail and calendar."""

import json
from datetime import timedelta
from typing import Any

from schemas.notices import Notice, NoticeTemplate
from schemas.outcomes import Receipt
from schemas.posting import Posted, PostState
from tests import scenario
from tests.web.conftest import REF
from tests.web.house import CALLBACK, NOW, House, hidden_of
from tests.web.posting_memory import MemoryPost

NAME, MARK = "a" * 40 + "@office.test", "0123456789ab"
REFERENCE = f"{NAME}/{MARK}"
PLACE = f"/mail/came-back/{REFERENCE}"
FIXED = {"address": "acc.right@force.example", "why": "The coordination unit told me."}
SIGNED = {"Authorization": f"Bearer {CALLBACK}"}


def of(house: House) -> MemoryPost:
    """The post behind the pages."""
    found = house.rooms.post.posted
    assert isinstance(found, MemoryPost)
    return found


def put(house: House, state: PostState = "sent", template: NoticeTemplate = "evidence_requested") -> Posted:
    """A letter to a lead about request 1, with what became of it."""
    notice = Notice(
        key="a-notice", template=template, cycle=REF, to=("acc-local-policing",), request=1, planned_at=NOW
    )
    one = Posted(
        reference=REFERENCE, notice=notice, person="acc-local-policing", address="acc.old@force.example",
        at=NOW, state=state, state_at=NOW + timedelta(minutes=3),
        why="no such mailbox" if state == "bounced" else None,
    )  # fmt: skip
    of(house).kept[REFERENCE] = one
    return one


async def opened(house: House) -> None:
    """A cycle with its first request sent, and its officer signed in."""
    await house.desk.send(scenario.open_cycle(REF, NOW), scenario.WORDS)
    await house.browser.sign_in("policy-officer")


async def receipt(house: House, facts: Any, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    """Hand in a receipt."""
    content = facts if isinstance(facts, bytes) else json.dumps(facts).encode()
    answer = await house.browser.post(
        "/api/v1/mail/receipts", content=content, headers=SIGNED if headers is None else headers
    )
    return answer.status_code, answer.json()


async def test_a_receipt_is_noted_and_harmless_twice(house: House) -> None:
    """Delivered stays delivered, whatever is replayed."""
    put(house)
    facts = {"reference": REFERENCE, "status": "delivered"}
    assert await receipt(house, facts) == await receipt(house, facts) == (200, {"taken": True})
    assert of(house).kept[REFERENCE].state == "delivered"
    await receipt(house, {"reference": REFERENCE, "status": "permanent-failure"})
    assert of(house).kept[REFERENCE].state == "delivered"


async def test_a_reference_that_we_do_not_know_is_answered_as_any_other(house: House) -> None:
    """Nobody can try out what we have sent."""
    assert await receipt(house, {"reference": "x/y", "status": "delivered"}) == (200, {"taken": True})


async def test_without_the_token_nothing_is_taken(house: House) -> None:
    """None, a wrong one, another scheme, letters that no token has."""
    put(house)
    for said in ("", "Bearer wrong", CALLBACK, f"Basic {CALLBACK}", "Bearer \u00e4"):
        answer = await house.browser.post(
            "/api/v1/mail/receipts",
            json={"reference": REFERENCE, "status": "delivered"},
            headers={b"Authorization": said.encode("latin-1")},
        )
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed")
    assert of(house).kept[REFERENCE].state == "sent"


async def test_what_is_no_receipt_is_refused(house: House) -> None:
    """Rubbish, and more than a receipt can be; but an object that says nothing is taken quietly."""
    for content in (b"", b"[]", b"{", b'"x"', b"[" * 30_000, b'{"a": "' + b"x" * 30_000 + b'"}'):
        status, facts = await receipt(house, content)
        assert (status, facts["code"]) == (422, "not_a_receipt")
    for nothing in ({}, {"reference": 1, "status": "delivered"}, {"reference": "x", "status": []}):
        assert (await receipt(house, nothing))[0] == 200


async def test_the_page_of_a_request_says_what_became_of_its_letters(house: House) -> None:
    """In words, with the way to put right what came back."""
    await opened(house)
    states: tuple[tuple[PostState, str], ...] = (
        ("sent", "Sent, no receipt yet"),
        ("delivered", "Delivered"),
        ("bounced", "no such mailbox. Fix the address"),
    )
    for state, said in states:
        put(house, state)
        page = (await house.browser.get(f"/cycles/{REF}/requests/1")).text
        assert said in page
        assert (PLACE in page) == (state == "bounced")


async def test_a_lead_reads_nothing_of_letters(house: House) -> None:
    """Whom the office wrote to is the office's."""
    await opened(house)
    put(house, "bounced")
    await house.browser.sign_in("acc-local-policing")
    page = await house.browser.get(f"/tasks/{REF}/1")
    assert page.status_code == 200
    assert "came-back" not in page.text
    assert (await house.browser.get(PLACE)).status_code == 403


async def test_what_came_back_needs_the_officer_who_opened_the_cycle(house: House) -> None:
    """On the page of their work, until it is sent again."""
    await opened(house)
    put(house, "bounced")
    assert PLACE in (await house.browser.get("/my-work")).text
    await house.browser.fill(PLACE, **FIXED)
    assert PLACE not in (await house.browser.get("/my-work")).text


async def test_the_address_is_put_right_and_the_letter_sent_once(house: House) -> None:
    """A notice of its own, to that person alone; a second press changes nothing."""
    await opened(house)
    put(house, "bounced")
    page = await house.browser.get(PLACE)
    assert page.status_code == 200
    assert "acc.old@force.example" in page.text
    answers = [await house.browser.post(PLACE, data=_form(page.text) | FIXED) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    (again,) = of(house).again
    assert (again.address, again.address_was, again.by) == (
        FIXED["address"], "acc.old@force.example", "policy-officer",
    )  # fmt: skip
    assert (again.notice.to, again.notice.roles, again.notice.template) == (
        ("acc-local-policing",), (), "evidence_requested",
    )  # fmt: skip
    assert again.notice.key.startswith("a-notice/again/")
    assert "There is nothing to do here" in (await house.browser.get(PLACE)).text


WRONG = (
    ({"address": ""}, "Enter the address to send it to"),
    ({"address": "a b@c"}, "in the correct format"),
    ({"address": "x\r\nBcc: a@b.c"}, "in the correct format"),
    ({"address": "a" * 250 + "@b.example"}, "format"),
    ({"address": "ACC.old@force.example"}, "from which it came back"),
    ({"why": " "}, "Say how you know"),
    ({"why": "x" * 501}, "500 characters or fewer"),
)


async def test_what_cannot_be_an_address_is_refused(house: House) -> None:
    """Beside its field, with everything that was typed."""
    await opened(house)
    put(house, "bounced")
    for typed, said in WRONG:
        answer = await house.browser.fill(PLACE, **(FIXED | typed))
        assert answer.status_code == 422
        assert said in answer.text
        assert "There is a problem" in answer.text
    assert of(house).again == []


async def test_a_letter_that_nobody_sent_is_not_found(house: House) -> None:
    """A guessed name."""
    await opened(house)
    assert (await house.browser.get(PLACE)).status_code == 404


async def test_somebody_chooses_how_to_hear_of_what_may_wait(house: House) -> None:
    """Kept, shown, and a choice that there is not is refused in words."""
    await house.browser.sign_in("policy-officer")
    page = (await house.browser.get("/you")).text
    assert "always sent to you at once" in page
    await house.browser.fill("/you", to="/you/mail", mail="weekly")
    assert of(house).chosen == {"policy-officer": "weekly"}
    assert 'value="weekly" checked' in (await house.browser.get("/you")).text
    await house.browser.fill("/you", to="/you/mail", mail="never")
    assert "Select how you want to hear" in (await house.browser.get("/you")).text
    assert of(house).chosen == {"policy-officer": "weekly"}


async def test_a_calendar_gets_a_new_address_and_the_old_one_dies(house: House) -> None:
    """Everybody has one; a second press does not renew it again."""
    await opened(house)
    await house.browser.sign_in("acc-local-policing")
    old = _address((await house.browser.get("/you")).text)
    assert (await house.browser.get(old)).status_code == 200
    page = (await house.browser.get("/you")).text
    for _ in range(2):
        await house.browser.post("/you/calendar/renew", data=_form(page, "/you/calendar/renew"))
    new = _address((await house.browser.get("/you")).text)
    assert new != old
    assert (await house.browser.get(old)).status_code == 404
    answer = await house.browser.get(new)
    assert answer.status_code == 200
    assert "text/calendar" in answer.headers["content-type"]
    same = await house.browser.get(new, headers={"If-None-Match": answer.headers["etag"]})
    assert same.status_code == 304
    assert of(house).numbers == {"acc-local-policing": 1}


async def test_one_meeting_is_a_file_for_a_calendar(house: House) -> None:
    """Under the name that the feed has; one that there is not is not found."""
    await opened(house)
    made = await house.desk.send(scenario.fix_session(REF, NOW + timedelta(days=30)), scenario.WORDS)
    assert isinstance(made, Receipt), made
    answer = await house.browser.get(f"/cycles/{REF}/sessions/1/calendar.ics")
    assert answer.status_code == 200
    assert "UID:hta-2026-01-session-1@west-mercia-opcc" in answer.text
    assert "METHOD:PUBLISH" in answer.text
    assert (await house.browser.get(f"/cycles/{REF}/sessions/9/calendar.ics")).status_code == 404


def _address(page: str) -> str:
    return page.split("http://office.test", 1)[1].split("<", 1)[0] if "/calendar/" in page else ""


def _form(page: str, action: str = PLACE) -> dict[str, str]:
    return hidden_of(page, action)
