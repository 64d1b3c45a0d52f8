"""What-ifs on the real engine: what misses what, and a live cycle that nobody touched."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from reference.forums import forums
from rehearsal.apart import Apart
from rehearsal.taking import take_along
from rules.clocks import civil
from schemas.outcomes import Refused
from schemas.supposing import Row, Supposing, Supposition, WhatIf
from tests import scenario as s
from tests.conftest import Office, temporal_cli
from tests.rehearsal.forks import PATIENCE, REF, answered, asked, fork_of, with_session
from tests.workflows.tools import done

pytestmark = pytest.mark.real


def row(found: WhatIf, key: str) -> Row:
    """One row of the answer."""
    return next(one for one in found.rows if one.key == key)


def on(at: datetime | None) -> date | None:
    """A day in London."""
    return civil(at) if at else None


async def test_a_late_force_misses_the_papers() -> None:
    """Three working days late: the returns come after the papers went out, and the ladder's letters go."""
    found = await answered(with_session(), force_late_days=3)
    one = row(found, "return/1")
    assert (on(one.due_before), on(one.due_after)) == (date(2026, 7, 7), date(2026, 7, 7))
    assert (on(one.done_before), one.before) == (date(2026, 7, 7), "met")
    assert (on(one.done_after), one.after) == (date(2026, 7, 10), "late")
    assert one.because == ("The force would send it 3 working days after its due day.",)
    assert found.misses[0] == (
        "The return to request 1 would come 2 working days after the papers go out on Wednesday 8 July 2026."
    )
    assert [one.template for one in found.letters] == ["evidence_overdue"] * 4
    assert found.summary == (
        "If every return comes 3 working days late, 2 things would be missed that are kept as things stand, "
        "2 days would move and 4 more letters would go out."
    )
    assert (row(found, "findings").before, row(found, "findings").after) == ("met", "met")
    assert found.undone == ()


async def test_a_session_that_moves_takes_its_days_along() -> None:
    """Returns, notice and findings are counted from the new day, each with its reason and its sum."""
    found = await answered(with_session(), session_moves_days=7)
    session, paper = row(found, "session/1"), row(found, "return/2")
    assert (on(session.due_before), on(session.due_after)) == (date(2026, 7, 14), date(2026, 7, 21))
    assert on(paper.due_after) == date(2026, 7, 14)
    assert paper.because == (
        "It is counted from the session, which moves from Tuesday 14 July to Tuesday 21 July.",
    )
    assert "5 working days before it. Due on Tuesday 14 July 2026" in paper.why
    assert on(row(found, "notice/1").due_after) == date(2026, 7, 15)
    assert {one.after for one in found.rows} == {"met"}
    assert found.misses == ()
    assert "nothing would be missed that is kept as things stand" in found.summary


async def test_a_proclaimed_holiday_is_counted_by_an_edition_of_its_own() -> None:
    """The day is left out of every count that spans it; a session on it stays, and is named."""
    found = await answered(with_session(), holidays=["2026-07-09", "2026-07-14"])
    paper = row(found, "return/1")
    assert (on(paper.due_before), on(paper.due_after)) == (date(2026, 7, 7), date(2026, 7, 6))
    assert paper.because == (
        "Thursday 9 July would be a bank holiday, which is not counted as a working day.",
    )
    assert found.misses[0] == (
        "The session on Tuesday 14 July 2026 would fall on a day on which nobody works: "
        "A bank holiday, as is supposed."
    )
    assert found.calendar != with_session().cycle.calendar


async def test_a_silent_force_sends_nothing_to_the_end() -> None:
    """The session is held without its evidence, silence is taken as no answer, and findings still come."""
    found = await answered(with_session(), force_late_days="silent")
    assert row(found, "return/1").after == "never"
    assert (
        "The return to request 2 would not have come by the session on Tuesday 14 July 2026." in found.misses
    )
    assert "non_response" in {one.template for one in found.letters}
    assert row(found, "findings").after == "met"


