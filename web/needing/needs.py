"""What needs somebody: a page of it in order of need, and one sentence that says whether today is fine."""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.boards import whom_of
from schemas.board_pages import NextDue
from schemas.people import Person
from web.door.rooms import Rooms
from web.needing.need import Need
from web.needing.words import need_of
from web.showing import dates
from web.showing.pages import A_PAGE, skip
from web.showing.words import WHATS

STATE = ("late", "today", "later")


@dataclass(frozen=True)
class Found:
    """One page of what needs somebody, and how much there is."""

    needs: tuple[Need, ...]
    all: int
    """On all pages together."""
    today: int
    """Of all, what cannot wait."""
    rows: int
    """Of all, what comes from cycles: these are what is turned page by page."""


async def needing(here: Rooms, person: Person, number: int = 1, more: Iterable[Need] = ()) -> Found:
    """What needs this person, the most urgent first; `more`, of the programme, stands on the first page."""
    beside = list(more)
    page = await here.reads.needs(whom_of(person), person.id, here.now(), A_PAGE, skip(number))
    needs = [need_of(row) for row in page.rows] + (beside if number == 1 else [])
    return Found(
        needs=tuple(sorted(needs, key=lambda one: (STATE.index(one.state), one.at))),
        all=page.all + len(beside),
        today=page.today + sum(1 for one in beside if one.state != "later"),
        rows=page.all,
    )


def sentence(found: Found, coming: NextDue | None) -> str:
    """Whether today is fine, in one sentence."""
    if found.today:
        rest = "Everything else is on time." if found.today == found.all else "The rest can wait."
        return f"{found.today:,} thing{' needs' if found.today == 1 else 's need'} you today. {rest}"
    if found.all:
        return "Nothing needs you today. What comes next is below."
    if coming is None:
        return "Nothing needs you."
    what = WHATS.get(coming.what, coming.what).lower()
    return f"Nothing needs you. Next: {coming.cycle} {what}, {dates.moment(coming.due_at)}."
