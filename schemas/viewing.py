"""Who looks at the record: what of a person decides which parts of which cycles they see."""

from datetime import date

from schemas.people import SIDE, Role, Side
from schemas.shape import Instant, Shape, Slug


class Viewer(Shape):
    """Somebody who looks, in one role, on a day."""

    person: Slug
    role: Role
    organisation: str
    """The id of the governing body, the force or the panel whom they are of."""
    on: date
    task: str | None = None
    """The one task that they may reach, such as `HTA-2026-01/2`; None for all that the role may see."""

    @property
    def side(self) -> Side:
        """The side of the table on which they sit."""
        return SIDE[self.role]


class Opens(Shape):
    """That a key opens a part of a cycle, without end or up to an instant."""

    who: str
    part: str
    until: Instant | None = None


class Restriction(Shape):
    """A cycle that only named people of the office may see."""

    cycle: str
    named: tuple[Slug, ...]
    reason: str
    by: Slug
    at: Instant


class Opening(Shape):
    """That somebody opened a restricted cycle all the same."""

    cycle: str
    person: Slug
    role: Role
    reason: str
    at: Instant
    until: Instant
