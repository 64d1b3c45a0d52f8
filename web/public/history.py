"""The public history of a cycle: one sentence for each entry of the ledger that everybody may read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from schemas.rows import TimelineRow
from web.showing import words
from web.showing.dates import day, moment


@dataclass(frozen=True)
class Happened:
    """One entry of the history."""

    at: datetime
    what: str
    who: str


def history(rows: list[TimelineRow], titles: Mapping[int, str]) -> list[Happened]:
    """The history in the order of the rows; `titles` are those requests whose titles are published.

    Nothing but published titles and days is told: what somebody typed into an entry stays out.
    """
    return [
        Happened(row.entry.at, _said(row.entry.event, titles), words.role(row.entry.actor.role))
        for row in rows
        if is_for_all(row)
    ]


def is_for_all(row: TimelineRow) -> bool:
    """Whether everybody may read that this happened."""
    return row.entry.public and row.entry.marking == "OFFICIAL" and row.entry.event.kind in SAID


def _request(event: Any, titles: Mapping[int, str]) -> str:
    title = titles.get(event.request)
    return f"request {event.request}, {title}" if title else f"request {event.request}"


def _said(event: Any, titles: Mapping[int, str]) -> str:
    return SAID[event.kind](event, titles)


def _submitted(event: Any, titles: Mapping[int, str]) -> str:
    again = f", version {event.version}" if event.version > 1 else ""
    return f"Evidence came in{' late' if event.late else ''} for {_request(event, titles)}{again}"


MISSED = {
    "notice": "Notice of the meeting had not been given",
    "findings": "The findings were not published",
    "comments": "The comments on the inspection report were not published",
}


def _missed(event: Any, titles: Mapping[int, str]) -> str:
    if event.duty in MISSED:
        return f"{MISSED[event.duty]} when it was due, {moment(event.due.at)}"
    of = f"action {event.action}" if event.action else _request(event, titles)
    return f"Nothing was in when it was due, {moment(event.due.at)}: {of}"


def _due(event: Any) -> str:
    return f", due {day(event.due.on)}" if event.due else ""


def _judged(event: Any, titles: Mapping[int, str]) -> str:
    label = words.ASSURANCE[event.judgement].lower()
    return f"The Commissioner is {label} on {_request(event, titles)}"


def _calendar(event: Any, _titles: Mapping[int, str]) -> str:
    on = date.fromisoformat(event.calendar.rpartition("/")[2])
    return f"Working days are counted by the bank holidays known on {day(on)}"


SAID: dict[str, Callable[[Any, Mapping[int, str]], str]] = {
    "CycleOpened": lambda _event, _titles: "The question was put",
    "EvidenceRequested": lambda event, titles: (
        f"Evidence was asked for: {_request(event, titles)}{_due(event)}"
    ),
    "RequestAmended": lambda event, titles: (
        f"The request was changed: {_request(event, titles)}{_due(event)}"
    ),
    "ClockSuspended": lambda event, titles: f"The force asked what is meant by {_request(event, titles)}",
    "ClockResumed": lambda event, titles: (
        f"The office said what is meant by {_request(event, titles)}{_due(event)}"
    ),
    "ReturnSubmitted": _submitted,
    "ReturnSentBack": lambda event, titles: f"Sent back for more: {_request(event, titles)}{_due(event)}",
    "ReturnAccepted": lambda event, titles: f"Evidence was accepted for {_request(event, titles)}",
    "ExtensionGranted": lambda event, titles: (
        f"More time was given, from {day(event.was.on)} to {day(event.to)}: {_request(event, titles)}"
    ),
    "SessionFixed": lambda event, _titles: f"A meeting was fixed for {moment(event.draft.starts_at)}",
    "SessionMoved": lambda event, _titles: (
        f"The meeting was moved from {moment(event.was)} to {moment(event.starts_at)}"
    ),
    "SessionCancelled": lambda _event, _titles: "The meeting was called off",
    "AgendaPublished": lambda event, _titles: (
        f"The agenda of the meeting was published{', late' if event.late else ''}"
    ),
    "AssuranceConfirmed": lambda event, titles: (
        f"The Commissioner confirmed the judgement on {_request(event, titles)}"
    ),
    "VoteRecorded": lambda event, _titles: (
        f"A vote was {'carried' if event.carried else 'lost'}: {event.votes_for} for, "
        f"{event.votes_against} against, of {len(event.members)} members"
    ),
    "SessionHeld": lambda _event, _titles: "The meeting was held",
    "AssuranceJudged": _judged,
    "DecisionRecorded": lambda event, _titles: f"Decision {event.decision} was recorded",
    "ActionConfirmed": lambda event, _titles: f"Both sides agreed action {event.action}",
    "ActionClaimedDone": lambda event, _titles: f"Action {event.action} was reported done",
    "ActionVerified": lambda event, _titles: f"Action {event.action} was checked and found done",
    "ActionDisputed": lambda event, _titles: f"The other side disputed action {event.action}",
    "ActionWithdrawn": lambda event, _titles: f"Action {event.action} was taken back",
    "ActionDateMoved": lambda event, _titles: (
        f"Action {event.action} was moved from {day(event.was.on)} to {day(event.due.on)}"
    ),
    "ActionSlipped": lambda event, _titles: (
        f"A later day, {day(event.to)}, was asked for action {event.action} again; its day stays"
    ),
    "ActionReopened": lambda event, _titles: (
        f"Action {event.action} was reopened, due {day(event.due.on)}: its proof did not hold"
    ),
    "BodySucceeded": lambda event, _titles: f"Another takes over with effect from {day(event.from_on)}",
    "FindingsPublished": lambda event, _titles: f"Version {event.version} of the findings was published",
    "FindingsCorrected": lambda event, _titles: (
        f"Version {event.version} of the findings was published. It corrects version {event.replaces}"
    ),
    "FindingsWithdrawn": lambda _event, _titles: "The findings were withdrawn",
    "DutyMissed": _missed,
    "CalendarChanged": _calendar,
    "CycleClosed": lambda _event, _titles: "Everything agreed was done, and the record was closed",
}
