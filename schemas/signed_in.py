"""Who is signed in at which browser, since when and until when; accounts; and who looked at what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from schemas.people import Person, Role
from schemas.shape import Instant

Ended = Literal[
    "signed_out", "signed_out_elsewhere", "signed_out_there", "ended_by_office", "role_changed",
    "signed_in_again", "link_revoked",
]  # fmt: skip
"""Why a session was ended before its time."""


@dataclass(frozen=True)
class TaskScope:
    """The one task that a session is for, where it is not for all that a role may do."""

    cycle: str
    request: int


@dataclass(frozen=True)
class Account:
    """An account at a sign-in service: the service's address, and the name it never gives twice."""

    issuer: str
    sub: str
    sid: str | None = field(default=None, compare=False)
    """The service's own name of the session in which somebody signed in there; no part of who they are."""


@dataclass(frozen=True)
class Session:
    """Somebody signed in at one browser. Its digest stands for the random id that only the browser has."""

    digest: str
    person: str
    role: Role
    organisation: str
    began_at: Instant
    seen_at: Instant
    until: Instant
    csrf: str
    browser: str
    scope: TaskScope | None = None
    account: Account | None = None
    ended_at: Instant | None = None
    ended_why: Ended | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0
    """Given by the store; names the session to people."""


@dataclass(frozen=True)
class Known:
    """A session, and its person as the directory has them at this moment; None where it has nobody."""

    session: Session
    person: Person | None


@dataclass(frozen=True)
class SignedOutThere:
    """That somebody signed out at the sign-in service: of one session of theirs, or of all."""

    issuer: str
    sub: str | None
    sid: str | None
    jti: str
    """Names this word of the service: it counts once."""


@dataclass(frozen=True)
class Access:
    """One line of the log of access: who did what, in which role, about which cycle and why."""

    at: Instant
    person: str
    role: str
    what: str
    cycle: str | None = None
    reason: str | None = None
