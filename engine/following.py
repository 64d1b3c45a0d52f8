"""Telling followers: their link first, then what was published, corrected, withdrawn or fell late, once each.

Done in the round of every minute. What was sent is noted at once; a crash between the mail server's yes and
the note repeats that one message under the same Message-ID.
"""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import datetime
from typing import Literal, Protocol

from rules.publishing.following import BOUNCES, forgotten, late_before
from schemas.following import Due, Follower, News, PublicQuestion, Unanswered
from schemas.outside import Swept
from schemas.plans import Plan
from schemas.searching import LateRow

log = logging.getLogger("answerable.following")
BATCH = 500
"""Mails of one round at the most; the next round goes on."""
Became = Literal["delivered", "refused", "later", "down"]
"""`later`: this mailbox puts us off. `down`: the mail server takes nothing now, so the round ends here."""


class KeepsFollowers(Protocol):
    """Where followers and questions are kept."""

    async def follow(
        self, address: str, what: str, token: str, *, since: datetime, most: int, own: int
    ) -> bool:
        """Keep that an address asks to follow something; False where too much is being asked for."""
        ...

    async def follower(self, token: str) -> Follower | None:
        """Whose link it is; None where it is nobody's any more."""
        ...

    async def confirm(self, token: str) -> Follower | None:
        """Note that the address is theirs."""
        ...

    async def stop(self, token: str) -> None:
        """Delete the address."""
        ...

    async def to_invite(self, most: int) -> list[Follower]:
        """Those who have not been sent their link yet."""
        ...

    async def invited(self, follower: int) -> None:
        """Note that the link was sent."""
        ...

    async def late(self, found: Sequence[News]) -> None:
        """Keep what is late in public as news, each thing once."""
        ...

    async def due(self, most: int) -> list[Due]:
        """What followers are still to be told, oldest first."""
        ...

    async def told(self, follower: int, news: int, *, delivered: bool) -> None:
        """Note that a follower was told, or that their mail server refused it."""
        ...

    async def tidy(self, unconfirmed: datetime, questions: datetime, news: datetime, bounces: int) -> int:
        """Delete what is kept no longer; how many addresses went."""
        ...

    async def ask(self, one: PublicQuestion, *, since: datetime, most: int) -> bool:
        """Keep a question, once for its key; False where too much is being asked."""
        ...

    async def questions(self, *, untold: bool = False) -> list[PublicQuestion]:
        """Questions that nobody has dealt with, or those of which the office was not told."""
        ...

    async def unanswered(self) -> list[Unanswered]:
        """The meetings for which questions wait that nobody has dealt with, soonest first."""
        ...

    async def question_told(self, key: str) -> None:
        """Note that the office was told."""
        ...

    async def question_done(self, key: str, by: str) -> None:
        """Note that somebody has dealt with it."""
        ...


class WritesToFollowers(Protocol):
    """Writes one mail to one address."""

    async def invite(self, follower: Follower, label: str) -> Became:
        """Their link."""
        ...

    async def tell(self, due: Due, label: str) -> Became:
        """One piece of news."""
        ...

    async def asked(self, question: PublicQuestion) -> Became:
        """Tell the office of a question."""
        ...


class Knows(Protocol):
    """What has to be known for a round."""

    async def late_now(self, before: datetime) -> list[LateRow]:
        """What everybody may know to be late."""
        ...

    async def plan(self) -> Plan | None:
        """The plan in force."""
        ...


class LooksOutside(Protocol):
    """The rounds that this one goes with."""

    async def look(self) -> Swept:
        """Every minute."""
        ...

    async def look_ahead(self) -> Swept:
        """Once a day."""
        ...


class Telling:
    """Goes with the rounds that look outside, and tells those who follow."""

    def __init__(
        self,
        rounds: LooksOutside,
        keeps: KeepsFollowers,
        writes: WritesToFollowers | None,
        knows: Knows,
        now: Callable[[], datetime],
    ) -> None:
        self._rounds = rounds
        self._keeps = keeps
        self._writes = writes
        self._knows = knows
        self._now = now

    async def look(self) -> Swept:
        """The round of every minute, then those who follow; what the post did not take, in the next one."""
        swept = await self._rounds.look()
        await self.tell()
        return swept

    async def look_ahead(self) -> Swept:
        """The round of every day, and what is kept no longer is deleted."""
        await self._keeps.tidy(*forgotten(self._now()), BOUNCES)
        return await self._rounds.look_ahead()

    async def tell(self) -> int:
        """Links, news and questions that are still to be sent; how many mails went out."""
        rows = await self._knows.late_now(late_before(self._now()))
        await self._keeps.late([news_of(row) for row in rows])
        if self._writes is None:
            return 0
        sent = await self._send(self._writes, await self._knows.plan())
        if gone := await self._keeps.tidy(*forgotten(self._now()), BOUNCES):
            log.info("%d addresses were deleted: not confirmed in time, or refused again and again.", gone)
        return sent

    async def _send(self, writes: WritesToFollowers, plan: Plan | None) -> int:
        """Everything in its order, until nothing is left or the mail server takes nothing."""
        became: list[Became] = []
        async for one in self._mails(writes, plan):
            became.append(one)
            if one == "down":
                log.warning("The mail server takes nothing now: followers are told in the next round.")
                break
        return became.count("delivered")

    async def _mails(self, writes: WritesToFollowers, plan: Plan | None) -> AsyncIterator[Became]:
        for follower in await self._keeps.to_invite(BATCH):
            yield await self._invite(writes, follower, plan)
        for due in await self._keeps.due(BATCH):
            if await self._keeps.follower(due.token):
                yield await self._tell(writes, due, plan)
        for question in await self._keeps.questions(untold=True):
            became = await writes.asked(question)
            if became in ("delivered", "refused"):
                await self._keeps.question_told(question.key)
            yield became

    async def _invite(self, writes: WritesToFollowers, follower: Follower, plan: Plan | None) -> Became:
        became = await writes.invite(follower, label(follower.what, plan))
        if became == "delivered":
            await self._keeps.invited(follower.id)
        elif became == "refused":
            await self._keeps.stop(follower.token)
        return became

    async def _tell(self, writes: WritesToFollowers, due: Due, plan: Plan | None) -> Became:
        became = await writes.tell(due, label(due.follows, plan))
        if became in ("delivered", "refused"):
            await self._keeps.told(due.follower, due.news, delivered=became == "delivered")
        return became


def news_of(row: LateRow) -> News:
    """Something late as news, named so that a later day of the same promise is news again."""
    name = row.title or row.cycle_title
    return News(cycle=row.cycle, version=row.version, about=f"{row.key}|{row.due_at:%Y-%m-%d}|{name}"[:400])


def label(what: str, plan: Plan | None) -> str:
    """What somebody follows, in words."""
    kind, _, name = what.partition(":")
    if kind == "objective":
        titles = {one.id: one.title for one in plan.objectives} if plan else {}
        return f"findings on {titles.get(name, name)}"
    said = {
        "all": "all findings",
        "late": "what is late",
        "ledger": "the daily checkpoints of the record",
        "commitment": f"findings on the promise {name}",
        "cycle": f"everything that is published of {name}",
    }
    return said.get(kind, what)
