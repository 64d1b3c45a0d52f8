"""What the programme's pages read: the programme with its words, and what it is looked at beside."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from engine.planning import programme_now, reference_of, today_of
from engine.programme_desk import ProgrammeDesk
from reference.catalogue import calendar
from reference.working import working_calendar
from rules.acting.authority import COMMISSIONERS
from rules.calendars import WorkingCalendar
from rules.programme.authority import MAY_PROGRAMME
from rules.programme.moving import off_holidays
from rules.programme.years import year_of
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.plans import Plan
from schemas.programme import Programme, Proposal, Slot
from schemas.programme.rows import ProgrammePage
from web.door.identity import OPCC_ROLES
from web.door.rooms import rooms
from web.programme.wording import number_of

READERS = (*OPCC_ROLES, Role.PANEL_SECRETARIAT)
PLANNERS = MAY_PROGRAMME["ProposeSlots"]
MOVERS = MAY_PROGRAMME["MoveSlots"]
DROPPERS = MAY_PROGRAMME["DropSlot"]
ADOPTERS = COMMISSIONERS
UNAVAILABLE = 503


@dataclass(frozen=True)
class Board:
    """The programme as it stands, with the people, the plan and the calendar of today."""

    page: ProgrammePage | None
    reference: str
    now: datetime
    """By the programme's own clock."""
    people: dict[str, Person]
    plan: Plan | None
    calendar: WorkingCalendar | None
    """None where no edition can be read."""

    @property
    def programme(self) -> Programme | None:
        """The office's programme; None before it is begun."""
        return self.page.programme if self.page else None

    @property
    def slots(self) -> tuple[Slot, ...]:
        """Every cycle that was ever put in."""
        return self.programme.slots if self.programme else ()

    @property
    def today(self) -> date:
        """The day it is by the programme's own clock."""
        return today_of(None, self.now)

    @property
    def year(self) -> int:
        """The programme year in which today lies."""
        return year_of(self.today)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that can be looked at: those with cycles, the present one and the next."""
        known = set(self.programme.years) if self.programme else set()
        return tuple(sorted({*known, *self.plannable[:2]}))

    @property
    def plannable(self) -> tuple[int, ...]:
        """The years for which bank holidays are known, from the present one on."""
        last = year_of(self.calendar.horizon_on) if self.calendar else self.year
        return tuple(range(self.year, max(last, self.year) + 1))

    def say(self, ref: str | None) -> str:
        """The words of a text."""
        return self.page.say(ref) if self.page else ""

    def titled(self, person: str) -> str:
        """Somebody's title, or their id where the directory has none."""
        return self.people[person].title if person in self.people else person

    def theme(self, theme: str) -> str:
        """The title of an objective of the plan."""
        found = (one.title for one in self.plan.objectives if one.id == theme) if self.plan else ()
        return next(iter(found), theme)

    def text(self, commitment: str) -> str:
        """The words of a commitment; its reference where the plan in force has it no more."""
        known = self.plan.commitments() if self.plan else {}
        return known[commitment].text if commitment in known else commitment

    def on_holiday(self, slot: Slot) -> bool:
        """Whether a cycle to come opens or is heard on a day on which nobody works any more."""
        return self.calendar is not None and off_holidays([slot], self.calendar) != ()

    @property
    def not_opened(self) -> tuple[Slot, ...]:
        """Cycles whose day came and that could not be opened."""
        return tuple(one for one in self.slots if one.state == "adopted" and one.refused)

    @property
    def on_holidays(self) -> tuple[Slot, ...]:
        """Cycles to come that have to be moved off a day on which nobody works."""
        return tuple(one for one in self.slots if self.on_holiday(one))

    @property
    def waiting(self) -> tuple[Proposal, ...]:
        """Proposals of outside events that nobody has decided."""
        return tuple(
            one for one in (self.programme.proposals if self.programme else ()) if one.state == "waiting"
        )

    def to_adopt(self, year: int) -> tuple[Slot, ...]:
        """The cycles of a year that nobody has adopted."""
        return tuple(one for one in self.slots if one.year == year and one.state == "proposed")


async def board_of(request: HTTPConnection) -> Board:
    """What the programme's pages show, read now."""
    here = rooms(request)
    found, plan, people = await asyncio.gather(
        programme_now(here.reads), here.reads.plan(), here.reads.people()
    )
    reference = found.reference if found else reference_of(plan.body if plan else here.body)
    days = working_calendar(calendar().version)
    return Board(
        page=await here.reads.programme(reference) if found else None,
        reference=reference,
        now=here.now() - (found.set_back if found else timedelta(0)),
        people=people,
        plan=plan,
        calendar=None if isinstance(days, Refused) else days,
    )


async def slot_board(request: HTTPConnection, year: int, place: int) -> tuple[Board, Slot]:
    """The same with one slot.

    Raises: HTTPException: there is no such slot.
    """
    board = await board_of(request)
    slot = board.programme.slot(number_of(year, place)) if board.programme else None
    if slot is None:
        raise HTTPException(404)
    return board, slot


def desk_of(request: HTTPConnection) -> ProgrammeDesk:
    """Where acts on the programme are handed in.

    Raises: HTTPException: nothing can be handed in here.
    """
    desk = rooms(request).programme
    if desk is None:
        raise HTTPException(UNAVAILABLE)
    return desk
