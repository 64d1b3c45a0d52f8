"""What a command comes to: allowed, refused, or not known yet."""

from schemas.events import AnyEvent
from schemas.shape import CycleRef, Instant, ProgrammeRef, Shape


class Refused(Shape):
    """A refusal that a person can act on: a code for programs, a sentence for people, and its source."""

    code: str
    message: str
    source: str
    field: str | None = None
    """The field of the command that has to change, where one does."""


class Allowed(Shape):
    """The events that the command makes; none where it changes nothing."""

    events: tuple[AnyEvent, ...]


Decision = Allowed | Refused


class Receipt(Shape):
    """The answer to an accepted command: it is in the ledger and the next read shows it."""

    cycle: CycleRef
    version: int
    at: Instant
    happened: tuple[str, ...]
    """The kinds of the events, in order."""
    number: str | None = None
    """The number of what was made, where one was: a request, a decision, a version, an action."""


class NotKnownYet(Shape):
    """No answer within the time limit. It may still be applied: ask again with the same key."""

    cycle: CycleRef | ProgrammeRef
    key: str
    message: str = (
        "We have your act but no answer yet. Nothing is lost: try again in a minute, "
        "and it will be recorded once."
    )


Outcome = Receipt | Refused | NotKnownYet
