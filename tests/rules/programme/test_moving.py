"""Moving in bulk: over Easter and Christmas, and off a day that was proclaimed a holiday."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rules.clocks import civil, instant
from rules.programme.moving import off_holidays, shifted
from schemas.outcomes import Refused
from schemas.programme import Slot, SlotDraft
from schemas.programme.commands import MoveSlots, SlotMove
from tests import programme as p
from tests import scenario as s
from tests.editions import working
from tests.rules.programme.paper import OPENS, YEAR, Paper, known, planned, today


def slot(draft: SlotDraft, number: str = "2026/01", **more: Any) -> Slot:
    """A cycle to come."""
    return Slot(number=number, draft=draft, proposed_by=s.OFFICER, **more)


def moved(draft: SlotDraft, days: int) -> SlotMove:
    """One cycle moved by so many working days."""
    found = shifted([slot(draft)], days, p.days())
    assert not isinstance(found, Refused)
    (one,) = found
    return one


def test_five_working_days_over_christmas_are_twelve_days() -> None:
    """From Friday 18 December over Christmas Day, Boxing Day's Monday and the weekend."""
    move = moved(p.draft(date(2026, 12, 18), session_at=instant(date(2026, 12, 24), "10:30")), 5)
    assert move.opens_on == date(2026, 12, 29)
    assert move.session_at == instant(date(2027, 1, 5), "10:30")


def test_five_working_days_over_easter_keep_the_hour_in_london() -> None:
    """The clocks go forward between Thursday 25 March and Monday 5 April 2027; it stays at 14:00."""
    draft = p.draft(date(2027, 3, 1), session_at=instant(date(2027, 3, 25), "14:00"))
    move = moved(draft, 5)
    assert move.session_at == instant(date(2027, 4, 5), "14:00")
    assert move.session_at.hour == 13
    back = moved(draft.model_copy(update={"session_at": move.session_at}), -5)
    assert back.session_at == draft.session_at


def test_only_what_waits_is_moved() -> None:
    """What was opened or taken out stays; what has no session has only its opening moved."""
    without = p.draft(OPENS, session_at=None)
    slots = [
        slot(without),
        slot(without, "2026/02", state="opened"),
        slot(without, "2026/03", state="dropped"),
    ]
    assert shifted(slots, 1, p.days()) == (
        SlotMove(slot="2026/01", opens_on=date(2026, 10, 6), session_at=None),
    )


def test_a_move_beyond_what_is_known_is_refused() -> None:
    """The calendar's own sentence says from when to when it knows."""
    without = p.draft(OPENS, session_at=None)
    far = slot(without.model_copy(update={"opens_on": date(2028, 12, 20)}))
    found = shifted([far], 20, p.days())
    assert isinstance(found, Refused)
    assert found.code == "beyond_horizon"
    heard = slot(p.draft(OPENS, session_at=instant(date(2028, 12, 28), "14:00")))
    assert isinstance(shifted([heard], 20, p.days()), Refused)
    assert isinstance(off_holidays([heard], working(date(2028, 12, 28), date(2028, 12, 29))), Refused)
    late = slot(without.model_copy(update={"opens_on": date(2028, 12, 29)}))
    assert isinstance(off_holidays([late], working(date(2028, 12, 29))), Refused)


def test_a_proclaimed_holiday_moves_what_it_hits_and_nothing_else() -> None:
    """Openings and sessions of that day go to the next working day; the others have no move."""
    paper = planned(adopted=True)
    draft = paper.slot().draft
    assert draft.session_at
    day = civil(draft.session_at)
    other = p.draft(date(2027, 1, 4))
    paper.do(p.propose(other, year=YEAR))
    calendar = working(day)
    assert off_holidays(paper.standing.slots, p.days()) == ()
    moves = off_holidays(paper.standing.slots, calendar)
    assert moves == (
        SlotMove(slot="2026/01", opens_on=OPENS, session_at=draft.session_at + timedelta(days=1)),
    )
    paper.known = known(calendar)
    paper.do(p.move(*moves))
    assert paper.slot().state == "adopted"
    assert off_holidays(paper.standing.slots, calendar) == ()


def test_two_sessions_pushed_together_find_hours_of_their_own() -> None:
    """Where the next day's hour is taken, the session goes on to the day after."""
    paper = planned()
    first = paper.slot().draft
    assert first.session_at
    days = [civil(first.session_at) + timedelta(days=count) for count in range(4)]
    second = p.draft(OPENS, commitment="SWM-REASSURE-05", session_at=instant(days[1], "14:00"))
    third = p.draft(OPENS, commitment="SWM-REASSURE-06", session_at=instant(days[2], "14:00"))
    paper.do(p.propose(second, third, year=YEAR))
    calendar = working(days[0], days[1])
    moves = off_holidays(paper.standing.slots, calendar)
    assert not isinstance(moves, Refused)
    assert [one.session_at and civil(one.session_at) for one in moves] == [days[3], date(2026, 11, 13)]
    paper.known = known(calendar)
    paper.do(p.move(*moves))


def test_a_session_that_was_meant_on_a_day_off_stays_there() -> None:
    """Only its opening moves, where that is hit."""
    saturday = instant(date(2026, 11, 14), "10:00")
    meant = slot(p.draft(OPENS, session_at=saturday, confirmed=True))
    assert off_holidays([meant], p.days()) == ()
    assert off_holidays([meant], working(OPENS)) == (
        SlotMove(slot="2026/01", opens_on=date(2026, 10, 6), session_at=saturday, confirmed=True),
    )


WORKING = p.days().working_days(today(), date(2028, 6, 30))


@given(st.sampled_from(WORKING), st.integers(20, 40), st.integers(-30, 30).filter(bool))
def test_a_move_keeps_the_working_days_between_opening_and_session(opens: date, gap: int, by: int) -> None:
    """Whatever lies between, both land on working days, and moving back undoes it."""
    calendar = p.days()
    draft = p.draft(opens, held_after=gap)
    move = moved(draft, by)
    assert move.session_at
    on = civil(move.session_at)
    assert calendar.is_working(move.opens_on)
    assert calendar.is_working(on)
    assert calendar.between(move.opens_on, on) == gap
    there = draft.model_copy(update={"opens_on": move.opens_on, "session_at": move.session_at})
    assert moved(there, -by) == SlotMove(slot="2026/01", opens_on=opens, session_at=draft.session_at)


def test_a_move_of_everything_is_one_act() -> None:
    """All slots by five days: no clash on the way, each with its days before and after on record."""
    paper = Paper()
    drafts = [p.draft(p.working(OPENS, 26 * place)) for place in range(4)]
    paper.do(p.propose(*drafts, year=YEAR))
    moves = shifted(paper.standing.slots, 5, p.days())
    assert not isinstance(moves, Refused)
    command = p.move(*moves)
    assert isinstance(command, MoveSlots)
    assert paper.do(command).happened == ("SlotMoved",) * 4
    assert [one.draft.opens_on for one in paper.standing.slots] == [
        p.working(one.opens_on, 5) for one in drafts
    ]
