"""Commands about evidence: what is asked, and what comes back."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.clocks import Budget
from schemas.commands.base import Command, ForRequest
from schemas.evidence import Answer, Cover, Ground, Item, RequestDraft
from schemas.shape import Slug, TextRef, later

Part = Annotated[int, Field(ge=1)]
"""One of the things that a request asks for, by its place in `RequestDraft.asked`, from 1."""


class AddRequest(Command):
    """Ask one more lead for evidence."""

    kind: Literal["AddRequest"] = "AddRequest"
    request: RequestDraft


class AskSeveral(Command):
    """Put one question to several leads: a campaign of requests, one row each."""

    kind: Literal["AskSeveral"] = "AskSeveral"
    request: RequestDraft
    """What is asked, as the first lead gets it."""
    others: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=59)]
    """The other leads."""


class AmendRequest(ForRequest):
    """Ask otherwise, before the return is accepted. The lead stays the same and is told."""

    kind: Literal["AmendRequest"] = "AmendRequest"
    draft: RequestDraft
    reason: TextRef


class WithdrawRequest(ForRequest):
    """Ask no longer."""

    kind: Literal["WithdrawRequest"] = "WithdrawRequest"
    reason: TextRef


class Acknowledge(ForRequest):
    """The lead has seen the request."""

    kind: Literal["Acknowledge"] = "Acknowledge"


class AskClarification(ForRequest):
    """The lead asks what is meant; the clock stands still until the office has answered."""

    kind: Literal["AskClarification"] = "AskClarification"
    question: TextRef


class AnswerClarification(ForRequest):
    """The office says what is meant; the clock runs again, with the time given back."""

    kind: Literal["AnswerClarification"] = "AnswerClarification"
    answer: TextRef


class Delegate(ForRequest):
    """Let a colleague answer too, to a day or until further notice; the lead stays answerable."""

    kind: Literal["Delegate"] = "Delegate"
    to: Slug
    until_on: date | None = None
    reason: TextRef | None = None


class Reassign(ForRequest):
    """Put the request to another lead."""

    kind: Literal["Reassign"] = "Reassign"
    to: Slug
    reason: TextRef


class SubmitReturn(ForRequest):
    """The force's reply: a version of the return."""

    kind: Literal["SubmitReturn"] = "SubmitReturn"
    answer: Answer = "provided"
    items: Annotated[tuple[Item, ...], Field(max_length=40)] = ()
    cover: Cover = Cover()
    partial: bool = False
    parts: tuple[Part, ...] = later(())
    """Which parts this version answers, where it is partial and says so; the others stay owed."""
    reason: TextRef | None = None
    signed_off_by: Slug | None = None


class CertifyReturn(ForRequest):
    """Certify, for the force, the newest version of a return."""

    kind: Literal["CertifyReturn"] = "CertifyReturn"
    version: Annotated[int, Field(ge=1)]
    statement: TextRef


class SendBack(ForRequest):
    """The return has a gap: name it and give a new day."""

    kind: Literal["SendBack"] = "SendBack"
    gap: TextRef
    due: Budget
    parts: tuple[Part, ...] = later(())
    """The parts that reopen; all of them where none is named."""


class AcceptReturn(ForRequest):
    """The evidence is what was asked for."""

    kind: Literal["AcceptReturn"] = "AcceptReturn"


class ClaimSensitivity(ForRequest):
    """The force says that an item of a return should not be published, on a ground, to a day."""

    kind: Literal["ClaimSensitivity"] = "ClaimSensitivity"
    version: Annotated[int, Field(ge=1)]
    item: Annotated[int, Field(ge=1)]
    """The item's place in that version, from 1."""
    ground: Ground
    why: TextRef
    paragraph: Annotated[str, Field(max_length=80)] | None = None
    """The paragraph of the schedule or order that is relied on, where there is one."""
    until_on: date
    """The last day on which it is claimed; then it is looked at again."""


class DecideSensitivity(ForRequest):
    """The office upholds or refuses the claim. It decides what is published, never what is seen."""

    kind: Literal["DecideSensitivity"] = "DecideSensitivity"
    claim: Annotated[int, Field(ge=1)]
    upheld: bool
    reason: TextRef
    until_on: date | None = None
    """An earlier last day than was claimed, where the office sets one."""


class RequestExtension(ForRequest):
    """The lead asks for more time, to a day or by working days, with a reason."""

    kind: Literal["RequestExtension"] = "RequestExtension"
    to: date | None = None
    days: Annotated[int, Field(ge=1, le=260)] | None = later(None)
    """Working days after the present due day; instead of `to`."""
    reason: TextRef


class DecideExtension(ForRequest):
    """The officer grants or refuses more time."""

    kind: Literal["DecideExtension"] = "DecideExtension"
    granted: bool
    reason: TextRef | None = None
