"""Ready to publish? Every thing that stands between a draft and its publication, done or still to do."""

from dataclasses import dataclass
from datetime import datetime

from rules.publishing.publishable import (
    SIGNED_BY,
    fact_check_open,
    redactions_forgotten,
    redactions_open,
    sent_back,
    slot,
    slots,
)
from schemas.cycle import Cycle, FindingsVersion
from schemas.people import Role
from web.showing import dates

NAMED = {Role.CHIEF_EXECUTIVE: "chief executive", Role.COMMISSIONER: "Commissioner"}
"""Those who sign, as a sentence has them."""


@dataclass(frozen=True)
class Task:
    """One thing, how it stands in a word, what is to be done, and the form that does it."""

    name: str
    state: str
    done: bool
    hint: str = ""
    act: str = ""


def tasks(cycle: Cycle, now: datetime) -> tuple[Task, ...]:
    """The newest version's way to publication, in its order; none where it is published."""
    if not cycle.findings:
        return (Task("Draft the findings", "To do", done=False, act="DraftFindings"),)
    newest = cycle.findings[-1]
    if newest.published_at:
        return ()
    if gone := sent_back(newest):
        again = Task("Draft a new version", "To do", done=False, hint=gone.message, act="DraftFindings")
        return (again,)
    drafted = Task(f"Version {newest.version} is drafted", "Done", done=True, act="DraftFindings")
    return drafted, _checked(newest, now), _redacted(cycle, newest), *_signed(newest)


def _checked(version: FindingsVersion, now: datetime) -> Task:
    check = version.fact_check
    if check is None:
        hint = "The force may say what is wrong in fact before it is signed. You can do without."
        return Task("The force checks the facts", "Not asked", done=True, hint=hint, act="InviteFactCheck")
    if refused := fact_check_open(version, now):
        return Task("The force checks the facts", "Waiting", done=False, hint=refused.message)
    said = "No answer came in time." if check.received_at is None else "The force has answered."
    return Task("The force checks the facts", "Done", done=True, hint=said)


def _redacted(cycle: Cycle, version: FindingsVersion) -> Task:
    name = "What may not be published is taken out"
    if refused := redactions_open(version):
        act = "CheckRedactions" if refused.code == "redactions_unchecked" else "Redact"
        return Task(name, "To do", done=False, hint=refused.message, act=act)
    if refused := redactions_forgotten(cycle, version):
        return Task(name, "To do", done=False, hint=refused.message, act="Redact")
    if version.redaction:
        return Task(name, "Done", done=True, hint="The copy was compared by a second person.", act="Redact")
    return Task(name, "Nothing", done=True, hint="Nothing is taken out of this version.", act="Redact")


def _signed(version: FindingsVersion) -> tuple[Task, ...]:
    there = slots(version)
    found = []
    for place, needed in enumerate(SIGNED_BY):
        by = next((one for one in version.approvals if slot(one.by.role) == needed), None)
        waits = place > 0 and SIGNED_BY[place - 1] not in there
        name = f"The {NAMED[needed]} signs"
        if needed in there and by:
            found.append(Task(name, "Done", done=True, hint=f"On {dates.moment(by.at)}."))
        else:
            said = f"After the {NAMED[SIGNED_BY[place - 1]]}." if waits else ""
            found.append(Task(name, "To do", done=False, hint=said, act="ApproveFindings"))
    return tuple(found)
