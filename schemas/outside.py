"""What happens outside and reaches us as an event, the rules that say what follows, and what became of it."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from schemas.clocks import Hour
from schemas.counting import Mark
from schemas.shape import CommitmentRef, CycleRef, Digest, Instant, ProgrammeRef, Shape, SlotNumber, Slug

MOST_FIELDS = 60
MOST_LETTERS = 4000
"""Letters of one field of an event's data."""
MOST = 10**15
Letters = Annotated[str, Field(max_length=MOST_LETTERS, pattern=r"^[^\x00]*$")]
Short = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Whole = Annotated[int, Field(ge=-MOST, le=MOST)]
Number = Annotated[float, Field(allow_inf_nan=False, ge=-MOST, le=MOST)]
Value = Letters | bool | Whole | Number | None | Annotated[tuple[Short, ...], Field(max_length=60)]
"""One field of an event: a text, a number, yes or no, or a list of short texts. Nothing deeper."""

Via = Literal["http", "import", "schedule", "ledger", "command"]
"""Which way an event came in."""

TYPE = r"^[a-z0-9][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$"
EventType = Annotated[str, Field(pattern=TYPE, max_length=200)]
"""A CloudEvents type: small words joined by dots, such as `answerable.inspection.published`."""


class OutsideEvent(Shape):
    """One event by CloudEvents 1.0. Source and id together name it for ever."""

    id: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f#]+$")]
    source: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\s\x00-\x1f\x7f]+$")]
    type: EventType
    subject: Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00]*$")] | None = None
    time: Instant | None = None
    data: Annotated[
        dict[Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")], Value],
        Field(max_length=MOST_FIELDS),
    ] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """How lines and ledgers name it."""
        return f"{self.source}#{self.id}"


Op = Literal[
    "equals", "one_of", "at_least", "at_most", "crosses_below", "crosses_above", "contains", "present"
]
"""How a condition compares a field."""


class Condition(Shape):
    """One thing that has to be so for a rule to apply."""

    field: str
    op: Op
    value: str | bool | int | float | tuple[str, ...]
    before: str = "previous"
    """For a crossing: the field that holds the value before."""


class MadeCycle(Shape):
    """The cycle that a rule asks for; `{name}` stands for a field of the event."""

    title: str
    theme: str
    commitments: tuple[str, ...]
    question: str
    cycle_kind: Slug


class OpensItself(Shape):
    """In whose name and how soon a cycle opens that a rule opens without asking."""

    officer: Slug
    opens_after: int
    """Working days after the day on which the event is taken."""
    session_after: int | None = None
    """Working days after the opening; None where the session is fixed later."""
    session_hour: Hour = "10:00"


Shares = Literal["commitments", "theme"]


class FeedsCycles(Shape):
    """Which cycles under way are told of an event, and who is."""

    shares: Shares
    theme: str | None = None
    commitments: tuple[str, ...] = ()
    tell: tuple[str, ...] = ("officer",)
    """`officer`, who opened the cycle, or a role of the office."""


class TriggerRule(Shape):
    """One rule: when an event of a type is so and so, a cycle is proposed, opened or told, or it is noted."""

    id: Slug
    title: str
    type: EventType
    every: tuple[Condition, ...] = ()
    then: Literal["propose", "open", "feed", "note"]
    makes: MadeCycle | None = None
    opens: OpensItself | None = None
    feeds: FeedsCycles | None = None
    why: str
    source: str
    mark: Mark


class TriggerEdition(Shape):
    """The rules of an office at one time: which edition, who made it, when and why."""

    edition: int = 1
    rules: tuple[TriggerRule, ...]
    changed_by: str
    changed_at: Instant | None = None
    """None for the edition that came with the product."""
    reason: str = ""

    @property
    def name(self) -> str:
        """How a line names it."""
        return f"triggers/{self.edition}"


class Promise(Shape):
    """Something promised for a day, such as with a budget, and the commitment of the plan it belongs to."""

    id: Slug
    commitment: CommitmentRef
    title: str
    due_on: date
    looked_at_before: Annotated[int, Field(ge=0, le=120)] = 20
    """Working days before its day on which it is taken up."""
    source: str
    mark: Mark


class Told(Shape):
    """A cycle under way that is told of an event, and the people or roles who are."""

    cycle: CycleRef
    people: tuple[Slug, ...] = ()
    roles: tuple[str, ...] = ()


class Taken(Shape):
    """What the rules make of an event: the rule, what follows, and the sentence that says why."""

    outcome: Literal["proposed", "opens", "fed", "noted", "nothing"]
    rule: Slug | None = None
    rules_edition: str
    because: str
    makes: MadeCycle | None = None
    """Set where a cycle is proposed or opened; every `{name}` is filled in."""
    officer: Slug | None = None
    opens_on: date | None = None
    session_at: Instant | None = None
    told: tuple[Told, ...] = ()


State = Literal["waiting", "taken"]


class OutsideRow(Shape):
    """An event as it is kept, with what became of it."""

    event: OutsideEvent
    digest: Digest
    via: Via
    received_at: Instant
    deliveries: int = 1
    state: State = "waiting"
    waits_for: str | None = None
    """In a sentence, why it was not taken yet."""
    decision: Taken | None = None
    """What the rules said; kept before it is handed to the programme, so that it is handed in as one act."""
    programme: ProgrammeRef | None = None
    proposal: int | None = None
    slot: SlotNumber | None = None
    taken_at: Instant | None = None


class FeedRow(Shape):
    """A line on a cycle's page: something outside that its officer was told of."""

    cycle: CycleRef
    event: OutsideEvent
    because: str
    at: Instant
    people: tuple[Slug, ...] = ()
    roles: tuple[str, ...] = ()
    told: tuple[Slug, ...] = ()
    """Who was reached, once they were written to."""
    told_at: Instant | None = None


class Became(Shape):
    """The answer to whoever brought an event: what became of it, in a sentence."""

    source: str
    id: str
    again: bool = False
    """Whether it was here before."""
    state: State
    outcome: Literal["proposed", "opens", "fed", "noted", "nothing"] | None = None
    rule: Slug | None = None
    said: str
    programme: ProgrammeRef | None = None
    proposal: int | None = None
    slot: SlotNumber | None = None


class Swept(Shape):
    """What a round of looking came to, in counts."""

    files: int = 0
    wrong_files: int = 0
    events: int = 0
    """Events that were new."""
    again: int = 0
    refused: int = 0
    taken: int = 0
    """Events kept before that were taken up now."""
    waiting: int = 0
    told: int = 0
