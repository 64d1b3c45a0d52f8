"""What every session ends with: its account checked, signed and published, and its actions done."""

from demonstration.dates import PLANNED
from demonstration.telling import Telling
from schemas.commands import (
    ApproveFindings,
    ClaimDone,
    DecideActionDate,
    InviteFactCheck,
    MoveActionDate,
    Publish,
    SubmitFactCheck,
    VerifyDone,
)


def account(
    tell: Telling, *, answer: str, after_notes: str, drafted: int, signed: int, checked: int | None
) -> None:
    """The account of a session: drafted from its notes, checked by the force, signed by two, published.

    Days are working days after the session; without a day of its check, the force lets the window pass.
    """
    tell.drafted(drafted, "15:00", answer=answer, after_notes=after_notes)
    tell.then(drafted, "15:10", "policy-officer", InviteFactCheck, version=1)
    if checked is not None:
        tell.then(checked, "11:00", "chief-constable", SubmitFactCheck, version=1)
    statement = tell.say("I have read this account and approve it.")
    tell.act(signed, "10:00", "chief-executive", ApproveFindings, version=1, statement=statement)
    tell.act(signed + 1, "16:00", "commissioner", ApproveFindings, version=1, statement=statement)
    tell.act(signed + 2, "10:00", "publication-officer", Publish, version=1)


def put_off(tell: Telling, action: str, *, owner: str, minute: int, days: int) -> None:
    """The timescale of an action that was outstanding in December is agreed there, by the record."""
    to = tell.dates.on(PLANNED, days)
    reason = tell.say("the session of December agreed timescales for what was outstanding.")
    tell.then(0, f"12:{minute}", owner, MoveActionDate, of=PLANNED, action=action, to=to, reason=reason)
    tell.then(
        0, f"12:{minute + 5}", "policy-officer", DecideActionDate, of=PLANNED, action=action, granted=True
    )


def done(tell: Telling, action: str, *, owner: str, days: int, of: str) -> None:
    """An action is done, with proof to the day before, and verified on the day after."""
    proof = tell.paper("what shows that it was done.")
    covers_to = tell.dates.on(of, days - 1)
    tell.then(days, "14:30", owner, ClaimDone, of=of, action=action, proof=proof, covers_to=covers_to)
    tell.then(days + 1, "10:30", "policy-officer", VerifyDone, of=of, action=action)
