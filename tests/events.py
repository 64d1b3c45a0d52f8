"""Events from outside, for tests to start from and change, and an office that takes them in."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from engine.intake import Intake
from engine.sweeping import Lookout
from schemas.outcomes import NotKnownYet, Refused
from schemas.outside import Became, OutsideEvent
from schemas.programme import Programme
from schemas.programme.commands import AnyProgrammeCommand
from schemas.programme.events import OutsideTaken
from schemas.programme.records import ProgrammeReceipt
from schemas.shape import Words
from store.keeping import Keeping
from store.pool import Pool
from store.reads import Reads
from tests import programme as p
from tests import scenario as s
from tests.conftest import Office

NUMBERS = itertools.count(1)


class Records(Reads, Keeping):
    """Reads and keeping over one pool, as the worker has them."""


def event(type_: str, *, of: str | None = None, **data: Any) -> OutsideEvent:
    """An event with a name of its own, unless one is given."""
    name = of or f"event-{next(NUMBERS)}"
    return OutsideEvent(id=name, source="https://sender.example/feed", type=type_, data=data)


def report(finding: str = "cause of concern", *, of: str | None = None, **more: Any) -> OutsideEvent:
    """An inspection report is published."""
    return event(
        "answerable.inspection.published", of=of, title="Service to victims", finding=finding, **more
    )


def measure(value: float, previous: float, *, of: str | None = None) -> OutsideEvent:
    """A measure is observed."""
    facts = {"measure": "999-answered-within-10-seconds", "period": "October 2026"}
    return event("answerable.measure.observed", of=of, value=value, previous=previous, **facts)


@dataclass
class Desk:
    """The programme's desk of an office, out of reach when a test says so."""

    office: Office
    away: bool = False
    sent: list[AnyProgrammeCommand] = field(default_factory=list)

    async def send(
        self, command: AnyProgrammeCommand, words: Words | None = None
    ) -> ProgrammeReceipt | Refused | NotKnownYet:
        """Hand in a command, or say that nobody answered."""
        self.sent.append(command)
        if self.away:
            return NotKnownYet(cycle=command.programme, key=command.key)
        return await self.office.programme.send(command, words)


@dataclass
class Outside:
    """An office that takes events in."""

    office: Office
    records: Records
    desk: Desk
    intake: Intake
    lookout: Lookout
    ref: str

    async def take(self, one: OutsideEvent) -> Became:
        """Take one in that is not refused."""
        found = await self.intake.take(one, "http")
        assert isinstance(found, Became), found
        return found

    async def programme(self) -> Programme:
        """The programme as it stands."""
        page = await self.office.reads.programme(self.ref)
        assert page
        return page.programme

    async def lines(self) -> list[OutsideTaken]:
        """The lines that events left in the programme's ledger."""
        entries = await self.office.reads.programme_entries(self.ref)
        return [one.event for one in entries if isinstance(one.event, OutsideTaken)]

    async def begin(self) -> None:
        """Begin the programme."""
        made = await self.office.programme.send(p.begin(ref=self.ref), p.WORDS)
        assert isinstance(made, ProgrammeReceipt), made


def outside_of(office: Office, pool: Pool, ref: str, **more: Any) -> Outside:
    """An office's intake and its rounds."""
    records, desk = Records(pool), Desk(office)
    intake = Intake(records, records, desk, s.wall_now)
    return Outside(
        office, records, desk, intake, Lookout(intake, records, records, office.post, s.wall_now, **more), ref
    )
