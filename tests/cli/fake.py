"""An office without a store and an engine: it answers what it is told to answer."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cli.office import Office, OutOfReachError
from reference.catalogue import demonstration_people, plan
from schemas.commands import AnyCommand
from schemas.outcomes import Allowed, Decision, Outcome, Receipt
from schemas.people import Person
from schemas.plans import Plan
from schemas.programme import Programme
from schemas.rows import CyclePage, CycleRow
from schemas.shape import Words
from schemas.standards import Standards, StandardsEdition
from schemas.successions import Announced
from schemas.windows import WindowEdition
from settings import Settings
from store.keeping import Keeping
from store.reads import Reads


class FakeReads(Reads):
    """The people and the plan of the demonstration, and no cycle."""

    def __init__(self) -> None:
        pass

    async def people(self) -> dict[str, Person]:
        return demonstration_people()

    async def plan(self, plan_id: str | None = None) -> Plan | None:  # noqa: ARG002 - there is one
        return plan()

    async def standards(self, office: str) -> dict[str, Standards]:  # noqa: ARG002 - it has changed none
        return {}

    async def standards_history(self, office: str, kind: str | None = None) -> list[StandardsEdition]:
        del office, kind
        return []

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        del office, rule
        return []

    async def successions(self, office: str | None = None) -> list[Announced]:
        del office
        return []

    async def programmes(self) -> list[Programme]:
        return []

    async def cycle(self, reference: str) -> CyclePage | None:  # noqa: ARG002 - there is none
        return None

    async def cycles(
        self, stage: str | None = None, search: str | None = None, most: int = 100, skip: int = 0
    ) -> list[CycleRow]:
        del stage, search, most, skip
        return []


class FakeKeeping(Keeping):
    """Keeps nothing."""

    def __init__(self) -> None:
        pass


@dataclass
class FakeOffice:
    """A Desk that answers as it is told, and the commands that it was sent."""

    outcome: Outcome
    decision: Decision = field(default_factory=lambda: Allowed(events=()))
    sent: list[AnyCommand] = field(default_factory=list)
    trouble: Exception | None = None

    async def send(self, command: AnyCommand, words: Words | None = None) -> Outcome:
        del words
        if self.trouble:
            raise self.trouble
        self.sent.append(command)
        return self.outcome

    async def preview(self, command: AnyCommand) -> Decision:
        del command
        return self.decision

    async def cycle_reference(self, key: str, year: int) -> str:
        del key
        return f"HTA-{year}-07"

    async def action_number(self, key: str, year: int) -> str:
        del key
        return f"{year}/015"

    @asynccontextmanager
    async def __call__(self, *, engine: bool) -> AsyncIterator[Office]:
        """Open this office."""
        sends = self if engine else None
        yield Office(reads=FakeReads(), keeping=FakeKeeping(), settings=Settings(), sends=sends)


@asynccontextmanager
async def closed(*, engine: bool) -> AsyncIterator[Office]:
    """An office that cannot be reached."""
    del engine
    raise OutOfReachError("ANSWERABLE_DATABASE_URL is not set.")
    yield  # type: ignore[unreachable] # makes it a generator


def receipt() -> Receipt:
    """Something was done."""
    at = datetime(2026, 11, 22, 12, tzinfo=UTC)
    return Receipt(cycle="HTA-2026-07", version=3, at=at, happened=("ReturnAccepted",), number="1")
