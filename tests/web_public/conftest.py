"""The public pages over reads that a test fills, and over the real thing."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import Response

from reference.catalogue import demonstration_people
from schemas.people import Person
from tests.web.session_memory import MemorySessions
from tests.web_public import sample as s
from tests.web_public import stub
from web.door import faults
from web.door.guards import SafeHeaders
from web.door.identity import begin
from web.door.rooms import Office, Rooms
from web.door.sessions import Sessions
from web.public import asking
from web.public import meetings as public_meetings
from web.public.routes import ROUTERS as PUBLIC
from web.secretariat.routes import router as secretariat

OFFICE = Office(
    name="Office of the Police and Crime Commissioner for West Mercia",
    short="West Mercia OPCC",
    colour="#1d3461",
    address=None,
    public_url="https://findings.example.org",
)
SECRET = "a secret of the tests, 32 letters long"

Visit = Callable[[Any], AbstractAsyncContextManager[httpx.AsyncClient]]


def app_over(reads: Any) -> FastAPI:
    """The public and the watchers' pages with the headers and sessions that they have in the product."""
    session = Middleware(SessionMiddleware, secret_key=SECRET, session_cookie="answerable")
    app = FastAPI(
        middleware=[Middleware(SafeHeaders, https=False), session, Middleware(Sessions, https=False)]
    )
    unused = cast("Any", None)
    app.state.rooms = Rooms(
        desk=unused, reads=reads, shelf=unused, keeping=unused, office=OFFICE, standalone=True, home=Path(),
        now=lambda: s.NOW, sessions=MemorySessions(Demonstration()),
    )  # fmt: skip
    app.state.secret = SECRET
    app.state.doors = {"/findings": None, "/plan": None}
    for one in (*PUBLIC, asking.router, public_meetings.router):
        app.include_router(one)
    app.include_router(secretariat)
    app.add_api_route("/as/{person}", _come_in)
    faults.add_handlers(app)
    return app


class Demonstration:
    """The directory of the demonstration."""

    async def people(self) -> dict[str, Person]:
        """Everybody in it."""
        return demonstration_people()


async def _come_in(request: Request, person: str) -> Response:
    await begin(request, demonstration_people()[person])
    return Response("in")


@asynccontextmanager
async def _visit(reads: Any) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=app_over(reads))
    async with httpx.AsyncClient(transport=transport, base_url="https://findings.example.org") as client:
        yield client


@pytest.fixture
def visit() -> Visit:
    """A visitor of pages over some reads."""
    return _visit


@pytest.fixture
async def visitor() -> AsyncIterator[httpx.AsyncClient]:
    """A visitor where one set of findings is published."""
    async with _visit(stub.reads_of(s.told())) as client:
        yield client
