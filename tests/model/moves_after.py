"""Moves about what comes after the evidence: sessions, actions, findings, and the steering of it all."""

from reference.forums import forums
from tests.model.days import LONDON, at, working_after
from tests.model.moves import (
    EVIDENCE,
    FACTS,
    ITEM,
    LEADS,
    TEXT,
    WHY,
    Facts,
    Make,
    Moves,
    on_action,
    on_session,
    on_version,
    say,
    why,
    yes_or_no,
)
from tests.model.paper_findings import COPY

OWNERS = (*LEADS, "policy-officer")


def fixed(moves: Moves) -> Facts:
    """A session of the office or of the panel."""
    session = {"forum": "holding_to_account", "starts_at": moves.hour()}
    if moves.chance(0.15):
        session |= {"forum": "panel", "rules": forums()["panel"].rules, "urgency": WHY}
    return {"session": session}


def held(moves: Moves) -> Facts:
    """Who was there, if anybody."""
    number = moves.session()
    session = moves.paper.sessions.get(number)
    if moves.chance(0.05):
        return {"session": number, "present": []}
    seats = [one.id for one in forums()["panel"].seats] if session and session.forum == "panel" else []
    return {"session": number, "present": ["commissioner"], "members": seats, "members_present": seats[:9]}


def asked(moves: Moves) -> Facts:
    """About a request or about nothing in particular."""
    request = moves.request() if moves.chance(0.5) else None
    return {"session": moves.session(), "question": TEXT, "request": request}


def answered(moves: Moves) -> Facts:
    """One that nobody has answered yet, or one that was never put."""
    number = moves.session()
    session = moves.paper.sessions.get(number)
    waiting = [n for n, done in enumerate(session.questions, start=1) if not done] if session else []
    return {"session": number, "question": moves.pick(waiting, 8), "answer": TEXT}


def proposed(moves: Moves) -> Facts:
    """Under the next number, or now and then under one that is taken."""
    number = f"2026/{len(moves.paper.actions) + 1:03d}"
    taken = sorted(moves.paper.actions)
    return {
        "action": moves.rng.choice(taken) if taken and moves.chance(0.06) else number,
        "what": TEXT,
        "owner": moves.rng.choice(OWNERS),
        "due_on": moves.day(),
    }


def later(moves: Moves) -> Facts:
    """A later day for an action."""
    number = moves.action()
    action = moves.paper.actions.get(number)
    from_on = max(action.due_on or moves.paper.today, moves.paper.today) if action else moves.paper.today
    if moves.chance(0.1) and action and action.due_on:
        return {"action": number, "to": action.due_on, "reason": WHY}
    return {"action": number, "to": working_after(from_on, moves.rng.randint(3, 15)), "reason": WHY}


def done(moves: Moves) -> Facts:
    """With proof of days that are over, or now and then without."""
    proof = [] if moves.chance(0.06) else [ITEM]
    covers_to = working_after(moves.paper.today, 5) if moves.chance(0.06) else moves.paper.today
    return {"action": moves.action(), "proof": proof, "covers_to": covers_to}


def passed_on(moves: Moves) -> Facts:
    """To somebody of either side."""
    return {"action": moves.action(), "to": moves.rng.choice(OWNERS), "reason": WHY}


def drafted(moves: Moves) -> Facts:
    """A version, as a correction where something is published."""
    corrects = moves.paper.was_published != moves.chance(0.08)
    return {"answer": TEXT, "body": TEXT, **({"correction": WHY} if corrects else {})}


def redacted(moves: Moves) -> Facts:
    """The first word is taken out; now and then the copy is not what it says."""
    body = TEXT if moves.chance(0.1) else say(COPY)
    span = {"of": "body", "start": 0, "end": 4, "ground": "personal_data"}
    return {"version": moves.version(), "spans": [span], "answer": TEXT, "body": body}


def compared(moves: Moves) -> Facts:
    """Agreed to, or not and why."""
    agreed = yes_or_no(moves)
    return {
        "version": moves.version(),
        "agreed": agreed,
        "reason": None if agreed or moves.chance(0.2) else WHY,
    }


def scheduled(moves: Moves) -> Facts:
    """To an hour that is to come, or on a condition."""
    if moves.chance(0.2):
        return {"version": moves.version(), "condition": WHY, "placeholder": TEXT}
    starts = at(moves.day(1, 8), 12).astimezone(LONDON)
    return {"version": moves.version(), "at": starts, "placeholder": TEXT}


