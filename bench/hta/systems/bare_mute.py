"""(a) once more, by the product's history to the letter: nobody is told of any act, only rungs are sent.

What is left out are the letters, which the product sends all the same, beside its histories (ADR 0038).
"""

from bench.bare import BareShape
from bench.hta.system import Where
from bench.hta.systems.bare import BareDoor, prepare, work

__all__ = ["door", "prepare", "work"]


def door(where: Where) -> "MuteDoor":
    """A client of Temporal."""
    return MuteDoor(where)


class MuteDoor(BareDoor):
    """Updates to bare workflows that tell nobody."""

    def _shape(self, way: str) -> BareShape:
        return super()._shape(way).model_copy(update={"activities_after": []})
