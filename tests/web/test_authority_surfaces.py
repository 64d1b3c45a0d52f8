"""Every command by every role, as a form and as a program sends it: the doors refuse what the rules do."""

import pytest

from rules.acting.authority import MAY
from schemas.people import Role
from tests.rules import acts
from tests.web.conftest import REF
from tests.web.house import NOW, House, hidden_of

COMMANDS = acts.one_of_each(NOW)
ROLES = [role for role in Role if role != Role.ENGINE]


@pytest.mark.parametrize("role", ROLES)
async def test_a_program_is_refused_exactly_where_the_table_says_so(role: Role, full: House) -> None:
    """The interface answers 403 where a role commands nothing, and else with the refusal's own code."""
    await full.browser.sign_in(role.value)
    wrong = []
    for kind, command in COMMANDS.items():
        body = command.model_dump(mode="json", exclude={"actor"}) | {"cycle": REF}
        if kind == "OpenCycle":
            body["cycle"] = "HTA-2026-99"
        answer = await full.browser.post("/api/v1/commands", json=body)
        refused = answer.status_code == 403 or answer.json().get("code") == "not_your_role"
        assert answer.status_code < 500, (kind, answer.text)
        if refused != (role not in MAY[kind]):
            wrong.append((kind, answer.status_code, answer.text[:80]))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
async def test_a_form_is_taken_exactly_where_the_table_says_so(role: Role, full: House) -> None:
    """Sent without ever having been shown: 403 for the wrong role, and nothing reaches the desk."""
    token = await _signed_in(full, role)
    for kind in COMMANDS:
        full.desk.sent.clear()
        path = "/cycles/new/at-once" if kind == "OpenCycle" else f"/cycles/{REF}/act/{kind}"
        answer = await full.browser.post(path, data={"csrf": token, "key": f"form-key-{kind}"})
        assert answer.status_code < 500, (kind, answer.text)
        assert (answer.status_code == 403) == (role not in MAY[kind]), (kind, answer.status_code)
        assert role in MAY[kind] or not full.desk.sent


async def _signed_in(house: House, role: Role) -> str:
    """Somebody's session, with the token that every form of theirs carries."""
    await house.browser.sign_in(role.value)
    return hidden_of((await house.browser.get("/sign-out")).text, "/sign-out")["csrf"]
