"""Emailed links: how long a code holds, how often it may be typed and asked for, and who is led where."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from rules.acting.appointments import leads_of, role_on
from rules.acting.authority import answers_for
from rules.clocks import london
from schemas.cycle import Cycle, Request
from schemas.links import Code, Limit
from schemas.outcomes import Refused
from schemas.people import SIDE, Actor, Person

Span = tuple[int, timedelta]
"""So many times within so long."""

CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5
NOT_AGAIN_WITHIN = timedelta(seconds=30)
"""Asked for again so soon, the code that is on its way is the answer: a double click sends one mail."""
DIGITS = 6
PER_LINK: tuple[Span, ...] = ((5, timedelta(hours=1)), (12, timedelta(days=1)))
PER_PERSON: tuple[Span, ...] = ((10, timedelta(hours=1)), (30, timedelta(days=1)))
PER_PLACE: tuple[Span, ...] = ((40, timedelta(hours=1)),)
"""From one network address: a whole force may sit behind it."""
WISHES_PER_ADDRESS: tuple[Span, ...] = ((1, timedelta(hours=1)),)
WISHES_PER_PLACE: tuple[Span, ...] = ((10, timedelta(hours=1)),)


def code_limits(link: str, person: str, place: str) -> tuple[Limit, ...]:
    """How often codes may be asked for: of one link, to one person, from one network address.

    Units: times within an hour and within a day.
    Source: local.emailed-link
    """
    return (
        *_limits(f"link/{link}", PER_LINK),
        *_limits(f"person/{person}", PER_PERSON),
        *_limits(f"place/{place}", PER_PLACE),
    )


def ask_limits(address: str, place: str) -> tuple[Limit, ...]:
    """How often the office may be asked for a new link: for one mail address, from one network address.

    Units: times within an hour.
    Source: local.emailed-link
    """
    return (*_limits(f"ask/{address}", WISHES_PER_ADDRESS), *_limits(f"asks/{place}", WISHES_PER_PLACE))


def _limits(counted: str, spans: tuple[Span, ...]) -> tuple[Limit, ...]:
    return tuple(
        Limit(counted=f"{counted}/{int(within.total_seconds())}", most=most, within=within)
        for most, within in spans
    )


def is_live(code: Code | None, now: datetime) -> bool:
    """Whether a code can still be typed.

    Source: local.emailed-link
    """
    return (
        code is not None
        and code.used_at is None
        and code.tries < MOST_TRIES
        and now < code.made_at + CODE_LASTS
    )


def is_on_its_way(code: Code | None, now: datetime) -> bool:
    """Whether a code was sent a moment ago, so that no second one is.

    Source: local.emailed-link
    """
    return is_live(code, now) and code is not None and now < code.made_at + NOT_AGAIN_WITHIN


def wrong_code(code: Code | None, now: datetime) -> Refused:
    """What to say where a code was not taken, from the code as it stands after this try.

    Source: local.emailed-link
    """
    if code is not None and not is_live(code, now) and code.used_at is None and code.tries < MOST_TRIES:
        return _refused("code_expired", "This code has expired: it holds for 10 minutes. Send a new one.")
    if code is None or not is_live(code, now):
        return _refused("code_used_up", "This code can no longer be used. Send a new one.")
    left = MOST_TRIES - code.tries
    tries = "1 try is" if left == 1 else f"{left} tries are"
    return _refused(
        "wrong_code", f"That is not the code in our newest email. Check its 6 digits; {tries} left."
    )


def not_a_code(typed: str) -> Refused | None:
    """A refusal where what was typed cannot be a code; no try is counted for it.

    Source: local.emailed-link
    """
    if len(typed) == DIGITS and typed.isascii() and typed.isdecimal():
        return None
    return _refused("not_a_code", "Enter the 6 digits of the code in our email, such as 012345")


def too_many_codes(again_at: datetime) -> Refused:
    """A refusal where codes were asked for too often.

    Source: local.emailed-link
    """
    return _refused(
        "too_many_codes",
        "Many codes were asked for, so no other is sent now. Use the one in our newest email. "
        f"You can ask for another after {london(again_at):%H:%M}.",
    )


def mail_down() -> Refused:
    """A refusal where the code could not be sent.

    Source: local.emailed-link
    """
    return _refused(
        "mail_down",
        "We could not send an email just now, so there is no code yet. Nothing is lost: "
        "wait a minute and press the button again.",
    )


def is_closed(cycle: Cycle, request: Request) -> bool:
    """Whether nothing is owed by a request any longer, so that its link leads to receipts alone.

    Source: local.emailed-link
    """
    return cycle.over or request.state in ("accepted", "withdrawn")


def led_as(person: Person, request: Request, people: Mapping[str, Person], day: date) -> Actor | None:
    """In which role, and for which lead, a link lets somebody answer a request; None where it does not.

    Source: local.emailed-link
    """
    role = role_on(person, day)
    if SIDE[role] != "force":
        return None
    for lead in (None, *leads_of(person, people, day)):
        actor = Actor(person=person.id, role=role, deputising_for=lead)
        if answers_for(actor, request, day) is None:
            return actor
    return Actor(person=person.id, role=role) if request.draft.certifier == person.id else None


def _refused(code: str, message: str) -> Refused:
    return Refused(code=code, message=message, source="local.emailed-link", field="code")
