"""What clients write down for themselves before and after each act, and what it comes to afterwards."""

import json
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

Kind = Literal["receipt", "refused", "unknown", "fault"]
"""`unknown`: no answer, or "not known yet"; `fault`: what no client should ever be told."""


@dataclass(frozen=True)
class Told:
    """What a client was told of one sending."""

    kind: Kind
    version: int = 0
    happened: tuple[str, ...] = ()
    why: str = ""
    """The code of a refusal, or how there was no answer."""


@dataclass(frozen=True)
class Try:
    """One sending of an act: when it was sent, and when what was told; no `told` where nobody heard."""

    asked_at: float
    told_at: float | None = None
    told: Told | None = None


@dataclass
class Act:
    """One act of a client with all its sendings, oldest first."""

    cycle: str
    key: str
    kind: str
    door: str
    tries: list[Try] = field(default_factory=list)

    @property
    def receipts(self) -> list[Told]:
        """Every receipt that it got."""
        return [one.told for one in self.tries if one.told and one.told.kind == "receipt"]

    @property
    def refused(self) -> bool:
        """Whether it was refused, and never acknowledged."""
        return not self.receipts and any(one.told and one.told.kind == "refused" for one in self.tries)

    @property
    def outcome(self) -> Kind:
        """What its client knows in the end."""
        if self.receipts:
            return "receipt"
        return "refused" if self.refused else "unknown"

    @property
    def acknowledged_at(self) -> float:
        """When its first receipt was there."""
        return min(one.told_at or 0 for one in self.tries if one.told and one.told.kind == "receipt")


class Notebook:
    """A client's own file: each line is handed to the system before the client goes on."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf8")
        self._number = 0

    def asks(self, cycle: str, key: str, kind: str, door: str) -> int:
        """Note that an act is about to be sent; the number under which its answer is noted."""
        self._number += 1
        self._line(what="asks", n=self._number, cycle=cycle, key=key, kind=kind, door=door)
        return self._number

    def told(self, number: int, told: Told) -> None:
        """Note what was told."""
        self._line(what="told", n=number, **vars(told))

    def says(self, what: str, cycle: str, why: str = "") -> None:
        """Note what became of a cycle: `begun`, `done`, or `stuck` and why."""
        self._line(what=what, cycle=cycle, why=why)

    def close(self) -> None:
        """Nothing more is noted."""
        self._file.close()

    def _line(self, **facts: Any) -> None:
        self._file.write(json.dumps({"t": time.monotonic(), **facts}) + "\n")
        self._file.flush()


@dataclass
class Notes:
    """The notes of all clients."""

    acts: dict[tuple[str, str], Act] = field(default_factory=dict)
    cycles: dict[str, str] = field(default_factory=dict)
    """What each cycle was last said to be."""
    why: dict[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> list[float]:
        """When acts were acknowledged, in order."""
        return sorted(one.acknowledged_at for one in self.acts.values() if one.receipts)


def read(paths: Iterable[Path]) -> Notes:
    """The notes in these files. A last line that its client did not live to end is no line."""
    notes = Notes()
    for path in paths:
        lines = path.read_text(encoding="utf8").split("\n")[:-1]
        _take_in(notes, [json.loads(one) for one in lines])
    return notes


def _take_in(notes: Notes, lines: list[dict[str, Any]]) -> None:
    answers: dict[int, dict[str, Any]] = {one["n"]: one for one in lines if one["what"] == "told"}
    said = defaultdict(list)
    for line in lines:
        if line["what"] == "asks":
            where = (line["cycle"], line["key"])
            act = notes.acts.setdefault(where, Act(*where, line["kind"], line["door"]))
            act.tries.append(_try(line, answers.get(line["n"])))
        elif line["what"] != "told":
            said[line["cycle"]].append(line)
    for cycle, found in said.items():
        notes.cycles[cycle], notes.why[cycle] = found[-1]["what"], found[-1]["why"]


def _try(asked: dict[str, Any], answer: dict[str, Any] | None) -> Try:
    if answer is None:
        return Try(asked["t"])
    told = Told(answer["kind"], answer["version"], tuple(answer["happened"]), answer["why"])
    return Try(asked["t"], answer["t"], told)
