"""Actions on which the two sides do not agree, and actions that are taken back."""

import pytest

from rules.stages import open_actions, stage
from schemas.people import Actor
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules.table import Table, opened, signed


def proposed(actor: Actor = s.OFFICER) -> Table:
    """A cycle with one proposal."""
    table = opened()
    table.do(acts.propose(s.date_after(table.now, 20), actor=actor))
    return table


def test_a_dispute_is_shown_and_ends_when_the_other_side_confirms() -> None:
    """It stays open while it is disputed, and says why and by whom."""
    table = proposed()
    table.do(outcome_acts.dispute())
    action = table.cycle.actions[0]
    assert (action.state, action.disputed_by) == ("disputed", s.COORDINATION)
    assert action.dispute == s.say("Nobody here recalls it")
    assert action.open
    table.do(acts.confirm())
    action = table.cycle.actions[0]
    assert (action.state, action.dispute, action.disputed_by) == ("confirmed", None, None)
    assert action.confirmed_at == table.now


@pytest.mark.parametrize(
    ("first", "other"), [(s.OFFICER, s.SECOND_OFFICER), (s.COORDINATION, s.CHIEF_CONSTABLE)]
)
def test_only_the_other_side_disputes_and_only_the_own_side_takes_back(first: Actor, other: Actor) -> None:
    """A colleague takes back what was proposed; whoever is on the other side disputes it."""
    table = proposed(first)
    refused = table.refuse(outcome_acts.dispute(actor=other), "needs_other_side")
    assert "only the other side can dispute it" in refused.message
    stranger = s.COORDINATION if first.side == "opcc" else s.OFFICER
    table.refuse(outcome_acts.take_back(actor=stranger), "not_your_proposal")
    table.do(outcome_acts.take_back(actor=other))
    assert table.cycle.actions[0].state == "withdrawn"


def test_a_disputed_action_is_neither_done_nor_moved_nor_disputed_again() -> None:
    """Nothing can be done with it until both agree, but to take it back."""
    table = proposed()
    table.do(outcome_acts.dispute())
    later = s.date_after(table.now, 30)
    for command in (
        outcome_acts.dispute(),
        acts.claim(table.now.date()),
        outcome_acts.ask_date(later),
        outcome_acts.progress(),
        outcome_acts.pass_on(),
        outcome_acts.reopen(later),
        acts.verify(),
    ):
        table.refuse(command, "action_state")
    table.do(outcome_acts.take_back())


def test_what_was_taken_back_is_over() -> None:
    """It is neither confirmed, disputed, claimed nor taken back again, and nothing is owed."""
    table = proposed()
    table.do(outcome_acts.take_back())
    for command in (
        outcome_acts.take_back(),
        outcome_acts.dispute(),
        acts.confirm(),
        acts.claim(table.now.date()),
    ):
        table.refuse(command, "action_state")
    assert open_actions(table.cycle) == 0


def test_what_both_agreed_cannot_be_taken_back() -> None:
    """An agreed action ends by being done."""
    table = proposed()
    table.do(acts.confirm())
    table.refuse(outcome_acts.take_back(), "action_state")
    table.refuse(outcome_acts.dispute(), "action_state")


def test_the_last_proposal_taken_back_closes_a_published_cycle() -> None:
    """As the last verified action does; the last but one does not."""
    table = signed()
    on = s.date_after(table.now, 20)
    table.do(acts.propose(on), acts.propose(on, "2026/016"), s.publish(acts.REF))
    assert stage(table.cycle) == "following_up"
    table.do(outcome_acts.take_back())
    assert stage(table.cycle) == "following_up"
    happened = table.do(outcome_acts.take_back("2026/016"))
    assert [one.kind for one in happened] == ["ActionWithdrawn", "CycleClosed"]


def test_an_action_that_is_not_there_is_said_so() -> None:
    """For every command about an action."""
    table = opened()
    later = s.date_after(table.now, 30)
    for command in outcome_acts.every(later):
        if command.kind != "Succeed":
            table.refuse(command, "no_such_action")
