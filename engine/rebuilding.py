"""Every row that follows from the ledger, made again from it alone, while the product runs."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Protocol

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.programme.apply import add_up_programme
from rules.rewriting import made_again
from schemas.outcomes import Refused
from schemas.programme.records import ProgrammeEntry
from schemas.rebuilding import Difference, MadeAgain, ProgrammeMadeAgain, Rebuilt
from schemas.records import Entry, Publication

AT_ONCE = 10
"""Chains in one transaction: an act on one of them waits for it, some tenths of a second."""
SAMPLE = 40
"""Chains that are looked at where somebody only wants to know whether all is well."""


class KeepsRows(Protocol):
    """Where the rows are."""

    def chains(self, most: int) -> AsyncIterator[list[str]]:
        """Every cycle and programme, some at a time."""
        ...

    async def some(self, most: int, seed: str) -> list[str]:
        """So many of them, others for each seed."""
        ...

    async def again(
        self,
        chains: Sequence[str],
        makes: Callable[[Sequence[Entry], Mapping[int, Publication]], MadeAgain],
        makes_programme: Callable[[Sequence[ProgrammeEntry]], ProgrammeMadeAgain],
        *,
        keep: bool,
    ) -> tuple[int, list[Difference]]:
        """Make the rows of some chains again; how many there are, and which were others than what stands."""
        ...


async def rebuild(
    store: KeepsRows,
    *,
    check: bool,
    only: Sequence[str] = (),
    tell: Callable[[int], None] = lambda _: None,
) -> Rebuilt:
    """Make every row again that follows from the ledger, or those of some chains; `check` changes nothing.

    Where everything is as it should be, nothing is written. It may be stopped anywhere and run again.
    """
    chains = rows = 0
    found: list[Difference] = []
    async for batch in _given(only) if only else store.chains(AT_ONCE):
        many, wrong = await store.again(batch, _cycle, _programme, keep=False)
        if wrong and not check:
            _, wrong = await store.again(batch, _cycle, _programme, keep=True)
        chains, rows, found = chains + len(batch), rows + many, [*found, *wrong]
        tell(chains)
    mended = not check and not any(one.kind == "cannot" for one in found)
    return Rebuilt(chains=chains, rows=rows, differences=tuple(found), mended=mended)


async def sampled(store: KeepsRows, seed: str, most: int = SAMPLE) -> Rebuilt:
    """Compare some chains with their rows, others for each seed."""
    only = await store.some(most, seed)
    return await rebuild(store, check=True, only=only) if only else NOTHING


NOTHING = Rebuilt(chains=0, rows=0, differences=(), mended=False)


async def _given(only: Sequence[str]) -> AsyncIterator[list[str]]:
    for start in range(0, len(only), AT_ONCE):
        yield list(only[start : start + AT_ONCE])


def _cycle(entries: Sequence[Entry], frozen: Mapping[int, Publication]) -> MadeAgain:
    today = working_calendar(calendar().version)
    if isinstance(today, Refused):
        raise LookupError(today.message)  # noqa: TRY004 - there is no such edition
    return made_again(entries, frozen, working_calendar, today)


def _programme(entries: Sequence[ProgrammeEntry]) -> ProgrammeMadeAgain:
    return ProgrammeMadeAgain(programme=add_up_programme(entries))
