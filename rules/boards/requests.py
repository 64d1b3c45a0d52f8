"""What requests need of somebody: questions to answer, time to grant, claims to decide, returns to check."""

from collections.abc import Iterator

from rules.boards.need import need, of_request
from schemas.boards import Needed
from schemas.cycle import Cycle, Request
from schemas.people import Role

OFFICER, EXECUTIVE = Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE


def of_requests(cycle: Cycle) -> Iterator[Needed]:
    """What every request of a cycle needs.

    Source: process.commands
    """
    for one in cycle.requests:
        yield from _evidence(one)
        yield from _question(one)
        yield from _claims(one)
        yield from _certificate(one)


def _evidence(one: Request) -> Iterator[Needed]:
    """More time, a return to check, or evidence that is late: one of them, in this order."""
    if one.extension:
        for role in (OFFICER, EXECUTIVE):
            yield of_request(role, "extension", one, one.extension.at)
    elif one.state == "returned" and not _wants_certificate(one):
        yield of_request(OFFICER, "return", one, one.returns[-1].received_at)
    elif one.open and one.late and one.due:
        yield of_request(OFFICER, "late_return", one, one.due.at, late_at=one.due.at)


def _question(one: Request) -> Iterator[Needed]:
    asked = one.unanswered
    if asked and one.state not in ("accepted", "withdrawn"):
        what = "clarification_holding" if asked.stops else "clarification"
        yield of_request(OFFICER, what, one, asked.asked_at)


def _claims(one: Request) -> Iterator[Needed]:
    for claim in one.claims:
        if claim.upheld is None and claim.lapsed_at is None:
            for role in (OFFICER, EXECUTIVE):
                made = of_request(role, "claim", one, claim.at)
                yield made.model_copy(update={"key": f"claim/{one.number}.{claim.number}/{role.value}"})


def _certificate(one: Request) -> Iterator[Needed]:
    """Who certifies it, and the officer who has to wait for that."""
    if one.state != "returned" or not _wants_certificate(one):
        return
    at = one.returns[-1].received_at
    yield of_request(OFFICER, "uncertified", one, at, can_wait=True)
    certifier = one.draft.certifier
    whom = f"/{certifier}" if certifier else Role.CHIEF_CONSTABLE.value
    yield need(whom, "certificate", at, one.number, one.draft.title)


def _wants_certificate(one: Request) -> bool:
    return one.draft.certify and one.returns[-1].certificate is None
