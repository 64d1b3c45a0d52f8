"""Where subscriptions are arranged: checked, kept in the store, and driven by one workflow each."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from temporalio.client import (
    Client,
    WorkflowHandle,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError

from rules.telling.subscribing import (
    check_cursor,
    check_draft,
    may_arrange,
    no_such,
    no_such_cycle,
    no_such_source,
    over,
    receiver_refused,
    taken,
    too_many,
    wrong_secret,
)
from schemas.feed import Cursor, Source, Wanted
from schemas.outcomes import Refused
from schemas.people import Actor
from schemas.rows import CyclePage
from schemas.subscriptions import Answer, Draft, State, Subscription, SubscriptionRow, SubscriptionStart
from workflows.subscription import SubscriptionWorkflow

PATIENCE = timedelta(seconds=25)
"""For the engine's answer: a receiver that is tried out may take ten seconds."""
SOON = timedelta(seconds=10)
UNANSWERED = (WorkflowUpdateRPCTimeoutOrCancelledError, RPCError)


class Keeps(Protocol):
    """What is kept of subscriptions."""

    async def subscriptions(self) -> list[Subscription]:
        """Every subscription."""
        ...

    async def subscription(self, name: str) -> Subscription | None:
        """One subscription."""
        ...

    async def add(self, draft: Draft, by: str, secret: str, cursors: dict[str, Cursor]) -> bool:
        """Keep a new subscription; False where there is one of that name."""
        ...

    async def change(self, name: str, state: State, what: str, by: str, because: str | None) -> bool:
        """Pause, resume or end."""
        ...

    async def replay(self, name: str, source: str, cursor: Cursor, by: str, reason: str) -> None:
        """Let it hear again what comes after a cursor."""
        ...


class KnowsFeed(Protocol):
    """How far a ledger reaches."""

    source: Source

    async def settled(self) -> int:
        """The newest position."""
        ...

    async def behind(self, wanted: Wanted, cursor: Cursor) -> int:
        """How many entries come after a cursor."""
        ...


