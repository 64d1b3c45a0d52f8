"""The acts of the workload as the product's commands, one for one."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from bench.hta.workload import LADDER, Act
from bench.workload import SAID, WORDS
from demonstration.actors import CHIEF_EXECUTIVE, COMMISSIONER, COORDINATION, LEAD, OFFICER, PUBLISHER
from reference.catalogue import calendar, standards
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from schemas.clocks import OnDate
from schemas.commands import (
    AcceptReturn,
    AnyCommand,
    ApproveFindings,
    ClaimDone,
    ConfirmAction,
    DecideExtension,
    DraftFindings,
    JudgeAssurance,
    OpenCycle,
    Pause,
    ProposeAction,
    Publish,
    RecordAttendance,
    RecordDecision,
    RequestExtension,
    Resume,
    SendBack,
    SubmitReturn,
    VerifyDone,
)
from schemas.evidence import RequestDraft, WrittenItem
from schemas.outcomes import Refused
from schemas.people import Actor
from schemas.sessions import SessionDraft
from schemas.standards import Recipient, Rung, Standards

LEAD_ALONE: tuple[Recipient, ...] = ("lead",)
Facts = dict[str, Any]


def ladder() -> Standards:
    """The product's standards with the workload's ladder."""
    rungs = tuple(Rung(offset=offset, to=LEAD_ALONE) for offset in LADDER)
    return standards()["performance"].model_copy(update={"ladder": rungs})


def command_of(reference: str, act: Act, base: datetime, at: datetime) -> AnyCommand:
    """One act as a command. A cycle whose clock began earlier than now is one of a demonstration."""
    common: Facts = {"cycle": reference, "key": act.key(reference)}
    return MAKES[act.name](common, act, base, at)


def _opened(common: Facts, act: Act, base: datetime, at: datetime) -> AnyCommand:
    asked = tuple(WORDS.ref(one) for one in act.words)
    due, set_back = _beginning(act, base, at)
    return OpenCycle(
        **common,
        actor=OFFICER,
        title=SAID,
        theme="reassuring",
        commitments=("SWM-REASSURE-01",),
        question=SAID,
        requests=(RequestDraft(title=SAID, asked=asked, lead=LEAD.person, due=OnDate(on=due)),),
        session=SessionDraft(starts_at=instant(civil(at - set_back), "23:59"), confirmed=True),
        standards=ladder(),
        calendar=calendar().version,
        body="west-mercia-opcc",
        set_back=set_back,
    )


def _beginning(act: Act, base: datetime, at: datetime) -> tuple[date, timedelta]:
    """The due day, and how far the cycle's clock is behind.

    Where the cycle began long ago, so that its first reminder falls soon, the clock of the product's cycle is
    set back so far that this reminder's hour comes at the same true instant.
    """
    if at - base < timedelta(days=1):
        return _due(act, base), timedelta(0)
    first = base + timedelta(days=(act.due or 0) + LADDER[0])
    rung = _day(_known().before(civil(at), 3))
    due = _day(_known().after(rung, -LADDER[0]))
    return due, first - instant(rung, standards()["performance"].reminder_hour)


def _known() -> WorkingCalendar:
    found = working_calendar(calendar().version)
    if isinstance(found, Refused):
        raise TypeError(found.message)
    return found


def _day(found: date | Refused) -> date:
    if isinstance(found, Refused):
        raise TypeError(found.message)
    return found


def _due(act: Act, base: datetime) -> date:
    """The working day on or after the day that the workload says."""
    day = civil(base + timedelta(days=act.due or 0))
    return day if _known().is_working(day) else _day(_known().after(day, 1))


def _extension(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    return RequestExtension(**common, actor=LEAD, request=1, days=EXTENDED_BY, reason=SAID)


def _granted(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    return DecideExtension(**common, actor=OFFICER, request=1, granted=True)


def _suspended(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    return Pause(**common, actor=OFFICER, reason=SAID)


def _resumed(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    return Resume(**common, actor=OFFICER)


def _returned(common: Facts, act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    items = tuple(WrittenItem(text=WORDS.ref(one)) for one in act.words)
    return SubmitReturn(**common, actor=LEAD, request=1, items=items)


def _sent_back(common: Facts, act: Act, base: datetime, _at: datetime) -> AnyCommand:
    return SendBack(**common, actor=OFFICER, request=1, gap=SAID, due=OnDate(on=_due(act, base)))


def _accepted(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    return AcceptReturn(**common, actor=OFFICER, request=1)


def _held(common: Facts, _act: Act, base: datetime, _at: datetime) -> AnyCommand:
    present = ("commissioner", "chief-constable")
    return RecordAttendance(**common, actor=OFFICER, present=present, held_at=base)


def _judged(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    judgement = "partly_assured"
    return JudgeAssurance(**common, actor=COMMISSIONER, request=1, judgement=judgement, reasons=SAID)


def _decided(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    facts = {"title": SAID, "options": SAID, "reasons": SAID, "basis": "prsra-2011.s1"}
    return RecordDecision(**common, actor=COMMISSIONER, **facts)


def _proposed(common: Facts, act: Act, base: datetime, _at: datetime) -> AnyCommand:
    due = civil(base + timedelta(days=60))
    facts = {"what": SAID, "owner": LEAD.person, "due_on": due}
    return ProposeAction(**common, actor=OFFICER, action=_action(act), **facts)


def _confirmed(common: Facts, act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    return ConfirmAction(**common, actor=COORDINATION, action=_action(act))


def _drafted(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    return DraftFindings(**common, actor=OFFICER, answer=SAID, body=SAID)


def _approved_by(actor: Actor) -> "Make":
    def make(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
        return ApproveFindings(**common, actor=actor, version=1, statement=SAID)

    return make


def _published(common: Facts, _act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    return Publish(**common, actor=PUBLISHER, version=1)


def _done(common: Facts, act: Act, _base: datetime, at: datetime) -> AnyCommand:
    facts = {"proof": (WrittenItem(text=SAID),), "covers_to": civil(at)}
    return ClaimDone(**common, actor=LEAD, action=_action(act), **facts)


def _verified(common: Facts, act: Act, _base: datetime, _at: datetime) -> AnyCommand:
    return VerifyDone(**common, actor=OFFICER, action=_action(act))


def _action(act: Act) -> str:
    """An action's number: every cycle of the bench has its own three."""
    return f"2026/{act.about:03d}"


EXTENDED_BY = 5
"""Working days."""
Make = Callable[[Facts, Act, datetime, datetime], AnyCommand]
MAKES: dict[str, Make] = {
    "opened": _opened,
    "extension_asked": _extension,
    "extension_granted": _granted,
    "suspended": _suspended,
    "resumed": _resumed,
    "returned": _returned,
    "sent_back": _sent_back,
    "accepted": _accepted,
    "held": _held,
    "judged": _judged,
    "decided": _decided,
    "action_proposed": _proposed,
    "action_confirmed": _confirmed,
    "drafted": _drafted,
    "approved_by_executive": _approved_by(CHIEF_EXECUTIVE),
    "approved_by_commissioner": _approved_by(COMMISSIONER),
    "published": _published,
    "action_done": _done,
    "action_verified": _verified,
}
