"""Findings in the tray: drafted, checked, redacted, signed by two, released by a third, put right."""

from typing import Any

from tests.model.paper import Draft, Paper, law

COPY = "[withheld: personal data] is what is said."
"""What is published of the text of every draft, once its first word is taken out."""


def newest(paper: Paper, command: Any) -> Draft | None:
    """The version that is meant, if it is the newest and nobody has published it."""
    if command.version != len(paper.findings):
        return None
    found = paper.findings[-1]
    return None if found.published else found


def a_release_waits(paper: Paper) -> bool:
    """Whether something is about to come out, so that nothing is changed beneath it."""
    return any(one.waits for one in paper.findings)


def releasable(paper: Paper, command: Any) -> Draft | None:
    """Checked, signed by both, and released by somebody who neither wrote nor signed it."""
    found = newest(paper, command)
    if found is None or command.actor.person in {found.author, *found.signed}:
        return None
    roles = set(found.signed.values())
    if "chief_executive" not in roles or not roles & {"commissioner", "acting_commissioner"}:
        return None
    return found if found.checked(paper.now) else None


def now_public(paper: Paper, command: Any, *, correction: bool) -> bool:
    """What is releasable comes out, unless it waits for its instant."""
    found = releasable(paper, command)
    if found is None or paper.was_published != correction or (found.waits and found.release_at):
        return False
    found.published = True
    paper.close_if_done()
    return True


@law("DraftFindings")
def draft(paper: Paper, command: Any) -> bool:
    """After a session; what is published is only ever corrected."""
    held = any(one.state == "held" for one in paper.sessions.values())
    if not held or paper.was_published != (command.correction is not None) or a_release_waits(paper):
        return False
    before = any(one.redaction for one in paper.findings)
    is_correction = command.correction is not None
    paper.findings.append(Draft(author=command.actor.person, correction=is_correction, to_redact=before))
    return True


@law("InviteFactCheck")
def invite(paper: Paper, command: Any) -> bool:
    """Once a version."""
    found = newest(paper, command)
    if found is None or found.fact_check:
        return False
    found.fact_check = "open"
    return True


@law("SubmitFactCheck")
def comment(paper: Paper, command: Any) -> bool:
    """Once a version, however late it comes."""
    if command.version > len(paper.findings):
        return False
    found = paper.findings[command.version - 1]
    if found.fact_check not in ("open", "deemed"):
        return False
    found.fact_check = "received"
    return True


@law("Redact")
def redact(paper: Paper, command: Any) -> bool:
    """The copy is the original less what was taken out. What was signed has to be signed again."""
    found = newest(paper, command)
    if found is None or a_release_waits(paper) or command.body == command.answer:
        return False
    found.redaction, found.redacted_by = "unchecked", command.actor.person
    found.signed, found.sent_back = {}, False
    return True


@law("CheckRedactions")
def check(paper: Paper, command: Any) -> bool:
    """By a second person, once a copy."""
    found = newest(paper, command)
    if found is None or found.redaction != "unchecked" or found.redacted_by == command.actor.person:
        return False
    if not command.agreed and command.reason is None:
        return False
    found.redaction = "agreed" if command.agreed else "refused"
    return True


@law("ApproveFindings")
def approve(paper: Paper, command: Any) -> bool:
    """The chief executive, then the commissioner, whose signature makes every judgement their own."""
    found = newest(paper, command)
    if found is None or not found.checked(paper.now):
        return False
    if command.actor.person in {found.author, *found.signed}:
        return False
    role, signed = command.actor.role.value, set(found.signed.values())
    first = role == "chief_executive"
    if first == ("chief_executive" in signed) or (not first and len(signed) > 1):
        return False
    found.signed[command.actor.person] = role
    if not first:
        paper.judged = {about: (judgement, True) for about, (judgement, _) in paper.judged.items()}
    return True


@law("SendBackFindings")
def send_back(paper: Paper, command: Any) -> bool:
    """Once a version, and not beneath a release that waits; what was signed falls away."""
    found = newest(paper, command)
    if found is None or found.sent_back or a_release_waits(paper):
        return False
    found.signed, found.sent_back = {}, True
    return True


@law("Publish")
def publish(paper: Paper, command: Any) -> bool:
    """With nothing left to do, this closes the cycle."""
    return now_public(paper, command, correction=False)


@law("Correct")
def correct(paper: Paper, command: Any) -> bool:
    """A signed correction."""
    return now_public(paper, command, correction=True)


@law("ScheduleRelease")
def schedule(paper: Paper, command: Any) -> bool:
    """To an instant that is to come, or on a condition."""
    found = releasable(paper, command)
    if found is None or a_release_waits(paper) or (command.at is None) == (command.condition is None):
        return False
    if command.at is not None and command.at <= paper.now:
        return False
    found.release, found.release_at = "waits", command.at
    return True


@law("HoldBack")
def hold_back(paper: Paper, command: Any) -> bool:
    """What waits to be released."""
    found = newest(paper, command)
    if found is None or not found.waits:
        return False
    found.release, found.release_at = "held", None
    return True


@law("Withdraw")
def withdraw(paper: Paper, command: Any) -> bool:
    """The newest that is published, and all before it with it; once."""
    public = [number for number, one in enumerate(paper.findings, start=1) if one.published]
    if not public or command.version != public[-1] or paper.findings[command.version - 1].withdrawn:
        return False
    for number in public:
        paper.findings[number - 1].withdrawn = True
    return True
