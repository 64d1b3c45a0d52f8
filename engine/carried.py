"""Whether what an act carries of its forum is what the office has now."""

from typing import Protocol

from engine.in_force import KnowsWindows, forums_now
from rules.meeting.forums import CARRY_MEMBERS, CARRY_RULES, Forums, check_forums
from schemas.commands import AnyCommand
from schemas.outcomes import Refused
from schemas.rows import CyclePage


class KnowsForums(KnowsWindows, Protocol):
    """What has to be known of forums, and of the cycle that an act is about."""

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle as it stands."""
        ...


async def check_carried(command: AnyCommand, forums: Forums, knows: KnowsForums) -> Refused | None:
    """A refusal where the rules or members that an act carries are not the office's; most carry none."""
    if not isinstance(command, (*CARRY_RULES, *CARRY_MEMBERS)):
        return None
    page = await knows.cycle(command.cycle) if isinstance(command, CARRY_MEMBERS) else None
    return check_forums(command, await forums_now(forums, knows), page.cycle if page else None)
