"""Instants of the bench: written in UTC with microseconds, so that they sort as their words do."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bench.clock import now
from bench.hta.workload import Act


def written(at: datetime) -> str:
    """As words that sort."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def rungs_of(act: Act, base: datetime) -> list[str] | None:
    """When the reminders of an act fall that are still to come; None where it changes nothing."""
    days = act.rungs()
    if days is None:
        return None
    falls = [base + timedelta(days=day) for day in days]
    return [written(one) for one in falls if one > now()]


def until(rungs: Sequence[str], at: datetime) -> float:
    """Seconds to the first of the rungs, or a long time where there is none."""
    if not rungs:
        return 30 * 86400.0
    return max(0.0, (datetime.fromisoformat(rungs[0]) - at).total_seconds())
