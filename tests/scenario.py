"""Commands of an ordinary cycle, for tests to start from and change."""

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from demonstration.actors import (
    CHIEF_CONSTABLE,
    CHIEF_EXECUTIVE,
    COMMISSIONER,
    COORDINATION,
    LEAD,
    OFFICER,
    OTHER_LEAD,
    PUBLISHER,
    SECOND_OFFICER,
    SECRETARIAT,
)
from reference.catalogue import calendar, demonstration_people, standards
from reference.working import working_calendar
from rules.clocks import civil, instant
from schemas.clocks import BeforeSession, Budget, WorkingDays
from schemas.commands import (
    AcceptReturn,
    AddRequest,
    ApproveFindings,
    DraftFindings,
    FixSession,
    JudgeAssurance,
    OpenCycle,
    Publish,
    RecordAttendance,
    SendBack,
    SubmitReturn,
)
from schemas.evidence import RequestDraft, WrittenItem
from schemas.people import Actor, Person
from schemas.sessions import SessionDraft
from schemas.shape import Words

__all__ = [
    "CHIEF_CONSTABLE", "CHIEF_EXECUTIVE", "COMMISSIONER", "COORDINATION", "LEAD", "OFFICER", "OTHER_LEAD",
    "PUBLISHER", "SECOND_OFFICER", "SECRETARIAT",
]  # fmt: skip
"""Those who act here go by these names in the tests."""

NUMBERS = itertools.count(1)
WORDS = Words()


def fresh_reference() -> str:
    """A cycle's reference that no other test of this run has."""
    return f"HTA-2026-{next(NUMBERS):04d}"


def key() -> str:
    """A command key that nobody else has."""
    return f"test-key-{next(NUMBERS):06d}"


def say(words: str) -> str:
    """The reference of some words, kept for whichever test sends them."""
    return WORDS.ref(words)


def draft(
    lead: str = "acc-local-policing", due: Budget | None = None, title: str = "A paper"
) -> RequestDraft:
    """A request to a lead, due ten working days from now unless said otherwise."""
    return RequestDraft(
        title=say(title), asked=(say("Volumes and reasons"),), lead=lead, due=due or WorkingDays(days=10)
    )


def open_cycle(reference: str, now: datetime, requests: int = 3, **changes: Any) -> OpenCycle:
    """An ordinary opening: three requests due before a session in thirty working days."""
    session_on = date_after(now, 30)
    facts: dict[str, Any] = {
        "cycle": reference,
        "key": key(),
        "actor": OFFICER,
        "title": say("Quarterly performance"),
        "theme": "reassuring",
        "commitments": ("SWM-REASSURE-01",),
        "question": say("Is the force doing what the plan promises?"),
        "requests": tuple(draft(due=BeforeSession(days=5), title=f"Paper {n + 1}") for n in range(requests)),
        "session": SessionDraft(starts_at=instant(session_on, "14:00")),
        "standards": standards()["performance"],
        "calendar": calendar().version,
        "body": "west-mercia-opcc",
    }
    return OpenCycle.model_validate({**facts, **changes})


def date_after(now: datetime, working_days: int) -> date:
    """The working day so many working days after an instant's own day in England."""
    found = working_calendar(calendar().version)
    assert not hasattr(found, "code")
    day = found.after(civil(now), working_days)
    assert isinstance(day, date)
    return day


def submit(reference: str, request: int = 1, **changes: Any) -> SubmitReturn:
    """A return with one written answer."""
    facts: dict[str, Any] = {
        "cycle": reference,
        "key": key(),
        "actor": LEAD,
        "request": request,
        "items": (WrittenItem(text=say("Here is the answer.")),),
    }
    return SubmitReturn.model_validate({**facts, **changes})


def accept(reference: str, request: int = 1) -> AcceptReturn:
    """The officer accepts."""
    return AcceptReturn(cycle=reference, key=key(), actor=OFFICER, request=request)


def send_back(reference: str, request: int = 1, days: int = 5) -> SendBack:
    """The officer names a gap."""
    return SendBack(
        cycle=reference,
        key=key(),
        actor=OFFICER,
        request=request,
        gap=say("The comparator data are missing."),
        due=WorkingDays(days=days),
    )


def add_request(reference: str, **changes: Any) -> AddRequest:
    """One more request."""
    return AddRequest(cycle=reference, key=key(), actor=OFFICER, request=draft(**changes))


def fix_session(reference: str, starts_at: datetime, **changes: Any) -> FixSession:
    """A session on a day."""
    session = SessionDraft(starts_at=starts_at, **changes)
    return FixSession(cycle=reference, key=key(), actor=OFFICER, session=session)


def attendance(reference: str) -> RecordAttendance:
    """The Commissioner and the Chief Constable were there."""
    return RecordAttendance(
        cycle=reference, key=key(), actor=OFFICER, present=("commissioner", "chief-constable")
    )


def judge(reference: str, request: int = 1, judgement: str = "partly_assured") -> JudgeAssurance:
    """The Commissioner's judgement on one item."""
    return JudgeAssurance.model_validate(
        {
            "cycle": reference,
            "key": key(),
            "actor": COMMISSIONER,
            "request": request,
            "judgement": judgement,
            "reasons": say("Supervision has declined."),
        }
    )


def findings(reference: str, actor: Actor = OFFICER) -> DraftFindings:
    """A draft of the findings."""
    return DraftFindings(
        cycle=reference, key=key(), actor=actor, answer=say("Partly."), body=say("## What we found\n\nMuch.")
    )


def approve(reference: str, actor: Actor, version: int = 1) -> ApproveFindings:
    """A signature."""
    return ApproveFindings(
        cycle=reference, key=key(), actor=actor, version=version, statement=say("I approve this account.")
    )


def publish(reference: str, version: int = 1, actor: Actor = PUBLISHER) -> Publish:
    """Publication."""
    return Publish(cycle=reference, key=key(), actor=actor, version=version)


def wall_now() -> datetime:
    """Now, for tests on the real server."""
    return datetime.now(UTC)  # noqa: TID251 - a test on a real server starts from the real clock


def people() -> list[Person]:
    """The people of the demonstration."""
    return list(demonstration_people().values())


DAY = timedelta(days=1)
