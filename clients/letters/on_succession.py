"""What letters say of a succession: who takes over from whom, as what, from which day, and why."""

from collections.abc import Callable
from datetime import date

from schemas.cycle import Succession
from schemas.notices import Notice
from schemas.rows import CyclePage
from schemas.successions import Part

PARTS: dict[Part, str] = {
    "body": "The governing body",
    "office_holder": "The office holder",
    "force": "The force",
    "panel": "The panel",
}


def taken(
    notice: Notice, page: CyclePage, name: Callable[[str], str], day: Callable[[date], str]
) -> list[dict[str, str]]:
    """The successions that a letter is about: those recorded at its instant, or else the last."""
    every = page.cycle.successions
    told = [one for one in every if one.at == notice.planned_at] or list(every[-1:])
    return [_said(one, page, name, day) for one in told]


def _said(
    one: Succession, page: CyclePage, name: Callable[[str], str], day: Callable[[date], str]
) -> dict[str, str]:
    return {
        "what": PARTS[one.what],
        "was": _called(one, one.was, page.say(one.was_name), name),
        "to": _called(one, one.to, page.say(one.to_name), name),
        "on": day(one.from_on),
        "why": page.say(one.reason),
        "late": page.say(one.recorded_late),
    }


def _called(one: Succession, who: str | None, said: str, name: Callable[[str], str]) -> str:
    if said or who is None:
        return said
    return name(who) if one.what == "office_holder" else who
