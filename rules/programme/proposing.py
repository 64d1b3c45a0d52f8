"""Proposing a year: what most needs asking, in cycles of one theme, on days spread over the year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from rules.programme.doorway import preparation
from rules.programme.verdict import refuse
from rules.programme.years import first_day, label, last_day, year_of
from schemas.outcomes import Refused
from schemas.plans import Plan
from schemas.programme import Ground, Programme
from schemas.programme.commands import MOST_SLOTS
from schemas.programme.rows import Coverage, Suggested, Suggestion
from schemas.standards import Standards

NEED: dict[Ground, int] = {
    "not_assured": 0,
    "follow_up": 1,
    "partly_assured": 2,
    "never_asked": 3,
    "long_ago": 4,
}
"""What is asked about first. What was never asked comes after what was answered badly."""
MOST_IN_ONE = 6
"""Commitments in one cycle: what a session of two hours can hear."""
TO_SPARE = 5
"""Working days between opening and session beyond what the cycle's standards need."""
HEARD_AT = "14:00"
BECAUSE: dict[Ground, str] = {
    "not_assured": "The last judgement was: not assured ({cycle}).",
    "follow_up": "An action of {cycle} is past its day and not verified.",
    "partly_assured": "The last judgement was: partly assured ({cycle}).",
    "never_asked": "Nobody has asked about this since the plan came into force.",
    "long_ago": "It was last asked about more than two years ago ({cycle}).",
}
TITLES: dict[Ground, str] = {
    "not_assured": "{theme}: what left us not assured",
    "follow_up": "{theme}: actions that are overdue",
    "partly_assured": "{theme}: what left us partly assured",
    "never_asked": "{theme}: what nobody has asked yet",
    "long_ago": "{theme}: what was asked long ago",
}


@dataclass(frozen=True)
class Wish:
    """How many cycles for which year, and what has to be known to find their days.

    Source: local.programme
    """

    year: int
    count: int
    standards: Standards
    calendar: WorkingCalendar
    today: date
    taken: frozenset[date] = frozenset()
    """Days on which something else is held."""
    room: int = MOST_SLOTS
    """How many cycles the year can still take."""


def taken_days(programme: Programme | None, coming: Iterable[datetime]) -> frozenset[date]:
    """Days on which something is held: sessions of cycles under way, in any forum, and of cycles to come.

    Source: local.programme
    Units: calendar days in London.
    """
    slots = programme.slots if programme else ()
    planned = [one.draft.session_at for one in slots if one.state != "dropped" and one.draft.session_at]
    return frozenset(civil(at) for at in (*coming, *planned))


def room_in(programme: Programme | None, year: int) -> int:
    """How many cycles a year can still take.

    Source: local.programme
    """
    slots = programme.in_year(year) if programme else ()
    return MOST_SLOTS - sum(1 for one in slots if one.state != "dropped")


def check_wish(wish: Wish) -> Refused | None:
    """A refusal where nothing can be suggested: no cycles, too many, or a year that is over or not known.

    Source: process.wrong-input
    """
    if wish.count < 1:
        return refuse("no_cycles", "Ask for at least one cycle.", "count")
    if wish.year < year_of(wish.today):
        return refuse("year_over", f"{label(wish.year)} is over. Plan a year that is not.", "year")
    if wish.year > year_of(wish.calendar.horizon_on):
        return refuse(
            "year_not_known",
            f"Bank holidays are known to {wish.calendar.horizon_on:%-d %B %Y}, so no day in "
            f"{label(wish.year)} can be counted. Plan an earlier year, or import a newer calendar "
            "(starter.py calendar import).",
            "year",
        )
    if wish.count > wish.room:
        return refuse(
            "too_many_slots",
            f"{label(wish.year)} has room for {wish.room} more cycles; the most is {MOST_SLOTS}. "
            "Ask for fewer.",
            "count",
        )
    return None


