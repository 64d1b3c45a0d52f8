"""Programme years, the hour of opening, and which openings stand as appointments."""

from datetime import UTC, date, datetime, timedelta

from rules.programme.years import first_day, label, last_day, openings, opens_at, within, year_of
from tests import programme as p
from tests.rules.programme.paper import OPENS, YEAR, Paper, planned


def test_the_year_turns_between_31_march_and_1_april() -> None:
    """The last day of March is in the old year, the first of April in the new."""
    assert year_of(date(2027, 3, 31)) == 2026
    assert year_of(date(2027, 4, 1)) == 2027
    assert (first_day(2026), last_day(2026)) == (date(2026, 4, 1), date(2027, 3, 31))
    assert within(2026, date(2026, 4, 1))
    assert within(2026, date(2027, 3, 31))
    assert not within(2026, date(2026, 3, 31))
    assert not within(2026, date(2027, 4, 1))


def test_a_year_is_written_as_people_write_it() -> None:
    """With the last two figures of the year in which it ends, at the turn of a century too."""
    assert [label(one) for one in (2026, 2008, 2099)] == ["2026-27", "2008-09", "2099-00"]


def test_a_cycle_opens_at_nine_in_london() -> None:
    """Eight o'clock UTC while the clocks are forward, nine when they are back."""
    paper = planned()
    assert opens_at(paper.slot()) == datetime(2026, 10, 5, 8, tzinfo=UTC)
    paper.do(p.propose(p.draft(date(2026, 11, 16)), year=YEAR))
    assert opens_at(paper.slot("2026/02")) == datetime(2026, 11, 16, 9, tzinfo=UTC)


def test_only_adopted_cycles_that_nothing_holds_up_have_an_appointment() -> None:
    """Not proposed, refused, opened or taken out."""
    paper = planned()
    assert openings(paper.standing) == ()
    paper.do(p.adopt(YEAR))
    (one,) = openings(paper.standing)
    assert (one.slot, one.at, one.planned_at) == ("2026/01", opens_at(paper.slot()), opens_at(paper.slot()))
    assert not one.demonstration
    paper.do(p.not_opened("2026/01", one.planned_at))
    assert openings(paper.standing) == ()
    paper.do(p.change("2026/01", p.draft(OPENS, officer="second-policy-officer")))
    assert openings(paper.standing) == (one,)
    paper.do(p.opened("2026/01", one.planned_at))
    assert openings(paper.standing) == ()


def test_a_demonstrations_appointments_are_moved_by_how_far_its_clock_is_behind() -> None:
    """The planned hour is its own; the true one is what the schedule is made for."""
    behind = timedelta(days=100)
    paper = Paper()
    paper.programme = paper.standing.model_copy(update={"set_back": behind})
    paper.do(p.propose(p.draft(OPENS), year=YEAR), p.adopt(YEAR))
    (one,) = openings(paper.standing)
    assert (one.at - one.planned_at, one.demonstration) == (behind, True)
