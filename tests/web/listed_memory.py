"""Lists of meetings in memory, as everybody may know of them: which are to come, and which are not."""

from collections.abc import Iterable
from datetime import datetime

from schemas.public_meetings import SeenSession, SeenSessions
from schemas.rows import CyclePage


def sessions_of(page: CyclePage) -> tuple[SeenSession, ...]:
    """The sessions of a whole cycle."""
    cycle = page.cycle
    return tuple(
        SeenSession(
            cycle=cycle.reference,
            title=page.say(cycle.title),
            published=cycle.published() is not None,
            calendar=cycle.calendar,
            due_hour=cycle.standards.due_hour,
            version=cycle.version,
            changed_at=cycle.changed_at,
            session=one,
            words=page.words,
        )
        for one in cycle.sessions
    )


def lines(pages: Iterable[CyclePage]) -> dict[str, list[SeenSession]]:
    """The sessions of some cycles by the meeting that they share, or each by itself."""
    found: dict[str, list[SeenSession]] = {}
    for page in pages:
        for one in sessions_of(page) if page.stage != "cancelled" else ():
            found.setdefault(one.session.meeting or f"{one.cycle}/{one.session.number}", []).append(one)
    return found


def ahead(pages: Iterable[CyclePage], now: datetime, most: int, skip: int) -> SeenSessions:
    """The meetings to come, soonest first."""
    found = [one for one in lines(pages).values() if _comes(one, now)]
    return _page(sorted(found, key=_at), most, skip)


def behind(
    pages: Iterable[CyclePage], now: datetime, most: int, skip: int, since: datetime | None
) -> SeenSessions:
    """The others, newest first."""
    found = [
        one for one in lines(pages).values() if not _comes(one, now) and (since is None or _at(one) >= since)
    ]
    return _page(sorted(found, key=_at, reverse=True), most, skip)


def named(pages: Iterable[CyclePage], cycle: str | None, meeting: str | None) -> tuple[SeenSession, ...]:
    """The sessions of a cycle's meetings, or of one meeting."""
    return tuple(
        one
        for line, parts in lines(pages).items()
        if line == meeting or any(it.cycle == cycle for it in parts)
        for one in parts
    )


def _page(found: list[list[SeenSession]], most: int, skip: int) -> SeenSessions:
    rows = tuple(one for parts in found[skip : skip + most] for one in parts)
    return SeenSessions(rows=rows, all=len(found))


def _at(parts: list[SeenSession]) -> datetime:
    return min(one.session.starts_at for one in parts)


def _comes(parts: list[SeenSession], now: datetime) -> bool:
    return any(one.session.coming and one.session.starts_at >= now for one in parts)
