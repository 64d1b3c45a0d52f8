"""Which steps come after one another in a sequence, told by its seed."""

from collections.abc import Sequence
from typing import Any

from schemas.commands import AnyCommand
from schemas.evidence import RequestDraft
from tests.model.days import at, working_after
from tests.model.moves import ANY, FACTS, ITEM, TEXT, Moves
from tests.model.moves_after import weights
from tests.model.paper import LAW, Paper
from tests.model.play import START, Play, Step

LONGEST = 110.0
"""Days that a sequence may last."""
JUMPS = (1, 1, 2, 3, 5, 8, 13, 21, 0.5)
KINDS = sorted(kind for kind in LAW if kind in FACTS)
TRIES = 25
MOVES_DAYS = {"SendBack", "AmendRequest", "DecideExtension", "Resume", "AnswerClarification", "Reopen",
              "DecideActionDate"}  # fmt: skip
COUNTS_FROM_DAYS = {"RequestExtension", "MoveActionDate"}
"""These are not sent at one moment with those: the model takes its days from the record, after the act."""
OFFICER = {"person": "policy-officer", "role": "policy_officer"}
CHIEF = {"person": "chief-executive", "role": "chief_executive"}
COMMISSIONER = {"person": "commissioner", "role": "commissioner"}
PUBLISHER = {"person": "publication-officer", "role": "publication_officer"}
COORDINATION = {"person": "force-coordination", "role": "force_coordination"}

Act = tuple[str, dict[str, str], dict[str, Any]] | float
"""A kind, who does it, and what it says; or a jump by days."""
SIGNED: dict[str, Any] = {"version": 1, "statement": TEXT}
HELD: tuple[Act, ...] = (
    ("FixSession", OFFICER, {"session": {"starts_at": at(working_after(START.date(), 3))}}),
    5.0,
    ("RecordAttendance", OFFICER, {"session": 1, "present": ["commissioner"]}),
)
PUBLISHED: tuple[Act, ...] = (
    *HELD,
    ("DraftFindings", OFFICER, {"answer": TEXT, "body": TEXT}),
    ("ApproveFindings", CHIEF, SIGNED),
    ("ApproveFindings", COMMISSIONER, SIGNED),
    ("Publish", PUBLISHER, {"version": 1}),
)
SOON = {"version": 1, "placeholder": TEXT, "at": at(working_after(START.date(), 9))}
PROMISED: tuple[Act, ...] = (
    (
        "ProposeAction",
        OFFICER,
        {
            "action": "2026/001",
            "what": TEXT,
            "owner": "acc-local-policing",
            "due_on": working_after(START.date(), 12),
        },
    ),
    ("ConfirmAction", COORDINATION, {"action": "2026/001"}),
    ("ClaimDone", COORDINATION, {"action": "2026/001", "proof": [ITEM], "covers_to": START.date()}),
    ("VerifyDone", OFFICER, {"action": "2026/001"}),
)
BEGINNINGS: tuple[tuple[str, tuple[Act, ...]], ...] = (
    ("evidence", ()),
    ("evidence", (("SubmitReturn", COORDINATION, {"request": 1, "items": [ITEM]}),)),
    ("sessions", HELD),
    ("actions", PROMISED),
    ("actions", (*PROMISED[:3], *PUBLISHED)),
    ("findings", PUBLISHED),
    ("findings", PUBLISHED[:-1]),
    ("findings", (*PUBLISHED[:-1], ("ScheduleRelease", PUBLISHER, SOON))),
    (
        "findings",
        (*PUBLISHED, ("DraftFindings", OFFICER, {"answer": TEXT, "body": TEXT, "correction": TEXT})),
    ),
)
"""The part that a sequence leans to, and how it comes quickly there; it goes a random part of that way."""


class Maker:
    """Makes the steps of one sequence."""

    def __init__(self, seed: int, kinds: Sequence[str] = ()) -> None:
        self.moves = Moves(seed)
        rng = self.moves.rng
        self.kinds = list(kinds) or KINDS
        self.leaning, way = rng.choice(BEGINNINGS)
        self.way = way[: rng.choice((len(way), rng.randint(0, len(way))))]
        self.weights = weights(self.leaning, self.kinds)
        self.days = 0.0

    def drafts(self) -> tuple[RequestDraft, ...]:
        """What is asked in the beginning: two or three requests, due on a day to come."""
        rng, found = self.moves.rng, []
        for _ in range(rng.choice((2, 2, 3))):
            due = working_after(START.date(), rng.randint(3, 25))
            days = {"kind": "working_days", "days": rng.randint(3, 20)}
            budget = rng.choice(({"kind": "on_date", "on": due}, days))
            found.append(RequestDraft.model_validate(self.moves.draft(due=budget)))
        return tuple(found)

    def begin(self, reference: str) -> list[Step]:
        """The steps by which the sequence comes to where it begins."""
        return [
            self._jump(act) if isinstance(act, float) else self._step(reference, *act) for act in self.way
        ]

    def _jump(self, days: float) -> Step:
        self.days += days
        return Step("jump", days=days)

    def _step(self, reference: str, kind: str, actor: dict[str, str], facts: dict[str, Any]) -> Step:
        said = {"kind": kind, "cycle": reference, "key": self.moves.key(), "actor": actor, **facts}
        return Step("send", (ANY.validate_python(said),))

    def next(self, play: Play) -> Step:
        """The next step."""
        self.moves.paper = play.paper
        rng, over = self.moves.rng, play.paper.cancelled or play.paper.closed
        ways, often = ("send", "again", "reuse", "pair", "jump", "crash", "lost"), (66, 6, 3, 8, 12, 2, 3)
        how = rng.choices(ways, often)[0]
        if how == "jump" and not over and self.days < LONGEST:
            return self._jump(rng.choice(JUMPS))
        if how in ("again", "reuse") and play.sent:
            return Step("send", (self._once_more(rng.choice(play.sent), other=how == "reuse"),))
        if how == "pair":
            first = self._command(play)
            second = first if self.moves.chance(0.2) else self._command(play)
            if not (MOVES_DAYS & {first.kind, second.kind} and COUNTS_FROM_DAYS & {first.kind, second.kind}):
                return Step("pair", (first, second))
        if how == "crash":
            return Step("crash", (self._command(play),), pause=rng.choice((0.0, 0.01, 0.03)))
        return Step("lost" if how == "lost" else "send", (self._command(play),))

    def _once_more(self, before: AnyCommand, *, other: bool) -> AnyCommand:
        if not other:
            return before
        marking = "OFFICIAL" if before.marking == "OFFICIAL-SENSITIVE" else "OFFICIAL-SENSITIVE"
        return before.model_copy(update={"marking": marking})

    def _command(self, play: Play) -> AnyCommand:
        """A command: mostly one that is lawful now."""
        wanted = self.moves.chance(0.78)
        for kind in self.moves.rng.choices(self.kinds, self.weights, k=TRIES):
            command = self.moves.command(kind, play.ref)
            if is_lawful(play.paper, command) == wanted:
                break
        return command


def is_lawful(paper: Paper, command: AnyCommand) -> bool:
    """Whether a command would be lawful now; nothing is done."""
    return paper.copy().do(command) is not False
