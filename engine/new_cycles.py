"""What a new cycle is told of who stands for the office, and who is to take over."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from reference.bodies import bodies
from rules.acting.bodies import followed_by, standing, to_come
from rules.clocks import civil
from schemas.commands import OpenCycle
from schemas.outcomes import Refused
from schemas.shape import Words
from schemas.successions import Announced, Called, TakesOver


class KnowsAnnounced(Protocol):
    """Where announcements are kept."""

    async def successions(self, office: str | None = None) -> list[Announced]:
        """Everything that is announced."""
        ...


async def name_of(reads: KnowsAnnounced, body: str, now: datetime) -> str:
    """The full name of whoever stands as an office's body today; its short name where nobody knows more."""
    made = await reads.successions(body)
    names = {one.id: one.name for one in bodies()} | {one.to: one.to_name for one in made}
    stands = followed_by(body, made, "body", civil(now))
    return names.get(stands, stands)


async def opened_for(reads: KnowsAnnounced, body: str, now: datetime, words: Words) -> dict[str, Any]:
    """What a new cycle is told of who stands: its body, the names of the day, and who is to take over.

    Nothing where nobody was ever announced, so that such a cycle is opened as before.
    """
    made = await reads.successions(body)
    if not made:
        return {}
    today = civil(now)
    stands = standing(bodies(), made, body, today)
    return {
        "body": followed_by(body, made, "body", today),
        "called": tuple(
            Called(what=what, id=who, name=words.ref(name)) for what, (who, name) in stands.items()
        ),
        "taking_over": tuple(_told(one, words) for one in to_come(made, today)),
    }


def _told(one: Announced, words: Words) -> TakesOver:
    return TakesOver(
        what=one.what,
        was=one.was,
        was_name=words.ref(one.was_name),
        to=one.to,
        to_name=words.ref(one.to_name),
        from_on=one.from_on,
        reason=words.ref(one.reason),
    )


def check_told(command: object, made: Iterable[Announced], now: datetime) -> Refused | None:
    """A refusal where a new cycle would be told of other successions than the office announced."""
    if not isinstance(command, OpenCycle):
        return None
    day = civil(now - command.set_back)
    announced = {(one.what, one.was, one.to, one.from_on) for one in to_come(made, day)}
    told = {(one.what, one.was, one.to, one.from_on) for one in command.taking_over}
    if told <= announced:
        return None
    return Refused(
        code="not_announced",
        message="The office has not announced that. Leave out who takes over: it is filled in for you.",
        source="process.wrong-input",
        field="taking_over",
    )
