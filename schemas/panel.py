"""What the panel's secretariat asks of the record: its meetings, and what was published between them."""

from schemas.board_pages import SessionRow
from schemas.shape import Shape


class PanelMeetings(Shape):
    """The meetings of the panel that matter on a day."""

    coming: tuple[SessionRow, ...] = ()
    """Those that nobody has recorded or called off, soonest first; the first may be past."""
    past: tuple[SessionRow, ...] = ()
    """Those held and called off, newest first."""
