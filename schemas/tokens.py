"""What a program comes in with, in the name of a person: a token with scopes and an end."""

from dataclasses import dataclass
from typing import Literal

from schemas.people import Person, Role
from schemas.shape import Instant

Scope = Literal["read", "act:evidence", "act:cycle", "publish", "programme"]
"""What a token may do of all that its person may."""


@dataclass(frozen=True)
class Token:
    """A token as the store knows it; the random word itself is kept nowhere."""

    digest: str
    name: str
    person: str
    role: Role
    scopes: tuple[Scope, ...]
    made_at: Instant
    until: Instant
    last_used_at: Instant | None = None
    ended_at: Instant | None = None
    number: int = 0
    """Given by the store; names the token to people."""


@dataclass(frozen=True)
class KnownToken:
    """A token, and its person as the directory has them at this moment; None where it has nobody."""

    token: Token
    person: Person | None
