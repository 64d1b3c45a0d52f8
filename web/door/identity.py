"""Who is signed in, and which pages are theirs. The session names the person, so no page asks twice."""

from datetime import datetime, timedelta

from pydantic import ValidationError
from starlette.requests import HTTPConnection, Request

from rules.acting.appointments import role_on
from rules.clocks import civil
from schemas.people import SIDE, Actor, Person, Role, Side
from web.door.rooms import rooms

LASTS = timedelta(hours=12)
"""How long a session lasts at most."""

OPCC_ROLES = tuple(role for role in Role if SIDE[role] == "opcc")
FORCE_ROLES = tuple(role for role in Role if SIDE[role] == "force")
PANEL_ROLES = tuple(role for role in Role if SIDE[role] == "panel")
HOMES: dict[Side, str] = {"opcc": "/my-work", "force": "/tasks", "panel": "/deadlines"}


class NotSignedIn(Exception):  # noqa: N818 - a way to go, not an error
    """Nobody is signed in, and the page needs somebody."""


class NotYours(Exception):  # noqa: N818 - a way to go, not an error
    """Somebody is signed in whose role this page is not for."""

    def __init__(self, roles: frozenset[Role], message: str = "") -> None:
        super().__init__(message)
        self.roles = roles
        self.message = message


def signed_in(request: HTTPConnection) -> Person | None:
    """The person who is signed in, or None."""
    told = request.session.get("person")
    if not told or _is_over(request):
        return None
    try:
        return Person.model_validate(told)
    except ValidationError:
        return None


def sign_in(request: Request, person: Person) -> None:
    """Begin a fresh session for somebody whose identity is established; no address goes into the cookie."""
    request.session.clear()
    person = person.model_copy(update={"role": role_on(person, civil(rooms(request).now()))})
    request.session["person"] = person.model_dump(
        mode="json", include={"id", "title", "role", "organisation"}
    )
    request.session["until"] = (rooms(request).now() + LASTS).isoformat()


def sign_out(request: Request) -> None:
    """End the session."""
    request.session.clear()


def actor(request: HTTPConnection, person: Person) -> Actor:
    """The person as the author of an act, on behalf of the governing body where they are of the office."""
    body = rooms(request).body if person.side == "opcc" else None
    lead = stands_for(request) if person.side == "force" else None
    return Actor(person=person.id, role=person.role, on_behalf_of=body, deputising_for=lead)


def stands_for(request: HTTPConnection) -> str | None:
    """The lead for whom the person who is signed in has chosen to answer; None for themselves."""
    lead = request.session.get("deputising_for")
    return lead if isinstance(lead, str) else None


def stand_for(request: Request, lead: str | None) -> None:
    """Answer for a lead from now on, or for oneself again."""
    request.session.pop("deputising_for", None)
    if lead:
        request.session["deputising_for"] = lead


def home_of(person: Person) -> str:
    """The page on which this person's day begins."""
    return HOMES.get(person.side, "/")


class Require:
    """Lets a route's page be seen by some roles only; without roles, by everybody who is signed in."""

    def __init__(self, roles: frozenset[Role]) -> None:
        self.roles = roles

    def __call__(self, request: Request) -> Person:
        """The person who is signed in.

        Raises: NotSignedIn, NotYours: the page is not for them.
        """
        person = signed_in(request)
        if person is None:
            raise NotSignedIn
        if person.role not in self.roles:
            raise NotYours(self.roles)
        return person


def require(*roles: Role) -> Require:
    """A dependency that gives the signed-in person: `person: Annotated[Person, Depends(require(Role.X))]`."""
    return Require(frozenset(roles or Role))


def _is_over(request: HTTPConnection) -> bool:
    until = request.session.get("until")
    return not until or datetime.fromisoformat(until) <= rooms(request).now()
