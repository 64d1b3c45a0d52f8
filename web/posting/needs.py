"""Letters that came back, for the officer who opened the cycle."""

from schemas.people import Person
from schemas.posting import Posted
from web.door.rooms import Rooms
from web.needing.need import Need
from web.posting.saying import address_of


async def came_back(here: Rooms, person: Person) -> list[Need]:
    """What needs this person because a letter did not arrive. Cycles that are closed to them are left out."""
    if here.post.posted is None:
        return []
    found = await here.post.posted.bounced_for(person.id)
    people = await here.reads.people() if found else {}
    needs = []
    for one in found:
        page = await here.reads.cycle(one.cycle)
        if page is not None:
            title = people[one.person].title if one.person in people else one.person
            needs.append(_need(one, title, page.say(page.cycle.title)))
    return needs


def _need(one: Posted, who: str, cycle_title: str) -> Need:
    about = f", request {one.notice.request}" if one.notice.request else ""
    what = f"A letter to {who} came back{about}: {one.why or 'it was refused'}"
    return Need(what, one.cycle, cycle_title, "Fix the address", address_of(one), one.state_at, "today")
