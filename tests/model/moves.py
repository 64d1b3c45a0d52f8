"""Moves: random commands with random actors, often unlawful, each told by the seed that made it."""

import random  # noqa: TID251 - a seed gives the same moves every time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter

from schemas.commands import AnyCommand
from schemas.people import Actor, Role
from schemas.shape import Words
from tests.model.days import at, working_after, works
from tests.model.paper import Paper
from tests.model.who import may

ANY: TypeAdapter[AnyCommand] = TypeAdapter(AnyCommand)
WORDS = Words()
LEADS = ("acc-local-policing", "acc-protecting-people", "superintendent-custody")
PEOPLE = (
    ("policy-officer", "policy_officer"),
    ("second-policy-officer", "policy_officer"),
    ("commissioner", "commissioner"),
    ("deputy-commissioner", "deputy_commissioner"),
    ("chief-executive", "chief_executive"),
    ("publication-officer", "publication_officer"),
    ("chief-constable", "chief_constable"),
    *((lead, "thematic_lead") for lead in LEADS),
    ("force-coordination", "force_coordination"),
    ("panel-secretariat", "panel_secretariat"),
)
Facts = dict[str, Any]
Make = Callable[["Moves"], Facts]


def say(words: str) -> str:
    """The reference of some words."""
    return WORDS.ref(words)


POINTS = [say("The first point."), say("The second point.")]
WHY, TEXT = say("There is a reason."), say("This is what is said.")
ITEM = {"kind": "written", "text": TEXT}


