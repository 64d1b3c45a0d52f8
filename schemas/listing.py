"""The list of cycles: what is sought, and one line of what was found."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.cycle import Stage
from schemas.rows import CycleRow
from schemas.shape import Instant, Shape

Order = Literal["changed", "due", "session", "opened"]
Standing = Literal["open", "all"] | Stage


class SoughtCycles(Shape):
    """Which cycles are sought; what is left out narrows nothing."""

    standing: Standing = "open"
    """Those that are neither closed nor cancelled, all, or those of one stage."""
    words: Annotated[str, Field(max_length=200)] = ""
    """In the title or the reference."""
    theme: Annotated[str, Field(max_length=80)] = ""
    """An objective of the plan."""
    who: Annotated[str, Field(max_length=80)] = ""
    """Who opened it, or is asked for something in it that is still owed."""
    late: bool = False
    """Something in it is owed and past its day."""
    year: Annotated[int, Field(ge=0, le=9999)] = 0
    """The year of the reference; 0 for every year."""
    order: Order = "changed"


class ListedCycle(CycleRow):
    """One line of the list, with what says who holds it now."""

    leads: tuple[str, ...] = ()
    """Who still owes evidence, where the office owes no answer first."""
    owners: tuple[str, ...] = ()
    """Who has an action to do."""
    signed_by: tuple[str, ...] = ()
    """The roles that signed the newest findings."""
    late_since: Instant | None = None
    """Since when something in it is late."""


class FoundCycles(Shape):
    """One page of the list, and how many there are altogether."""

    rows: tuple[ListedCycle, ...]
    count: int
    """Counted up to MOST_COUNTED."""
