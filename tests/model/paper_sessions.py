"""Sessions in the tray: fixed, moved, called off, held; what was asked, answered and judged there."""

from datetime import datetime
from typing import Any

from tests.model.days import london, works
from tests.model.paper import Paper, Sitting, law


def convenes(command: Any, forum: str) -> bool:
    """The panel's secretariat sees to sessions of the panel alone."""
    return command.actor.role.value != "panel_secretariat" or forum == "panel"


def usual(paper: Paper, starts_at: datetime, *, confirmed: bool) -> bool:
    """Still to come, and a working day unless somebody means it."""
    return starts_at > paper.now and (confirmed or works(london(starts_at).date()))


def coming(paper: Paper, command: Any) -> Sitting | None:
    """The session, if it is still to be held and the actor convenes its forum."""
    found = paper.sessions.get(command.session)
    if found is None or found.state != "coming" or not convenes(command, found.forum):
        return None
    return found


@law("FixSession")
def fix(paper: Paper, command: Any) -> bool:
    """On a day to come."""
    wanted = command.session
    if not convenes(command, wanted.forum):
        return False
    if not usual(paper, wanted.starts_at, confirmed=wanted.confirmed):
        return False
    paper.sessions[len(paper.sessions) + 1] = Sitting(forum=wanted.forum, starts_at=wanted.starts_at)
    return True


@law("MoveSession")
def move(paper: Paper, command: Any) -> bool:
    """To another hour that is to come."""
    session = coming(paper, command)
    if session is None or command.starts_at == session.starts_at:
        return False
    if not usual(paper, command.starts_at, confirmed=command.confirmed):
        return False
    session.starts_at = command.starts_at
    return True


@law("CancelSession")
def call_off(paper: Paper, command: Any) -> bool:
    """While it is still to come."""
    session = coming(paper, command)
    if session is None:
        return False
    session.state = "cancelled"
    return True


@law("RecordAttendance")
def attendance(paper: Paper, command: Any) -> bool:
    """Not before its day; somebody was there."""
    session = coming(paper, command)
    if session is None or not command.present or london(session.starts_at).date() > paper.today:
        return False
    session.state = "held"
    return True


@law("AskQuestion")
def ask(paper: Paper, command: Any) -> bool:
    """At a session that was not called off, about a request that is there."""
    session = paper.sessions.get(command.session)
    if session is None or session.state == "cancelled" or not convenes(command, session.forum):
        return False
    about = paper.requests.get(command.request)
    if command.request is not None and (about is None or about.state == "withdrawn"):
        return False
    session.questions.append(False)
    return True


@law("RecordAnswer")
def answer(paper: Paper, command: Any) -> bool:
    """To a question that was put."""
    session = paper.sessions.get(command.session)
    if session is None or session.state == "cancelled" or not convenes(command, session.forum):
        return False
    if command.question > len(session.questions):
        return False
    session.questions[command.question - 1] = True
    return True


@law("JudgeAssurance")
def judge(paper: Paper, command: Any) -> bool:
    """On a session that was held and a request that stands."""
    session, request = paper.sessions.get(command.session), paper.requests.get(command.request)
    if session is None or session.state != "held" or request is None or request.state == "withdrawn":
        return False
    own = command.actor.role.value != "policy_officer"
    paper.judged[command.session, command.request] = (command.judgement, own)
    return True


@law("ConfirmAssurance")
def confirm(paper: Paper, command: Any) -> bool:
    """What an officer recorded becomes the commissioner's own, once."""
    found = paper.judged.get((command.session, command.request))
    if found is None or found[1]:
        return False
    paper.judged[command.session, command.request] = (found[0], True)
    return True
