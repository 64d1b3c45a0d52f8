"""Evidence: ask one lead or several, ask no longer, acknowledge."""

from rules.acting.authority import answers_for
from rules.deciding.moment import Moment, ask_clock, future_due, session_day
from rules.deciding.naming import named, not_accepted
from schemas.commands import Acknowledge, AddRequest, AskSeveral, WithdrawRequest
from schemas.cycle import Cycle
from schemas.events import EvidenceRequested, RequestAcknowledged, RequestWithdrawn
from schemas.outcomes import Allowed, Decision, Refused

MOST_REQUESTS = 60


def add_request(cycle: Cycle, command: AddRequest, moment: Moment) -> Decision:
    """Ask one more lead.

    Source: prsra-2011.s36
    """
    number = _next_number(cycle)
    if refused := _too_many(number):
        return refused
    clock = ask_clock(command.request, cycle.standards, moment)
    found = future_due(clock, moment, session_day(cycle))
    if isinstance(found, Refused):
        return found
    return Allowed(events=(EvidenceRequested(request=number, draft=command.request, clock=clock, due=found),))


def ask_several(cycle: Cycle, command: AskSeveral, moment: Moment) -> Decision:
    """Put one question to several leads in one act: a request to each, with one clock for all.

    Source: prsra-2011.s36
    """
    leads = (command.request.lead, *command.others)
    twice = sorted({one for one in leads if leads.count(one) > 1})
    if twice:
        return Refused(
            code="duplicate_lead",
            message=f"{', '.join(twice)} would be asked twice. Name each lead once.",
            source="process.wrong-input",
            field="others",
        )
    first = _next_number(cycle)
    if refused := _too_many(first + len(leads) - 1):
        return refused
    clock = ask_clock(command.request, cycle.standards, moment)
    found = future_due(clock, moment, session_day(cycle))
    if isinstance(found, Refused):
        return found
    events = tuple(
        EvidenceRequested(
            request=number,
            draft=command.request.model_copy(update={"lead": lead}),
            clock=clock,
            due=found,
            campaign=first,
        )
        for number, lead in enumerate(leads, start=first)
    )
    return Allowed(events=events)


def withdraw_request(cycle: Cycle, command: WithdrawRequest, _moment: Moment) -> Decision:
    """Ask no longer, as long as the return has not been accepted.

    Source: process.commands
    """
    request = not_accepted(cycle, command, "withdrawn")
    if isinstance(request, Refused):
        return request
    return Allowed(events=(RequestWithdrawn(request=request.number, reason=command.reason),))


def acknowledge(cycle: Cycle, command: Acknowledge, moment: Moment) -> Decision:
    """The lead has seen the request; once is enough.

    Source: process.commands
    """
    request = named(cycle, command)
    if isinstance(request, Refused):
        return request
    if refused := answers_for(command.actor, request, moment.today):
        return refused
    if request.state != "asked":
        return Allowed(events=())
    return Allowed(events=(RequestAcknowledged(request=request.number),))


def _next_number(cycle: Cycle) -> int:
    return len(cycle.requests) + len(cycle.planned) + 1


def _too_many(number: int) -> Refused | None:
    if number <= MOST_REQUESTS:
        return None
    return Refused(
        code="too_many_requests",
        message=f"A cycle holds at most {MOST_REQUESTS} requests. Open another cycle for the rest.",
        source="process.wrong-input",
    )
