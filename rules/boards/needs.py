"""What needs whom: from a cycle as it stands to everything that waits for somebody, by role or by person."""

from rules.boards.findings import of_findings
from rules.boards.outcomes import of_actions, of_sessions
from rules.boards.requests import of_requests
from schemas.boards import Needed
from schemas.cycle import Cycle
from schemas.people import Person, Role

IN_PLACE_OF = {Role.ACTING_COMMISSIONER: Role.COMMISSIONER}
BY_NAME = frozenset({Role.THEMATIC_LEAD, Role.FORCE_COORDINATION, Role.CHIEF_CONSTABLE})
"""Roles of the force in which somebody can be named to certify."""


def needs_of(cycle: Cycle) -> tuple[Needed, ...]:
    """Everything that a cycle needs of anybody; nothing once it is over.

    Source: process.commands
    """
    if cycle.over:
        return ()
    return (*of_requests(cycle), *of_sessions(cycle), *of_findings(cycle), *of_actions(cycle))


def whom_of(person: Person) -> tuple[str, ...]:
    """By which names a need can mean this person: their role, they in that role, they by name.

    Source: prsra-2011.s62
    """
    role = IN_PLACE_OF.get(person.role, person.role).value
    named = (f"/{person.id}",) if person.role in BY_NAME else ()
    return (role, f"{role}/{person.id}", *named)
