"""The one place of this room where an instant enters."""

from datetime import UTC, datetime


def true_now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the edge where an instant enters
