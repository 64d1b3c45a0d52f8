"""Whether an act is held back at the doorway by who stands for the office now."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from engine.new_cycles import check_told
from reference.bodies import registered
from rules.acting.bodies import ENDS_WITH_BODY, check_ended, check_opening, check_succession
from rules.clocks import civil
from schemas.commands import AnyCommand, OpenCycle, Succeed
from schemas.outcomes import Refused
from schemas.people import Person
from schemas.rows import CyclePage
from schemas.successions import Announced


class KnowsBodies(Protocol):
    """What has to be known of who stands."""

    async def successions(self, office: str | None = None) -> list[Announced]:
        """Everything that was announced."""
        ...

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle as it stands."""
        ...


async def check_bodies(
    command: AnyCommand, people: Mapping[str, Person], knows: KnowsBodies, now: datetime
) -> Refused | None:
    """A refusal where a body, or somebody's office with it, has ended, or a succession cannot be."""
    about = isinstance(command, OpenCycle | Succeed)
    if not about and command.actor.role not in ENDS_WITH_BODY:
        return None
    made = await knows.successions()
    page = None if isinstance(command, OpenCycle) else await knows.cycle(command.cycle)
    cycle = page.cycle if page else None
    if isinstance(command, Succeed):
        stands = {cycle.body} if cycle else set()
        known = {one.to for one in made if one.what == command.what} | set(registered(command.what)) | stands
        if refused := check_succession(command, known, cycle, now):
            return refused
    today = civil(now - cycle.set_back) if cycle else civil(now)
    return (
        check_opening(command, made, now)
        or check_told(command, made, now)
        or check_ended(command, people, made, cycle, today)
    )
