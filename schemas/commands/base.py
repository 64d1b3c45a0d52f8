"""What every command carries, and what it may be about."""

from typing import Annotated

from pydantic import Field

from schemas.people import Actor
from schemas.shape import ActionNumber, CommandKey, CycleRef, Marking, Shape


class Command(Shape):
    """What every command carries."""

    cycle: CycleRef
    key: CommandKey
    actor: Actor
    marking: Marking = "OFFICIAL"


class ForRequest(Command):
    """A command about one evidence request, by its number in the cycle."""

    request: Annotated[int, Field(ge=1)]


class ForSession(Command):
    """A command about one session, by its number in the cycle."""

    session: Annotated[int, Field(ge=1)] = 1


class ForAction(Command):
    """A command about one action, by its number in the year."""

    action: ActionNumber


class ForFindings(Command):
    """A command about one version of the findings."""

    version: Annotated[int, Field(ge=1)]
