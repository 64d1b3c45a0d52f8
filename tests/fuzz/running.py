"""A reader fed so many inputs from a seed, and what came of it."""

import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.feeding import Target


@dataclass
class Fed:
    """What a reader was fed with, and what it came to."""

    name: str
    became: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def inputs(self) -> int:
        """How many it was fed with."""
        return sum(self.became.values())


def feed(target: Target, inputs: int, start: int) -> Fed:
    """Feed a reader; where it raises, the smallest input that still makes it raise is found and told."""
    fed, began = Fed(target.name), monotonic()

    @seed(start)
    @settings(
        max_examples=inputs,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(target.given)
    def one(given: Any) -> None:
        try:
            fed.became[target.reads(given)] += 1
        except Exception as wrong:
            wrong.add_note(f"given {given!r}"[:2000])
            raise

    try:
        one()
    except BaseExceptionGroup as several:
        fed.wrong += [_told(one) for one in several.exceptions]
    except Exception as wrong:  # noqa: BLE001 - whatever a reader raises is what is looked for
        fed.wrong.append(_told(wrong))
    fed.seconds = round(monotonic() - began, 1)
    return fed


def _told(wrong: BaseException) -> str:
    """What was raised, by what, and where."""
    frames = traceback.extract_tb(wrong.__traceback__)
    where = " < ".join(f"{Path(one.filename).name}:{one.lineno}" for one in reversed(frames[-4:]))
    return f"{type(wrong).__name__}: {wrong} {where} {' '.join(getattr(wrong, '__notes__', ()))}"[:4000]
