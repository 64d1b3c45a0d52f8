"""Whom somebody tells who found a weakness, and until when that can be relied on (RFC 9116)."""

from datetime import UTC, datetime, timedelta

from rules.clocks import civil

HOLDS = timedelta(days=180)


def holds_until(now: datetime) -> datetime:
    """The instant after which whoever kept the file must fetch it again; the same for a whole day.

    Units: 180 days from the day on which it is fetched, of the year that the RFC allows at the most.
    Source: local.security-file
    """
    day = civil(now) + HOLDS
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def security_file(contact: str, address: str, languages: tuple[str, ...], now: datetime) -> str:
    """The file at /.well-known/security.txt.

    Source: local.security-file
    """
    lines = (
        f"Contact: {contact}",
        f"Expires: {holds_until(now):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(languages)}",
        f"Canonical: {address}/.well-known/security.txt",
    )
    return "\n".join((*lines, ""))
