"""A later day for an action: once, asked for by the owner, decided by the office."""

from datetime import timedelta

from rules.stages import stage
from schemas.events import ActionSlipped
from schemas.people import Actor, Role
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules.table import Table, opened, signed


def agreed(owner: Actor = s.LEAD) -> Table:
    """A cycle with one agreed action, due in twenty working days."""
    table = opened()
    table.do(acts.propose(s.date_after(table.now, 20), owner=owner.person), acts.confirm())
    return table


def test_a_day_is_moved_once_and_what_comes_after_is_a_slip() -> None:
    """The first later day is granted; the second changes nothing but the record."""
    table = agreed()
    was = table.cycle.actions[0].due
    to = s.date_after(table.now, 30)
    table.do(outcome_acts.ask_date(to))
    asked = table.cycle.actions[0].date_asked
    assert asked is not None
    assert (asked.to, asked.by) == (to, s.LEAD)
    assert table.cycle.actions[0].due == was
    table.refuse(outcome_acts.ask_date(s.date_after(table.now, 31)), "already_asked")
    moved = table.do(outcome_acts.decide_date())[0]
    assert moved.kind == "ActionDateMoved"
    action = table.cycle.actions[0]
    assert (action.due.on, action.moves, action.date_asked) == (to, 1, None)
    assert action.clock.budget.kind == "on_date"
    slipped = table.do(outcome_acts.ask_date(s.date_after(table.now, 40)))[0]
    assert isinstance(slipped, ActionSlipped)
    action = table.cycle.actions[0]
    assert (action.due.on, len(action.slips), action.date_asked) == (to, 1, None)


def test_a_refused_day_stays_and_may_be_asked_for_again() -> None:
    """What was refused was not moved."""
    table = agreed()
    to = s.date_after(table.now, 30)
    table.do(outcome_acts.ask_date(to), outcome_acts.decide_date(granted=False))
    action = table.cycle.actions[0]
    assert (action.moves, action.date_asked, action.slips) == (0, None, ())
    table.do(outcome_acts.ask_date(to))


def test_only_the_owner_their_deputy_or_coordination_asks() -> None:
    """Another lead asks nothing for somebody else's action."""
    later = s.date_after(opened().now, 30)
    agreed().refuse(outcome_acts.ask_date(later, actor=s.OTHER_LEAD), "not_your_action")
    deputy = s.OTHER_LEAD.model_copy(update={"deputising_for": s.LEAD.person})
    agreed().do(outcome_acts.ask_date(later, actor=deputy))
    agreed().do(outcome_acts.ask_date(later, actor=s.COORDINATION))


def test_the_day_has_to_be_later_and_within_the_calendar() -> None:
    """Not the same day, not an earlier one, not one that the calendar does not know."""
    table = agreed()
    table.refuse(outcome_acts.ask_date(table.cycle.actions[0].due.on), "not_later")
    far = table.now.date() + timedelta(days=365 * 40)
    assert table.refuse(outcome_acts.ask_date(far), "beyond_horizon").field == "to"
    table.wait(days=60)
    table.refuse(outcome_acts.ask_date(table.cycle.actions[0].due.on + timedelta(days=1)), "due_in_past")


def test_nobody_decides_on_what_was_not_asked_nor_on_their_own_wish() -> None:
    """Two people, and a question first."""
    table = agreed(s.OFFICER)
    table.refuse(outcome_acts.decide_date(), "not_asked_yet")
    table.do(outcome_acts.ask_date(s.date_after(table.now, 30), actor=s.OFFICER))
    table.refuse(outcome_acts.decide_date(), "needs_second_person")
    table.do(outcome_acts.decide_date(actor=s.SECOND_OFFICER))


def test_a_day_that_has_passed_meanwhile_is_not_granted() -> None:
    """The office refuses it or waits for another."""
    table = agreed()
    table.do(outcome_acts.ask_date(s.date_after(table.now, 30)))
    table.wait(days=90)
    table.refuse(outcome_acts.decide_date(), "due_in_past")
    table.do(outcome_acts.decide_date(granted=False))


def test_a_missed_day_that_is_moved_is_owed_anew() -> None:
    """The miss stays in the ledger, and the new day is watched."""
    table = agreed()
    table.run_to(table.after(21, "18:00"))
    assert table.cycle.actions[0].missed
    table.do(outcome_acts.ask_date(s.date_after(table.now, 10)), outcome_acts.decide_date())
    assert not table.cycle.actions[0].missed


def test_progress_is_the_owners_own_word() -> None:
    """It stands beside what is verified and changes nothing else."""
    table = agreed()
    table.do(outcome_acts.progress(), outcome_acts.progress(assessment="at_risk"))
    action = table.cycle.actions[0]
    assert [one.assessment for one in action.progress] == ["on_track", "at_risk"]
    assert action.state == "confirmed"
    table.refuse(outcome_acts.progress(actor=s.OTHER_LEAD), "not_your_action")


def test_an_action_is_passed_on_and_the_new_owner_answers_for_it() -> None:
    """The owner before does not any longer."""
    table = agreed()
    table.refuse(outcome_acts.pass_on(s.LEAD.person), "same_owner")
    table.do(outcome_acts.pass_on())
    assert table.cycle.actions[0].owner == s.OTHER_LEAD.person
    table.refuse(acts.claim(table.now.date()), "not_your_action")
    table.do(acts.claim(table.now.date(), actor=s.OTHER_LEAD))
    table.refuse(outcome_acts.pass_on(s.LEAD.person), "action_state")


def test_what_was_claimed_is_reopened_to_a_new_day_and_needs_new_proof() -> None:
    """The proof did not hold."""
    table = agreed()
    table.refuse(outcome_acts.reopen(s.date_after(table.now, 30)), "action_state")
    table.do(acts.claim(table.now.date()))
    table.refuse(outcome_acts.reopen(table.now.date() - timedelta(days=1)), "due_in_past")
    on = s.date_after(table.now, 30)
    table.do(outcome_acts.reopen(on))
    action = table.cycle.actions[0]
    assert (action.state, action.due.on, action.reopened, action.proof) == ("confirmed", on, 1, ())
    table.refuse(acts.verify(), "action_state")


def test_a_closed_cycle_goes_on_when_an_action_is_reopened() -> None:
    """And closes again when that action is verified."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 20)), acts.confirm(), s.publish(acts.REF))
    table.do(acts.claim(table.now.date()), acts.verify())
    assert stage(table.cycle) == "closed"
    table.refuse(outcome_acts.progress(), "cycle_over")
    table.do(outcome_acts.reopen(s.date_after(table.now, 20)))
    assert stage(table.cycle) == "following_up"
    assert table.cycle.closed_at is None
    table.do(acts.claim(table.now.date()), acts.verify())
    assert stage(table.cycle) == "closed"


def test_whoever_claims_as_a_deputy_does_not_verify() -> None:
    """The person counts, and not for whom they stood in."""
    table = agreed()
    deputy = Actor(person="somebody", role=Role.THEMATIC_LEAD, deputising_for=s.LEAD.person)
    table.do(acts.claim(table.now.date(), actor=deputy))
    table.refuse(acts.verify(actor=Actor(person="somebody", role=Role.POLICY_OFFICER)), "needs_second_person")
