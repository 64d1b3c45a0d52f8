"""Publication: the public facts of a cycle, and the fingerprint by which anyone can check them."""

import hashlib
import json
from typing import Any

from rules.explaining.standing import standing
from rules.publishing.disclosing import disclosed, notices_of, withheld_files
from schemas.cycle import Action, Cycle, DecisionRecord, FindingsVersion, Request
from schemas.shape import Digest


def public_facts(cycle: Cycle, version: FindingsVersion) -> dict[str, Any]:
    """What is published of a cycle: texts and files by their digests, roles in place of persons.

    Source: prsra-2011.s11
    """
    copy, kept_back = version.redaction or version, withheld_files(cycle, version)
    return {
        "reference": cycle.reference,
        "version": version.version,
        "body": cycle.body,
        **_successions(cycle),
        "title": cycle.title,
        "theme": cycle.theme,
        "commitments": list(cycle.commitments),
        "question": cycle.question,
        "answer": copy.answer,
        "findings": copy.body,
        "opened_at": cycle.opened_at.isoformat(),
        "sessions": [
            {"forum": one.forum, "held_at": one.held_at.isoformat(), **notices_of(one)}
            for one in cycle.sessions
            if one.held_at
        ],
        "evidence": [_evidence(one, kept_back) for one in cycle.requests if one.state != "withdrawn"],
        "judgements": [
            {"request": one.request, "judgement": one.judgement, "reasons": one.reasons}
            for one in cycle.judgements
        ],
        "decisions": [_decision(one) for one in cycle.decisions],
        "actions": [_action(one) for one in cycle.actions if one.state not in ("proposed", "withdrawn")],
        **disclosed(cycle, version),
    }


def _decision(one: DecisionRecord) -> dict[str, Any]:
    """A decision; where its reasons are withheld, the ground stands in their place."""
    said = {"number": one.number, "title": one.title, "basis": one.basis}
    if one.restricted:
        return {**said, "reasons": None, "restricted": True, "ground": one.conditions}
    more = {"conditions": one.conditions} if one.conditions else {}
    return {**said, "reasons": one.reasons, **more}


def _action(one: Action) -> dict[str, Any]:
    """An undertaking, and honestly where it is disputed, was moved, or slipped."""
    said = {"number": one.number, "what": one.what, "due_on": one.due.on.isoformat()}
    more = {"disputed": one.state == "disputed", "moved": one.moves, "slipped": len(one.slips)}
    return {**said, **{name: value for name, value in more.items() if value}}


def _successions(cycle: Cycle) -> dict[str, Any]:
    """Who stands under which name, and who took over from whom; nothing where nobody has."""
    named = [
        {
            "what": one.what,
            "was": one.was,
            "to": one.to,
            "from_on": one.from_on.isoformat(),
            **_given(was_name=one.was_name, to_name=one.to_name),
        }
        for one in cycle.successions
    ]
    called = [{"what": one.what, "id": one.id, "name": one.name} for one in cycle.called]
    return _given(called=called, successions=named)


def _given(**facts: Any) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}


def _evidence(one: Request, withheld: frozenset[Digest]) -> dict[str, Any]:
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
        "files": files_of(one, withheld),
    }


def files_of(one: Request, withheld: frozenset[Digest]) -> list[Digest]:
    """The files of every version that stands, oldest first, less what is withheld; an earlier one's once.

    Source: prsra-2011.s11
    """
    found: list[Digest] = []
    for version in standing(one):
        files = [item.digest for item in version.items if item.kind == "file" and item.digest not in withheld]
        found = [*(digest for digest in found if digest not in files), *files]
    return found


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
        "RequestAmended",
        "ClockSuspended",
        "ClockResumed",
        "ReturnSubmitted",
        "ReturnSentBack",
        "ReturnAccepted",
        "ExtensionGranted",
        "SessionFixed",
        "SessionMoved",
        "SessionHeld",
        "SessionCancelled",
        "AgendaPublished",
        "AssuranceConfirmed",
        "VoteRecorded",
        "AssuranceJudged",
        "DecisionRecorded",
        "ActionConfirmed",
        "ActionClaimedDone",
        "ActionVerified",
        "ActionDisputed",
        "ActionDateMoved",
        "ActionSlipped",
        "ActionReopened",
        "ActionWithdrawn",
        "FindingsPublished",
        "FindingsCorrected",
        "FindingsWithdrawn",
        "DutyMissed",
        "NonResponseDeemed",
        "FactCheckDeemed",
        "CycleClosed",
        "BodySucceeded",
        "CalendarChanged",
    }
)


def is_public(kind: str) -> bool:
    """Whether events of this kind are shown to everybody once the cycle's findings are published.

    Source: process.events
    """
    return kind in PUBLIC
