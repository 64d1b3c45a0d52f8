"""Every command's form, by the command's kind."""

from rules.acting.authority import AFTER_CLOSE, MAY
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


CYCLE = "The cycle"
SECTIONS = (
    ("Requests", (evidence, requests, returns, sensitivity)),
    ("Sessions", (sessions, of_meetings)),
    ("Decisions and actions", (decisions, outcomes, actions)),
    ("Findings", (findings, releases)),
)
OF_THE_CYCLE = ("Pause", "Resume", "Cancel", "Succeed")
"""Kept beside actions, and about the whole cycle."""


def in_sections(some: list[Form]) -> list[tuple[str, list[Form]]]:
    """Forms under the heading of what they are about, in the order of a cycle; the cycle itself last."""
    about = {
        one.kind: heading
        for heading, rooms in SECTIONS
        for room in rooms
        for one in room.FORMS
        if one.kind not in OF_THE_CYCLE
    }
    headings = (*(heading for heading, _rooms in SECTIONS), CYCLE)
    found = {heading: [one for one in some if about.get(one.kind, CYCLE) == heading] for heading in headings}
    return [(heading, forms) for heading, forms in found.items() if forms]


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
