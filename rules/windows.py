"""Windows: an office's own numbers put into the rules that leave them open, and what no window can be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from rules.clocks import civil
from rules.law.register import RULES
from rules.standards import MOST_DAYS
from schemas.counting import (
    AsSoonAs,
    Budget,
    InForce,
    Limit,
    Months,
    NamedDay,
    Rule,
    ToSet,
    WorkingDaysAfter,
    WorkingDaysBefore,
)
from schemas.outcomes import Refused
from schemas.standards import ExtensionLimit, Standards, StandardsEdition
from schemas.windows import Window, WindowEdition

MOST_MONTHS = 1200
"""A hundred years: no record is kept longer that is not kept for ever."""
LIMIT_SOURCE = "local.extension"
IN_KIND: Mapping[str, tuple[str, Callable[[Standards], int]]] = MappingProxyType(
    {
        "evidence-request": ("requests_out_before_due", lambda one: one.requests_out_before_due),
        "extension-limit": ("extension.most_days", lambda one: one.extension.most_days),
        "non-response": ("overdue_escalates_after", lambda one: one.overdue_escalates_after),
        "returns-due": ("returns_due_before_session", lambda one: one.returns_due_before_session),
        "fact-check": ("fact_check_days", lambda one: one.fact_check_days),
        "findings-draft": ("findings.draft_days", lambda one: one.findings.draft_days),
        "findings-published": ("findings.publish_days", lambda one: one.findings.publish_days),
    }
)
"""The rules whose number stands in the standards of each kind of cycle: the field, and how it is read."""
BY_THE_HOUR = frozenset({"action", "session"})
"""Rules of a named day, of which a kind's standards give the hour alone."""
OWN = tuple(name for name, one in RULES.items() if isinstance(one.budget, ToSet) and name not in IN_KIND)
"""The rules that have a window of their own."""
Edition = TypeVar("Edition", StandardsEdition, WindowEdition)
_MADE: Mapping[str, Callable[[int], Budget]] = MappingProxyType(
    {
        "working_days_after": WorkingDaysAfter,
        "working_days_before": WorkingDaysBefore,
        "as_soon_as": AsSoonAs,
        "months": Months,
    }
)


def by_window(rule: Rule, edition: WindowEdition) -> Rule:
    """A rule with the number, hour and limit of one edition of its own window.

    Source: process.clocks
    Units: the rule's own.
    """
    one = edition.window
    found = _numbered(rule, one.months if counts_months(rule) else one.days)
    limit = _limit(one.extension) if one.extension else None
    return replace(found, hour=one.hour, limit=limit, window=_in_force(one.edition, None, edition))


def by_standards(rule: Rule, edition: StandardsEdition) -> Rule:
    """A rule of a cycle with the number, hour and limit that a kind's standards give it.

    Source: local.back-planning
    Units: working days; the hour is London's.
    """
    kind = edition.standards
    if rule.id in BY_THE_HOUR:
        return replace(rule, hour=kind.due_hour)
    found = _numbered(rule, IN_KIND[rule.id][1](kind))
    said = _in_force(kind.edition, kind.title, edition)
    return replace(found, hour=kind.due_hour, limit=_limit(kind.extension), window=said)


def in_force(editions: Sequence[Edition], on: date | None = None) -> Edition:
    """The edition by which a clock counts that starts on a day; without a day, the newest.

    A change applies to clocks that start on its day or later. The editions come oldest first, and the first
    has been in force from the beginning.

    Source: process.clocks
    """
    found = editions[0]
    for one in editions[1:]:
        if on is None or one.changed_at is None or civil(one.changed_at) <= on:
            found = one
    return found


def choosable(name: str) -> Refused | None:
    """None where a rule has a window of its own; a refusal that says where its number stands instead.

    Source: process.clocks
    """
    if name in OWN:
        return None
    if name in IN_KIND:
        where = f"in the standards of each kind of cycle, as {IN_KIND[name][0]}: change it with `standards`."
        return _refused("window_of_kind", f"The number of {name} stands {where}")
    one = RULES.get(name)
    if one is None:
        return _refused("unknown_rule", f"There is no rule of this name. Write one of: {', '.join(OWN)}.")
    if isinstance(one.budget, NamedDay):
        return _refused("day_is_named", f"{name} has no number to change: its day is named each time.")
    return _refused(
        "not_an_offices_choice",
        f"The number of {name} is not for an office to choose: it rests on {one.source}.",
        one.source,
    )


def fault(window: Window) -> tuple[str, str] | None:
    """The first thing in a window that cannot be meant: the field and a sentence; None if sound.

    Source: process.wrong-input
    Units: working days or months, as the rule counts.
    """
    if refused := choosable(window.id):
        return "id", refused.message.removesuffix(".")
    rule = RULES[window.id]
    unit, other = ("months", "days") if counts_months(rule) else ("days", "months")
    number, most = getattr(window, unit), MOST_MONTHS if unit == "months" else MOST_DAYS
    if getattr(window, other) is not None:
        return other, f"this rule counts in {unit}; leave {other} out"
    if number is None or not 0 < number <= most:
        said = "this is missing" if number is None else f"it is {number}"
        return unit, f"{said}; write a number of {'working ' * (unit == 'days')}{unit} from 1 to {most}"
    if window.extension and not 0 < window.extension.most_days <= MOST_DAYS:
        return "extension.most_days", f"write a number of working days from 1 to {MOST_DAYS}"
    if window.extension and window.extension.most_times < 1:
        return "extension.most_times", "write 1 or more, or leave the extension out"
    if window.source != rule.source or window.mark != rule.mark:
        return "source", f"the rule rests on {rule.source}, marked {rule.mark}"
    return None


def counts_months(rule: Rule) -> bool:
    """Whether a rule is counted in months; every other window is counted in working days.

    Source: process.clocks
    """
    return isinstance(rule.budget, ToSet) and rule.budget.counts == "months"


def _numbered(rule: Rule, number: int | None) -> Rule:
    if not isinstance(rule.budget, ToSet) or number is None:
        return rule
    return replace(rule, budget=_MADE[rule.budget.counts](number))


def _limit(extension: ExtensionLimit) -> Limit:
    return Limit(extension.most_days, extension.most_times, LIMIT_SOURCE)


def _in_force(number: int, kind: str | None, edition: StandardsEdition | WindowEdition) -> InForce:
    if edition.changed_at is None:
        return InForce(number, kind)
    on = civil(edition.changed_at)
    return InForce(number, kind, edition.changed_by, on, edition.reason)


def _refused(code: str, message: str, source: str = "process.clocks") -> Refused:
    return Refused(code=code, message=message, source=source, field="rule")
