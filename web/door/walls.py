"""Where cycles are restricted to named people, and opened all the same; and what is said at a closed one."""

from datetime import datetime
from typing import Protocol

from schemas.viewing import Opening, Restriction


class KeepsWalls(Protocol):
    """Keeps restrictions and openings, each with its line in the log of access."""

    async def restrict(self, one: Restriction, role: str) -> bool:
        """Let only those who are named see a cycle; False where that is so already."""
        ...

    async def lift(self, cycle: str, by: str, role: str, reason: str, at: datetime) -> bool:
        """Let the whole office see it again; False where it does already."""
        ...

    async def open(self, one: Opening) -> bool:
        """Let somebody see a restricted cycle for a while; False where they may already."""
        ...


class Restricted(Exception):  # noqa: N818 - a way to go, not an error
    """A cycle is there that whoever asks may know of and not see."""

    def __init__(self, one: Restriction) -> None:
        super().__init__(one.cycle)
        self.one = one
