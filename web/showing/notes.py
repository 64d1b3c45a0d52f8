"""Draft notes of a session, from what is recorded, for an officer to start from."""

from collections.abc import Mapping

from rules.meeting.forums import Forums
from rules.meeting.minutes import day_of, markdown, minutes
from schemas.cycle import Cycle, Session
from schemas.people import Person
from schemas.rows import CyclePage


def titles(people: Mapping[str, Person], forums: Forums) -> dict[str, str]:
    """How people and seats are shown, by id."""
    seats = {seat.id: seat.title for forum in forums.values() for seat in forum.seats}
    return {**seats, **{one.id: one.title for one in people.values()}}


def notes(page: CyclePage, session: Session, shown: Mapping[str, str]) -> str:
    """The draft notes of one session."""
    found, named = minutes(page.cycle, session), page.named_on(day_of(session))
    return markdown(found, page.say, lambda who: shown.get(who or "", who or ""), named)


def held(cycle: Cycle) -> list[Session]:
    """The sessions that were held, the first one first."""
    found = [one for one in cycle.sessions if one.held_at]
    return sorted(found, key=lambda one: one.held_at or one.starts_at)


def start_of_findings(page: CyclePage | None, people: Mapping[str, Person], forums: Forums) -> str:
    """What the findings of a cycle begin from: the draft notes of its sessions, one after another."""
    if page is None:
        return ""
    shown = titles(people, forums)
    return "\n\n".join(notes(page, session, shown) for session in held(page.cycle))
