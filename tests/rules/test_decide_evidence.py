"""Evidence: ask, acknowledge, return, send back, accept, more time."""

from datetime import timedelta
from typing import Any

import pytest

from rules.deciding.evidence import MOST_REQUESTS
from schemas.clocks import BeforeSession, Due, OnDate, WorkingDays
from schemas.commands import SubmitReturn
from schemas.events import ExtensionGranted, ReturnSentBack, ReturnSubmitted
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, day, opened


def returned() -> Table:
    """A cycle whose only return is in."""
    table = opened()
    table.do(s.submit(acts.REF))
    return table


def due_of(table: Table, number: int = 1) -> Due:
    """When the request is due; it has a day."""
    found = table.request(number).due
    assert found is not None
    return found


def reply(**facts: Any) -> SubmitReturn:
    """A return with changes."""
    return s.submit(acts.REF, **facts)


def test_one_more_request_gets_the_next_number() -> None:
    """Planned ones count too, so that no number is given twice."""
    table = opened(requests=2, ask="planned")
    table.do(s.add_request(acts.REF))
    assert [one.number for one in table.cycle.requests] == [3]


def test_a_cycle_holds_so_many_requests() -> None:
    """Beyond the limit another cycle is the better tool."""
    table = opened(requests=MOST_REQUESTS)
    table.refuse(s.add_request(acts.REF), "too_many_requests")


def test_a_request_due_in_the_past_or_beyond_the_horizon_is_refused() -> None:
    """A new clock must end in time that can be counted."""
    table = opened()
    table.refuse(s.add_request(acts.REF, due=OnDate(on=day("2026-05-29"))), "due_in_past")
    table.refuse(s.add_request(acts.REF, due=OnDate(on=day("2029-05-29"))), "beyond_horizon")


def test_a_request_that_is_not_there_is_refused_and_one_not_sent_yet_differently() -> None:
    """The sentence says whether to wait or to look again."""
    opened().refuse(acts.acknowledge(7), "no_such_request")
    opened(ask="planned").refuse(acts.acknowledge(1), "not_asked_yet")


def test_acknowledging_twice_is_once() -> None:
    """The second time changes nothing and is no error."""
    table = opened()
    assert len(table.do(acts.acknowledge())) == 1
    assert table.do(acts.acknowledge()) == ()


def test_a_withdrawn_request_takes_nothing_more() -> None:
    """What is no longer asked is neither answered nor withdrawn again."""
    table = opened()
    table.do(acts.withdraw())
    for command in (acts.withdraw(), acts.acknowledge(), reply(), s.accept(acts.REF)):
        table.refuse(command, "request_state")


def test_what_is_accepted_stays_accepted() -> None:
    """Neither withdrawn, nor answered again, nor sent back, nor accepted twice, nor extended."""
    table = returned()
    table.do(s.accept(acts.REF))
    later = s.date_after(table.now, 28)
    for command in (
        acts.withdraw(),
        reply(),
        s.send_back(acts.REF),
        s.accept(acts.REF),
        acts.ask_time(later),
        acts.decide_time(),
    ):
        table.refuse(command, "request_state")


def test_only_a_return_is_reviewed() -> None:
    """There is nothing to accept or send back before the force has answered."""
    table = opened()
    table.refuse(s.accept(acts.REF), "request_state")
    table.refuse(s.send_back(acts.REF), "request_state")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"items": ()}, "nothing_given"),
        ({"answer": "nothing_held", "items": ()}, "needs_reason_and_sign_off"),
        ({"answer": "nothing_held", "reason": s.say("No records")}, "needs_reason_and_sign_off"),
        (
            {"answer": "operational_not_appropriate", "signed_off_by": "chief-constable"},
            "needs_reason_and_sign_off",
        ),
    ],
)
def test_an_incomplete_return_is_refused(facts: dict[str, Any], code: str) -> None:
    """Something must be given, or its absence explained and signed off."""
    assert opened().refuse(reply(**facts), code).field


def test_nothing_held_with_reason_and_sign_off_is_a_return() -> None:
    """An absence that somebody stands for is an answer."""
    happened = opened().do(
        reply(answer="nothing_held", items=(), reason=s.say("No records"), signed_off_by="chief-constable")
    )
    assert happened[0].kind == "ReturnSubmitted"


