"""May this be done with the programme, and what happens then?"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from rules.programme import delivering, outside, planning
from rules.programme.authority import may_programme
from rules.programme.verdict import ProgrammeAllowed, ProgrammeDecision, refuse
from schemas.outcomes import Refused
from schemas.programme import Programme
from schemas.programme.commands import AnyProgrammeCommand, OpenProgramme
from schemas.programme.events import ProgrammeOpened

Deciding = Callable[[Programme, Any, datetime], ProgrammeDecision]

PROGRAMME_DECISIONS: dict[str, Deciding] = {
    "ProposeSlots": planning.propose_slots,
    "ChangeSlot": planning.change_slot,
    "MoveSlots": planning.move_slots,
    "DropSlot": planning.drop_slot,
    "AdoptYear": planning.adopt_year,
    "NoteOpened": planning.note_opened,
    "NoteNotOpened": planning.note_not_opened,
    "TakeOutside": outside.take_outside,
    "AcceptProposal": outside.accept_proposal,
    "DeclineProposal": outside.decline_proposal,
    "AssessDelivery": delivering.assess_delivery,
    "FreezeDelivery": delivering.freeze_delivery,
}


def decide_programme(
    programme: Programme | None, command: AnyProgrammeCommand, now: datetime
) -> ProgrammeDecision:
    """What a command comes to: the events that it makes, or a refusal with its reason.

    Source: local.programme
    """
    if refused := may_programme(command):
        return refused
    if isinstance(command, OpenProgramme):
        return _open(programme, command)
    if programme is None:
        return no_programme(command.programme)
    return PROGRAMME_DECISIONS[command.kind](programme, command, now)


def no_programme(reference: str) -> Refused:
    """The refusal of an act on a programme that does not exist.

    Source: process.wrong-input
    """
    return refuse(
        "no_programme",
        f"There is no programme {reference} yet. Begin it first: `starter.py programme begin`, "
        "or the button on the programme's page.",
        "programme",
    )


def _open(programme: Programme | None, command: OpenProgramme) -> ProgrammeDecision:
    if programme:
        return refuse(
            "programme_exists",
            f"{programme.reference} has been running since {programme.opened_at:%-d %B %Y}. "
            "Plan a year in it.",
        )
    return ProgrammeAllowed(events=(ProgrammeOpened(set_back=command.set_back),))
