"""One sequence played: every step is done to the real engine and to the model, and the two are compared."""

import asyncio
import itertools
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Literal

from demonstration.actors import OFFICER
from reference.catalogue import calendar, standards
from schemas.commands import AnyCommand, OpenCycle
from schemas.cycle import Cycle
from schemas.evidence import RequestDraft
from schemas.outcomes import NotKnownYet, Outcome, Receipt, Refused
from tests import scenario as s
from tests.model import paper_actions, paper_evidence, paper_findings, paper_sessions, paper_steering
from tests.model.lane import Lane
from tests.model.moves import TEXT, WORDS
from tests.model.paper import Paper
from tests.model.view import difference, of_cycle, of_paper, take_dates

PARTS = (paper_actions, paper_evidence, paper_findings, paper_sessions, paper_steering)
START = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)
"""Every sequence begins on this Monday, whatever day it is: the cycle's clock is set back to it."""
FRESH = itertools.count(1)
SETTLES_WITHIN = 5.0
"""Seconds of the true clock in which the engine has done what falls to it."""


class MismatchError(AssertionError):
    """The engine and the model do not agree."""


@dataclass(frozen=True)
class Step:
    """One step: one command or two at once, with or without a crash; or a clock jump by days."""

    how: Literal["send", "pair", "crash", "lost", "jump"]
    commands: tuple[AnyCommand, ...] = ()
    days: float = 0.0
    pause: float = 0.0
    """Seconds between the sending and the crash."""

    def __str__(self) -> str:
        """The step as a line of a script."""
        if self.how == "jump":
            return f"jump {self.days:g} days"
        return f"{self.how} " + " || ".join(told(command) for command in self.commands)


def told(command: AnyCommand) -> str:
    """A command in one line."""
    facts = command.model_dump(mode="json", exclude={"cycle", "key", "actor", "kind"}, exclude_defaults=True)
    said = ", ".join(f"{name}={_short(value)}" for name, value in facts.items())
    actor = command.actor
    return f"{command.kind}({said}) by {actor.person} as {actor.role.value} [{command.key}]"


def _short(value: object) -> str:
    text = str(value)
    return "text" if text.startswith("text:") else text.replace(TEXT, "text")


