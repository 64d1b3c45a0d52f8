"""The programme's doorway: what is checked against plan, people, kinds and calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.programme.verdict import refuse
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.plans import Plan
from schemas.programme import Programme, SlotDraft
from schemas.programme.commands import (
    AcceptProposal,
    AnyProgrammeCommand,
    AssessDelivery,
    ChangeSlot,
    MoveSlots,
    ProposeSlots,
    TakeOutside,
)
from schemas.standards import Standards


@dataclass(frozen=True)
class Known:
    """What stands outside a programme, as it is today.

    Source: local.programme
    """

    people: Mapping[str, Person]
    plan: Plan | None
    kinds: Mapping[str, Standards]
    calendar: WorkingCalendar


def check_programme(
    command: AnyProgrammeCommand, known: Known, programme: Programme | None
) -> Refused | None:
    """A refusal where a cycle to come names what there is not, or a day that cannot be used.

    Source: process.wrong-input
    """
    if isinstance(command, AssessDelivery):
        return _assessed(command, known.plan)
    for draft in drafts_of(command):
        if refused := _names(draft, known):
            return refused
    for days in (*drafts_of(command), *_moved(command, programme)):
        if refused := check_days(days, known):
            return refused
    return None


def drafts_of(command: AnyProgrammeCommand) -> tuple[SlotDraft, ...]:
    """The cycles to come that a command writes down.

    Source: local.programme
    """
    if isinstance(command, ProposeSlots):
        return command.slots
    if isinstance(command, ChangeSlot | AcceptProposal):
        return (command.draft,)
    if isinstance(command, TakeOutside) and command.opens:
        return (command.opens,)
    return ()


def _moved(command: AnyProgrammeCommand, programme: Programme | None) -> tuple[SlotDraft, ...]:
    if not isinstance(command, MoveSlots) or programme is None:
        return ()
    found = ((move, programme.slot(move.slot)) for move in command.moves)
    return tuple(
        slot.draft.model_copy(
            update={
                "opens_on": move.opens_on,
                "session_at": move.session_at,
                "confirmed": move.confirmed,
            }
        )
        for move, slot in found
        if slot
    )


def _names(draft: SlotDraft, known: Known) -> Refused | None:
    if draft.cycle_kind not in known.kinds:
        return no_such_kind(draft.cycle_kind, known.kinds)
    officer = known.people.get(draft.officer)
    if officer is None or Role.POLICY_OFFICER not in {officer.role, *_ever(officer)}:
        return refuse(
            "no_such_officer",
            f"Nobody is known as {draft.officer} who may open a cycle. "
            "Name a policy officer of the office (starter.py people list).",
            "officer",
        )
    for request in draft.requests:
        if request.lead not in known.people:
            return refuse(
                "no_such_person",
                f"Nobody is known as {request.lead}. Enter them first (starter.py people import), "
                "or ask somebody else.",
                "requests",
            )
    return _of_plan(draft, known.plan)


def no_such_kind(kind: str, kinds: Iterable[str]) -> Refused:
    """The refusal of a kind of cycle that has no standards.

    Source: process.wrong-input
    """
    return refuse(
        "no_such_kind",
        f"There is no kind of cycle {kind}. Write one of: {', '.join(sorted(kinds))}.",
        "cycle_kind",
    )


def no_plan() -> Refused:
    """The refusal of anything that needs the plan before it is imported.

    Source: process.wrong-input
    """
    return refuse(
        "no_plan", "No police and crime plan is imported. Import it first (starter.py plan import)."
    )


def _ever(person: Person) -> frozenset[Role]:
    return frozenset(one.role for one in person.appointments)


def _of_plan(draft: SlotDraft, plan: Plan | None) -> Refused | None:
    if plan is None:
        return no_plan()
    if draft.theme not in {one.id for one in plan.objectives}:
        themes = ", ".join(one.id for one in plan.objectives)
        return refuse(
            "no_such_theme", f"The plan has no objective {draft.theme}. Write one of: {themes}.", "theme"
        )
    unknown = [one for one in draft.commitments if one not in plan.commitments()]
    if unknown:
        return refuse(
            "no_such_commitment",
            f"{plan.title} has no commitment {unknown[0]}. Choose from the plan's list.",
            "commitments",
        )
    return None


def _assessed(command: AssessDelivery, plan: Plan | None) -> Refused | None:
    if plan is None:
        return no_plan()
    if command.commitment in plan.commitments():
        return None
    return refuse(
        "no_such_commitment",
        f"{plan.title} has no commitment {command.commitment}. Choose from the plan's list.",
        "commitment",
    )


def check_days(draft: SlotDraft, known: Known) -> Refused | None:
    """A refusal where a cycle would open or be heard on a day on which nobody works, or is too short.

    Source: local.programme
    Units: working days in England and Wales.
    """
    calendar = known.calendar
    for day in (draft.opens_on, _session_on(draft)):
        if day and not calendar.covers(day):
            beyond = calendar.after(day, 0)
            return beyond if isinstance(beyond, Refused) else None
    if why := calendar.why_not(draft.opens_on):
        return _no_day(draft.opens_on, why, "opens_on", "A cycle opens on a working day.")
    on = _session_on(draft)
    if on is None:
        return None
    if not draft.confirmed and (why := calendar.why_not(on)):
        return _no_day(on, why, "session_at", "Choose another day, or say that this one is meant.")
    return _long_enough(draft, on, known)


def _session_on(draft: SlotDraft) -> date | None:
    return civil(draft.session_at) if draft.session_at else None


def _long_enough(draft: SlotDraft, on: date, known: Known) -> Refused | None:
    standards = known.kinds.get(draft.cycle_kind)
    if standards is None:
        return None
    needed = preparation(standards)
    have = known.calendar.between(draft.opens_on, on)
    if have >= needed:
        return None
    return refuse(
        "too_little_time",
        f"Between opening on {draft.opens_on:%A %-d %B %Y} and the session on {on:%A %-d %B %Y} lie "
        f"{have} working days; {standards.title.lower()} cycles need {needed} to ask, answer and read. "
        "Open it earlier or hold the session later.",
        "opens_on",
    )


def preparation(standards: Standards) -> int:
    """The working days that a cycle needs from its opening to its session: to answer, and to read.

    Source: local.programme
    Units: working days.
    """
    return standards.requests_out_before_due + standards.returns_due_before_session


def _no_day(day: date, why: str, field: str, then: str) -> Refused:
    return refuse("no_working_day", f"{day:%A %-d %B %Y} is {why}. {then}", field)
