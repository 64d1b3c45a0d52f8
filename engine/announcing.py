"""Announcing that somebody takes over, and what an office's announcements mean for cycles, old and new."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from reference.bodies import registered
from rules.acting.authority import ACTS, MAY, titles
from rules.acting.bodies import (
    check_announcement,
    day_for,
    in_order,
    line_of,
    touched,
)
from rules.acting.succession import stands_on
from rules.clocks import civil
from schemas.commands import Succeed
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.people import Actor, Person
from schemas.plans import Plan
from schemas.rows import CyclePage, TakenRow
from schemas.shape import Words
from schemas.successions import Announced, Part

AFTER_ITS_DAY = "Released to this cycle after its day."
PARTS: dict[str, Part] = {
    "body": "body",
    "office_holder": "office_holder",
    "office-holder": "office_holder",
    "holder": "office_holder",
    "force": "force",
    "panel": "panel",
}
"""How each part may be written."""


class KnowsSuccessions(Protocol):
    """What is asked about an office before anything is announced."""

    async def successions(self, office: str | None = None) -> list[Announced]:
        """Everything that was announced."""
        ...

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...

    async def plan(self) -> Plan | None:
        """The plan that was imported last."""
        ...

    async def open_under(self, bodies: Sequence[str]) -> list[CyclePage]:
        """Every cycle under way of some bodies."""
        ...


class KeepsSuccessions(Protocol):
    """Where an announcement is kept."""

    async def keep_succession(self, one: Announced) -> bool:
        """Keep it; False where another stands in its way already."""
        ...

    async def take_back_succession(self, one: Announced, by: str, reason: str) -> bool:
        """Note that it is taken back; False where it was already."""
        ...


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to announce; blank names are looked up."""

    what: Part
    to: str
    from_on: date
    reason: str
    was: str = ""
    to_name: str = ""
    source: str = ""
    recorded_late: str = ""


async def announce(
    wanted: Wanted, actor: Actor, reads: KnowsSuccessions, keeping: KeepsSuccessions, now: datetime
) -> Announced | Refused:
    """Keep an announcement, once; every cycle under way learns of it when it is released."""
    if actor.role not in MAY["Succeed"]:
        said = f"Only the {titles(MAY['Succeed'])} may {ACTS['Succeed']}. Ask them to announce it."
        return _no("not_your_role", said)
    plan = await reads.plan()
    if plan is None:
        return _no("no_plan", "No plan is imported, so nobody knows whose office this is. Import it first.")
    if not wanted.reason.strip():
        return _no("without_reason", "Say why they take over; it is kept on the record.", "reason")
    made, people = await reads.successions(plan.body), await reads.people()
    one = _filled(wanted, _Desk(plan.body, made, people, actor.person, civil(now)))
    refused = _unknown_person(one, people) or check_announcement(
        one, made, _known(one.what, plan.body, people), civil(now)
    )
    if refused:
        return refused
    if not await keeping.keep_succession(one):
        return _no("overlapping_succession", "Somebody has just announced another. Look at the list first.")
    return one


@dataclass(frozen=True)
class _Desk:
    """What an announcement is filled in from."""

    office: str
    made: Sequence[Announced]
    people: dict[str, Person]
    person: str
    today: date


async def take_back(
    one: Announced, reason: str, actor: Actor, reads: KnowsSuccessions, keeping: KeepsSuccessions
) -> Refused | None:
    """Take an announcement back, as long as no cycle was told of it and none follows on it."""
    if actor.role not in MAY["Succeed"]:
        return _no("not_your_role", f"Only the {titles(MAY['Succeed'])} may take it back. Ask them.")
    if not reason.strip():
        return _no("without_reason", "Say why it is taken back; it is kept on the record.", "reason")
    made = await reads.successions(one.office)
    if after := next((it for it in made if it.what == one.what and it.was == one.to), None):
        return _no("announced_after", f"{after.to_name} follows {one.to_name}. Take that back first.")
    pages = await reads.open_under(line_of(one.office, made))
    if told := [page.cycle.reference for page in pages if touched(page.cycle, one) is None]:
        some = ", ".join(told[:3])
        return _no(
            "told_already", f"{len(told)} cycles were told already ({some}). Announce who follows instead."
        )
    if not await keeping.take_back_succession(one, actor.person, reason.strip()):
        return _no("announced_after", "Somebody has just taken it back. Look at the list.")
    return None


