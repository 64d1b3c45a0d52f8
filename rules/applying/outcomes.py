"""What sessions, judgements, decisions, actions and findings do to a cycle."""

from rules.applying.change import on_action, on_findings, on_session, with_moved
from schemas.cycle import Action, Approval, Cycle, DecisionRecord, FindingsVersion, Judgement, Session
from schemas.events import (
    ActionClaimedDone,
    ActionConfirmed,
    ActionProposed,
    ActionVerified,
    AssuranceJudged,
    DecisionRecorded,
    FindingsApproved,
    FindingsDrafted,
    FindingsPublished,
    SessionFixed,
    SessionHeld,
    SessionMoved,
)
from schemas.records import Entry


def session_fixed(cycle: Cycle, event: SessionFixed, entry: Entry) -> Cycle:
    """One more session, and the dates that waited for it.

    Source: process.events
    """
    draft = event.draft
    session = Session(number=event.session, forum=draft.forum, starts_at=draft.starts_at, place=draft.place)
    planned = event.planned or cycle.planned
    fixed = cycle.model_copy(update={"sessions": (*cycle.sessions, session), "planned": planned})
    return with_moved(fixed, event.moved, entry.at)


def session_moved(cycle: Cycle, event: SessionMoved, entry: Entry) -> Cycle:
    """The session and everything planned backwards from it.

    Source: local.back-planning
    """
    moved = on_session(cycle, event.session, starts_at=event.starts_at)
    replanned = moved.model_copy(update={"planned": event.planned or moved.planned})
    return with_moved(replanned, event.moved, entry.at)


def session_held(cycle: Cycle, event: SessionHeld, _entry: Entry) -> Cycle:
    """Who was there and when.

    Source: process.events
    """
    return on_session(
        cycle, event.session, held_at=event.held_at, present=event.present, apologies=event.apologies
    )


def assurance_judged(cycle: Cycle, event: AssuranceJudged, entry: Entry) -> Cycle:
    """A judgement; a newer one on the same item in the same session replaces it.

    Source: process.events
    """
    judgement = Judgement(
        session=event.session,
        request=event.request,
        judgement=event.judgement,
        reasons=event.reasons,
        by=entry.actor,
        at=entry.at,
    )
    same = (event.session, event.request)
    others = tuple(one for one in cycle.judgements if (one.session, one.request) != same)
    return cycle.model_copy(update={"judgements": (*others, judgement)})


def decision_recorded(cycle: Cycle, event: DecisionRecorded, entry: Entry) -> Cycle:
    """One more decision record.

    Source: process.events
    """
    record = DecisionRecord(
        number=event.decision,
        title=event.title,
        options=event.options,
        reasons=event.reasons,
        basis=event.basis,
        by=entry.actor,
        at=entry.at,
    )
    return cycle.model_copy(update={"decisions": (*cycle.decisions, record)})


def action_proposed(cycle: Cycle, event: ActionProposed, entry: Entry) -> Cycle:
    """An undertaking that waits for the other side.

    Source: process.events
    """
    action = Action(
        number=event.action,
        what=event.what,
        owner=event.owner,
        proposed_by=entry.actor,
        clock=event.clock,
        due=event.due,
    )
    return cycle.model_copy(update={"actions": (*cycle.actions, action)})


def action_confirmed(cycle: Cycle, event: ActionConfirmed, entry: Entry) -> Cycle:
    """Both sides agree: the action exists.

    Source: process.events
    """
    return on_action(cycle, event.action, state="confirmed", confirmed_by=entry.actor)


def action_claimed_done(cycle: Cycle, event: ActionClaimedDone, entry: Entry) -> Cycle:
    """The owner says it is done and shows why.

    Source: process.events
    """
    return on_action(
        cycle,
        event.action,
        state="claimed_done",
        proof=event.proof,
        covers_to=event.covers_to,
        claimed_at=entry.at,
        claimed_by=entry.actor,
    )


def action_verified(cycle: Cycle, event: ActionVerified, entry: Entry) -> Cycle:
    """The asker has checked the proof.

    Source: process.events
    """
    return on_action(cycle, event.action, state="verified", verified_at=entry.at)


def findings_drafted(cycle: Cycle, event: FindingsDrafted, entry: Entry) -> Cycle:
    """One more version.

    Source: process.events
    """
    version = FindingsVersion(
        version=event.version,
        answer=event.answer,
        body=event.body,
        author=entry.actor,
        drafted_at=entry.at,
    )
    return cycle.model_copy(update={"findings": (*cycle.findings, version)})


def findings_approved(cycle: Cycle, event: FindingsApproved, entry: Entry) -> Cycle:
    """One more signature.

    Source: process.events
    """
    approval = Approval(by=entry.actor, at=entry.at, statement=event.statement)
    version = next(one for one in cycle.findings if one.version == event.version)
    return on_findings(cycle, event.version, approvals=(*version.approvals, approval))


def findings_published(cycle: Cycle, event: FindingsPublished, entry: Entry) -> Cycle:
    """Everybody can read it.

    Source: process.events
    """
    return on_findings(cycle, event.version, published_at=entry.at, fingerprint=event.fingerprint)
