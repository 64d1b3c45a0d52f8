"""Telling a story: which acts were done in a cycle, when, by whom, under which fixed keys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from demonstration.dates import Dates, real_session
from reference.catalogue import demonstration_people, session, standards
from reference.cyclefile import CycleFile, FileRequest, FileSession, Opening, open_command
from reference.forums import forums
from rules.clocks import civil
from rules.meeting.agenda import in_order
from rules.meeting.forums import with_rules
from schemas.clocks import Budget
from schemas.commands import AnyCommand, Command, DraftFindings, OpenCycle, PublishAgenda
from schemas.evidence import WrittenItem
from schemas.people import Actor
from schemas.sessions import AgendaItem, AgendaWhy
from schemas.shape import Words

COMMANDS: TypeAdapter[AnyCommand] = TypeAdapter(AnyCommand)
BODY = "west-mercia-opcc"
MOVED = "the dates are moved, keeping their distances in working days. This session"
UNMOVED = "this session"
PLACE = "Commissioner's meeting room"
ROLES = {
    "assistant_chief_constable": "acc-local-policing",
    "policy_officer": "policy-officer",
}
"""Where a role of the record has another id among the people of the demonstration."""


@dataclass(frozen=True)
class Ask:
    """One item of a real session as a request: who is asked, and which commitment it serves."""

    item: int
    lead: str
    commitment: str
    due: Budget
    form: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Step:
    """One act and the instant at which it is done."""

    at: datetime
    command: AnyCommand
    after_notes: str | None = None
    """Where findings are drafted from the notes of the session: what stands after the notes."""


@dataclass(frozen=True)
class Numbers:
    """What each cycle, and each action of its session, is called: the same keys always get the same."""

    cycles: Mapping[str, str]
    actions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Story:
    """One cycle of the demonstration: how it is opened, and what is done in it afterwards."""

    name: str
    opened_at: datetime
    file: CycleFile
    opening: Opening
    words: Words
    steps: tuple[Step, ...] = ()
    in_the_past: bool = True
    """Whether the cycle is opened on a past day; otherwise it is opened today and its story lies ahead."""

    def texts(self) -> Mapping[str, str]:
        """Every text of the story by its reference, those of its opening too."""
        open_command(self.file, self.opening, self.words)
        return self.words.kept

    def open(self, now: datetime) -> OpenCycle:
        """The command that opens the cycle, its clock set back to the day of its opening."""
        command = open_command(self.file, self.opening, self.words)
        set_back = now - self.opened_at if self.in_the_past else timedelta(0)
        session = with_rules(command.session, forums())
        return command.model_copy(update={"set_back": set_back, "session": session})


@dataclass
class Telling:
    """Collects the acts of one cycle."""

    name: str
    reference: str
    dates: Dates
    words: Words = field(default_factory=Words)
    steps: list[Step] = field(default_factory=list)
    told_later: int = 0
    """How many acts were added to the story after its first telling; they leave the numbers of the others."""

    def say(self, words: str) -> str:
        """The reference of a text that the record does not hold: it says that it is a demonstration's."""
        return self.words.ref(f"Demonstration: {words}")

    def paper(self, words: str) -> tuple[WrittenItem, ...]:
        """A return of one written answer."""
        return (WrittenItem(text=self.say(words)),)

    def act(self, days: int, hour: str, person: str, kind: type[Command], **facts: Any) -> None:
        """One act, so many working days after the session, at an hour in London."""
        number = len(self.steps) - self.told_later + 1
        self._tell(days, hour, person, kind, act=f"{number:02d}-{kind.__name__}", facts=facts)

    def later(self, days: int, hour: str, person: str, kind: type[Command], **facts: Any) -> None:
        """The same of an act that came into the story later: keys of those told first never change."""
        self.told_later += 1
        name = f"later-{self.told_later:02d}-{kind.__name__}"
        self._tell(days, hour, person, kind, act=name, facts=facts)

    def then(
        self, days: int, hour: str, person: str, kind: type[Command], *, of: str | None = None, **facts: Any
    ) -> None:
        """The same, counted from any of the sessions; its key says what it is, not which in order."""
        named = (facts.get(one) for one in ("request", "question", "version"))
        about = [*(str(one) for one in named if isinstance(one, int)), *filter(None, [facts.get("action")])]
        parts = ((of or self.name)[5:7], str(days), hour.replace(":", ""), kind.__name__, *about)
        name = ".".join(parts).replace("/", "-")
        self._tell(days, hour, person, kind, act=name, facts=facts, of=of)

    def drafted(self, days: int, hour: str, *, answer: str, after_notes: str) -> None:
        """The findings are drafted: the notes of what is recorded, and what stands after them."""
        body = self.words.ref(after_notes)
        self.act(days, hour, "policy-officer", DraftFindings, answer=answer, body=body)
        self.steps[-1] = replace(self.steps[-1], after_notes=after_notes)

    def in_order(self) -> tuple[Step, ...]:
        """Everything that was told, in the order in which it was done."""
        return tuple(sorted(self.steps, key=lambda one: one.at))

    def agenda(self, days: int, hour: str, items: Iterable[AgendaItem]) -> None:
        """The agenda is published, numbered as it stands."""
        self.later(days, hour, "policy-officer", PublishAgenda, items=in_order(tuple(items)))

    def item(self, title: str, request: int | None = None) -> AgendaItem:
        """One item of the record's own agenda, by its title."""
        why: AgendaWhy = "standing" if request is None else "due"
        about = {} if request is None else {"cycle": self.reference, "request": request}
        return AgendaItem.model_validate({"number": 1, "title": self.words.ref(title), "why": why, **about})

    def carried(self, what: str, why: AgendaWhy, cycle: str, action: str) -> AgendaItem:
        """One action that an earlier session left open, under its own number."""
        return AgendaItem(number=1, title=what, why=why, cycle=cycle, action=action)

    def _tell(
        self,
        days: int,
        hour: str,
        person: str,
        kind: type[Command],
        *,
        act: str,
        facts: dict[str, Any],
        of: str | None = None,
    ) -> None:
        command = COMMANDS.validate_python(
            {
                "kind": kind.__name__,
                "cycle": self.reference,
                "key": key_of(self.name, act),
                "actor": actor(person),
                **facts,
            }
        )
        self.steps.append(Step(at=self.dates.at(of or self.name, days, hour), command=command))

    def opening(self, calendar: str) -> Opening:
        """What opens the cycle beside its file."""
        return Opening(
            cycle=self.reference,
            key=key_of(self.name, "open"),
            actor=actor("policy-officer"),
            standards=standards()[session(self.name)["kind"]],
            calendar=calendar,
            body=BODY,
        )


