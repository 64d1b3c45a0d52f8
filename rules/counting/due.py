"""`due`: from a clock and a calendar to a due day with its explanation, or a refusal."""

from rules.counting.backward import between, counts_between
from rules.counting.extending import extend
from rules.counting.forward import forward, rows
from rules.counting.ledger import Settled, refuse, settle
from rules.counting.table import Table, london_day
from rules.counting.words import paragraph
from schemas.counting import Clock, CountedDay, Due, NoDeadline, Rule, ToSet
from schemas.outcomes import Refused


def due(clock: Clock, calendar: Table) -> Due | Refused:
    """When the clock runs out, with every day of the sum; a refusal where that cannot be known.

    Source: process.clocks
    Units: the rule's own; the hour is London's, and a statutory day ends at 23:59:59.
    """
    start = london_day(clock.start)
    if isinstance(start, Refused):
        return start
    settled = settle(clock, start)
    if isinstance(settled, Refused):
        return settled
    if isinstance(settled.budget, NoDeadline):
        return refuse("no_deadline", "This sets no deadline: nothing falls due, and no day is invented.",
                      "rule", clock.rule.source)  # fmt: skip
    if isinstance(settled.budget, ToSet):
        return refuse("no_window", "The office has to set this period first: no law gives a number.",
                      "rule", clock.rule.source)  # fmt: skip
    found = _found(settled, clock.rule, calendar)
    if isinstance(found, Refused):
        return found
    place, days = found
    return _due(clock.rule, settled, place, days, calendar)


def _found(settled: Settled, rule: Rule, calendar: Table) -> tuple[int, tuple[CountedDay, ...]] | Refused:
    if counts_between(settled):
        return between(settled, rule, calendar)
    reached = forward(settled, calendar)
    if isinstance(reached, Refused):
        return reached
    longer = extend(reached, settled, rule, calendar)
    if isinstance(longer, Refused):
        return longer
    return longer.end, rows(longer, calendar)


def _due(
    rule: Rule, settled: Settled, place: int, days: tuple[CountedDay, ...], calendar: Table
) -> Due | Refused:
    advice = None
    if not calendar.is_working(place):
        advice = calendar.working_before(place, 1)
        if advice is None:
            return calendar.unknown()
    return Due(
        due_on=calendar.dates[place],
        due_at=calendar.end_of(place, rule.hour),
        advice_on=None if advice is None else calendar.dates[advice],
        days=days,
        counted=sum([one.counted for one in days]),
        words=paragraph(rule, settled, place, advice, calendar),
        calendar=calendar.version,
    )
