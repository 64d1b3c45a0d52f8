"""What an office announces, for tests to start from and change."""

from datetime import date
from typing import Any

from schemas.people import Actor, Role
from schemas.successions import Announced, Called, TakesOver
from tests import scenario as s

OLD, NEW = "west-mercia-opcc", "west-mercia-mayor"
OLD_NAME, NEW_NAME = "Police and Crime Commissioner for West Mercia", "Mayor of West Mercia"
DEPUTY = Actor(person="deputy-commissioner", role=Role.DEPUTY_COMMISSIONER)


def announced(from_on: date, **facts: Any) -> Announced:
    """A mayor takes over from the commissioner."""
    said: dict[str, Any] = {
        "office": OLD,
        "what": "body",
        "was": OLD,
        "was_name": OLD_NAME,
        "to": NEW,
        "to_name": NEW_NAME,
        "from_on": from_on,
        "reason": "The office ends by law",
        "announced_by": "chief-executive",
    }
    return Announced.model_validate({**said, **facts})


def force(from_on: date, **facts: Any) -> Announced:
    """The force gets another name."""
    names = {"was": "west-mercia-police", "was_name": "West Mercia Police"}
    to = {"to": "mercia-police", "to_name": "Mercia Police"}
    return announced(from_on, what="force", **{**names, **to, **facts})


def told(one: Announced) -> TakesOver:
    """The same as a new cycle is told of it."""
    return TakesOver(
        what=one.what,
        was=one.was,
        was_name=s.say(one.was_name),
        to=one.to,
        to_name=s.say(one.to_name),
        from_on=one.from_on,
        reason=s.say(one.reason),
    )


def called(what: str = "body", who: str = NEW, name: str = NEW_NAME) -> Called:
    """Who stands from the opening on."""
    return Called.model_validate({"what": what, "id": who, "name": s.say(name)})