def suggest(plan: Plan, covered: Sequence[Coverage], wish: Wish) -> Suggestion:
    """Cycles for a year, the most needed first by day, each on a session day of its own.

    A session day is a working day within the year that leaves time to open, answer and read; days beyond
    the calendar's horizon are not used.

    Source: local.programme
    Units: working days in England and Wales.
    """
    groups = _groups(covered)
    days = session_days(wish, min(wish.count, len(groups)))
    titles = {one.id: one.title for one in plan.objectives}
    numbered = _numbered([(_title(group, titles), group) for group in groups[: len(days)]])
    return Suggestion(
        year=wish.year,
        cycles=tuple(_suggested(*one, *at) for one, at in zip(numbered, days, strict=True)),
        left_out=sum(len(group) for group in groups[len(days) :]),
        why=_why(wish.count, len(groups), len(days)),
    )


def _why(count: int, groups: int, days: int) -> str:
    if days >= count:
        return ""
    if groups < count and days == groups:
        cycles = f"{groups} cycle{'' if groups == 1 else 's'}" if groups else "no cycle"
        return f"What was asked so far gives ground for {cycles} and no more."
    found = f"Only {days}" if days else "No"
    return (
        f"{found} session day{'' if days == 1 else 's'} could be found that leave time to prepare, are free, "
        "and lie within the bank holidays that are known."
    )


def _groups(covered: Sequence[Coverage]) -> list[list[Coverage]]:
    """What has a ground and is not planned yet, by ground and theme, in cycles of at most six."""
    found: dict[tuple[int, int, str], list[Coverage]] = {}
    for one in covered:
        if one.ground and one.ground in NEED and not one.planned:
            asked = 0 if one.kind == "hold_to_account" else 1
            found.setdefault((NEED[one.ground], asked, one.theme), []).append(one)
    return [
        group[first : first + MOST_IN_ONE]
        for _, group in sorted(found.items(), key=lambda item: item[0][:2])
        for first in range(0, len(group), MOST_IN_ONE)
    ]


def _title(group: list[Coverage], titles: dict[str, str]) -> str:
    return TITLES[_ground_of(group)].format(theme=titles.get(group[0].theme, group[0].theme))


def _ground_of(group: list[Coverage]) -> Ground:
    return group[0].ground or "chosen"


def _numbered(titled: list[tuple[str, list[Coverage]]]) -> list[tuple[str, list[Coverage]]]:
    """Titles that stand more than once get a number."""
    seen: dict[str, int] = {}
    every = [title for title, _ in titled]
    made = []
    for title, group in titled:
        seen[title] = seen.get(title, 0) + 1
        made.append((f"{title} ({seen[title]})" if every.count(title) > 1 else title, group))
    return made


def _suggested(title: str, group: list[Coverage], opens_on: date, on: date) -> Suggested:
    ground = _ground_of(group)
    after = group[0].overdue_in if ground == "follow_up" else group[0].judged_in or group[0].last
    return Suggested(
        title=title,
        theme=group[0].theme,
        commitments=tuple(one.commitment for one in group),
        question=_question(group),
        because=BECAUSE[ground].format(cycle=after),
        ground=ground,
        after=after,
        opens_on=opens_on,
        session_at=instant(on, HEARD_AT),
    )


def _question(group: list[Coverage]) -> str:
    first = group[0].text.rstrip(".;")
    said = f"What has been done about this promise of the plan, and what has changed: “{first}”?"
    return said if len(group) == 1 else f"{said[:-1]}, and about {len(group) - 1} more of its theme?"


def session_days(wish: Wish, count: int) -> list[tuple[date, date]]:
    """Up to `count` pairs of opening and session day, spread evenly over what is left of a year.

    Source: local.programme
    Units: working days in England and Wales.
    """
    possible = _possible(wish)
    chosen = min(count, len(possible))
    return [possible[(2 * place + 1) * len(possible) // (2 * chosen)] for place in range(chosen)]


def _possible(wish: Wish) -> list[tuple[date, date]]:
    needed = preparation(wish.standards) + TO_SPARE
    found = []
    for on in wish.calendar.working_days(max(first_day(wish.year), wish.today), last_day(wish.year)):
        opens_on = wish.calendar.before(on, needed)
        if not isinstance(opens_on, Refused) and opens_on > wish.today and on not in wish.taken:
            found.append((opens_on, on))
    return found
