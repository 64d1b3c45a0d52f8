"""Opening a cycle and steering it."""

from datetime import timedelta

import pytest

from rules.acting.authority import AFTER_CLOSE
from rules.clocks import instant
from schemas.clocks import AtSession, OnDate, WorkingDays
from schemas.events import CycleOpened, CycleResumed
from schemas.outcomes import Refused
from schemas.sessions import SessionDraft
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import MONDAY, Table, day, held, opened, opening, signed


def on(text: str, *, confirmed: bool = False) -> SessionDraft:
    """A session at two in the afternoon."""
    return SessionDraft(starts_at=instant(day(text), "14:00"), confirmed=confirmed)


def test_opening_fixes_the_session_and_asks_everybody() -> None:
    """One act: the cycle, its session and its requests, each due five working days before."""
    table = Table()
    happened = table.do(opening(requests=2))
    assert [one.kind for one in happened] == [
        "CycleOpened",
        "SessionFixed",
        "EvidenceRequested",
        "EvidenceRequested",
    ]
    falls = table.request(2).due
    assert falls is not None
    assert table.calendar.between(falls.on, s.date_after(MONDAY, 30)) == 5


def test_planned_requests_wait_for_their_day() -> None:
    """Each goes out fifteen working days before it falls due, at the reminder hour in London."""
    table = Table()
    happened = table.do(opening(requests=2, ask="planned"))
    assert [one.kind for one in happened] == ["CycleOpened", "SessionFixed"]
    assert isinstance(happened[0], CycleOpened)
    falls = table.calendar.before(s.date_after(MONDAY, 30), 20)
    assert not isinstance(falls, Refused)
    assert [one.ask_at for one in table.cycle.planned] == [instant(falls, "09:00")] * 2


def test_a_planned_request_whose_day_is_past_goes_out_now() -> None:
    """Nothing is sent before it was written."""
    table = Table()
    table.do(opening(s.draft(due=WorkingDays(days=3)), ask="planned"))
    assert table.cycle.planned[0].ask_at == MONDAY


def test_a_planned_request_beyond_the_horizon_is_refused() -> None:
    """A day that cannot be counted is no plan."""
    draft = s.draft(due=OnDate(on=day("2029-02-01")))
    Table().refuse(opening(draft, ask="planned"), "beyond_horizon")


def test_a_cycle_asks_about_the_plan() -> None:
    """Without a commitment there is nothing to hold to account."""
    assert Table().refuse(opening(commitments=()), "no_commitment").field == "commitments"


def test_a_reference_is_taken_once() -> None:
    """A second opening under the same reference is refused."""
    opened().refuse(opening(), "reference_taken")


def test_nothing_is_done_to_a_cycle_that_is_not_there() -> None:
    """Any other command needs a cycle."""
    assert Table().refuse(s.submit(acts.REF), "no_such_cycle").field == "cycle"


@pytest.mark.parametrize(
    ("session", "code"),
    [
        (on("2026-05-29"), "session_in_past"),
        (on("2029-01-03"), "beyond_horizon"),
        (on("2026-08-31"), "session_on_non_working_day"),
        (on("2026-06-06"), "session_on_non_working_day"),
    ],
)
def test_an_impossible_or_unusual_session_is_refused(session: SessionDraft, code: str) -> None:
    """Past, uncountable, a bank holiday or a Saturday: refused, each with its own code."""
    Table().refuse(opening(session=session), code)


def test_an_unusual_day_may_be_confirmed() -> None:
    """A session on a bank holiday is allowed to who says that it is meant."""
    Table().do(opening(session=on("2026-08-31", confirmed=True)))


def test_a_due_day_in_the_past_names_the_request() -> None:
    """The refusal points at the field that has to change."""
    drafts = (s.draft(), s.draft(due=OnDate(on=day("2026-05-29"))))
    assert Table().refuse(opening(*drafts), "due_in_past").field == "requests.2.due"


def test_a_session_too_soon_for_its_returns_is_refused() -> None:
    """Five working days before a session this week is past."""
    assert "or a later session" in Table().refuse(opening(session=on("2026-06-03")), "due_in_past").message


def test_a_pause_gives_the_time_back() -> None:
    """Ten working days paused are ten working days more, and nothing is owed meanwhile."""
    table = opened()
    was = table.request().due
    table.do(acts.pause())
    table.now = table.after(10)
    happened = table.do(acts.resume())
    falls = table.request().due
    assert was is not None
    assert falls is not None
    assert table.calendar.between(was.on, falls.on) == 10
    assert isinstance(happened[0], CycleResumed)
    assert [(one.was, one.due) for one in happened[0].moved] == [(was, falls)]


def test_what_is_asked_or_sent_back_in_a_pause_waits_too() -> None:
    """Requests made and reopened while the cycle is paused get their whole budget after it."""
    table = opened()
    table.do(s.submit(acts.REF), acts.pause())
    table.now = table.after(5)
    table.do(s.send_back(acts.REF, days=5), s.add_request(acts.REF, due=WorkingDays(days=5)))
    table.now = table.after(20)
    table.do(acts.resume())
    for number in (1, 2):
        falls = table.request(number).due
        assert falls is not None
        assert table.calendar.between(table.now.date(), falls.on) == 5


def test_a_return_late_after_a_pause_that_it_spent_under_review_is_marked_late() -> None:
    """A pause while the return lay with the office does not make later lateness invisible."""
    table = opened()
    table.do(s.submit(acts.REF), acts.pause())
    table.now = table.after(3)
    table.do(acts.resume(), s.send_back(acts.REF, days=2))
    table.now = table.after(4)
    table.do(s.submit(acts.REF))
    assert [one.late for one in table.request().returns] == [False, True]


def test_resuming_beyond_the_horizon_is_refused() -> None:
    """Time that cannot be counted cannot be given back."""
    table = opened(s.draft(due=OnDate(on=day("2028-12-28"))))
    table.do(acts.pause())
    table.now += timedelta(days=20)
    table.refuse(acts.resume(), "beyond_horizon")


def test_a_cycle_is_paused_and_resumed_once() -> None:
    """A second pause and a resumption of what runs are refused."""
    table = opened(s.draft(due=AtSession()))
    table.refuse(acts.resume(), "not_paused")
    table.do(acts.pause())
    table.refuse(acts.pause(), "already_paused")


def test_nothing_follows_a_cancellation() -> None:
    """A cancelled cycle refuses every command; a closed one all but what is done after closing."""
    table, closed = opened(), signed()
    table.do(acts.cancel())
    closed.do(s.publish(acts.REF))
    for over in (table, closed):
        for kind, command in acts.one_of_each(over.now).items():
            if over is table or kind not in AFTER_CLOSE:
                over.refuse(command, "reference_taken" if kind == "OpenCycle" else "cycle_over")


def test_what_is_published_is_not_cancelled() -> None:
    """Published findings are corrected, never made undone."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 20)), acts.confirm(), s.publish(acts.REF))
    table.refuse(acts.cancel(), "already_published")


def test_a_held_cycle_can_still_be_cancelled() -> None:
    """Any stage before publication."""
    held().do(acts.cancel(actor=s.COMMISSIONER))
