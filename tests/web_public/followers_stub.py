"""Followers, their mails and questions in memory, by the same promises as the store and the post make."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from engine.following import Became
from rules.publishing.following import MOST_AN_HOUR
from schemas.following import Due, Follower, News, PublicQuestion, Unanswered
from schemas.searching import LateRow
from tests.web_public import sample as s

LATE = LateRow(
    cycle=s.REFERENCE, cycle_title="Can people reach the police?", key="action/2026/014", what="action",
    number="2026/014", title="Publish it", owner="The force", due_at=s.day("11-13"), version=1, forum="",
)  # fmt: skip


@dataclass
class MemoryFollowers:
    """Followers in memory, by the same promises as the store's."""

    kept: dict[str, Follower] = field(default_factory=dict)
    invites: set[int] = field(default_factory=set)
    news: list[Due] = field(default_factory=list)
    known: list[News] = field(default_factory=list)
    sent: dict[tuple[int, int], bool] = field(default_factory=dict)
    asked: dict[str, PublicQuestion] = field(default_factory=dict)
    told_of: list[str] = field(default_factory=list)
    done: dict[str, str] = field(default_factory=dict)
    tidied: int = 0
    full: bool = False
    officers: tuple[str, ...] = ()

    async def follow(
        self, address: str, what: str, token: str, *, since: datetime, most: int, own: int
    ) -> bool:
        """Once for each address and thing."""
        assert since < s.NOW
        assert (most, own) == (MOST_AN_HOUR, 5)
        if self.full:
            return False
        if (address, what) not in {(one.address, one.what) for one in self.kept.values()}:
            one = Follower(id=len(self.kept) + 1, address=address, what=what, token=token, asked_at=s.NOW)
            self.kept[token] = one
        return True

    async def follower(self, token: str) -> Follower | None:
        """By the token."""
        return self.kept.get(token)

    async def confirm(self, token: str) -> Follower | None:
        """Once."""
        if token in self.kept and not self.kept[token].confirmed_at:
            self.kept[token] = self.kept[token].model_copy(update={"confirmed_at": s.NOW})
        return self.kept.get(token)

    async def stop(self, token: str) -> None:
        """Gone."""
        self.kept.pop(token, None)

    async def to_invite(self, most: int) -> list[Follower]:
        """Those without a link."""
        return [one for one in self.kept.values() if one.id not in self.invites and not one.confirmed_at][
            :most
        ]

    async def invited(self, follower: int) -> None:
        """Sent."""
        self.invites.add(follower)

    async def late(self, found: Sequence[News]) -> None:
        """Each thing once."""
        self.known += [one for one in found if one not in self.known]

    async def due(self, most: int) -> list[Due]:
        """Not told yet."""
        return [one for one in self.news if (one.follower, one.news) not in self.sent][:most]

    async def told(self, follower: int, news: int, *, delivered: bool) -> None:
        """Noted."""
        self.sent[(follower, news)] = delivered

    async def tidy(self, unconfirmed: datetime, questions: datetime, news: datetime, bounces: int) -> int:
        """Counted."""
        assert (s.NOW - unconfirmed, s.NOW - questions) == (timedelta(days=7), timedelta(days=90))
        assert news < s.NOW
        self.tidied = bounces
        return 1

    async def ask(self, one: PublicQuestion, *, since: datetime, most: int) -> bool:
        """Once for each key."""
        assert (since, most) == (s.NOW - timedelta(hours=1), MOST_AN_HOUR)
        if not self.full:
            self.asked.setdefault(one.key, one.model_copy(update={"asked_at": s.NOW}))
        return not self.full

    async def questions(self, *, untold: bool = False) -> list[PublicQuestion]:
        """Open ones."""
        gone = {*self.done, *(self.told_of if untold else ())}
        return [one for key, one in self.asked.items() if key not in gone]

    async def unanswered(self) -> list[Unanswered]:
        """By meeting."""
        found: dict[str, list[PublicQuestion]] = {}
        for one in await self.questions():
            found.setdefault(one.meeting, []).append(one)
        return [
            Unanswered(
                meeting=key, held_at=ones[0].held_at, questions=len(ones), since=ones[0].asked_at or s.NOW,
                officers=self.officers,
            )
            for key, ones in found.items()
        ]  # fmt: skip

    async def question_told(self, key: str) -> None:
        """Noted."""
        self.told_of.append(key)

    async def question_done(self, key: str, by: str) -> None:
        """The first stands."""
        self.done.setdefault(key, by)


@dataclass
class Letters:
    """Mails that would have been sent, and what the mail server says of each."""

    says: Became = "delivered"
    sent: list[str] = field(default_factory=list)

    async def invite(self, follower: Follower, label: str) -> Became:
        """Noted."""
        self.sent.append(f"invite {follower.address} {label}")
        return self.says

    async def tell(self, due: Due, label: str) -> Became:
        """Noted."""
        self.sent.append(f"{due.what} {due.address} {label}")
        return self.says

    async def asked(self, question: PublicQuestion) -> Became:
        """Noted."""
        self.sent.append(f"asked {question.question}")
        return self.says
