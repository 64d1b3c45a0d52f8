"""The session of a request: loaded once where a browser brings an id, and written back where it changed.

The browser holds a random id, the store its digest. Who brings no id costs no read and leaves no row.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, cast

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rules.acting.appointments import role_ended
from rules.clocks import civil
from schemas.people import Person, Role
from schemas.signed_in import Known, Session
from schemas.tokens import Token
from web.door.keeping import SEEN_EVERY, Limits
from web.door.rooms import rooms

UNASKED = ("/static/", "/office.css", "/healthz")
"""Addresses that say the same to everybody: no session is looked for."""
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
ID = re.compile(r"[A-Za-z0-9_-]{43}")
"""How an id looks: 32 random bytes."""
Over = Literal[
    "idle", "too_long", "signed_out", "signed_out_elsewhere", "signed_out_there", "ended_by_office",
    "role_changed", "signed_in_again", "link_revoked",
]  # fmt: skip


@dataclass(frozen=True)
class Lost:
    """A role that somebody had when they signed in and has no more; the day is its last, if one is known."""

    role: Role
    title: str
    on: date | None


@dataclass
class Door:
    """What is known of whoever makes a request."""

    session: Session | None = None
    person: Person | None = None
    lost: Lost | None = None
    over: Over | None = None
    by_link: bool = False
    """Whether the session that is over was for one task, begun by a link."""
    data: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    token: Token | None = None
    """The token of a program that comes in, in place of a session."""
    cookie: str | None = None
    """The id to hand out; empty where the browser is to forget the one that it has."""

    def take(self, session: Session, person: Person) -> None:
        """Let somebody in."""
        self.session, self.person, self.lost, self.over = session, person, None, None
        self.before = dict(session.data)
        self.data = {**session.data, "csrf": session.csrf}

    def leave(self) -> None:
        """Let nobody be there any more."""
        self.session = self.person = self.lost = None
        self.data, self.before, self.cookie = {}, {}, ""

    def changes(self) -> tuple[dict[str, Any], list[str]]:
        """What became other than it was in the store, and what went."""
        now = {name: value for name, value in self.data.items() if name != "csrf"}
        changed = {name: value for name, value in now.items() if self.before.get(name) != value}
        return changed, [name for name in self.before if name not in now]


def door(request: HTTPConnection) -> Door:
    """What is known of whoever makes this request."""
    found = request.scope.setdefault("state", {}).setdefault("door", Door())
    return cast("Door", found)


def digest_of(token: str) -> str:
    """The digest under which the store knows an id."""
    return hashlib.sha256(token.encode()).hexdigest()


def why_over(session: Session, now: datetime, limits: Limits) -> Over | None:
    """Why a session does not last any more; None while it does."""
    if session.ended_why:
        return session.ended_why
    if session.until <= now:
        return "too_long"
    if session.scope:
        return (
            None  # whoever came by a link gathers figures between meetings, and reaches one task (ADR 0019)
        )
    return "idle" if session.seen_at + limits.idle <= now else None


class Sessions:
    """Loads the session of each request and hands out its cookie."""

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        self.cookie = "__Host-answerable" if https else "answerable"
        self.flags = "Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if https else "")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with what is known of the visitor; their session is `request.session`, if they have one."""
        if scope["type"] != "http" or scope["path"].startswith(UNASKED):
            await self.app(scope, receive, send)
            return
        request = HTTPConnection(scope)
        if door(request).token:  # whoever shows a token has no session
            await self.app(scope, receive, send)
            return
        here = await self._found(request)
        scope.setdefault("state", {})["door"] = here
        within = {**scope, "session": here.data} if here.session else {**scope}

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start":
                await _keep(request, here)
                self._hand_out(MutableHeaders(scope=message), here)
            await send(message)

        await self.app(within, receive, kept)

    async def _found(self, request: HTTPConnection) -> Door:
        token = request.cookies.get(self.cookie, "")
        keeps = rooms(request).sessions
        if keeps is None or not ID.fullmatch(token):
            return Door()
        known = await keeps.known(digest_of(token))
        return await _opened(request, known) if known else Door()

    def _hand_out(self, headers: MutableHeaders, here: Door) -> None:
        if here.cookie is not None:
            ends = "" if here.cookie else "; Max-Age=0"
            headers.append("Set-Cookie", f"{self.cookie}={here.cookie}; {self.flags}{ends}")


async def _opened(request: HTTPConnection, known: Known) -> Door:
    """What a session that the store has lets its browser do."""
    here, session, person, now = Door(), known.session, known.person, rooms(request).now()
    here.over = why_over(session, now, rooms(request).limits)
    if here.over:
        here.by_link = session.scope is not None
        return here
    if person is None or session.role not in person.roles_on(civil(now)):
        day = role_ended(person, session.role, civil(now)) if person else None
        here.lost = Lost(session.role, person.title if person else session.person, day)
        return here
    here.take(session, person.model_copy(update={"role": session.role}))
    if _somebody_there(request) and session.seen_at + SEEN_EVERY <= now:
        await _keeps(request).seen(session.digest, now)
    return here


async def _keep(request: HTTPConnection, here: Door) -> None:
    changed, gone = here.changes()
    if here.session and (changed or gone):
        await _keeps(request).remember(here.session.digest, changed, gone)


def _keeps(request: HTTPConnection) -> Any:
    return rooms(request).sessions


def _somebody_there(request: HTTPConnection) -> bool:
    """Whether a person did something; what a page asks for by itself keeps no session alive."""
    return request.scope["method"] not in SAFE or request.headers.get("sec-fetch-dest") != "empty"
