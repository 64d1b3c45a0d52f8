"""The stored cycle and the model, in the same plain values, so that they can be laid side by side."""

from typing import Any

from schemas.cycle import Action, Cycle, FindingsVersion, Request, Session
from tests.model.paper import Draft, Owed, Paper, Promise, Sitting

Plain = dict[str, Any]
COMMISSIONERS = {"commissioner", "acting_commissioner"}


def of_cycle(cycle: Cycle) -> Plain:
    """What is stored."""
    return {
        "paused": cycle.paused_at is not None,
        "cancelled": cycle.cancelled_at is not None,
        "closed": cycle.closed_at is not None,
        "requests": {one.number: _request(one) for one in cycle.requests},
        "sessions": {one.number: _session(one) for one in cycle.sessions},
        "judged": {
            (one.session, one.request): (
                one.judgement,
                bool(one.confirmed_by) or one.by.role in COMMISSIONERS,
            )
            for one in cycle.judgements
        },
        "decisions": len(cycle.decisions),
        "actions": {one.number: _action(one) for one in cycle.actions},
        "findings": [_findings(one) for one in cycle.findings],
        "wakes": len(cycle.wakes),
    }


def _request(one: Request) -> Plain:
    return {
        "lead": one.draft.lead,
        "state": one.state,
        "owed": sorted(one.owed) if one.open else [],
        "returns": [(back.by.person, len(back.items), back.certificate is not None) for back in one.returns],
        "asked_to": one.extension and one.extension.to,
        "extensions": one.extensions,
        "clarified": [clear.answered_at is not None for clear in one.clarifications],
        "delegates": sorted({other.to for other in one.delegations}),
        "claims": [(claim.version, claim.item, claim.upheld) for claim in one.claims],
        "escalated": len(one.escalations),
        "missed": sorted(one.missed),
        "silent": one.non_response_at is not None,
    }


def _session(one: Session) -> Plain:
    state = "held" if one.held_at else "cancelled" if one.cancelled_at else "coming"
    return {
        "forum": one.forum,
        "state": state,
        "starts_at": one.starts_at,
        "questions": [asked.answered_at is not None for asked in one.questions],
    }


def _action(one: Action) -> Plain:
    return {
        "owner": one.owner,
        "state": one.state,
        "missed": one.missed,
        "asked_to": one.date_asked and one.date_asked.to,
        "moves": one.moves,
        "slips": len(one.slips),
        "progress": len(one.progress),
        "reopened": one.reopened,
        "escalated": len(one.escalations),
    }


def _findings(one: FindingsVersion) -> Plain:
    checked = one.fact_check
    said = (
        "received"
        if checked and checked.received_at
        else "deemed"
        if checked and checked.deemed_at
        else "open"
    )
    redacted = one.redaction
    agreed = "refused" if redacted and redacted.refused_because else "agreed"
    waits = one.release is not None and not one.release.held_back_because and not one.published_at
    return {
        "author": one.author.person,
        "correction": one.correction is not None,
        "signed": {sign.by.person: sign.by.role.value for sign in one.approvals},
        "published": one.published_at is not None,
        "withdrawn": one.withdrawn_at is not None,
        "fact_check": said if checked else None,
        "redaction": None if redacted is None else agreed if redacted.checked_by else "unchecked",
        "waits": waits,
    }


def of_paper(paper: Paper) -> Plain:
    """What the model says."""
    return {
        "paused": paper.paused,
        "cancelled": paper.cancelled,
        "closed": paper.closed,
        "requests": {number: _owed(one) for number, one in paper.requests.items()},
        "sessions": {number: _sitting(one) for number, one in paper.sessions.items()},
        "judged": dict(paper.judged),
        "decisions": paper.decisions,
        "actions": {number: _promise(one) for number, one in paper.actions.items()},
        "findings": [_draft(one) for one in paper.findings],
        "wakes": paper.wakes,
    }


def _owed(one: Owed) -> Plain:
    return {
        "lead": one.lead,
        "state": one.state,
        "owed": sorted(one.owed) if one.open else [],
        "returns": [(back["by"], back["items"], bool(back["certified"])) for back in one.returns],
        "asked_to": one.asked_to,
        "extensions": one.extensions,
        "clarified": list(one.clarified),
        "delegates": sorted(one.delegates),
        "claims": list(one.claims),
        "escalated": one.escalated,
        "missed": sorted(one.missed),
        "silent": one.silent,
    }


def _sitting(one: Sitting) -> Plain:
    return {
        "forum": one.forum,
        "state": one.state,
        "starts_at": one.starts_at,
        "questions": list(one.questions),
    }


def _promise(one: Promise) -> Plain:
    names = ("owner", "state", "missed", "asked_to", "moves", "slips", "progress", "reopened", "escalated")
    return {name: getattr(one, name) for name in names}


def _draft(one: Draft) -> Plain:
    return {
        "author": one.author,
        "correction": one.correction,
        "signed": dict(one.signed),
        "published": one.published,
        "withdrawn": one.withdrawn,
        "fact_check": one.fact_check,
        "redaction": one.redaction,
        "waits": one.waits,
    }


def take_dates(paper: Paper, cycle: Cycle) -> None:
    """Take the due instants from the record: their sums have tests of their own."""
    for request in cycle.requests:
        if (owed := paper.requests.get(request.number)) and request.due:
            owed.due_on, owed.due_at = request.due.on, request.due.at
    for action in cycle.actions:
        if promise := paper.actions.get(action.number):
            promise.due_on, promise.due_at = action.due.on, action.due.at
    for version, draft in zip(cycle.findings, paper.findings, strict=False):
        if version.fact_check:
            draft.fact_check_due = version.fact_check.due.at


def difference(wanted: Any, stored: Any, where: str = "") -> list[str]:
    """Where the two are not the same, a line each."""
    if wanted == stored:
        return []
    if isinstance(wanted, dict) and isinstance(stored, dict):
        return [
            line
            for name in [*wanted, *(other for other in stored if other not in wanted)]
            for line in difference(wanted.get(name), stored.get(name), f"{where}/{name}")
        ]
    return [f"{where}: the model says {wanted!r}, the record says {stored!r}"]
