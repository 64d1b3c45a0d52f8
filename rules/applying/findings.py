"""What drafting, checking, redacting, signing, releasing, correcting and withdrawing do to a cycle."""

from rules.applying.change import on_findings, version_of
from schemas.clocks import Suspended
from schemas.cycle import Approval, Cycle, FactCheck, FindingsVersion, Redaction, Release, SentBack
from schemas.events import (
    FactCheckInvited,
    FactCheckReceived,
    FindingsApproved,
    FindingsCorrected,
    FindingsDrafted,
    FindingsPublished,
    FindingsSentBack,
    FindingsWithdrawn,
    ItemRedacted,
    RedactionsChecked,
    ReleaseHeldBack,
    ReleaseScheduled,
)
from schemas.records import Entry


def findings_drafted(cycle: Cycle, event: FindingsDrafted, entry: Entry) -> Cycle:
    """One more version.

    Source: process.events
    """
    version = FindingsVersion(
        version=event.version,
        answer=event.answer,
        body=event.body,
        author=entry.actor,
        drafted_at=entry.at,
        correction=event.correction,
    )
    return cycle.model_copy(update={"findings": (*cycle.findings, version)})


def findings_approved(cycle: Cycle, event: FindingsApproved, entry: Entry) -> Cycle:
    """One more signature.

    Source: process.events
    """
    approval = Approval(by=entry.actor, at=entry.at, statement=event.statement, name=event.name)
    return on_findings(
        cycle, event.version, approvals=(*version_of(cycle, event.version).approvals, approval)
    )


def findings_sent_back(cycle: Cycle, event: FindingsSentBack, entry: Entry) -> Cycle:
    """It waits for a new version, or for a new copy; signatures that were there fall away.

    Source: local.sign-off
    """
    sent_back = SentBack(by=entry.actor, at=entry.at, note=event.note)
    return on_findings(cycle, event.version, sent_back=sent_back, approvals=())


def fact_check_invited(cycle: Cycle, event: FactCheckInvited, entry: Entry) -> Cycle:
    """The force is asked, and the window is open.

    Source: local.fact-check
    """
    waits = (Suspended(at=entry.at),) if cycle.paused_at else ()
    clock = event.clock.model_copy(update={"entries": (*event.clock.entries, *waits)})
    check = FactCheck(invited_at=entry.at, by=entry.actor, clock=clock, due=event.due)
    return on_findings(cycle, event.version, fact_check=check)


def fact_check_received(cycle: Cycle, event: FactCheckReceived, entry: Entry) -> Cycle:
    """What the force said; that its silence had been noted before stays on record.

    Source: local.fact-check
    """
    check = version_of(cycle, event.version).fact_check
    if check is None:
        return cycle
    answered = {"comments": event.comments, "received_at": entry.at, "received_from": entry.actor}
    return on_findings(cycle, event.version, fact_check=check.model_copy(update=answered))


def item_redacted(cycle: Cycle, event: ItemRedacted, entry: Entry) -> Cycle:
    """The copy that is published, to be checked; signatures that were there before it fall away.

    Source: local.redaction
    """
    redaction = Redaction(
        spans=event.spans,
        items=event.items,
        answer=event.answer,
        body=event.body,
        by=entry.actor,
        at=entry.at,
    )
    return on_findings(cycle, event.version, redaction=redaction, approvals=(), sent_back=None)


def redactions_checked(cycle: Cycle, event: RedactionsChecked, entry: Entry) -> Cycle:
    """A second person has compared the copy, and agrees or says what is wrong.

    Source: local.redaction
    """
    redaction = version_of(cycle, event.version).redaction
    if redaction is None:
        return cycle
    refused = None if event.agreed else event.reason
    checked = {"checked_by": entry.actor, "checked_at": entry.at, "refused_because": refused}
    return on_findings(cycle, event.version, redaction=redaction.model_copy(update=checked))


def release_scheduled(cycle: Cycle, event: ReleaseScheduled, entry: Entry) -> Cycle:
    """A release waits; until then a notice stands.

    Source: local.release
    """
    release = Release(
        at=event.at,
        condition=event.condition,
        placeholder=event.placeholder,
        by=entry.actor,
        scheduled_at=entry.at,
        despite_election=event.despite_election,
    )
    return on_findings(cycle, event.version, release=release)


def release_held_back(cycle: Cycle, event: ReleaseHeldBack, _entry: Entry) -> Cycle:
    """The release waits no longer.

    Source: local.release
    """
    release = version_of(cycle, event.version).release
    if release is None:
        return cycle
    held = release.model_copy(update={"held_back_because": event.reason})
    return on_findings(cycle, event.version, release=held)


def findings_published(cycle: Cycle, event: FindingsPublished | FindingsCorrected, entry: Entry) -> Cycle:
    """Everybody can read it: for the first time, or in place of the version that it corrects.

    Source: process.events
    """
    return on_findings(cycle, event.version, published_at=entry.at, fingerprint=event.fingerprint)


def findings_withdrawn(cycle: Cycle, event: FindingsWithdrawn, entry: Entry) -> Cycle:
    """Nobody can read any published version any more; the notice stands in their place.

    Source: local.release
    """
    taken_back = {"withdrawn_at": entry.at, "withdrawn_because": event.notice}
    findings = tuple(
        one.model_copy(update=taken_back) if one.published_at and one.withdrawn_at is None else one
        for one in cycle.findings
    )
    return cycle.model_copy(update={"findings": findings})
