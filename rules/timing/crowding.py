"""Days on which too much falls, and sessions that cannot both be held."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from rules.programme.clashes import ALONE

MOST_SESSIONS, MOST_DUE = 3, 10
"""Of one day: more of either is more than an office can see to."""


def overloaded(sessions: Mapping[date, int], due: Mapping[date, int]) -> frozenset[date]:
    """The days with more sessions, or with more due, than an office can see to.

    Source: local.programme
    Units: sessions and things due on a civil day.
    """
    crowded = {on for on, count in sessions.items() if count > MOST_SESSIONS}
    return frozenset(crowded | {on for on, count in due.items() if count > MOST_DUE})


def clashing(sessions: Iterable[tuple[str, datetime, str, str | None]]) -> frozenset[str]:
    """The cycles whose sessions cannot both be held: the same hour, and not one meeting that they share.

    Each session is given as its cycle, its instant, its forum and its meeting.

    Source: local.programme
    """
    every = list(sessions)
    by_hour = Counter(at for _, at, _, _ in every)
    crowded = [one for one in every if by_hour[one[1]] > 1]
    return frozenset(
        cycle
        for cycle, at, forum, meeting in crowded
        if any(
            other != cycle and at == then and not _together(forum, meeting, theirs, also)
            for other, then, theirs, also in crowded
        )
    )


def _together(forum: str, meeting: str | None, theirs: str, also: str | None) -> bool:
    """Whether two sessions at one hour are parts of one meeting, or of a forum that hears several cycles."""
    if meeting and meeting == also:
        return True
    return forum == theirs and forum not in ALONE
