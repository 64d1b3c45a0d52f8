"""What the trigger rules in force make of an event, as things stand now. Nothing is written here."""

from datetime import datetime
from typing import Protocol

from reference.catalogue import calendar
from reference.triggers import shipped
from reference.working import working_calendar
from rules.deciding.moment import Moment
from rules.outside.taking import Situation, taken
from schemas.outcomes import Refused
from schemas.outside import OutsideEvent, Taken, TriggerEdition
from schemas.people import Person
from schemas.plans import Plan
from schemas.programme import Programme
from schemas.rows import CyclePage


class KnowsAround(Protocol):
    """What the rules are asked against."""

    async def triggers_history(self, office: str) -> list[TriggerEdition]:
        """Every edition of the trigger rules that an office made, oldest first."""
        ...

    async def plan(self) -> Plan | None:
        """The plan in force."""
        ...

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...

    async def under_way(self, most: int | None = None) -> list[CyclePage]:
        """The cycles that are neither closed nor cancelled."""
        ...


async def edition_now(office: KnowsAround) -> TriggerEdition:
    """The trigger rules in force: the office's newest, or those that came with the product."""
    plan = await office.plan()
    made = await office.triggers_history(plan.body) if plan else []
    return made[-1] if made else shipped()


async def decided(
    event: OutsideEvent,
    office: KnowsAround,
    now: datetime,
    programme: Programme | None = None,
    edition: TriggerEdition | None = None,
) -> Taken:
    """What rules make of an event, those in force unless others are given, by the programme's clock."""
    rules = edition or await edition_now(office)
    days = working_calendar(calendar().version)
    assert not isinstance(days, Refused), "the newest calendar is always known"
    looks_around = any(one.then == "feed" and one.type == event.type for one in rules.rules)
    pages = await office.under_way() if looks_around else []
    situation = Situation(
        plan=await office.plan(),
        people=await office.people(),
        under_way=tuple(one.cycle for one in pages),
        moment=Moment(now=now - programme.set_back if programme else now, calendar=days),
    )
    return taken(event, rules, situation)
