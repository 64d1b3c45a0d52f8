"""`explain`: why a date is the date, for a page, a shell or a program."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from rules.counting.due import due
from rules.counting.table import Table
from rules.law.register import rule
from schemas.counting import (
    Clock,
    Entry,
    Explanation,
    Extended,
    InForce,
    NamedDay,
    Resumed,
    Rule,
    Superseded,
    Suspended,
    WorkingDaysAfter,
)
from schemas.outcomes import Refused


def explain(
    rule_id: str | Rule,
    start: date | datetime,
    calendar: Table,
    suspensions: Sequence[Suspended | Resumed] = (),
    extensions: Sequence[Extended] = (),
    *,
    others: Sequence[Entry] = (),
) -> Explanation | Refused:
    """A due day with every day of the sum; a refusal with a sentence and a source where it cannot be known.

    A rule whose number is an office's own is given with the number put in, and not by its id.

    Source: process.clocks
    Units: the rule's own.
    """
    found = rule(rule_id) if isinstance(rule_id, str) else rule_id
    if isinstance(found, Refused):
        return found
    if any(isinstance(one, Superseded) for one in others):
        found = replace(found, window=None)  # another period was set in place of the office's own
    answer = due(Clock(found, start, (*suspensions, *extensions, *others)), calendar)
    return answer if isinstance(answer, Refused) else Explanation(found, answer)


def for_programs(explanation: Explanation) -> dict[str, Any]:
    """The explanation as plain data, in the shape that the shell and the HTTP interface both give.

    `window` is there only where the number is an office's own.

    Source: process.clocks
    """
    due_, rule_ = explanation.due, explanation.rule
    return {
        "rule": rule_.id,
        "kind": rule_.kind,
        "source": rule_.source,
        "mark": rule_.mark,
        "calendar": due_.calendar,
        "due_on": due_.due_on.isoformat(),
        "due_at": in_utc(due_.due_at),
        "advice_on": due_.advice_on.isoformat() if due_.advice_on else None,
        "days": [{"on": one.on.isoformat(), "counted": one.counted, "why": one.why} for one in due_.days],
        **({"window": window_facts(rule_.window)} if rule_.window else {}),
    }


def window_facts(window: InForce) -> dict[str, Any]:
    """Which edition of an office's own number was counted with, as plain data.

    Source: process.clocks
    """
    return {
        "edition": window.edition,
        "standards": window.kind,
        "set_by": window.set_by,
        "set_on": window.set_on.isoformat() if window.set_on else None,
        "reason": window.reason,
    }


def in_utc(at: datetime) -> str:
    """An instant as programs read it, such as `2023-12-25T23:59:59Z`.

    Source: process.clocks
    """
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def set_period(budget_days: int | None, by_on: date | None, on: date) -> Superseded | Refused | None:
    """A period that whoever may set it has set: so many working days, or a day; None where none was set.

    Source: process.clocks
    Units: working days.
    """
    if budget_days is not None and by_on is not None:
        return Refused(
            code="wrong_input",
            message="A period is set either in working days or by a day. Leave one out.",
            source="process.clocks",
            field="period",
        )
    if by_on is not None:
        return Superseded(on, NamedDay(by_on))
    return None if budget_days is None else Superseded(on, WorkingDaysAfter(budget_days))
