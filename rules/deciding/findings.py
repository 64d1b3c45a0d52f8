"""Findings: drafted from the record, signed by two who did not write them, published by a third."""

from rules.authority import second_person
from rules.deciding.moment import Moment
from rules.publication import fingerprint
from rules.stages import open_actions
from schemas.commands import ApproveFindings, DraftFindings, Publish
from schemas.cycle import Cycle, FindingsVersion
from schemas.events import CycleClosed, FindingsApproved, FindingsDrafted, FindingsPublished
from schemas.outcomes import Allowed, Decision, Refused
from schemas.people import Actor, Role

SIGNED_BY = (Role.CHIEF_EXECUTIVE, Role.COMMISSIONER)


def draft_findings(cycle: Cycle, command: DraftFindings, _moment: Moment) -> Decision:
    """A new version; signatures under an older one do not carry over.

    Source: process.commands
    """
    if not any(session.held_at for session in cycle.sessions):
        return Refused(
            code="session_not_held",
            message=f"The session of {cycle.reference} is not recorded as held. Record who attended first.",
            source="process.commands",
        )
    if cycle.published():
        return Refused(
            code="already_published",
            message="The findings are published. A published account is corrected, never rewritten.",
            source="process.commands",
        )
    event = FindingsDrafted(version=len(cycle.findings) + 1, answer=command.answer, body=command.body)
    return Allowed(events=(event,))


def approve_findings(cycle: Cycle, command: ApproveFindings, _moment: Moment) -> Decision:
    """Sign the newest version: the chief executive, then the Commissioner; never its author.

    Source: local.separation-of-duties
    """
    newest = _newest(cycle, command.version)
    if isinstance(newest, Refused):
        return newest
    if refused := second_person(command.actor, newest.author, "wrote these findings"):
        return refused
    signed = [approval.by.role for approval in newest.approvals]
    if command.actor.role in signed:
        return Refused(
            code="already_signed",
            message=f"Version {newest.version} is signed by the "
            f"{command.actor.role.value.replace('_', ' ')} already.",
            source="process.commands",
        )
    if refused := _other_hands(newest, command.actor):
        return refused
    if command.actor.role == Role.COMMISSIONER and Role.CHIEF_EXECUTIVE not in signed:
        return Refused(
            code="chief_executive_first",
            message="The chief executive signs first. Ask the chief executive to approve this version.",
            source="process.commands",
        )
    return Allowed(events=(FindingsApproved(version=newest.version, statement=command.statement),))


def publish(cycle: Cycle, command: Publish, _moment: Moment) -> Decision:
    """Publish the newest version once both have signed it; by a third person. Nothing to follow up: closed.

    Source: prsra-2011.s11
    """
    newest = _newest(cycle, command.version)
    if isinstance(newest, Refused):
        return newest
    if newest.published_at:
        return Refused(
            code="already_published",
            message=f"Version {newest.version} is published already.",
            source="process.wrong-input",
        )
    if refused := second_person(command.actor, newest.author, "wrote these findings"):
        return refused
    if refused := _other_hands(newest, command.actor):
        return refused
    signed = {approval.by.role for approval in newest.approvals}
    missing = [role.value.replace("_", " ") for role in SIGNED_BY if role not in signed]
    if missing:
        return Refused(
            code="not_approved",
            message=f"Version {newest.version} still needs the signature of the {' and the '.join(missing)}.",
            source="process.commands",
        )
    event = FindingsPublished(version=newest.version, fingerprint=fingerprint(cycle, newest))
    return Allowed(events=(event,) if open_actions(cycle) else (event, CycleClosed()))


def _other_hands(newest: FindingsVersion, actor: Actor) -> Refused | None:
    found = (second_person(actor, one.by, "signed these findings") for one in newest.approvals)
    return next((refused for refused in found if refused), None)


def _newest(cycle: Cycle, version: int) -> FindingsVersion | Refused:
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