def test_late_is_accepted_and_marked_and_on_time_is_not() -> None:
    """A return at the due instant is in time; a minute later it is late, and still a return."""
    table = opened(requests=2)
    table.now = due_of(table).at
    in_time = table.do(reply(request=1))
    table.wait(minutes=1)
    late = table.do(reply(request=2))
    assert [one.late for one in (*in_time, *late) if isinstance(one, ReturnSubmitted)] == [False, True]
    assert [one.state for one in table.cycle.requests] == ["returned", "returned"]


def test_every_version_of_a_return_is_kept() -> None:
    """A second version does not replace the first."""
    table = returned()
    table.do(reply(partial=True))
    assert [(one.version, one.partial) for one in table.request().returns] == [(1, False), (2, True)]


def test_sending_back_names_the_gap_and_starts_the_clock_again() -> None:
    """The version carries its gap; the new budget counts from now."""
    table = returned()
    happened = table.do(s.send_back(acts.REF, days=5))
    assert isinstance(happened[0], ReturnSentBack)
    assert table.request().returns[0].gap == happened[0].gap
    assert due_of(table).on == s.date_after(table.now, 5)
    assert table.request().open


@pytest.mark.parametrize(
    ("budget", "code"),
    [
        (OnDate(on=day("2026-05-29")), "due_in_past"),
        (OnDate(on=day("2029-05-29")), "beyond_horizon"),
    ],
)
def test_a_gap_needs_a_day_to_come(budget: OnDate, code: str) -> None:
    """A return is sent back to a day in the future that can be counted."""
    command = s.send_back(acts.REF).model_copy(update={"due": budget})
    assert returned().refuse(command, code).field == "due"


def test_a_return_sent_back_to_a_session_without_a_day_waits_for_it() -> None:
    """Planned backwards from nothing, the gap has no day yet."""
    table = opened(s.draft(due=WorkingDays(days=5)), session=None)
    table.do(reply(), s.send_back(acts.REF).model_copy(update={"due": BeforeSession(days=5)}))
    assert table.request().due is None


def test_more_time_is_asked_for_and_granted() -> None:
    """The new day counts, the old one is kept beside it, and the question is answered."""
    table = opened()
    was = due_of(table)
    later = table.calendar.after(was.on, 3)
    happened = table.do(acts.ask_time(s.date_after(table.now, 28)), acts.decide_time())
    granted = happened[-1]
    assert isinstance(granted, ExtensionGranted)
    assert (granted.was, granted.due.on) == (was, later)
    assert due_of(table).on == later
    assert (table.request().extension, table.request().extensions) == (None, 1)


def test_more_time_refused_leaves_the_day() -> None:
    """The day stays and may be asked about again."""
    table = opened()
    was = due_of(table)
    later = s.date_after(table.now, 28)
    table.do(acts.ask_time(later), acts.decide_time(granted=False), acts.ask_time(later))
    assert due_of(table) == was
    assert table.request().extensions == 0


def test_more_time_is_later_within_the_limit_and_asked_once() -> None:
    """Not earlier, not too far, not twice, not beyond the calendar, and only one question at a time."""
    table = opened()
    was = due_of(table).on
    table.refuse(acts.ask_time(was), "not_later")
    table.refuse(acts.ask_time(was + timedelta(days=40)), "extension_limit")
    table.refuse(acts.ask_time(day("2029-01-15")), "beyond_horizon")
    table.refuse(acts.decide_time(), "request_state")
    table.do(acts.ask_time(was + timedelta(days=1)))
    table.refuse(acts.ask_time(was + timedelta(days=2)), "request_state")
    table.do(acts.decide_time())


def test_more_time_needs_something_owed() -> None:
    """With the return in, or no day yet, there is nothing to extend."""
    later = day("2026-07-20")
    returned().refuse(acts.ask_time(later), "request_state")
    opened(session=None).refuse(acts.ask_time(later), "request_state")


def test_the_return_answers_the_question_about_time() -> None:
    """Once the return is in, an open question about more time is moot."""
    table = opened()
    table.do(acts.ask_time(s.date_after(table.now, 28)), reply())
    assert table.request().extension is None
    table.refuse(acts.decide_time(), "request_state")
