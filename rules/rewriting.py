"""Writing down again: all rows of a cycle, from its ledger alone."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from rules.apply import add_up
from rules.calendars import WorkingCalendar
from rules.duties.ahead import ahead_of
from rules.publishing.publication import canonical
from rules.timing.following import run_of
from rules.writing import published_now, withdrawn_now, writing_of
from schemas.cycle import Cycle
from schemas.events import FindingsCorrected, FindingsPublished
from schemas.outcomes import Refused
from schemas.rebuilding import MadeAgain
from schemas.records import Entry, Publication, Withdrawal

Calendars = Callable[[str], WorkingCalendar | Refused]
"""The working days of an edition."""


def made_again(
    entries: Sequence[Entry], frozen: Mapping[int, Publication], calendars: Calendars, today: WorkingCalendar
) -> MadeAgain:
    """Everything that follows from a cycle's ledger, each published version as its own act left it.

    Published facts that these rules would write otherwise than those of their day stay as they stand, if the
    fingerprint in the ledger says that they are the ones: what was published is never published otherwise.

    Source: process.events
    Raises: LookupError: the ledger is not whole, or published facts can neither be made again nor be proved.
    """
    cycle: Cycle | None = None
    published: list[Publication] = []
    withdrawn: dict[int, Withdrawal] = {}
    act: tuple[Entry, ...] = ()
    for act in acts_of(entries):
        cycle = add_up(act, cycle)
        if made := published_now(act, cycle):
            published.append(_as_frozen(made, act, frozen))
        if back := withdrawn_now(act):
            withdrawn |= {one.version: back for one in published if one.version not in withdrawn}
    if cycle is None:
        raise LookupError("an empty ledger comes to nothing")
    return MadeAgain(
        last=writing_of(act, cycle, calendars(cycle.calendar)),
        publications=tuple(published),
        withdrawals=tuple(withdrawn.items()),
        run=run_of(entries, today),
        ahead=ahead_of(cycle, calendars(cycle.calendar)),
    )


def acts_of(entries: Sequence[Entry]) -> Iterator[tuple[Entry, ...]]:
    """The entries of each act together, as they were written: those with one key and instant.

    Source: process.events
    """
    for _, found in groupby(entries, lambda one: (one.key, one.at)):
        yield tuple(found)


def _as_frozen(made: Publication, act: tuple[Entry, ...], frozen: Mapping[int, Publication]) -> Publication:
    said = next(
        one.event.fingerprint for one in act if isinstance(one.event, FindingsPublished | FindingsCorrected)
    )
    if made.fingerprint == said:
        return made
    stands = frozen.get(made.version)
    if stands and hashlib.sha256(canonical(stands.facts)).hexdigest() == said:
        return made.model_copy(update={"fingerprint": said, "facts": stands.facts})
    raise LookupError(f"the facts of version {made.version} are not those of the ledger's fingerprint")
