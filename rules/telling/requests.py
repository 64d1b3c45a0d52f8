"""Telling of requests: whom it concerns that one is amended, delegated, clarified, certified or sensitive."""

from typing import Any

from rules.acting.delegation import delegates
from rules.clocks import civil
from rules.telling.notice import Tell, notice_of
from schemas.cycle import Cycle, Request
from schemas.events import (
    ClarificationAnswered,
    ClarificationAsked,
    ExtensionRequested,
    RequestAmended,
    RequestDelegated,
    RequestReassigned,
    ReturnCertified,
    ReturnSubmitted,
    SensitivityClaimed,
    SensitivityDecided,
    SensitivityLapsed,
)
from schemas.notices import Notice, NoticeTemplate
from schemas.people import Role
from schemas.records import Entry


def answerers(request: Request, entry: Entry) -> tuple[str, ...]:
    """The lead, and those to whom it is delegated on the day of an entry.

    Source: process.commands
    """
    return (request.draft.lead, *delegates(request, civil(entry.at)))


def _to_answerers(template: NoticeTemplate) -> Tell:
    def tell(entry: Entry, cycle: Cycle, event: Any) -> tuple[Notice, ...]:
        request = cycle.request(event.request)
        return (_about(entry, template, request, answerers(request, entry)),) if request else ()

    return tell


def _to_officer(template: NoticeTemplate) -> Tell:
    def tell(entry: Entry, cycle: Cycle, event: Any) -> tuple[Notice, ...]:
        return (notice_of(entry, template, to=(cycle.opened_by.person,), request=event.request),)

    return tell


def _about(
    entry: Entry, template: NoticeTemplate, request: Request, to: tuple[str, ...], **more: Any
) -> Notice:
    due_on = request.due.on if request.due else None
    people = tuple(dict.fromkeys(to))
    return notice_of(entry, template, to=people, request=request.number, due_on=due_on, **more)


def _delegated(entry: Entry, cycle: Cycle, event: RequestDelegated) -> tuple[Notice, ...]:
    """The delegate; and the lead too, where somebody else delegated it."""
    request = cycle.request(event.request)
    if request is None:
        return ()
    own = entry.actor.person == request.draft.lead
    to = (event.to,) if own else (event.to, request.draft.lead)
    return (_about(entry, "request_delegated", request, to),)


def _reassigned(entry: Entry, cycle: Cycle, event: RequestReassigned) -> tuple[Notice, ...]:
    request = cycle.request(event.request)
    return (_about(entry, "request_reassigned", request, (event.to, event.was)),) if request else ()


def _returned(entry: Entry, cycle: Cycle, event: ReturnSubmitted) -> tuple[Notice, ...]:
    """The officer; and whoever has to certify it, where it has to be."""
    request = cycle.request(event.request)
    received = notice_of(entry, "return_received", to=(cycle.opened_by.person,), request=event.request)
    if request is None or not request.draft.certify:
        return (received,)
    certifier = request.draft.certifier
    roles = () if certifier else (Role.CHIEF_CONSTABLE,)
    to = (certifier,) if certifier else ()
    return (received, _about(entry, "return_to_certify", request, to, roles=roles))


def _more_time(entry: Entry, cycle: Cycle, event: ExtensionRequested) -> tuple[Notice, ...]:
    """The officer; and the chief executive, who alone can grant more than the office's standard does."""
    request = cycle.request(event.request)
    beyond = request is not None and request.extensions >= cycle.standards.extension.most_times
    roles = (Role.CHIEF_EXECUTIVE,) if beyond else ()
    to = (cycle.opened_by.person,)
    return (notice_of(entry, "extension_asked", to=to, roles=roles, request=event.request),)


def _lapsed(entry: Entry, cycle: Cycle, event: SensitivityLapsed) -> tuple[Notice, ...]:
    request = cycle.request(event.request)
    if request is None:
        return ()
    to = (*answerers(request, entry), cycle.opened_by.person)
    return (_about(entry, "sensitivity_lapsed", request, to),)


REQUESTS: dict[type, Tell] = {
    RequestAmended: _to_answerers("request_amended"),
    RequestDelegated: _delegated,
    RequestReassigned: _reassigned,
    ClarificationAsked: _to_officer("clarification_asked"),
    ClarificationAnswered: _to_answerers("clarification_answered"),
    ExtensionRequested: _more_time,
    ReturnSubmitted: _returned,
    ReturnCertified: _to_officer("return_certified"),
    SensitivityClaimed: _to_officer("sensitivity_claimed"),
    SensitivityDecided: _to_answerers("sensitivity_decided"),
    SensitivityLapsed: _lapsed,
}
"""Whom what happens to requests concerns, by the event."""
