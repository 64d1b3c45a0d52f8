"""By which name calendars know what is owed in a cycle, so that a later word replaces an earlier one."""

from rules.acting.succession import first_body
from schemas.cycle import Cycle


def place_of(cycle: Cycle, key: str) -> str:
    """What stands before the @ of the name: the cycle and what is owed in it.

    Source: process.events
    """
    return f"{cycle.reference}/{key}".lower().replace("/", "-")


def uid_of(cycle: Cycle, key: str) -> str:
    """The name for ever: whoever follows as the body, the calendar's entry stays the same one.

    Source: process.events
    """
    return f"{place_of(cycle, key)}@{first_body(cycle)}"