class Moves:
    """Makes one command after another for a tray as it lies now."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - no secret
        self.paper: Paper
        self.made = 0

    def key(self) -> str:
        """A key that no other command of this sequence has."""
        self.made += 1
        return f"model-key-{self.made:04d}"

    def chance(self, share: float) -> bool:
        """True in so many of all cases."""
        return self.rng.random() < share

    def pick(self, options: Any, other: Any) -> Any:
        """One of those that are there; now and then, or where there are none, one that is not."""
        found = sorted(options)
        return self.rng.choice(found) if found and not self.chance(0.06) else other

    def request(self) -> int:
        """The number of a request."""
        return int(self.pick(self.paper.requests, 9))

    def session(self) -> int:
        """The number of a session."""
        return int(self.pick(self.paper.sessions, 7))

    def action(self) -> str:
        """The number of an action."""
        return str(self.pick(self.paper.actions, "2026/999"))

    def version(self) -> int:
        """Mostly the newest version of the findings."""
        newest = max(1, len(self.paper.findings))
        return self.rng.choice((newest, newest, newest, newest, 1, newest + 1))

    def day(self, least: int = 3, most: int = 25, past: float = 0.06) -> Any:
        """A working day to come; now and then one that is over."""
        if self.chance(past):
            return self.paper.today - timedelta(days=self.rng.randint(2, 30))
        return working_after(self.paper.today, self.rng.randint(least, most))

    def budget(self) -> Facts:
        """A budget to a day or of working days."""
        if self.chance(0.5):
            return {"kind": "on_date", "on": self.day()}
        return {"kind": "working_days", "days": self.rng.randint(2, 20)}

    def draft(self, lead: str | None = None, due: Facts | None = None) -> Facts:
        """One ask."""
        return {
            "title": TEXT,
            "asked": POINTS[: self.rng.choice((1, 2, 2))],
            "lead": lead or self.rng.choice(LEADS),
            "due": due or self.budget(),
            **({"certify": True} if self.chance(0.3) else {}),
        }

    def hour(self) -> Any:
        """An hour at which a session could start; now and then one at which it could not."""
        if self.chance(0.06):
            return at(self.paper.today - timedelta(days=5))
        day = self.day(1, 15, past=0)
        while self.chance(0.08) and works(day):
            day += timedelta(days=1)
        return at(day, self.rng.choice((10, 14)))

    def actor(self, kind: str) -> Actor:
        """Mostly somebody who may do this; now and then anybody, or the wrong person in the right role."""
        allowed = [one for one in PEOPLE if may(kind, one[1])]
        person, role = self.rng.choice(allowed if allowed and not self.chance(0.08) else PEOPLE)
        if self.chance(0.05):
            person = self.rng.choice(PEOPLE)[0]
        return Actor(person=person, role=Role(role))

    def command(self, kind: str, reference: str) -> AnyCommand:
        """A command of a kind, with random facts."""
        facts = {"kind": kind, "cycle": reference, "key": self.key(), "actor": self.actor(kind)}
        return ANY.validate_python({**facts, **FACTS[kind](self)})


def on_request(**more: Callable[[Moves], Any]) -> Make:
    """Facts about one request."""
    return lambda moves: {"request": moves.request(), **{name: make(moves) for name, make in more.items()}}


def on_session(**more: Callable[[Moves], Any]) -> Make:
    """Facts about one session."""
    return lambda moves: {"session": moves.session(), **{name: make(moves) for name, make in more.items()}}


def on_action(**more: Callable[[Moves], Any]) -> Make:
    """Facts about one action."""
    return lambda moves: {"action": moves.action(), **{name: make(moves) for name, make in more.items()}}


def on_version(**more: Callable[[Moves], Any]) -> Make:
    """Facts about one version of the findings."""
    return lambda moves: {"version": moves.version(), **{name: make(moves) for name, make in more.items()}}


def why(_moves: Moves) -> str:
    """A reason."""
    return WHY


def lead(moves: Moves) -> str:
    """A lead of the force."""
    return moves.rng.choice(LEADS)


def yes_or_no(moves: Moves) -> bool:
    """Mostly yes."""
    return moves.chance(0.65)


def submitted(moves: Moves) -> Facts:
    """A return: whole, in part, or the reason why there is none."""
    number = moves.request()
    request = moves.paper.requests.get(number)
    facts: Facts = {"request": number, "items": [ITEM] * moves.rng.choice((1, 1, 2))}
    if moves.chance(0.15):
        signer = moves.rng.choice(("chief-constable", "chief-constable", LEADS[0], None))
        facts = {"request": number, "answer": "nothing_held", "reason": WHY, "signed_off_by": signer}
    elif moves.chance(0.06):
        facts["items"] = []
    if request and request.open and moves.chance(0.4):
        facts |= {"partial": True, "parts": [moves.rng.randint(1, request.parts)]}
    return facts


def sent_back(moves: Moves) -> Facts:
    """A gap in all of it or in a part."""
    number = moves.request()
    request = moves.paper.requests.get(number)
    parts = [moves.rng.randint(1, request.parts)] if request and moves.chance(0.5) else []
    return {"request": number, "gap": WHY, "due": moves.budget(), "parts": parts}


def amended(moves: Moves) -> Facts:
    """Asked otherwise, with as many parts as before."""
    number = moves.request()
    request = moves.paper.requests.get(number)
    draft = moves.draft(request.lead if request and not moves.chance(0.08) else None)
    if request and moves.chance(0.15):
        return {"request": number, "reason": WHY, "draft": request.draft}
    return {
        "request": number,
        "reason": WHY,
        "draft": {**draft, "asked": POINTS[: request.parts if request else 1]},
    }


def more_time(moves: Moves) -> Facts:
    """By days or to a day, clearly within what is allowed or clearly beyond."""
    number = moves.request()
    request = moves.paper.requests.get(number)
    days = moves.rng.choice((2, 3, 4, 5, 40))
    if request is None or request.due_on is None or moves.chance(0.5):
        return {"request": number, "days": days, "reason": WHY}
    day = request.due_on - timedelta(days=2) if moves.chance(0.1) else working_after(request.due_on, days)
    return {"request": number, "to": day, "reason": WHY}


def claimed(moves: Moves) -> Facts:
    """That an item should not be published."""
    number = moves.request()
    request = moves.paper.requests.get(number)
    versions = len(request.returns) if request else 0
    return {
        "request": number,
        "version": versions + 1 if moves.chance(0.08) or not versions else moves.rng.randint(1, versions),
        "item": moves.rng.choice((1, 1, 1, 2)),
        "ground": "commercial_confidentiality",
        "why": WHY,
        "until_on": working_after(moves.paper.today, 200),
    }


def decided_claim(moves: Moves) -> Facts:
    """On one of its claims."""
    number = moves.request()
    request = moves.paper.requests.get(number)
    claims = range(1, len(request.claims) + 1) if request else ()
    return {"request": number, "claim": moves.pick(claims, 5), "upheld": yes_or_no(moves), "reason": WHY}


def asked_several(moves: Moves) -> Facts:
    """The same of two or three leads."""
    leads = moves.rng.sample(LEADS, moves.rng.choice((2, 2, 3)))
    return {"request": moves.draft(leads[0]), "others": leads[1:]}


def certified(moves: Moves) -> Facts:
    """The newest version, or now and then another."""
    number = moves.request()
    request = moves.paper.requests.get(number)
    versions = len(request.returns) if request else 0
    return {"request": number, "version": max(1, versions - moves.chance(0.1)), "statement": WHY}


EVIDENCE: dict[str, Make] = {
    "AddRequest": lambda moves: {"request": moves.draft()},
    "AskSeveral": asked_several,
    "AmendRequest": amended,
    "WithdrawRequest": on_request(reason=why),
    "Acknowledge": on_request(),
    "AskClarification": on_request(question=why),
    "AnswerClarification": on_request(answer=why),
    "Delegate": on_request(to=lead),
    "Reassign": on_request(to=lead, reason=why),
    "SubmitReturn": submitted,
    "CertifyReturn": certified,
    "SendBack": sent_back,
    "AcceptReturn": on_request(),
    "ClaimSensitivity": claimed,
    "DecideSensitivity": decided_claim,
    "RequestExtension": more_time,
    "DecideExtension": on_request(granted=yes_or_no),
}


FACTS: dict[str, Make] = dict(EVIDENCE)
"""What a command of each kind says; the other parts enter theirs."""
