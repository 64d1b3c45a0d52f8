"""Signing in again before what lets people in is changed: the directory, its roles and its addresses.

Only the sign-in service knows when somebody last showed it who they are (`auth_time`). It is asked to have
them do that now, and what it says of the time counts; a session here that is young proves nothing.

Source: OWASP ASVS 5.0, 7.5.1; OpenID Connect Core 1.0, sections 2 (auth_time) and 3.1.2.1 (max_age, prompt)
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import HTTPConnection

from web.door.rooms import rooms

LATELY = timedelta(minutes=10)
"""For how long it counts that somebody signed in there."""
AHEAD = timedelta(minutes=2)
"""By how much the service's clock may be before ours."""
PROVED = "proved"
"""Under which name a session keeps it."""
ASKED = {"max_age": "0", "prompt": "login"}
"""What asks the service to have somebody sign in although they are signed in there."""
LATEST = 253_402_300_800
"""Seconds since 1970 at the end of the year 9999."""
TOO_LONG_AGO = (
    "Your organisation's sign-in did not ask you again, or did not say that it did. Nothing was changed. "
    "Tell whoever looks after it that it has to honour prompt=login and to send the time of signing in "
    "(the claim auth_time)."
)


class ProveAgain(Exception):  # noqa: N818 - a way to go, not an error
    """Somebody is signed in, and has to sign in again for this."""


def signed_in_there(claims: Mapping[str, Any]) -> datetime | None:
    """When somebody last showed the service who they are, in UTC; None where it does not say."""
    said = claims.get("auth_time")
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 < said < LATEST:
        return None
    return datetime.fromtimestamp(said, UTC)


def lately(at: datetime | None, now: datetime) -> bool:
    """Whether that is short enough ago to count."""
    return at is not None and -AHEAD <= now - at <= LATELY


def proved(request: HTTPConnection) -> bool:
    """Whether somebody signed in lately enough to change who may come in.

    A demonstration has no passwords: there is nothing to prove.
    """
    here = rooms(request)
    if here.standalone:
        return True
    kept = request.session.get(PROVED)
    return isinstance(kept, str) and lately(datetime.fromisoformat(kept), here.now())
