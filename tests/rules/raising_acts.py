"""Taking something higher, and asking to be reminded, for tests to start from and change."""

from datetime import date
from typing import Any

from schemas.commands import AnyCommand
from schemas.people import Actor
from tests import scenario as s
from tests.rules.acting import act


def escalate(actor: Actor = s.OFFICER, **facts: Any) -> AnyCommand:
    """The officer takes the first request to the Chief Constable, unless something else is named."""
    what = {} if facts.keys() & {"request", "action"} else {"request": 1}
    to = s.CHIEF_CONSTABLE.person
    return act(
        "Escalate", actor, **{**what, "to": to, "reason": s.say("Three reminders brought nothing"), **facts}
    )


def remind(actor: Actor = s.OFFICER, **facts: Any) -> AnyCommand:
    """The officer has the lead of the first request reminded, unless something else is named."""
    what = {} if facts.keys() & {"request", "action"} else {"request": 1}
    return act("Remind", actor, **{**what, **facts})


def wake_me(on: date, actor: Actor = s.OFFICER) -> AnyCommand:
    """The officer wants to be reminded on a day."""
    return act("WakeMe", actor, on=on, about=s.say("Ask how the recruitment goes"))
