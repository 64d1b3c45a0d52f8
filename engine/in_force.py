"""The office's own numbers as they are at the time of an act: polls' periods and the public's cut-off."""

from typing import Protocol

from reference.elections import RULE, periods
from reference.forums import CUTOFF
from reference.windows import SHIPPED, OfOffice
from rules.law.elections import Freeze
from rules.meeting.forums import Forums, with_cutoff
from rules.windows import in_force
from schemas.plans import Plan
from schemas.windows import Window, WindowEdition


class KnowsWindows(Protocol):
    """What has to be known of an office's windows."""

    async def plan(self) -> Plan | None:
        """The plan in force, which says whose office it is."""
        ...

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        """Every edition of windows that an office made, of one rule or of all, oldest first."""
        ...


async def window_now(knows: KnowsWindows, rule: str) -> Window:
    """The newest edition of a rule's window: the office's own, or the one that came with the product."""
    plan = await knows.plan()
    made = await knows.windows_history(plan.body, rule) if plan else []
    return in_force(OfOffice(windows=tuple(made)).editions(rule) if made else SHIPPED.editions(rule)).window


async def forums_now(forums: Forums, knows: KnowsWindows) -> Forums:
    """The forums with the public's cut-off as the office has it now; a forum with its own keeps that."""
    return with_cutoff(forums, await window_now(knows, CUTOFF))


async def periods_now(knows: KnowsWindows) -> tuple[Freeze, ...]:
    """The periods before polls, counted with the number that the office has now."""
    return periods((await window_now(knows, RULE)).days)
