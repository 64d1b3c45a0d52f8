"""Draft notes of the session that was held, from what is recorded of it."""

from reference.catalogue import demonstration_people
from reference.forums import forums
from rules.meeting.minutes import markdown, minutes
from schemas.rows import CyclePage


def notes(page: CyclePage) -> str:
    """The notes of the session that was held last, as an officer starts from them."""
    held = [one for one in page.cycle.sessions if one.held_at]
    return markdown(minutes(page.cycle, held[-1]), page.say, _title)


def _title(who: str | None) -> str:
    """How somebody is shown; a role of the record without a person of the demonstration shows as itself."""
    people = demonstration_people()
    if who in people:
        return people[who].title
    seats = {seat.id: seat.title for forum in forums().values() for seat in forum.seats}
    return seats.get(who or "", (who or "").replace("-", " ").capitalize())
