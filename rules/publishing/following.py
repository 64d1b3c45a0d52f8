"""Following and asking: what may be followed, how long an address or a question is kept, at what pace."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal

from schemas.following import Unanswered
from schemas.outcomes import Refused
from schemas.people import Person, Role
from schemas.plans import Plan

KEPT_UNCONFIRMED = timedelta(days=7)
"""An address that nobody has confirmed is deleted after so long."""
QUESTIONS_KEPT = timedelta(days=90)
"""A question from the public, with the name if one was given, is deleted so long after the office dealt with
it, or after its meeting where nobody did."""
NEWS_KEPT = timedelta(days=30)
"""What is still told late, where the post was down."""
BOUNCES = 3
"""So many refusals of its mail server, and an address is dropped."""
MOST_WAITING = 5
"""Requests to follow that one address may have open: nobody is flooded in another's name."""
MOST_AN_HOUR = 300
"""Requests to follow, and questions, that are taken from everybody together in an hour."""
GRACE = timedelta(minutes=15)
"""What everybody is told to be late is so by more than the time that a machine needs."""
WEEK_BEFORE = timedelta(days=7)
"""From so long before its meeting on, a question from the public cannot wait."""
MOST_QUESTION = 2_000
"""Characters of a question."""
MOST_NAME = 80
MOST_ADDRESS = 254
ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+"
)
CYCLE = re.compile(r"HTA-\d{4}-\d{2,4}")


def followed(address: str, what: str, plan: Plan | None) -> tuple[str, str] | Refused:
    """The address and what is followed, as they are kept; or why they cannot be.

    Source: process.following
    """
    address = address.strip()
    if not address:
        return _refused("address_missing", "Enter your email address.", "address")
    if len(address) > MOST_ADDRESS or not ADDRESS.fullmatch(address):
        message = "Enter an email address in the correct format, like name@example.com."
        return _refused("address_wrong", message, "address")
    if not may_be_followed(what, plan):
        return _refused("what_unknown", "Choose what you want to hear of.", "what")
    mailbox, _, host = address.rpartition("@")
    return f"{mailbox}@{host.lower()}", what


def may_be_followed(what: str, plan: Plan | None) -> bool:
    """Whether there is such a thing to follow: findings, what is late, the record, or one thing by its name.

    Source: process.following
    """
    if what in ("all", "late", "ledger"):
        return True
    kind, _, name = what.partition(":")
    if kind == "objective":
        return plan is not None and name in {one.id for one in plan.objectives}
    if kind == "commitment":
        return plan is not None and name in plan.commitments()
    return kind == "cycle" and CYCLE.fullmatch(name) is not None


def asked(question: str, name: str) -> Refused | None:
    """Why a question from the public cannot be taken; None where it can.

    Source: process.following
    """
    if not question.strip():
        return _refused("question_missing", "Enter your question.", "question")
    if len(question) > MOST_QUESTION:
        message = f"Your question must be {MOST_QUESTION} characters or fewer. Shorten it."
        return _refused("question_long", message, "question")
    if len(name) > MOST_NAME:
        message = f"Your name must be {MOST_NAME} characters or fewer. Shorten it."
        return _refused("name_long", message, "name")
    return None


def answers(person: Person, one: Unanswered, people: Mapping[str, Person], on: date) -> bool:
    """Whether somebody has to answer the questions for a meeting.

    Those who opened its cycles do, while they are policy officers; where none of them is one any more, every
    policy officer.

    Source: process.following
    """
    theirs = {it for it in one.officers if it in people and Role.POLICY_OFFICER in people[it].roles_on(on)}
    return person.role == Role.POLICY_OFFICER and (person.id in theirs or not theirs)


def urgency(one: Unanswered, now: datetime) -> Literal["late", "today", "later"]:
    """How urgent the questions for a meeting are: late once it has begun, and no later in its last week.

    Units: seven days before the meeting.

    Source: process.following
    """
    if one.held_at <= now:
        return "late"
    return "today" if one.held_at - WEEK_BEFORE <= now else "later"


def too_many() -> Refused:
    """What somebody is told where more is asked for than is taken.

    Source: process.following
    """
    message = "Too many people are asking at this moment. Nothing was kept. Try again in an hour."
    return _refused("too_many", message, None)


def late_before(now: datetime) -> datetime:
    """What was due before this instant is late in public.

    Source: process.following
    """
    return now - GRACE


def since(now: datetime) -> datetime:
    """From when on what was asked for counts towards the limit of an hour.

    Source: process.following
    """
    return now - timedelta(hours=1)


def forgotten(now: datetime) -> tuple[datetime, datetime, datetime]:
    """Before which instants go: unconfirmed addresses, questions, and news that nobody waits for any more.

    Source: process.following
    """
    return now - KEPT_UNCONFIRMED, now - QUESTIONS_KEPT, now - NEWS_KEPT


def _refused(code: str, message: str, field: str | None) -> Refused:
    return Refused(code=code, message=message, source="process.following", field=field)
