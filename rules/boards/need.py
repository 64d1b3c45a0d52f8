"""How one need is written down: its key is what it is about and whom it needs."""

from datetime import datetime

from schemas.boards import Needed
from schemas.cycle import Action, Request
from schemas.people import Role


def need(
    whom: str, what: str, at: datetime, number: object = "", title: str | None = None, **more: object
) -> Needed:
    """One need; from `at` on, unless said otherwise.

    Source: process.commands
    """
    return Needed.model_validate(
        {
            "key": f"{what}/{number}/{whom}",
            "whom": whom,
            "what": what,
            "number": str(number),
            "title": title,
            "at": at,
            "shows_at": at,
            **more,
        }
    )


def of_request(role: Role, what: str, one: Request, at: datetime, **more: object) -> Needed:
    """A need about a request.

    Source: process.commands
    """
    return need(role.value, what, at, one.number, one.draft.title, **more)


def of_action(whom: str, what: str, one: Action, at: datetime) -> Needed:
    """A need about an action.

    Source: process.commands
    """
    return need(whom, what, at, one.number, one.what)
