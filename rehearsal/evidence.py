"""Evidence in skipped time: what leads send and officers look at, each on the day on which it is owed."""

from collections.abc import Iterator
from datetime import datetime

from rehearsal.people import Cast, Planned, key_of
from rules.clocks import civil, suspended
from schemas.clocks import WorkingDays
from schemas.commands import (
    AcceptReturn,
    Acknowledge,
    AnswerClarification,
    CertifyReturn,
    SendBack,
    SubmitReturn,
)
from schemas.cycle import Cycle, Request
from schemas.evidence import WrittenItem
from schemas.people import Actor, Role

SECOND_TRY = 5
"""Working days that a lead gets for a return that was sent back."""


def on_evidence(cast: Cast, cycle: Cycle) -> Iterator[Planned]:
    """What would be done next about each request."""
    for request in cycle.requests:
        if request.unanswered:
            yield _answered(cast, cycle, request)
        if request.open:
            yield from _of_lead(cast, cycle, request)
        elif request.state == "returned":
            yield _looked_at(cast, cycle, request)


def _of_lead(cast: Cast, cycle: Cycle, request: Request) -> Iterator[Planned]:
    offset = cast.leads(request.draft.lead).offset
    if offset is None:
        return
    lead = cast.person(request.draft.lead, civil(cycle.changed_at))
    about = {"cycle": cycle.reference, "request": request.number}
    if cast.conduct.acknowledges and request.state == "asked":
        at = cast.at(civil(request.asked_at), 1, "10:00")
        yield Planned(at, Acknowledge(key=key_of(cycle, "ack", request.number), actor=lead, **about))
    elif request.due and not suspended(request.clock):
        key = key_of(cycle, "return", request.number, len(request.returns))
        items = (WrittenItem(text=cast.said("the answer")),)
        at = max(cast.at(request.due.on, offset, "15:00"), cast.not_before(request.due_set_at))
        yield Planned(at, SubmitReturn(key=key, actor=lead, items=items, **about))


def _answered(cast: Cast, cycle: Cycle, request: Request) -> Planned:
    question = request.unanswered
    asked_at = question.asked_at if question else request.asked_at
    command = AnswerClarification(
        cycle=cycle.reference,
        key=key_of(cycle, "meant", request.number, len(request.clarifications)),
        actor=cast.by(Role.POLICY_OFFICER, civil(asked_at)),
        request=request.number,
        answer=cast.said("what is meant"),
    )
    return Planned(cast.at(civil(asked_at), cast.conduct.reviews_after, "11:00"), command)


def _looked_at(cast: Cast, cycle: Cycle, request: Request) -> Planned:
    version = request.returns[-1]
    if request.draft.certify and version.certificate is None:
        return _certified(cast, cycle, request)
    received = version.certificate.at if version.certificate else version.received_at
    return _reviewed(cast, cycle, request, cast.at(civil(received), cast.conduct.reviews_after, "11:00"))


def _certified(cast: Cast, cycle: Cycle, request: Request) -> Planned:
    version = request.returns[-1]
    day = civil(version.received_at)
    named = request.draft.certifier
    by: Actor = cast.by(Role.CHIEF_CONSTABLE, day, version.by.person)
    command = CertifyReturn(
        cycle=cycle.reference,
        key=key_of(cycle, "certify", request.number, version.version),
        actor=cast.person(named, day) if named else by,
        request=request.number,
        version=version.version,
        statement=cast.said("certified"),
    )
    return Planned(cast.at(day, 1, "10:00"), command)


def _reviewed(cast: Cast, cycle: Cycle, request: Request, at: datetime) -> Planned:
    version = len(request.returns)
    key = key_of(cycle, "review", request.number, version)
    officer = cast.by(Role.POLICY_OFFICER, civil(at), request.returns[-1].by.person)
    about = {"cycle": cycle.reference, "request": request.number}
    if request.number in cast.conduct.sends_back and version == 1:
        gap = cast.said("something is missing")
        due = WorkingDays(days=SECOND_TRY)
        return Planned(at, SendBack(key=key, actor=officer, gap=gap, due=due, **about))
    return Planned(at, AcceptReturn(key=key, actor=officer, **about))
