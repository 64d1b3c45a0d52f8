"""Taking something higher by name, and asking to be reminded of something on a day."""

from typing import Any

from rules.deciding.actions import in_state, named
from rules.deciding.moment import Moment
from rules.deciding.naming import not_accepted
from schemas.commands import Escalate, ForAction, ForRequest, WakeMe
from schemas.cycle import Cycle, Request
from schemas.events import ActionEscalated, RequestEscalated, WakeSet
from schemas.outcomes import Allowed, Decision, Refused

MOST_WAKES = 200


def escalate(cycle: Cycle, command: Escalate, _moment: Moment) -> Decision:
    """Take a request or an action to somebody higher; each act names one of the two.

    Source: process.commands
    """
    if (command.request is None) == (command.action is None):
        return Refused(
            code="request_or_action",
            message="Name the request or the action that you escalate: one of the two.",
            source="process.wrong-input",
            field="request",
        )
    return _request(cycle, command) if command.request is not None else _action(cycle, command)


def wake_me(cycle: Cycle, command: WakeMe, moment: Moment) -> Decision:
    """Remind the actor, and nobody else, on a day to come.

    Source: process.clocks
    """
    if command.on <= moment.today:
        return Refused(
            code="wake_in_past",
            message=f"{command.on:%A %-d %B %Y} is not in the future. Choose a day from tomorrow on.",
            source="process.wrong-input",
            field="on",
        )
    if not moment.calendar.covers(command.on):
        return Refused(
            code="beyond_horizon",
            message=f"The calendar ends on {moment.calendar.horizon_on:%-d %B %Y}. Choose a day before that.",
            source="process.clocks",
            field="on",
        )
    if len(cycle.wakes) >= MOST_WAKES:
        return Refused(
            code="too_many_wakes",
            message=f"A cycle holds at most {MOST_WAKES} of these. Put this one into your own calendar.",
            source="process.wrong-input",
        )
    return Allowed(events=(WakeSet(wake=len(cycle.wakes) + 1, on=command.on, about=command.about),))


def _request(cycle: Cycle, command: Escalate) -> Decision:
    about = ForRequest(**_said(command), request=command.request or 1)
    request = not_accepted(cycle, about, "escalated")
    if not isinstance(request, Request):
        return request
    event = RequestEscalated(request=request.number, to=command.to, reason=command.reason)
    return Allowed(events=(event,))


def _action(cycle: Cycle, command: Escalate) -> Decision:
    action = named(cycle, ForAction(**_said(command), action=command.action or ""))
    if isinstance(action, Refused):
        return action
    if not action.open:
        why = "it was taken back" if action.state == "withdrawn" else "it is done and checked"
        return in_state(action, f"{why}, so there is nothing to escalate")
    return Allowed(events=(ActionEscalated(action=action.number, to=command.to, reason=command.reason),))


def _said(command: Escalate) -> dict[str, Any]:
    """What the checks of a request and of an action read of a command."""
    return {"cycle": command.cycle, "key": command.key, "actor": command.actor}
