"""Entries of the directory: what cannot be, and what a change says on the record."""

from datetime import date

import pytest

from reference.catalogue import demonstration_people
from rules.acting.directory import changes_of, check_person_change, ended, with_appointment
from schemas.people import Appointment, Person, Role

PEOPLE = demonstration_people()
TODAY = date(2026, 11, 23)
WHY = "Their post was filled on Monday."
OFFICER, LEAD, CHIEF = (PEOPLE[one] for one in ("policy-officer", "acc-local-policing", "chief-executive"))


def refused(after: Person, before: Person | None, by: Person = OFFICER, why: str = WHY) -> str:
    """The code of the refusal; empty where there is none."""
    found = check_person_change(after, before, PEOPLE, by=by, reason=why, today=TODAY)
    assert found is None or found.message.endswith(".")
    return found.code if found else ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "no_title"),
        ({"address": "nobody"}, "wrong_address"),
        ({"role": Role.ENGINE}, "no_role"),
        ({"deputy": LEAD.id}, "wrong_deputy"),
        ({"deputy": OFFICER.id}, "wrong_deputy"),
        ({}, "nothing_changed"),
        ({"title": "Head of local policing"}, ""),
    ],
)
def test_an_entry_is_refused_for_what_it_lacks(changes: dict[str, object], code: str) -> None:
    """A title, an address that is one, a role that people hold, a deputy of the same side."""
    assert refused(LEAD.model_copy(update=changes), LEAD) == code


def test_who_may_not_keep_the_directory_is_told_whom_to_ask() -> None:
    """A lead corrects nothing here, and an officer not their own role."""
    assert refused(LEAD.model_copy(update={"title": "Head"}), LEAD, by=LEAD) == "may_not_keep"
    assert refused(OFFICER.model_copy(update={"role": Role.CHIEF_EXECUTIVE}), OFFICER) == "own_role"
    assert refused(LEAD.model_copy(update={"title": "Head"}), LEAD, why="because") == "reason_too_short"


def test_the_last_chief_executive_goes_once_a_successor_is_there() -> None:
    """Ended without one it is refused, also for a later day; with a successor's appointment it is not."""
    last = ended(CHIEF, date(2027, 1, 31), TODAY)
    assert refused(last, CHIEF) == "last_chief_executive"
    assert refused(CHIEF.model_copy(update={"role": Role.POLICY_OFFICER}), CHIEF) == "last_chief_executive"
    made = Appointment(role=Role.CHIEF_EXECUTIVE, from_on=date(2027, 2, 1))
    successor = with_appointment(PEOPLE["second-policy-officer"], made, TODAY)
    people = {**PEOPLE, successor.id: successor}
    assert check_person_change(last, CHIEF, people, by=OFFICER, reason=WHY, today=TODAY) is None


def test_an_appointment_leaves_the_role_that_was_held() -> None:
    """Acting for some days does not end what somebody is; a role that is ended is held to its last day."""
    made = Appointment(role=Role.CHIEF_EXECUTIVE, from_on=date(2026, 12, 1), to_on=date(2026, 12, 5))
    acting = with_appointment(PEOPLE["second-policy-officer"], made, TODAY)
    assert acting.roles_on(date(2026, 12, 3)) == {Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE}
    assert acting.roles_on(date(2026, 12, 6)) == {Role.POLICY_OFFICER}
    gone = ended(LEAD, date(2026, 11, 30), TODAY)
    assert gone.roles_on(date(2026, 11, 30)) == {LEAD.role}
    assert not gone.roles_on(date(2026, 12, 1))
    assert refused(ended(LEAD, date(2026, 11, 1), TODAY), LEAD) == "ended_in_past"
    backwards = made.model_copy(update={"to_on": date(2026, 11, 30)})
    assert refused(with_appointment(LEAD, backwards, TODAY), LEAD) == "ends_before"


def test_what_a_change_says_has_no_address_in_it() -> None:
    """That it was changed is on record for ever; what it was is in the directory alone."""
    after = LEAD.model_copy(update={"title": "Head", "address": "head@force.example", "deputy": None})
    said = "; ".join(changes_of(LEAD, after))
    assert f"title: {LEAD.title}, now Head" in said
    assert "address changed" in said
    assert "@" not in said
    assert changes_of(None, LEAD) == (f"entered as {LEAD.title}, thematic lead",)
