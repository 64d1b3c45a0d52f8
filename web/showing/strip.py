"""The stage strip: where a cycle is, in seven steps that are always in the same words."""

from dataclasses import dataclass

from schemas.cycle import Stage
from web.showing.words import STAGES, STRIP


@dataclass(frozen=True)
class Step:
    """One step of the strip: done, here, or to come."""

    text: str
    state: str


def strip(stage: Stage) -> list[Step]:
    """The steps of a cycle in this stage; a closed one has done them all, a cancelled one none."""
    here = STAGES[stage]
    at = STRIP.index(here) if here in STRIP else len(STRIP) * (stage == "closed") - (stage == "cancelled")
    return [
        Step(text, "done" if place < at else "here" if place == at else "to come")
        for place, text in enumerate(STRIP)
    ]
