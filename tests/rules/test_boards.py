"""What the boards read of a cycle: what needs whom, and what is left open."""

import pytest

from reference.catalogue import demonstration_people
from rules.boards import board_rows, whom_of
from rules.boards.needs import needs_of
from schemas.people import Person, Role
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, opened, signed
from web.needing.words import SAYINGS


def whats(table: Table, whom: str) -> set[str]:
    """What somebody is needed for now."""
    return {one.what for one in needs_of(table.cycle) if one.whom == whom and one.shows_at <= table.now}


def somebody(role: Role) -> Person:
    """A person of a role."""
    return next(one for one in demonstration_people().values() if one.role == role)


def test_a_return_needs_the_officer_until_it_is_accepted() -> None:
    """And nobody else."""
    table = opened(requests=1)
    table.do(s.submit(acts.REF))
    assert whats(table, "policy_officer") == {"return"}
    assert whats(table, "chief_executive") == set()
    table.do(s.accept(acts.REF))
    assert "return" not in whats(table, "policy_officer")


def test_more_time_needs_whoever_may_grant_it() -> None:
    """The officer and the chief executive, each by their role."""
    table = opened(requests=1)
    table.do(acts.ask_time(s.date_after(table.now, 28)))
    assert whats(table, "policy_officer") == whats(table, "chief_executive") == {"extension"}


def test_a_session_needs_its_record_only_once_it_has_begun() -> None:
    """The row is there before and shows from that instant on."""
    table = opened(requests=1)
    (row,) = (one for one in needs_of(table.cycle) if one.what == "attendance")
    assert row.shows_at == table.cycle.sessions[0].starts_at > table.now


def test_a_proposal_needs_the_lead_who_would_own_it() -> None:
    """Other leads are not asked; those who speak for the force are."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 30)))
    assert whats(table, "thematic_lead/acc-local-policing") == {"proposal"}
    assert whats(table, "chief_constable") == {"proposal"}
    assert "proposal" not in whats(table, "policy_officer")


def test_findings_need_first_the_one_signature_and_then_the_other() -> None:
    """And once both are there, publication; never whoever drafted them."""
    table = signed()
    assert whats(table, "publication_officer") == {"publication"}
    (row,) = (one for one in needs_of(table.cycle) if one.what == "publication")
    assert row.but_not == s.OFFICER.person


def test_a_cycle_that_is_over_needs_nobody() -> None:
    """And leaves nothing open for other agendas."""
    table = opened(requests=1)
    table.do(acts.act("Cancel", s.OFFICER, reason=s.say("Overtaken")))
    rows = board_rows(table.cycle)
    assert (rows.needs, rows.left_open, rows.actions, rows.colleagues) == ((), (), (), ())


def test_rows_depend_on_the_cycle_alone() -> None:
    """Made again, they are the same: that is what makes it safe to make them again."""
    table = signed()
    assert board_rows(table.cycle) == board_rows(
        table.cycle.model_validate_json(table.cycle.model_dump_json())
    )


def test_every_need_has_a_key_of_its_own() -> None:
    """Also where one thing needs several people."""
    table = opened(requests=2)
    table.do(acts.ask_time(s.date_after(table.now, 28)), s.submit(acts.REF, 2))
    keys = [one.key for one in needs_of(table.cycle)]
    assert len(keys) == len(set(keys)) > 2


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Role.POLICY_OFFICER, "policy_officer"),
        (Role.COMMISSIONER, "commissioner"),
        (Role.CHIEF_CONSTABLE, "chief_constable"),
    ],
)
def test_somebody_is_meant_by_their_role_and_by_name(role: Role, first: str) -> None:
    """The force also by name alone, as certifiers are."""
    person = somebody(role)
    names = whom_of(person)
    assert names[:2] == (first, f"{first}/{person.id}")
    assert (f"/{person.id}" in names) == (person.side == "force")


def test_an_acting_commissioner_is_needed_where_the_commissioner_is() -> None:
    """Both by one name, so that no need is written twice."""
    person = somebody(Role.COMMISSIONER).model_copy(update={"role": Role.ACTING_COMMISSIONER})
    assert whom_of(person)[0] == "commissioner"


def test_whatever_is_needed_can_be_said() -> None:
    """Every kind of need that these rules make has its words and its button."""
    table = opened(requests=2)
    table.do(acts.ask_time(s.date_after(table.now, 28)), s.submit(acts.REF, 2))
    assert {one.what for one in needs_of(table.cycle)} <= set(SAYINGS)
