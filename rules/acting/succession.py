"""Succession: who stands on which day, and on whose behalf an act is done."""

from datetime import date

from schemas.cycle import Cycle, Succession
from schemas.people import Actor, Side
from schemas.successions import Part

BEHALF: dict[Side, Part] = {"opcc": "body", "force": "force", "panel": "panel"}
"""On whose behalf each side of the table acts."""


def body_on(cycle: Cycle, day: date) -> str:
    """The governing body that stands on a day: before the day of a succession, the one before it.

    Source: process.commands
    """
    return stands_on(cycle, "body", day) or cycle.body


def holder_on(cycle: Cycle, day: date) -> str | None:
    """The office holder who stands on a day, where a succession named one; None otherwise.

    Source: process.commands
    """
    held = [one.to for one in _taken(cycle, "office_holder") if one.from_on <= day]
    return held[-1] if held else None


def stands_on(cycle: Cycle, what: Part, day: date) -> str | None:
    """Who stands for a part of a cycle on a day; None where the cycle was never told.

    Source: process.commands
    """
    taken = _taken(cycle, what)
    first = next((one.was for one in cycle.successions if one.what == what), None)
    stands = first or (cycle.body if what == "body" else _called(cycle, what))
    for one in taken:
        if one.from_on <= day:
            stands = one.to
    return stands


def first_body(cycle: Cycle) -> str:
    """The body under which a cycle was opened, whoever has followed: a name for it that never changes.

    Source: process.events
    """
    return next((one.was for one in cycle.successions if one.what == "body" and one.was), cycle.body)


def as_of(cycle: Cycle, day: date) -> Cycle:
    """The cycle with the body that stands on a day; the same cycle where nobody has taken over.

    Source: process.commands
    """
    if not cycle.successions or (body := body_on(cycle, day)) == cycle.body:
        return cycle
    return cycle.model_copy(update={"body": body})


def on_behalf(actor: Actor, cycle: Cycle | None, day: date) -> Actor:
    """The actor as an entry names them: after a succession, each side acts for whom stands on the day.

    A body that the actor named stands where this cycle does not know it. Cycles without a succession keep
    what was said, so their entries stay the same byte for byte; so do the force's and the panel's where
    neither was ever followed by another.

    Source: process.commands
    """
    what = BEHALF.get(actor.side)
    if cycle is None or what is None or not (cycle.successions or cycle.called):
        return actor
    if what != "body" and not _taken(cycle, what):
        return actor
    known = {None, cycle.body} | {name for one in cycle.successions for name in (one.was, one.to)}
    if actor.on_behalf_of not in known and not cycle.called:
        return actor
    return actor.model_copy(update={"on_behalf_of": stands_on(cycle, what, day)})


def _taken(cycle: Cycle, what: Part) -> list[Succession]:
    """The successions of a part by their days."""
    found = (one for one in cycle.successions if one.what == what)
    return sorted(found, key=lambda one: (one.from_on, one.at))


def _called(cycle: Cycle, what: Part) -> str | None:
    return next((one.id for one in cycle.called if one.what == what), None)
