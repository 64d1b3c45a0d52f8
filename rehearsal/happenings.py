"""What would happen, in order and in words: acts, duties, reminders and mails of one rehearsal."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from rehearsal.stage import Rehearsed
from schemas.events import DutyMissed, EvidenceRequested, ExtensionGranted, ReturnSentBack
from schemas.records import Entry
from schemas.shape import Instant, Shape

Weight = Literal["milestone", "act", "reminder", "late"]
"""How much it matters: a milestone of the cycle, an ordinary act, a reminder, or something missed."""

PUBLISHED = {
    "findings": "the publication of the findings",
    "comments": "the comments on the inspection report",
}
WORDS = {
    "CycleOpened": "The cycle is opened",
    "EvidenceRequested": "{title}: asked of {lead}, due {due}",
    "RequestAcknowledged": "{title}: seen by the lead",
    "ReturnSubmitted": "{title}: returned{late}",
    "ReturnSentBack": "{title}: sent back, due again {due}",
    "ReturnAccepted": "{title}: accepted",
    "SessionFixed": "The session is fixed for {session}",
    "SessionHeld": "The session is held",
    "AssuranceJudged": "{title}: {judgement}",
    "ActionProposed": "Action {action} is proposed to {owner}, due {due}",
    "ActionConfirmed": "Action {action} is agreed by both sides",
    "ActionClaimedDone": "Action {action} is claimed done",
    "ActionVerified": "Action {action} is verified",
    "FindingsDrafted": "Findings are drafted",
    "FindingsApproved": "Findings are signed",
    "FindingsPublished": "Findings are published",
    "CycleClosed": "The cycle is closed",
    "NonResponseDeemed": "{title}: nothing came, which is taken as no response",
    "FactCheckDeemed": "The fact check is over; nothing was said",
    "ProgressAsked": "Action {action}: the owner is asked how it stands",
    "RequestReminded": "{title}: a reminder is sent by hand",
    "ActionReminded": "Action {action}: a reminder is sent by hand",
    "RequestEscalated": "{title}: escalated",
    "ActionEscalated": "Action {action} is escalated",
    "WakeSet": "Somebody asks to be reminded",
    "CommentsReminded": "The officer is reminded of the comments on the inspection report",
    "WakeDelivered": "Somebody is reminded, as they asked",
}
MILESTONES = {"CycleOpened", "SessionFixed", "SessionHeld", "FindingsPublished", "CycleClosed"}


class Happening(Shape):
    """One thing that would happen: when, what, by whom, and who would be told."""

    at: Instant
    kind: str
    """The kind of the event, or `Due` for a day on which a return falls due."""
    what: str
    who: str
    told: tuple[str, ...] = ()
    weight: Weight = "act"


def happenings(rehearsed: Rehearsed) -> list[Happening]:
    """Everything in the order in which it would happen, due days included; people by their titles."""
    ledger = rehearsed.kept.ledger
    acts = [_happening(rehearsed, entry) for entry in ledger]
    return sorted([*acts, *_due_days(rehearsed, ledger)], key=lambda one: one.at)


def _due_days(rehearsed: Rehearsed, ledger: list[Entry]) -> Iterator[Happening]:
    """The days on which returns fall due, as they stood when they came."""
    standing: dict[int, Happening] = {}
    for entry in ledger:
        event = entry.event
        if not isinstance(event, EvidenceRequested | ReturnSentBack | ExtensionGranted) or not event.due:
            continue
        before = standing.get(event.request)
        if before and before.at <= entry.at:
            yield before
        standing[event.request] = Happening(
            at=event.due.at, kind="Due", what=f"{_title(rehearsed, event.request)}: due", who="the engine"
        )
    yield from standing.values()


def _happening(rehearsed: Rehearsed, entry: Entry) -> Happening:
    event = entry.event
    if event.kind in ("ReminderDelivered", "ReminderBounced"):
        title = _title(rehearsed, event.request)
        told = tuple(_person(rehearsed, one) for one in event.told)
        what = f"{title}: reminder {_from_due(event.rung)}"
        return Happening(
            at=entry.at, kind=event.kind, what=what, who="the engine", told=told, weight="reminder"
        )
    if event.kind == "DutyMissed":
        thing = _thing(rehearsed, event)
        what = f"MISSED: {thing} was due {event.due.on:%-d %B}"
        return Happening(at=entry.at, kind=event.kind, what=what, who="the engine", weight="late")
    words = WORDS.get(event.kind, event.kind).format_map(_Facts(_facts(rehearsed, entry)))
    return Happening(
        at=entry.at,
        kind=event.kind,
        what=words,
        who=_person(rehearsed, entry.actor.person),
        told=_told(rehearsed, entry),
        weight="milestone" if event.kind in MILESTONES else "act",
    )


def _thing(rehearsed: Rehearsed, event: DutyMissed) -> str:
    """What was owed."""
    if event.duty == "notice":
        return f"notice of session {event.session}"
    if event.duty in PUBLISHED:
        return PUBLISHED[event.duty]
    return f"action {event.action}" if event.action else _title(rehearsed, event.request or 0)


def _told(rehearsed: Rehearsed, entry: Entry) -> tuple[str, ...]:
    """Who would get a mail because of an entry."""
    because = f"{entry.cycle}/v{entry.version}/"
    told = (one for notice, those in rehearsed.kept.sent if notice.key.startswith(because) for one in those)
    return tuple(_person(rehearsed, one) for one in dict.fromkeys(told))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _facts(rehearsed: Rehearsed, entry: Entry) -> dict[str, str]:
    return dict(_said(rehearsed, entry))


def _said(rehearsed: Rehearsed, entry: Entry) -> Iterator[tuple[str, str]]:
    event = entry.event
    request = getattr(event, "request", None)
    if isinstance(request, int):
        yield "title", _title(rehearsed, request)
    if event.kind == "EvidenceRequested":
        yield "lead", _person(rehearsed, event.draft.lead)
    if event.kind == "ActionProposed":
        yield "owner", _person(rehearsed, event.owner)
    if event.kind == "SessionFixed":
        yield "session", f"{event.draft.starts_at:%A %-d %B}"
    if event.kind == "ReturnSubmitted":
        yield "late", ", late" if event.late else ""
    if event.kind == "AssuranceJudged":
        yield "judgement", event.judgement.replace("_", " ")
    yield "action", str(getattr(event, "action", ""))
    due = getattr(event, "due", None)
    yield "due", f"{due.on:%A %-d %B}" if due else "at a day still to be fixed"


def _title(rehearsed: Rehearsed, number: int) -> str:
    request = rehearsed.cycle.request(number)
    return rehearsed.memory.words.get(request.draft.title, "") if request else ""


def _person(rehearsed: Rehearsed, person: str) -> str:
    found = rehearsed.memory.everybody.get(person)
    return found.title if found else "the engine"


def _from_due(rung: int) -> str:
    if rung == 0:
        return "on the day"
    days = "1 working day" if abs(rung) == 1 else f"{abs(rung)} working days"
    return f"{days} {'before' if rung < 0 else 'after'} the day"


def months(all_of_them: list[Happening]) -> Iterator[tuple[datetime, list[Happening]]]:
    """The happenings month by month, each month with its first instant."""
    month: list[Happening] = []
    for one in all_of_them:
        if month and (one.at.year, one.at.month) != (month[0].at.year, month[0].at.month):
            yield month[0].at, month
            month = []
        month.append(one)
    if month:
        yield month[0].at, month
