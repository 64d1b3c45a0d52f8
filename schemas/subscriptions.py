"""Subscriptions: who outside hears of what is recorded, and what became of each delivery."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.feed import Cursor, Scope, Wanted
from schemas.shape import CycleRef, Instant, Shape, Slug

State = Literal["active", "paused", "ended"]


class Draft(Shape):
    """A subscription as somebody asks for it. The secret travels beside it, never in it."""

    id: Slug
    url: Annotated[str, Field(max_length=2000)]
    scope: Scope
    kinds: tuple[str, ...] = ()
    cycle: CycleRef | None = None
    reason: Annotated[str, Field(max_length=2000)]

    @property
    def wanted(self) -> Wanted:
        """What they want to hear."""
        return Wanted(scope=self.scope, kinds=self.kinds, cycle=self.cycle)


class Subscription(Draft):
    """A subscription as it stands."""

    made_by: Slug
    made_at: Instant
    state: State
    because: str | None = None
    """Why it is paused or ended, in a sentence."""
    last_success_at: Instant | None = None
    last_failure_at: Instant | None = None
    last_failure: str | None = None
    failing_since: Instant | None = None
    cursors: dict[str, Cursor]
    """How far it has got, by the name of the ledger."""


class SubscriptionRow(Shape):
    """A subscription with how many entries it has still to hear."""

    subscription: Subscription
    behind: int


class SubscriptionStart(Shape):
    """How a subscription's run begins: everything else stands in the store and can be changed there."""

    subscription: Slug


class Turn(Shape):
    """A subscription's next turn: wait for news and send it."""

    subscription: Slug


class Turned(Shape):
    """How a turn ended: go on, wait until somebody resumes it, or stop for ever."""

    state: State
    sent: int = 0


class Answer(Shape):
    """What a receiver answered: its status, or in a sentence why there is none."""

    status: int | None = None
    trouble: str = ""

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and SUCCESS <= self.status < REDIRECT

    @property
    def gone(self) -> bool:
        """Whether the receiver never wants to hear of us again."""
        return self.status == GONE

    @property
    def said(self) -> str:
        """What happened, in a sentence that names no address."""
        if self.status is None:
            return self.trouble
        if REDIRECT <= self.status < MISTAKE:
            return (
                f"The receiver redirects ({self.status}), and redirects are not followed. "
                "Subscribe with the address that it redirects to."
            )
        return f"The receiver answered {self.status}."


SUCCESS, REDIRECT, MISTAKE, GONE = 200, 300, 400, 410
