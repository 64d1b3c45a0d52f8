"""docs/access.md holds: every address asked for as every role and as nobody, and what becomes of each."""

import re
from datetime import timedelta

import httpx
import pytest

from rules.acting.authority import MAY
from schemas.people import Role
from scripts.access_document import AGAIN, DOCUMENT, ROLES, WITHIN, Door, document, doors
from tests.web.conftest import REF
from tests.web.house import Browser, House, hidden_of

FILLED = {
    "place": "1", "reference": REF, "number": "1", "version": "1", "year": "2026",
    "way": "later", "what": "body", "to": "west-mercia-board", "digest": "0" * 64, "name": "0" * 64,
}  # fmt: skip
NO_SUCH = "none-of-this-name"
NOT_FOR = "This page is for"
ENDLESS = {"/live"}
"""Answers that go on for as long as somebody listens; their guards are tested with them."""


def asked(door: Door) -> list[tuple[str, str]]:
    """How an address is asked for, with everything filled in."""
    filled = FILLED | {"kind": command_at(door)}
    path = re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: filled.get(found[1], NO_SUCH), door.path)
    return [(method, path) for method in door.methods]


def command_at(door: Door) -> str:
    """The command that stands for all where an address names one: one of a cycle's, or of a meeting's."""
    return "MoveSession" if door.path.startswith("/meetings") else "Pause"


def what_became(answer: httpx.Response) -> str:
    """The word that the table has for an answer."""
    if answer.status_code == 401 and answer.headers["content-type"].startswith("application/json"):
        return "401"
    if answer.status_code == 303 and answer.headers["location"].startswith("/sign-in"):
        return "sign in"
    if answer.status_code == 403 and NOT_FOR in answer.text:
        return "403"
    return "yes" if answer.status_code < 500 else str(answer.status_code)


async def csrf(browser: Browser) -> str:
    """The token of the session's forms."""
    return hidden_of((await browser.get("/sign-out")).text, "/sign-out")["csrf"]


async def check(house: House, role: Role | None) -> list[str]:
    """What is not as the table has it, for one role, at a pace at which nobody is asked to wait."""
    browser, wrong = house.browser, []
    token = await csrf(browser) if role else ""
    for door in doors():
        if door.roles is None or door.path in ENDLESS:
            continue
        if role is None:
            house.memory.now += timedelta(minutes=1)
        for method, path in asked(door):
            # a page of one command asks for the role after the form: it is sent with the session's token
            form = (
                {"csrf": token}
                if method == "POST" and (door.path in WITHIN or "{kind}" in door.path)
                else None
            )
            found, told = what_became(await browser.request(method, path, data=form)), door.cell(role)
            if told == "by command":
                told = "yes" if role in MAY[command_at(door)] else "403"
            if found != told:
                wrong.append(f"{role}: {method} {path} gives {found}, the table says {told}")
    return wrong


def test_the_table_is_current() -> None:
    """A new route, or another guard, is written down with it."""
    assert DOCUMENT.read_text(encoding="utf-8") == document(), f"make it anew: {AGAIN}"


async def test_nobody_comes_in_anywhere_without_signing_in(full: House) -> None:
    """Without a session every guarded address leads to the sign-in, or answers 401."""
    wrong = await check(full, None)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_is_let_in_exactly_where_the_table_says_so(role: Role, full: House) -> None:
    """Every address as this role: let in, or told for whom it is."""
    await full.browser.sign_in(role.value)
    wrong = await check(full, role)
    assert not wrong, "\n".join(wrong)
