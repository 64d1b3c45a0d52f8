"""One form per command: its fields, what it makes of them, and when it is worth offering."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from rules.meeting.forums import Forums
from schemas.cycle import Cycle, Request
from schemas.people import Person, Side
from schemas.plans import Plan
from schemas.rows import CyclePage
from schemas.sessions import AgendaItem
from schemas.shape import Words
from web.forms.fields import Field, Option, Values

Built = dict[str, Any]


@dataclass(frozen=True)
class Search:
    """Looking up what a form offers to choose: which words were sought, and how much of it is shown."""

    path: str
    words: str
    shown: int
    all: int


@dataclass(frozen=True)
class Scene:
    """What a form knows when it is shown: the cycle, who is at it, and what the address asks about."""

    person: Person
    people: dict[str, Person]
    now: datetime
    ask: Mapping[str, str] = field(default_factory=dict)
    page: CyclePage | None = None
    plan: Plan | None = None
    forums: Forums = field(default_factory=dict)
    others: tuple[CyclePage, ...] = ()
    """Further cycles that the form draws on; those on the same meeting come first."""
    on: tuple[str, ...] = ()
    """The cycles that share the meeting which the form is about, by their references."""
    lent: tuple[AgendaItem, ...] = ()
    """What other cycles left open, for an agenda."""
    lent_words: Mapping[str, str] = field(default_factory=dict)
    """The words of that."""
    lent_more: int = 0
    """How much more they left open than is shown."""
    options: tuple[Option, ...] = ()
    """What can be chosen, where it was looked up beforehand."""
    search: Search | None = None
    """Where more of it can be looked up by words."""

    @property
    def cycle(self) -> Cycle:
        """The cycle that the form is about."""
        assert self.page is not None
        return self.page.cycle

    def say(self, ref: str | None) -> str:
        """The words of one of the cycle's texts, or of one of the cycles beside it."""
        pages = (self.page, *self.others) if self.page else self.others
        found = next((said for page in pages if (said := page.say(ref))), "")
        return found or self.lent_words.get(ref or "", "")

    def named(self, side: Side | None = None) -> tuple[Option, ...]:
        """People to choose from, of one side or of all.

        The office sees who has an address. The force does not (ADR 0018): the Desk refuses who has none.
        """
        return tuple(
            Option(one.id, one.title)
            for one in self.people.values()
            if (one.address or self.person.side == "force") and side in (None, one.side)
        )


def no_fields(_scene: Scene) -> tuple[Field, ...]:
    """A form that asks nothing but its button."""
    return ()


def nothing_more(_values: Values, _words: Words) -> Built:
    """A command that says nothing but its kind."""
    return {}


@dataclass(frozen=True)
class Form:
    """How one command is asked for on a page."""

    kind: str
    title: str
    button: str
    fields: Callable[[Scene], tuple[Field, ...]] = no_fields
    build: Callable[[Values, Words], Built] = nothing_more
    apt: Callable[[Cycle], bool] = lambda _cycle: True
    """Whether the cycle is at a point where this makes sense; the rules decide, this only tidies the page."""
    needs_newer: bool = False
    """Offered only where the office has newer standards of the kind than the cycle follows."""
    intro: str = ""
    grave: bool = False
    """Cannot be undone: the button warns."""
    look_first: bool = False
    """Show what else moves before it is done."""
    aliases: Mapping[str, str] = field(default_factory=dict)
    """Fields of the command that stand on the form under another name."""


def request_field(scene: Scene, apt: Callable[[Request], bool], label: str = "Which request?") -> Field:
    """The request that a command is about: the one that the address names, or one to choose."""
    named = scene.ask.get("request", "")
    if named.isdecimal():
        return Field("request", label, "hidden", start=named)
    options = tuple(
        Option(str(one.number), f"Request {one.number}: {scene.say(one.draft.title)}")
        for one in scene.cycle.requests
        if apt(one)
    )
    return Field("request", label, "one", options=options, missing="Choose a request")


def action_field(scene: Scene, states: tuple[str, ...]) -> Field:
    """The action that a command is about."""
    named = scene.ask.get("action", "")
    if scene.cycle.action(named):
        return Field("action", "Which action?", "hidden", start=named)
    options = tuple(
        Option(one.number, f"{one.number}: {scene.say(one.what)}")
        for one in scene.cycle.actions
        if one.state in states
    )
    return Field("action", "Which action?", "one", options=options, missing="Choose an action")


def reason(label: str = "Why?", hint: str = "Kept on the record.") -> Field:
    """The reason that a record needs."""
    return Field("reason", label, "text", hint=hint, missing="Enter the reason")


def with_request(build: Callable[[Values, Words], Built]) -> Callable[[Values, Words], Built]:
    """The same with the number of the request."""
    return lambda values, words: {"request": values["request"], **build(values, words)}


def with_reason(values: Values, words: Words) -> Built:
    """A command that gives a reason."""
    return {"reason": words.ref(values["reason"])}
