"""Who may restrict a cycle, who may open one all the same, and what they have to say."""

from datetime import timedelta

import pytest

from reference.catalogue import demonstration_people
from rules.acting.restricting import LONGEST, MAY_OPEN, MAY_RESTRICT, open_all_the_same, reasoned, restrict
from schemas.outcomes import Refused
from schemas.people import Role
from schemas.viewing import Opening, Restriction
from tests.rules.table import MONDAY, refused

PEOPLE = demonstration_people()
CHIEF = PEOPLE["chief-executive"]
WHY = "It names a person who is under investigation."
REF = "HTA-2026-01"


def test_a_cycle_is_restricted_to_people_of_the_office() -> None:
    """Those who are named, each once, with the reason and who gave it."""
    made = restrict(
        REF, ["commissioner", "chief-executive", "commissioner"], f" {WHY} ", CHIEF, people=PEOPLE, at=MONDAY
    )
    assert isinstance(made, Restriction)
    assert made.named == ("chief-executive", "commissioner")
    assert (made.reason, made.by, made.at) == (WHY, "chief-executive", MONDAY)


@pytest.mark.parametrize("named", [[], ["acc-local-policing"], ["nobody-of-this-name"]])
def test_nobody_else_can_be_named(named: list[str]) -> None:
    """Nobody, somebody of the force, or somebody unknown is no restriction."""
    assert (
        refused(restrict(REF, named, WHY, CHIEF, people=PEOPLE, at=MONDAY), "nobody_named").field == "named"
    )


@pytest.mark.parametrize("role", [role for role in Role if role not in MAY_RESTRICT])
def test_the_others_cannot_restrict(role: Role) -> None:
    """Whoever they are, and whatever they say."""
    who = CHIEF.model_copy(update={"role": role})
    refused(restrict(REF, ["commissioner"], WHY, who, people=PEOPLE, at=MONDAY), "may_not_restrict")


def test_a_statutory_officer_opens_it_for_an_hour() -> None:
    """On record, with the reason, and no longer."""
    made = open_all_the_same(REF, CHIEF, WHY, MONDAY)
    assert isinstance(made, Opening)
    assert made.until - made.at == timedelta(minutes=60)
    assert (made.person, made.reason) == ("chief-executive", WHY)


@pytest.mark.parametrize("role", [role for role in Role if role not in MAY_OPEN])
def test_the_others_cannot_open_it(role: Role) -> None:
    """They are told whom to ask."""
    refused(open_all_the_same(REF, CHIEF.model_copy(update={"role": role}), WHY, MONDAY), "may_not_open")


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "reason_too_short"), ("   ", "reason_too_short"), ("because", "reason_too_short"),
     ("Investigationofsomebody", "reason_too_short"), ("why " * LONGEST, "reason_too_long")],
)  # fmt: skip
def test_a_reason_is_a_sentence(reason: str, code: str) -> None:
    """Less than that, or more than anybody reads, is refused at the field."""
    found = reasoned(reason)
    assert isinstance(found, Refused)
    assert refused(found, code).field == "reason"
    assert reasoned(WHY) is None
