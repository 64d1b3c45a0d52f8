"""The clock of the benches: the one place where the true instant enters them."""

from datetime import UTC, datetime


def now() -> datetime:
    """The true instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - a bench is an edge


def instant() -> datetime:
    """The true instant, without a fraction."""
    return now().replace(microsecond=0)
