"""Whom a notice goes to: those whom it concerns and those in copy, as the directory has them on its day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clients.letters import LONDON
from schemas.notices import Notice
from schemas.people import Person, Role

WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = re.compile(rf"{WORD}(\.{WORD})*@{LABEL}(\.{LABEL})*")


def address_of(person: Person) -> str | None:
    """Where somebody can be reached by mail; None where they cannot."""
    return person.address if person.address and ADDRESS.fullmatch(person.address) else None


@dataclass(frozen=True)
class Addressees:
    """Whom a notice goes to: those it concerns, and those in copy."""

    concerned: tuple[Person, ...]
    copied: tuple[Person, ...]

    def reachable(self) -> dict[str, tuple[Person, ...]]:
        """Everybody who has an address, by address."""
        found: dict[str, tuple[Person, ...]] = {}
        for person in (*self.concerned, *self.copied):
            if address := address_of(person):
                found[address] = (*found.get(address, ()), person)
        return found

    def without(self, some: set[str]) -> "Addressees":
        """The others."""
        return Addressees(
            tuple(one for one in self.concerned if one.id not in some),
            tuple(one for one in self.copied if one.id not in some),
        )


def addressees_of(notice: Notice, people: Mapping[str, Person]) -> Addressees:
    """The people whom a notice names, and in copy their deputies and everybody in its roles.

    Where it names nobody, it concerns those in its roles. What bounced from a lead concerns a deputy. Roles
    and deputies are those of the day of the notice.
    """
    day = notice.planned_at.astimezone(LONDON).date()
    named = [people[one] for one in notice.to if one in people]
    if notice.route == "deputy":
        return Addressees(concerned=_deputies(named, people, day), copied=())
    deputies = _deputies(named, people, day) if notice.copy_deputies else ()
    holders = [people[one] for one in sorted(people) if _is_told(people[one], notice.roles, day)]
    if not notice.to:
        return Addressees(concerned=tuple(holders), copied=())
    concerned = tuple({one.id: one for one in named}.values())
    copied = {one.id: one for one in (*deputies, *holders) if one not in concerned}
    return Addressees(concerned=concerned, copied=tuple(copied.values()))


def _is_told(person: Person, roles: Sequence[Role], day: date) -> bool:
    """Whether somebody holds one of these roles on a day; an acting commissioner fills the commissioner's."""
    held = person.roles_on(day)
    if Role.COMMISSIONER in roles and Role.ACTING_COMMISSIONER in held:
        return True
    return not held.isdisjoint(roles)


def _deputies(named: Sequence[Person], people: Mapping[str, Person], day: date) -> tuple[Person, ...]:
    return tuple(
        people[one]
        for lead in named
        for one in sorted(people)
        if one != lead.id and people[one].deputises_for(lead, day)
    )
