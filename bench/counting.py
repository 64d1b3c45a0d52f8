"""`python -m bench.counting`: how many due days are explained in a second, and what a new calendar costs."""

import time
from datetime import date, timedelta

from reference.catalogue import calendar
from reference.explaining import table
from reference.windows import RULES
from rules.counting.due import due
from rules.counting.preview import moved
from rules.counting.table import Table
from schemas.clocks import BankHoliday
from schemas.counting import Clock, Due, Extended, Suspended
from schemas.outcomes import Refused

MANY, OPEN = 100_000, 10_000
FIRST = date(2013, 1, 1)
DAYS = 5_400
WHICH = ("inspection-comments", "foi-response", "panel-papers", "confirmation-hearing", "evidence-request")


def clocks(number: int) -> list[Clock]:
    """So many clocks of five rules; every fifth evidence request was suspended and extended."""
    made = []
    for n in range(number):
        start = FIRST + timedelta(days=n % DAYS)
        rule = RULES[WHICH[n % len(WHICH)]]
        stopped = Suspended(start + timedelta(days=3), start + timedelta(days=6))
        ledger = (stopped, Extended(days=5)) if rule.id == "evidence-request" else ()
        made.append(Clock(rule, start, ledger))
    return made


def newer() -> Table:
    """The calendar of England and Wales with one more bank holiday, as if it had been proclaimed."""
    known = calendar()
    extra = BankHoliday(on=date(2026, 7, 20), title="A day that was proclaimed")
    days = tuple(sorted((*known.days, extra), key=lambda one: one.on))
    return Table(known.model_copy(update={"days": days, "version": "england-and-wales/2026-12-01"}))


def main() -> None:
    """Print both."""
    known = table("england-and-wales")
    if isinstance(known, Refused):
        raise TypeError(known.message)
    asked = clocks(MANY)
    began = time.perf_counter()
    days = sum(len(one.days) for one in (due(clock, known) for clock in asked) if isinstance(one, Due))
    took = time.perf_counter() - began
    print(f"{MANY:,} due() with explanation: {took:.2f} s ({days:,} days explained); at most 5 s wanted")
    later = newer()
    began = time.perf_counter()
    rows = moved(asked[:OPEN], known, later)
    took = time.perf_counter() - began
    print(f"{OPEN:,} open clocks under a new calendar: {took:.2f} s, {len(rows)} moved; at most 3 s wanted")


if __name__ == "__main__":
    main()
