"""What the events of evidence do to a cycle."""

from rules.applying.change import on_request, request_of, with_entry
from rules.parts import left
from schemas.clocks import Extended, Restarted, Suspended
from schemas.cycle import Cycle, ExtensionAsked, Request, ReturnVersion
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
from schemas.records import Entry


def evidence_requested(cycle: Cycle, event: EvidenceRequested, entry: Entry) -> Cycle:
    """A request exists, and is no longer only planned. In a paused cycle its clock waits too.

    Source: process.events
    """
    waits = (Suspended(at=entry.at),) if cycle.paused_at else ()
    request = Request(
        number=event.request,
        draft=event.draft,
        asked_at=entry.at,
        asked_by=entry.actor,
        clock=event.clock.model_copy(update={"entries": (*event.clock.entries, *waits)}),
        due=event.due,
        due_set_at=entry.at,
        campaign=event.campaign,
    )
    planned = tuple(one for one in cycle.planned if one.request != event.request)
    requests = tuple(sorted((*cycle.requests, request), key=lambda one: one.number))
    return cycle.model_copy(update={"requests": requests, "planned": planned})


def request_withdrawn(cycle: Cycle, event: RequestWithdrawn, _entry: Entry) -> Cycle:
    """Nothing is owed any more.

    Source: process.events
    """
    return on_request(cycle, event.request, state="withdrawn", extension=None)


def request_acknowledged(cycle: Cycle, event: RequestAcknowledged, _entry: Entry) -> Cycle:
    """The lead has seen it.

    Source: process.events
    """
    return on_request(cycle, event.request, state="acknowledged")


def return_submitted(cycle: Cycle, event: ReturnSubmitted, entry: Entry) -> Cycle:
    """One more version of the return. Where all has come, what was asked about time is moot.

    Source: process.events
    """
    version = ReturnVersion(
        version=event.version,
        answer=event.answer,
        items=event.items,
        cover=event.cover,
        partial=event.partial,
        late=event.late,
        received_at=entry.at,
        by=entry.actor,
        reason=event.reason,
        signed_off_by=event.signed_off_by,
        parts=event.parts,
    )
    request = request_of(cycle, event.request)
    owed = left(request, event.parts)
    return on_request(
        cycle,
        event.request,
        returns=(*request.returns, version),
        state="part_returned" if owed else "returned",
        owed=owed,
        extension=request.extension if owed else None,
        non_response_at=None,
    )


def return_sent_back(cycle: Cycle, event: ReturnSentBack, entry: Entry) -> Cycle:
    """The version has a gap, in some of its parts or as a whole; the clock starts again.

    Source: process.events
    """
    request = request_of(cycle, event.request)
    returns = tuple(
        one.model_copy(update={"gap": event.gap, "gap_parts": event.parts})
        if one.version == event.version
        else one
        for one in request.returns
    )
    restarted = with_entry(request, Restarted(at=entry.at, budget=event.budget), event.due, entry.at)
    return on_request(cycle, event.request, state="sent_back", returns=returns, owed=event.parts, **restarted)


def return_accepted(cycle: Cycle, event: ReturnAccepted, _entry: Entry) -> Cycle:
    """The evidence is what was asked for.

    Source: process.events
    """
    return on_request(cycle, event.request, state="accepted")


def extension_requested(cycle: Cycle, event: ExtensionRequested, entry: Entry) -> Cycle:
    """More time is asked for.

    Source: process.events
    """
    asked = ExtensionAsked(to=event.to, reason=event.reason, by=entry.actor, at=entry.at)
    return on_request(cycle, event.request, extension=asked)


def extension_granted(cycle: Cycle, event: ExtensionGranted, entry: Entry) -> Cycle:
    """The due day is later; the old one stays in the clock's ledger.

    Source: process.events
    """
    request = request_of(cycle, event.request)
    extended = with_entry(request, Extended(at=entry.at, to=event.to), event.due, entry.at)
    return on_request(cycle, event.request, extension=None, extensions=request.extensions + 1, **extended)


def extension_refused(cycle: Cycle, event: ExtensionRefused, _entry: Entry) -> Cycle:
    """The due day stays.

    Source: process.events
    """
    return on_request(cycle, event.request, extension=None)
