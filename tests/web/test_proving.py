"""Signing in again before the directory is changed, at a sign-in service of tests over HTTP."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.web.house import House, a_house, hidden_of
from tests.web.sign_in_service import (
    GROUP,
    OFFICER,
    ROLES,
    come_back,
    oidc_provider_mock,
    there_and,
)  # fmt: skip
from web.app import Doorway
from web.door.granting import granting_in
from web.door.proving import AHEAD, LATELY, lately, signed_in_there
from web.door.sso import Provider

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
LEAD = "/settings/people/acc-local-policing"
AGAIN = "/sign-in/start?again=true"
WHY = "Their post was filled on Monday."
TYPED = {"title": "Head of local policing", "role": "thematic_lead", "organisation": "west-mercia-police",
         "address": "head@force.example", "way": "correct", "reason": WHY}  # fmt: skip


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A sign-in service on this machine."""
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
async def house(tmp_path: Path, issuer: str) -> AsyncIterator[House]:
    """An office whose people sign in with their organisation."""
    provider = Provider(
        issuer=issuer, client_id="answerable", client_secret="invented",
        roles=granting_in(ROLES, "roles.yaml"),
    )  # fmt: skip
    made = a_house(tmp_path, standalone=False, doorway=Doorway(provider=provider))
    async with made.browser:
        yield made


def at(when: datetime) -> dict[str, Any]:
    """What the service says of somebody who showed it then who they are."""
    return {**OFFICER, "groups": [GROUP], "auth_time": int(when.timestamp())}


async def test_whoever_signed_in_long_ago_does_so_again_before_the_directory_is_changed(
    house: House, issuer: str
) -> None:
    """The page has no form until then; afterwards it leads back to the entry, and the change is kept."""
    begun = house.memory.now
    await come_back(house, issuer, "p-1", at(begun - timedelta(hours=2)))
    page = (await house.browser.get(LEAD)).text
    assert (f"{AGAIN}&amp;next={LEAD}" in page, 'name="reason"' in page) == (True, False)
    back = await there_and(house, issuer, "p-1", at(begun), start=f"{AGAIN}&next={LEAD}")
    assert (await house.browser.get(back)).headers["location"] == LEAD
    assert (await house.browser.fill(LEAD, **TYPED)).headers["location"] == LEAD
    (change,) = house.memory.directory.changes
    assert (change.by, change.reason) == ("policy-officer", WHY)


async def test_the_service_is_asked_to_have_them_sign_in_although_they_are_signed_in_there(
    house: House,
) -> None:
    """Only then: whoever comes in for the first time is not asked twice."""
    asked = [
        parse_qs(urlsplit((await house.browser.get(path)).headers["location"]).query)
        for path in (AGAIN, "/sign-in/start")
    ]
    assert [(one.get("prompt"), one.get("max_age")) for one in asked] == [(["login"], ["0"]), (None, None)]


@pytest.mark.parametrize("hours", [None, 2, -1])
async def test_a_service_that_did_not_ask_again_changes_nothing(
    house: House, issuer: str, hours: int | None
) -> None:
    """It says no time, an old one or one to come: the page says whom to tell; the session stays as it is."""
    now = house.memory.now
    await come_back(house, issuer, "p-2", at(now - timedelta(hours=2)))
    claims = at(now - timedelta(hours=hours or 0))
    if hours is None:
        del claims["auth_time"]
    back = await there_and(house, issuer, "p-2", claims, start=f"{AGAIN}&next={LEAD}")
    answer = await house.browser.get(back)
    assert (answer.status_code, "the claim auth_time" in answer.text) == (403, True)
    page = await house.browser.get(LEAD)
    assert (page.status_code, 'name="reason"' in page.text) == (200, False)


async def test_a_form_that_was_open_too_long_keeps_what_was_typed(house: House, issuer: str) -> None:
    """Nothing is changed; it says to sign in again beside it, and is then sent as it stands."""
    await come_back(house, issuer, "p-3", at(house.memory.now))
    form = hidden_of((await house.browser.get(LEAD)).text, LEAD)
    house.memory.now += LATELY + timedelta(seconds=1)
    answer = await house.browser.post(LEAD, data={**form, **TYPED})
    assert (answer.status_code, house.memory.directory.changes) == (401, [])
    assert WHY in answer.text
    assert f'href="{AGAIN}&amp;next={LEAD}"' in answer.text
    await come_back(house, issuer, "p-3", at(house.memory.now))
    again = hidden_of((await house.browser.get(LEAD)).text, LEAD)
    assert (await house.browser.post(LEAD, data={**again, **TYPED})).headers["location"] == LEAD


async def test_nobody_is_entered_either(house: House, issuer: str) -> None:
    """Whoever is new in the directory may come in: the same holds."""
    await come_back(house, issuer, "p-4", at(house.memory.now - LATELY - timedelta(seconds=1)))
    page = await house.browser.get("/settings/people/new")
    assert "Sign in again" in page.text
    token = hidden_of((await house.browser.get("/you")).text, "/sign-out")["csrf"]
    sent = {"csrf": token, "key": "k" * 22, "id": "head-of-custody", **TYPED}
    assert (await house.browser.post("/settings/people/new", data=sent)).status_code == 401
    assert house.memory.directory.changes == []


@pytest.mark.parametrize("said", [None, True, "1700000000", 0, -5, float("nan"), float("inf"), 10**30, []])
def test_a_time_that_is_none_proves_nothing(said: object) -> None:
    """The service may send anything."""
    assert signed_in_there({"auth_time": said}) is None


def test_how_long_it_counts() -> None:
    """Ten minutes to the second, and a clock of theirs that is a little before ours."""
    now = datetime.fromisoformat("2026-11-24T12:00:00+00:00")
    second = timedelta(seconds=1)
    assert [lately(now - one, now) for one in (LATELY, LATELY + second, -AHEAD, -AHEAD - second)] == [
        True, False, True, False,
    ]  # fmt: skip
    assert not lately(None, now)
