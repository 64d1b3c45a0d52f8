"""Acts on requests: asked of several, amended, delegated, clarified, certified, claimed sensitive."""

from datetime import date
from typing import Any

from schemas.commands import AnyCommand
from schemas.people import Actor
from tests import scenario as s
from tests.rules.acting import act


def ask_several(*others: str, **draft: Any) -> AnyCommand:
    """One question to the lead and to others."""
    leads = others or (s.OTHER_LEAD.person,)
    return act("AskSeveral", s.OFFICER, request=s.draft(**draft), others=leads)


def amend(request: int = 1, **changes: Any) -> AnyCommand:
    """The officer asks otherwise: the draft of the scenario with changes."""
    draft = s.draft(title="Another paper").model_copy(update=changes)
    return act("AmendRequest", s.OFFICER, request=request, draft=draft, reason=s.say("It was too wide"))


def ask_what(request: int = 1, actor: Actor = s.LEAD) -> AnyCommand:
    """The lead asks what is meant."""
    return act("AskClarification", actor, request=request, question=s.say("Which months?"))


def say_what(request: int = 1) -> AnyCommand:
    """The officer says what is meant."""
    return act("AnswerClarification", s.OFFICER, request=request, answer=s.say("April to June"))


def delegate(
    to: str = s.OTHER_LEAD.person, request: int = 1, actor: Actor = s.LEAD, until: date | None = None
) -> AnyCommand:
    """The lead lets a colleague answer too."""
    return act("Delegate", actor, request=request, to=to, until_on=until)


def reassign(to: str = s.OTHER_LEAD.person, request: int = 1) -> AnyCommand:
    """The office puts it to another lead."""
    return act("Reassign", s.OFFICER, request=request, to=to, reason=s.say("The portfolio moved"))


def certify(version: int = 1, request: int = 1, actor: Actor = s.CHIEF_CONSTABLE) -> AnyCommand:
    """The force signs a version."""
    return act(
        "CertifyReturn", actor, request=request, version=version, statement=s.say("This is what we hold")
    )


def claim_sensitive(until_on: date, **facts: Any) -> AnyCommand:
    """The force claims that the first item should not be published."""
    facts = {"actor": s.LEAD, "request": 1, "version": 1, "item": 1, "ground": "safety", **facts}
    actor = facts.pop("actor")
    return act("ClaimSensitivity", actor, why=s.say("It names an address"), until_on=until_on, **facts)


def decide_sensitive(*, upheld: bool = True, claim: int = 1, **facts: Any) -> AnyCommand:
    """The office decides."""
    facts = {"actor": s.OFFICER, "request": 1, **facts}
    actor = facts.pop("actor")
    reason = s.say("The address is a refuge")
    return act("DecideSensitivity", actor, claim=claim, upheld=upheld, reason=reason, **facts)


def every(until_on: date) -> tuple[AnyCommand, ...]:
    """One of each."""
    return (
        ask_several(),
        amend(),
        ask_what(),
        say_what(),
        delegate(),
        reassign(),
        certify(),
        claim_sensitive(until_on),
        decide_sensitive(),
    )
