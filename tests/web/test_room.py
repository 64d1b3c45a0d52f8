"""The room on pages, without scripts: what is typed while it is spoken, once for its key, by two people."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from schemas.outcomes import NotKnownYet
from tests import scenario as s
from tests.rules import session_acts as do
from tests.rules.acting import act
from tests.web.conftest import REF
from tests.web.house import House, hidden_of

ROOM = f"/cycles/{REF}/sessions/1/run"
OTHER = "HTA-2026-02"
JSON = {"accept": "application/json"}


@pytest.fixture
async def sitting(busy: House) -> House:
    """The day of the session, with a policy officer in the room."""
    cycle = busy.memory.cycle(REF)
    assert cycle
    busy.memory.now = cycle.sessions[0].starts_at + timedelta(minutes=5)
    await busy.browser.sign_in("policy-officer")
    return busy


def typed(key: str = "a-key-of-mine", **facts: str) -> dict[str, str]:
    """An entry as a browser sends it."""
    usual = {"person": "policy-officer", "item": "1", "cycle": REF, "session": "1", "request": "1"}
    return {**usual, "key": key, **{name.replace("__", "-"): value for name, value in facts.items()}}


async def enter(house: House, room: str = ROOM, **facts: Any) -> httpx.Response:
    """Send an entry as the script does."""
    csrf = hidden_of((await house.browser.get(room)).text, room)["csrf"]
    return await house.browser.post(room, data={**typed(**facts), "csrf": csrf}, headers=JSON)


async def hold(house: House) -> None:
    """Record who is here, as a form without scripts."""
    answer = await house.browser.post(
        ROOM,
        data={
            **hidden_of((await house.browser.get(ROOM)).text, ROOM),
            **typed(key="who-is-here", kind="RecordAttendance"),
            "there-present": ["commissioner", "chief-constable"],
            "there-apologies": ["chief-executive"],
        },
    )
    assert answer.status_code == 303, answer.text


async def test_what_is_typed_stands_at_its_item_with_who_and_when(sitting: House) -> None:
    """Attendance, a question with its answer, a judgement, an action and a note."""
    await hold(sitting)
    entries: list[dict[str, str]] = [
        {"kind": "AskQuestion", "ask__asked_by": "commissioner", "ask__question": "How many wait?",
         "ask__answer": "Twelve.", "ask__by": "chief-constable"},
        {"kind": "JudgeAssurance", "judge__judgement": "partly_assured", "judge__reasons": "Half is there."},
        {"kind": "ProposeAction", "act__what": "Call back within a day", "act__owner": "chief-constable",
         "act__due_on-day": "1", "act__due_on-month": "3", "act__due_on-year": "2027"},
        {"kind": "Note", "note__words": "They smiled."},
    ]  # fmt: skip
    for at, facts in enumerate(entries):
        answer = await enter(sitting, key=f"entry-number-{at}", **facts)
        assert answer.json()["state"] == "done", answer.text
    page = (await sitting.browser.get(f"{ROOM}?item=1")).text
    for words in (
        "The Commissioner asked (question 1)", "How many wait?", "Twelve.", "The Commissioner is partly",
        "Half is there.", "Call back within a day", "They smiled.", "not of the record",
        "written down by Policy officer",
    ):  # fmt: skip
        assert words in page, words
    notes = (await sitting.browser.get(f"/cycles/{REF}/sessions/1/notes.md")).text
    assert "How many wait?" in notes
    assert "They smiled." not in notes


async def test_an_entry_that_is_sent_again_is_carried_out_once(sitting: House) -> None:
    """The same key gets the same answer, for a question with its answer and for a note too."""
    await hold(sitting)
    question = {
        "kind": "AskQuestion",
        "ask__asked_by": "member",
        "ask__question": "Why?",
        "ask__answer": "So.",
    }
    note = {"kind": "Note", "note__words": "Once."}
    for _ in range(3):
        assert (await enter(sitting, key="asked-only-once", **question)).json()["state"] == "done"
        assert (await enter(sitting, key="noted-only-once", **note)).status_code == 200
    cycle = sitting.memory.cycle(REF)
    assert cycle
    assert len(cycle.sessions[0].questions) == 1
    assert (await sitting.browser.get(ROOM)).text.count("Once.") == 1


async def test_a_refused_entry_says_the_rule_and_keeps_the_words(sitting: House) -> None:
    """A judgement before anybody is recorded as here: the sentence, at the form, with what was typed."""
    facts = typed(kind="JudgeAssurance", judge__judgement="assured", judge__reasons="All of it came.")
    page = (await sitting.browser.get(ROOM)).text
    answer = await sitting.browser.post(ROOM, data={**hidden_of(page, ROOM), **facts})
    assert answer.status_code == 422
    assert "Record who attended first" in answer.text
    assert "All of it came.</textarea>" in answer.text
    told = (await enter(sitting, kind="JudgeAssurance")).json()
    assert told["state"] == "refused"
    assert told["errors"]["judge-judgement"] == "Choose how assured the Commissioner is"


async def test_what_another_recorded_just_before_is_said(sitting: House) -> None:
    """The second to record the same decision hears of the first, and may record it all the same."""
    await hold(sitting)
    facts = {"title": s.say("Write to the force"), "options": s.say("Wait"), "reasons": s.say("It is late")}
    sitting.memory.words |= s.WORDS.kept
    await sitting.done(act("RecordDecision", s.CHIEF_EXECUTIVE, basis="prsra-2011.s1", **facts), cycle=REF)
    sitting.memory.now += timedelta(minutes=2)
    await sitting.browser.sign_in("commissioner")
    decision = {
        "kind": "RecordDecision", "person": "commissioner", "decide__title": "write to the force.",
        "decide__options": "Wait", "decide__reasons": "Late", "decide__basis": "prsra-2011.s1",
        "decide__function": "general",
    }  # fmt: skip
    answer = await enter(sitting, key="mine-as-well", **decision)
    assert answer.json()["state"] == "standing"
    assert (
        "chief executive recorded this decision 2 minutes ago. Nothing was lost" in answer.json()["message"]
    )
    told = await enter(sitting, key="mine-as-well", anyway="yes", **decision)
    assert told.json()["state"] == "done", told.text
    assert (await enter(sitting, key="mine-as-well", **decision)).json()["state"] == "done"
    cycle = sitting.memory.cycle(REF)
    assert cycle
    assert len(cycle.decisions) == 2


async def test_entries_belong_to_who_typed_them(sitting: House) -> None:
    """What one person typed on a device is not sent in the name of the next who signs in there."""
    await sitting.browser.sign_in("commissioner")
    answer = await enter(sitting, kind="Note", note__words="Mine.")
    assert answer.json()["state"] == "refused"
    assert "typed by somebody else on this device" in answer.json()["message"]
    assert "Mine." not in (await sitting.browser.get(ROOM)).text


async def test_a_room_says_what_is_not_yours_not_known_and_not_there(sitting: House) -> None:
    """A role that may not, an answer that is outstanding, an item, a room and a key that do not exist."""
    await sitting.browser.sign_in("publication-officer")
    told = await enter(sitting, kind="AskQuestion", person="publication-officer", ask__question="Me?")
    assert "you may not put a question" in told.json()["message"]
    await sitting.browser.sign_in("policy-officer")
    for facts in ({"item": "77"}, {"kind": "OpenCycle"}, {"key": "short"}):
        told = await enter(sitting, **{"kind": "Note", "note__words": "x", **facts})
        assert "does not belong to an item" in told.json()["message"], facts
    long = await enter(sitting, kind="Note", note__words="x" * 20_001)
    assert "at most 20,000 characters" in long.json()["message"]
    sitting.desk.told = [NotKnownYet(cycle=REF, key="a-key-of-mine")]
    waits = await enter(sitting, kind="AskQuestion", ask__asked_by="member", ask__question="Who?")
    assert waits.json()["state"] == "waiting"
    assert (await sitting.browser.get(f"/cycles/{REF}/sessions/9/run")).status_code == 404
    assert (await sitting.browser.get("/meetings/MTG-2026-99/run")).status_code == 404


async def test_the_room_is_at_one_item_and_everybody_sees_which(sitting: House) -> None:
    """Who says that the room goes on is named, and the page opens at that item."""
    page = (await sitting.browser.get(ROOM)).text
    assert "Under way: " in page
    assert (await enter(sitting, kind="Here", item="2")).json()["message"] == "Item 2 is under way"
    await sitting.browser.sign_in("commissioner")
    page = (await sitting.browser.get(ROOM)).text
    assert "says Policy officer" in page
    assert 'aria-current="page"' in page.split('room__number">2.')[1][:200]


async def test_a_meeting_has_one_room_for_all_its_cycles(sitting: House) -> None:
    """Attendance goes to every cycle; an item's entries go to the cycle that it is about."""
    start = sitting.memory.now + timedelta(days=70)
    await sitting.done(s.open_cycle(OTHER, sitting.memory.now, 1, session=None), cycle=OTHER)
    for reference in (REF, OTHER):
        await sitting.done(do.fix(start, "holding_to_account", meeting="MTG-2026-05"), cycle=reference)
    sitting.memory.now = start
    await sitting.browser.sign_in("policy-officer")
    room = "/meetings/MTG-2026-05/run"
    page = (await sitting.browser.get(room)).text
    assert f"cycle:{REF} cycle:{OTHER}" in page
    there = {"there__present": "commissioner"}
    told = await enter(sitting, room, kind="RecordAttendance", session="2", key="all-of-them", **there)
    assert told.json()["message"] == "Who is here: recorded in 2 cycles"
    last = {"item": "4", "cycle": OTHER, "session": "1", "request": "1"}
    judged = {"kind": "JudgeAssurance", "judge__judgement": "assured", "judge__reasons": "Good"}
    told = await enter(sitting, room, key="of-the-other", **judged, **last)
    assert told.json()["state"] == "done", told.text
    other = sitting.memory.cycle(OTHER)
    assert other
    assert [one.request for one in other.judgements] == [1]
    moved = await sitting.browser.get(f"/cycles/{OTHER}/sessions/1/run")
    assert moved.headers["location"] == room
