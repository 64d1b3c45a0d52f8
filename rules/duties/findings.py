"""Duties about findings: silence in a fact-check window, and a release at its instant."""

from rules.acting.succession import as_of
from rules.deciding.moment import Moment
from rules.duties.duty import Duty
from rules.publishing.publishable import unchecked, unsigned
from rules.publishing.releasing import released, waiting
from schemas.cycle import Cycle, FindingsVersion
from schemas.events import AnyEvent, FactCheckDeemed


def of_fact_checks(cycle: Cycle) -> list[Duty]:
    """The windows that are still open, each to its last instant.

    Source: local.fact-check
    """
    return [
        Duty(kind="fact_check", at=one.fact_check.due.at, version=one.version)
        for one in cycle.findings
        if one.fact_check and one.fact_check.open
    ]


def of_release(cycle: Cycle) -> list[Duty]:
    """The release that waits for its instant; none where it would publish nothing, as held back or unsigned.

    Source: process.commands
    """
    newest = _waiting(cycle)
    if newest is None or newest.release is None or newest.release.at is None:
        return []
    return [Duty(kind="release", at=newest.release.at, version=newest.version)]


def deemed_agreed(cycle: Cycle, duty: Duty) -> tuple[AnyEvent, ...]:
    """The event of a window that passed in silence.

    Source: local.fact-check
    """
    return tuple(
        FactCheckDeemed(version=one.version, due=one.fact_check.due)
        for one in cycle.findings
        if one.version == duty.version and one.fact_check and one.fact_check.open
    )


def published(cycle: Cycle, duty: Duty, moment: Moment) -> tuple[AnyEvent, ...]:
    """The events of a release that goes out now, in the name of the body that stands on this day.

    Source: process.commands
    """
    newest = _waiting(cycle)
    return released(as_of(cycle, moment.today), newest) if newest and newest.version == duty.version else ()


def _waiting(cycle: Cycle) -> FindingsVersion | None:
    """The newest version, where its release has an instant and everything that it needs."""
    found = waiting(cycle)
    if found is None or found.release is None or found.release.at is None or found != cycle.findings[-1]:
        return None
    return None if unsigned(found) or unchecked(cycle, found, found.release.at) else found
