"""Appointments: in which role somebody acts on a day, for whom they deputise, and whose action it is."""

from collections.abc import Mapping
from datetime import date

from schemas.commands import (
    AnyCommand,
    ClaimDone,
    MoveActionDate,
    PassOn,
    RecordDecision,
    ReportProgress,
)
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.people import Actor, Person, Role

FOR_OWNERS = (ClaimDone, MoveActionDate, PassOn, ReportProgress)
"""What force coordination may do for an owner of the force, and for no other."""


def role_on(person: Person, day: date) -> Role:
    """The role in which somebody acts on a day: their newest appointment in force, or their usual role.

    Source: process.commands
    """
    held = sorted((one for one in person.appointments if one.in_force(day)), key=lambda one: one.from_on)
    return held[-1].role if held else person.role


def role_ended(person: Person, role: Role, day: date) -> date | None:
    """The last day on which somebody held a role, where that is before a day; None where no day is known.

    Source: process.commands
    """
    ends = [one.to_on for one in person.appointments if one.role == role and one.to_on and one.to_on < day]
    return max(ends, default=None)


def role_since(person: Person, role: Role, day: date) -> date | None:
    """The day since which somebody holds a role; None where they hold it without a beginning, or not at all.

    Source: process.commands
    """
    held = [one for one in person.appointments if one.role == role and one.in_force(day)]
    return min((one.from_on for one in held), default=None)


def deputises(person: str, lead: str, people: Mapping[str, Person], day: date) -> bool:
    """Whether the directory says that somebody deputises for a lead on a day.

    The lead's own entry names a deputy without limit, unless the deputy's appointments give it days.

    Source: process.commands
    """
    stand_in, named = people.get(person), people.get(lead)
    if named is None:
        dated = [one for one in stand_in.appointments if one.deputises == lead] if stand_in else []
        return any(one.in_force(day) for one in dated)
    return stand_in.deputises_for(named, day) if stand_in else named.deputy == person


def leads_of(person: Person, people: Mapping[str, Person], day: date) -> tuple[str, ...]:
    """The people for whom somebody may answer on a day, as the directory says.

    Source: process.commands
    """
    return tuple(lead for lead in people if lead != person.id and deputises(person.id, lead, people, day))


def check_actor(command: AnyCommand, people: Mapping[str, Person], day: date) -> Refused | None:
    """A refusal where somebody acts in a role, or for a lead, that is not theirs on the day.

    Source: process.commands
    """
    return check_person(command.actor, people, day)


def check_person(actor: Actor, people: Mapping[str, Person], day: date) -> Refused | None:
    """A refusal where somebody acts in a role, or for a lead, that is not theirs on the day.

    Somebody without appointments keeps their role without limit.

    Source: process.commands
    """
    known = people.get(actor.person)
    if known and known.appointments and actor.role not in known.roles_on(day):
        return _not_appointed(known, actor.role, day)
    lead = actor.deputising_for
    if lead is None or deputises(actor.person, lead, people, day):
        return None
    whom = people[lead].title if lead in people else lead
    return Refused(
        code="not_a_deputy",
        message=f"The directory does not name you as deputy of {whom} on {day:%-d %B %Y}. "
        "Act in your own name, or have the deputy entered first.",
        source="process.commands",
        field="actor.deputising_for",
    )


def check_owner(command: AnyCommand, people: Mapping[str, Person], cycle: Cycle | None) -> Refused | None:
    """A refusal where an action would change sides, or force coordination speaks for the office.

    Source: process.commands
    """
    if not isinstance(command, FOR_OWNERS) or cycle is None:
        return None
    action = cycle.action(command.action)
    owner = people.get(action.owner) if action else None
    if owner is None:
        return None
    if command.actor.role == Role.FORCE_COORDINATION and owner.side != "force":
        return Refused(
            code="not_your_action",
            message=f"Action {command.action} has an owner in the office. Force coordination speaks for "
            "owners in the force only.",
            source="process.commands",
        )
    if isinstance(command, PassOn) and command.to in people and people[command.to].side != owner.side:
        return Refused(
            code="other_side_owner",
            message=f"{people[command.to].title} is on the other side. Choose somebody on the same side as "
            f"{owner.title}, or propose a new action.",
            source="process.commands",
            field="to",
        )
    return None


def check_basis(command: AnyCommand, register: Mapping[str, object]) -> Refused | None:
    """A refusal where a decision rests on what the register of sources does not have.

    Source: process.wrong-input
    """
    if not isinstance(command, RecordDecision) or not command.basis.strip() or command.basis in register:
        return None
    near = [one for one in register if one.partition(".")[0] == command.basis.partition(".")[0]]
    such = ", ".join(sorted(near)[:5]) or "prsra-2011.s1"
    return Refused(
        code="unknown_basis",
        message=f"The register of sources has no entry of that name. Near to it: {such}. "
        "All of them: starter.py sources, or the list on the form.",
        source="process.wrong-input",
        field="basis",
    )


def _not_appointed(person: Person, role: Role, day: date) -> Refused:
    named = role.value.replace("_", " ")
    return Refused(
        code="not_appointed",
        message=f"{person.title} holds no appointment as {named} on {day:%-d %B %Y}. "
        "Ask whoever holds it, or have the appointment entered with its days.",
        source="process.commands",
        field="actor.role",
    )
