"""Bodies, office holders, forces and panels of an office: who stands on a day, who follows, who has ended."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from rules.acting.succession import stands_on
from rules.clocks import civil
from schemas.commands import AnyCommand, OpenCycle, Succeed
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.shape import Instant
from schemas.successions import Announced, Part, Registered

ENDS_WITH_BODY = frozenset({Role.COMMISSIONER, Role.ACTING_COMMISSIONER, Role.DEPUTY_COMMISSIONER})
"""Roles that end with their body. Staff go on, for whoever stands; a dated appointment says otherwise."""
PARTS: dict[Part, str] = {
    "body": "governing body",
    "office_holder": "office holder",
    "force": "force",
    "panel": "panel",
}


def line_of(body: str, announced: Iterable[Announced]) -> tuple[str, ...]:
    """A body and all who follow it, as announced, by their days: one office under its successive names.

    Source: process.commands
    """
    line = [body]
    for one in in_order(announced, "body"):
        if one.was in line and one.to not in line:
            line.append(one.to)
    return tuple(line)


def in_order(announced: Iterable[Announced], what: Part) -> list[Announced]:
    """What was announced of one part, by the days.

    Source: process.commands
    """
    return sorted((one for one in announced if one.what == what), key=lambda one: one.from_on)


def followed_by(one: str, announced: Iterable[Announced], what: Part, day: date) -> str:
    """Who stands on a day in place of somebody, as announced: themselves, or their successor's successor.

    Source: process.commands
    """
    for step in in_order(announced, what):
        if step.was == one and step.from_on <= day:
            one = step.to
    return one


def check_announcement(
    new: Announced,
    announced: Sequence[Announced],
    known: Collection[str],
    today: date,
) -> Refused | None:
    """A refusal where a succession cannot be: past, unknown, to itself, or across another one.

    `known` are the ids that stand in the register of this part, or for an office holder in the directory.

    Source: process.wrong-input
    """
    part, before = PARTS[new.what], in_order(announced, new.what)
    if not new.to.strip() or not new.to_name.strip():
        return _wrong(
            "without_successor",
            f"Say who takes over as {part}: their short name, and the full one for papers.",
            "to",
        )
    if new.was not in {*known, *(one.to for one in before)}:
        here = ", ".join(sorted({*known, *(one.to for one in before)})) or "nobody yet"
        return _wrong(
            "unknown_predecessor", f"No {part} here is known as {new.was}. Write one of: {here}.", "was"
        )
    if new.was == new.to:
        return _wrong("no_succession", f"{new.was_name} cannot take over from itself. Name another.", "to")
    if clash := _overlap(new, before):
        return clash
    return past(new.from_on, today, new.recorded_late)


def past(from_on: date, today: date, why_late: str | None) -> Refused | None:
    """A refusal where a succession's day is past and nobody says why it is recorded only now.

    Lateness is recorded; it blocks nothing.

    Source: process.wrong-input
    """
    if from_on >= today or (why_late and why_late.strip()):
        return None
    return _wrong(
        "succession_in_past",
        f"{from_on:%A %-d %B %Y} is past. Give today or a later day, or say why it is recorded only now "
        "(--recorded-late, or the box on the form).",
        "from_on",
    )


def check_succession(
    command: AnyCommand, known: Collection[str], cycle: Cycle | None, now: Instant
) -> Refused | None:
    """A refusal where one cycle would be handed to a day that is past, or to whom nobody knows.

    `known` are the ids of the register and of what was announced; a name in the command makes one known.

    Source: process.wrong-input
    """
    if not isinstance(command, Succeed):
        return None
    if refused := past(command.from_on, civil(now - cycle.set_back if cycle else now), command.recorded_late):
        return refused
    if command.what == "office_holder" or command.to_name or command.to in known:
        return None
    return _wrong(
        "unknown_successor",
        f"No {PARTS[command.what]} here is known as {command.to}. Give its full name too, "
        f"or one of: {', '.join(sorted(known)) or 'nobody yet'}.",
        "to",
    )


def check_opening(command: AnyCommand, announced: Sequence[Announced], now: Instant) -> Refused | None:
    """A refusal where a cycle would begin under a body that another has followed by then.

    Source: process.commands
    """
    if not isinstance(command, OpenCycle):
        return None
    today = civil(now - command.set_back)
    stands = followed_by(command.body, announced, "body", today)
    if stands == command.body:
        return None
    step = next(one for one in in_order(announced, "body") if one.was == command.body)
    return Refused(
        code="body_followed",
        message=f"{step.to_name} took over from {step.was_name} on {step.from_on:%A %-d %B %Y}. "
        f"Open the cycle for {stands}.",
        source="process.commands",
        field="body",
    )


def check_ended(
    command: AnyCommand,
    people: Mapping[str, Person],
    announced: Sequence[Announced],
    cycle: Cycle | None,
    today: date,
) -> Refused | None:
    """A refusal where somebody's office has ended with its body, or another holds it; it names the successor.

    Staff go on acting, for whoever stands. Who has an appointment that is in force on the day, from the
    succession or later, goes on too.

    Source: process.commands
    """
    actor = command.actor
    person = people.get(actor.person)
    if actor.role not in ENDS_WITH_BODY or person is None:
        return None
    for one in _touching(announced, cycle):
        theirs = one.was == (person.id if one.what == "office_holder" else person.organisation)
        if theirs and one.from_on <= today and not appointed_anew(person, actor.role, one.from_on, today):
            return _ended(one, actor.role)
    return None


def touched(cycle: Cycle, one: Announced) -> bool | None:
    """Whether a succession concerns an open cycle: True, None where the cycle knows of it, False otherwise.

    Source: process.commands
    """
    day = day_for(cycle, one)
    knows = {(it.what, it.to) for it in cycle.successions} | {(it.what, it.id) for it in cycle.called}
    if (one.what, one.to) in knows or (one.what == "body" and cycle.body == one.to):
        return None
    return stands_on(cycle, one.what, day) in (({one.was}) if one.what == "body" else {one.was, None})


def day_for(cycle: Cycle, one: Announced) -> date:
    """From which day a succession counts in a cycle: its own, or that on which the cycle was opened later.

    Source: process.commands
    """
    return max(one.from_on, civil(cycle.opened_at))


def standing(
    register: Iterable[Registered], announced: Sequence[Announced], body: str, day: date
) -> dict[Part, tuple[str, str]]:
    """Who stands for an office on a day under which name, part by part, once something was announced.

    Empty before anything was: what a cycle says then stays as it was.

    Source: process.commands
    """
    if not announced:
        return {}
    found: dict[Part, tuple[str, str]] = {}
    for one in register:
        if one.what != "body" or one.id == body:
            found.setdefault(one.what, (one.id, one.name))
    for what in PARTS:
        for step in in_order(announced, what):
            if step.from_on <= day:
                found[what] = (step.to, step.to_name)
    return found


def to_come(announced: Iterable[Announced], day: date) -> list[Announced]:
    """What was announced for a day still to come, soonest first.

    Source: process.commands
    """
    return sorted((one for one in announced if one.from_on > day), key=lambda one: (one.from_on, one.what))


def _touching(announced: Sequence[Announced], cycle: Cycle | None) -> list[Announced]:
    """What the office announced, and what this cycle alone was told, newest first."""
    told = [
        Announced(
            office=cycle.body, what=one.what, was=one.was, was_name=one.was, to=one.to, to_name=one.to,
            from_on=one.from_on, reason="", announced_by=one.by.person,
        )
        for one in (cycle.successions if cycle else ())
        if cycle and one.was
    ]  # fmt: skip
    return sorted((*announced, *told), key=lambda one: one.from_on, reverse=True)


def _ended(one: Announced, role: Role) -> Refused:
    return Refused(
        code="office_ended",
        message=f"{one.to_name} took over from {one.was_name} on {one.from_on:%A %-d %B %Y}, "
        f"and with that your office as {role.value.replace('_', ' ')} ended. Ask {one.to_name}, "
        "or have an appointment from that day entered.",
        source="process.commands",
    )


def appointed_anew(person: Person, role: Role, from_on: date, today: date) -> bool:
    """Whether somebody holds a role by an appointment that outlasts a succession on a day.

    Source: process.successions
    """
    held = (one for one in person.appointments if one.role == role and one.in_force(today))
    return any(one.to_on is not None or one.from_on >= from_on for one in held)


def _overlap(new: Announced, before: Sequence[Announced]) -> Refused | None:
    for one in before:
        if one.was == new.was or one.to == new.to:
            return _wrong(
                "overlapping_succession",
                f"It is announced already that {one.to_name} takes over from {one.was_name} on "
                f"{one.from_on:%A %-d %B %Y}. Announce who follows {one.to_name}, from a later day.",
                "was" if one.was == new.was else "to",
            )
    last = before[-1] if before else None
    if last and (new.from_on <= last.from_on or new.was != last.to):
        return _wrong(
            "overlapping_succession",
            f"{last.to_name} takes over on {last.from_on:%A %-d %B %Y}, as announced. "
            f"What comes after follows {last.to_name}, on a later day.",
            "from_on",
        )
    return None


def _wrong(code: str, message: str, field: str) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input", field=field)
