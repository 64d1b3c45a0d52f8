"""Decisions: what was decided, on which basis, and which functions nobody may exercise for another."""

from rules.deciding.moment import Moment
from schemas.commands import RecordDecision
from schemas.cycle import Cycle, DecisionFunction
from schemas.events import DecisionRecorded
from schemas.outcomes import Allowed, Decision, Refused
from schemas.people import Actor, Role

NOT_DELEGABLE: frozenset[DecisionFunction] = frozenset(
    {"plan", "precept", "budget", "appoint_chief_constable", "suspend_or_remove_chief_constable"}
)
"""What only the commissioner, or an acting one, exercises (PRSRA 2011, s.18(7): not verified)."""
NOT_ACTING: frozenset[DecisionFunction] = frozenset({"plan"})
"""What an acting commissioner does not exercise (PRSRA 2011, s.62: not verified)."""
NAMES: dict[DecisionFunction, str] = {
    "general": "a general decision",
    "plan": "issuing or varying the police and crime plan",
    "precept": "issuing a precept",
    "budget": "setting the budget",
    "appoint_chief_constable": "appointing a chief constable",
    "suspend_or_remove_chief_constable": "suspending or removing a chief constable",
    "contract": "letting a contract",
    "grant": "making a grant",
}


def record_decision(cycle: Cycle, command: RecordDecision, _moment: Moment) -> Decision:
    """Record a formal decision with its options, reasons and statutory basis, by somebody who may take it.

    Source: process.commands
    """
    if refused := may_exercise(command.actor, command.function):
        return refused
    if not command.basis.strip():
        return Refused(
            code="no_basis",
            message="Name the statutory basis of the decision, from the register of sources: "
            "for example prsra-2011.s1.",
            source="process.commands",
            field="basis",
        )
    if command.restricted and not command.conditions:
        return Refused(
            code="no_ground",
            message="The reasons are to be withheld. Name the ground for that under the conditions.",
            source="process.commands",
            field="conditions",
        )
    event = DecisionRecorded(
        decision=len(cycle.decisions) + 1,
        title=command.title,
        options=command.options,
        reasons=command.reasons,
        basis=command.basis,
        conditions=command.conditions,
        function=command.function,
        restricted=command.restricted,
    )
    return Allowed(events=(event,))


def may_exercise(actor: Actor, function: DecisionFunction) -> Refused | None:
    """A refusal where the actor's office cannot exercise a function, delegated or acting.

    What is left to the chief executive, contracts, grants and general decisions, follows the office's own
    scheme of consent: a local standard, and no law.

    Source: prsra-2011.s18
    """
    if actor.role in (Role.DEPUTY_COMMISSIONER, Role.CHIEF_EXECUTIVE) and function in NOT_DELEGABLE:
        who = actor.role.value.replace("_", " ")
        return Refused(
            code="cannot_be_delegated",
            message=f"A {who} cannot exercise this function: {NAMES[function]} cannot be delegated. "
            "Ask the commissioner.",
            source="prsra-2011.s18",
            field="function",
        )
    if actor.role == Role.ACTING_COMMISSIONER and function in NOT_ACTING:
        return Refused(
            code="acting_cannot",
            message=f"An acting commissioner cannot exercise this function: {NAMES[function]} "
            "waits for an elected one.",
            source="prsra-2011.s62",
            field="function",
        )
    return None
