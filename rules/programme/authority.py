"""Who may do what with a programme."""

from rules.acting.authority import CHIEF_EXECUTIVE, COMMISSIONERS, OFFICERS, titles
from schemas.outcomes import Refused
from schemas.people import Role
from schemas.programme.commands import AnyProgrammeCommand

ENGINE = frozenset({Role.ENGINE})

MAY_PROGRAMME: dict[str, frozenset[Role]] = {
    "OpenProgramme": OFFICERS | CHIEF_EXECUTIVE,
    "ProposeSlots": OFFICERS,
    "ChangeSlot": OFFICERS,
    "MoveSlots": OFFICERS | CHIEF_EXECUTIVE,
    "DropSlot": OFFICERS | COMMISSIONERS,
    "AdoptYear": COMMISSIONERS,
    "AcceptProposal": OFFICERS,
    "DeclineProposal": OFFICERS,
    "AssessDelivery": OFFICERS | CHIEF_EXECUTIVE,
    "FreezeDelivery": OFFICERS | CHIEF_EXECUTIVE,
    "NoteOpened": ENGINE,
    "NoteNotOpened": ENGINE,
    "TakeOutside": ENGINE,
}
"""Command by role. What is not here is refused."""

PROGRAMME_ACTS = {
    "OpenProgramme": "begin a programme",
    "ProposeSlots": "put cycles into the programme",
    "ChangeSlot": "plan a cycle of the programme differently",
    "MoveSlots": "move cycles of the programme",
    "DropSlot": "take a cycle out of the programme",
    "AdoptYear": "adopt a year of the programme",
    "AcceptProposal": "accept a proposed cycle",
    "DeclineProposal": "decline a proposed cycle",
    "AssessDelivery": "say how a commitment is delivered",
    "FreezeDelivery": "freeze the delivery plan",
    "NoteOpened": "note that a cycle was opened",
    "NoteNotOpened": "note that a cycle could not be opened",
    "TakeOutside": "take notice of an outside event",
}


def may_programme(command: AnyProgrammeCommand) -> Refused | None:
    """A refusal where the actor's role may not do this with a programme.

    Source: local.programme
    """
    allowed = MAY_PROGRAMME[command.kind]
    if command.actor.role in allowed:
        return None
    return Refused(
        code="not_your_role",
        message=f"As {command.actor.role.value.replace('_', ' ')} you may not "
        f"{PROGRAMME_ACTS[command.kind]}. Ask the {titles(allowed)}.",
        source="local.programme",
    )
