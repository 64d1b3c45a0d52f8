"""Releasing: how findings become public. Publish, Correct and a timed release all pass through here."""

from rules.publishing.disclosing import replaced
from rules.publishing.publication import fingerprint
from rules.stages import open_actions
from schemas.cycle import Cycle, FindingsVersion
from schemas.events import AnyEvent, CycleClosed, FindingsCorrected, FindingsPublished
from schemas.shape import TextRef


def released(
    cycle: Cycle, version: FindingsVersion, despite_election: TextRef | None = None
) -> tuple[AnyEvent, ...]:
    """The events with which a version becomes public; with the last action done, the cycle closes.

    Source: prsra-2011.s11
    """
    print_of = fingerprint(cycle, version)
    reason = despite_election or (version.release.despite_election if version.release else None)
    before = replaced(cycle, version)
    event: AnyEvent
    if before is None:
        event = FindingsPublished(version=version.version, fingerprint=print_of, despite_election=reason)
    else:
        event = FindingsCorrected(
            version=version.version,
            replaces=before.version,
            fingerprint=print_of,
            reason=version.correction or version.answer,
            despite_election=reason,
        )
    return (event,) if open_actions(cycle) or cycle.closed_at else (event, CycleClosed())


def waiting(cycle: Cycle) -> FindingsVersion | None:
    """The version whose release is scheduled and still to come; None where nothing waits.

    Source: local.release
    """
    if cycle.cancelled_at:
        return None
    return next((one for one in cycle.findings if one.release and _waits(one)), None)


def _waits(version: FindingsVersion) -> bool:
    return version.release is not None and version.release.waits and version.published_at is None
