"""The model: a cycle as it would lie on paper in a tray, in plain words and sets. It knows no rules."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field, is_dataclass
from datetime import date, datetime
from typing import Any

from tests.model.days import REMINDER_HOUR, at, london, working_after
from tests.model.who import PUT_RIGHT, may


def afresh(one: Any) -> Any:
    """Another of the same: what can be written on is another too, and what cannot is the same."""
    if is_dataclass(one):
        other: Any = copy(one)
        for name, value in vars(one).items():
            setattr(other, name, afresh(value))
        return other
    if isinstance(one, dict):
        return {name: afresh(value) for name, value in one.items()}
    if isinstance(one, list):
        return [afresh(value) for value in one]
    return set(one) if isinstance(one, set) else one


@dataclass
class Owed:
    """One request of the tray."""

    draft: Any
    lead: str
    state: str = "asked"
    owed: set[int] = field(default_factory=set)
    returns: list[dict[str, Any]] = field(default_factory=list)
    asked_to: date | None = None
    asked_by: str | None = None
    extensions: int = 0
    extensions_sum: int = 0
    """Working days that were granted since its day was last set."""
    clarified: list[bool] = field(default_factory=list)
    stands_still: bool = False
    """Whether the clock waits for the office's answer: a question that came too late does not stop it."""
    delegates: set[str] = field(default_factory=set)
    claims: list[tuple[int, int, bool | None]] = field(default_factory=list)
    """Version, item, and whether it was upheld."""
    claimed_by: list[str] = field(default_factory=list)
    escalated: int = 0
    due_on: date | None = None
    due_at: datetime | None = None
    missed: set[date] = field(default_factory=set)
    silent: bool = False
    """Whether it was deemed a non-response."""

    @property
    def open(self) -> bool:
        """Whether something is owed."""
        return self.state in ("asked", "acknowledged", "part_returned", "sent_back")

    @property
    def parts(self) -> int:
        """How many things are asked for."""
        return max(1, len(self.draft.asked))

    @property
    def unanswered(self) -> bool:
        """Whether the office owes an answer."""
        return False in self.clarified

    @property
    def waits(self) -> bool:
        """Whether its clock stands still until the office has answered."""
        return self.unanswered and self.stands_still


@dataclass
class Sitting:
    """One session."""

    forum: str
    starts_at: datetime
    state: str = "coming"
    questions: list[bool] = field(default_factory=list)


@dataclass
class Promise:
    """One action."""

    owner: str
    owner_side: str
    by_side: str
    state: str = "proposed"
    due_on: date | None = None
    due_at: datetime | None = None
    missed: bool = False
    asked_to: date | None = None
    asked_by: str | None = None
    moves: int = 0
    slips: int = 0
    progress: int = 0
    reopened: int = 0
    escalated: int = 0
    claimed_by: str | None = None

    @property
    def open(self) -> bool:
        """Whether something is still to be agreed, done or verified."""
        return self.state not in ("withdrawn", "verified")


@dataclass
class Draft:
    """One version of the findings."""

    author: str
    correction: bool = False
    to_redact: bool = False
    """Whether words were taken out of a version before it, so that somebody has to look for them here too."""
    signed: dict[str, str] = field(default_factory=dict)
    """Role by person."""
    published: bool = False
    withdrawn: bool = False
    fact_check: str | None = None
    fact_check_due: datetime | None = None
    redaction: str | None = None
    redacted_by: str | None = None
    sent_back: bool = False
    release_at: datetime | None = None
    release: str | None = None

    @property
    def waits(self) -> bool:
        """Whether a release is scheduled."""
        return self.release == "waits" and not self.published

    def checked(self, now: datetime) -> bool:
        """Whether nobody is still to comment, and a second person has agreed to what was taken out."""
        over = self.fact_check_due is not None and self.fact_check_due <= now
        shut = (self.fact_check != "open" or over) and not self.sent_back
        return shut and (self.redaction == "agreed" or (self.redaction is None and not self.to_redact))


@dataclass
class Paper:
    """The whole cycle."""

    now: datetime
    most_days: int
    most_times: int
    silent_after: int
    requests: dict[int, Owed] = field(default_factory=dict)
    sessions: dict[int, Sitting] = field(default_factory=dict)
    judged: dict[tuple[int, int], tuple[str, bool]] = field(default_factory=dict)
    decisions: int = 0
    actions: dict[str, Promise] = field(default_factory=dict)
    findings: list[Draft] = field(default_factory=list)
    wakes: int = 0
    paused: bool = False
    cancelled: bool = False
    closed: bool = False

    def copy(self) -> "Paper":
        """Another tray with the same in it."""
        other: Paper = afresh(self)
        return other

    @property
    def today(self) -> date:
        """The day in London."""
        return london(self.now).date()

    @property
    def was_published(self) -> bool:
        """Whether any version has been published."""
        return any(one.published for one in self.findings)

    @property
    def still_open(self) -> int:
        """How many actions are not finished."""
        return sum(one.open for one in self.actions.values())

    def do(self, command: Any) -> bool | None:
        """Carry out a command if it is lawful, and say whether it was; None where either would be right."""
        if not may(command.kind, command.actor.role.value) or self.cancelled:
            return False
        if self.closed and command.kind not in PUT_RIGHT:
            return False
        return LAW[command.kind](self, command)

    def turn(self) -> None:
        """Do what falls to the engine by now, in the order in which it fell."""
        now = self.now
        for instant in sorted({*(one for one in self._ends() if one < now), now}):
            self.now = instant
            self._turn()
        self.now = now

    def _ends(self) -> list[datetime]:
        """When windows of the findings end, and what is scheduled comes out."""
        ends = [one.fact_check_due for one in self.findings] + [one.release_at for one in self.findings]
        return [one for one in ends if one]

    def _turn(self) -> None:
        if self.cancelled:
            return
        if not self.paused and not self.closed:
            self._local_clocks()
        self._findings_turn()

    def _local_clocks(self) -> None:
        for request in self.requests.values():
            self._chase(request)
        for action in self.actions.values():
            if action.state == "confirmed" and action.due_at and action.due_at <= self.now:
                action.missed = True

    def _chase(self, request: Owed) -> None:
        if not request.open or request.waits or request.due_at is None or request.due_on is None:
            return
        if request.due_at <= self.now:
            request.missed.add(request.due_on)
        silent_on = working_after(request.due_on, self.silent_after)
        if at(silent_on, REMINDER_HOUR) <= self.now and request.state != "part_returned":
            request.silent = True

    def _findings_turn(self) -> None:
        for one in self.findings:
            ends = one.fact_check_due
            if one.fact_check == "open" and ends and ends <= self.now and not self.paused:
                one.fact_check = "deemed"
        newest = self.findings[-1] if self.findings else None
        if newest is None or not newest.waits or newest.release_at is None:
            return
        if newest.release_at <= self.now and newest.checked(newest.release_at):
            newest.published, newest.release = True, "done"
            self.close_if_done()

    def close_if_done(self) -> None:
        """What is published and has nothing left to follow up is closed."""
        self.closed = self.closed or (self.was_published and not self.still_open)


Law = Callable[[Paper, Any], bool | None]
LAW: dict[str, Law] = {}
"""What each kind of command does to the tray; filled by the files beside this one."""


def law(kind: str) -> Callable[[Law], Law]:
    """Enter a function as the law of a kind."""

    def entered(function: Law) -> Law:
        LAW[kind] = function
        return function

    return entered
