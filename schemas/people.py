"""Who acts: roles of the field, people by id, and on whose behalf."""

from datetime import date
from enum import StrEnum
from typing import Literal

from schemas.shape import Shape, Slug, later


class Role(StrEnum):
    """The roles of police accountability in England and Wales, and the engine itself."""

    COMMISSIONER = "commissioner"
    DEPUTY_COMMISSIONER = "deputy_commissioner"
    ACTING_COMMISSIONER = "acting_commissioner"
    CHIEF_EXECUTIVE = "chief_executive"
    CHIEF_FINANCE_OFFICER = "chief_finance_officer"
    POLICY_OFFICER = "policy_officer"
    PUBLICATION_OFFICER = "publication_officer"
    CHIEF_CONSTABLE = "chief_constable"
    THEMATIC_LEAD = "thematic_lead"
    FORCE_COORDINATION = "force_coordination"
    PANEL_CHAIR = "panel_chair"
    PANEL_MEMBER = "panel_member"
    PANEL_SECRETARIAT = "panel_secretariat"
    INSPECTORATE = "inspectorate"
    AUDIT_MEMBER = "audit_member"
    BOARD_MEMBER = "board_member"
    CUSTODY_SCHEME = "custody_scheme"
    PUBLIC = "public"
    ENGINE = "engine"
    """The cycle's own clock: reminders, missed duties and closures are its acts."""


Side = Literal["opcc", "force", "panel", "public", "engine"]

SIDE: dict[Role, Side] = {
    Role.COMMISSIONER: "opcc",
    Role.DEPUTY_COMMISSIONER: "opcc",
    Role.ACTING_COMMISSIONER: "opcc",
    Role.CHIEF_EXECUTIVE: "opcc",
    Role.CHIEF_FINANCE_OFFICER: "opcc",
    Role.POLICY_OFFICER: "opcc",
    Role.PUBLICATION_OFFICER: "opcc",
    Role.CHIEF_CONSTABLE: "force",
    Role.THEMATIC_LEAD: "force",
    Role.FORCE_COORDINATION: "force",
    Role.PANEL_CHAIR: "panel",
    Role.PANEL_MEMBER: "panel",
    Role.PANEL_SECRETARIAT: "panel",
    Role.INSPECTORATE: "public",
    Role.AUDIT_MEMBER: "panel",
    Role.BOARD_MEMBER: "panel",
    Role.CUSTODY_SCHEME: "opcc",
    Role.PUBLIC: "public",
    Role.ENGINE: "engine",
}
"""The side of the table on which each role sits: two-sided acts need one of each."""


class Actor(Shape):
    """Who does an act, in which role, and on behalf of which governing body."""

    person: Slug
    role: Role
    on_behalf_of: Slug | None = None
    deputising_for: Slug | None = later(None)
    """The person for whom the actor stands in, where an appointment of the directory says so."""

    @property
    def side(self) -> Side:
        """The side of the table on which this actor sits."""
        return SIDE[self.role]


ENGINE = Actor(person="engine", role=Role.ENGINE)


class Appointment(Shape):
    """A role that somebody holds, from a day to a day; both days belong to it."""

    role: Role
    from_on: date
    to_on: date | None = None
    acting_for: Slug | None = None
    """Whose place it fills, where it is held for somebody who is away or whose office is vacant."""
    deputises: Slug | None = None
    """The lead for whom they may answer, where the appointment is that of a deputy."""

    def in_force(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


class Person(Shape):
    """Somebody who can be asked, told or signed in; shown by title, reached by address."""

    id: Slug
    title: str
    role: Role
    organisation: str
    address: str | None = None
    deputy: Slug | None = None
    appointments: tuple[Appointment, ...] = later(())
    """Roles with their days. Without any, the role above is held without limit."""

    @property
    def side(self) -> Side:
        """The side of the table on which this person sits."""
        return SIDE[self.role]

    def roles_on(self, day: date) -> frozenset[Role]:
        """The roles held on a day: by the appointments in force, or without any the usual one."""
        if not self.appointments:
            return frozenset({self.role})
        return frozenset(one.role for one in self.appointments if one.in_force(day))

    def deputises_for(self, lead: "Person", day: date) -> bool:
        """Whether they stand in for a lead on a day.

        The lead's own entry names a deputy without limit, unless the deputy's appointments give it days.
        """
        dated = [one for one in self.appointments if one.deputises == lead.id]
        return any(one.in_force(day) for one in dated) if dated else lead.deputy == self.id
