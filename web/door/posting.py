"""Where the face finds what became of the post, how people want it, and an office's own words for letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schemas.posting import Again, Choice, Edition, Posted, Receipt


class KeepsPosted(Protocol):
    """What became of each message to each person."""

    async def posted(self, cycle: str, request: int | None = None, most: int = 50) -> list[Posted]:
        """To whom the messages of a cycle, or of one request, went, newest first."""
        ...

    async def posted_as(self, reference: str) -> Posted | None:
        """One message to one person."""
        ...

    async def bounced_for(self, person: str, most: int = 20) -> list[Posted]:
        """What came back and was not sent again, in the open cycles that somebody opened."""
        ...

    async def received(self, receipt: Receipt) -> bool:
        """Note what became of a message; False where it is not ours, or was known."""
        ...

    async def send_again(self, again: Again, role: str) -> bool:
        """Put an address right and have the notice sent there; False where it was done."""
        ...


class KeepsChoices(Protocol):
    """How people want to hear of what may wait, and the addresses of their calendars."""

    async def choices(self, people: Sequence[str]) -> dict[str, Choice]:
        """What these people chose."""
        ...

    async def choose(self, person: str, choice: Choice, at: datetime) -> None:
        """Keep what somebody chose."""
        ...

    async def calendar_number(self, person: str) -> int:
        """How often somebody has renewed the address of their calendar."""
        ...

    async def renew_calendar(self, person: str, number: int, at: datetime) -> None:
        """Give somebody's calendar another address."""
        ...


class KeepsEditions(Protocol):
    """An office's own words for letters."""

    async def in_force(self) -> dict[str, Edition]:
        """The newest edition of every letter that has one."""
        ...

    async def editions(self, name: str) -> list[Edition]:
        """Every edition of a letter, newest first."""
        ...

    async def keep_edition(self, edition: Edition) -> bool:
        """Keep the next edition; False where somebody else was quicker."""
        ...


class SendsOne(Protocol):
    """Hands one message to whoever carries the mail."""

    async def to_me(self, subject: str, text: str, html: str, address: str) -> bool:
        """Send a trial of a letter; False where it was not taken."""
        ...


@dataclass(frozen=True)
class PostKept:
    """All of it; None where there is none."""

    posted: KeepsPosted | None = None
    choices: KeepsChoices | None = None
    editions: KeepsEditions | None = None
    callback: str | None = None
    """The bearer token that GOV.UK Notify sends its receipts with; without one none are taken."""
    trials: SendsOne | None = None
