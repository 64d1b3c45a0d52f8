"""Which request or which part of it a command means, or why it cannot be meant."""

from collections.abc import Iterable

from schemas.commands import ForRequest
from schemas.cycle import Cycle, Request
from schemas.outcomes import Refused


def named(cycle: Cycle, command: ForRequest) -> Request | Refused:
    """The request that a command is about; a refusal where there is none, or it was withdrawn.

    Source: process.wrong-input
    """
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
        return too_late(request, "it was withdrawn")
    return request


def not_accepted(cycle: Cycle, command: ForRequest, cannot: str) -> Request | Refused:
    """The same; refused too where its return has been accepted, so that nothing more can be done about it.

    Source: process.commands
    """
    request = named(cycle, command)
    if isinstance(request, Request) and request.state == "accepted":
        return too_late(request, f"its return has been accepted, so it cannot be {cannot}")
    return request


def too_late(request: Request, why: str) -> Refused:
    """A refusal where the record has moved on, or has not come so far.

    Source: process.wrong-input
    """
    return Refused(
        code="request_state",
        message=f"Request {request.number}: {why}.",
        source="process.wrong-input",
        field="request",
    )


def unknown_parts(request: Request, parts: Iterable[int]) -> Refused | None:
    """A refusal where a part is named that the request does not ask for.

    Source: process.wrong-input
    """
    number = len(request.draft.asked)
    strange = sorted({one for one in parts if one > number})
    if not strange:
        return None
    listed = ", ".join(str(one) for one in strange)
    return Refused(
        code="unknown_part",
        message=f"Request {request.number} has no part {listed}. "
        + (f"Its parts are 1 to {number}." if number else "It is asked for as a whole, so name no part."),
        source="process.wrong-input",
        field="parts",
    )
