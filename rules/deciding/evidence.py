"""Evidence: ask, acknowledge, return, send back, accept, more time."""

from rules.authority import answers_for, second_person
from rules.clocks import civil, due, suspended
from rules.deciding.moment import Moment, ask_clock, future_due, session_day
from schemas.clocks import Due, Extended, Restarted
from schemas.commands import (
    AcceptReturn,
    Acknowledge,
    AddRequest,
    DecideExtension,
    ForRequest,
    RequestExtension,
    SendBack,
    SubmitReturn,
    WithdrawRequest,
)
from schemas.cycle import Cycle, Request
from schemas.events import (
    EvidenceRequested,
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    RequestAcknowledged,
    RequestWithdrawn,
    ReturnAccepted,
    ReturnSentBack,
    ReturnSubmitted,
)
from schemas.outcomes import Allowed, Decision, Refused

MOST_REQUESTS = 60


def add_request(cycle: Cycle, command: AddRequest, moment: Moment) -> Decision:
    """Ask one more lead.

    Source: prsra-2011.s36
    """
    number = len(cycle.requests) + len(cycle.planned) + 1
    if number > MOST_REQUESTS:
        return Refused(
            code="too_many_requests",
            message=f"A cycle holds at most {MOST_REQUESTS} requests. Open another cycle for the rest.",
            source="process.wrong-input",
        )
    clock = ask_clock(command.request, cycle.standards, moment)
    found = future_due(clock, moment, session_day(cycle))
    if isinstance(found, Refused):
        return found
    return Allowed(events=(EvidenceRequested(request=number, draft=command.request, clock=clock, due=found),))


def withdraw_request(cycle: Cycle, command: WithdrawRequest, _moment: Moment) -> Decision:
    """Ask no longer, as long as the return has not been accepted.

    Source: process.commands
    """
    request = _named(cycle, command)
    if isinstance(request, Refused):
        return request
    if request.state == "accepted":
        return _too_late(request, "its return has been accepted, so it cannot be withdrawn")
    return Allowed(events=(RequestWithdrawn(request=request.number, reason=command.reason),))


def acknowledge(cycle: Cycle, command: Acknowledge, _moment: Moment) -> Decision:
    """The lead has seen the request; once is enough.

    Source: process.commands
    """
    request = _named(cycle, command)
    if isinstance(request, Refused):
        return request
    if refused := answers_for(command.actor, request):
        return refused
    if request.state != "asked":
        return Allowed(events=())
    return Allowed(events=(RequestAcknowledged(request=request.number),))


def submit_return(cycle: Cycle, command: SubmitReturn, moment: Moment) -> Decision:
    """The force's reply. Late is recorded and never refused.

    Source: process.commands
    """
    request = _named(cycle, command)
    if isinstance(request, Refused):
        return request
    if refused := answers_for(command.actor, request) or _incomplete(command):
        return refused
    if request.state == "accepted":
        return _too_late(request, "its return has been accepted. Ask the office to send it back first")
    event = ReturnSubmitted(
        request=request.number,
        version=len(request.returns) + 1,
        answer=command.answer,
        items=command.items,
        cover=command.cover,
        partial=command.partial,
        late=_is_late(request, moment),
        reason=command.reason,
        signed_off_by=command.signed_off_by,
    )
    return Allowed(events=(event,))


def send_back(cycle: Cycle, command: SendBack, moment: Moment) -> Decision:
    """Name the gap and give a new day; the clock starts again.

    Source: process.commands
    """
    request = _to_review(cycle, command)
    if isinstance(request, Refused):
        return request
    entry = Restarted(at=moment.now, budget=command.due)
    clock = request.clock.model_copy(update={"entries": (*request.clock.entries, entry)})
    found = due(clock, moment.calendar, session_day(cycle))
    if isinstance(found, Refused):
        return found.model_copy(update={"field": "due"})
    if found and found.at <= moment.now:
        return Refused(
            code="due_in_past",
            message=f"{found.on:%A %-d %B %Y} is past. Give the lead a later day.",
            source="process.wrong-input",
            field="due",
        )
    event = ReturnSentBack(
        request=request.number,
        version=len(request.returns),
        gap=command.gap,
        budget=command.due,
        due=found,
    )
    return Allowed(events=(event,))


def accept_return(cycle: Cycle, command: AcceptReturn, _moment: Moment) -> Decision:
    """Accept what was returned; never by the person who submitted it.

    Source: local.separation-of-duties
    """
    request = _to_review(cycle, command)
    if isinstance(request, Refused):
        return request
    return Allowed(events=(ReturnAccepted(request=request.number, version=len(request.returns)),))


