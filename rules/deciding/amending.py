"""Asking otherwise, of the same lead or of another; and letting a colleague answer too."""

from datetime import date

from rules.acting.authority import answers_for
from rules.clocks import due
from rules.deciding.clarifying import stands_still_again
from rules.deciding.moment import Moment, session_day
from rules.deciding.naming import not_accepted
from rules.parts import after_amending
from schemas.clocks import Due, Restarted
from schemas.commands import AmendRequest, Delegate, Reassign
from schemas.cycle import Cycle, Request
from schemas.events import RequestAmended, RequestDelegated, RequestReassigned
from schemas.outcomes import Allowed, Decision, Refused
from schemas.people import Role


def amend_request(cycle: Cycle, command: AmendRequest, moment: Moment) -> Decision:
    """Ask otherwise, before the return is accepted. Another day starts the clock again.

    Source: process.commands
    """
    request = not_accepted(cycle, command, "amended")
    if isinstance(request, Refused):
        return request
    if refused := _not_an_amendment(command, request):
        return refused
    restarts = command.draft.due != request.draft.due
    found = _restarted(cycle, command, request, moment) if restarts else request.due
    if isinstance(found, Refused):
        return found
    if isinstance(found, Due) and found.at <= moment.now and (restarts or _reopens(command, request)):
        return Refused(
            code="due_in_past",
            message=f"{found.on:%A %-d %B %Y} is past. Give the lead a later day.",
            source="process.wrong-input",
            field="draft.due",
        )
    event = RequestAmended(
        request=request.number,
        draft=command.draft,
        was=request.draft,
        reason=command.reason,
        restarts=restarts,
        due=found,
    )
    return Allowed(events=(event, *stands_still_again(request)) if restarts else (event,))


def delegate(cycle: Cycle, command: Delegate, moment: Moment) -> Decision:
    """Let a colleague answer too. A delegate cannot pass it on.

    Source: process.commands
    """
    request = not_accepted(cycle, command, "delegated")
    if isinstance(request, Refused):
        return request
    if command.actor.role == Role.THEMATIC_LEAD and command.actor.person != request.draft.lead:
        undelegated = request.model_copy(update={"delegations": ()})
        if refused := answers_for(command.actor, undelegated, moment.today):
            return refused
    if command.to == request.draft.lead:
        return _the_lead_already(request)
    if command.until_on and command.until_on < moment.today:
        return until_past(command.until_on)
    event = RequestDelegated(
        request=request.number, to=command.to, until_on=command.until_on, reason=command.reason
    )
    return Allowed(events=(event,))


def reassign(cycle: Cycle, command: Reassign, _moment: Moment) -> Decision:
    """Put the request to another lead. The clock goes on.

    Source: process.commands
    """
    request = not_accepted(cycle, command, "put to another lead")
    if isinstance(request, Refused):
        return request
    if command.to == request.draft.lead:
        return _the_lead_already(request)
    event = RequestReassigned(
        request=request.number, to=command.to, was=request.draft.lead, reason=command.reason
    )
    return Allowed(events=(event,))


def until_past(on: date) -> Refused:
    """A refusal where something would end before it has begun.

    Source: process.wrong-input
    """
    return Refused(
        code="until_past",
        message=f"{on:%A %-d %B %Y} is past. Choose a later day.",
        source="process.wrong-input",
        field="until_on",
    )


def _not_an_amendment(command: AmendRequest, request: Request) -> Refused | None:
    if command.draft.lead != request.draft.lead:
        return Refused(
            code="other_lead",
            message=f"Request {request.number} stays with its lead when it is amended. "
            "To ask somebody else, put it to another lead.",
            source="process.commands",
            field="draft.lead",
        )
    if command.draft == request.draft:
        return Refused(
            code="nothing_amended",
            message="This is what is asked already. Change something, or leave it as it is.",
            source="process.wrong-input",
        )
    return None


def _restarted(cycle: Cycle, command: AmendRequest, request: Request, moment: Moment) -> Due | Refused | None:
    entry = Restarted(at=moment.now, budget=command.draft.due)
    clock = request.clock.model_copy(update={"entries": (*request.clock.entries, entry)})
    found = due(clock, moment.calendar, session_day(cycle))
    return found.model_copy(update={"field": "draft.due"}) if isinstance(found, Refused) else found


def _reopens(command: AmendRequest, request: Request) -> bool:
    """Whether something becomes owed that was not, which needs a day that is still to come."""
    state, _ = after_amending(request, command.draft)
    return not request.open and state == "part_returned"


def _the_lead_already(request: Request) -> Refused:
    return Refused(
        code="same_lead",
        message=f"Request {request.number} is with that lead already. Choose somebody else.",
        source="process.wrong-input",
        field="to",
    )
