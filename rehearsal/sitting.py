"""Sessions in skipped time: notice given on its last day, the session held, judgements after it."""

from collections.abc import Iterator

from rehearsal.people import Cast, Planned, key_of
from rules.clocks import civil, instant
from rules.meeting.forums import seats_of
from rules.meeting.noticing import given, notice_of
from rules.publishing.due import last_held
from schemas.clocks import Due
from schemas.commands import JudgeAssurance, PublishAgenda, PublishPapers, RecordAnswer, RecordAttendance
from schemas.cycle import Cycle, Question, Request, Session
from schemas.evidence import WrittenItem
from schemas.people import Role
from schemas.sessions import AgendaItem

NOON = "12:00"


def on_sessions(cast: Cast, cycle: Cycle) -> Iterator[Planned]:
    """What would be done next for each session."""
    for session in cycle.sessions:
        if session.coming:
            yield from _noticed(cast, cycle, session)
            yield _held(cast, cycle, session)
        yield from _written_answers(cast, cycle, session)
    yield from _judged(cast, cycle)


def _noticed(cast: Cast, cycle: Cycle, session: Session) -> Iterator[Planned]:
    due = notice_of(cycle, session, cast.calendar)
    if due is None:
        return
    at = cast.at(due.on, 0, NOON)
    if at >= session.starts_at:
        return
    facts = {
        "cycle": cycle.reference,
        "actor": cast.by(Role.POLICY_OFFICER, due.on),
        "session": session.number,
        "urgency": cast.said("the chair's reason") if at > due.at else None,
    }
    if not given(session, due):
        items = (AgendaItem(number=1, title=cycle.question),)
        key = key_of(cycle, "agenda", session.number, due.on)
        yield Planned(at, PublishAgenda(key=key, items=items, **facts))
    if not _opened(session, due):
        papers = (WrittenItem(text=cast.said("the papers")),)
        key = key_of(cycle, "papers", session.number, due.on)
        yield Planned(at, PublishPapers(key=key, papers=papers, **facts))


def _opened(session: Session, due: Due) -> bool:
    """Whether papers are open for the session's present day."""
    return any(one.due is not None and one.due.on == due.on for one in session.papers)


def _held(cast: Cast, cycle: Cycle, session: Session) -> Planned:
    day = civil(session.starts_at)
    bare = RecordAttendance(
        cycle=cycle.reference,
        key=key_of(cycle, "held", session.number),
        actor=cast.by(Role.POLICY_OFFICER, day),
        session=session.number,
        present=tuple(cast.by(role, day).person for role in (Role.COMMISSIONER, Role.CHIEF_CONSTABLE)),
    )
    seats = seats_of(cast.forums, cycle, bare) or ()
    if session.rules and session.rules.quorum:
        bare = bare.model_copy(update={"members": seats, "members_present": seats})
    elif seats:
        bare = bare.model_copy(update={"members": seats})
    return Planned(cast.not_before(max(instant(day, "20:00"), session.starts_at)), bare)


def _written_answers(cast: Cast, cycle: Cycle, session: Session) -> Iterator[Planned]:
    for question in session.questions:
        if question.in_writing_by and question.promised_for:
            yield _written(cast, cycle, session, question)


def _written(cast: Cast, cycle: Cycle, session: Session, question: Question) -> Planned:
    on = question.promised_for or civil(question.at)
    command = RecordAnswer(
        cycle=cycle.reference,
        key=key_of(cycle, "answer", session.number, question.number),
        actor=cast.by(Role.POLICY_OFFICER, on),
        session=session.number,
        question=question.number,
        answer=cast.said("the answer in writing"),
        by=question.answered_by,
    )
    return Planned(cast.at(on, 0, NOON), command)


def _judged(cast: Cast, cycle: Cycle) -> Iterator[Planned]:
    session = last_held(cycle)
    if session is None or cycle.published() or not cast.conduct.judges:
        return
    at = cast.not_before(instant(civil(session.starts_at), "20:30"))
    judged = {one.request for one in cycle.judgements}
    for request in cycle.requests:
        if request.number not in judged and request.state != "withdrawn":
            yield Planned(at, _judgement(cast, cycle, session, request))


def _judgement(cast: Cast, cycle: Cycle, session: Session, request: Request) -> JudgeAssurance:
    return JudgeAssurance(
        cycle=cycle.reference,
        key=key_of(cycle, "judge", request.number),
        actor=cast.by(Role.COMMISSIONER, civil(session.starts_at)),
        session=session.number,
        request=request.number,
        judgement="assured" if request.state == "accepted" else "not_assured",
        reasons=cast.said("by what had been returned and accepted"),
    )
