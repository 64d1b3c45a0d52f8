"""How a line of a ledger is written for its hash chain, and how the chain goes on (docs/ledger.md).

Every string of what was done stands in it as a commitment: a hash with a salt of its own. So a string can be
erased with its salt, and the chain still holds; and one string can be shown to somebody without the others.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from schemas.shape import Instant, Marking

TAG = b"answerable/ledger/1/"
"""What every hash begins with, before the word that says what is hashed: none can pass for another."""
SALT = 16
"""Bytes of the salt of a line."""
TEXT_GONE = "text:" + "0" * 64
"""What stands in place of the reference of a text that was erased."""
GONE = "erased"
"""What stands in place of any other string that was erased."""
Jsonish = Any
Stands = Callable[[str, str], str]
"""What stands for a string, by where it stands and what it says."""


@dataclass(frozen=True)
class Said:
    """One line of a ledger as it is hashed, whichever ledger it is of."""

    chain: str
    """The reference of the cycle or the programme."""
    version: int
    kind: str
    at: Instant
    actor: dict[str, Jsonish]
    key: str
    content: str
    marking: Marking
    public: bool
    event: dict[str, Jsonish]


@dataclass(frozen=True)
class Line:
    """One line as it stands in the store, with what its chain has of it."""

    said: Said
    recorded_at: Instant
    salt: bytes | None
    """None where the line was not chained yet, or where something of it was erased."""
    link: bytes | None
    erased: Mapping[str, Mapping[str, str]] | None = None
    """After an erasure: `salts` of the strings that stay, and the commitments of those that are `gone`."""


def hashed(what: str, *parts: bytes) -> bytes:
    """The SHA-256 of what is named, which is hashed as nothing else. Only the last part varies in length."""
    return hashlib.sha256(b"".join((TAG, what.encode(), b"\n", *parts))).digest()


def canonical(value: Jsonish) -> bytes:
    """JSON as RFC 8785 has it: sorted names, no spaces, UTF-8. Of numbers, whole ones alone."""
    written = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return written.encode()


def moment(at: datetime) -> str:
    """An instant as it is hashed: UTC, six digits of a second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def microseconds(at: datetime) -> int:
    """An instant by its microseconds since 1970."""
    since = at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def genesis(chain: str) -> bytes:
    """What the first line of a chain is linked to."""
    return hashed("genesis", chain.encode())


def own_salt(salt: bytes, pointer: str) -> bytes:
    """The salt of one string of a line, by where it stands (RFC 6901)."""
    return hashed("salt", salt, pointer.encode())


def commitment(salt: bytes, value: str) -> str:
    """What stands for a string."""
    return hashed("value", salt, value.encode()).hex()


def strings(value: Jsonish, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a value, with where it stands."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from strings(one, f"{pointer}/{_escaped(name)}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from strings(one, f"{pointer}/{place}")


def covered(said: Said) -> dict[str, Jsonish]:
    """The parts of a line whose strings are committed to."""
    return {"actor": said.actor, "content": said.content, "event": said.event, "key": said.key}


def closed(said: Said, stands: Stands) -> dict[str, Jsonish]:
    """A line as it is hashed, with a commitment in place of every string of who did what."""
    return {
        "at": moment(said.at),
        "chain": said.chain,
        "kind": said.kind,
        "marking": said.marking,
        "public": said.public,
        "version": said.version,
        **{name: _closed(part, f"/{name}", stands) for name, part in covered(said).items()},
    }


def committed(salt: bytes) -> Stands:
    """What stands for a string of a line with a salt: the same as `commitment` of `own_salt`, in one go."""
    salted, valued = hashlib.sha256(TAG + b"salt\n" + salt), hashlib.sha256(TAG + b"value\n")

    def stands(pointer: str, value: str) -> str:
        own, found = salted.copy(), valued.copy()
        own.update(pointer.encode())
        found.update(own.digest())
        found.update(value.encode())
        return found.hexdigest()

    return stands


def leaf(said: Said, salt: bytes) -> bytes:
    """The hash of a line that is being recorded."""
    return hashed("entry", canonical(closed(said, committed(salt))))


def step(leaf_of: bytes, recorded_at: datetime) -> bytes:
    """The hash of a line with when the store took it."""
    return hashed("step", leaf_of, microseconds(recorded_at).to_bytes(8, "big"))


def link(before: bytes, step_of: bytes) -> bytes:
    """The chain with one line more: what everything up to and with that line comes to."""
    return hashed("link", before, step_of)


def _closed(value: Jsonish, pointer: str, stands: Stands) -> Jsonish:
    if isinstance(value, str):
        return stands(pointer, value)
    if isinstance(value, dict):
        return {name: _closed(one, f"{pointer}/{_escaped(name)}", stands) for name, one in value.items()}
    if isinstance(value, list):
        return [_closed(one, f"{pointer}/{place}", stands) for place, one in enumerate(value)]
    if isinstance(value, float):
        raise TypeError(f"{pointer} is not a whole number, which has no one way of being written")
    return value


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1") if "/" in name or "~" in name else name
