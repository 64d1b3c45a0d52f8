"""Rows made again from the ledger: all that follow from one chain, and where they are not what stands."""

from typing import Literal

from schemas.programme import Programme
from schemas.records import Publication, Withdrawal, Writing
from schemas.shape import Shape
from schemas.timing import Ahead, Run


class MadeAgain(Shape):
    """Everything that the ledger of one cycle comes to."""

    last: Writing
    """The rows that its newest act leaves behind."""
    publications: tuple[Publication, ...] = ()
    """Every version that was published, oldest first, as its own act left it."""
    withdrawals: tuple[tuple[int, Withdrawal], ...] = ()
    """Versions that were taken back, with how."""
    run: Run | None = None
    ahead: Ahead | None = None
    """What the engine has to do next."""


class ProgrammeMadeAgain(Shape):
    """What the ledger of a programme comes to."""

    programme: Programme


Made = MadeAgain | ProgrammeMadeAgain

Kind = Literal["missing", "stray", "differs", "cannot"]
"""A row that should be there, or should not, or says something else; a ledger that cannot be read."""


class Difference(Shape):
    """One row that is not what the ledger comes to. It names columns and never says what stands in them."""

    chain: str
    table: str
    key: str
    kind: Kind
    columns: tuple[str, ...] = ()


class Rebuilt(Shape):
    """What a pass over the record found, and whether it was put right."""

    chains: int
    rows: int
    differences: tuple[Difference, ...]
    mended: bool
    """False where it only compared, and where something could not be made again."""
