"""Every command's form, by the command's kind."""

from rules.authority import AFTER_CLOSE, MAY
from schemas.cycle import Cycle
from schemas.people import Role
from schemas.standards import Standards
from web.forms import (
    actions,
    changes,
    decisions,
    evidence,
    findings,
    opening,
    outcomes,
    raising,
    releases,
    requests,
    returns,
    sensitivity,
    sessions,
)
from web.forms import meetings as of_meetings
from web.forms.form import Form

FORMS: dict[str, Form] = {
    one.kind: one
    for one in (
        opening.FORM,
        *evidence.FORMS,
        *requests.FORMS,
        *returns.FORMS,
        *sensitivity.FORMS,
        *sessions.FORMS,
        *of_meetings.FORMS,
        *decisions.FORMS,
        *findings.FORMS,
        *releases.FORMS,
        *outcomes.FORMS,
        *actions.FORMS,
        *changes.FORMS,
        *raising.FORMS,
    )
}


def offers(role: Role, cycle: Cycle, newest: Standards | None = None) -> list[Form]:
    """What a role may do in a cycle now, in the order in which a cycle goes.

    `newest` is the office's newest edition of the standards of the cycle's kind.
    """
    if cycle.cancelled_at:
        return []
    newer = newest is not None and newest.edition > cycle.standards.edition
    return [
        form
        for kind, form in FORMS.items()
        if kind != "OpenCycle"
        and (cycle.closed_at is None or kind in AFTER_CLOSE)
        and role in MAY[kind]
        and form.apt(cycle)
        and (newer or not form.needs_newer)
    ]
