"""What happens within cycles and may give reason for another: an entry of the ledger, as an event."""

from schemas.cycle import Cycle
from schemas.cycle.sessions import Session, Vote
from schemas.events import AssuranceConfirmed, AssuranceJudged
from schemas.outside import OutsideEvent
from schemas.people import Role
from schemas.records import Entry
from schemas.rows import CyclePage

LEDGER = "urn:answerable:ledger"
"""The source of what our own ledger says."""
NOT_ASSURED = "answerable.session.not-assured"
RECOMMENDED = "answerable.panel.recommended"
COMMISSIONERS = frozenset({Role.COMMISSIONER, Role.ACTING_COMMISSIONER})
MOST_WORDS = 400


def happening(entry: Entry, page: CyclePage) -> OutsideEvent | None:
    """The event that an entry of the ledger amounts to; None where it is of no interest to other cycles.

    A session ends with "not assured" once the Commissioner says so or confirms it, and once however many
    of its items are judged so. A vote that the panel carried is its recommendation.

    Source: local.outside
    """
    cycle = page.cycle
    if entry.event.kind == "VoteRecorded":
        return _recommended(entry, page, entry.event.session, entry.event.vote)
    if not isinstance(entry.event, AssuranceJudged | AssuranceConfirmed):
        return None
    number = entry.event.session
    session = cycle.session(number)
    if session is None or not _not_assured(cycle, number):
        return None
    return OutsideEvent(
        id=f"{cycle.reference}/session/{number}/not-assured",
        source=LEDGER,
        type=NOT_ASSURED,
        subject=cycle.reference,
        data={**_about(page), "session": number, "forum": session.forum},
    )


def _not_assured(cycle: Cycle, session: int) -> bool:
    return any(
        one.session == session
        and one.judgement == "not_assured"
        and (one.by.role in COMMISSIONERS or one.confirmed_by is not None)
        for one in cycle.judgements
    )


def _recommended(entry: Entry, page: CyclePage, number: int, vote: int) -> OutsideEvent | None:
    session = page.cycle.session(number)
    found = _vote(session, vote)
    if session is None or session.forum != "panel" or found is None or not found.carried:
        return None
    words = " ".join(page.say(found.question).split())[:MOST_WORDS]
    return OutsideEvent(
        id=f"{page.cycle.reference}/session/{number}/vote/{vote}",
        source=LEDGER,
        type=RECOMMENDED,
        subject=page.cycle.reference,
        time=entry.at,
        data={**_about(page), "session": number, "rule": found.rule, "recommendation": words},
    )


def _vote(session: Session | None, number: int) -> Vote | None:
    return next((one for one in session.votes if one.number == number), None) if session else None


def _about(page: CyclePage) -> dict[str, str | tuple[str, ...]]:
    cycle = page.cycle
    return {
        "cycle": cycle.reference,
        "title": " ".join(page.say(cycle.title).split())[:MOST_WORDS],
        "theme": cycle.theme,
        "commitments": tuple(cycle.commitments),
    }
