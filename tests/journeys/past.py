"""A cycle that lies behind: told through the Desk on days gone by, so that what follows is clicked today.

What everybody reads goes by the true clock. What is to be late, or a meeting that was, has to be past by it.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from temporalio.client import Client
from temporalio.testing import TimeSkipper

from cli.office import Office, office_of
from reference.catalogue import calendar
from reference.forums import forums
from reference.working import working_calendar
from rules.clocks import civil, instant
from schemas.commands import AnyCommand, DraftFindings
from schemas.outcomes import Receipt, Refused
from schemas.sessions import SessionDraft
from tests import scenario as s
from tests.chaos.product import Running
from tests.journeys.steps import SKIPPING, apart

Act = tuple[int, str, Callable[[str], AnyCommand]]
"""So many working days ago, at an hour in London, and the command for a cycle's reference."""


@dataclass(frozen=True)
class Past:
    """A cycle whose own clock was set back when it was opened."""

    running: Running
    reference: str
    set_back: timedelta

    def happens(self, *acts: Act) -> None:
        """Let its clock run to each act in its turn, and do it."""
        apart(self._happens(acts))

    def catches_up(self) -> None:
        """Let its clock run until it is level with the true one; what is owed meanwhile is done."""
        apart(self._catches_up())

    def accounted(self, days: int, answer: str, body: str) -> None:
        """Its account is drafted, signed by two and published, so many working days ago."""

        def drafted(reference: str) -> AnyCommand:
            said = {"answer": s.say(answer), "body": s.say(body)}
            return DraftFindings(cycle=reference, key=s.key(), actor=s.OFFICER, **said)

        self.happens(
            (days + 2, "10:00", drafted),
            (days + 1, "10:00", lambda it: s.approve(it, s.CHIEF_EXECUTIVE)),
            (days + 1, "15:00", lambda it: s.approve(it, s.COMMISSIONER)),
            (days, "10:00", s.publish),
        )

    async def _happens(self, acts: tuple[Act, ...]) -> None:
        async with office_of(self.running.settings, engine=True) as office:
            for days, hour, command in acts:
                await self._forward(office.client, ago(days, hour))
                done = command(self.reference).model_copy(update={"key": fresh_key()})
                await does(office, done)

    async def _catches_up(self) -> None:
        async with office_of(self.running.settings, engine=True) as office:
            await self._forward(office.client, s.wall_now())

    async def _forward(self, client: Client | None, to: datetime) -> None:
        assert client
        handle, skipper = client.get_workflow_handle(self.reference), TimeSkipper(client, config=SKIPPING)
        now = await skipper.get_current_time(handle) - self.set_back
        if to > now:
            await skipper.fast_forward(handle, to - now)


def begins(running: Running, days: int, session: int, *, title: str, question: str) -> Past:
    """Open a cycle so many working days ago, with one request and the day of its session."""
    rules = forums()["holding_to_account"].rules

    async def opened() -> Past:
        at, now = ago(days, "10:00"), s.wall_now()
        async with office_of(running.settings, engine=True) as office:
            assert office.sends
            key = fresh_key()
            reference = await office.sends.cycle_reference(key, at.year)
            facts = {
                "key": key,
                "set_back": now - at,
                "title": s.say(title),
                "question": s.say(question),
                "session": SessionDraft(starts_at=ago(session, "14:00"), rules=rules),
            }
            await does(office, s.open_cycle(reference, at, 1, **facts))
        return Past(running, reference, now - at)

    return apart(opened())


def fresh_key() -> str:
    """A key that no command had in any run against the same product."""
    return f"past-{secrets.token_hex(8)}"


def ago(days: int, hour: str) -> datetime:
    """An hour on the day so many working days before today; after today where it is negative."""
    found = working_calendar(calendar().version)
    assert not isinstance(found, Refused)
    today = civil(s.wall_now())
    day = found.before(today, days) if days > 0 else found.after(today, -days)
    assert not isinstance(day, Refused)
    return instant(day, hour)


async def does(office: Office, command: AnyCommand) -> None:
    """An act that must be allowed."""
    assert office.sends
    outcome = await office.sends.send(command, s.WORDS)
    assert isinstance(outcome, Receipt), outcome
