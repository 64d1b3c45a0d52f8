"""Which pages are open to all, and to whom a form is shown. Each role at each address: test_access_table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from rules.acting.authority import MAY
from rules.clocks import civil
from schemas.people import Person
from schemas.viewing import Viewer
from store.viewing import looking
from tests.web.conftest import REF
from tests.web.house import NOW, House, a_house
from web.app import create_app
from web.door.identity import Require
from web.forms.catalogue import FORMS
from web.routers import ROUTERS

OPEN_TO_ALL = {
    "/office.css", "/office/logo", "/healthz", "/events", "/more",
    "/sign-in", "/sign-in/start", "/sign-in/back", "/sign-in/role", "/signed-out",
    "/signed-out/back-channel",
}  # fmt: skip
"""Our pages that need nobody; the public pages are another room's."""

ROOMS = ("web.pages", "web.api", "web.programme")


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


def test_every_page_says_for_whom_it_is() -> None:
    """A route without a guard is one of the few that are meant to be open."""
    unguarded = {route.path for route in routes() if guard(route) is None}
    assert unguarded == OPEN_TO_ALL | {"/sign-out"} & unguarded


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
