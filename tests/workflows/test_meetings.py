"""One meeting of several cycles, several meetings of one cycle, on the real engine."""

from functools import partial

import pytest

from engine.meetings import Part, coming, hand_out, key_for, parts_of
from rules.clocks import instant
from schemas.commands import AnyCommand, FixSession, MoveSession, PublishAgenda, RecordAttendance
from schemas.outcomes import Receipt, Refused
from schemas.sessions import AgendaItem, SessionDraft
from tests import scenario as s
from tests.conftest import Office
from tests.rules import session_acts as do
from tests.workflows.tools import clock, cycle_of, done, send

pytestmark = pytest.mark.real


async def fixed(part: Part, key: str, *, starts_at: object, meeting: str) -> AnyCommand:
    """The cycle's session within the meeting."""
    draft = SessionDraft.model_validate({"starts_at": starts_at, "meeting": meeting})
    return FixSession(cycle=part.cycle, key=key, actor=s.OFFICER, session=draft)


async def moved(part: Part, key: str, *, starts_at: object) -> AnyCommand:
    """The session moves."""
    facts = {"cycle": part.cycle, "key": key, "actor": s.OFFICER, "session": part.session}
    reason = s.say("The room is taken")
    return MoveSession.model_validate({**facts, "starts_at": starts_at, "reason": reason})


async def noticed(part: Part, key: str) -> AnyCommand:
    """The shared agenda."""
    items = (AgendaItem(number=1, title=s.say("Review of the action tracker"), why="standing"),)
    facts = {"cycle": part.cycle, "key": key, "actor": s.OFFICER, "session": part.session}
    return PublishAgenda.model_validate({**facts, "items": items})


async def attended(part: Part, key: str) -> AnyCommand:
    """Who was there."""
    facts = {"cycle": part.cycle, "key": key, "actor": s.OFFICER, "session": part.session}
    return RecordAttendance.model_validate({**facts, "present": ("commissioner",)})


async def test_one_meeting_serves_several_cycles_and_one_cycle_several_meetings(office: Office) -> None:
    """Fixed, half-way moved, finished by sending it again, noticed: once in each, found by its reference."""
    first, second = s.fresh_reference(), s.fresh_reference()
    meeting = await office.desk.meeting_reference(s.key(), 2031)
    assert meeting == "MTG-2031-01"
    for ref in (first, second):
        await done(office, ref, s.open_cycle(ref, s.wall_now(), 1, session=None))
    now = await clock(office, first)
    at, later = (instant(s.date_after(now, days), "14:00") for days in (30, 35))
    parts = (Part(first, 1), Part(second, 1))
    desk, words = office.desk, s.WORDS
    assert all(
        one.done
        for one in await hand_out(desk, parts, s.key(), partial(fixed, starts_at=at, meeting=meeting), words)
    )

    move, key = partial(moved, starts_at=later), s.key()
    stopped = await move(parts[0], key_for(key, parts[0]))
    assert isinstance(await desk.send(stopped, words), Receipt)
    for _ in range(2):
        became = await hand_out(desk, parts, key, move, words)
        assert [one.done for one in became] == [True, True]
    for ref in (first, second):
        cycle = await cycle_of(office, ref)
        assert cycle.sessions[0].starts_at == later
        assert cycle.version == (await cycle_of(office, first)).version
    await hand_out(desk, parts, s.key(), noticed, words)

    pages = await office.reads.meeting(meeting)
    assert [page.cycle.reference for page in pages] == sorted((first, second))
    assert parts_of([page.cycle for page in pages], meeting) == tuple(
        sorted(parts, key=lambda one: one.cycle)
    )
    assert {page.cycle.reference for page in await office.reads.meetings()} >= {first, second}
    assert await office.reads.meeting("MTG-2031-99") == []

    again = await fixed(Part(first, 2), s.key(), starts_at=later, meeting="MTG-2031-02")
    await done(office, first, again)
    assert [one.meeting for one in (await cycle_of(office, first)).sessions] == [meeting, "MTG-2031-02"]
    third = await office.reads.meeting("MTG-2031-02")
    assert [page.cycle.reference for page in third] == [first]


async def test_a_refusal_in_one_cycle_stops_nothing_in_the_others(office: Office) -> None:
    """And what became of each is said; who was called off alone is left alone."""
    first, second = s.fresh_reference(), s.fresh_reference()
    meeting = await office.desk.meeting_reference(s.key(), 2032)
    for ref in (first, second):
        await done(office, ref, s.open_cycle(ref, s.wall_now(), 0, session=None))
    now = await clock(office, first)
    at = instant(s.date_after(now, 30), "14:00")
    parts = (Part(first, 1), Part(second, 1))
    make = partial(fixed, starts_at=at, meeting=meeting)
    await hand_out(office.desk, parts, s.key(), make, s.WORDS)
    became = await hand_out(office.desk, parts, s.key(), attended, s.WORDS)
    assert [getattr(one.outcome, "code", None) for one in became] == ["not_yet_held", "not_yet_held"]
    await done(office, first, do.call_off())
    pages = await office.reads.meeting(meeting)
    assert coming([page.cycle for page in pages], meeting) == (Part(second, 1),)
    later = instant(s.date_after(now, 33), "14:00")
    became = await hand_out(office.desk, parts, s.key(), partial(moved, starts_at=later), s.WORDS)
    outcomes = [one.outcome for one in became]
    assert isinstance(outcomes[0], Refused)
    assert isinstance(outcomes[1], Receipt)


async def test_a_panel_session_carries_the_panels_rules_and_seats(office: Office) -> None:
    """The doorway refuses others; what was done already is answered as before."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0, session=None))
    at = instant(s.date_after(await clock(office, ref), 30), "14:00")
    bare = do.fix(at).model_copy(update={"session": SessionDraft(forum="panel", starts_at=at)})
    outcome = await send(office, ref, bare)
    assert isinstance(outcome, Refused)
    assert outcome.code == "not_the_forums_rules"
    await done(office, ref, do.fix(at))
    outcome = await send(office, ref, do.attended(members=do.PANEL[:4]))
    assert isinstance(outcome, Refused)
    assert outcome.code == "not_the_membership"
