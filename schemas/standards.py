"""Local standards: what an office sets for itself, held as data and marked as local."""

from typing import Literal

from schemas.clocks import Hour
from schemas.shape import Instant, Shape, Slug, later

FACT_CHECK = 10
"""Working days for corrections of fact, of standards that say nothing else."""
PROGRESS = 20
"""Working days, about a month."""
Recipient = Literal["lead", "deputy", "coordination"]


class Rung(Shape):
    """One step of a reminder ladder: working days from the due day (before is negative) and who is told."""

    offset: int
    to: tuple[Recipient, ...]


class ExtensionLimit(Shape):
    """How far and how often an officer may extend a request's date."""

    most_days: int
    """Working days."""
    most_times: int


class FindingsWindow(Shape):
    """How soon after the session findings are drafted and published, in working days."""

    draft_days: int
    publish_days: int


class Standards(Shape):
    """The standards with which a cycle is opened. They travel with it, so a change never reaches back."""

    id: Slug
    title: str
    source: str
    ladder: tuple[Rung, ...]
    reminder_hour: Hour
    due_hour: Hour
    returns_due_before_session: int
    requests_out_before_due: int
    review_days: int
    extension: ExtensionLimit
    findings: FindingsWindow
    overdue_escalates_after: int
    fact_check_days: int = later(FACT_CHECK)
    progress_days: int = later(PROGRESS)
    """Working days between the engine's questions about how an open action stands."""
    edition: int = later(1)
    """1 as shipped, and then not written out; each change by the office is one more."""


class Behind(Shape):
    """A cycle under way that follows an earlier edition of its kind's standards."""

    cycle: str
    title: str
    edition: int


class BehindPage(Shape):
    """Some of those cycles, by reference, and how many there are in all."""

    rows: tuple[Behind, ...]
    all: int


class StandardsEdition(Shape):
    """One edition of a kind's standards in an office: what they are, who changed them, when and why."""

    standards: Standards
    changed_by: str
    changed_at: Instant | None = None
    """None for the shipped edition."""
    reason: str = ""
