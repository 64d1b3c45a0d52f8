"""Taking a fork: what a cycle under way has on record, read and never written, made ready for a what-if."""

from collections.abc import Iterable
from typing import Protocol

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.apply import add_up
from rules.clocks import civil
from rules.supposing.asking import check
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.plans import Plan
from schemas.records import Entry
from schemas.sessions import OfficeForum
from schemas.shape import Instant
from schemas.supposing import Fork, Supposing, Supposition
from schemas.windows import WindowEdition


class Knows(Protocol):
    """What has to be read of an office."""

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        """The entries that stand in a cycle's ledger."""
        ...

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...

    async def plan(self) -> Plan | None:
        """The plan in force."""
        ...

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        """Every edition of windows that an office made."""
        ...


async def take_along(
    knows: Knows, reference: str, supposition: Supposition, forums: Iterable[OfficeForum], now: Instant
) -> Supposing | tuple[Refused, ...]:
    """Everything that a what-if needs; or each thing for which it cannot be asked of this cycle.

    The ledger is read once, so that what is taken along is one instant of the cycle and no mixture of two.
    """
    entries = await knows.written(reference)
    if not entries:
        return (_no_cycle(reference),)
    cycle = add_up(entries)
    days = working_calendar(cycle.calendar)
    if isinstance(days, Refused):
        return (days,)
    at = max(now - cycle.set_back, cycle.changed_at)
    if refused := check(cycle, supposition, civil(at), days):
        return refused
    plan = await knows.plan()
    fork = Fork(
        entries=entries,
        people=tuple((await knows.people()).values()),
        plan=plan,
        windows=tuple(await knows.windows_history(plan.body)) if plan else (),
        calendar=calendar(cycle.calendar),
        forums=tuple(forums),
        at=now,
    )
    return Supposing(fork=fork, supposition=supposition)


def _no_cycle(reference: str) -> Refused:
    return Refused(
        code="no_such_cycle",
        message=f"There is no cycle {reference}. Check the reference, such as HTA-2026-07.",
        source="process.wrong-input",
        field="cycle",
    )
