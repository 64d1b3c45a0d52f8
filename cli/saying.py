"""How instants, working days and acts are said on the screen."""

from datetime import datetime

from rich.table import Column

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.clocks import LONDON, civil
from schemas.cycle import Stage
from schemas.outcomes import Refused

STYLES: dict[Stage, str] = {
    "gathering": "cyan",
    "reviewing": "cyan",
    "held": "yellow",
    "drafting": "yellow",
    "checking": "yellow",
    "sign_off": "yellow",
    "published": "green",
    "following_up": "green",
    "closed": "dim",
    "cancelled": "red",
}


def whole(title: str) -> Column:
    """A column of references, ids or days, which are never broken."""
    return Column(title, no_wrap=True, overflow="ignore", min_width=10)


def when(at: datetime | None) -> str:
    """An instant in London, such as `Thu 3 Dec 2026 17:00`."""
    return f"{at.astimezone(LONDON):%a %-d %b %Y %H:%M}" if at else "not fixed"


def stage_of(stage: Stage) -> str:
    """A stage in words."""
    return stage.replace("_", " ")


def working_days_to(at: datetime, now: datetime) -> int:
    """Working days from today to an instant's day; negative where it is past."""
    days = working_calendar(calendar().version)
    return 0 if isinstance(days, Refused) else days.between(civil(now), civil(at))


def distance(at: datetime, now: datetime) -> str:
    """How far off an instant is, in working days and words."""
    if at < now:
        days = -working_days_to(at, now)
        return "late since today" if days == 0 else f"{_days(days)} late"
    days = working_days_to(at, now)
    return (
        "today" if civil(at) == civil(now) else f"in {_days(days)}" if days else "before the next working day"
    )


def _days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"
