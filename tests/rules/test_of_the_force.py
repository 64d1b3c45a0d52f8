"""Who may be asked, delegated to, named to certify, or said to have signed off."""

from typing import Any

import pytest

from reference.catalogue import demonstration_people
from rules.acting.of_the_force import check_force
from rules.doorway import check_command
from schemas.commands import AnyCommand
from schemas.outcomes import Refused
from tests import scenario as s
from tests.rules import acts
from tests.rules import request_acts as r
from tests.rules.table import MONDAY, opened, opening, refused

CYCLE = opened(
    s.draft(), s.draft().model_copy(update={"certify": True, "certifier": s.OTHER_LEAD.person})
).cycle
NAMED: dict[str, Any] = {"certifier": "policy-officer"}


def check(command: AnyCommand) -> Refused | None:
    """What is said of a command's people."""
    return check_force(command, demonstration_people(), CYCLE, MONDAY.date())


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (r.delegate("policy-officer"), "to"),
        (r.reassign("policy-officer"), "to"),
        (r.ask_several("policy-officer"), "others"),
        (r.ask_several(lead="policy-officer"), "request.lead"),
        (r.amend(**NAMED), "draft.certifier"),
        (opening(s.draft(), s.draft().model_copy(update=NAMED)), "requests.2.certifier"),
        (s.add_request(acts.REF).model_copy(update={"request": s.draft().model_copy(update=NAMED)}),
         "request.certifier"),
    ],
)  # fmt: skip
def test_somebody_of_the_office_does_not_answer_for_the_force(command: AnyCommand, field: str) -> None:
    """Nor certify for it."""
    assert refused(check(command), "not_of_the_force").field == field


def test_the_chief_constable_or_the_certifier_signs_off() -> None:
    """Nobody else, and only where nothing was given."""
    nothing = {"answer": "nothing_held", "items": (), "reason": s.say("No records")}
    for person, request, code in (
        ("chief-constable", 1, None),
        (s.OTHER_LEAD.person, 1, "may_not_sign_off"),
        (s.OTHER_LEAD.person, 2, None),
        ("force-coordination", 2, "may_not_sign_off"),
    ):
        found = check(s.submit(acts.REF, request, signed_off_by=person, **nothing))
        assert (found and found.code) == code
    assert check(s.submit(acts.REF)) is None


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (r.delegate("nobody-here"), "to"),
        (r.reassign("nobody-here"), "to"),
        (r.ask_several("nobody-here"), "others"),
        (r.amend(certifier="nobody-here"), "draft.certifier"),
    ],
)
def test_whoever_is_named_has_to_be_known(command: AnyCommand, field: str) -> None:
    """And have an address."""
    found = check_command(command, demonstration_people(), None, demonstration=False)
    assert refused(found, "unknown_person").field == field


CHIEF: dict[str, Any] = {"lead": "chief-constable", "certify": True}


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (opening(s.draft(), s.draft().model_copy(update=CHIEF)), "requests.2.lead"),
        (s.add_request(acts.REF).model_copy(update={"request": s.draft().model_copy(update=CHIEF)}),
         "request.lead"),
        (r.ask_several("chief-constable").model_copy(
            update={"request": s.draft().model_copy(update={"certify": True})}), "others"),
        (r.amend(certify=True, certifier=s.LEAD.person), "draft.certifier"),
        (r.reassign(s.OTHER_LEAD.person, request=2), "to"),
    ],
)  # fmt: skip
def test_nobody_is_asked_for_an_answer_that_they_would_have_to_certify(
    command: AnyCommand, field: str
) -> None:
    """Neither the Chief Constable nor whoever is named to certify it; the refusal says what to do."""
    said = refused(check(command), "certifies_own_answer")
    assert said.field == field
    assert "Put it to somebody else who answers" in said.message


def test_the_chief_constable_may_be_asked_where_another_certifies_or_nobody_does() -> None:
    """Two people, or no certificate: both are in order. So is a lead under the Chief Constable."""
    for facts in ({**CHIEF, "certifier": s.LEAD.person}, {"lead": "chief-constable"}, {"certify": True}):
        assert check(opening(s.draft().model_copy(update=facts))) is None
