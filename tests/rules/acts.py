"""One command of every kind, as somebody who may give it would, for tests to start from and change."""

from datetime import date, datetime
from typing import Any

from reference.catalogue import standards
from rules.clocks import instant
from schemas.commands import AnyCommand
from schemas.people import Actor
from tests import scenario as s
from tests.rules import findings_acts, outcome_acts, session_acts
from tests.rules import request_acts as requests
from tests.rules.acting import ACTION, ANY, PROOF, REF, act
from tests.rules.raising_acts import escalate, remind, wake_me

__all__ = ["ACTION", "ANY", "PROOF", "REF", "act"]


def withdraw(request: int = 1, **facts: Any) -> AnyCommand:
    """The officer asks no longer."""
    return act(
        "WithdrawRequest", s.OFFICER, **{"request": request, "reason": s.say("No longer needed"), **facts}
    )


def acknowledge(request: int = 1, actor: Actor = s.LEAD) -> AnyCommand:
    """The lead has seen the request."""
    return act("Acknowledge", actor, request=request)


def ask_time(to: date, request: int = 1, actor: Actor = s.LEAD) -> AnyCommand:
    """The lead asks for more time."""
    return act("RequestExtension", actor, request=request, to=to, reason=s.say("The data come late"))


def decide_time(request: int = 1, *, granted: bool = True, actor: Actor = s.OFFICER) -> AnyCommand:
    """The officer decides on more time."""
    return act("DecideExtension", actor, request=request, granted=granted)


def move_session(starts_at: datetime, session: int = 1, **facts: Any) -> AnyCommand:
    """The officer moves a session."""
    facts = {"actor": s.OFFICER, "reason": s.say("The Commissioner is ill"), **facts}
    actor = facts.pop("actor")
    return act("MoveSession", actor, session=session, starts_at=starts_at, **facts)


def record_decision(basis: str = "prsra-2011.s1", actor: Actor = s.COMMISSIONER, **facts: Any) -> AnyCommand:
    """The Commissioner decides."""
    said = {
        "title": s.say("Ask for a plan"),
        "options": s.say("Ask, or wait"),
        "reasons": s.say("Waiting did not help"),
    }
    return act("RecordDecision", actor, basis=basis, **{**said, **facts})


def propose(due_on: date, action: str = ACTION, actor: Actor = s.OFFICER, **facts: Any) -> AnyCommand:
    """An undertaking of the lead."""
    facts = {"what": s.say("Publish the numbers"), "owner": s.LEAD.person, **facts}
    return act("ProposeAction", actor, action=action, due_on=due_on, **facts)


def confirm(action: str = ACTION, actor: Actor = s.COORDINATION) -> AnyCommand:
    """The force agrees."""
    return act("ConfirmAction", actor, action=action)


def claim(covers_to: date, action: str = ACTION, actor: Actor = s.LEAD, **facts: Any) -> AnyCommand:
    """The owner says it is done."""
    return act("ClaimDone", actor, action=action, covers_to=covers_to, **{"proof": PROOF, **facts})


def verify(action: str = ACTION, actor: Actor = s.OFFICER) -> AnyCommand:
    """The officer has checked."""
    return act("VerifyDone", actor, action=action)


def pause(actor: Actor = s.OFFICER) -> AnyCommand:
    """The cycle waits."""
    return act("Pause", actor, reason=s.say("An inspection takes everybody's time"))


def resume(actor: Actor = s.OFFICER) -> AnyCommand:
    """The cycle goes on."""
    return act("Resume", actor)


def cancel(actor: Actor = s.OFFICER) -> AnyCommand:
    """The cycle ends unpublished."""
    return act("Cancel", actor, reason=s.say("Overtaken by an inspection"))


def change_calendar(to: str = "england-and-wales/2099-01-01", actor: Actor = s.OFFICER) -> AnyCommand:
    """A newer edition is released."""
    return act("ChangeCalendar", actor, to=to)


def change_standards(edition: int = 2, actor: Actor = s.OFFICER, **changes: Any) -> AnyCommand:
    """Newer standards are released, the same unless said otherwise."""
    newer = standards()["performance"].model_copy(update={"edition": edition, **changes})
    return act("ChangeStandards", actor, standards=newer)


def one_of_each(now: datetime) -> dict[str, AnyCommand]:
    """One command of every kind, by its kind."""
    later = s.date_after(now, 25)
    every = (
        s.open_cycle(REF, now),
        s.add_request(REF),
        withdraw(),
        acknowledge(),
        s.submit(REF),
        s.send_back(REF),
        s.accept(REF),
        ask_time(later),
        decide_time(),
        s.fix_session(REF, instant(later, "14:00")),
        move_session(instant(later, "14:00")),
        s.attendance(REF),
        s.judge(REF),
        record_decision(),
        propose(later),
        confirm(),
        claim(now.date()),
        verify(),
        s.findings(REF),
        s.approve(REF, s.CHIEF_EXECUTIVE),
        s.publish(REF),
        pause(),
        resume(),
        change_calendar(),
        change_standards(),
        cancel(),
        *session_acts.every(),
        *outcome_acts.every(later),
        *requests.every(s.date_after(now, 40)),
        *findings_acts.every(now),
        escalate(),
        remind(),
        wake_me(later),
    )
    return {command.kind: command for command in every}
