"""Red, amber or green by rule: from judgements, actions and measures, with every reason in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rules.calendars import WorkingCalendar
from schemas.measures import Measure
from schemas.programme import Rating
from schemas.sessions import Assurance

LONG_OVERDUE = 20
"""Working days after which an overdue action alone makes a commitment red: about a month."""
WORST: tuple[Rating, ...] = ("red", "amber", "green", "none")


@dataclass(frozen=True)
class Facts:
    """What is known of a commitment by which it can be rated.

    Source: local.delivery
    """

    judgement: Assurance | None = None
    judged_in: str = ""
    open_actions: tuple[date, ...] = ()
    """The days on which actions are due that nobody has verified."""
    figures: tuple[tuple[Measure, float, str], ...] = ()
    """Measures of it with a target, each with its newest figure and period."""


@dataclass(frozen=True)
class Rated:
    """A rating with what led to it, the worst first.

    Source: local.delivery
    """

    rating: Rating
    because: tuple[str, ...]


def rated(facts: Facts, today: date, calendar: WorkingCalendar) -> Rated:
    """The worst of what the judgement, the open actions and the measures each come to.

    Red: not assured, an action more than 20 working days overdue, or a figure that misses its target by more
    than its margin. Amber: partly assured, an action overdue, or a figure within the margin. Green: assured,
    actions that are not yet due, or a figure that meets its target. None of these: not rated.

    Source: local.delivery
    Units: working days of an overdue action; the measure's own unit for its margin.
    """
    found = [*_judged(facts), *_owed(facts.open_actions, today, calendar), *_measured(facts)]
    if not found:
        return Rated("none", ("Nothing was judged, promised or measured yet.",))
    found.sort(key=lambda one: WORST.index(one[0]))
    return Rated(found[0][0], tuple(words for _, words in found))


def _judged(facts: Facts) -> Iterable[tuple[Rating, str]]:
    where = f" in {facts.judged_in}" if facts.judged_in else ""
    if facts.judgement == "not_assured":
        yield "red", f"The Commissioner was not assured{where}."
    elif facts.judgement == "partly_assured":
        yield "amber", f"The Commissioner was partly assured{where}."
    elif facts.judgement == "assured":
        yield "green", f"The Commissioner was assured{where}."


def _owed(days: tuple[date, ...], today: date, calendar: WorkingCalendar) -> Iterable[tuple[Rating, str]]:
    late = [one for one in days if one < today]
    if late:
        reach = calendar.covers(min(late)) and calendar.covers(today)
        longest = calendar.between(min(late), today) if reach else 0
        rating: Rating = "red" if longest > LONG_OVERDUE else "amber"
        yield rating, f"{_actions(len(late))} overdue, the longest by {longest} working days."
    elif days:
        yield "green", f"{_actions(len(days))} open and not yet due."


def _actions(count: int) -> str:
    return f"{count} action is" if count == 1 else f"{count} actions are"


def _measured(facts: Facts) -> Iterable[tuple[Rating, str]]:
    for measure, value, period in facts.figures:
        if measure.target is None:
            continue
        short = measure.target - value if measure.better == "higher" else value - measure.target
        rating: Rating = "green" if short <= 0 else "amber" if short <= measure.warn_within else "red"
        how = {"green": "meets", "amber": "just misses", "red": "misses"}[rating]
        aim = f"{measure.target:g}{measure.unit}"
        yield rating, f"{measure.title}: {value:g}{measure.unit} in {period} {how} the target of {aim}."
