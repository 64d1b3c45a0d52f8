"""Who is signed in, and which pages are theirs. The session names the person, so no page asks twice."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import HTTPConnection, Request

from rules.acting.appointments import role_on
from rules.clocks import civil
from schemas.people import SIDE, Actor, Person, Role, Side
from schemas.signed_in import Account, Ended, Session, TaskScope
from web.door.bearing import permits
from web.door.browsers import browser_of
from web.door.keeping import KeepsSessions
from web.door.looking import look_for
from web.door.proving import PROVED, ProveAgain, proved
from web.door.rooms import rooms
from web.door.sessions import digest_of, door

__all__ = ["TaskScope", "actor", "begin", "require", "scope_of", "sign_out", "signed_in"]

OPCC_ROLES = tuple(role for role in Role if SIDE[role] == "opcc")
FORCE_ROLES = tuple(role for role in Role if SIDE[role] == "force")
PANEL_ROLES = tuple(role for role in Role if SIDE[role] == "panel")
HOMES: dict[Side, str] = {"opcc": "/my-work", "force": "/tasks", "panel": "/panel"}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ONE_TASK = (
    "You came by a link that is for one task only, so this page is not part of it. "
    "Go back to the task, or sign in with your account."
)


class NotSignedIn(Exception):  # noqa: N818 - a way to go, not an error
    """Nobody is signed in, and the page needs somebody."""


class NotYours(Exception):  # noqa: N818 - a way to go, not an error
    """Somebody is signed in whose role this page is not for."""

    def __init__(self, roles: frozenset[Role], message: str = "") -> None:
        super().__init__(message)
        self.roles = roles
        self.message = message


@dataclass(frozen=True)
class Granted:
    """What a session begins with beside the person: the account, and the roles that its service grants."""

    role: Role | None = None
    account: Account | None = None
    roles: tuple[Role, ...] | None = None
    """None where every role of the directory may be acted in."""
    until: datetime | None = None
    proved_at: datetime | None = None
    """When they last showed their service who they are; None where it did not say."""

    @property
    def kept(self) -> dict[str, Any]:
        """What the session remembers of it."""
        roles = {} if self.roles is None else {"roles": [one.value for one in self.roles]}
        return roles if self.proved_at is None else {**roles, PROVED: self.proved_at.isoformat()}


def signed_in(request: HTTPConnection) -> Person | None:
    """The person who is signed in, or None."""
    return door(request).person


async def begin(
    request: Request, person: Person, *, scope: TaskScope | None = None, granted: Granted | None = None
) -> None:
    """Begin a fresh session, under an id that nobody has seen, for somebody whose identity is established.

    With a scope the session reaches that task's pages and nothing else, in the role that the person has.
    """
    here, granted = rooms(request), granted or Granted()
    await sign_out(request, "role_changed" if granted.until else "signed_in_again")
    now, token = here.now(), secrets.token_urlsafe(32)
    role = granted.role or (person.role if scope else role_on(person, civil(now)))
    session = Session(
        digest=digest_of(token),
        person=person.id,
        role=role,
        organisation=person.organisation,
        began_at=now,
        seen_at=now,
        until=granted.until or now + here.limits.whole,
        csrf=secrets.token_urlsafe(24),
        browser=browser_of(request.headers.get("user-agent", "")),
        scope=scope,
        account=granted.account,
        data=granted.kept,
    )
    await keeps_sessions(request).begin(session)
    door(request).take(session, person.model_copy(update={"role": role}))
    door(request).cookie = token
    request.scope["session"] = door(request).data


async def sign_out(request: Request, why: Ended = "signed_out") -> None:
    """End the session, and let the browser forget what it was given before and with it."""
    here = door(request)
    ending = here.session
    request.session.clear()
    here.leave()
    if ending:
        now = rooms(request).now()
        await keeps_sessions(request).end(ending.person, now, why, digest=ending.digest)


def keeps_sessions(request: HTTPConnection) -> KeepsSessions:
    """Where sessions are kept."""
    found = rooms(request).sessions
    assert found is not None, "nobody can sign in where no sessions are kept"
    return found


def session_of(request: HTTPConnection) -> Session | None:
    """The session of whoever is signed in."""
    here = door(request)
    return here.session if here.person else None


def scope_of(request: HTTPConnection) -> TaskScope | None:
    """The one task that this session is for; None where it is for all that the role may do."""
    session = session_of(request)
    return session.scope if session else None


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

    def __init__(
        self, roles: frozenset[Role], *, task: bool = False, tokens: bool = False, again: bool = False
    ) -> None:
        self.roles = roles
        self.task = task
        self.again = again
        """Whether they need to have signed in again a short while ago."""
        self.tokens = tokens
        """Whether an act may be done with a token; the page itself then asks for the scope."""

    async def __call__(self, request: Request) -> Person:
        """The person who is signed in; from here on the request reads in their name.

        Raises: NotSignedIn, NotYours: the page is not for them. ProveAgain: they have to sign in again.
        """
        person = signed_in(request)
        if person is None:
            raise NotSignedIn
        if person.role not in self.roles:
            raise NotYours(self.roles)
        scope = scope_of(request)
        if request.method in SAFE:
            permits(request, "read")
        elif not self.tokens:
            permits(request, None)
        if scope and not (self.task and within(scope, request.path_params)):
            raise NotYours(self.roles, ONE_TASK)
        if self.again and not proved(request):
            raise ProveAgain
        look_for(request, person, scope)
        return person


def require(*roles: Role, task: bool = False, tokens: bool = False, again: bool = False) -> Require:
    """A dependency that gives the signed-in person: `person: Annotated[Person, Depends(require(Role.X))]`.

    With `task`, a session for one task is let in too, where the address names that task by `{reference}`
    and `{number}`, or names none, as that of signing out. With `again`, whoever has not signed in for some
    minutes has to do so first (`web/door/proving.py`).
    """
    return Require(frozenset(roles or Role), task=task, tokens=tokens, again=again)


def within(scope: TaskScope, named: dict[str, Any]) -> bool:
    """Whether an address names the task that a session is for, or no task at all."""
    if "reference" not in named and "number" not in named:
        return True
    return (str(named.get("reference")), str(named.get("number"))) == (scope.cycle, str(scope.request))
