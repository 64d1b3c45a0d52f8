"""From a form of the programme to its command, and from its outcome to what the page shows."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.programme.verdict import ProgrammeAllowed
from schemas.outcomes import NotKnownYet, Refused
from schemas.people import Person
from schemas.programme.commands import AnyProgrammeCommand
from schemas.programme.records import ProgrammeReceipt
from schemas.shape import Shape, Words
from web.acting.doing import GENERAL, Again
from web.acting.refusals import of_shape, treatment
from web.door.identity import actor
from web.door.rooms import rooms
from web.forms.fields import Field, Typed
from web.forms.form import Form
from web.forms.posted import Posted, fresh_key
from web.programme.board import Board, desk_of
from web.showing.page import render

COMMAND: TypeAdapter[AnyProgrammeCommand] = TypeAdapter(AnyProgrammeCommand)


@dataclass(frozen=True)
class Act:
    """One act on the programme by somebody, under the key of their form."""

    request: Request
    board: Board
    person: Person
    key: str
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Fields of the command that stand on the form under another name."""

    def command(self, kind: str, **facts: Any) -> AnyProgrammeCommand | Again:
        """The command, or what is wrong with its shape."""
        envelope = {
            "kind": kind,
            "programme": self.board.reference,
            "key": self.key,
            "actor": actor(self.request, self.person),
        }
        try:
            return COMMAND.validate_python({**envelope, **facts})
        except ValidationError as wrong:
            return self.wrong(wrong)

    def wrong(self, wrong: ValidationError) -> Again:
        """What is wrong with the shape of something, at the fields of the form."""
        return Again({self._place(one): one.message for one in of_shape(wrong)})

    async def answered(self) -> bool:
        """Whether this form was carried out already: a second press of its button."""
        reads = rooms(self.request).reads
        return bool(await reads.programme_entries(self.board.reference, self.key))

    async def preview(self, command: AnyProgrammeCommand) -> ProgrammeAllowed | Again:
        """What would happen; nothing is written."""
        decision = await desk_of(self.request).preview(command)
        return self.refused(decision) if isinstance(decision, Refused) else decision

    async def send(
        self, command: AnyProgrammeCommand, words: Words | None = None
    ) -> ProgrammeReceipt | NotKnownYet | Again:
        """Hand the command in."""
        outcome = await desk_of(self.request).send(command, words)
        return self.refused(outcome) if isinstance(outcome, Refused) else outcome

    def refused(self, refused: Refused) -> Again:
        """A refusal as the form shows it."""
        how = treatment(refused)
        return Again({self._place(refused): refused.message}, status=how.status, stale=how.stale)

    def _place(self, refused: Refused) -> str:
        """The form's field that a refusal speaks of."""
        named = (refused.field or GENERAL).removeprefix("draft.").split(".", maxsplit=1)[0]
        return self.aliases.get(named, named)


def stale(message: str, place: str = GENERAL) -> Again:
    """The record has moved on since the page was made."""
    return Again({place: message}, status=409, stale=True)


def marked(*shapes: Shape) -> str:
    """A short mark of what somebody was shown, by which a later change is noticed."""
    said = "\n".join(one.model_dump_json() for one in shapes)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def answer(
    request: Request, back: Posted, outcome: ProgrammeReceipt | NotKnownYet, said: str, to: str
) -> Response:
    """The next page after an act, or "not known yet" with everything that was typed."""
    if isinstance(outcome, NotKnownYet):
        return render(
            request, "acts/waiting.html", 202, title="No answer yet", message=outcome.message,
            pairs=[*back.typed.pairs(), *_kept(back.typed)],
        )  # fmt: skip
    request.session["said"] = said
    return RedirectResponse(to, 303)


def _kept(typed: Typed) -> list[tuple[str, str]]:
    """What a second asking has to say again although a form that is changed would not."""
    return [("seen", typed.one("seen"))] if typed.one("seen") else []


def show_form(
    request: Request, form: Form, fields: tuple[Field, ...], again: Again, typed: Typed, *,
    caption: str, back: tuple[str, str],
) -> Response:  # fmt: skip
    """A small form about the programme, in the look of every other form."""
    return render(
        request, "acts/form.html", again.status, title=form.title, form=form, fields=fields, typed=typed,
        caption=caption, cycle={"reference": "", "title": None}, say=lambda _ref: "", errors=again.errors,
        stale=again.stale, key=typed.one("key") or fresh_key(), kept=(), about=None, findings=None,
        takes_files=False, nothing=False, back=back,
    )  # fmt: skip


FIRST = Again({}, status=200)
"""A form that is shown for the first time."""
