"""The workload as data: whole cycles of holding to account, the same for every system and every run.

One request with eight questions and its ladder; of every ten cycles three returns are sent back, one is
suspended for ten days and two are extended; then the session, a decision, three actions and publication.
Nothing here is random: which cycles of a block of ten are which follows from the seed by a digest.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from typing import Any

LADDER = (-5, -1, 1, 3, 10)
"""Days from the due day on which the engine reminds by itself."""
QUESTIONS, ACTIONS = 8, 3
DUE, AGAIN, EXTENDED, SUSPENDED = 20, 5, 5, 10
"""Days: to the first due day, to the day after a return was sent back, of more time, of standing still."""
OF_TEN = {"sent_back": 3, "suspended": 1, "extended": 2}
"""Of every ten cycles, how many."""
BLOCK = 10
NEVER = 10_000
"""A due day that no run reaches."""


@dataclass(frozen=True)
class Act:
    """One act of a person: refused or recorded once, and acknowledged when everybody can see it."""

    number: int
    """Its place in the cycle, from 1; the ledger's version."""
    name: str
    stage: str
    words: tuple[str, ...] = ()
    about: int = 0
    """Which action, from 1; 0 where it is about none."""
    due: int | None = None
    """The day on which the return is owed from now on, counted from the cycle's beginning."""
    ladder: str = "keep"
    """`set` by the due day, `stop`ped, or `keep`."""
    tells: bool = False
    """Whether somebody is written to because of it, once it is recorded."""
    leaves: bool = False
    """Whether the stage ends with it."""
    last: bool = False
    way: str = ""
    """Of the act that opens a cycle: which way it will go; only the floor looks, for its shape."""

    def rungs(self) -> tuple[int, ...] | None:
        """Days from the cycle's beginning on which reminders fall from now on; None where nothing changes."""
        if self.ladder == "keep" or (self.ladder == "set" and self.due is None):
            return None
        return () if self.ladder == "stop" else tuple((self.due or 0) + offset for offset in LADDER)

    def key(self, reference: str) -> str:
        """The name that makes a second sending of this act harmless."""
        return f"{reference}:{self.number:03d}-{self.name}"


@dataclass(frozen=True)
class Cycle:
    """One cycle: which way it goes, and its acts in order."""

    reference: str
    number: int
    way: str
    """What happens in it, as `sent_back+extended`, or `straight`: the same way makes the same history."""
    acts: tuple[Act, ...]


def cycles(seed: int, count: int, first: int = 0) -> Iterator[Cycle]:
    """So many cycles from a number on; the same seed and numbers give the same cycles for ever."""
    for number in range(first, first + count):
        yield cycle(seed, number)


def cycle(seed: int, number: int) -> Cycle:
    """The cycle of a number."""
    return of_way(number, {name for name in OF_TEN if _chosen(seed, number, name)})


def of_way(number: int, happens: Collection[str]) -> Cycle:
    """The cycle of a number in which this happens."""
    way = "+".join(name for name in OF_TEN if name in happens) or "straight"
    acts = tuple(Act(**{"number": n, **step}) for n, step in enumerate(_steps(way, happens), start=1))
    return Cycle(reference_of(number), number, way, acts)


def ways() -> Iterator[tuple[str, ...]]:
    """Every way that a cycle can go."""
    for size in range(len(OF_TEN) + 1):
        yield from combinations(OF_TEN, size)


def reference_of(number: int) -> str:
    """The reference of the cycle of a number."""
    return f"HTA-{2030 + number // 9999}-{1 + number % 9999:04d}"


def _chosen(seed: int, number: int, name: str) -> bool:
    """Whether this is one of the so many of its block of ten."""
    block, place = divmod(number, BLOCK)
    digests = [sha256(f"{seed}/{block}/{name}/{one}".encode()).digest() for one in range(BLOCK)]
    return sorted(range(BLOCK), key=digests.__getitem__).index(place) < OF_TEN[name]


Step = dict[str, Any]


def _steps(way: str, happens: Collection[str]) -> Iterator[Step]:
    due = DUE
    asked = tuple(f"Question {n}: {QUESTION}" for n in range(1, QUESTIONS + 1))
    yield _step("opened", "evidence", words=asked, due=due, ladder="set", tells=True, way=way)
    if "extended" in happens:
        due += EXTENDED
        yield _step("extension_asked", "evidence", tells=True)
        yield _step("extension_granted", "evidence", due=due, ladder="set", tells=True)
    if "suspended" in happens:
        due += SUSPENDED
        yield _step("suspended", "evidence", ladder="stop")
        yield _step("resumed", "evidence", due=due, ladder="set")
    yield _returned()
    if "sent_back" in happens:
        yield _step("sent_back", "evidence", due=due + AGAIN, ladder="set", tells=True)
        yield _returned()
    yield _step("accepted", "evidence", tells=True, leaves=True)
    yield _step("held", "session", leaves=True)
    yield _step("judged", "judgement", leaves=True)
    yield _step("decided", "decision", leaves=True)
    yield from _outcomes()


def _outcomes() -> Iterator[Step]:
    for about in range(1, ACTIONS + 1):
        yield _step("action_proposed", "actions", about=about, tells=True)
        yield _step("action_confirmed", "actions", about=about, tells=True, leaves=about == ACTIONS)
    yield _step("drafted", "findings", tells=True)
    yield _step("approved_by_executive", "findings", tells=True)
    yield _step("approved_by_commissioner", "findings", tells=True)
    yield _step("published", "findings", tells=True, leaves=True)
    for about in range(1, ACTIONS + 1):
        yield _step("action_done", "follow_up", about=about)
        end = about == ACTIONS
        yield _step("action_verified", "follow_up", about=about, leaves=end, last=end)


def _returned() -> Step:
    answers = tuple(f"Answer {n}: {ANSWER}" for n in range(1, QUESTIONS + 1))
    return _step("returned", "evidence", words=answers, ladder="stop", tells=True)


def _step(name: str, stage: str, **facts: Any) -> Step:
    return {"name": name, "stage": stage, "words": (SENTENCE,), **facts}


QUESTION = "how many were there in each quarter, and what was done about those that took longest?"
ANSWER = "the numbers are in the table, and each of the slowest was looked at by a supervisor."
SENTENCE = "Said for the bench, at the length of an ordinary sentence in an ordinary record."
