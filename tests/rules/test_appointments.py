"""Appointments: in force on the day or not, deputies, and whose action it is."""

from datetime import date

import pytest

from reference.catalogue import demonstration_people, sources
from rules.acting.appointments import check_actor, check_basis, check_owner, leads_of, role_on
from schemas.people import Actor, Appointment, Person, Role
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules.table import MONDAY, opened, refused

TODAY = MONDAY.date()
PEOPLE = demonstration_people()
COMMANDS = acts.one_of_each(MONDAY)


def held(role: Role, from_on: str, to_on: str | None = None, **facts: str) -> Appointment:
    """A role from a day to a day."""
    return Appointment.model_validate({"role": role, "from_on": from_on, "to_on": to_on, **facts})


def person(*appointments: Appointment, role: Role = Role.CHIEF_EXECUTIVE) -> Person:
    """Somebody with these appointments."""
    return Person(id="somebody", title="Somebody", role=role, organisation="x", appointments=appointments)


ACTING = person(
    held(Role.CHIEF_EXECUTIVE, "2020-01-01"),
    held(Role.ACTING_COMMISSIONER, "2026-06-01", "2026-06-30", acting_for="commissioner"),
)


@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_people_without_appointments_keep_their_role(kind: str) -> None:
    """The demonstration's, and somebody whom only the sign-in service knows."""
    assert check_actor(COMMANDS[kind], PEOPLE, TODAY) is None
    assert check_actor(COMMANDS[kind], {}, TODAY) is None


@pytest.mark.parametrize(
    ("on", "allowed"),
    [("2026-05-31", False), ("2026-06-01", True), ("2026-06-30", True), ("2026-07-01", False)],
)
def test_a_role_is_held_from_its_first_day_to_its_last(on: str, allowed: bool) -> None:
    """Both days belong to it; on others the act is refused."""
    actor = Actor(person="somebody", role=Role.ACTING_COMMISSIONER)
    found = check_actor(acts.record_decision(actor=actor), {"somebody": ACTING}, date.fromisoformat(on))
    if allowed:
        assert found is None
    else:
        assert "acting commissioner" in refused(found, "not_appointed").message
    assert (role_on(ACTING, date.fromisoformat(on)) == Role.ACTING_COMMISSIONER) == allowed


def test_a_role_that_was_never_given_is_refused() -> None:
    """Whatever the sign-in service says, where the directory has appointments."""
    actor = Actor(person="somebody", role=Role.POLICY_OFFICER)
    refused(check_actor(acts.pause(actor), {"somebody": ACTING}, TODAY), "not_appointed")


def test_a_deputy_answers_for_the_lead_that_the_directory_names() -> None:
    """And for no other."""
    deputy = s.OTHER_LEAD.model_copy(update={"deputising_for": s.LEAD.person})
    assert check_actor(s.submit(acts.REF, actor=deputy), PEOPLE, TODAY) is None
    opened().do(s.submit(acts.REF, actor=deputy))
    wrong = s.OTHER_LEAD.model_copy(update={"deputising_for": "superintendent-custody"})
    refused(check_actor(s.submit(acts.REF, actor=wrong), PEOPLE, TODAY), "not_a_deputy")
    nobody = s.OTHER_LEAD.model_copy(update={"deputising_for": "nobody"})
    refused(check_actor(s.submit(acts.REF, actor=nobody), PEOPLE, TODAY), "not_a_deputy")


def test_a_deputy_with_days_is_one_on_those_days() -> None:
    """The days of the deputy's own appointment come before the lead's entry."""
    dated = held(Role.THEMATIC_LEAD, "2026-06-01", "2026-06-14", deputises=s.LEAD.person)
    people = {
        **PEOPLE,
        s.OTHER_LEAD.person: PEOPLE[s.OTHER_LEAD.person].model_copy(update={"appointments": (dated,)}),
    }
    one = people[s.OTHER_LEAD.person]
    assert s.LEAD.person in leads_of(one, people, date(2026, 6, 14))
    assert s.LEAD.person not in leads_of(one, people, date(2026, 6, 15))


def test_force_coordination_speaks_for_the_force_alone() -> None:
    """And an action stays on its side."""
    table = opened()
    on = s.date_after(table.now, 20)
    table.do(acts.propose(on), acts.propose(on, "2026/016", owner=s.OFFICER.person))
    cycle = table.cycle
    for command in (acts.claim(TODAY, actor=s.COORDINATION), outcome_acts.ask_date(on, actor=s.COORDINATION)):
        assert check_owner(command, PEOPLE, cycle) is None
        other = command.model_copy(update={"action": "2026/016"})
        refused(check_owner(other, PEOPLE, cycle), "not_your_action")
    assert check_owner(outcome_acts.pass_on(), PEOPLE, cycle) is None
    assert refused(
        check_owner(outcome_acts.pass_on("policy-officer"), PEOPLE, cycle), "other_side_owner"
    ).field


def test_a_decision_rests_on_an_entry_of_the_register() -> None:
    """The sentence names what is near, and where all of them are listed."""
    assert check_basis(acts.record_decision(), sources()) is None
    found = refused(check_basis(acts.record_decision("prsra-2011.s999"), sources()), "unknown_basis")
    assert "prsra-2011.s" in found.message
    assert "starter.py sources" in found.message
