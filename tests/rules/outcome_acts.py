"""Commands about actions that two sides do not agree on, about their days, and about who takes over."""

from datetime import date
from typing import Any

from schemas.commands import AnyCommand
from schemas.people import Actor
from tests import scenario as s
from tests.rules.acting import ACTION, act

BODY = "west-mercia-policing-and-crime-board"


def dispute(action: str = ACTION, actor: Actor = s.COORDINATION) -> AnyCommand:
    """The force says that this was not undertaken."""
    return act("DisputeAction", actor, action=action, reason=s.say("Nobody here recalls it"))


def take_back(action: str = ACTION, actor: Actor = s.OFFICER) -> AnyCommand:
    """The side that proposed it takes it back."""
    return act("WithdrawAction", actor, action=action, reason=s.say("It was a misunderstanding"))


def ask_date(to: date, action: str = ACTION, actor: Actor = s.LEAD) -> AnyCommand:
    """The owner asks for a later day."""
    return act("MoveActionDate", actor, action=action, to=to, reason=s.say("The data come late"))


def decide_date(action: str = ACTION, actor: Actor = s.OFFICER, *, granted: bool = True) -> AnyCommand:
    """The office decides on it."""
    reason = s.say("It is a good reason")
    return act("DecideActionDate", actor, action=action, granted=granted, reason=reason)


def progress(action: str = ACTION, actor: Actor = s.LEAD, assessment: str = "on_track") -> AnyCommand:
    """The owner says how it stands."""
    account = s.say("Half of it is done")
    return act("ReportProgress", actor, action=action, account=account, assessment=assessment)


def reopen(due_on: date, action: str = ACTION, actor: Actor = s.OFFICER) -> AnyCommand:
    """The proof does not hold."""
    return act("Reopen", actor, action=action, due_on=due_on, reason=s.say("The numbers are last year's"))


def pass_on(to: str = s.OTHER_LEAD.person, action: str = ACTION, actor: Actor = s.OFFICER) -> AnyCommand:
    """Another owner on the same side."""
    return act("PassOn", actor, action=action, to=to, reason=s.say("The portfolio has changed hands"))


def succeed(from_on: date, to: str = BODY, **facts: Any) -> AnyCommand:
    """Another body takes over."""
    reason = s.say("The office ends by law")
    return act("Succeed", s.CHIEF_EXECUTIVE, **{"to": to, "from_on": from_on, "reason": reason, **facts})


def every(later: date) -> tuple[AnyCommand, ...]:
    """One of each kind."""
    return (
        dispute(),
        take_back(),
        ask_date(later),
        decide_date(),
        progress(),
        reopen(later),
        pass_on(),
        succeed(later),
    )
