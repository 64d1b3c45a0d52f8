"""What will be sent: one row for each notice that the engine sends by itself if nobody does anything."""

from schemas.notices import NoticeTemplate
from schemas.people import Role
from schemas.shape import ActionNumber, CycleRef, Instant, Shape, Slug


class ComingRow(Shape):
    """One notice to come: when, to whom, about what and why."""

    at: Instant
    cycle: CycleRef
    template: NoticeTemplate
    to: tuple[Slug, ...] = ()
    """People by id."""
    roles: tuple[Role, ...] = ()
    """Everybody in these roles: alone where nobody is named, in copy otherwise."""
    deputies: bool = False
    """Whether the deputies of those named get a copy."""
    request: int | None = None
    action: ActionNumber | None = None
    rung: int | None = None
    lead: Slug | None = None
    """The lead of the request or the owner of the action that it is about."""
    why: str