def decision(moves: Moves) -> Facts:
    """With a basis, or now and then without."""
    basis = " " if moves.chance(0.06) else "prsra-2011.s1"
    return {"title": TEXT, "options": TEXT, "reasons": WHY, "basis": basis}


def escalated(moves: Moves) -> Facts:
    """A request or an action, to the chief constable."""
    what = {"request": moves.request()} if moves.chance(0.5) else {"action": moves.action()}
    return {**what, "to": "chief-constable", "reason": WHY}


SESSIONS: dict[str, Make] = {
    "FixSession": fixed,
    "MoveSession": on_session(starts_at=lambda moves: moves.hour(), reason=why, urgency=why),
    "CancelSession": on_session(reason=why),
    "RecordAttendance": held,
    "AskQuestion": asked,
    "RecordAnswer": answered,
    "JudgeAssurance": lambda moves: {
        "session": moves.session(),
        "request": moves.request(),
        "judgement": moves.rng.choice(("assured", "partly_assured", "not_assured")),
        "reasons": WHY,
    },
    "ConfirmAssurance": lambda moves: {"session": moves.session(), "request": moves.request()},
    "RecordDecision": decision,
}

ACTIONS: dict[str, Make] = {
    "ProposeAction": proposed,
    "ConfirmAction": on_action(),
    "DisputeAction": on_action(reason=why),
    "WithdrawAction": on_action(reason=why),
    "MoveActionDate": later,
    "DecideActionDate": on_action(granted=yes_or_no),
    "ReportProgress": on_action(account=why, assessment=lambda moves: moves.rng.choice(("on_track", "late"))),
    "ClaimDone": done,
    "VerifyDone": on_action(),
    "Reopen": on_action(reason=why, due_on=lambda moves: moves.day()),
    "PassOn": passed_on,
}

FINDINGS: dict[str, Make] = {
    "DraftFindings": drafted,
    "InviteFactCheck": on_version(),
    "Redact": redacted,
    "CheckRedactions": compared,
    "SubmitFactCheck": on_version(comments=lambda moves: WHY if moves.chance(0.5) else None),
    "ApproveFindings": on_version(statement=why),
    "SendBackFindings": on_version(note=why),
    "Publish": on_version(),
    "ScheduleRelease": scheduled,
    "HoldBack": on_version(reason=why),
    "Correct": on_version(),
    "Withdraw": on_version(notice=why),
}

STEERING: dict[str, Make] = {
    "Pause": lambda _moves: {"reason": WHY},
    "Resume": lambda _moves: {},
    "Cancel": lambda _moves: {"reason": WHY},
    "WakeMe": lambda moves: {"on": moves.day(), "about": TEXT},
    "Escalate": escalated,
}

PARTS: dict[str, dict[str, Make]] = {
    "evidence": EVIDENCE,
    "sessions": SESSIONS,
    "actions": ACTIONS,
    "findings": FINDINGS,
    "steering": STEERING,
}

SELDOM = {
    "Cancel": 0.03,
    "Withdraw": 0.5,
    **dict.fromkeys(("Pause", "WithdrawRequest", "CancelSession", "RecordDecision", "WithdrawAction"), 0.3),
    **dict.fromkeys(("WakeMe", "Escalate", "Reassign", "AddRequest", "AskSeveral", "AmendRequest"), 0.2),
    **dict.fromkeys(("Redact", "DraftFindings", "InviteFactCheck", "SendBackFindings"), 0.3),
    **dict.fromkeys(("FixSession", "MoveSession", "AskQuestion", "Delegate"), 0.5),
}
"""What can be done at any time comes less often, or there would be little else."""
RARE = (
    "AnswerClarification", "SubmitReturn", "CertifyReturn", "SendBack", "AcceptReturn", "ClaimSensitivity",
    "DecideSensitivity", "DecideExtension", "RecordAttendance", "RecordAnswer", "ConfirmAssurance",
    "ConfirmAction", "DecideActionDate", "MoveActionDate", "ReportProgress", "ClaimDone", "VerifyDone",
    "Reopen", "PassOn", "SubmitFactCheck", "CheckRedactions", "ApproveFindings", "Publish",
    "ScheduleRelease", "HoldBack", "Correct", "Resume",
)  # fmt: skip
"""What can be done only now and then is tried more often."""

for part in PARTS.values():
    FACTS.update(part)


def weights(leaning: str, kinds: list[str]) -> list[float]:
    """How often each kind comes in a sequence that leans to one part of the process."""
    part = PARTS[leaning]
    often = {**SELDOM, **dict.fromkeys(RARE, 3.0)}
    return [often.get(kind, 1.0) * (4.0 if kind in part else 1.0) for kind in kinds]
