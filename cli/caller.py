"""Who calls, and how they want to be answered: what every command is given."""

import asyncio
import json
import secrets
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeVar

import typer
from pydantic import BaseModel
from rich.console import Console

from cli.office import Office, Opens, now
from rules.acting.appointments import role_on
from rules.clocks import civil
from schemas.commands import AnyCommand
from schemas.outcomes import NotKnownYet, Outcome, Receipt, Refused
from schemas.people import Actor, Person, Role
from schemas.programme.records import ProgrammeReceipt
from schemas.shape import Words

REFUSED, WRONG_USAGE, NOT_KNOWN_YET, OUT_OF_REACH = 1, 2, 3, 4
AT_THE_DOOR = (Role.CHIEF_EXECUTIVE, Role.POLICY_OFFICER)
"""Who looks after sessions, accounts and tokens."""
Answer = TypeVar("Answer")
Make = Callable[[Office, Actor, str, Words], Awaitable[AnyCommand]]
"""Makes the command from the office, who acts, the key, and where its texts are kept."""


class WrongUsageError(Exception):
    """What was typed cannot be used; the message says what to type instead."""


@dataclass
class Caller:
    """Everything that was said before the command itself, and the screen to answer on."""

    opens: Opens
    person: str | None = None
    lead: str | None = None
    given_key: str | None = None
    as_json: bool = False
    out: Console = field(default_factory=lambda: Console(highlight=False))
    err: Console = field(default_factory=lambda: Console(stderr=True, highlight=False, soft_wrap=True))

    def __post_init__(self) -> None:
        self.key = self.given_key or f"cli-{secrets.token_hex(8)}"

    def read(self, ask: Callable[[Office], Awaitable[Answer]]) -> Answer:
        """The answer to a question that only the store is asked."""
        return asyncio.run(self._with(ask, engine=False))

    def act(self, make: Make) -> None:
        """Do one act and say what came of it; the process ends with the code that tells it."""

        async def send(office: Office) -> Outcome:
            return await self.send(office, make)

        self.answer(self.do(send))

    def do(self, ask: Callable[[Office], Awaitable[Answer]], *, quiet: bool = False) -> Answer:
        """The answer to something that needs the engine; unless quiet, a spinner shows that it goes on."""
        spinner = self.err.is_terminal and not quiet
        waiting = self.err.status("Asking the engine …") if spinner else nullcontext()
        with waiting:
            return asyncio.run(self._with(ask, engine=True))

    async def send(self, office: Office, make: Make) -> Outcome:
        """Make a command and hand it in."""
        actor, words = await self.actor(office), Words()
        command = await make(office, actor, self.key, words)
        return await office.desk.send(command, words)

    async def actor(self, office: Office) -> Actor:
        """Who acts: the person named with --as.

        Raises: WrongUsageError: nobody is named, or nobody has that id.
        """
        people = await office.reads.people()
        if not people:
            raise WrongUsageError("Nobody is entered yet, so nobody can act. Run: starter.py people import")
        person = people.get(self.person or "")
        if person is None:
            why = f"Nobody here has the id {self.person}." if self.person else "Say who acts."
            raise WrongUsageError(f"{why} Write --as and one of: {', '.join(people)}.")
        role = role_on(person, civil(now()))
        return Actor(person=person.id, role=role, deputising_for=self.lead)

    async def at_the_door(self, office: Office) -> Actor:
        """Who acts, where it is somebody who looks after who comes in.

        Raises: WrongUsageError: it is nobody, or somebody else.
        """
        actor = await self.actor(office)
        if actor.role not in AT_THE_DOOR:
            raise WrongUsageError(
                "Only the chief executive and policy officers do this. Write --as and one of them."
            )
        return actor

    def answer(self, outcome: Outcome | ProgrammeReceipt) -> None:
        """Say what came of an act, and end with 0, 1 or 3."""
        if self.as_json:
            self.print_json({"outcome": _name(outcome), **outcome.model_dump(mode="json")})
        if isinstance(outcome, Receipt | ProgrammeReceipt):
            if not self.as_json:
                self.out.print(_done(outcome), soft_wrap=True)
            return
        if isinstance(outcome, Refused):
            self.err.print(f"Refused ({outcome.code}): {outcome.message}", markup=False)
            raise typer.Exit(REFUSED)
        self.err.print(f"{outcome.message} Ask again with: --key {outcome.key}", markup=False)
        raise typer.Exit(NOT_KNOWN_YET)

    def show(self, shape: object, draw: Callable[[Console], None]) -> None:
        """Answer a question: as JSON where that was asked for, drawn otherwise."""
        if self.as_json:
            self.print_json(shape)
        else:
            draw(self.out)

    def print_json(self, shape: object) -> None:
        """Print shapes as JSON."""
        sys.stdout.write(json.dumps(_plain(shape), ensure_ascii=False, indent=2) + "\n")

    async def _with(self, ask: Callable[[Office], Awaitable[Answer]], *, engine: bool) -> Answer:
        async with self.opens(engine=engine) as office:
            return await ask(office)


def caller(context: typer.Context) -> Caller:
    """The caller of a command."""
    found = context.obj
    assert isinstance(found, Caller)
    return found


def given_reason(said: str) -> str:
    """Why, as it is kept.

    Raises: WrongUsageError: nothing is said.
    """
    if not said.strip():
        raise WrongUsageError("Say why: --reason and a sentence.")
    return said.strip()


def title_of(people: dict[str, Person], person: str | None) -> str:
    """How somebody is shown: their title, or their id where they are not known."""
    if person is None:
        return ""
    found = people.get(person)
    return found.title if found else person


def _name(outcome: Outcome | ProgrammeReceipt) -> str:
    names = {Refused: "refused", NotKnownYet: "not_known_yet"}
    return names.get(type(outcome), "done")


def _done(receipt: Receipt | ProgrammeReceipt) -> str:
    of = receipt.programme if isinstance(receipt, ProgrammeReceipt) else receipt.cycle
    if not receipt.happened:
        return f"{of}: nothing had to be changed."
    if isinstance(receipt, ProgrammeReceipt):
        happened = ", ".join(dict.fromkeys(receipt.happened))
        slots = f" ({', '.join(receipt.slots)})" if receipt.slots else ""
        return f"{of}: recorded {happened}{slots}; version {receipt.version}."
    number = f" (number {receipt.number})" if receipt.number else ""
    return f"{of}: recorded {', '.join(receipt.happened)}{number}; version {receipt.version}."


def _plain(shape: object) -> Any:
    if isinstance(shape, BaseModel):
        return shape.model_dump(mode="json")
    if isinstance(shape, dict):
        return {key: _plain(value) for key, value in shape.items()}
    if isinstance(shape, Sequence) and not isinstance(shape, str):
        return [_plain(one) for one in shape]
    return shape
