"""Windows: how long an office gives where no law says and no kind of cycle has it, as data with editions."""

from pydantic import Field

from schemas.clocks import Hour
from schemas.counting import Mark
from schemas.shape import Instant, Shape, Slug
from schemas.standards import ExtensionLimit


class Window(Shape):
    """The number of one rule, by the rule's id; a change applies to clocks that start after it."""

    id: Slug
    days: int | None = None
    """Working days, where the rule counts in them."""
    months: int | None = None
    hour: Hour | None = None
    """None means the end of the day."""
    extension: ExtensionLimit | None = None
    """None where nobody may extend it."""
    source: str
    mark: Mark
    edition: int = Field(default=1, exclude_if=lambda edition: edition == 1)
    """1 as shipped, and then not written out; each change by the office is one more."""


class WindowEdition(Shape):
    """One edition of a window in an office: what it is, who changed it, when and why."""

    window: Window
    changed_by: str
    changed_at: Instant | None = None
    """None for the shipped edition."""
    reason: str = ""
