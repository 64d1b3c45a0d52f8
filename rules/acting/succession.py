"""Succession: which governing body stands on which day, and on whose behalf an act is done."""

from datetime import date

from schemas.cycle import Cycle
from schemas.people import Actor


def body_on(cycle: Cycle, day: date) -> str:
    """The governing body that stands on a day: before the day of a succession, the one before it.

    Source: process.commands
    """
    taken = [one for one in cycle.successions if one.what == "body"]
    if not taken:
        return cycle.body
    body = taken[0].was or cycle.body
    for one in sorted(taken, key=lambda it: (it.from_on, it.at)):
        if one.from_on <= day:
            body = one.to
    return body


def holder_on(cycle: Cycle, day: date) -> str | None:
    """The office holder who stands on a day, where a succession named one; None otherwise.

    Source: process.commands
    """
    named = sorted(
        (one for one in cycle.successions if one.what == "office_holder"), key=lambda it: (it.from_on, it.at)
    )
    held = [one.to for one in named if one.from_on <= day]
    return held[-1] if held else None


def as_of(cycle: Cycle, day: date) -> Cycle:
    """The cycle with the body that stands on a day; the same cycle where nobody has taken over.

    Source: process.commands
    """
    if not cycle.successions or (body := body_on(cycle, day)) == cycle.body:
        return cycle
    return cycle.model_copy(update={"body": body})


def on_behalf(actor: Actor, cycle: Cycle | None, day: date) -> Actor:
    """The actor as an entry names them: after a succession, the office acts for the body of the day.

    A body that the actor named stands where this cycle does not know it. Cycles without a succession keep
    what was said, so their entries stay the same byte for byte.

    Source: process.commands
    """
    if cycle is None or not cycle.successions or actor.side != "opcc":
        return actor
    known = {None, cycle.body} | {name for one in cycle.successions for name in (one.was, one.to)}
    if actor.on_behalf_of not in known:
        return actor
    return actor.model_copy(update={"on_behalf_of": body_on(cycle, day)})
