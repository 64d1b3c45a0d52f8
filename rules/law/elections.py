"""Before an election: the days on which nothing is published that could bear on it."""

from dataclasses import dataclass
from datetime import date

from rules.law.calendars import ENGLAND
from schemas.counting import Rule, ToSet
from schemas.outcomes import Refused

CODE = "elections.pre-election"


@dataclass(frozen=True, slots=True)
class Freeze:
    """A pre-election period: both days belong to it.

    Source: elections.pre-election
    """

    from_on: date
    polls_on: date


def pre_election_freeze() -> Rule:
    """The first day of the pre-election period: so many working days before the poll.

    The number is the office's own window: the notice of election begins the period, and its own day prevails.

    Source: elections.pre-election
    Units: working days; the day of the poll is not counted.
    """
    return Rule(
        id="pre-election-freeze",
        title="The pre-election period begins",
        kind="local",
        source=CODE,
        mark="not_verified",
        calendar=ENGLAND,
        budget=ToSet("working_days_before"),
        starts="the day of the poll",
        owes="The office holds publications that could bear on the election until the poll has closed.",
        silence="What is ready is held and published after the poll. A duty in law to publish is not moved.",
        silence_source=CODE,
        set_by="the office, from the notice of election",
    )


def freeze(from_on: date, polls_on: date) -> Freeze | Refused:
    """The pre-election period from its first day to the day of the poll; a refusal where it runs backwards.

    Source: elections.pre-election
    """
    if from_on > polls_on:
        return Refused(
            code="start_after_due",
            message="A pre-election period cannot begin after its poll. Give an earlier first day.",
            source=CODE,
            field="start",
        )
    return Freeze(from_on, polls_on)


def may_publish(on: date, period: Freeze, *, statutory_duty: bool) -> Refused | None:
    """None where publication may go on; a duty in law to publish is never frozen.

    Source: elections.pre-election
    """
    if statutory_duty or not period.from_on <= on <= period.polls_on:
        return None
    return Refused(
        code="pre_election",
        message=f"Until the poll on {period.polls_on:%A %-d %B %Y} nothing is published that bears on it. "
        "It is held, and the reason is shown.",
        source=CODE,
        field="on",
    )