def key_of(name: str, act: str) -> str:
    """The key of an act of the demonstration, the same for ever."""
    return f"demonstration:{name}:{act}"


def actor(person: str) -> Actor:
    """Somebody of the demonstration, in their role."""
    return Actor(person=person, role=demonstration_people()[person].role)


def requests(name: str, asks: tuple[Ask, ...]) -> tuple[FileRequest, ...]:
    """The items of a real session as requests: their titles, points and forms are the record's."""
    items = session(name)["items"]
    return tuple(_request(items[one.item], one) for one in asks)


def _request(item: dict[str, Any], ask: Ask) -> FileRequest:
    form: Any = ask.form or item.get("paper", {}).get("form", "report")
    return FileRequest(
        title=ask.title or item["title"],
        lead=ask.lead,
        asked=tuple(item.get("asked", ())),
        form=form,
        due=ask.due,
        commitment=ask.commitment,
    )


def file_of(
    dates: Dates,
    name: str,
    asks: tuple[Ask, ...],
    *,
    title: str,
    theme: str,
    question: str,
    more: tuple[str, ...] = (),
    planned: bool = False,
) -> CycleFile:
    """A real session as the file of a cycle; the question says on which real day it was held."""
    really = civil(real_session(name))
    moved = dates.session_at(name) != real_session(name)
    commitments = dict.fromkeys((*(one.commitment for one in asks), *more))
    return CycleFile(
        kind=session(name)["kind"],
        title=title,
        theme=theme,
        commitments=tuple(commitments),
        question=f"{question} Demonstration: {MOVED if moved else UNMOVED} was really held on "
        f"{really:%A %-d %B %Y}; what is asked is what was asked then.",
        session=FileSession(starts_at=dates.session_at(name), place=PLACE),
        requests=requests(name, asks),
        planned=planned,
    )


def present(name: str) -> tuple[str, ...]:
    """Who attended by the record, as people of the demonstration; a role without one stands as itself."""
    facts = session(name)
    seen = [facts["chair"], *facts["attending"]]
    people = (ROLES.get(role, role.replace("_", "-")) for role in seen)
    second = {"policy-officer": "second-policy-officer", "acc-local-policing": "acc-protecting-people"}
    found: list[str] = []
    for person in people:
        found.append(second[person] if person in found and person in second else person)
    return tuple(dict.fromkeys(found))
