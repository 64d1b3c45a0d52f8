"""What is done with findings between their draft and their withdrawal, for tests to start from and change."""

from datetime import datetime, timedelta
from typing import Any

from rules.publishing.redaction import redacted
from schemas.commands import AnyCommand
from schemas.cycle import Span
from schemas.people import Actor
from tests import scenario as s
from tests.rules.acting import act

ANSWER, BODY = "Partly.", "## What we found\n\nMuch."
"""The words of `scenario.findings`."""
FOUND = Span(of="body", start=18, end=23, ground="personal_data")
"""The last word of the body, with its full stop."""


def invite(version: int = 1, actor: Actor = s.OFFICER) -> AnyCommand:
    """The force is asked what is wrong in fact."""
    return act("InviteFactCheck", actor, version=version)


def answer(
    comments: str | None = "Two dates are wrong.", version: int = 1, actor: Actor | None = None
) -> AnyCommand:
    """The Chief Constable answers."""
    said = s.say(comments) if comments else None
    return act("SubmitFactCheck", actor or s.CHIEF_CONSTABLE, version=version, comments=said)


def redact(*spans: Span, version: int = 1, actor: Actor = s.OFFICER, **facts: Any) -> AnyCommand:
    """The officer takes the last word out, unless other passages are named; the copy follows."""
    taken = spans if spans or facts.get("items") else (FOUND,)
    copies = {
        "answer": redacted(ANSWER, [one for one in taken if one.of == "answer"]),
        "body": redacted(BODY, [one for one in taken if one.of == "body"]),
    }
    refs = {of: s.say(copy) if isinstance(copy, str) else s.say("?") for of, copy in copies.items()}
    return act("Redact", actor, version=version, **{"spans": taken, **refs, **facts})


def check(version: int = 1, actor: Actor = s.SECOND_OFFICER, **facts: Any) -> AnyCommand:
    """A second officer agrees to the copy."""
    return act("CheckRedactions", actor, version=version, **{"agreed": True, **facts})


def schedule(at: datetime | None, version: int = 1, actor: Actor = s.PUBLISHER, **facts: Any) -> AnyCommand:
    """The publication officer names an instant."""
    placeholder = s.say("The findings come after the meeting.")
    return act("ScheduleRelease", actor, version=version, at=at, **{"placeholder": placeholder, **facts})


def hold(version: int = 1, actor: Actor = s.PUBLISHER) -> AnyCommand:
    """The publication officer stops it."""
    return act("HoldBack", actor, version=version, reason=s.say("A figure is in doubt"))


def send_back(version: int = 1, actor: Actor = s.COMMISSIONER) -> AnyCommand:
    """The Commissioner does not sign it."""
    return act("SendBackFindings", actor, version=version, note=s.say("Say what happened in July."))


def correction(actor: Actor = s.OFFICER) -> AnyCommand:
    """A draft that puts right what is published."""
    return act(
        "DraftFindings",
        actor,
        answer=s.say("Mostly."),
        body=s.say("## What we found\n\nMore."),
        correction=s.say("The figure for July was wrong."),
    )


def correct(version: int = 2, actor: Actor = s.PUBLISHER, **facts: Any) -> AnyCommand:
    """The publication officer publishes a correction."""
    return act("Correct", actor, version=version, **facts)


def withdraw(version: int = 1, actor: Actor = s.PUBLISHER) -> AnyCommand:
    """The publication officer takes it back."""
    return act(
        "Withdraw", actor, version=version, notice=s.say("These findings named somebody. They come again.")
    )


def every(now: datetime) -> tuple[AnyCommand, ...]:
    """One command of each kind about findings that are drafted already."""
    return (
        invite(),
        answer(),
        redact(),
        check(),
        schedule(now + timedelta(days=30)),
        hold(),
        send_back(),
        correct(),
        withdraw(),
    )