@dataclass
class Play:
    """A sequence under way."""

    lane: Lane
    drafts: tuple[RequestDraft, ...]
    steps: list[Step] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    sent: list[AnyCommand] = field(default_factory=list)
    receipts: dict[str, tuple[AnyCommand, Receipt]] = field(default_factory=dict)
    unchanged: dict[str, Receipt] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    raced: set[str] = field(default_factory=set)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    set_back: timedelta = timedelta(0)

    def __post_init__(self) -> None:
        number = next(FRESH)
        self.ref = f"HTA-{3000 + number // 9000}-{number % 9000 + 1000}"
        rules = standards()["performance"]
        self.paper = Paper(
            now=START,
            most_days=rules.extension.most_days,
            most_times=rules.extension.most_times,
            silent_after=rules.overdue_escalates_after,
        )
        for draft in self.drafts:
            paper_evidence.taken_in(self.paper, draft, draft.lead)

    async def open(self) -> None:
        """The cycle begins, its clock set back."""
        self.set_back = self.lane.post.set_back = s.wall_now() - START
        command = OpenCycle(
            cycle=self.ref,
            key="model-key-open",
            actor=OFFICER,
            title=TEXT,
            theme="reassuring",
            commitments=("SWM-REASSURE-01",),
            question=TEXT,
            requests=self.drafts,
            standards=standards()["performance"],
            calendar=calendar().version,
            body="west-mercia-opcc",
            set_back=self.set_back,
        )
        outcome = await self._sent(command, opening=True)
        if not isinstance(outcome, Receipt):
            raise MismatchError(f"the opening was refused: {outcome}")
        self.receipts[command.key] = (command, outcome)
        await self._settle([self.paper])

    async def take(self, step: Step) -> None:
        """Do one step to both."""
        self.steps.append(step)
        self.said.append(str(step))
        if step.how == "jump":
            await self._jump(step.days)
            return
        commands = [one.model_copy(update={"cycle": self.ref}) for one in step.commands]
        outcomes = await self._carried_out(step, commands)
        self.said[-1] += " -> " + " || ".join(_briefly(one) for one in outcomes)
        papers = self._agreeing(commands, outcomes)
        for command, outcome in zip(commands, outcomes, strict=True):
            self._remember(command, outcome, raced=step.how != "send")
        await self._settle(papers)

    async def _carried_out(self, step: Step, commands: list[AnyCommand]) -> list[Outcome]:
        if step.how == "pair":
            return list(await asyncio.gather(*(self._sent(one) for one in commands)))
        if step.how == "crash":
            asked = asyncio.create_task(self.lane.hasty.send(commands[0]))
            await asyncio.sleep(step.pause)
            await self.lane.crash()
            first = await asked
            outcome = await self._sent(commands[0]) if isinstance(first, NotKnownYet) else first
            return [outcome]
        self.lane.ledger.lose = step.how == "lost"
        outcome = await self._sent(commands[0])
        self.lane.ledger.lose = False
        return [outcome]

    async def _sent(self, command: AnyCommand, *, opening: bool = False) -> Outcome:
        for _ in range(8):
            outcome = await self.lane.desk.send(command, WORDS if opening else None)
            if not isinstance(outcome, NotKnownYet):
                return outcome
        raise MismatchError(f"never answered: {told(command)}")

    async def _jump(self, days: float) -> None:
        if self.paper.cancelled or self.paper.closed:
            return
        handle = self.lane.engine.client.get_workflow_handle(self.ref)
        await self.lane.engine.fast_forward(handle, timedelta(days=days))
        self.paper.now += timedelta(days=days)
        await self._settle([self.paper])

    def _agreeing(self, commands: list[AnyCommand], outcomes: list[Outcome]) -> list[Paper]:
        """The trays that some order of these commands leads to, with the outcomes that were seen."""
        seen = [isinstance(one, Receipt) for one in outcomes]
        self.paper.turn()
        found, said = [], set()
        for order in permutations(range(len(commands))):
            for lawful, paper in self._orders(self.paper, [commands[n] for n in order], set()):
                by_place = [lawful[order.index(n)] for n in range(len(commands))]
                said.add(str(by_place))
                if by_place == seen:
                    found.append(paper)
        if not found:
            raise MismatchError(f"lawful by the engine {seen}, by the model {' or '.join(sorted(said))}")
        return found

    def _orders(
        self, paper: Paper, commands: list[AnyCommand], now_known: set[str]
    ) -> list[tuple[list[bool], Paper]]:
        if not commands:
            return [([], paper)]
        first, rest = commands[0], commands[1:]
        found = []
        for lawful, after in self._judged(paper, first, now_known):
            known = now_known | {first.key} if lawful else now_known
            found += [([lawful, *more], end) for more, end in self._orders(after, rest, known)]
        return found

    def _judged(self, paper: Paper, command: AnyCommand, now_known: set[str]) -> list[tuple[bool, Paper]]:
        if command.key in self.receipts:
            return [(self.receipts[command.key][0] == command, paper)]
        if command.key in now_known:
            return [(True, paper)]
        after = paper.copy()
        lawful = after.do(command)
        found = [(lawful is not False, after), *([(False, paper)] if lawful is None else [])]
        if command.key in self.raced:  # what was refused on its way through may be refused again unseen
            found.append((False, paper))
        if command.key in self.unchanged:
            found.append((True, paper))
        return found

    def _remember(self, command: AnyCommand, outcome: Outcome, *, raced: bool) -> None:
        self.sent.append(command)
        self.counted[command.kind, "lawful" if isinstance(outcome, Receipt) else "unlawful"] += 1
        if isinstance(outcome, Refused):
            before = self.receipts.get(command.key)
            if before and outcome.code != "key_reused":
                raise MismatchError(f"a key that was used before: {outcome}")
            if before is None:
                self.refused.add(command.key)
                if raced:
                    self.raced.add(command.key)
            return
        assert isinstance(outcome, Receipt)
        if not outcome.happened:
            self.unchanged[command.key] = outcome
            return
        _, first = self.receipts.setdefault(command.key, (command, outcome))
        if first != outcome:
            raise MismatchError(f"the same act was answered {first} and then {outcome}")
        self.refused.discard(command.key)

    async def _settle(self, papers: list[Paper]) -> None:
        """Wait until what is stored is what one of these trays says."""
        until = time.monotonic() + SETTLES_WITHIN
        while True:
            cycle = await self.cycle()
            for paper in papers:
                trial = paper.copy()
                take_dates(trial, cycle)
                trial.turn()
                if of_paper(trial) == of_cycle(cycle):
                    if trial.closed:  # it sleeps, and goes on where its record ends
                        trial.now = cycle.changed_at
                    self.paper = trial
                    return
            if time.monotonic() > until:
                raise MismatchError("; ".join(difference(of_paper(trial), of_cycle(cycle))))
            await asyncio.sleep(0.02)

    async def cycle(self) -> Cycle:
        """The cycle as the pages read it."""
        page = await self.lane.reads.cycle(self.ref)
        if page is None:
            raise MismatchError("the cycle is not there to be read")
        return page.cycle

    async def settle(self) -> None:
        """Look once more, when nothing is under way."""
        await self._settle([self.paper])


def _briefly(outcome: Outcome) -> str:
    if isinstance(outcome, Receipt):
        return f"{outcome.version}: {', '.join(outcome.happened) or 'nothing changed'}"
    return f"refused, {outcome.code}" if isinstance(outcome, Refused) else "not known yet"
