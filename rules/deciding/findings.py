"""Findings: drafted from the record, and signed by two who did not write them."""

from rules.acting.authority import second_person
from rules.deciding.moment import Moment
from rules.publishing.publishable import sent_back, slot, slots, unchecked
from rules.publishing.releasing import waiting
from schemas.commands import ApproveFindings, DraftFindings, SendBackFindings
from schemas.cycle import Cycle, FindingsVersion, Judgement
from schemas.events import AssuranceConfirmed, FindingsApproved, FindingsDrafted, FindingsSentBack
from schemas.outcomes import Allowed, Decision, Refused
from schemas.people import Actor, Role


def draft_findings(cycle: Cycle, command: DraftFindings, _moment: Moment) -> Decision:
    """A new version; signatures, checks and redactions of an older one do not carry over.

    Source: process.commands
    """
    if not any(session.held_at for session in cycle.sessions):
        return Refused(
            code="session_not_held",
            message=f"The session of {cycle.reference} is not recorded as held. Record who attended first.",
            source="process.commands",
        )
    if refused := _correction(cycle, command) or no_release_waits(cycle):
        return refused
    event = FindingsDrafted(
        version=len(cycle.findings) + 1,
        answer=command.answer,
        body=command.body,
        correction=command.correction,
    )
    return Allowed(events=(event,))


def approve_findings(cycle: Cycle, command: ApproveFindings, moment: Moment) -> Decision:
    """Sign the newest version: the chief executive, then the Commissioner; never its author.

    The Commissioner's signature also makes their own every judgement that only an officer recorded.

    Source: local.separation-of-duties
    """
    newest = unpublished(cycle, command.version)
    if isinstance(newest, Refused):
        return newest
    if refused := second_person(command.actor, newest.author, "wrote these findings"):
        return refused
    signed = slots(newest)
    place = slot(command.actor.role)
    if place in signed:
        return Refused(
            code="already_signed",
            message=f"Version {newest.version} is signed by the {place.value.replace('_', ' ')} already. "
            "Nothing more is needed.",
            source="process.commands",
        )
    if refused := other_hands(newest, command.actor) or unchecked(cycle, newest, moment.now):
        return refused
    if place == Role.COMMISSIONER and Role.CHIEF_EXECUTIVE not in signed:
        return Refused(
            code="chief_executive_first",
            message="The chief executive signs first. Ask the chief executive to approve this version.",
            source="process.commands",
        )
    signature = FindingsApproved(version=newest.version, statement=command.statement, name=command.name)
    confirmed = _confirmed(cycle) if place == Role.COMMISSIONER else ()
    return Allowed(events=(signature, *confirmed))


def send_back_findings(cycle: Cycle, command: SendBackFindings, _moment: Moment) -> Decision:
    """Send the newest version back with a note, instead of signing it; what was signed falls away.

    Source: local.sign-off
    """
    newest = unpublished(cycle, command.version)
    if isinstance(newest, Refused):
        return newest
    if refused := no_release_waits(cycle) or sent_back(newest):
        return refused
    return Allowed(events=(FindingsSentBack(version=newest.version, note=command.note),))


def other_hands(newest: FindingsVersion, actor: Actor) -> Refused | None:
    """A refusal where somebody who signed would also do what needs another.

    Source: local.separation-of-duties
    """
    found = (second_person(actor, one.by, "signed these findings") for one in newest.approvals)
    return next((refused for refused in found if refused), None)


def newest_version(cycle: Cycle, version: int) -> FindingsVersion | Refused:
    """The newest version, where that is the one that was meant.

    Source: process.wrong-input
    """
    if not cycle.findings:
        return Refused(
            code="no_findings",
            message=f"No findings of {cycle.reference} have been drafted yet. Draft them first.",
            source="process.wrong-input",
            field="version",
        )
    newest = cycle.findings[-1]
    if newest.version != version:
        return Refused(
            code="not_newest_version",
            message=f"Version {version} is not the newest: that is version {newest.version}. Read that one.",
            source="process.wrong-input",
            field="version",
        )
    return newest


def unpublished(cycle: Cycle, version: int) -> FindingsVersion | Refused:
    """The newest version, where it can still be worked on.

    Source: process.wrong-input
    """
    newest = newest_version(cycle, version)
    if isinstance(newest, Refused) or newest.published_at is None:
        return newest
    return Refused(
        code="already_published",
        message=f"Version {newest.version} is published already. To change it, draft a correction.",
        source="process.wrong-input",
    )


def no_release_waits(cycle: Cycle) -> Refused | None:
    """A refusal while a release is scheduled: what is about to come out is not changed beneath it.

    Source: local.release
    """
    found = waiting(cycle)
    if found is None:
        return None
    return Refused(
        code="release_waits",
        message=f"The release of version {found.version} is scheduled. Hold it back first.",
        source="local.release",
    )


def _correction(cycle: Cycle, command: DraftFindings) -> Refused | None:
    if cycle.published() and command.correction is None:
        return Refused(
            code="already_published",
            message="The findings are published. A published account is corrected, never rewritten: "
            "say what is being put right.",
            source="process.commands",
            field="correction",
        )
    if command.correction and not cycle.published():
        return Refused(
            code="nothing_to_correct",
            message="Nothing is published yet, so there is nothing to correct. Leave the correction out.",
            source="process.commands",
            field="correction",
        )
    return None


def _confirmed(cycle: Cycle) -> tuple[AssuranceConfirmed, ...]:
    return tuple(
        AssuranceConfirmed(session=one.session, request=one.request)
        for one in cycle.judgements
        if _only_recorded(one)
    )


def _only_recorded(judgement: Judgement) -> bool:
    made_by = slot(judgement.by.role)
    return judgement.confirmed_by is None and made_by != Role.COMMISSIONER
