"""Answering once: the same key with the same content gets the same answer, with other content a refusal."""

import hashlib
from collections.abc import Mapping
from typing import Protocol

from schemas.outcomes import Receipt, Refused
from schemas.records import Entry
from schemas.running import Answered

MOST_REMEMBERED = 2_000
MADE = {"QuestionAsked": ("question",), "VoteRecorded": ("vote",)}
"""What is made first by an event that names other things as well."""


class Keyed(Protocol):
    """A command under its client's key.

    Source: process.commands
    """

    @property
    def kind(self) -> str:
        """What it is a command to do."""
        ...

    @property
    def key(self) -> str:
        """The client's key for this act."""
        ...

    def model_dump_json(self, *, exclude: set[str]) -> str:
        """What it says, but for some fields."""
        ...


class Kept(Protocol):
    """An answer that was given, and for what.

    Source: process.commands
    """

    @property
    def content(self) -> str:
        """The digest of what was said."""
        ...


def content(command: Keyed) -> str:
    """The digest of what a command says, its key left out: 16 hexadecimal digits.

    Source: process.commands
    """
    said = command.model_dump_json(exclude={"key"})
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def update_id(command: Keyed) -> str:
    """The name under which the engine knows this act: the client's key, and what the command says.

    Source: process.commands
    """
    return f"{command.kind}/{command.key}/{content(command)}"


def reused(command: Keyed, answered: Mapping[str, Kept]) -> Refused | None:
    """A refusal where a key comes back with other content.

    Source: process.wrong-input
    """
    before = answered.get(command.key)
    if before is None or before.content == content(command):
        return None
    return Refused(
        code="key_reused",
        message="This form was sent before with other content, and that was recorded. "
        "Open the page again and make the change there.",
        source="process.wrong-input",
        field="key",
    )


def receipt(entries: tuple[Entry, ...]) -> Receipt:
    """The answer to the command that made these entries.

    Source: process.commands
    """
    last = entries[-1]
    first = entries[0].event
    names = (*MADE.get(first.kind, ()), "action", "decision", "version", "request", "session")
    made = [getattr(first, name, None) for name in names]
    return Receipt(
        cycle=last.cycle,
        version=last.version,
        at=last.at,
        happened=tuple(entry.event.kind for entry in entries),
        number=next((str(one) for one in made if one is not None), None),
    )


def remembered(answered: dict[str, Answered], entries: tuple[Entry, ...]) -> dict[str, Answered]:
    """The keys answered so far and those of these entries; the oldest are let go beyond the limit.

    Source: process.commands
    """
    by_key: dict[str, list[Entry]] = {}
    for entry in entries:
        by_key.setdefault(entry.key, []).append(entry)
    fresh = {
        key: Answered(content=of_key[0].content, receipt=receipt(tuple(of_key)))
        for key, of_key in by_key.items()
        if of_key[0].actor.person != "engine"
    }
    together = {**answered, **fresh}
    return dict(list(together.items())[-MOST_REMEMBERED:])
