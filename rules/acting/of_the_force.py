"""Of the force: who may be asked, delegated to, named to certify, or said to have signed off."""

from collections.abc import Mapping
from datetime import date

from rules.acting.appointments import role_on
from schemas.commands import (
    AddRequest,
    AmendRequest,
    AnyCommand,
    AskSeveral,
    Delegate,
    OpenCycle,
    Reassign,
    SubmitReturn,
)
from schemas.cycle import Cycle
from schemas.evidence import RequestDraft
from schemas.outcomes import Refused
from schemas.people import Person, Role

FOR_CERTIFIERS = (Reassign, SubmitReturn)
"""What is checked against whom a request names to certify it, so that the cycle has to be read."""

WAYS_OUT = (
    "Put it to somebody else who answers, name somebody else who certifies it, or ask for no certificate."
)


def check_force(
    command: AnyCommand, people: Mapping[str, Person], cycle: Cycle | None, today: date
) -> Refused | None:
    """A refusal where somebody outside the force would answer for it, or has signed off who may not.

    Source: process.commands
    """
    if isinstance(command, SubmitReturn):
        return _sign_off(command, people, cycle, today)
    for field, person in _named(command):
        found = people.get(person)
        if found and found.side != "force":
            return Refused(
                code="not_of_the_force",
                message=f"{found.title} is not of the force. Choose somebody who is.",
                source="process.commands",
                field=field,
            )
    return _own_certificate(command, people, cycle, today)


def _own_certificate(
    command: AnyCommand, people: Mapping[str, Person], cycle: Cycle | None, today: date
) -> Refused | None:
    """A refusal where whoever is asked would have to certify their own answer, which nobody may.

    Source: local.separation-of-duties
    """
    for field, draft in _drafted(command, cycle):
        lead = people.get(draft.lead)
        if not draft.certify or lead is None:
            continue
        own = draft.certifier == lead.id if draft.certifier else role_on(lead, today) == Role.CHIEF_CONSTABLE
        if own:
            return Refused(
                code="certifies_own_answer",
                message=f"{lead.title} would have to certify their own answer, which nobody may. {WAYS_OUT}",
                source="local.separation-of-duties",
                field=field,
            )
    return None


def _drafted(command: AnyCommand, cycle: Cycle | None) -> tuple[tuple[str, RequestDraft], ...]:
    """The requests that a command writes or puts to somebody, each with the field to be put right."""
    match command:
        case OpenCycle(requests=drafts):
            return tuple((f"requests.{n}.lead", one) for n, one in enumerate(drafts, start=1))
        case AddRequest(request=draft):
            return (("request.lead", draft),)
        case AskSeveral(request=draft, others=others):
            rest = (("others", draft.model_copy(update={"lead": one})) for one in others)
            return (("request.lead", draft), *rest)
        case AmendRequest(draft=draft):
            return (("draft.certifier", draft),)
        case Reassign(request=number, to=to):
            request = cycle.request(number) if cycle else None
            return (("to", request.draft.model_copy(update={"lead": to})),) if request else ()
        case _:
            return ()


def _named(command: AnyCommand) -> tuple[tuple[str, str], ...]:
    match command:
        case Delegate(to=to) | Reassign(to=to):
            return (("to", to),)
        case AskSeveral(request=draft, others=others):
            return (("request.lead", draft.lead), *(("others", one) for one in others))
        case OpenCycle(requests=drafts):
            numbered = enumerate(drafts, start=1)
            return tuple((f"requests.{n}.certifier", one.certifier) for n, one in numbered if one.certifier)
        case AddRequest(request=draft) if draft.certifier:
            return (("request.certifier", draft.certifier),)
        case AmendRequest(draft=draft) if draft.certifier:
            return (("draft.certifier", draft.certifier),)
        case _:
            return ()


def _sign_off(
    command: SubmitReturn, people: Mapping[str, Person], cycle: Cycle | None, today: date
) -> Refused | None:
    """The Chief Constable signs off that nothing is held or appropriate, or whom the request names for it."""
    signed = people.get(command.signed_off_by or "")
    if command.answer == "provided" or signed is None or cycle is None:
        return None
    request = cycle.request(command.request)
    if role_on(signed, today) == Role.CHIEF_CONSTABLE:
        return None
    if request and request.draft.certifier == signed.id:
        return None
    return Refused(
        code="may_not_sign_off",
        message=f"{signed.title} cannot sign this off. Name the Chief Constable, "
        "or the delegate whom the request names to certify it.",
        source="process.commands",
        field="signed_off_by",
    )
