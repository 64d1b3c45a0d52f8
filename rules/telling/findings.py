"""Telling of findings: whom checks, redactions, releases, corrections and withdrawals concern."""

from typing import Any

from rules.telling.notice import Tell, notice_of
from schemas.cycle import Cycle
from schemas.events import (
    FactCheckInvited,
    FactCheckReceived,
    FindingsCorrected,
    FindingsSentBack,
    FindingsWithdrawn,
    ItemRedacted,
    RedactionsChecked,
    ReleaseHeldBack,
    ReleaseScheduled,
)
from schemas.notices import Notice, NoticeTemplate
from schemas.people import Role
from schemas.records import Entry

READERS = (Role.PANEL_SECRETARIAT, Role.FORCE_COORDINATION)
"""Who is told what has become of published findings."""


def _to(template: NoticeTemplate, *roles: Role, officer: bool = True) -> Tell:
    def tell(entry: Entry, cycle: Cycle, _event: Any) -> tuple[Notice, ...]:
        to = (cycle.opened_by.person,) if officer else ()
        return (notice_of(entry, template, to=to, roles=roles),)

    return tell


def _invited(entry: Entry, _cycle: Cycle, event: FactCheckInvited) -> tuple[Notice, ...]:
    roles = (Role.CHIEF_CONSTABLE, Role.FORCE_COORDINATION)
    return (notice_of(entry, "fact_check_invited", roles=roles, due_on=event.due.on),)


def _checked(entry: Entry, cycle: Cycle, event: RedactionsChecked) -> tuple[Notice, ...]:
    """Agreed: it can be signed. Not agreed: whoever made the copy makes it again."""
    if event.agreed:
        return (notice_of(entry, "findings_to_sign", roles=(Role.CHIEF_EXECUTIVE,)),)
    version = next((one for one in cycle.findings if one.version == event.version), None)
    made = version.redaction if version else None
    return (notice_of(entry, "redactions_refused", to=(made.by.person,)),) if made else ()


def _sent_back(entry: Entry, cycle: Cycle, event: FindingsSentBack) -> tuple[Notice, ...]:
    """Whoever wrote the version writes it again; the office's officer on the cycle knows of it."""
    version = next((one for one in cycle.findings if one.version == event.version), None)
    author = (version.author.person,) if version else ()
    return (
        notice_of(entry, "findings_sent_back", to=tuple(dict.fromkeys((*author, cycle.opened_by.person)))),
    )


FINDINGS: dict[type, Tell] = {
    FactCheckInvited: _invited,
    FactCheckReceived: _to("fact_check_received"),
    ItemRedacted: _to("redactions_to_check", Role.PUBLICATION_OFFICER, officer=False),
    RedactionsChecked: _checked,
    FindingsSentBack: _sent_back,
    ReleaseScheduled: _to("release_scheduled", Role.CHIEF_EXECUTIVE, Role.FORCE_COORDINATION),
    ReleaseHeldBack: _to("release_held_back", Role.CHIEF_EXECUTIVE, Role.FORCE_COORDINATION),
    FindingsCorrected: _to("findings_corrected", *READERS),
    FindingsWithdrawn: _to("findings_withdrawn", *READERS),
}
"""Whom what happens to findings concerns, by the event."""
