"""What a year's suggestion looks at, on the real record: sessions that are coming, and what is planned."""

import pytest

from engine.planning import coverage_now, drafts_of, reference_of, suggestion_now, today_of
from reference.catalogue import plan
from rules.clocks import civil
from rules.programme.years import year_of
from schemas.outcomes import Refused
from schemas.programme.records import ProgrammeReceipt
from schemas.programme.rows import Suggestion
from schemas.shape import Words
from store.pool import Pool
from tests import programme as p
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts
from tests.rules import session_acts as sessions
from tests.workflows.tools import done

pytestmark = pytest.mark.real
KIND = "thematic"


async def suggested(office: Office, year: int, count: int) -> Suggestion:
    """A suggestion that must be one."""
    found = await suggestion_now(office.reads, year, count, s.wall_now(), KIND)
    assert isinstance(found, Suggestion), found
    return found


async def test_no_suggested_day_has_a_session_of_a_cycle_under_way(office: Office) -> None:
    """A session that is fixed takes its day, in any forum; one that is called off gives it back."""
    year = year_of(civil(s.wall_now())) + 1
    wanted = await suggested(office, year, 1)
    at = wanted.cycles[0].session_at
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0, session=None), sessions.fix(at))
    (coming,) = await office.reads.sessions_coming()
    assert civil(coming) == civil(at)
    other = await suggested(office, year, 1)
    assert civil(other.cycles[0].session_at) != civil(at)
    await done(office, ref, sessions.call_off(1))
    assert await office.reads.sessions_coming() == []
    assert (await suggested(office, year, 1)).cycles == wanted.cycles


async def test_what_a_cycle_is_asking_is_not_suggested(office: Office) -> None:
    """From its opening; cancelled, it asked nothing."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 1))
    rows = await coverage_now(office.reads, s.wall_now())
    assert not isinstance(rows, Refused)
    asked = next(one for one in rows if one.commitment == "SWM-REASSURE-01")
    assert (asked.times, asked.ground, asked.last) == (1, None, ref)
    await done(office, ref, acts.cancel())
    rows = await coverage_now(office.reads, s.wall_now())
    assert not isinstance(rows, Refused)
    assert {one.ground for one in rows} == {"never_asked"}


async def test_a_suggestion_goes_into_the_programme_as_it_is(office: Office, pool: Pool) -> None:
    """Its words are kept, and the next suggestion has other days and other commitments."""
    await p.numbers_of_its_own(pool)
    ref, year = f"PRG-test-{s.key()}", year_of(civil(s.wall_now())) + 1
    await office.programme.send(p.begin(ref=ref), p.WORDS)
    found, words = await suggested(office, year, 24), Words()
    command = p.propose(*drafts_of(found, "policy-officer", KIND, words), year=year, ref=ref)
    made = await office.programme.send(command, words)
    assert isinstance(made, ProgrammeReceipt)
    page = await office.reads.programme(ref)
    assert page
    slots = page.programme.slots
    assert [page.say(one.draft.title) for one in slots] == [one.title for one in found.cycles]
    assert [page.say(one.draft.because) for one in slots] == [one.because for one in found.cycles]
    more = await suggested(office, year, 24)
    assert not {one.session_at for one in more.cycles} & {one.session_at for one in found.cycles}
    asked = {ref for one in found.cycles for ref in one.commitments}
    assert not asked & {ref for one in more.cycles for ref in one.commitments}


async def test_without_a_plan_or_a_kind_there_is_no_suggestion(office: Office, pool: Pool) -> None:
    """Each says what to do."""
    year = year_of(civil(s.wall_now())) + 1
    no = await suggestion_now(office.reads, year, 12, s.wall_now(), "yearly")
    assert isinstance(no, Refused)
    assert no.code == "no_such_kind"
    await pool.execute("delete from plans")
    for found in (
        await suggestion_now(office.reads, year, 12, s.wall_now()),
        await coverage_now(office.reads, s.wall_now()),
    ):
        assert isinstance(found, Refused)
        assert found.code == "no_plan"


def test_a_programme_is_named_after_its_office_and_has_its_own_day() -> None:
    """Before it is begun the day is the true one."""
    assert reference_of(plan().body) == p.REF
    assert today_of(None, s.wall_now()) == civil(s.wall_now())