def request_extension(cycle: Cycle, command: RequestExtension, moment: Moment) -> Decision:
    """Ask for more time, to a later day, within the office's limit.

    Source: local.extension
    """
    request = _named(cycle, command)
    if isinstance(request, Refused):
        return request
    if refused := answers_for(command.actor, request):
        return refused
    if not request.open or request.due is None:
        return _too_late(request, "no return is owed, so there is nothing to extend")
    if request.extension:
        return _too_late(request, "more time has been asked for already. The office has to decide first")
    if command.to <= request.due.on or command.to <= moment.today:
        return Refused(
            code="not_later",
            message=f"{command.to:%A %-d %B %Y} is not later than the present day, "
            f"{request.due.on:%A %-d %B %Y}. Choose a later one.",
            source="local.extension",
            field="to",
        )
    if refused := _over_limit(cycle, request, command, moment):
        return refused
    return Allowed(events=(ExtensionRequested(request=request.number, to=command.to, reason=command.reason),))


def decide_extension(cycle: Cycle, command: DecideExtension, moment: Moment) -> Decision:
    """Grant or refuse the time that was asked for. The old day is kept beside the new one.

    Source: local.extension
    """
    request = _named(cycle, command)
    if isinstance(request, Refused):
        return request
    asked = request.extension
    if asked is None or request.due is None:
        return _too_late(request, "nobody has asked for more time")
    if not command.granted:
        return Allowed(events=(ExtensionRefused(request=request.number, to=asked.to, reason=command.reason),))
    entry = Extended(at=moment.now, to=asked.to)
    clock = request.clock.model_copy(update={"entries": (*request.clock.entries, entry)})
    found = due(clock, moment.calendar, session_day(cycle))
    if not isinstance(found, Due):
        return found or _too_late(request, "its session has no day yet")
    event = ExtensionGranted(
        request=request.number, to=asked.to, due=found, was=request.due, reason=command.reason
    )
    return Allowed(events=(event,))


def _named(cycle: Cycle, command: ForRequest) -> Request | Refused:
    request = cycle.request(command.request)
    if request is None:
        planned = any(one.request == command.request for one in cycle.planned)
        return Refused(
            code="not_asked_yet" if planned else "no_such_request",
            message=f"Request {command.request} of {cycle.reference} has not been sent yet."
            if planned
            else f"{cycle.reference} has no request {command.request}. It has {len(cycle.requests)}.",
            source="process.wrong-input",
            field="request",
        )
    if request.state == "withdrawn":
        return _too_late(request, "it was withdrawn")
    return request


def _to_review(cycle: Cycle, command: SendBack | AcceptReturn) -> Request | Refused:
    request = _named(cycle, command)
    if isinstance(request, Refused):
        return request
    if request.state != "returned":
        why = (
            "its return has been accepted"
            if request.state == "accepted"
            else "there is no return to look at yet"
        )
        return _too_late(request, why)
    return second_person(command.actor, request.returns[-1].by, "submitted this return") or request


def _too_late(request: Request, why: str) -> Refused:
    return Refused(
        code="request_state",
        message=f"Request {request.number}: {why}.",
        source="process.wrong-input",
        field="request",
    )


def _incomplete(command: SubmitReturn) -> Refused | None:
    if command.answer == "provided" and not command.items:
        return Refused(
            code="nothing_given",
            message="Add a file, write an answer or give a link; "
            "or say that nothing is held, with the reason.",
            source="process.wrong-input",
            field="items",
        )
    if command.answer != "provided" and not (command.reason and command.signed_off_by):
        return Refused(
            code="needs_reason_and_sign_off",
            message="Give the reason, and name the Chief Constable or the delegate who signed it off.",
            source="process.commands",
            field="reason" if not command.reason else "signed_off_by",
        )
    return None


def _is_late(request: Request, moment: Moment) -> bool:
    if request.due is None or suspended(request.clock):
        return False
    return request.due.at < moment.now


def _over_limit(cycle: Cycle, request: Request, command: RequestExtension, moment: Moment) -> Refused | None:
    limit = cycle.standards.extension
    days = moment.calendar.between(request.due.on, command.to) if request.due else 0
    if isinstance(moment.calendar.after(command.to, 0), Refused):
        return Refused(
            code="beyond_horizon",
            message=f"Bank holidays are known to {moment.calendar.horizon_on:%-d %B %Y} only. "
            "Choose an earlier day.",
            source="process.clocks",
            field="to",
        )
    if request.extensions >= limit.most_times:
        message = f"This request has been extended {request.extensions} time(s), the most this office allows."
    elif days > limit.most_days:
        message = f"That is {days} working days more; this office allows at most {limit.most_days}."
    else:
        return None
    return Refused(
        code="extension_limit",
        message=f"{message} Speak to the policy officer, or return what you have by "
        f"{civil(request.due.at) if request.due else moment.today:%A %-d %B %Y} as a partial return.",
        source="local.extension",
        field="to",
    )
