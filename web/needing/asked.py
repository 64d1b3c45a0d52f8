"""Questions that the public asks for a meeting, for the officer whose cycles it is about."""

from rules.clocks import civil
from rules.publishing.following import answers, urgency
from schemas.following import Unanswered
from schemas.people import Person, Role
from web.door.rooms import Rooms
from web.needing.need import Need
from web.showing.dates import moment
from web.showing.words import plural


async def public_asks(here: Rooms, person: Person) -> list[Need]:
    """What needs this person because the public asks: one thing for each meeting."""
    if here.followers is None or person.role != Role.POLICY_OFFICER:
        return []
    found, now = await here.followers.unanswered(), here.now()
    people = await here.reads.people() if found else {}
    today = civil(now)
    return [_need(one, urgency(one, now)) for one in found if answers(person, one, people, today)]


def _need(one: Unanswered, state: str) -> Need:
    waits = "waits" if one.questions == 1 else "wait"
    return Need(
        what=f"{plural(one.questions, 'question')} from the public {waits} for an answer",
        cycle="Meeting",
        cycle_title=moment(one.held_at),
        button="Read and answer" if one.questions == 1 else "Read and answer them",
        href="/meetings/questions",
        at=one.held_at if state == "late" else one.since,
        state=state,
        place=f"/meetings/{one.meeting}?seen=public",
    )
