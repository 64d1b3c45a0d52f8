"""Questions and answers of a session: who may ask until when, and what was said."""

from rules.clocks import civil, london
from rules.deciding.moment import Moment
from rules.deciding.session_of import no_such_request, standing
from rules.meeting.noticing import cutoff
from schemas.commands import AskQuestion, RecordAnswer
from schemas.cycle import Cycle, Session
from schemas.events import AnswerRecorded, QuestionAsked
from schemas.outcomes import Allowed, Decision, Refused


def ask_question(cycle: Cycle, command: AskQuestion, moment: Moment) -> Decision:
    """Put a question to a session; the public's only where it is taken, and before the cut-off.

    Source: process.commands
    Source: panel.public-participation
    """
    session = standing(cycle, command)
    if isinstance(session, Refused):
        return session
    if command.request is not None:
        request = cycle.request(command.request)
        if request is None or request.state == "withdrawn":
            return no_such_request(cycle, command.request)
    received_at = command.received_at or moment.now
    if received_at > moment.now:
        return _wrong(
            "not_yet_received",
            f"The question cannot have come in at {london(received_at):%H:%M on %A %-d %B %Y}, "
            "which is still to come. Enter when it came.",
            "received_at",
        )
    late = _after_cutoff(session, command, moment)
    if isinstance(late, Refused):
        return late
    event = QuestionAsked(
        session=session.number,
        question=len(session.questions) + 1,
        text=command.question,
        asked_by=command.asked_by,
        request=command.request,
        received_at=received_at,
        late=late,
        allowed_late=command.allowed_late if late else None,
    )
    return Allowed(events=(event,))


def record_answer(cycle: Cycle, command: RecordAnswer, moment: Moment) -> Decision:
    """Record what was answered, or that the answer comes in writing by a day; a later answer replaces it.

    Source: process.commands
    """
    session = standing(cycle, command)
    if isinstance(session, Refused):
        return session
    if session.question(command.question) is None:
        return _wrong(
            "no_such_question",
            f"The session has no question {command.question}; it has {len(session.questions)}. "
            "Record the question first.",
            "question",
        )
    by = command.in_writing_by
    if by is not None and by <= moment.today:
        return _wrong(
            "not_later",
            f"{by:%A %-d %B %Y} is not later than today. Choose the day by which the answer is promised, "
            "or leave it out.",
            "in_writing_by",
        )
    event = AnswerRecorded(
        session=session.number,
        question=command.question,
        answer=command.answer,
        by=command.by,
        in_writing_by=by,
    )
    return Allowed(events=(event,))


def _after_cutoff(session: Session, command: AskQuestion, moment: Moment) -> bool | Refused:
    """Whether a question of the public came late and the chair takes it; refused where nobody does."""
    if command.asked_by != "public":
        return False
    rules = session.rules
    if rules is None or not rules.public_questions:
        return _wrong(
            "no_public_questions",
            f"{rules.title if rules else 'This forum'} takes no questions from the public. "
            "Record it as the Commissioner's or a member's, if one of them puts it.",
            "asked_by",
        )
    until = cutoff(rules, session.starts_at, moment.calendar)
    if isinstance(until, Refused):
        return until
    late = (command.received_at or moment.now) > until
    if late and not command.allowed_late:
        return Refused(
            code="after_cutoff",
            message=f"The public's questions to the session on {civil(session.starts_at):%A %-d %B %Y} were "
            f"taken until {london(until):%H:%M on %A %-d %B %Y}. Write the chair's reason to take it, "
            "or tell whoever asks about the next session.",
            source="panel.public-participation",
            field="allowed_late",
        )
    return late


def _wrong(code: str, message: str, field: str) -> Refused:
    return Refused(code=code, message=message, source="process.wrong-input", field=field)
