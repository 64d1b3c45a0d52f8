"""Succession: another body or office holder takes over, from a day, and the cycle goes on."""

from rules.acting.succession import body_on, holder_on
from rules.clocks import civil
from rules.deciding.moment import Moment
from schemas.commands import Succeed
from schemas.cycle import Cycle
from schemas.events import BodySucceeded
from schemas.outcomes import Allowed, Decision, Refused


def succeed(cycle: Cycle, command: Succeed, _moment: Moment) -> Decision:
    """Record who takes over and from which day, past or to come; nothing else in the cycle changes.

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
    was = body_on(cycle, command.from_on) if command.what == "body" else holder_on(cycle, command.from_on)
    if was == command.to:
        return Refused(
            code="no_succession",
            message=f"{command.to} stands on that day already, so nobody takes over. "
            "Check the name and the day.",
            source="process.wrong-input",
            field="to",
        )
    event = BodySucceeded(
        what=command.what, was=was, to=command.to, from_on=command.from_on, reason=command.reason
    )
    return Allowed(events=(event,))
