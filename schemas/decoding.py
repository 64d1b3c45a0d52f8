"""That somebody reads what the engine keeps, in Temporal's own pages, for a while and for a reason."""

from schemas.people import Role
from schemas.shape import Instant, Shape, Slug


class Decoding(Shape):
    """For how long, and why."""

    person: Slug
    role: Role
    reason: str
    at: Instant
    until: Instant
