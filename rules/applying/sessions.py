"""What happens to sessions: their day, their notice, who was there, what was said, judged and voted."""

from rules.acting.authority import COMMISSIONERS
from rules.applying.change import on_session, session_of, with_moved
from schemas.cycle import Cycle, Interest, Judgement, Notice, Question, Session, Vote
from schemas.events import (
    AgendaPublished,
    AnswerRecorded,
    AssuranceConfirmed,
    AssuranceJudged,
    InterestDeclared,
    PapersPublished,
    QuestionAsked,
    SessionCancelled,
    SessionFixed,
    SessionHeld,
    SessionMoved,
    VoteRecorded,
)
from schemas.records import Entry


def session_fixed(cycle: Cycle, event: SessionFixed, entry: Entry) -> Cycle:
    """One more session, and the dates that waited for it.

    Source: process.events
    """
    draft = event.draft
    session = Session(
        number=event.session,
        forum=draft.forum,
        starts_at=draft.starts_at,
        place=draft.place,
        meeting=draft.meeting,
        rules=draft.rules,
        urgency=draft.urgency,
    )
    planned = event.planned or cycle.planned
    fixed = cycle.model_copy(update={"sessions": (*cycle.sessions, session), "planned": planned})
    return with_moved(fixed, event.moved, entry.at)


def session_moved(cycle: Cycle, event: SessionMoved, entry: Entry) -> Cycle:
    """The session and everything planned backwards from it.

    Source: local.back-planning
    """
    before = session_of(cycle, event.session)
    stays = event.starts_at == before.starts_at
    moved = on_session(
        cycle,
        event.session,
        starts_at=event.starts_at,
        urgency=before.urgency if stays else event.urgency,
        meeting=event.meeting or before.meeting,
    )
    replanned = moved.model_copy(update={"planned": event.planned or moved.planned})
    return with_moved(replanned, event.moved, entry.at)


def session_cancelled(cycle: Cycle, event: SessionCancelled, entry: Entry) -> Cycle:
    """It is called off; what hung on it follows another session, or waits.

    Source: local.back-planning
    """
    off = on_session(cycle, event.session, cancelled_at=entry.at, cancel_reason=event.reason)
    replanned = off.model_copy(update={"planned": event.planned or off.planned})
    return with_moved(replanned, event.moved, entry.at)


def agenda_published(cycle: Cycle, event: AgendaPublished, entry: Entry) -> Cycle:
    """One more notice; those before it stay on record.

    Source: process.events
    """
    notice = _notice(event, entry).model_copy(update={"agenda": event.items})
    return on_session(cycle, event.session, agendas=(*session_of(cycle, event.session).agendas, notice))


def papers_published(cycle: Cycle, event: PapersPublished, entry: Entry) -> Cycle:
    """More papers, beside those that were open before.

    Source: process.events
    """
    notice = _notice(event, entry).model_copy(update={"papers": event.papers})
    return on_session(cycle, event.session, papers=(*session_of(cycle, event.session).papers, notice))


def session_held(cycle: Cycle, event: SessionHeld, entry: Entry) -> Cycle:
    """Who was there and when, and whether they were enough.

    Source: process.events
    """
    return on_session(
        cycle,
        event.session,
        held_at=event.held_at,
        present=event.present,
        apologies=event.apologies,
        chair=event.chair,
        members=event.members,
        members_present=event.members_present,
        quorate=event.quorate,
        recorded_at=entry.at,
    )


def interest_declared(cycle: Cycle, event: InterestDeclared, _entry: Entry) -> Cycle:
    """One more interest.

    Source: process.events
    """
    one = Interest(person=event.person, what=event.what, item=event.item, leaves=event.leaves)
    return on_session(cycle, event.session, interests=(*session_of(cycle, event.session).interests, one))


def question_asked(cycle: Cycle, event: QuestionAsked, entry: Entry) -> Cycle:
    """One more question.

    Source: process.events
    """
    one = Question(
        number=event.question,
        question=event.text,
        asked_by=event.asked_by,
        by=entry.actor,
        at=event.received_at,
        request=event.request,
        late=event.late,
    )
    return on_session(cycle, event.session, questions=(*session_of(cycle, event.session).questions, one))


def answer_recorded(cycle: Cycle, event: AnswerRecorded, entry: Entry) -> Cycle:
    """What was answered; a later answer takes the place of an earlier one, which stays in the ledger.

    Source: process.events
    """
    facts: dict[str, object] = {
        "answer": event.answer,
        "answered_by": event.by,
        "answered_at": entry.at,
        "in_writing_by": event.in_writing_by,
    }
    if event.in_writing_by:
        facts["promised_for"] = event.in_writing_by
    questions = tuple(
        one.model_copy(update=facts) if one.number == event.question else one
        for one in session_of(cycle, event.session).questions
    )
    return on_session(cycle, event.session, questions=questions)


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
        confirmed_by=entry.actor if entry.actor.role in COMMISSIONERS else None,
    )
    same = (event.session, event.request)
    others = tuple(one for one in cycle.judgements if (one.session, one.request) != same)
    return cycle.model_copy(update={"judgements": (*others, judgement)})


def assurance_confirmed(cycle: Cycle, event: AssuranceConfirmed, entry: Entry) -> Cycle:
    """The Commissioner made it their own.

    Source: process.events
    """
    same = (event.session, event.request)
    judgements = tuple(
        one.model_copy(update={"confirmed_by": entry.actor}) if (one.session, one.request) == same else one
        for one in cycle.judgements
    )
    return cycle.model_copy(update={"judgements": judgements})


def vote_recorded(cycle: Cycle, event: VoteRecorded, entry: Entry) -> Cycle:
    """One more vote, with the membership then in force.

    Source: prsra-2011.sch5.p4
    """
    facts = event.model_dump(exclude={"kind", "session", "vote"})
    vote = Vote.model_validate({**facts, "number": event.vote, "by": entry.actor, "at": entry.at})
    return on_session(cycle, event.session, votes=(*session_of(cycle, event.session).votes, vote))


def _notice(event: AgendaPublished | PapersPublished, entry: Entry) -> Notice:
    return Notice(at=entry.at, by=entry.actor, due=event.due, late=event.late, urgency=event.urgency)
