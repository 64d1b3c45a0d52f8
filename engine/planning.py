"""A year's proposal: what is looked at to suggest it, and what makes cycles to come of it."""

from datetime import date, datetime, timedelta
from typing import Protocol

from reference.catalogue import calendar, standards
from reference.working import working_calendar
from rules.clocks import civil
from rules.programme.coverage import covered
from rules.programme.doorway import no_plan, no_such_kind
from rules.programme.proposing import Wish, check_wish, room_in, suggest, taken_days
from schemas.outcomes import Refused
from schemas.plans import Plan
from schemas.programme import Programme, SlotDraft
from schemas.programme.rows import Asked, Coverage, Suggestion
from schemas.shape import Words
from schemas.standards import Standards

USUAL_KIND = "thematic"


class KnowsScrutiny(Protocol):
    """What has to be known to suggest a year."""

    async def plan(self) -> Plan | None:
        """The plan in force."""
        ...

    async def programmes(self) -> list[Programme]:
        """Every programme, the one begun first first."""
        ...

    async def asked(self, today: date) -> dict[str, Asked]:
        """What all cycles asked about each commitment and came to, as of a day."""
        ...

    async def sessions_coming(self) -> list[datetime]:
        """When a session is to be held, in any cycle and any forum."""
        ...

    async def standards(self, office: str) -> dict[str, Standards]:
        """The newest edition of each kind's standards that the office changed."""
        ...


def reference_of(body: str) -> str:
    """The reference under which an office begins its programme, such as `PRG-west-mercia-opcc`."""
    return f"PRG-{body}"


async def programme_now(knows: KnowsScrutiny) -> Programme | None:
    """The office's programme: the one that was begun first; None before it is begun."""
    return next(iter(await knows.programmes()), None)


def today_of(programme: Programme | None, now: datetime) -> date:
    """The day it is by a programme's own clock, which only a demonstration's has behind the true one."""
    return civil(now - (programme.set_back if programme else timedelta(0)))


async def coverage_now(knows: KnowsScrutiny, now: datetime) -> tuple[Coverage, ...] | Refused:
    """What was asked about each commitment of the plan; a refusal where no plan is imported."""
    plan = await knows.plan()
    if plan is None:
        return no_plan()
    programme = await programme_now(knows)
    today = today_of(programme, now)
    return covered(plan, await knows.asked(today), programme, today)


async def suggestion_now(
    knows: KnowsScrutiny, year: int, count: int, now: datetime, kind: str = USUAL_KIND
) -> Suggestion | Refused:
    """Cycles for a year from what was asked so far, on days that are still free; nothing is written.

    A refusal where no plan is imported, or the year, the number or the kind cannot be used.
    """
    plan, programme = await knows.plan(), await programme_now(knows)
    if plan is None:
        return no_plan()
    kinds = {**standards(), **await knows.standards(plan.body)}
    if kind not in kinds:
        return no_such_kind(kind, kinds)
    days = working_calendar(calendar().version)
    if isinstance(days, Refused):
        return days
    today = today_of(programme, now)
    taken = taken_days(programme, await knows.sessions_coming())
    wish = Wish(year, count, kinds[kind], days, today, taken, room_in(programme, year))
    found = covered(plan, await knows.asked(today), programme, today)
    return check_wish(wish) or suggest(plan, found, wish)


def drafts_of(suggestion: Suggestion, officer: str, kind: str, words: Words) -> tuple[SlotDraft, ...]:
    """Cycles to come from a suggestion, in its order; their texts are kept in `words`."""
    return tuple(
        SlotDraft(
            title=words.ref(one.title),
            theme=one.theme,
            commitments=one.commitments,
            question=words.ref(one.question),
            cycle_kind=kind,
            officer=officer,
            opens_on=one.opens_on,
            session_at=one.session_at,
            ground=one.ground,
            because=words.ref(one.because),
            after=one.after,
        )
        for one in suggestion.cycles
    )