async def test_an_office_that_is_late_looks_at_returns_after_the_session() -> None:
    """The returns are there in time, and read too late."""
    found = await answered(with_session(), office_late_days=4)
    assert row(found, "return/1").after == "met"
    assert (row(found, "review/1").before, row(found, "review/1").after) == ("met", "late")
    assert "The return to request 1 would be looked at 2 working days after the session." in found.misses


async def test_what_the_real_engine_refuses_cannot_be_supposed() -> None:
    """A session that leaves no time for its notice is refused in the words of the real act."""
    table = with_session()
    found = await asked(table, session_moves_days=-42)
    assert isinstance(found, Refused)
    assert found.code in ("no_time_for_notice", "session_in_past")


async def test_a_live_cycle_is_left_as_it_is(office: Office) -> None:
    """Its ledger, its history on the engine, its letters and its state are the same afterwards."""
    ref = s.fresh_reference()
    rules = forums()["holding_to_account"].rules
    opening = s.open_cycle(ref, s.wall_now(), requests=2)
    session = opening.session.model_copy(update={"rules": rules}) if opening.session else None
    await done(office, ref, opening.model_copy(update={"session": session}))
    await office.skip(ref, 3)
    before = await _everything(office, ref)
    taken = await take_along(
        office.reads, ref, Supposition(force_late_days=6), forums().values(), s.wall_now()
    )
    assert isinstance(taken, Supposing)
    found = await Apart(temporal_cli(), within=PATIENCE).answer(taken)
    assert isinstance(found, WhatIf), found
    assert found.version == before[0]
    assert row(found, "return/1").newly_missed
    assert await _everything(office, ref) == before


async def _everything(office: Office, ref: str) -> tuple[object, ...]:
    """Whatever a what-if could have changed of a cycle."""
    await office.posted(ref)
    handle = office.engine.client.get_workflow_handle(ref)
    ledger = await office.reads.written(ref)
    history = [one.event_id async for one in handle.fetch_history_events()]
    page = await office.reads.cycle(ref)
    mails = await office.reads.mails(ref)
    return len(ledger), ledger, history, page, mails, list(office.post.sent)


async def test_nothing_is_left_where_it_is_given_up() -> None:
    """One that takes too long is stopped with everything that it started, and says so."""
    supposing = Supposing(fork=fork_of(with_session()), supposition=Supposition(force_late_days=3))
    apart = Apart(temporal_cli(), within=0.5)
    found = await apart.answer(supposing)
    assert isinstance(found, Refused)
    assert found.code == "what_if_slow"
    assert apart.refused() is None


async def test_two_at_a_time_and_no_more() -> None:
    """The third is told to try again in a moment, at once."""
    supposing = Supposing(fork=fork_of(with_session(1)), supposition=Supposition(force_late_days=3))
    apart = Apart(temporal_cli(), within=PATIENCE)
    first = [asyncio.create_task(apart.answer(supposing)) for _ in range(2)]
    await asyncio.sleep(0)
    third = await apart.answer(supposing)
    assert isinstance(third, Refused)
    assert third.code == "what_if_busy"
    assert third.message == "2 what-ifs are being worked out already. Try again in a moment."
    assert [type(one) for one in await asyncio.gather(*first)] == [WhatIf, WhatIf]


async def test_without_the_engine_program_nothing_is_begun() -> None:
    """Who runs the service is told what is missing."""
    found = await Apart("/nowhere/temporal").answer(
        Supposing(fork=fork_of(with_session(1)), supposition=Supposition(force_late_days=3))
    )
    assert isinstance(found, Refused)
    assert found.code == "no_engine_program"


async def test_a_cycle_that_is_not_there_is_said_to_be_none(office: Office) -> None:
    """One sentence, and nothing begun."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    found = await take_along(office.reads, REF, Supposition(force_late_days=6), (), now)
    assert isinstance(found, tuple)
    assert [one.code for one in found] == ["no_such_cycle"]
