"""A ledger put in order: the same facts give the same answer whatever the order in which they are told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from schemas.counting import (
    Budget,
    Clock,
    Entry,
    Extended,
    Restarted,
    Resumed,
    Rule,
    Superseded,
    Suspended,
)
from schemas.outcomes import Refused

A_DAY = timedelta(days=1)
Span = tuple[date, date]


@dataclass(slots=True)
class Settled:
    """What a ledger comes to: the start and budget in force, the days that do not count, the extensions.

    Source: process.clocks
    """

    start: date
    budget: Budget
    spans: tuple[Span, ...] = ()
    extensions: tuple[Extended, ...] = ()
    restarted: bool = False
    superseded: bool = False


def settle(clock: Clock, start: date) -> Settled | Refused:
    """The start, budget, suspensions and extensions in force; a refusal where the ledger makes no sense.

    Source: process.clocks
    """
    if not clock.ledger:
        return Settled(start, clock.rule.budget)
    begins = max((one.on for one in clock.ledger if isinstance(one, Restarted)), default=start)
    if begins < start:
        return refuse("restart_before_start", "A clock cannot run again from before its start.", "restart")
    spans = _spans(clock.ledger)
    if isinstance(spans, Refused):
        return spans
    settled = Settled(
        start=begins,
        budget=_budget(clock),
        spans=tuple(span for span in spans if span[1] >= begins),
        extensions=_live(clock.ledger, begins, restarted=begins > start),
        restarted=begins > start,
        superseded=any(isinstance(one, Superseded) for one in clock.ledger),
    )
    return _allowed(clock.rule, settled) or settled


def refuse(code: str, message: str, field: str, source: str = "process.clocks") -> Refused:
    """A refusal in the form of every other.

    Source: process.wrong-input
    """
    return Refused(code=code, message=message, source=source, field=field)


def _budget(clock: Clock) -> Budget:
    """The budget that was set last; two that were set on one day are told apart by what they say."""
    set_later = [one for one in clock.ledger if isinstance(one, Superseded)]
    if not set_later:
        return clock.rule.budget
    return max(set_later, key=lambda one: (one.on, repr(one.budget))).budget


def _live(ledger: Iterable[Entry], begins: date, *, restarted: bool) -> tuple[Extended, ...]:
    """The extensions that a restart has not swept away."""
    every = [one for one in ledger if isinstance(one, Extended)]
    if not restarted:
        return tuple(every)
    return tuple(one for one in every if one.decided_on is None or one.decided_on >= begins)


def _allowed(rule: Rule, settled: Settled) -> Refused | None:
    if settled.superseded and rule.set_by is None:
        return refuse("cannot_set", "This period is set by its source; nobody may set another.", "period",
                      rule.source)  # fmt: skip
    if settled.spans and rule.stops is None:
        return refuse(
            "cannot_suspend",
            f"Nothing stops this clock ({rule.title}): no power to suspend it is known. "
            "Leave the suspension out.",
            "suspend",
            rule.source,
        )
    return None


def _spans(ledger: Iterable[Entry]) -> tuple[Span, ...] | Refused:
    """The suspensions as closed spans in order; adjoining ones are both kept, overlapping ones refused."""
    closed = _closed(ledger)
    if isinstance(closed, Refused):
        return closed
    spans: list[Span] = []
    for one in closed:
        if one.to_on is None:
            return refuse(
                "clock_suspended",
                f"The clock stands still since {one.from_on.isoformat()} and has not resumed: "
                "it has no due day until it does.",
                "suspend",
            )
        if one.to_on < one.from_on:
            return refuse("suspension_backwards", "A suspension cannot end before it begins.", "suspend")
        if spans and one.from_on <= spans[-1][1]:
            return refuse("overlapping_suspensions", "Two suspensions share a day: a clock stops once. "
                          "Give them as one.", "suspend")  # fmt: skip
        spans.append((one.from_on, one.to_on))
    return tuple(spans)


def _closed(ledger: Iterable[Entry]) -> Sequence[Suspended] | Refused:
    """The suspensions in order, each resumption joined to the open suspension before it."""
    entries = tuple(ledger)
    spans = sorted(
        (one for one in entries if isinstance(one, Suspended)),
        key=lambda one: (one.from_on, one.to_on or date.max),
    )
    for resumed in sorted((one for one in entries if isinstance(one, Resumed)), key=lambda one: one.on):
        opened = [n for n, one in enumerate(spans) if one.to_on is None and one.from_on < resumed.on]
        if not opened:
            return refuse(
                "resume_without_suspend",
                f"The clock cannot resume on {resumed.on.isoformat()}: nothing had stopped it before then.",
                "resume",
            )
        spans[opened[-1]] = replace(spans[opened[-1]], to_on=resumed.on - A_DAY)
    return spans
