"""The directory of people: who may change an entry, what cannot be, and what a change says on the record."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from rules.acting.restricting import reasoned
from schemas.outcomes import Refused
from schemas.people import Appointment, Person, Role

MAY_KEEP = frozenset({Role.CHIEF_EXECUTIVE, Role.POLICY_OFFICER})
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MOST_TITLE = 120
"""Characters."""


def check_person_change(
    after: Person,
    before: Person | None,
    people: Mapping[str, Person],
    *,
    by: Person,
    reason: str,
    today: date,
) -> Refused | None:
    """A refusal where an entry of the directory cannot become this, for what it lacks or whose it is.

    Source: local.access
    """
    if by.role not in MAY_KEEP:
        return _refused(
            "may_not_keep", "Ask the chief executive or a policy officer to change the directory."
        )
    return (
        _check_entry(after, before, people)
        or _check_days(after, before, people, today)
        or _check_own(after, before, by)
        or _check_last(after, people, today)
        or (
            _refused("nothing_changed", "Change something first: this is what stands there now.")
            if after == before
            else None
        )
        or reasoned(reason)
    )


def changes_of(before: Person | None, after: Person) -> tuple[str, ...]:
    """What a change says on the record, part by part. Addresses are not repeated there.

    Source: local.access
    """
    if before is None:
        return (f"entered as {after.title}, {_role(after.role)}",)
    said = []
    if before.title != after.title:
        said.append(f"title: {before.title}, now {after.title}")
    if before.role != after.role:
        said.append(f"role: {_role(before.role)}, now {_role(after.role)}")
    if before.organisation != after.organisation:
        said.append(f"organisation: {before.organisation}, now {after.organisation}")
    if before.address != after.address:
        said.append(
            "address " + ("removed" if not after.address else "changed" if before.address else "entered")
        )
    if before.deputy != after.deputy:
        said.append(f"deputy: {before.deputy or 'nobody'}, now {after.deputy or 'nobody'}")
    said += [
        f"appointment ended or taken out: {_held(one)}"
        for one in before.appointments
        if one not in after.appointments
    ]
    said += [f"appointment: {_held(one)}" for one in after.appointments if one not in before.appointments]
    return tuple(said)


def with_appointment(person: Person, made: Appointment, today: date) -> Person:
    """An entry with one appointment more. A role that was held without days is held on, from today.

    Source: local.access
    """
    before = person.appointments or (Appointment(role=person.role, from_on=today),)
    held = () if not person.appointments and made.role == person.role and not made.deputises else before
    return person.model_copy(update={"appointments": (*held, made)})


def ended(person: Person, on: date, today: date) -> Person:
    """An entry whose every appointment ends on a day at the latest. Who had none held the role until then.

    Source: local.access
    """
    held = person.appointments or (Appointment(role=person.role, from_on=min(today, on)),)
    last = tuple(
        one if one.to_on is not None and one.to_on <= on else one.model_copy(update={"to_on": on})
        for one in held
        if one.from_on <= on
    )
    return person.model_copy(update={"appointments": last})


def _check_entry(after: Person, before: Person | None, people: Mapping[str, Person]) -> Refused | None:
    if not SLUG.fullmatch(after.id):
        return _refused(
            "wrong_id", "Write a short name of small letters and dashes, such as head-of-custody.", "id"
        )
    if before is None and after.id in people:
        return _refused(
            "known_id", f"{people[after.id].title} has this short name already. Choose another.", "id"
        )
    if not after.title.strip() or len(after.title) > MOST_TITLE:
        return _refused(
            "no_title",
            f"Give the job title, in {MOST_TITLE} characters or fewer. Leave the name out.",
            "title",
        )
    if not SLUG.fullmatch(after.organisation):
        return _refused("no_organisation", "Choose the organisation they act for.", "organisation")
    if after.role in (Role.ENGINE, Role.PUBLIC):
        return _refused("no_role", "Choose the role in which they act.", "role")
    if after.address and not ADDRESS.fullmatch(after.address):
        return _refused("wrong_address", "Write a mail address, such as name@force.police.uk.", "address")
    return None


def _check_days(
    after: Person, before: Person | None, people: Mapping[str, Person], today: date
) -> Refused | None:
    if after.deputy is not None:
        deputy = people.get(after.deputy)
        if deputy is None or after.deputy == after.id or deputy.side != after.side:
            return _refused(
                "wrong_deputy", "Choose somebody else of the same side as deputy, or nobody.", "deputy"
            )
    for one in after.appointments:
        if one.to_on is not None and one.to_on < one.from_on:
            return _refused(
                "ends_before",
                f"The last day, {one.to_on:%A %-d %B %Y}, is before the first. Give a later one.",
                "to_on",
            )
        if one.deputises == after.id or (one.deputises and one.deputises not in people):
            return _refused(
                "wrong_deputising",
                "Choose for whom they stand in: somebody else of the directory.",
                "deputises",
            )
    new = [one for one in after.appointments if before is None or one not in before.appointments]
    past = next((one.to_on for one in new if one.to_on is not None and one.to_on < today), None)
    if past is not None:
        return _refused("ended_in_past", f"{past:%A %-d %B %Y} is past. Give today or a later day.", "to_on")
    return None


def _check_own(after: Person, before: Person | None, by: Person) -> Refused | None:
    """Nobody gives themselves a role: a second person looks at it."""
    if before is None or after.id != by.id:
        return None
    if (after.role, after.appointments, after.organisation) == (
        before.role,
        before.appointments,
        before.organisation,
    ):
        return None
    return _refused(
        "own_role", "Ask a colleague to change your own role: nobody does that for themselves.", "role"
    )


def _check_last(after: Person, people: Mapping[str, Person], today: date) -> Refused | None:
    """Nobody is taken away who is the only chief executive, today or after an appointment ends."""
    everybody = {**people, after.id: after}
    last = (one.to_on for one in after.appointments if one.to_on and one.to_on >= today)
    for day in (today, *(one + timedelta(days=1) for one in sorted(last))):
        if _chief(people, day) and not _chief(everybody, day):
            return _refused(
                "last_chief_executive",
                f"From {day:%A %-d %B %Y} nobody would be chief executive, and nobody else can sign. "
                "Enter the successor first.",
                "role",
            )
    return None


def _chief(people: Mapping[str, Person], day: date) -> bool:
    return any(Role.CHIEF_EXECUTIVE in one.roles_on(day) for one in people.values())


def _held(one: Appointment) -> str:
    start = f" from {one.from_on:%A %-d %B %Y}"
    end = f" to {one.to_on:%A %-d %B %Y}" if one.to_on else ""
    return _role(one.role) + start + end + (f", deputy of {one.deputises}" if one.deputises else "")


def _role(role: Role) -> str:
    return role.value.replace("_", " ")


def _refused(code: str, message: str, field: str | None = None) -> Refused:
    return Refused(code=code, message=message, source="local.access", field=field)
