"""Notice: the agenda and the papers of a session, published in time or late, and on record either way."""

from rules.clocks import civil
from rules.deciding.moment import Moment
from rules.deciding.session_of import standing, unheld
from rules.meeting.noticing import notice_of
from schemas.clocks import Due
from schemas.commands import PublishAgenda, PublishPapers
from schemas.cycle import Cycle, Session
from schemas.events import AgendaPublished, PapersPublished
from schemas.outcomes import Allowed, Decision, Refused


def publish_agenda(cycle: Cycle, command: PublishAgenda, moment: Moment) -> Decision:
    """Give notice of a session with its agenda; late is recorded, by law with the chair's reason.

    Source: lga-1972.s100b
    Source: local.notice
    """
    session = unheld(cycle, command)
    if isinstance(session, Refused):
        return session
    numbers = [one.number for one in command.items]
    if not numbers or numbers != list(range(1, len(numbers) + 1)):
        return Refused(
            code="agenda_numbers",
            message="Number the items of the agenda 1, 2, 3 and so on, at least one of them.",
            source="process.wrong-input",
            field="items",
        )
    due = notice_of(cycle, session, moment.calendar)
    urgency = command.urgency or session.urgency
    if refused := _too_late(session, due, moment, urgency):
        return refused
    event = AgendaPublished(
        session=session.number,
        items=command.items,
        due=due,
        late=_late(due, moment),
        urgency=urgency if _late(due, moment) else None,
    )
    return Allowed(events=(event,))


def publish_papers(cycle: Cycle, command: PublishPapers, moment: Moment) -> Decision:
    """Open the papers of a session; late is recorded, by law with the chair's reason.

    Papers may follow after the session, as a presentation does that was given at it.

    Source: lga-1972.s100b
    Source: local.notice
    """
    session = standing(cycle, command)
    if isinstance(session, Refused):
        return session
    if not command.papers:
        return Refused(
            code="no_papers",
            message="Add at least one paper: a file, a link or what was written.",
            source="process.wrong-input",
            field="papers",
        )
    due = notice_of(cycle, session, moment.calendar)
    urgency = command.urgency or session.urgency
    if session.held_at is None and (refused := _too_late(session, due, moment, urgency)):
        return refused
    event = PapersPublished(
        session=session.number,
        papers=command.papers,
        due=due,
        late=_late(due, moment),
        urgency=urgency if _late(due, moment) else None,
    )
    return Allowed(events=(event,))


def _late(due: Due | None, moment: Moment) -> bool:
    return due is not None and moment.now > due.at


def _too_late(session: Session, due: Due | None, moment: Moment, urgency: str | None) -> Refused | None:
    if session.rules is None or due is None or not session.rules.statutory:
        return None
    if urgency or not _late(due, moment):
        return None
    return Refused(
        code="needs_urgency",
        message=f"This was to be open by {due.on:%A %-d %B %Y}, {session.rules.notice_days} clear days "
        f"before the meeting on {civil(session.starts_at):%A %-d %B %Y}. "
        "Write the chair's reason for the urgency; the minutes have to say it.",
        source="lga-1972.urgency",
        field="urgency",
    )
