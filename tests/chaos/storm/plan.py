"""Which faults come in which order, told by a seed; and how many kills a part may bear in a minute."""

import random  # noqa: TID251 - a seed gives the same faults every time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

PARTS = ("worker", "web", "temporal", "postgres")
Kind = Literal["kill", "power", "pause", "cut", "full", "clock"]
"""Parts killed, everything at once, a part that stands still, connections cut, a full disk, a clock."""
OFTEN: dict[Kind, int] = {"kill": 74, "power": 3, "pause": 9, "cut": 6, "full": 3, "clock": 5}
AT_ONCE = (1, 1, 1, 1, 2, 2, 3)
"""How many parts a kill takes at one time."""
TURNS = (-7200, -600, -30, 45, 900, 5400)
"""Seconds by which the clock is turned."""
BEARS, WITHIN = 3, 75.0
"""Kills of one part within so many seconds: the product gives up at five within sixty, as it says it does."""


@dataclass(frozen=True)
class Fault:
    """One fault: after how long, what, to which parts, and for how long."""

    after: float
    kind: Kind
    parts: tuple[str, ...] = ()
    seconds: float = 0.0
    turn: int = 0


def faults(seed: int) -> Iterator[Fault]:
    """Faults without end; the same for the same seed. The first of each kind come early."""
    chance = random.Random(seed)  # noqa: S311 - not a secret: it is to come again
    early: list[Kind] = ["cut", "pause", "clock", "full", "power"]
    number = 0
    while True:
        number += 1
        kinds, weights = list(OFTEN), list(OFTEN.values())
        kind = early.pop(0) if early and number % 6 == 0 else chance.choices(kinds, weights)[0]
        yield Fault(
            after=round(chance.uniform(0.5, 3.5), 2),
            kind=kind,
            parts=tuple(chance.sample(PARTS, chance.choice(AT_ONCE) if kind == "kill" else 1)),
            seconds=round(chance.uniform(1.5, 7.0), 2),
            turn=chance.choice(TURNS),
        )


@dataclass
class Bearing:
    """Which parts were killed lately."""

    lately: dict[str, deque[float]] = field(default_factory=lambda: {part: deque() for part in PARTS})

    def spares(self, parts: tuple[str, ...], now: float) -> tuple[str, ...]:
        """Those of the parts that may be killed now, which counts."""
        found = []
        for part in parts:
            times = self.lately[part]
            while times and now - times[0] > WITHIN:
                times.popleft()
            if len(times) < BEARS:
                times.append(now)
                found.append(part)
        return tuple(found)

    def forget(self) -> None:
        """The product has begun anew, and counts anew."""
        for times in self.lately.values():
            times.clear()
