"""Scanned files: which may be opened, who lets one go that was not found clean, who is told of a virus."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from rules.acting.restricting import reasoned
from schemas.cycle import Cycle
from schemas.evidence import Item
from schemas.files import Release, Scan, ScanState
from schemas.notices import Notice
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.shape import Digest

SOURCE = "local.files"
MAY_RELEASE = frozenset({Role.CHIEF_EXECUTIVE, Role.CHIEF_FINANCE_OFFICER})
"""The office's statutory officers, as for what is restricted."""
RELEASABLE: frozenset[ScanState] = frozenset({"not_scanned", "too_large", "encrypted"})
"""Nobody lets an infected file go, and one that waits is only waited for."""
UNSCANNED: frozenset[ScanState] = frozenset({"waiting", "not_scanned"})
KEPT_IN_QUARANTINE = timedelta(days=30)

BY_WHOM = "the chief executive or the chief finance officer can release it."
STATES: dict[ScanState, tuple[str, str]] = {
    "waiting": (
        "Waiting to be scanned",
        "It is held until a scanner has found it clean, usually within a minute. Come back then.",
    ),
    "clean": ("Clean", "A scanner found nothing harmful in it."),
    "infected": (
        "Infected",
        "A scanner found something harmful in it. Nobody can open it. Ask the sender for another version.",
    ),
    "not_scanned": ("Not scanned", f"No scanner looked at it, so it is held. Only {BY_WHOM}"),
    "too_large": (
        "Too large to scan",
        f"It is larger than the scanner takes, so it is held. Ask for it in parts, or {BY_WHOM}",
    ),
    "encrypted": (
        "Password protected",
        f"The scanner could not look inside, so it is held. Ask for it without a password, or {BY_WHOM}",
    ),
}
"""What each state is called, and what it means for somebody who wants the file."""


def held(scan: Scan | None, *, unscanned_open: bool = False) -> Refused | None:
    """Why a file cannot be opened, downloaded or given out; None where it can.

    A file of which nothing is known is held. `unscanned_open` is a demonstration without a scanner.

    Source: local.files
    """
    state = scan.state if scan else "waiting"
    released = scan is not None and scan.released_at is not None and state in RELEASABLE
    if state == "clean" or released or (unscanned_open and state in UNSCANNED):
        return None
    name, means = STATES[state]
    return Refused(code=f"file_{state}", message=f"{name}. {means}", source=SOURCE)


def release(
    digest: Digest, scan: Scan | None, cycle: str, by: Person, reason: str, *, at: datetime
) -> Release | Refused:
    """That somebody lets a held file go, for a reason that stays on record; or why they may not.

    Source: local.files
    """
    if by.role not in MAY_RELEASE:
        return _refused(
            "may_not_release",
            "Only the chief executive or the chief finance officer can release a file. Ask one of them.",
        )
    if scan is None or scan.state not in RELEASABLE:
        return _refused(
            "not_releasable",
            "This file cannot be released: it waits for the scanner, is clean already, or is infected. "
            "Look at what the page says of it now.",
        )
    if refused := reasoned(reason):
        return refused
    return Release(digest=digest, cycle=cycle, by=by.id, role=by.role.value, reason=reason.strip(), at=at)


def since_days(now: datetime, days: int) -> datetime:
    """Since when files were found clean that are to be looked at again.

    Units: days before now.

    Source: local.files
    """
    return now - timedelta(days=days)


def infected_notices(cycle: Cycle, digest: Digest, at: datetime) -> tuple[Notice, ...]:
    """Who is told that a file could not be taken: whoever was asked for it, and the office's policy officers.

    Source: local.files
    """
    asked = [
        _notice(cycle, digest, at, one.draft.lead, request=one.number)
        for one in cycle.requests
        if any(_has(back.items, digest) for back in one.returns)
    ]
    proven = [
        _notice(cycle, digest, at, one.owner, action=one.number)
        for one in cycle.actions
        if _has(one.proof, digest)
    ]
    return (*asked, *proven)


def _has(items: Iterable[Item], digest: Digest) -> bool:
    return any(one.kind == "file" and one.digest == digest for one in items)


def _notice(cycle: Cycle, digest: Digest, at: datetime, to: str, **about: Any) -> Notice:
    what = "-".join(f"{name}{number}".replace("/", "-") for name, number in about.items())
    return Notice(
        key=f"infected:{cycle.reference}:{what}:{digest[:24]}",
        template="file_infected",
        cycle=cycle.reference,
        to=(to,),
        roles=(Role.POLICY_OFFICER,),
        copy_deputies=True,
        planned_at=at,
        **about,
    )


def _refused(code: str, message: str, field: str | None = None) -> Refused:
    return Refused(code=code, message=message, source=SOURCE, field=field)
