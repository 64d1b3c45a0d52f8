"""Who holds a cycle now, from its record or from its line in the list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rules.acting.authority import COMMISSIONERS
from schemas.cycle import Cycle, Request, Stage
from schemas.listing import ListedCycle
from schemas.people import Person
from web.showing import words

OVER = ("closed", "cancelled")


@dataclass(frozen=True)
class Hands:
    """What has to be known to say who holds a cycle."""

    stage: Stage
    opened_by: str
    leads: tuple[str, ...]
    owners: tuple[str, ...]
    signed: frozenset[str]


def hands_of(cycle: Cycle, stage: Stage) -> Hands:
    """The same of a whole record."""
    newest = cycle.findings[-1].approvals if cycle.findings else ()
    return Hands(
        stage=stage,
        opened_by=cycle.opened_by.person,
        leads=tuple(dict.fromkeys(one.draft.lead for one in cycle.requests if one.open and not one.held)),
        owners=tuple(dict.fromkeys(one.owner for one in cycle.actions if one.state == "confirmed")),
        signed=frozenset(one.by.role.value for one in newest),
    )


def hands_in(row: ListedCycle) -> Hands:
    """The same of a line of the list."""
    return Hands(row.stage, row.opened_by, row.leads, row.owners, frozenset(row.signed_by))


def holder(hands: Hands, people: Mapping[str, Person]) -> str:
    """Who holds it now, by title."""
    if hands.stage in OVER:
        return "Nobody"
    if hands.stage == "gathering":
        return _named(hands.leads, people) or "The office, which owes an answer"
    if hands.stage == "checking":
        return "The chief executive"
    if hands.stage == "sign_off":
        signed = {one.value for one in COMMISSIONERS} & hands.signed
        return "The publication officer" if signed else "The Commissioner"
    if hands.stage == "following_up":
        return _named(hands.owners, people) or "The office"
    opened = people.get(hands.opened_by)
    return opened.title if opened else "The office"


def request_holder(request: Request, people: Mapping[str, Person]) -> str:
    """Who holds one request now, by title."""
    if request.state in ("accepted", "withdrawn"):
        return "Nobody: nothing is owed any more"
    if request.held:
        return "The office, which owes an answer"
    if request.state == "returned":
        newest = request.returns[-1] if request.returns else None
        certifies = request.draft.certify and newest is not None and newest.certificate is None
        return "The force, which still has to certify it" if certifies else "The office, which checks it"
    return _named((request.draft.lead,), people)


def _named(some: Iterable[str], people: Mapping[str, Person]) -> str:
    return "; ".join(people[one].title if one in people else words.spelled(one) for one in some)