def _filled(wanted: Wanted, desk: _Desk) -> Announced:
    known = registered(wanted.what)
    names = {one.id: one.name for one in known.values()} | {one.to: one.to_name for one in desk.made}
    if wanted.what == "office_holder":
        names = {one.id: one.title for one in desk.people.values()} | names
    last = in_order(desk.made, wanted.what)
    first = desk.office if wanted.what == "body" else next(iter(known), "")
    to = wanted.to.strip()
    again = next((one.was for one in last if one.to == to), None)
    was = wanted.was.strip() or again or (last[-1].to if last else first)
    return Announced(
        office=desk.office,
        what=wanted.what,
        was=was or "nobody",
        was_name=names.get(was, was),
        to=to or was or "nobody",
        to_name=wanted.to_name.strip() or names.get(to, ""),
        from_on=wanted.from_on,
        reason=wanted.reason.strip(),
        source=wanted.source.strip() or None,
        recorded_late=(wanted.recorded_late.strip() or None) if wanted.from_on < desk.today else None,
        announced_by=desk.person,
    )


def _known(what: Part, office: str, people: dict[str, Person]) -> list[str]:
    if what == "office_holder":
        return list(people)
    return [office] if what == "body" else list(registered(what))


def _unknown_person(one: Announced, people: dict[str, Person]) -> Refused | None:
    if one.what != "office_holder" or one.to in people:
        return None
    said = f"Nobody here is known as {one.to}. Enter them first: starter.py people import"
    return _no("unknown_person", said, "to")


@dataclass
class Taken:
    """What one announcement means for the cycles under way."""

    one: Announced
    rows: list[TakenRow] = field(default_factory=list)
    commands: list[Succeed] = field(default_factory=list)
    words: Words = field(default_factory=Words)


async def taken_by(one: Announced, reads: KnowsSuccessions, actor: Actor | None, now: datetime) -> Taken:
    """Every open cycle that an announcement touches, before and after; with an actor, the commands too."""
    line = line_of(one.office, await reads.successions(one.office))
    found = Taken(one)
    for page in await reads.open_under(line):
        concerns = touched(page.cycle, one)
        if concerns is False:
            continue
        found.rows.append(_row(page, one, stands=concerns is None))
        if actor and concerns:
            found.commands.append(_command(page.cycle, one, actor, found.words, now))
    return found


def _row(page: CyclePage, one: Announced, *, stands: bool) -> TakenRow:
    day = day_for(page.cycle, one)
    before = page.names_on(one.what, day)
    was = stands_on(page.cycle, one.what, day)
    return TakenRow(
        cycle=page.cycle.reference,
        title=page.say(page.cycle.title),
        before=str(before) if before else (one.was_name if was in (None, one.was) else was),
        after=f"{one.to_name} (before {day:%-d %B %Y}: {one.was_name})",
        from_on=day,
        stands=stands,
    )


def _command(cycle: Cycle, one: Announced, actor: Actor, words: Words, now: datetime) -> Succeed:
    day = day_for(cycle, one)
    late = (one.recorded_late or AFTER_ITS_DAY) if day < civil(now - cycle.set_back) else None
    return Succeed(
        cycle=cycle.reference,
        key=f"succession:{one.what}:{one.from_on}:{cycle.reference}",
        actor=actor,
        what=one.what,
        was=one.was,
        was_name=words.ref(one.was_name),
        to=one.to,
        to_name=words.ref(one.to_name),
        from_on=day,
        reason=words.ref(one.reason),
        recorded_late=words.maybe(late),
    )


def _no(code: str, message: str, field: str | None = None) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input", field=field)
