"""One whole cycle as commands: three requests, one sent back, a session, two actions, publication."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from demonstration.actors import CHIEF_EXECUTIVE, COMMISSIONER, COORDINATION, LEAD, OFFICER, PUBLISHER
from reference.catalogue import calendar, standards
from rules.clocks import civil, instant
from schemas.clocks import OnDate
from schemas.commands import (
    AcceptReturn,
    AnyCommand,
    ApproveFindings,
    ClaimDone,
    ConfirmAction,
    DraftFindings,
    JudgeAssurance,
    OpenCycle,
    ProposeAction,
    Publish,
    RecordAttendance,
    SendBack,
    SubmitReturn,
    VerifyDone,
)
from schemas.evidence import RequestDraft, WrittenItem
from schemas.people import Actor
from schemas.sessions import SessionDraft
from schemas.shape import Words

WORDS = Words()
SAID = WORDS.ref("Said for the bench, at the length of an ordinary sentence in an ordinary record.")
LATER = timedelta(days=60)


def whole_cycle(reference: str, now: datetime, actions: tuple[str, str]) -> Iterator[AnyCommand]:
    """The commands of one cycle, in order, all on the day of the session."""
    yield _opening(reference, now)
    yield from _evidence(reference, now)
    yield RecordAttendance(
        **_by(reference, OFFICER, "held"), present=("commissioner", "chief-constable"), held_at=now
    )
    for request in (1, 2, 3):
        yield JudgeAssurance(
            **_by(reference, COMMISSIONER, f"judge{request}"),
            request=request,
            judgement="partly_assured",
            reasons=SAID,
        )
    for number in actions:
        yield _proposal(reference, number, now)
        yield ConfirmAction(**_by(reference, COORDINATION, f"confirm{number[-3:]}"), action=number)
    yield DraftFindings(**_by(reference, OFFICER, "draft"), answer=SAID, body=SAID)
    yield ApproveFindings(**_by(reference, CHIEF_EXECUTIVE, "executive"), version=1, statement=SAID)
    yield ApproveFindings(**_by(reference, COMMISSIONER, "commissioner"), version=1, statement=SAID)
    yield Publish(**_by(reference, PUBLISHER, "publish"), version=1)
    for number in actions:
        yield ClaimDone(
            **_by(reference, LEAD, f"done{number[-3:]}"),
            action=number,
            proof=(WrittenItem(text=SAID),),
            covers_to=civil(now),
        )
        yield VerifyDone(**_by(reference, OFFICER, f"verify{number[-3:]}"), action=number)


def _opening(reference: str, now: datetime) -> OpenCycle:
    due = OnDate(on=civil(now + LATER))
    session = SessionDraft(starts_at=instant(civil(now), "23:59"), confirmed=True)
    return OpenCycle(
        **_by(reference, OFFICER, "open"),
        title=SAID,
        theme="reassuring",
        commitments=("SWM-REASSURE-01",),
        question=SAID,
        requests=tuple(RequestDraft(title=SAID, asked=(SAID,), lead=LEAD.person, due=due) for _ in range(3)),
        session=session,
        standards=standards()["performance"],
        calendar=calendar().version,
        body="west-mercia-opcc",
    )


def _evidence(reference: str, now: datetime) -> Iterator[AnyCommand]:
    for request in (1, 2, 3):
        yield _submission(reference, request, 1)
    again = OnDate(on=civil(now + LATER))
    yield SendBack(**_by(reference, OFFICER, "back"), request=1, gap=SAID, due=again)
    yield _submission(reference, 1, 2)
    for request in (1, 2, 3):
        yield AcceptReturn(**_by(reference, OFFICER, f"accept{request}"), request=request)


def _submission(reference: str, request: int, version: int) -> SubmitReturn:
    return SubmitReturn(
        **_by(reference, LEAD, f"submit{request}v{version}"),
        request=request,
        items=(WrittenItem(text=SAID),),
    )


def _proposal(reference: str, number: str, now: datetime) -> ProposeAction:
    return ProposeAction(
        **_by(reference, OFFICER, f"propose{number[-3:]}"),
        action=number,
        what=SAID,
        owner=LEAD.person,
        due_on=civil(now + LATER),
    )


def _by(reference: str, actor: Actor, act: str) -> dict[str, object]:
    return {"cycle": reference, "key": f"{reference}:{act}", "actor": actor}
