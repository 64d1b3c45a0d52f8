"""Checks of a draft: what the force says is wrong in fact, and what is taken out before it is published."""

from rules.acting.authority import second_person
from rules.clocks import due, suspended
from rules.deciding.findings import no_release_waits, unpublished
from rules.deciding.moment import Moment
from rules.publishing import redaction
from rules.publishing.publishable import redacted_before
from schemas.clocks import Clock, Due, WorkingDays
from schemas.commands import CheckRedactions, InviteFactCheck, Redact, SubmitFactCheck
from schemas.cycle import Cycle, FindingsVersion, WithheldItem
from schemas.events import FactCheckInvited, FactCheckReceived, ItemRedacted, RedactionsChecked
from schemas.outcomes import Allowed, Decision, Refused


def invite_fact_check(cycle: Cycle, command: InviteFactCheck, moment: Moment) -> Decision:
    """Ask the force what is wrong in fact in the newest draft, by a day that the office's standard gives.

    Source: local.fact-check
    Units: working days; the hour is London's.
    """
    newest = unpublished(cycle, command.version)
    if isinstance(newest, Refused):
        return newest
    if newest.fact_check:
        return Refused(
            code="already_invited",
            message=f"The force was asked to check version {newest.version} already. "
            "A new draft can be sent for a new check.",
            source="local.fact-check",
        )
    clock = Clock(
        rule="fact-check",
        kind="local",
        starts_at=moment.now,
        budget=WorkingDays(days=cycle.standards.fact_check_days),
        hour=cycle.standards.due_hour,
        calendar=moment.calendar.version,
    )
    found = due(clock, moment.calendar, None)
    if not isinstance(found, Due):
        assert found is not None, "a budget of working days always comes to a day"
        return found
    return Allowed(events=(FactCheckInvited(version=newest.version, clock=clock, due=found),))


def submit_fact_check(cycle: Cycle, command: SubmitFactCheck, moment: Moment) -> Decision:
    """The force's comments on fact; after the window they are recorded as late, and never refused for it.

    Source: local.fact-check
    """
    version = next((one for one in cycle.findings if one.version == command.version), None)
    check = version.fact_check if version else None
    if version is None or check is None:
        return Refused(
            code="not_invited",
            message=f"No fact check of version {command.version} was asked for. "
            "Ask the office to send the draft for one.",
            source="local.fact-check",
            field="version",
        )
    if check.received_at:
        return Refused(
            code="already_answered",
            message=f"The force has answered about version {command.version} already. "
            "Tell the office what else is wrong; it can send a new draft.",
            source="local.fact-check",
        )
    late = check.deemed_at is not None or (moment.now > check.due.at and not suspended(check.clock))
    event = FactCheckReceived(version=version.version, comments=command.comments, late=late)
    return Allowed(events=(event,))


def redact(cycle: Cycle, command: Redact, _moment: Moment) -> Decision:
    """Take passages and items out of the copy that is published. What was signed has to be signed again.

    Source: local.redaction
    """
    newest = unpublished(cycle, command.version)
    if isinstance(newest, Refused):
        return newest
    refused = no_release_waits(cycle) or _misplaced(cycle, newest, command) or _unknown_item(cycle, command)
    if refused:
        return refused
    event = ItemRedacted(
        version=newest.version,
        spans=command.spans,
        items=command.items,
        answer=command.answer,
        body=command.body,
    )
    return Allowed(events=(event,))


def check_redactions(cycle: Cycle, command: CheckRedactions, _moment: Moment) -> Decision:
    """A second person agrees to the copy, or says what is wrong with it.

    Source: local.redaction
    """
    newest = unpublished(cycle, command.version)
    if isinstance(newest, Refused):
        return newest
    made = newest.redaction
    if made is None:
        return Refused(
            code="nothing_redacted",
            message=f"Nothing was taken out of version {newest.version}, so there is nothing to check.",
            source="local.redaction",
        )
    if refused := second_person(command.actor, made.by, "redacted this version"):
        return refused
    if made.checked_by:
        return Refused(
            code="already_checked",
            message=f"The redactions of version {newest.version} are checked already. "
            "Redact it again to change them.",
            source="local.redaction",
        )
    if not command.agreed and command.reason is None:
        return Refused(
            code="reason_needed",
            message="Say what is wrong with the copy, so that it can be mended.",
            source="local.redaction",
            field="reason",
        )
    event = RedactionsChecked(version=newest.version, agreed=command.agreed, reason=command.reason)
    return Allowed(events=(event,))


def _misplaced(cycle: Cycle, newest: FindingsVersion, command: Redact) -> Refused | None:
    if not command.spans and not command.items and not redacted_before(cycle, newest):
        return Refused(
            code="nothing_taken_out",
            message="Nothing is taken out. Choose words or items, each with its ground.",
            source="local.redaction",
            field="spans",
        )
    originals = {"answer": newest.answer, "body": newest.body}
    copies = {"answer": command.answer, "body": command.body}
    for of, original in originals.items():
        spans = [span for span in command.spans if span.of == of]
        if refused := redaction.misplaced(spans):
            return refused
        if (copies[of] == original) != (not spans):
            return copy_differs(of)
    return None


def copy_differs(of: str) -> Refused:
    """The refusal of a copy that is not the original with exactly these passages taken out.

    Source: local.redaction
    """
    return Refused(
        code="copy_differs",
        message="The published copy is not the draft with exactly these passages taken out. "
        "Make the copy again from the draft.",
        source="local.redaction",
        field=of,
    )


def _unknown_item(cycle: Cycle, command: Redact) -> Refused | None:
    for place, item in enumerate(command.items, start=1):
        if not _is_there(cycle, item):
            return Refused(
                code="no_such_item",
                message=f"Request {item.request} has no item {item.item} in version {item.version} of its "
                "return. Choose one that is there.",
                source="process.wrong-input",
                field=f"items.{place}",
            )
    return None


def _is_there(cycle: Cycle, item: WithheldItem) -> bool:
    request = cycle.request(item.request)
    versions = request.returns if request else ()
    found = next((one for one in versions if one.version == item.version), None)
    return found is not None and 1 <= item.item <= len(found.items)
