"""Returns: submitted whole or in parts, certified for the force, sent back, accepted."""

from datetime import date

from rules.acting.authority import answers_for, second_person, stands_for
from rules.clocks import due, suspended
from rules.deciding.clarifying import stands_still_again
from rules.deciding.moment import Moment, session_day
from rules.deciding.naming import named, too_late, unknown_parts
from rules.parts import left
from schemas.clocks import Restarted
from schemas.commands import AcceptReturn, CertifyReturn, SendBack, SubmitReturn
from schemas.cycle import Cycle, Request
from schemas.events import ReturnAccepted, ReturnCertified, ReturnSentBack, ReturnSubmitted
from schemas.evidence import Cover
from schemas.outcomes import Allowed, Decision, Refused
from schemas.people import Actor, Role

NOT_TO_REVIEW = {
    "accepted": "its return has been accepted",
    "part_returned": "parts are still owed; wait for them, or amend the request so that it asks for less",
}


def submit_return(cycle: Cycle, command: SubmitReturn, moment: Moment) -> Decision:
    """The force's reply. Late is recorded and never refused.

    Source: process.commands
    """
    request = named(cycle, command)
    if isinstance(request, Refused):
        return request
    if refused := _not_takeable(command, request, moment):
        return refused
    if request.state == "accepted":
        return too_late(request, "its return has been accepted. Ask the office to send it back first")
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
        parts=tuple(sorted(set(command.parts))),
    )
    return Allowed(events=(event, *stands_still_again(request)))


def certify_return(cycle: Cycle, command: CertifyReturn, _moment: Moment) -> Decision:
    """The force's signature under the newest version: by the Chief Constable, or whom the request names.

    Source: local.separation-of-duties
    """
    request = named(cycle, command)
    if isinstance(request, Refused):
        return request
    if not request.draft.certify:
        return too_late(request, "no certificate was asked for. The return stands without one")
    if refused := _not_the_certifier(command.actor, request):
        return refused
    newest = request.returns[-1] if request.returns else None
    if newest is None or request.state == "accepted":
        return too_late(request, "its return has been accepted" if newest else "no return has come yet")
    if command.version != newest.version:
        return Refused(
            code="not_newest_version",
            message=f"Version {newest.version} is the newest. Read it, and certify that one.",
            source="process.wrong-input",
            field="version",
        )
    if newest.certificate:
        return too_late(request, f"version {newest.version} is certified already")
    if refused := second_person(command.actor, newest.by, "submitted this return"):
        return refused
    event = ReturnCertified(request=request.number, version=newest.version, statement=command.statement)
    return Allowed(events=(event,))


def send_back(cycle: Cycle, command: SendBack, moment: Moment) -> Decision:
    """Name the gap and give a new day; the clock starts again.

    Source: process.commands
    """
    request = _to_review(cycle, command)
    if isinstance(request, Refused):
        return request
    if refused := unknown_parts(request, command.parts):
        return refused
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
        parts=tuple(sorted(set(command.parts))),
    )
    return Allowed(events=(event,))


def accept_return(cycle: Cycle, command: AcceptReturn, _moment: Moment) -> Decision:
    """Accept what was returned; never by the person who submitted it.

    Source: local.separation-of-duties
    """
    request = _to_review(cycle, command)
    if isinstance(request, Refused):
        return request
    if request.draft.certify and request.returns[-1].certificate is None:
        return Refused(
            code="needs_certificate",
            message=f"Version {len(request.returns)} has to be certified for the force before it can be "
            "accepted. Ask the Chief Constable, or whom the request names, to certify it.",
            source="process.commands",
        )
    return Allowed(events=(ReturnAccepted(request=request.number, version=len(request.returns)),))


def _to_review(cycle: Cycle, command: SendBack | AcceptReturn) -> Request | Refused:
    request = named(cycle, command)
    if isinstance(request, Refused):
        return request
    if request.state != "returned":
        return too_late(request, NOT_TO_REVIEW.get(request.state, "there is no return to look at yet"))
    return second_person(command.actor, request.returns[-1].by, "submitted this return") or request


def _not_the_certifier(actor: Actor, request: Request) -> Refused | None:
    certifier = request.draft.certifier
    if actor.role == Role.CHIEF_CONSTABLE or (certifier and stands_for(actor, certifier)):
        return None
    return Refused(
        code="not_your_certificate",
        message=f"Only the Chief Constable, or whom request {request.number} names for it, certifies "
        "its return. Ask them.",
        source="process.commands",
    )


def _not_takeable(command: SubmitReturn, request: Request, moment: Moment) -> Refused | None:
    return (
        answers_for(command.actor, request, moment.today)
        or _incomplete(command)
        or _wrong_cover(command.cover, moment.today)
        or _wrong_parts(command, request)
    )


def _wrong_cover(cover: Cover, today: date) -> Refused | None:
    if cover.covers_from and cover.covers_to and cover.covers_from > cover.covers_to:
        return Refused(
            code="covers_backwards",
            message=f"The evidence cannot cover the time from {cover.covers_from:%-d %B %Y} "
            f"to {cover.covers_to:%-d %B %Y}: the first day is the later one. Swap them.",
            source="process.wrong-input",
            field="covers_from",
        )
    last = cover.covers_to or cover.covers_from
    if last is None or last <= today:
        return None
    return Refused(
        code="covers_future",
        message=f"Evidence cannot cover {last:%-d %B %Y}, which is still to come. "
        "Enter the last day that it speaks of.",
        source="process.wrong-input",
        field="covers_to" if cover.covers_to else "covers_from",
    )


def _wrong_parts(command: SubmitReturn, request: Request) -> Refused | None:
    if refused := unknown_parts(request, command.parts):
        return refused
    missing = left(request, command.parts)
    if command.partial or not missing:
        return None
    return Refused(
        code="parts_left",
        message=f"Part {', '.join(str(one) for one in missing)} would still be owed. "
        "Say that this is a part, or name those too.",
        source="process.commands",
        field="parts",
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
