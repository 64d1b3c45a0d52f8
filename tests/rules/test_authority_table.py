"""Every command, by every role, at every stage: refused for role or stage exactly as the tables say."""

from datetime import timedelta

import pytest

from rules.acting.authority import ACTS, MAY
from rules.acting.limits import ONE_FORUM, OTHER_SIDE, SECOND_PERSON, STAGES, refused_at
from rules.decide import DECISIONS
from schemas.cycle import Stage
from schemas.outcomes import Refused
from schemas.people import Actor, Role
from scripts.authority_document import DOCUMENT, document
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules.staged import AT, at
from tests.rules.table import MONDAY, Table, held, opened, signed

COMMANDS = {kind: one for kind, one in acts.one_of_each(MONDAY).items() if kind != "OpenCycle"}
CODES = {"not_your_role", "cycle_over"}


def test_every_command_is_in_every_table() -> None:
    """Nothing can be asked that has no roles, no words, no rule or no sample here."""
    assert set(MAY) == set(ACTS) == {*DECISIONS, "OpenCycle"} == {*COMMANDS, "OpenCycle"}
    assert set(AT) == set(STAGES)
    assert OTHER_SIDE | set(SECOND_PERSON) | set(ONE_FORUM) <= set(MAY)


@pytest.mark.parametrize("stage", STAGES)
def test_every_command_by_every_role_at_a_stage(stage: Stage) -> None:
    """Never an error; refused for role or stage exactly where the tables say so."""
    table = at(stage)
    wrong = []
    for kind, command in COMMANDS.items():
        for role in Role:
            decision = table.decide(command.model_copy(update={"actor": Actor(person="x", role=role)}))
            code = decision.code if isinstance(decision, Refused) else None
            expected = refused_at(kind, stage) if role in MAY[kind] else "not_your_role"
            agrees = code == expected if expected else code not in CODES
            if not agrees:
                wrong.append((kind, role, code, expected))
    assert wrong == []


def test_opening_is_refused_to_every_other_role_and_where_the_reference_is_taken() -> None:
    """Whatever the stage of the cycle that has it."""
    for role in Role:
        command = s.open_cycle(acts.REF, MONDAY, actor=Actor(person="x", role=role))
        code = "reference_taken" if role in MAY["OpenCycle"] else "not_your_role"
        at("gathering").refuse(command, code)


def claimed() -> Table:
    """An action that its owner says is done, and a later day that was asked for another."""
    table = opened()
    on = s.date_after(table.now, 20)
    table.do(acts.propose(on), acts.confirm(), acts.claim(table.now.date()))
    table.do(acts.propose(on, "2026/016"), acts.confirm("2026/016"))
    table.do(outcome_acts.ask_date(on + timedelta(days=9), "2026/016"))
    return table


def test_who_did_the_first_half_does_not_do_the_second() -> None:
    """The person counts, whatever their other role."""
    lead = s.LEAD.person
    officer = Actor(person=lead, role=Role.POLICY_OFFICER)
    table = claimed()
    table.refuse(acts.verify(actor=officer), "needs_second_person")
    table.refuse(outcome_acts.decide_date("2026/016", officer), "needs_second_person")
    returned = opened()
    returned.do(s.submit(acts.REF))
    mine = s.accept(acts.REF).model_copy(update={"actor": officer})
    returned.refuse(mine, "needs_second_person")
    asked = opened()
    asked.do(acts.ask_time(s.date_after(asked.now, 27)))
    asked.refuse(acts.decide_time().model_copy(update={"actor": officer}), "needs_second_person")


def test_whoever_wrote_or_signed_does_not_sign_or_publish() -> None:
    """Author, signer and publisher are three people."""
    table = held()
    table.do(s.findings(acts.REF))
    author = Actor(person=s.OFFICER.person, role=Role.CHIEF_EXECUTIVE)
    table.refuse(s.approve(acts.REF, author), "needs_second_person")
    for person in (s.OFFICER.person, s.CHIEF_EXECUTIVE.person, s.COMMISSIONER.person):
        publisher = Actor(person=person, role=Role.PUBLICATION_OFFICER)
        signed().refuse(s.publish(acts.REF, actor=publisher), "needs_second_person")


def test_the_document_says_what_the_tables_say() -> None:
    """Make it anew with: python -m scripts.authority_document."""
    assert DOCUMENT.read_text(encoding="utf8") == document()
