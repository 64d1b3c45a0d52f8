"""Who is told what when an action is disputed, moved, slips, is reopened or changes hands."""

from rules.telling.notices import about_actions, known_before, notices
from schemas.commands import AnyCommand
from schemas.notices import Notice
from schemas.people import Role
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules.table import Table, opened


def told(table: Table, *commands: AnyCommand) -> Notice:
    """The notice of the last of these commands."""
    table.do(*commands)
    found = notices(table.entries[-1], table.cycle)
    assert len(found) == 1
    return found[0]


def proposed(actor: str = "opcc") -> Table:
    """A cycle with one proposal of a side."""
    table = opened()
    by = s.OFFICER if actor == "opcc" else s.COORDINATION
    table.do(acts.propose(s.date_after(table.now, 20), actor=by))
    return table


def test_a_dispute_goes_back_to_the_side_that_proposed() -> None:
    """To the person and to whoever speaks for the side."""
    one = told(proposed(), outcome_acts.dispute())
    assert (one.to, one.roles) == ((s.OFFICER.person,), (Role.POLICY_OFFICER,))
    other = told(proposed("force"), outcome_acts.dispute(actor=s.OFFICER))
    assert other.roles == (Role.FORCE_COORDINATION,)


def test_what_is_taken_back_is_told_to_the_other_side() -> None:
    """And to the owner who need not do it."""
    one = told(proposed(), outcome_acts.take_back())
    assert (one.to, one.roles) == ((s.LEAD.person,), (Role.FORCE_COORDINATION,))
    assert told(proposed("force"), outcome_acts.take_back(actor=s.COORDINATION)).roles == (
        Role.POLICY_OFFICER,
    )


def test_a_wish_goes_to_the_officer_and_the_answer_to_the_owner() -> None:
    """Granted or refused."""
    table = proposed()
    to = s.date_after(table.now, 30)
    asked = told(table, acts.confirm(), outcome_acts.ask_date(to))
    assert (asked.template, asked.to, asked.due_on) == ("action_date_asked", (s.OFFICER.person,), to)
    kept = told(table, outcome_acts.decide_date(granted=False))
    assert (kept.template, kept.to) == ("action_date_kept", (s.LEAD.person,))
    moved = told(table, outcome_acts.ask_date(to), outcome_acts.decide_date())
    assert (moved.template, moved.due_on) == ("action_date_moved", to)


def test_a_slip_goes_to_the_chief_officer_of_the_owners_side() -> None:
    """The Chief Constable for the force, the chief executive for the office."""
    for owner, role in ((s.LEAD, Role.CHIEF_CONSTABLE), (s.OFFICER, Role.CHIEF_EXECUTIVE)):
        table = opened()
        table.do(acts.propose(s.date_after(table.now, 20), owner=owner.person), acts.confirm())
        first, second = s.date_after(table.now, 30), s.date_after(table.now, 40)
        table.do(outcome_acts.ask_date(first, actor=owner))
        table.do(outcome_acts.decide_date(actor=s.SECOND_OFFICER))
        assert told(table, outcome_acts.ask_date(second, actor=owner)).roles == (role,)


def test_owners_are_told_what_is_theirs_again_and_what_is_theirs_no_longer() -> None:
    """Reopened, or given to somebody else."""
    table = proposed()
    table.do(acts.confirm())
    passed = told(table, outcome_acts.pass_on())
    assert passed.to == (s.OTHER_LEAD.person, s.LEAD.person)
    claimed = acts.claim(table.now.date(), actor=s.OTHER_LEAD)
    reopened = told(table, claimed, outcome_acts.reopen(s.date_after(table.now, 30)))
    assert (reopened.template, reopened.to) == ("action_reopened", (s.OTHER_LEAD.person,))


def test_an_action_is_told_of_when_it_is_claimed_checked_and_overdue() -> None:
    """To the officer that it is done, to its owner that the proof holds, to both that it is overdue."""
    table = proposed()
    table.do(acts.confirm())
    table.run_to(table.after(25))
    [late] = [one for one in table.entries if one.event.kind == "DutyMissed" and one.event.duty == "action"]
    [overdue] = notices(late, table.cycle)
    assert (overdue.template, overdue.to) == ("action_overdue", (s.LEAD.person, s.OFFICER.person))
    claimed = told(table, acts.claim(table.now.date()))
    assert (claimed.template, claimed.to, claimed.roles) == ("action_claimed", (s.OFFICER.person,), ())
    holds = told(table, acts.verify())
    assert (holds.template, holds.to) == ("action_verified", (s.LEAD.person,))


def test_officers_who_claim_an_action_of_their_own_have_colleagues_told() -> None:
    """Nobody checks their own proof."""
    table = opened()
    table.do(acts.propose(s.date_after(table.now, 20), owner=s.OFFICER.person), acts.confirm())
    claimed = told(table, acts.claim(table.now.date(), actor=s.OFFICER))
    assert (claimed.to, claimed.roles) == ((), (Role.POLICY_OFFICER,))


def test_runs_that_passed_such_an_event_without_a_letter_go_on_without_it() -> None:
    """Letters about actions that came later are known by their template, and by no other."""
    table = proposed()
    table.do(acts.confirm())
    claimed = told(table, acts.claim(table.now.date()))
    assert about_actions(claimed)
    assert not known_before(claimed)
    reopened = told(table, outcome_acts.reopen(s.date_after(table.now, 30)))
    assert not about_actions(reopened)
