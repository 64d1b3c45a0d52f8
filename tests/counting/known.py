"""What the tests of counting stand on: rules made up for one budget, and the calendars that are here."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache

from reference.explaining import table
from reference.windows import RULES
from rules.counting.due import due
from rules.counting.table import Table
from schemas.counting import Budget, Clock, Due, Entry, Limit
from schemas.outcomes import Refused

CALENDARS = ("england-and-wales", "scotland", "northern-ireland", "uk-union")


@cache
def days(name: str = "england-and-wales") -> Table:
    """A calendar's arrays."""
    found = table(name)
    assert isinstance(found, Table)
    return found


def ask(
    budget: Budget, start: date | datetime, *ledger: Entry, name: str = "england-and-wales"
) -> Due | Refused:
    """When a clock of this budget is due; it may be suspended, extended without limit, and set anew."""
    rule = replace(
        RULES["evidence-request"], budget=budget, hour=None, limit=Limit(10_000, 100, "local.extension")
    )
    return due(Clock(rule, start, ledger), days(name))


def counted(budget: Budget, start: date | datetime, *ledger: Entry) -> Due:
    """The same, where it must not be refused."""
    found = ask(budget, start, *ledger)
    assert isinstance(found, Due), found
    return found


def code(found: Due | Refused) -> str:
    """The code of a refusal, which it must be, with a sentence and a source."""
    assert isinstance(found, Refused), found
    assert found.message.endswith(".")
    assert found.source
    return found.code
