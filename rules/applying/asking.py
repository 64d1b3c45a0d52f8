"""What amending, delegating, reassigning and clarifying do to a request."""

from rules.applying.change import on_request, request_of, with_entry
from rules.clocks import suspended
from rules.parts import after_amending
from schemas.clocks import Extended, Restarted, Resumed, Suspended
from schemas.cycle import Amendment, Clarification, Cycle, Delegation, Reassignment
from schemas.events import (
    ClarificationAnswered,
    ClarificationAsked,
    ClockResumed,
    ClockSuspended,
    RequestAmended,
    RequestDelegated,
    RequestReassigned,
)
from schemas.records import Entry


def request_amended(cycle: Cycle, event: RequestAmended, entry: Entry) -> Cycle:
    """It is asked otherwise; what was asked is kept. Another day starts the clock again.

    Source: process.events
    """
    request = request_of(cycle, event.request)
    amendment = Amendment(was=event.was, at=entry.at, by=entry.actor, reason=event.reason)
    state, owed = after_amending(request, event.draft)
    changes: dict[str, object] = {
        "draft": event.draft,
        "amendments": (*request.amendments, amendment),
        "state": state,
        "owed": owed,
    }
    if event.restarts:
        restart = Restarted(at=entry.at, budget=event.draft.due)
        changes |= {"extension": None, **with_entry(request, restart, event.due, entry.at)}
    return on_request(cycle, event.request, **changes)


def request_delegated(cycle: Cycle, event: RequestDelegated, entry: Entry) -> Cycle:
    """A colleague may answer too; the lead stays answerable.

    Source: process.events
    """
    delegation = Delegation(to=event.to, by=entry.actor, at=entry.at, until_on=event.until_on)
    before = request_of(cycle, event.request).delegations
    return on_request(cycle, event.request, delegations=(*before, delegation))


def request_reassigned(cycle: Cycle, event: RequestReassigned, entry: Entry) -> Cycle:
    """Another lead answers, who has not seen it yet; what the old one delegated falls away.

    Source: process.events
    """
    request = request_of(cycle, event.request)
    reassignment = Reassignment(was=event.was, by=entry.actor, at=entry.at, reason=event.reason)
    return on_request(
        cycle,
        event.request,
        draft=request.draft.model_copy(update={"lead": event.to}),
        state="asked" if request.state == "acknowledged" else request.state,
        delegations=(),
        reassignments=(*request.reassignments, reassignment),
    )


def clarification_asked(cycle: Cycle, event: ClarificationAsked, entry: Entry) -> Cycle:
    """The lead waits for an answer.

    Source: process.events
    """
    asked = Clarification(
        number=event.clarification,
        question=event.question,
        asked_by=entry.actor,
        asked_at=entry.at,
        stops=event.stops,
    )
    before = request_of(cycle, event.request).clarifications
    return on_request(cycle, event.request, clarifications=(*before, asked))


def clarification_answered(cycle: Cycle, event: ClarificationAnswered, entry: Entry) -> Cycle:
    """The office has answered.

    Source: process.events
    """
    said = {"answer": event.answer, "answered_by": entry.actor, "answered_at": entry.at}
    answered = tuple(
        one.model_copy(update=said) if one.number == event.clarification else one
        for one in request_of(cycle, event.request).clarifications
    )
    return on_request(cycle, event.request, clarifications=answered)


def clock_suspended(cycle: Cycle, event: ClockSuspended, entry: Entry) -> Cycle:
    """The clock stands still, once, whatever it waits for.

    Source: process.clocks
    """
    request = request_of(cycle, event.request)
    stops = tuple(
        one if one.answered_at else one.model_copy(update={"stops": True}) for one in request.clarifications
    )
    cycle = on_request(cycle, event.request, clarifications=stops)
    if suspended(request.clock):
        return cycle
    stopped = with_entry(request, Suspended(at=entry.at), request.due, request.due_set_at)
    return on_request(cycle, event.request, **stopped)


def clock_resumed(cycle: Cycle, event: ClockResumed, entry: Entry) -> Cycle:
    """The clock runs again, with the time given back.

    Source: process.clocks
    """
    request = request_of(cycle, event.request)
    if not suspended(request.clock):
        return cycle
    changes = with_entry(request, Resumed(at=entry.at), event.due, entry.at)
    if event.extended_to:
        running = request.model_copy(update=changes)
        changes = with_entry(running, Extended(at=entry.at, to=event.extended_to), event.due, entry.at)
    return on_request(cycle, event.request, **changes)
