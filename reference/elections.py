"""The polls of this folder, and the periods before them in which publication is held back."""

from functools import cache

import yaml
from pydantic import TypeAdapter

from reference.catalogue import FOLDER, calendar
from reference.windows import windows
from reference.working import working_calendar
from rules.law.elections import Freeze
from rules.publishing.freezing import freezes
from schemas.elections import Poll
from schemas.outcomes import Refused

NAME = "elections.yaml"
RULE = "pre-election-freeze"


@cache
def polls() -> tuple[Poll, ...]:
    """The days of voting that came with the product, soonest first."""
    facts = yaml.safe_load((FOLDER / NAME).read_text(encoding="utf8"))
    found = TypeAdapter(tuple[Poll, ...]).validate_python(facts)
    return tuple(sorted(found, key=lambda one: one.polls_on))


def periods(days: int | None = None) -> tuple[Freeze, ...]:
    """The periods before those polls, as far as the newest calendar reaches; `days` are an office's own."""
    working = working_calendar(calendar().version)
    days = windows()[RULE].days if days is None else days
    if isinstance(working, Refused) or days is None:
        return ()
    return freezes(polls(), working, days)
