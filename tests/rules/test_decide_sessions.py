"""Sessions and what is said in them."""

from datetime import UTC, datetime

from rules.clocks import instant
from schemas.clocks import AtSession, BeforeSession
from schemas.events import SessionFixed, SessionHeld, SessionMoved
from schemas.sessions import SessionDraft
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, day, held, opened

AT_TWO = instant(day("2026-08-05"), "14:00")


def due_on(table: Table, number: int = 1) -> object:
    """The day on which a request is due, or None."""
    found = table.request(number).due
    return found.on if found else None


def test_fixing_the_session_gives_waiting_requests_their_day() -> None:
    """What waited for a day gets one; what had its own keeps it."""
    table = opened(s.draft(due=BeforeSession(days=5)), s.draft(), s.draft(due=AtSession()), session=None)
    assert [due_on(table, n) for n in (1, 2, 3)] == [None, day("2026-06-15"), None]
    happened = table.do(s.fix_session(acts.REF, AT_TWO))
    assert isinstance(happened[0], SessionFixed)
    assert [one.request for one in happened[0].moved] == [1, 3]
    assert [due_on(table, n) for n in (1, 2, 3)] == [
        day("2026-07-29"),
        day("2026-06-15"),
        day("2026-08-05"),
    ]


def test_moving_the_session_moves_what_is_planned_backwards() -> None:
    """Open requests and those not yet sent follow; a return that is in does not."""
    table = opened(requests=2)
    table.do(s.submit(acts.REF, 2))
    before = due_on(table, 2)
    happened = table.do(acts.move_session(AT_TWO))
    assert isinstance(happened[0], SessionMoved)
    assert [one.request for one in happened[0].moved] == [1]
    assert (due_on(table, 1), due_on(table, 2)) == (day("2026-07-29"), before)


def test_moving_the_session_plans_anew_what_was_not_sent() -> None:
    """The day on which a planned request goes out follows the session too."""
    table = opened(ask="planned")
    was = table.goes_out()
    table.do(acts.move_session(AT_TWO))
    assert table.goes_out() > was


def test_an_extended_request_stays_where_it_was_put() -> None:
    """Once more time was granted, the session moves without it."""
    table = opened()
    later = s.date_after(table.now, 28)
    table.do(acts.ask_time(later), acts.decide_time(), acts.move_session(AT_TWO))
    assert due_on(table) == later


def test_a_second_session_moves_nothing_while_the_first_is_to_come() -> None:
    """Requests follow the next session; one fixed or moved beside it is not theirs."""
    table = opened(requests=1)
    was = due_on(table)
    table.do(s.fix_session(acts.REF, AT_TWO))
    assert due_on(table) == was
    table.do(acts.move_session(instant(day("2026-09-09"), "14:00"), session=2))
    assert due_on(table) == was


def test_a_session_or_a_plan_beyond_the_horizon_is_refused() -> None:
    """Neither the session nor what is planned backwards from it may lie where nothing can be counted."""
    far = instant(day("2029-01-10"), "14:00")
    opened(session=None).refuse(s.fix_session(acts.REF, far), "beyond_horizon")
    opened().refuse(acts.move_session(far), "beyond_horizon")
    opened().refuse(acts.move_session(datetime(9999, 12, 31, 23, 59, tzinfo=UTC)), "beyond_horizon")


def test_moving_to_the_same_hour_is_no_move() -> None:
    """The refusal says that it starts then already."""
    table = opened()
    table.refuse(acts.move_session(table.cycle.sessions[0].starts_at), "same_day")


def test_a_session_is_moved_only_to_a_possible_day() -> None:
    """The past is refused, and a bank holiday until it is confirmed."""
    table = opened()
    table.refuse(acts.move_session(instant(day("2026-05-01"), "14:00")), "session_in_past")
    holiday = instant(day("2026-08-31"), "14:00")
    table.refuse(acts.move_session(holiday), "session_on_non_working_day")
    table.do(acts.move_session(holiday, confirmed=True))


def test_an_instant_at_the_beginning_of_time_is_refused_like_any_other_past() -> None:
    """No date that a form can carry breaks the rules."""
    opened().refuse(acts.move_session(datetime(1, 1, 1, tzinfo=UTC)), "session_in_past")


def test_the_secretariat_keeps_to_its_own_forum() -> None:
    """The panel's sessions are the secretariat's; the others are not."""
    table = opened()
    ours = s.fix_session(acts.REF, AT_TWO).model_copy(update={"actor": s.SECRETARIAT})
    table.refuse(ours, "not_your_forum")
    table.refuse(acts.move_session(AT_TWO, actor=s.SECRETARIAT), "not_your_forum")
    panel = ours.model_copy(update={"session": SessionDraft(forum="panel", starts_at=AT_TWO)})
    table.do(panel, acts.move_session(table.after(50), session=2, actor=s.SECRETARIAT))


def test_attendance_is_recorded_on_the_day_or_after() -> None:
    """Not before, not of nobody, and then the session has been held."""
    table = opened()
    table.refuse(s.attendance(acts.REF), "not_yet_held")
    table.now = table.after(30, "09:00")
    table.refuse(s.attendance(acts.REF).model_copy(update={"present": ()}), "nobody_present")
    happened = table.do(s.attendance(acts.REF))
    assert isinstance(happened[0], SessionHeld)
    assert happened[0].held_at == table.cycle.sessions[0].starts_at


def test_a_session_is_held_once() -> None:
    """Neither moved nor held again; and one that is not fixed cannot be held."""
    table = held()
    table.refuse(s.attendance(acts.REF), "session_held")
    table.refuse(acts.move_session(AT_TWO), "session_held")
    opened(session=None).refuse(s.attendance(acts.REF), "no_session")


def test_assurance_is_judged_of_what_was_asked_in_a_session_that_was_held() -> None:
    """A newer judgement on the same item replaces the older."""
    opened().refuse(s.judge(acts.REF), "session_not_held")
    table = held()
    table.refuse(s.judge(acts.REF, 9), "no_such_request")
    table.do(s.judge(acts.REF), s.judge(acts.REF, judgement="assured"))
    assert [one.judgement for one in table.cycle.judgements] == ["assured"]


def test_a_decision_names_its_basis() -> None:
    """A decision record without a statutory basis is none."""
    table = opened()
    table.refuse(acts.record_decision(basis=" "), "no_basis")
    table.do(acts.record_decision(), acts.record_decision())
    assert [one.number for one in table.cycle.decisions] == [1, 2]
