"""What outside events do to a programme: a line for each, and proposals that wait for an officer."""

from datetime import datetime

from rules.clocks import civil
from rules.programme.planning import checked
from rules.programme.verdict import ProgrammeAllowed, ProgrammeDecision, next_numbers, refuse
from rules.programme.years import year_of
from schemas.outcomes import Refused
from schemas.programme import Programme, Proposal, SlotDraft
from schemas.programme.commands import AcceptProposal, DeclineProposal, Proposed, TakeOutside
from schemas.programme.events import (
    AnyProgrammeEvent,
    CycleProposed,
    OutsideTaken,
    ProposalAccepted,
    ProposalDeclined,
    SlotAdopted,
    SlotProposed,
)


def take_outside(programme: Programme, command: TakeOutside, now: datetime) -> ProgrammeDecision:
    """The line of an outside event, with the proposal or the adopted cycle that its rule asks for.

    A cycle that a rule would open by itself, but that clashes with the programme, waits as a proposal, and
    the line says why: an officer has to see it.

    Source: local.programme
    """
    if command.outcome == "proposed" and command.proposed:
        return _proposes(programme, command, command.proposed, now)
    if command.outcome == "opens" and command.opens:
        return _opens(programme, command, command.opens, now)
    return ProgrammeAllowed(events=(_line(command),))


def _proposes(
    programme: Programme, command: TakeOutside, asked: Proposed, now: datetime, held_back: str | None = None
) -> ProgrammeDecision:
    if command.rule is None:
        return refuse(
            "no_rule", "A proposal from outside names the rule that makes it. Send it with the rule."
        )
    number = len(programme.proposals) + 1
    line = _line(command, proposal=number, held_back=held_back)
    proposal = _proposal(command, command.rule, asked, number, now)
    return ProgrammeAllowed(events=(line, CycleProposed(proposal=proposal)))


def _opens(programme: Programme, command: TakeOutside, draft: SlotDraft, now: datetime) -> ProgrammeDecision:
    year = year_of(civil(draft.session_at) if draft.session_at else draft.opens_on)
    (number,) = next_numbers(programme, year, 1)
    if refused := checked(programme, year, {number: draft}, now):
        asked = Proposed(
            title=draft.title,
            theme=draft.theme,
            commitments=draft.commitments,
            question=draft.question,
            cycle_kind=draft.cycle_kind,
        )
        waiting = command.model_copy(update={"outcome": "proposed"})
        return _proposes(programme, waiting, asked, now, refused.message)
    events: tuple[AnyProgrammeEvent, ...] = (
        _line(command, slot=number),
        SlotProposed(slot=number, draft=draft),
        SlotAdopted(slot=number),
    )
    return ProgrammeAllowed(events=events)


def accept_proposal(programme: Programme, command: AcceptProposal, now: datetime) -> ProgrammeDecision:
    """Make a slot of a proposal; in a year that is adopted, the officer's word adopts it.

    Source: local.programme
    """
    proposal = _waiting(programme, command.proposal)
    if isinstance(proposal, Refused):
        return proposal
    (number,) = next_numbers(programme, command.year, 1)
    draft = command.draft.model_copy(update={"ground": "outside"})
    if refused := checked(programme, command.year, {number: draft}, now):
        return refused
    events: tuple[AnyProgrammeEvent, ...] = (
        SlotProposed(slot=number, draft=draft, proposal=proposal.number),
        ProposalAccepted(proposal=proposal.number, slot=number),
    )
    if command.year in programme.adopted:
        events = (*events, SlotAdopted(slot=number))
    return ProgrammeAllowed(events=events)


def decline_proposal(programme: Programme, command: DeclineProposal, _now: datetime) -> ProgrammeDecision:
    """Set a proposal aside.

    Source: local.programme
    """
    proposal = _waiting(programme, command.proposal)
    if isinstance(proposal, Refused):
        return proposal
    return ProgrammeAllowed(events=(ProposalDeclined(proposal=proposal.number, reason=command.reason),))


def _waiting(programme: Programme, number: int) -> Proposal | Refused:
    proposal = programme.proposal(number)
    if proposal is None:
        return refuse("no_such_proposal", f"There is no proposal {number} in the programme.", "proposal")
    if proposal.state == "accepted":
        return refuse(
            "proposal_settled",
            f"Proposal {number} was accepted as {proposal.slot}. Change it there.",
            "proposal",
        )
    if proposal.state == "declined":
        return refuse(
            "proposal_settled",
            f"Proposal {number} was declined. Put the cycle into the programme yourself if it is wanted now.",
            "proposal",
        )
    return proposal


def _proposal(command: TakeOutside, rule: str, proposed: Proposed, number: int, now: datetime) -> Proposal:
    return Proposal(
        number=number,
        rule=rule,
        event=command.event,
        title=proposed.title,
        theme=proposed.theme,
        commitments=proposed.commitments,
        question=proposed.question,
        cycle_kind=proposed.cycle_kind,
        because=command.because,
        at=now,
    )


def _line(
    command: TakeOutside,
    proposal: int | None = None,
    slot: str | None = None,
    held_back: str | None = None,
) -> OutsideTaken:
    return OutsideTaken(
        event=command.event,
        event_type=command.event_type,
        outcome=command.outcome,
        rule=command.rule,
        rules_edition=command.rules_edition,
        because=command.because,
        proposal=proposal,
        slot=slot,
        cycle=command.cycle,
        held_back=held_back,
    )
