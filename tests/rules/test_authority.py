"""Who may do what."""

import pytest

from rules.acting import authority
from schemas.outcomes import Refused
from schemas.people import Actor, Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import MONDAY, Table, held, opened, signed

COMMANDS = acts.one_of_each(MONDAY)
OPENED = opened(requests=3)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("kind", sorted(COMMANDS))
def test_every_command_is_for_the_roles_that_may(kind: str, role: Role) -> None:
    """A role that may is never refused for its role; a role that may not is refused for nothing else."""
    command = COMMANDS[kind].model_copy(update={"actor": Actor(person="somebody", role=role)})
    decision = OPENED.decide(command)
    not_for_role = isinstance(decision, Refused) and decision.code == "not_your_role"
    assert not_for_role == (role not in authority.MAY[kind])


def test_every_command_has_its_roles_and_its_words() -> None:
    """Nothing can be asked that nobody may do or that has no words."""
    assert set(authority.MAY) == set(authority.ACTS) == set(COMMANDS)
    assert all(authority.MAY.values())


def test_the_engine_and_the_public_can_command_nothing() -> None:
    """Duties are the engine's own; the public reads."""
    assert not any({Role.ENGINE, Role.PUBLIC} & roles for roles in authority.MAY.values())


def test_a_role_refused_is_told_whom_to_ask() -> None:
    """The sentence names the act and those who may do it."""
    found = opened().refuse(s.publish(acts.REF, actor=s.OFFICER), "not_your_role")
    assert found.message == "As policy officer you may not publish findings. Ask the publication officer."
    assert authority.titles(frozenset({Role.COMMISSIONER, Role.CHIEF_EXECUTIVE, Role.POLICY_OFFICER})) == (
        "chief executive, commissioner or policy officer"
    )


@pytest.mark.parametrize("actor", [s.LEAD, s.COORDINATION, s.CHIEF_CONSTABLE])
def test_the_lead_coordination_and_the_chief_constable_answer(actor: Actor) -> None:
    """A request is answered by its lead or for its lead."""
    opened().do(s.submit(acts.REF, actor=actor))


def test_another_lead_answers_nothing_here() -> None:
    """Neither return, nor acknowledgement, nor more time for somebody else's request."""
    table = opened()
    later = s.date_after(table.now, 27)
    for command in (
        s.submit(acts.REF, actor=s.OTHER_LEAD),
        acts.acknowledge(actor=s.OTHER_LEAD),
        acts.ask_time(later, actor=s.OTHER_LEAD),
    ):
        table.refuse(command, "not_your_request")


def test_the_author_of_findings_neither_signs_nor_publishes_them() -> None:
    """Whoever wrote the account needs two others to sign it and a third to publish it."""
    for role in (Role.CHIEF_EXECUTIVE, Role.COMMISSIONER):
        table = held()
        table.do(s.findings(acts.REF))
        author = Actor(person=s.OFFICER.person, role=role)
        table.refuse(s.approve(acts.REF, author), "needs_second_person")
    table = signed()
    author = Actor(person=s.OFFICER.person, role=Role.PUBLICATION_OFFICER)
    table.refuse(s.publish(acts.REF, actor=author), "needs_second_person")


def test_one_person_in_two_roles_signs_once_and_does_not_publish() -> None:
    """Two signatures and a publication are three people, whatever roles one person holds."""
    table = held()
    table.do(s.findings(acts.REF), s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    both = Actor(person=s.CHIEF_EXECUTIVE.person, role=Role.COMMISSIONER)
    table.refuse(s.approve(acts.REF, both), "needs_second_person")
    table.do(s.approve(acts.REF, s.COMMISSIONER))
    publisher = Actor(person=s.COMMISSIONER.person, role=Role.PUBLICATION_OFFICER)
    table.refuse(s.publish(acts.REF, actor=publisher), "needs_second_person")


def test_nobody_accepts_or_sends_back_their_own_return() -> None:
    """The person who submitted it needs another to review it, whatever the role."""
    table = opened()
    table.do(s.submit(acts.REF, actor=Actor(person=s.OFFICER.person, role=Role.FORCE_COORDINATION)))
    table.refuse(s.accept(acts.REF), "needs_second_person")
    table.refuse(s.send_back(acts.REF), "needs_second_person")


def test_nobody_verifies_what_they_claimed() -> None:
    """The owner's word is checked by somebody else."""
    table = Table()
    table.do(s.open_cycle(acts.REF, table.now), acts.propose(s.date_after(table.now, 20)))
    table.do(acts.confirm(), acts.claim(table.now.date()))
    table.refuse(
        acts.verify(actor=Actor(person=s.LEAD.person, role=Role.COMMISSIONER)), "needs_second_person"
    )


@pytest.mark.parametrize(("first", "second"), [(s.OFFICER, s.SECOND_OFFICER), (s.LEAD, s.COORDINATION)])
def test_an_action_needs_both_sides(first: Actor, second: Actor) -> None:
    """A colleague on the same side cannot agree for the other."""
    table = opened()
    table.do(acts.propose(s.date_after(table.now, 20), actor=first))
    table.refuse(acts.confirm(actor=second), "needs_other_side")
