"""Publication: the public facts of a cycle, and the fingerprint by which anyone can check them."""

import hashlib
import json
from typing import Any

from schemas.cycle import Cycle, FindingsVersion, Request


def public_facts(cycle: Cycle, version: FindingsVersion) -> dict[str, Any]:
    """What is published of a cycle: texts and files by their digests, roles in place of persons.

    Source: prsra-2011.s11
    """
    return {
        "reference": cycle.reference,
        "version": version.version,
        "body": cycle.body,
        "title": cycle.title,
        "theme": cycle.theme,
        "commitments": list(cycle.commitments),
        "question": cycle.question,
        "answer": version.answer,
        "findings": version.body,
        "opened_at": cycle.opened_at.isoformat(),
        "sessions": [
            {"forum": one.forum, "held_at": one.held_at.isoformat()} for one in cycle.sessions if one.held_at
        ],
        "evidence": [_evidence(one) for one in cycle.requests if one.state != "withdrawn"],
        "judgements": [
            {"request": one.request, "judgement": one.judgement, "reasons": one.reasons}
            for one in cycle.judgements
        ],
        "decisions": [
            {"number": one.number, "title": one.title, "reasons": one.reasons, "basis": one.basis}
            for one in cycle.decisions
        ],
        "actions": [
            {"number": one.number, "what": one.what, "due_on": one.due.on.isoformat()}
            for one in cycle.actions
            if one.state != "proposed"
        ],
    }


def _evidence(one: Request) -> dict[str, Any]:
    return {
        "request": one.number,
        "title": one.draft.title,
        "asked": list(one.draft.asked),
        "state": one.state,
        "due_on": one.due.on.isoformat() if one.due else None,
        "received_at": one.returns[-1].received_at.isoformat() if one.returns else None,
        "late": one.returns[0].late if one.returns else one.late,
        "versions": len(one.returns),
        "answer": one.returns[-1].answer if one.returns else None,
        "files": [item.digest for item in one.returns[-1].items if item.kind == "file"]
        if one.returns
        else [],
    }


def canonical(facts: dict[str, Any]) -> bytes:
    """The one way in which facts are written for a digest: sorted keys, no spaces, UTF-8.

    Source: process.events
    """
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def fingerprint(cycle: Cycle, version: FindingsVersion) -> str:
    """The SHA-256 of the canonical public facts, in hexadecimal.

    Source: process.events
    """
    return hashlib.sha256(canonical(public_facts(cycle, version))).hexdigest()


PUBLIC = frozenset(
    {
        "CycleOpened",
        "EvidenceRequested",
        "ReturnSubmitted",
        "ReturnSentBack",
        "ReturnAccepted",
        "ExtensionGranted",
        "SessionFixed",
        "SessionMoved",
        "SessionHeld",
        "AssuranceJudged",
        "DecisionRecorded",
        "ActionConfirmed",
        "ActionClaimedDone",
        "ActionVerified",
        "FindingsPublished",
        "DutyMissed",
        "CycleClosed",
        "CalendarChanged",
    }
)


def is_public(kind: str) -> bool:
    """Whether events of this kind are shown to everybody once the cycle's findings are published.

    Source: process.events
    """
    return kind in PUBLIC
