"""A reminder that a person has sent: to whom it goes, once a day, and what it does to the ladder."""

import pytest

from rules.clocks import civil
from rules.duties.ladder import pending_rungs
from schemas.events import ActionReminded, ReminderDelivered, RequestReminded
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules import request_acts as requests
from tests.rules.raising_acts import remind
from tests.rules.table import agreed, opened
from tests.rules.test_notices import told


def test_whoever_owes_a_return_is_reminded_once_and_the_record_says_by_whom() -> None:
    """In the words of the ladder's letters: a reminder before the due hour, overdue after it."""
    table = opened()
    [notice] = told(table, remind(s.CHIEF_EXECUTIVE))
    due = table.request().due
    assert due is not None
    assert table.entries[-1].event == RequestReminded(request=1, due_on=due.on)
    assert (notice.template, notice.to, notice.roles, notice.rung) == (
        "evidence_reminder", (s.LEAD.person,), (), None
    )  # fmt: skip
    assert [one.by.person for one in table.request().chased] == [s.CHIEF_EXECUTIVE.person]
    table.now = due.at
    assert [one.template for one in told(table, remind())] == ["evidence_overdue"]


def test_whoever_stands_in_for_the_lead_is_reminded_too() -> None:
    """As the ladder does it."""
    table = opened()
    table.do(requests.delegate())
    [notice] = told(table, remind())
    assert notice.to == (s.LEAD.person, table.request().delegations[-1].to)


def test_the_owner_of_an_agreed_action_is_reminded() -> None:
    """With its day; the record keeps it with the action."""
    table = agreed()
    [notice] = told(table, remind(action=acts.ACTION))
    action = table.cycle.action(acts.ACTION)
    assert action is not None
    assert table.entries[-1].event == ActionReminded(action=acts.ACTION, due_on=action.due.on)
    assert (notice.template, notice.to, notice.action, notice.due_on) == (
        "action_reminder", (action.owner,), acts.ACTION, action.due.on
    )  # fmt: skip
    assert len(action.chased) == 1


def test_one_a_day_counted_with_those_that_go_by_the_clock() -> None:
    """London's midnight begins the next day; request and action are counted apart."""
    table = agreed()
    table.do(remind(), remind(action=acts.ACTION))
    assert "went out today" in table.refuse(remind(s.CHIEF_EXECUTIVE), "reminded_today").message
    table.refuse(remind(action=acts.ACTION), "reminded_today")
    table.wait(days=1)
    table.do(remind(), remind(action=acts.ACTION))
    rungs = [one for _, one in pending_rungs(table.cycle, table.request(), table.calendar)]
    events = table.run_to(rungs[0])
    assert any(isinstance(one, ReminderDelivered) for one in events)
    table.refuse(remind(), "reminded_today")


def test_the_ladder_keeps_silent_on_the_day_of_a_reminder_by_hand_and_the_day_after() -> None:
    """Unless its rung tells more people: nobody is chased twice running of the same thing."""
    table = opened()
    before = pending_rungs(table.cycle, table.request(), table.calendar)
    rung, at = next((rung, at) for rung, at in before if set(rung.to) <= {"lead"})
    table.now = at.replace(hour=7)
    table.do(remind())
    left = pending_rungs(table.cycle, table.request(), table.calendar)
    assert rung not in [one for one, _ in left]
    wider = [one for one, _ in before if not set(one.to) <= {"lead"}]
    assert [one for one, _ in left if one in wider] == wider
    assert civil(at) == civil(table.now)


@pytest.mark.parametrize("stands", ["returned", "accepted", "withdrawn"])
def test_where_nothing_is_owed_it_says_what_to_do(stands: str) -> None:
    """A return that has come is to be checked, not chased."""
    table = opened()
    done = {
        "returned": (s.submit(acts.REF),),
        "accepted": (s.submit(acts.REF), s.accept(acts.REF)),
        "withdrawn": (acts.withdraw(1),),
    }
    table.do(*done[stands])
    table.refuse(remind(), "request_state")


def test_what_cannot_be_reminded_of() -> None:
    """Both or neither, what is not there, what nobody has agreed, who may not, and while it is paused."""
    table = opened()
    table.refuse(remind(request=1, action=acts.ACTION), "request_or_action")
    table.refuse(remind(request=None), "request_or_action")
    table.refuse(remind(request=9), "no_such_request")
    table.refuse(remind(action="2026/999"), "no_such_action")
    table.refuse(remind(s.LEAD), "not_your_role")
    table.do(acts.propose(s.date_after(table.now, 20)))
    assert "not agreed yet" in table.refuse(remind(action=acts.ACTION), "action_state").message
    table.do(outcome_acts.dispute())
    table.refuse(remind(action=acts.ACTION), "action_state")
    table.do(acts.confirm(), acts.claim(table.moment.today))
    assert "check the proof" in table.refuse(remind(action=acts.ACTION), "action_state").message
    table.do(requests.ask_what())
    assert "clock stands still" in table.refuse(remind(), "request_state").message
    table.do(acts.pause())
    assert "paused" in table.refuse(remind(), "paused").message
