"""Extensions: by days or to a day, never earlier, and never past the limit."""

from dataclasses import replace
from datetime import date

from rules.counting.forward import Reached, run, unit_of
from rules.counting.ledger import Settled, refuse
from rules.counting.table import Table
from schemas.counting import Extended, Limit, Rule
from schemas.outcomes import Refused


def extend(reached: Reached, settled: Settled, rule: Rule, table: Table) -> Reached | Refused:
    """Where the clock ends after its extensions; a refusal past the limit, or to an earlier day.

    Source: process.clocks
    Source: local.extension
    Units: the clock's own: working days where it counts them, otherwise calendar days.
    """
    if not settled.extensions:
        return reached
    wrong = _wrong(settled, rule)
    if wrong:
        return wrong
    end = _by_days(reached, settled, table)
    if isinstance(end, Refused):
        return end
    end = _to_days(end, reached, settled, table)
    if isinstance(end, Refused):
        return end
    return _within(replace(reached, end=end), settled, rule, table)


def _wrong(settled: Settled, rule: Rule) -> Refused | None:
    if rule.limit is None:
        return refuse("extension_limit", f"Nobody may extend this clock ({rule.title}): no power is known. "
                      "Leave the extension out; a late act is recorded and never blocked.",
                      "extend", rule.source)  # fmt: skip
    if len(settled.extensions) > rule.limit.most_times:
        return _too_far(rule.limit, f"{len(settled.extensions)} extensions")
    if any(one.days is not None and one.days < 0 for one in settled.extensions):
        return _earlier()
    if any((one.days is None) == (one.to_on is None) for one in settled.extensions):
        return refuse("wrong_input", "An extension is either by days or to a day.", "extend")
    return None


def _by_days(reached: Reached, settled: Settled, table: Table) -> int | Refused:
    more = sum(one.days for one in settled.extensions if one.days is not None)
    if not more:
        return reached.end
    if reached.count is None:
        end = table.nth(reached.end + 1, more, unit_of(settled.budget))
    else:
        end = run(replace(reached.count, number=reached.count.number + more), reached.spans, table)
    return table.unknown() if end is None else end


def _to_days(end: int, reached: Reached, settled: Settled, table: Table) -> int | Refused:
    for day in _days(settled.extensions):
        place = table.place(day)
        if isinstance(place, Refused):
            return place
        if place <= reached.base:
            return _earlier()
        end = max(end, place)
    return end


def _days(extensions: tuple[Extended, ...]) -> list[date]:
    return sorted(one.to_on for one in extensions if one.to_on is not None)


def _within(reached: Reached, settled: Settled, rule: Rule, table: Table) -> Reached | Refused:
    """The limit counts every day of the clock's unit beyond the first due day that is not suspended."""
    moved = table.count(reached.base + 1, reached.end, unit_of(settled.budget))
    for first, last in reached.spans:
        moved -= table.count(max(first, reached.base + 1), min(last, reached.end), unit_of(settled.budget))
    if rule.limit and moved > rule.limit.most_days:
        return _too_far(rule.limit, f"{moved} days")
    return reached


def _too_far(limit: Limit, asked: str) -> Refused:
    return refuse(
        "extension_limit",
        f"The limit is {limit.most_days} days and {limit.most_times} "
        f"time{'' if limit.most_times == 1 else 's'}; {asked} were asked for.",
        "extend",
        limit.source,
    )


def _earlier() -> Refused:
    return refuse("not_later", "An extension only moves a due day later. Choose a day after it.", "extend")
