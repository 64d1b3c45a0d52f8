"""Releasing a change to every cycle under way: what it would move, and sending it, repeatably."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from rules.calendars import WorkingCalendar
from rules.deciding.changes import recounted, rehoured
from rules.deciding.moment import Moment
from rules.deciding.windows_open import checks_moved
from schemas.changes import MovedDue
from schemas.commands import AnyCommand
from schemas.cycle import Cycle
from schemas.outcomes import NotKnownYet, Outcome, Receipt, Refused
from schemas.rows import MovedRow
from schemas.shape import Words
from schemas.standards import Standards

AT_ONCE = 4
"""With sixteen no letter went out sooner, and people's acts waited twice as long: docs/figures.md."""
PATIENCE = 8
"""How often a worker that does not know the edition yet is asked again, a second apart."""
STANDS = frozenset(
    {"same_edition", "older_edition", "older_standards", "no_succession", "key_reused", "cycle_over"}
)
"""Refusals that say: it stands already, a later one does, or nothing is left to change."""


class Sends(Protocol):
    """Where commands are handed in."""

    async def send(self, command: AnyCommand, words: Words | None = None) -> Outcome:
        """Hand in a command."""
        ...


@dataclass
class Released:
    """What became of a release, by the references of cycles."""

    moved: list[str] = field(default_factory=list)
    unmoved: list[str] = field(default_factory=list)
    stands: list[str] = field(default_factory=list)
    """The change, or a later one, stood already."""
    refused: dict[str, str] = field(default_factory=dict)
    not_known_yet: list[str] = field(default_factory=list)

    def count(self) -> int:
        """How many cycles have been answered for."""
        return len(self._answered())

    def stopped(self, commands: Iterable[AnyCommand]) -> "Released":
        """The same for a release that was stopped: of every cycle without an answer nothing is known yet."""
        answered = set(self._answered())
        left = [one.cycle for one in commands if one.cycle not in answered]
        return replace(self, not_known_yet=[*self.not_known_yet, *left])

    def _answered(self) -> list[str]:
        return [*self.moved, *self.unmoved, *self.stands, *self.refused, *self.not_known_yet]


def under_calendar(cycles: Iterable[Cycle], edition: WorkingCalendar, now: datetime) -> list[MovedRow]:
    """Every open clock that an edition would move, before and after; or why a cycle cannot be counted."""
    rows: list[MovedRow] = []
    for cycle in cycles:
        moment = Moment(now=now - cycle.set_back, calendar=edition)
        found, checks = recounted(cycle, moment), checks_moved(cycle, moment)
        if isinstance(found, Refused):
            rows.append(MovedRow(cycle=cycle.reference, refused=found.message))
            continue
        if isinstance(checks, Refused):
            rows.append(MovedRow(cycle=cycle.reference, refused=checks.message))
            continue
        rows += _rows(cycle, found)
        rows += [
            MovedRow(cycle=cycle.reference, findings=one.version, before=one.was.at, after=one.due.at)
            for one in checks
        ]
    return rows


def under_standards(
    cycles: Iterable[Cycle], standards: Standards, calendar: WorkingCalendar, now: datetime
) -> list[MovedRow]:
    """Every open clock that other standards would move; reminders follow without a row."""
    return [
        row
        for cycle in cycles
        for row in _rows(
            cycle, rehoured(cycle, standards, Moment(now=now - cycle.set_back, calendar=calendar))
        )
    ]


def _rows(cycle: Cycle, moved: Iterable[MovedDue]) -> list[MovedRow]:
    leads = {one.number: one.draft.lead for one in cycle.requests}
    return [
        MovedRow(
            cycle=cycle.reference,
            request=one.request,
            lead=leads[one.request],
            before=one.was.at if one.was else None,
            after=one.due.at if one.due else None,
        )
        for one in moved
    ]


async def release(
    commands: Iterable[AnyCommand],
    moving: Callable[[str], bool],
    desk: Sends,
    tell: Callable[[Released], None] = lambda _: None,
    words: Words | None = None,
) -> Released:
    """Send each command, a few at a time, and sort the cycles by what became of it. May be repeated.

    `words` are the texts that the commands name, kept before each.
    Cancelled, it begins no other cycle; `tell` has seen what became of those before.
    """
    done, waiting = Released(), iter(commands)

    async def lane() -> None:
        for command in waiting:
            _sort(done, command, await _send(desk, command, words), moves=moving(command.cycle))
            tell(done)
            _unless_stopped()

    await asyncio.gather(*(lane() for _ in range(AT_ONCE)))
    return done


async def _send(desk: Sends, command: AnyCommand, words: Words | None) -> Outcome:
    outcome = await _attempt(desk, command, words)
    for _ in range(PATIENCE):
        if not (isinstance(outcome, Refused) and outcome.code == "unknown_calendar"):
            break
        await asyncio.sleep(1)
        outcome = await _attempt(desk, command, words)
    return outcome


async def _attempt(desk: Sends, command: AnyCommand, words: Words | None) -> Outcome:
    try:
        return await desk.send(command, words)
    except OSError:  # the store is down for a moment: this cycle waits for the next time, the others go on
        return NotKnownYet(cycle=command.cycle, key=command.key)


def _unless_stopped() -> None:
    """Stop where that was asked: an act that is cancelled is answered, as not known yet, and stops nobody."""
    task = asyncio.current_task()
    if task and task.cancelling():
        raise asyncio.CancelledError


def _sort(done: Released, command: AnyCommand, outcome: Outcome, *, moves: bool) -> None:
    if isinstance(outcome, Receipt):
        (done.moved if moves else done.unmoved).append(command.cycle)
    elif isinstance(outcome, NotKnownYet):
        done.not_known_yet.append(command.cycle)
    elif outcome.code in STANDS:
        done.stands.append(command.cycle)
    else:
        done.refused[command.cycle] = outcome.message
