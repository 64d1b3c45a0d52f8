"""Who sees which page: a table made from the app's own routes, and every role at every one of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from rules.acting.authority import MAY
from rules.clocks import civil
from schemas.people import Person, Role
from schemas.viewing import Viewer
from store.viewing import looking
from tests import scenario
from tests.web.conftest import REF
from tests.web.house import NOW, House, a_house
from web.app import create_app
from web.door.identity import Require
from web.forms.catalogue import FORMS
from web.routers import ROUTERS

OPEN_TO_ALL = {
    "/office.css", "/office/logo", "/healthz", "/events", "/more",
    "/sign-in", "/sign-in/start", "/sign-in/back", "/sign-in/role", "/signed-out",
}  # fmt: skip
"""Our pages that need nobody; the public pages are another room's."""

ROOMS = ("web.pages", "web.api", "web.programme")
FILLED = {
    "place": "1",
    "reference": REF,
    "number": "1",
    "version": "1",
    "kind": "Pause",
    "year": "2026",
    "what": "body",
    "to": "west-mercia-board",
    "digest": "0" * 64,
    "name": "0" * 64,
    "way": "more-time",
}


def routes() -> Iterator[APIRoute]:
    """Every route of the face, except those of the public and the secretariat."""
    for router in ROUTERS:
        for route in router.routes:
            if isinstance(route, APIRoute) and route.endpoint.__module__.startswith(ROOMS):
                yield route


def guard(route: APIRoute) -> Require | None:
    """The roles for which a route is."""
    found = [one.call for one in route.dependant.dependencies if isinstance(one.call, Require)]
    return found[0] if found else None


GUARDED = [(route, found) for route in routes() if (found := guard(route))]


def test_every_page_says_for_whom_it_is() -> None:
    """A route without a guard is one of the few that are meant to be open."""
    unguarded = {route.path for route in routes() if guard(route) is None}
    assert unguarded == OPEN_TO_ALL | {"/sign-out"} & unguarded


@pytest.mark.parametrize(("route", "guard"), GUARDED, ids=lambda one: getattr(one, "path", ""))
async def test_a_page_is_shown_to_its_roles_and_to_no_other(
    route: APIRoute, guard: Require, tmp_path: Path
) -> None:
    """For each role: refused exactly where the route's guard does not name it."""
    house = a_house(tmp_path)
    await house.desk.send(scenario.open_cycle(REF, NOW), scenario.WORDS)
    path = re.sub(r"\{(\w+)\}", lambda found: FILLED[found[1]], route.path)
    async with house.browser as browser:
        for person in (await house.rooms.reads.people()).values():
            await browser.sign_in(person.id)
            for method in route.methods or ():
                status = (await browser.request(method, path)).status_code
                if person.role not in guard.roles:
                    assert status == 403, (person.role, path)
                elif method == "GET" and person.role in MAY["Pause"] | {Role.POLICY_OFFICER}:
                    assert status < 500, (person.role, path)


@pytest.mark.parametrize(("route", "guard"), GUARDED, ids=lambda one: getattr(one, "path", ""))
async def test_nobody_is_asked_to_sign_in_first(route: APIRoute, guard: Require, house: House) -> None:
    """Without a session a page leads to the sign-in, and the interface for programs answers 401."""
    assert guard.roles
    path = re.sub(r"\{(\w+)\}", lambda found: FILLED[found[1]], route.path)
    for method in route.methods or ():
        answer = await house.browser.request(method, path)
        expected = 401 if path.startswith("/api/") else 303
        assert answer.status_code == expected, path


@pytest.mark.parametrize("kind", sorted(MAY))
async def test_a_commands_form_is_shown_to_the_roles_that_may_give_it(kind: str, busy: House) -> None:
    """Each of the commands has a form, for exactly the roles of the rules' table who see the cycle."""
    assert kind in FORMS
    for person in (await busy.rooms.reads.people()).values():
        await busy.browser.sign_in(person.id)
        status = (await busy.browser.get(f"/cycles/{REF}/act/{kind}")).status_code
        found = 303 if kind == "OpenCycle" else 200 if await _sees(busy, person) else 404
        assert status == (403 if person.role not in MAY[kind] else found), person.id


async def _sees(house: House, person: Person) -> bool:
    """Whether somebody sees anything of the cycle."""
    seer = Viewer(person=person.id, role=person.role, organisation=person.organisation, on=civil(NOW))
    with looking(seer):
        return await house.rooms.reads.cycle(REF) is not None


def test_the_interface_describes_itself(tmp_path: Path) -> None:
    """The description for programs names the commands' address and no page."""
    paths = create_app(a_house(tmp_path).rooms).openapi()["paths"]
    assert "/api/v1/commands" in paths
    assert not any(path.startswith("/cycles") for path in paths)
