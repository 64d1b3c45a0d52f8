"""What stands between a draft and its publication: asked by the page, and by every act that would go on."""

from datetime import datetime

from schemas.cycle import Cycle, FindingsVersion
from schemas.outcomes import Refused
from schemas.people import Role

SIGNED_BY = (Role.CHIEF_EXECUTIVE, Role.COMMISSIONER)
"""In this order; an acting commissioner signs in the commissioner's place."""


def blocks(cycle: Cycle, now: datetime) -> tuple[str, ...]:
    """What keeps the newest version from being published now, one sentence each; none where nothing does.

    Source: process.commands
    """
    if not cycle.findings:
        return ("No findings have been drafted yet.",)
    newest = cycle.findings[-1]
    if newest.published_at:
        return ()
    return tuple(refused.message for refused in (unchecked(cycle, newest, now), unsigned(newest)) if refused)


def unchecked(cycle: Cycle, version: FindingsVersion, now: datetime) -> Refused | None:
    """A refusal where it was sent back, while the force may comment, or before somebody agreed to the copy.

    Source: local.redaction
    """
    return sent_back(version) or _checks(cycle, version, now)


def _checks(cycle: Cycle, version: FindingsVersion, now: datetime) -> Refused | None:
    return fact_check_open(version, now) or redactions_open(version) or redactions_forgotten(cycle, version)


def sent_back(version: FindingsVersion) -> Refused | None:
    """A refusal where whoever would sign a version has sent it back, and nothing new was made since.

    Source: local.sign-off
    """
    if version.sent_back is None:
        return None
    return Refused(
        code="findings_sent_back",
        message=f"Version {version.version} was sent back and is not signed as it stands. "
        "Read the note and draft a new version.",
        source="local.sign-off",
    )


def redacted_before(cycle: Cycle, version: FindingsVersion) -> FindingsVersion | None:
    """The newest earlier version from whose copy something was taken out; None where none was.

    Source: local.redaction
    """
    for one in reversed(cycle.findings):
        taken = one.redaction and (one.redaction.spans or one.redaction.items)
        if one.version < version.version and taken:
            return one
    return None


def redactions_forgotten(cycle: Cycle, version: FindingsVersion) -> Refused | None:
    """A refusal where an earlier version was redacted and nobody has looked at this one for the same words.

    Source: local.redaction
    """
    before = redacted_before(cycle, version)
    if before is None or version.redaction:
        return None
    return Refused(
        code="redactions_to_repeat",
        message=f"Words were taken out of version {before.version}, and version {version.version} may hold "
        "them again. Redact it too, or send its copy for checking with nothing taken out.",
        source="local.redaction",
    )


def fact_check_open(version: FindingsVersion, now: datetime) -> Refused | None:
    """A refusal while the window for corrections of fact is open and nothing was said.

    Source: local.fact-check
    """
    check = version.fact_check
    if check is None or not check.open or now >= check.due.at:
        return None
    return Refused(
        code="fact_check_open",
        message=f"The force may comment on version {version.version} until {check.due.on:%A %-d %B %Y}. "
        "Wait for its answer, or until that day has passed.",
        source="local.fact-check",
    )


def redactions_open(version: FindingsVersion) -> Refused | None:
    """A refusal while the redacted copy has not been compared by a second person, or was not agreed to.

    Source: local.redaction
    """
    redaction = version.redaction
    if redaction is None:
        return None
    if redaction.checked_by is None:
        return Refused(
            code="redactions_unchecked",
            message=f"What was taken out of version {version.version} has not been checked. "
            "Ask somebody other than who redacted it to check the copy.",
            source="local.redaction",
        )
    if redaction.refused_because:
        return Refused(
            code="redactions_refused",
            message=f"The redacted copy of version {version.version} was checked and not agreed to. "
            "Redact it again.",
            source="local.redaction",
        )
    return None


def unsigned(version: FindingsVersion) -> Refused | None:
    """A refusal while a signature is missing.

    Source: process.commands
    """
    signed = slots(version)
    missing = [role.value.replace("_", " ") for role in SIGNED_BY if role not in signed]
    if not missing:
        return None
    return Refused(
        code="not_approved",
        message=f"Version {version.version} still needs the signature of the {' and the '.join(missing)}. "
        "Ask for it first.",
        source="process.commands",
    )


def slots(version: FindingsVersion) -> frozenset[Role]:
    """The places that are signed: the chief executive's, and the commissioner's by whoever may sign there.

    Source: process.commands
    """
    return frozenset(slot(one.by.role) for one in version.approvals)


def slot(role: Role) -> Role:
    """The place in which a role signs.

    Source: prsra-2011.s62
    """
    return Role.COMMISSIONER if role == Role.ACTING_COMMISSIONER else role
