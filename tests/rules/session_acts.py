"""Commands about sessions, as somebody who may give them would, for tests to start from and change."""

from datetime import datetime
from typing import Any

from reference.forums import forums
from rules.meeting.forums import held_on
from schemas.commands import AnyCommand
from schemas.people import Actor
from schemas.sessions import Forum, SessionDraft
from tests import scenario as s
from tests.rules.acting import PROOF, act

PANEL = held_on(forums()["panel"].seats, datetime(2026, 6, 1).date())  # noqa: DTZ001 - a civil day
"""The panel's seventeen seats."""


def draft(starts_at: datetime, forum: Forum = "panel", **facts: Any) -> SessionDraft:
    """A session of a forum with its rules as the office has them."""
    return SessionDraft(forum=forum, starts_at=starts_at, rules=forums()[forum].rules, **facts)


def fix(starts_at: datetime, forum: Forum = "panel", actor: Actor = s.OFFICER, **facts: Any) -> AnyCommand:
    """A session of a forum is fixed."""
    return act("FixSession", actor, session=draft(starts_at, forum, **facts))


def call_off(session: int = 1, **facts: Any) -> AnyCommand:
    """The session is called off."""
    facts = {"actor": s.OFFICER, "reason": s.say("The chair is ill"), **facts}
    return act("CancelSession", facts.pop("actor"), session=session, **facts)


def item(number: int, title: str = "Review of the action tracker", **facts: Any) -> dict[str, Any]:
    """One item of an agenda."""
    return {"number": number, "title": s.say(title), "why": "standing", **facts}


def agenda(*items: dict[str, Any], session: int = 1, **facts: Any) -> AnyCommand:
    """The agenda is published."""
    return act("PublishAgenda", s.OFFICER, session=session, items=items or (item(1),), **facts)


def papers(session: int = 1, **facts: Any) -> AnyCommand:
    """Papers are opened."""
    return act("PublishPapers", s.OFFICER, session=session, **{"papers": PROOF, **facts})


def attended(session: int = 1, there: int = 17, **facts: Any) -> AnyCommand:
    """So many of the panel's members were there."""
    facts = {"members": PANEL, "members_present": PANEL[:there], "present": ("commissioner",), **facts}
    return act("RecordAttendance", s.OFFICER, session=session, **facts)


def interest(person: str = "council-01", **facts: Any) -> AnyCommand:
    """Somebody declares an interest and leaves."""
    return act("DeclareInterest", s.OFFICER, person=person, what=s.say("A contract of a relative"), **facts)


def ask(asked_by: str = "commissioner", **facts: Any) -> AnyCommand:
    """A question is put."""
    return act("AskQuestion", s.OFFICER, question=s.say("How many?"), asked_by=asked_by, **facts)


def answer(question: int = 1, **facts: Any) -> AnyCommand:
    """It is answered."""
    return act("RecordAnswer", s.OFFICER, question=question, answer=s.say("Twelve."), **facts)


def confirm_judgement(request: int = 1, **facts: Any) -> AnyCommand:
    """The Commissioner makes a judgement their own."""
    return act("ConfirmAssurance", s.COMMISSIONER, request=request, **facts)


def vote(votes_for: int, against: int = 0, rule: str = "panel-decision", **facts: Any) -> AnyCommand:
    """A vote is counted."""
    facts = {"members": PANEL, **facts}
    return act(
        "RecordVote",
        s.OFFICER,
        question=s.say("Is the report supported?"),
        rule=rule,
        votes_for=votes_for,
        votes_against=against,
        **facts,
    )


def every() -> tuple[AnyCommand, ...]:
    """One of each kind."""
    return (
        call_off(),
        agenda(),
        papers(),
        interest(),
        ask(),
        answer(),
        confirm_judgement(),
        vote(10, 2),
    )