class KnowsCycles(Protocol):
    """Which cycles there are."""

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle."""
        ...


class ChecksReceivers(Protocol):
    """Where an address leads, and whether a text can be signed with."""

    async def check(self, url: str) -> str | None:
        """Why events may not be sent there; None where they may."""
        ...

    def fresh_secret(self) -> str:
        """A new secret to sign deliveries with."""
        ...

    def is_secret(self, text: str) -> bool:
        """Whether deliveries can be signed with it."""
        ...


async def rows_of(keeps: Keeps, feeds: Sequence[KnowsFeed]) -> list[SubscriptionRow]:
    """Every subscription with how far it is behind. This asks the store alone."""
    return [
        SubscriptionRow(subscription=one, behind=0 if one.state == "ended" else await _behind(one, feeds))
        for one in await keeps.subscriptions()
    ]


async def _behind(one: Subscription, feeds: Sequence[KnowsFeed]) -> int:
    known = [feed for feed in feeds if feed.source in one.cursors]
    return sum([await feed.behind(one.wanted, one.cursors[feed.source]) for feed in known])


@dataclass(frozen=True)
class Subscribing:
    """Arranges subscriptions for a face: the command line or the pages."""

    client: Client
    queue: str
    keeps: Keeps
    feeds: tuple[KnowsFeed, ...]
    cycles: KnowsCycles
    receivers: ChecksReceivers
    loopback: bool = False

    async def rows(self) -> list[SubscriptionRow]:
        """Every subscription with how far it is behind."""
        return await rows_of(self.keeps, self.feeds)

    async def add(
        self, draft: Draft, actor: Actor, secret: str, after: Cursor | None = None
    ) -> Subscription | Refused:
        """Make a subscription; it hears what comes from now on, or after a cursor."""
        refused = may_arrange(draft.scope, actor.role) or check_draft(draft, loopback=self.loopback)
        refused = refused or await self._check(draft, secret, after)
        if refused:
            return refused
        cursors: dict[str, Cursor] = {feed.source: after or await self._end(feed) for feed in self.feeds}
        if not await self.keeps.add(draft, actor.person, secret, cursors):
            return taken(draft.id)
        await self.begin(draft.id)
        found = await self.keeps.subscription(draft.id)
        return found or no_such(draft.id)

    async def change(self, name: str, actor: Actor, state: State, reason: str) -> Subscription | Refused:
        """Pause, resume or end a subscription; it takes effect before anything more is sent."""
        found = await self._of(name, actor)
        if isinstance(found, Refused):
            return found
        what = {"paused": "paused", "active": "resumed", "ended": "ended"}[state]
        await self.keeps.change(name, state, what, actor.person, reason.strip() or None)
        await self._look(name)
        return await self.keeps.subscription(name) or found

    async def replay(
        self, name: str, actor: Actor, after: Cursor, reason: str, source: str = ""
    ) -> Subscription | Refused:
        """Let a subscription hear again what comes after a cursor."""
        found = await self._of(name, actor)
        if isinstance(found, Refused):
            return found
        feed = next((one for one in self.feeds if source in ("", one.source)), None)
        if feed is None:
            return no_such_source(source, [one.source for one in self.feeds])
        if refused := check_cursor(after, await feed.settled()):
            return refused
        await self.keeps.replay(name, feed.source, after, actor.person, reason.strip())
        await self._look(name)
        return await self.keeps.subscription(name) or found

    async def try_out(self, name: str, actor: Actor) -> Answer | Refused:
        """Send an empty, signed batch and say what the receiver answered."""
        found = await self._of(name, actor)
        if isinstance(found, Refused):
            return found
        await self.begin(name)
        try:
            return await self._run(name).execute_update(SubscriptionWorkflow.try_out, rpc_timeout=PATIENCE)
        except UNANSWERED:
            return Answer(
                trouble="The engine did not answer in time, so it is not known. Try again in a minute."
            )

    async def begin(self, name: str) -> None:
        """Start a subscription's run unless it is there."""
        await self.client.start_workflow(
            SubscriptionWorkflow.run,
            SubscriptionStart(subscription=name),
            id=f"subscription/{name}",
            task_queue=self.queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            static_summary=f"Events for {name}",
        )

    async def begin_all(self) -> list[str]:
        """Start the run of every subscription that has not ended; their names."""
        names = [one.id for one in await self.keeps.subscriptions() if one.state != "ended"]
        for name in names:
            await self.begin(name)
        return names

    async def _check(self, draft: Draft, secret: str, after: Cursor | None) -> Refused | None:
        if not self.receivers.is_secret(secret):
            return wrong_secret()
        if after is not None:
            refused = check_cursor(after, max([await feed.settled() for feed in self.feeds]))
            if refused:
                return refused
        if draft.cycle and await self.cycles.cycle(draft.cycle) is None:
            return no_such_cycle(draft.cycle)
        if sentence := await self.receivers.check(draft.url):
            return receiver_refused(sentence)
        return too_many([one.state for one in await self.keeps.subscriptions()])

    async def _of(self, name: str, actor: Actor) -> Subscription | Refused:
        """A subscription that goes on and is this role's to arrange."""
        found = await self.keeps.subscription(name)
        if found is None:
            return no_such(name)
        if found.state == "ended":
            return over(name)
        return may_arrange(found.scope, actor.role) or found

    async def _look(self, name: str) -> None:
        """Have the run look at the store at once; where nobody answers it does so within minutes."""
        await self.begin(name)
        with suppress(*UNANSWERED):
            await self._run(name).execute_update(SubscriptionWorkflow.look, rpc_timeout=SOON)

    def _run(self, name: str) -> WorkflowHandle[SubscriptionWorkflow, str]:
        return self.client.get_workflow_handle_for(SubscriptionWorkflow.run, f"subscription/{name}")

    async def _end(self, feed: KnowsFeed) -> Cursor:
        end = await feed.settled()
        return Cursor(shown=end, position=end)
