"""Reminding now, by hand: whoever owes a return or an action gets one mail, at most one a day."""

from datetime import date
from typing import Any

from rules.clocks import civil, suspended
from rules.deciding.actions import in_state
from rules.deciding.actions import named as named_action
from rules.deciding.moment import Moment
from rules.deciding.naming import named as named_request
from rules.deciding.naming import too_late
from schemas.commands import ForAction, ForRequest, Remind
from schemas.cycle import Action, Cycle, Request
from schemas.events import ActionReminded, RequestReminded
from schemas.outcomes import Allowed, Decision, Refused

OWES_NOTHING = {
    "returned": "its return has come and waits for you: check it, or send it back",
    "accepted": "its return has been accepted, so nothing is owed",
    "withdrawn": "it was withdrawn, so nothing is owed",
}
NOT_OWED = {
    "proposed": "it is not agreed yet, so nobody owes it: the other side has to confirm it first",
    "disputed": "it is disputed, so nobody owes it: settle that first",
    "withdrawn": "it was taken back, so there is nothing to remind of",
    "claimed_done": "its owner says that it is done: check the proof, or reopen it",
    "verified": "it is done and checked, so there is nothing to remind of",
}


def remind(cycle: Cycle, command: Remind, moment: Moment) -> Decision:
    """Remind of a request or an action now; each act names one of the two, once a day at the most.

    Source: local.ladder
    Units: civil days in London.
    """
    if (command.request is None) == (command.action is None):
        return Refused(
            code="request_or_action",
            message="Name the request or the action that you send a reminder of: one of the two.",
            source="process.wrong-input",
            field="request",
        )
    if cycle.paused_at:
        return Refused(
            code="paused",
            message="This cycle is paused, so nobody is reminded. Resume it first.",
            source="process.wrong-input",
        )
    if command.request is not None:
        return _request(cycle, command, moment)
    return _action(cycle, command, moment)


def _request(cycle: Cycle, command: Remind, moment: Moment) -> Decision:
    request = named_request(cycle, ForRequest(**_said(command), request=command.request or 1))
    if isinstance(request, Refused):
        return request
    if not request.open:
        return too_late(request, OWES_NOTHING[request.state])
    if suspended(request.clock):
        return too_late(request, "its clock stands still until its question is answered: answer it first")
    if request.due is None:
        return too_late(request, "it has no due day yet, so there is nothing to remind of")
    if moment.today in _days(request):
        return _today(f"request {request.number}", "request")
    return Allowed(events=(RequestReminded(request=request.number, due_on=request.due.on),))


def _action(cycle: Cycle, command: Remind, moment: Moment) -> Decision:
    action = named_action(cycle, ForAction(**_said(command), action=command.action or ""))
    if isinstance(action, Refused):
        return action
    if action.state in NOT_OWED:
        return in_state(action, NOT_OWED[action.state])
    if moment.today in _days(action):
        return _today(f"action {action.number}", "action")
    return Allowed(events=(ActionReminded(action=action.number, due_on=action.due.on),))


def _days(owed: Request | Action) -> set[date | None]:
    """The days on which a reminder of it went out, by the clock or by hand."""
    by_clock = (one.on for one in owed.reminded) if isinstance(owed, Request) else iter(owed.progress_asked)
    return {*by_clock, *(civil(one.at) for one in owed.chased)}


def _today(what: str, field: str) -> Refused:
    return Refused(
        code="reminded_today",
        message=f"A reminder of {what} went out today. Send the next one tomorrow, or take it to somebody "
        "higher.",
        source="local.ladder",
        field=field,
    )


def _said(command: Remind) -> dict[str, Any]:
    """What the checks of a request and of an action read of a command."""
    return {"cycle": command.cycle, "key": command.key, "actor": command.actor}
