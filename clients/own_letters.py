"""Letters of somebody's own: with the link that leads them to their task, and the receipt of a return."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from clients.letters import path_of
from clients.letters.on_receipts import version_of
from clients.message import Now
from schemas.notices import Notice
from schemas.people import SIDE, Person
from schemas.rows import CyclePage


class MakesLinks(Protocol):
    """Makes the link that a letter carries to one person, the same one each time that it is asked."""

    async def make(
        self, letter: str, cycle: str, request: int, person: str, *, at: datetime, by: str | None = None
    ) -> tuple[str, bool]:
        """The token, and whether that letter has gone out to them already."""
        ...

    async def sent(self, letter: str, person: str, at: datetime) -> None:
        """Note that it has."""
        ...


@dataclass(frozen=True)
class Own:
    """A letter to one person alone."""

    person: Person
    letter: str
    """The letter's own name: that of its notice, or of the receipt beside it."""
    template: str
    path: str
    """The page that it points to."""
    sent: bool
    """Whether an earlier attempt has sent it."""


async def own_letters(
    links: MakesLinks | None, notice: Notice, some: Sequence[Person], day: date, now: Now
) -> tuple[Own, ...]:
    """The letters of their own that a notice comes to: to everybody of the force whom it asks something."""
    if links is None or notice.request is None:
        return ()
    asked = [one for one in some if _of_the_force(one, day)] if path_of(notice).startswith("/tasks/") else []
    found = []
    for one in asked:
        token, sent = await links.make(notice.key, notice.cycle, notice.request, one.id, at=now())
        found.append(Own(one, notice.key, notice.template, f"/t/{token}", sent))
    return tuple(found)


async def receipts(
    links: MakesLinks | None, notice: Notice, page: CyclePage, people: Mapping[str, Person], now: Now
) -> tuple[Own, ...]:
    """The receipt that whoever sent a return gets, beside the letter that tells the office of it."""
    if links is None or notice.template != "return_received" or notice.request is None:
        return ()
    came = version_of(notice, page)
    person = people.get(came.by.person) if came else None
    if person is None or SIDE[person.role] != "force":
        return ()
    letter = f"{notice.key}/receipt"
    token, sent = await links.make(letter, notice.cycle, notice.request, person.id, at=now())
    return (Own(person, letter, "return_receipt", f"/t/{token}", sent),)


def _of_the_force(person: Person, day: date) -> bool:
    return any(SIDE[role] == "force" for role in person.roles_on(day))
