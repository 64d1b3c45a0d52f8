"""The calendar: a month or a list of what falls on each day, in layers, with clashes and full days."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.clocks import civil, instant
from rules.timing.spans import day_after, last_of_month, month_after, weeks_of
from schemas.calendar import Layer
from schemas.outcomes import Refused
from schemas.people import SIDE, Person, Role, Side
from web.door.identity import require
from web.door.rooms import rooms
from web.insights.days import Days, Span, days_of, of_programme
from web.pictures.month import month_table
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Reader = Annotated[
    Person, Depends(require(*(one for one in Role if SIDE[one] in ("opcc", "force", "panel"))))
]
LAYERS: dict[Layer, str] = {"own": "Mine", "team": "The office", "force": "The force", "panel": "The panel"}
SEEN: dict[Side, tuple[Layer, ...]] = {
    "opcc": get_args(Layer),
    "force": ("own",),
    "panel": ("own", "team", "panel"),
}
"""Which layers each side may look at."""
COORDINATES = frozenset({Role.FORCE_COORDINATION, Role.CHIEF_CONSTABLE})
"""Who in the force sees everything of the force."""
A_DAY, A_LONG_DAY = 12, 100
"""Entries of a day in a month, and on a page of its own."""
YEARS, MONTHS = range(2000, 2100), range(1, 13)


@dataclass(frozen=True)
class Sought:
    """Which month, as what, and in which layers somebody looks."""

    month: date
    view: str
    layers: tuple[Layer, ...]
    allowed: tuple[Layer, ...]

    def address(self, month: date | None = None, view: str | None = None, *, drop: str = "") -> str:
        """The page with these changes."""
        chosen = [one for one in self.layers if one != drop]
        facts: list[tuple[str, str]] = [("month", f"{month or self.month:%Y-%m}")]
        facts += [("view", view or self.view)] if (view or self.view) == "list" else []
        facts += [("layer", one) for one in chosen] if set(chosen) != set(self.allowed) else []
        return f"/calendar?{urlencode(facts)}"

    @property
    def before(self) -> date | None:
        """The month before."""
        return _within(month_after(self.month, -1))

    @property
    def after(self) -> date | None:
        """The month after."""
        return _within(month_after(self.month, 1))

    @property
    def narrowed(self) -> bool:
        """Whether some layers are left out."""
        return set(self.layers) != set(self.allowed)


@router.get("/calendar")
async def month(
    request: Request,
    person: Reader,
    month: Annotated[str, Query(max_length=10)] = "",
    view: Annotated[str, Query(max_length=10)] = "",
    layer: Annotated[list[str] | None, Query(max_length=10)] = None,
) -> Response:
    """One month: as a table of weeks, or as a list."""
    here = rooms(request)
    today = civil(here.now())
    allowed = _allowed(person)
    chosen = tuple(one for one in allowed if one in (layer or ())) or allowed
    first, wrong = _first(month, today)
    sought = Sought(first, "list" if view == "list" else "month", chosen, allowed)
    found = await _month(request, person, sought)
    return render(
        request, "insights/calendar.html", title=f"Calendar: {first:%B %Y}", sought=sought, layers=LAYERS,
        wrong=wrong, days=found.days, crowded=found.crowded, clashes=found.clashes, count=found.count,
        table=month_table(found.month, f"{first:%B %Y}") if sought.view == "month" else "",
        present=month_after(today, 0),
    )  # fmt: skip


@router.get("/calendar/day/{said}")
async def one_day(
    request: Request, person: Reader, said: str, page: Annotated[int, Query(ge=1, le=200)] = 1
) -> Response:
    """Everything of one day, page by page."""
    on = _day(said)
    allowed = _allowed(person)
    sought = Sought(month_after(on, 0), "list", allowed, allowed)
    span = Span(on, on, sought.month, civil(rooms(request).now()))
    found = await _between(request, person, allowed, span, page)
    pages = max(1, -(-found.count // A_LONG_DAY)) if found.count else 1
    return render(
        request, "insights/day.html", title=f"Calendar: {on:%A %-d %B %Y}", days=found.days, on=on,
        page=page, pages=pages, count=found.count, layers=LAYERS, clashes=found.clashes,
        back=(sought.address(), f"Calendar: {on:%B %Y}"),
    )  # fmt: skip


def _allowed(person: Person) -> tuple[Layer, ...]:
    if person.role in COORDINATES:
        return ("own", "force")
    return SEEN.get(person.side, ("own",))


def _first(said: str, today: date) -> tuple[date, str]:
    """The first day of the month that was asked for, else of this one with what was wrong."""
    year, _, place = said.partition("-")
    if not said:
        return month_after(today, 0), ""
    if year.isdecimal() and place.isdecimal() and int(year) in YEARS and int(place) in MONTHS:
        return date(int(year), int(place), 1), ""
    return month_after(today, 0), "That is no month. Write it like 2026-11. This is the present one."


def _day(said: str) -> date:
    try:
        found = date.fromisoformat(said)
    except ValueError:
        raise HTTPException(404) from None
    if found.year not in YEARS:
        raise HTTPException(404)
    return found


def _within(month: date) -> date | None:
    return month if month.year in YEARS else None


async def _month(request: Request, person: Person, sought: Sought) -> Days:
    first, last = sought.month, last_of_month(sought.month)
    if sought.view == "month":
        weeks = weeks_of(first.year, first.month)
        first, last = weeks[0][0], weeks[-1][-1]
    span = Span(first, last, sought.month, civil(rooms(request).now()))
    return await _between(request, person, sought.layers, span)


async def _between(
    request: Request, person: Person, layers: tuple[Layer, ...], span: Span, page: int = 0
) -> Days:
    """A span with so much of each day as has room; on a page of its own, a day has more and goes on."""
    most, skip = (A_LONG_DAY, (page - 1) * A_LONG_DAY) if page else (A_DAY, 0)
    sides = {side: [one.value for one in Role if SIDE[one] == side] for side in ("force", "panel")}
    rows = await rooms(request).reads.due_between(
        instant(span.first, "00:00"), instant(day_after(span.last), "00:00"), person.id, sides, layers,
        of_office=person.side == "opcc", most=most, skip=skip,
    )  # fmt: skip
    planned = await of_programme(request, person, layers, span) if skip == 0 else ()
    known = working_calendar(calendar().version)
    holidays = {} if isinstance(known, Refused) else known.holidays
    return days_of(rows, planned, holidays, span, person)
