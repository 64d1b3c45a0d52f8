"""Succession: another body, office holder, force or panel takes over, from a day, and the cycle goes on."""

from rules.acting.succession import body_on, holder_on, stands_on
from rules.clocks import civil
from rules.deciding.moment import Moment
from schemas.commands import Succeed
from schemas.cycle import Cycle
from schemas.events import BodySucceeded
from schemas.outcomes import Allowed, Decision, Refused
from schemas.successions import TakesOver


def succeed(cycle: Cycle, command: Succeed, _moment: Moment) -> Decision:
    """Record who takes over and from which day, past or to come; nothing else in the cycle changes.

    Whether a day that is past may still be recorded is asked at the doorway (rules.acting.bodies).

    Source: process.commands
    """
    opened_on = civil(cycle.opened_at)
    if command.from_on < opened_on:
        return Refused(
            code="before_opening",
            message=f"{cycle.reference} was opened on {opened_on:%A %-d %B %Y}. "
            "Give that day or a later one.",
            source="process.wrong-input",
            field="from_on",
        )
    known = _stands(cycle, command)
    was = known or command.was
    if was == command.to:
        return Refused(
            code="no_succession",
            message=f"{command.to} stands on that day already, so nobody takes over. "
            "Check the name and the day.",
            source="process.wrong-input",
            field="to",
        )
    if command.was and known and command.was != known:
        return Refused(
            code="other_predecessor",
            message=f"On that day {known} stands for {cycle.reference}, not {command.was}. "
            "Check who is followed, and the day.",
            source="process.wrong-input",
            field="was",
        )
    return Allowed(events=(_event(command, was),))


def taking_over(one: TakesOver) -> BodySucceeded:
    """What the office had announced when the cycle was opened, as its own event.

    Source: process.commands
    """
    return _event(one, one.was)


def _stands(cycle: Cycle, command: Succeed) -> str | None:
    if command.what == "body":
        return body_on(cycle, command.from_on)
    if command.what == "office_holder":
        return holder_on(cycle, command.from_on)
    return stands_on(cycle, command.what, command.from_on)


def _event(said: Succeed | TakesOver, was: str | None) -> BodySucceeded:
    return BodySucceeded(
        what=said.what,
        was=was,
        to=said.to,
        from_on=said.from_on,
        reason=said.reason,
        was_name=said.was_name,
        to_name=said.to_name,
        recorded_late=said.recorded_late,
    )
